import Foundation
import Synchronization

/// The connections of one login, lent one transaction at a time.
///
/// A tenant prefers the connection that its name hashes to, so that caches stay warm, and may hold at most
/// half of them at once, so that it cannot starve its neighbours. Who finds none waits, in a bounded line, where
/// a connection goes to one that prefers it before the first, though nobody is passed over often.
final class Pool: @unchecked Sendable {
    struct Limits: Sendable {
        var connections = 8
        var waitingMax = 512
        /// Of those, how many may wait for one key; so a full line of one tenant leaves room for the others.
        var waitingPerKeyMax: Int { max(1, waitingMax / 2) }
        var waitMax = Duration.seconds(5)
        /// How long somebody waits while no connection at all is up.
        var outageWaitMax = Duration.seconds(1)
        var ageMax = Duration.seconds(30 * 60)
        /// A backend grows about 0.1 MB per tenant it touches and never shrinks.
        var tenantsTouchedMax = 1200
        /// How often the first in line lets one go ahead for whom the free connection is warm, and from how far behind.
        var passedOverMax = 8
        var lookAhead = 16
    }

    private struct Slot {
        let wire: Int
        var isUp = false
        var holder: String?
        var isLent = false
        var touched: Set<String> = []
        var upSince = ContinuousClock.now
    }

    private struct Waiter {
        let id: Int
        let key: String?
        let deadline: ContinuousClock.Instant
        let resume: @Sendable (Result<Int, any Error>) -> Void
        /// The slot it prefers, as ``Pool/preferred(by:)`` says.
        var preferred: Int?
        var passedOver = 0
    }

    private let lock = NSLock()
    private let switchboard: Switchboard
    private let limits: Limits
    private let firstWire: Int
    private var slots: [Slot] = []
    private var waiters: [Waiter] = []
    private var held: [String: Int] = [:]
    private let batches = Atomic<UInt64>(0)
    private var nextWaiter = 0
    private var lastFailure = "not connected yet"
    private let timer: any DispatchSourceTimer

    init(switchboard: Switchboard, firstWire: Int, conninfo: String, limits: Limits) {
        self.switchboard = switchboard
        self.limits = limits
        self.firstWire = firstWire
        timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "epom.database.pool"))
        slots = (0..<limits.connections).map { Slot(wire: firstWire + $0) }
        for index in slots.indices {
            switchboard.hand(
                .open(
                    conninfo: conninfo,
                    onState: { [weak self] state in self?.note(index, state) },
                    onNotice: { _ in }
                )
            )
        }
        timer.schedule(deadline: .now() + 0.1, repeating: 0.1)
        timer.setEventHandler { [weak self] in self?.expire() }
        timer.resume()
    }

    deinit { timer.cancel() }

    // Lending

    /// The index of a connection that is now the caller's; `give` returns it.
    func take(for key: String?) async throws -> Int {
        switch try takeNow(for: key) {
        case .lent(let index):
            return index
        case .wait(let ticket, let patience):
            return try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    line(
                        Waiter(id: ticket, key: key, deadline: .now + patience) {
                            continuation.resume(with: $0)
                        }
                    )
                }
            } onCancel: {
                drop(ticket)
            }
        }
    }

    private enum Taken {
        case lent(Int)
        case wait(ticket: Int, patience: Duration)
    }

    private func takeNow(for key: String?) throws -> Taken {
        lock.lock()
        defer { lock.unlock() }
        if let index = freeSlot(for: key) {
            lend(index, to: key)
            return .lent(index)
        }
        guard waiters.count < limits.waitingMax,
            key == nil || waiters.count(where: { $0.key == key }) < limits.waitingPerKeyMax
        else {
            throw DatabaseError.unavailable("the waiting line is full")
        }
        nextWaiter += 1
        let patience = slots.contains(where: \.isUp) ? limits.waitMax : limits.outageWaitMax
        return .wait(ticket: nextWaiter, patience: patience)
    }

    /// One that could not be left clean is never lent again: it is closed and made anew.
    func give(_ index: Int, isClean: Bool = true) {
        lock.lock()
        if let key = slots[index].holder {
            held[key, default: 1] -= 1
            if held[key] == 0 { held[key] = nil }
        }
        slots[index].holder = nil
        slots[index].isLent = false
        let isOld = .now - slots[index].upSince > limits.ageMax
        if slots[index].isUp, !isClean || isOld || slots[index].touched.count > limits.tenantsTouchedMax {
            slots[index].isUp = false
            switchboard.hand(.reconnect(wire: slots[index].wire))
        }
        let next = serveWaiters()
        lock.unlock()
        for served in next { served() }
    }

    /// A whole transaction in one batch, on the connection that is free first; it is given back as soon as the
    /// answer came, and the next in line goes out at once.
    ///
    /// Where it failed or was cancelled the connection is still the caller's, as `held`.
    func sendWhole(_ statements: [Statement], for key: String?) async throws -> (
        outcome: BatchOutcome, held: Int?
    ) {
        let errand = Errand()
        let taken = try takeNow(for: key)
        let answer = try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let start: @Sendable (Result<Int, any Error>) -> Void = { [self] lent in
                    run(errand, statements, on: lent) { continuation.resume(with: $0) }
                }
                switch taken {
                case .lent(let index): start(.success(index))
                case .wait(let ticket, let patience):
                    line(Waiter(id: ticket, key: key, deadline: .now + patience, resume: start))
                }
            }
        } onCancel: {
            if let (wire, batch) = errand.cancel() {
                switchboard.hand(.cancel(wire: wire, batch: batch))
            } else if case .wait(let ticket, _) = taken {
                drop(ticket)
            }
        }
        if let held = answer.held, Task.isCancelled { await absorbCancel(on: firstWire + held) }
        return answer
    }

    private func run(
        _ errand: Errand,
        _ statements: [Statement],
        on lent: Result<Int, any Error>,
        _ reply: @escaping @Sendable (Result<(outcome: BatchOutcome, held: Int?), any Error>) -> Void
    ) {
        guard case .success(let index) = lent else { return reply(lent.map { (BatchOutcome(), $0) }) }
        let number = nextBatch()
        guard errand.start(on: firstWire + index, batch: number) else {
            give(index)
            return reply(.failure(CancellationError()))
        }
        let batch = Batch(number: number, statements: statements) { [self] outcome in
            guard outcome.failure == nil, errand.finish() else { return reply(.success((outcome, index))) }
            give(index)
            reply(.success((outcome, nil)))
        }
        switchboard.hand(.send(wire: firstWire + index, batch))
    }

    /// What is not yet sent when its task is cancelled is not sent any more.
    func send(_ statements: [Statement], on index: Int) async -> BatchOutcome {
        let wire = firstWire + index
        let number = nextBatch()
        let outcome = await withTaskCancellationHandler {
            await exchange(statements, on: wire, as: number)
        } onCancel: {
            switchboard.hand(.cancel(wire: wire, batch: number))
        }
        if Task.isCancelled { await absorbCancel(on: wire) }
        return outcome
    }

    /// Not cancelled with the caller: used to clean up after it.
    func sendRegardless(_ statements: [Statement], on index: Int) async -> BatchOutcome {
        await exchange(statements, on: firstWire + index, as: nextBatch())
    }

    private func exchange(_ statements: [Statement], on wire: Int, as number: UInt64) async -> BatchOutcome {
        await withCheckedContinuation { continuation in
            let batch = Batch(number: number, statements: statements) { continuation.resume(returning: $0) }
            switchboard.hand(.send(wire: wire, batch))
        }
    }

    private func nextBatch() -> UInt64 { batches.add(1, ordering: .relaxed).newValue }

    /// Waits until a cancel that was sent has been delivered, so that it cannot hit the next holder.
    private func absorbCancel(on wire: Int) async {
        await withCheckedContinuation { continuation in
            switchboard.hand(.barrier { continuation.resume() })
        }
        let nothing = Statement(text: "select 1", values: [], prepares: false)
        _ = await exchange([nothing], on: wire, as: nextBatch())
    }

    /// For `/readyz` and the metrics: connections up, lent, and people waiting.
    var load: (up: Int, lent: Int, waiting: Int) {
        lock.lock()
        defer { lock.unlock() }
        return (slots.count(where: \.isUp), slots.count(where: \.isLent), waiters.count)
    }

    // Under the lock

    private func freeSlot(for key: String?) -> Int? {
        guard mayHoldMore(key) else { return nil }
        let start = preferred(by: key) ?? 0
        for step in slots.indices {
            let index = (start + step) % slots.count
            if slots[index].isUp, !slots[index].isLent { return index }
        }
        return nil
    }

    private func mayHoldMore(_ key: String?) -> Bool {
        guard let key else { return true }
        return held[key, default: 0] < max(1, slots.count / 2)
    }

    private func lend(_ index: Int, to key: String?) {
        slots[index].isLent = true
        slots[index].holder = key
        if let key {
            held[key, default: 0] += 1
            slots[index].touched.insert(key)
        }
    }

    private func preferred(by key: String?) -> Int? {
        key.map { Int(stableHash($0) % UInt64(slots.count)) }
    }

    /// Waiters who now have a connection.
    private func serveWaiters() -> [() -> Void] {
        var served: [() -> Void] = []
        while slots.contains(where: { $0.isUp && !$0.isLent }), let position = nextToServe() {
            guard let index = freeSlot(for: waiters[position].key) else { break }
            let waiter = waiters.remove(at: position)
            lend(index, to: waiter.key)
            served.append { waiter.resume(.success(index)) }
        }
        return served
    }

    /// First come first served among those who may hold one more, but for one whose own connection is free.
    private func nextToServe() -> Int? {
        guard let first = waiters.firstIndex(where: { mayHoldMore($0.key) }) else { return nil }
        guard waiters[first].passedOver < limits.passedOverMax else { return first }
        let near = first..<min(first + limits.lookAhead, waiters.count)
        let warm = near.first { position in
            guard let slot = waiters[position].preferred, slots[slot].isUp, !slots[slot].isLent
            else { return false }
            return mayHoldMore(waiters[position].key)
        }
        guard let warm, warm != first else { return first }
        waiters[first].passedOver += 1
        return warm
    }

    // From other threads

    private func line(_ waiter: Waiter) {
        lock.lock()
        if Task.isCancelled {
            lock.unlock()
            return waiter.resume(.failure(CancellationError()))
        }
        waiters.append(waiter)
        waiters[waiters.count - 1].preferred = preferred(by: waiter.key)
        let served = serveWaiters()
        lock.unlock()
        for serve in served { serve() }
    }

    private func drop(_ id: Int) {
        lock.lock()
        let position = waiters.firstIndex { $0.id == id }
        let waiter = position.map { waiters.remove(at: $0) }
        lock.unlock()
        waiter?.resume(.failure(CancellationError()))
    }

    private func note(_ index: Int, _ state: Switchboard.WireState) {
        lock.lock()
        switch state {
        case .up:
            slots[index].isUp = true
            slots[index].upSince = .now
            slots[index].touched = []
        case .down(let why):
            slots[index].isUp = false
            lastFailure = why
        }
        let served = serveWaiters()
        lock.unlock()
        for serve in served { serve() }
    }

    private func expire() {
        lock.lock()
        let now = ContinuousClock.now
        let late = waiters.filter { $0.deadline <= now }
        if !late.isEmpty { waiters.removeAll { $0.deadline <= now } }
        let why = slots.contains(where: \.isUp) ? "all connections are busy" : lastFailure
        lock.unlock()
        for waiter in late { waiter.resume(.failure(DatabaseError.unavailable(why))) }
    }
}

/// A whole transaction on its way; who asked for it may go away at any moment.
///
/// Once it is finished nothing may be cancelled: the connection is somebody else's.
private final class Errand: Sendable {
    private enum State {
        case waiting
        case onWire(Int, batch: UInt64)
        case finished
        case cancelled
    }

    private let state = Mutex(State.waiting)

    /// False when nobody waits for it any more.
    func start(on wire: Int, batch: UInt64) -> Bool {
        state.withLock { state in
            guard case .waiting = state else { return false }
            state = .onWire(wire, batch: batch)
            return true
        }
    }

    /// False when a cancel is on its way to the connection.
    func finish() -> Bool {
        state.withLock { state in
            guard case .onWire = state else { return false }
            state = .finished
            return true
        }
    }

    /// The wire on which it must be stopped, if it is on one.
    func cancel() -> (wire: Int, batch: UInt64)? {
        state.withLock { state in
            switch state {
            case .waiting:
                state = .cancelled
                return nil
            case .onWire(let wire, let batch):
                state = .cancelled
                return (wire, batch)
            case .finished, .cancelled: return nil
            }
        }
    }
}

/// FNV-1a: the same in every process, so that affinity survives a restart.
func stableHash(_ text: String) -> UInt64 {
    text.utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
