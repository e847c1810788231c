import CPostgres
import Foundation
import Glibc

/// One thread that serves every connection: sends what is handed in, hears what comes back.
///
/// Nothing here ever blocks on a connection: connecting, sending and receiving are steps of one poll loop.
/// Decision 0003 says why it is a thread and why these types are `@unchecked Sendable`.
final class Switchboard: @unchecked Sendable {
    enum Order: Sendable {
        case open(
            conninfo: String,
            onState: @Sendable (WireState) -> Void,
            onNotice: @Sendable (String) -> Void
        )
        case send(wire: Int, Batch)
        /// Stops this batch: before it is sent, or by asking the server; never one that came after it.
        case cancel(wire: Int, batch: UInt64)
        /// Replies once every cancel handed in before it was delivered.
        case barrier(@Sendable () -> Void)
        case reconnect(wire: Int)
        case stop
    }

    enum WireState: Sendable, Equatable {
        case up
        case down(String)
    }

    private struct Line {
        let wire: Wire
        let onState: @Sendable (WireState) -> Void
        let onNotice: @Sendable (String) -> Void
        var retryAt: ContinuousClock.Instant?
        var retryDelay = Duration.milliseconds(50)
        var lastBatch = UInt64(0)
        /// Cancelled before it came.
        var unwanted = UInt64(0)
    }

    private let lock = NSLock()
    private var orders: [Order] = []
    private var isStopped = false
    /// The loop is awake and looks for orders before it sleeps again.
    private var isAwake = false
    private let wakeReader: Int32
    private let wakeWriter: Int32
    private let cancels = DispatchQueue(label: "epom.database.cancel")

    // Touched by the loop's thread only.
    private var lines: [Line] = []

    init() {
        var ends: [Int32] = [0, 0]
        precondition(pipe(&ends) == 0, "no descriptors left for a pipe")
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wakeReader = ends[0]
        wakeWriter = ends[1]
    }

    func start() {
        let thread = Thread { [self] in loop() }
        thread.name = "epom.database"
        thread.start()
    }

    func hand(_ order: Order) {
        lock.lock()
        let wakes = orders.isEmpty && !isAwake
        let refused = isStopped
        if !refused { orders.append(order) }
        lock.unlock()
        if refused { decline(order) }
        if wakes && !refused {
            var one: UInt8 = 1
            _ = write(wakeWriter, &one, 1)
        }
    }

    private func loop() {
        var descriptors: [pollfd] = []
        while true {
            descriptors.removeAll(keepingCapacity: true)
            descriptors.append(pollfd(fd: wakeReader, events: Int16(POLLIN), revents: 0))
            for line in lines {
                let events = POLLIN | (line.wire.wantsWrite ? POLLOUT : 0)
                descriptors.append(pollfd(fd: line.wire.descriptor, events: Int16(events), revents: 0))
            }
            _ = poll(&descriptors, nfds_t(descriptors.count), timeoutMilliseconds())
            wakeUp()
            if descriptors[0].revents != 0 {
                var sink = (UInt64(0), UInt64(0))
                _ = read(wakeReader, &sink, MemoryLayout.size(ofValue: sink))
            }
            for index in 1..<max(1, descriptors.count) where descriptors[index].revents != 0 {
                attend(index - 1, events: Int32(descriptors[index].revents))
            }
            reconnectDue()
            if takeOrders() { return }
        }
    }

    private func wakeUp() {
        lock.lock()
        isAwake = true
        lock.unlock()
    }

    /// Until there are none, for an order may bring another; true when the loop is to end.
    private func takeOrders() -> Bool {
        while true {
            lock.lock()
            let taken = orders
            orders = []
            isAwake = !taken.isEmpty
            lock.unlock()
            if taken.isEmpty { return false }
            for order in taken where obey(order) { return true }
        }
    }

    private func obey(_ order: Order) -> Bool {
        switch order {
        case .open(let conninfo, let onState, let onNotice):
            let wire = Wire(id: lines.count, conninfo: conninfo)
            lines.append(Line(wire: wire, onState: onState, onNotice: onNotice, retryAt: nil))
            open(lines.count - 1)
        case .send(let index, let batch):
            lines[index].lastBatch = batch.number
            guard batch.number == 0 || batch.number != lines[index].unwanted else {
                batch.reply(BatchOutcome(results: [], failure: CancellationError()))
                break
            }
            lines[index].wire.send(batch)
            noteLoss(index)
        case .cancel(let index, let number):
            if number > lines[index].lastBatch { lines[index].unwanted = number }
            if number == lines[index].lastBatch { cancel(index) }
        case .barrier(let reply):
            cancels.async(execute: reply)
        case .reconnect(let index):
            open(index)
        case .stop:
            stop()
            return true
        }
        return false
    }

    private func stop() {
        lock.lock()
        isStopped = true
        let late = orders
        orders = []
        lock.unlock()
        for order in late { decline(order) }
        for line in lines { line.wire.fail("server is stopping") }
        close(wakeReader)
        close(wakeWriter)
    }

    private func decline(_ order: Order) {
        switch order {
        case .send(_, let batch):
            batch.reply(BatchOutcome(results: [], failure: DatabaseError.unavailable("server is stopping")))
        case .barrier(let reply):
            reply()
        case .open, .cancel, .reconnect, .stop:
            break
        }
    }

    private func attend(_ index: Int, events: Int32) {
        let wire = lines[index].wire
        switch wire.state {
        case .connecting:
            if wire.proceed() {
                lines[index].retryDelay = .milliseconds(50)
                lines[index].onState(.up)
            } else if wire.state == .down {
                retryLater(index)
            }
        case .ready:
            if events & POLLOUT != 0 { wire.flush() }
            if events & (POLLIN | POLLHUP | POLLERR) != 0 { wire.receive() }
            for notice in wire.takeNotices() { lines[index].onNotice(notice) }
            noteLoss(index)
        case .down:
            break
        }
    }

    private func noteLoss(_ index: Int) {
        guard lines[index].wire.state == .down, lines[index].retryAt == nil else { return }
        retryLater(index)
    }

    private func retryLater(_ index: Int) {
        lines[index].onState(.down(lines[index].wire.lastFailure))
        lines[index].retryAt = .now + lines[index].retryDelay
        lines[index].retryDelay = min(lines[index].retryDelay * 2, .seconds(1))
    }

    private func open(_ index: Int) {
        lines[index].retryAt = nil
        lines[index].wire.connect()
        if lines[index].wire.state == .down { retryLater(index) }
    }

    private func reconnectDue() {
        let now = ContinuousClock.now
        for index in lines.indices {
            if let due = lines[index].retryAt, due <= now { open(index) }
        }
    }

    private func timeoutMilliseconds() -> Int32 {
        guard let due = lines.compactMap(\.retryAt).min() else { return -1 }
        let wait = due - .now
        let milliseconds =
            wait.components.seconds * 1000 + wait.components.attoseconds / 1_000_000_000_000_000
        return Int32(max(0, min(1000, milliseconds + 1)))
    }

    /// Asks the server to stop what runs on the wire.
    ///
    /// `PQcancel` blocks, so it has a thread of its own.
    private func cancel(_ index: Int) {
        guard lines[index].wire.isBusy, let handle = lines[index].wire.cancelHandle() else { return }
        let ticket = CancelTicket(handle)
        cancels.async { ticket.send() }
    }
}

/// A cancel handle on its way to the thread that may block.
private final class CancelTicket: @unchecked Sendable {
    private let handle: OpaquePointer
    init(_ handle: OpaquePointer) { self.handle = handle }
    deinit { PQfreeCancel(handle) }

    func send() {
        var message = [CChar](repeating: 0, count: 256)
        _ = PQcancel(handle, &message, Int32(message.count))
    }
}
