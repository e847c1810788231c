import Synchronization

/// Small pieces of work that come at once, done as one transaction, so that they share its price.
///
/// A piece that comes alone goes at once; while `underWayMax` transactions are under way, what comes gathers for the
/// next one. Nobody fails for a neighbour: where a transaction was refused, each of its pieces is done again alone.
/// Whoever goes away does not stop its piece, for others travel with it.
package final class Gathering<Piece: Sendable, Outcome: Sendable>: Sendable {
    private struct Waiter: Sendable {
        let piece: Piece
        let reply: CheckedContinuation<Outcome, any Error>
    }

    private struct State {
        var waiting: [Waiter] = []
        var underWay = 0
    }

    private enum Place {
        case first
        case inLine
        case none
    }

    private let state = Mutex(State())
    private let piecesMax: Int
    private let underWayMax: Int
    private let waitingMax: Int
    private let transact: @Sendable ([Piece]) async throws -> [Outcome]

    /// `transact` does all pieces in one transaction and gives their outcomes in the same order.
    package init(
        piecesMax: Int = 32,
        underWayMax: Int = 2,
        waitingMax: Int = 512,
        _ transact: @escaping @Sendable ([Piece]) async throws -> [Outcome]
    ) {
        precondition(piecesMax > 0 && underWayMax > 0)
        self.piecesMax = piecesMax
        self.underWayMax = underWayMax
        self.waitingMax = waitingMax
        self.transact = transact
    }

    /// What became of `piece`, once its transaction is committed.
    ///
    /// Throws what `transact` throws for it, and ``DatabaseError/unavailable(_:)`` when too many wait.
    package func outcome(of piece: Piece) async throws -> Outcome {
        try await withCheckedThrowingContinuation { reply in
            switch line(Waiter(piece: piece, reply: reply)) {
            case .first: Task { await work() }
            case .inLine: break
            case .none: reply.resume(throwing: DatabaseError.unavailable("the waiting line is full"))
            }
        }
    }

    /// Pieces that are in no transaction yet.
    package var waiting: Int { state.withLock { $0.waiting.count } }

    private func line(_ waiter: Waiter) -> Place {
        state.withLock { state in
            guard state.waiting.count < waitingMax else { return .none }
            state.waiting.append(waiter)
            guard state.underWay < underWayMax else { return .inLine }
            state.underWay += 1
            return .first
        }
    }

    private func work() async {
        while let gathered = next() { await settle(gathered) }
    }

    private func next() -> [Waiter]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.underWay -= 1
                return nil
            }
            let taken = Array(state.waiting.prefix(piecesMax))
            state.waiting.removeFirst(taken.count)
            return taken
        }
    }

    private func settle(_ gathered: [Waiter]) async {
        do {
            let outcomes = try await transact(gathered.map(\.piece))
            precondition(outcomes.count == gathered.count, "an outcome is missing")
            for (waiter, outcome) in zip(gathered, outcomes) { waiter.reply.resume(returning: outcome) }
        } catch let refused as ServerError where gathered.count > 1 && !refused.isFull {
            for waiter in gathered { await settle([waiter]) }
        } catch {
            for waiter in gathered { waiter.reply.resume(throwing: error) }
        }
    }
}
