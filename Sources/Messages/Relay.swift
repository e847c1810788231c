package import Database
import Foundation
package import Logging
package import Office
import Synchronization

/// Brings messages from the outboxes of a cell to who takes them: at least once, in order for each subject.
///
/// It takes undelivered rows, never a high-water mark: the order of ids is not the order of commits. A message
/// that cannot be delivered is left alone for a while and holds up only its own subject. Several relays may
/// work on one cell.
package final class Relay: Sendable {
    package struct Limits: Sendable {
        package var batchMax = 100
        package var concurrentMax = 8
        /// Batches at work at once, so that a slow taker does not hold up the others.
        package var lanes = 2
        package var sweep = Duration.seconds(1)
        /// After this no more deliveries of a batch begin.
        package var batchTime = Duration.seconds(3)
        /// How often a batch's transaction says that it is alive: a slow office must not let it idle out.
        package var heartbeat = Duration.seconds(3)
        package var notifyInterval = Duration.milliseconds(50)
        package init() {}
    }

    /// Since the start of the process; for the metrics.
    package struct Counts: Sendable, Equatable {
        package var delivered = 0
        package var failed = 0
    }

    private let database: Database
    private let takers: [String: any MessageTaker]
    private let bell: Bell
    private let logger: Logger
    private let limits: Limits
    private let counts = Mutex(Counts())
    private let held = Mutex(false)

    /// Each kind of message has one taker.
    package init(
        database: Database,
        takers: [any MessageTaker],
        bell: Bell,
        logger: Logger,
        limits: Limits = Limits()
    ) {
        self.database = database
        self.bell = bell
        self.logger = logger
        self.limits = limits
        var byKind: [String: any MessageTaker] = [:]
        for taker in takers {
            for kind in taker.kinds {
                precondition(byKind[kind] == nil, "two takers for \(kind)")
                byKind[kind] = taker
            }
        }
        self.takers = byKind
    }

    package var counted: Counts { counts.withLock { $0 } }

    /// Leaves all messages where they are until ``release()``; a batch under way is finished.
    package func hold() { held.withLock { $0 = true } }

    package func release() {
        held.withLock { $0 = false }
        bell.ringHere()
    }

    /// Works until the task is cancelled; what was under way then is delivered again by the next start.
    package func run() async {
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<limits.lanes {
                let rings = bell.rings()
                group.addTask { for await _ in rings { await self.clear() } }
            }
            group.addTask {
                while !Task.isCancelled {
                    self.bell.ringHere()
                    try? await Task.sleep(for: self.limits.sweep)
                }
            }
            let others = bell.ringsForOthers()
            group.addTask {
                for await _ in others { await self.tellOthers() }
            }
        }
    }

    /// Delivers until nothing is due, also while held; returns how many messages were delivered.
    @discardableResult
    package func drain() async throws -> Int {
        var sum = 0
        while true {
            let (delivered, taken) = try await deliverBatch()
            sum += delivered
            if taken == 0 { return sum }
        }
    }

    private func clear() async {
        while !Task.isCancelled, !held.withLock({ $0 }) {
            do {
                // What was delivered may have been answered at once.
                guard try await deliverBatch().taken > 0 else { return }
            } catch is CancellationError {
                return
            } catch {
                logger.warning("relay", metadata: ["why": "\(error)"])
                return
            }
        }
    }

    /// One batch in one transaction of the relay: rows are locked, delivered, and deleted or postponed.
    ///
    /// When the process dies between, the rows stay and their takers know the messages already.
    private func deliverBatch() async throws -> (delivered: Int, taken: Int) {
        let outcomes = try await database.relay { relay in
            let due = try await OutboxStore.due(limits.batchMax, in: relay)
            guard !due.isEmpty else { return [Outcome]() }
            let outcomes = try await deliver(due, in: relay)
            let delivered = outcomes.filter { $0.failure == nil }.map(\.envelope.message.id)
            if !delivered.isEmpty { OutboxStore.delete(delivered, in: relay) }
            for outcome in outcomes {
                guard let failure = outcome.failure else { continue }
                OutboxStore.postpone(
                    outcome.envelope.message.id,
                    bySeconds: Backoff.seconds(after: outcome.envelope.attempts),
                    why: failure,
                    in: relay
                )
            }
            return outcomes
        }
        let failed = outcomes.count { $0.failure != nil }
        counts.withLock { counts in
            counts.delivered += outcomes.count - failed
            counts.failed += failed
        }
        for outcome in outcomes {
            guard let failure = outcome.failure else { continue }
            logger.notice(
                "message not delivered",
                metadata: [
                    "kind": "\(outcome.envelope.message.kind)", "why": "\(failure)",
                    "recipient": "\(outcome.envelope.message.recipient)",
                    "message": "\(outcome.envelope.message.id)",
                ]
            )
        }
        return (outcomes.count - failed, outcomes.count)
    }

    private struct Outcome: Sendable {
        let envelope: Envelope
        let failure: String?
    }

    /// Holds the batch's transaction open, however slow an office is: else Postgres would end it as idle, and what
    /// failed would come again at once, without its reason.
    private func deliver(_ due: [Envelope], in relay: RelayTransaction) async throws -> [Outcome] {
        let deadline = ContinuousClock.now + limits.batchTime
        return try await withThrowingTaskGroup(of: Outcome?.self) { group in
            var waiting = due[...]
            var outcomes: [Outcome] = []
            var underWay = 0
            func startNext() {
                guard ContinuousClock.now < deadline, let envelope = waiting.popFirst() else { return }
                underWay += 1
                group.addTask { await self.deliver(envelope) }
            }
            func beat() {
                group.addTask {
                    try? await Task.sleep(for: self.limits.heartbeat)
                    return nil
                }
            }
            for _ in 0..<limits.concurrentMax { startNext() }
            beat()
            while underWay > 0, let ended = try await group.next() {
                guard let outcome = ended else {
                    try Task.checkCancellation()
                    try await OutboxStore.stayAwake(in: relay)
                    beat()
                    continue
                }
                underWay -= 1
                outcomes.append(outcome)
                startNext()
            }
            group.cancelAll()
            return outcomes
        }
    }

    private func deliver(_ envelope: Envelope) async -> Outcome {
        guard let taker = takers[envelope.message.kind] else {
            return Outcome(envelope: envelope, failure: "nobody takes \(envelope.message.kind)")
        }
        do {
            try await taker.take(envelope.message)
            return Outcome(envelope: envelope, failure: nil)
        } catch let refusal as any Refusal {
            return Outcome(envelope: envelope, failure: refusal.czech)
        } catch {
            return Outcome(envelope: envelope, failure: String("\(error)".prefix(500)))
        }
    }

    private func tellOthers() async {
        do {
            let payload = bell.payload
            try await database.region { OutboxStore.notify(payload, in: $0) }
            try await Task.sleep(for: limits.notifyInterval)
        } catch is CancellationError {
            return
        } catch {
            logger.info("other relays were not woken", metadata: ["why": "\(error)"])
        }
    }
}
