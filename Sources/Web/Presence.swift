import HTTPTypes
import Hummingbird
import NIOCore

/// The client closed its connection before it had its answer.
struct ClientGone: Error {}

extension Visit {
    private static let lookEvery = Duration.milliseconds(250)

    /// Runs `body`; of somebody who only reads and has gone it is cancelled, and with it what Postgres does for them.
    ///
    /// What somebody does is finished: their line may have broken, and they will ask what came of it.
    func whileHere(
        _ request: Request,
        _ body: @escaping @Sendable () async throws -> Response
    ) async throws -> Response {
        // Requests that came by no socket have a channel that never was active.
        guard request.method == .get || request.method == .head, channel.isActive else {
            return try await body()
        }
        let channel = channel
        return try await withThrowingTaskGroup(of: Response?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                repeat { try await Task.sleep(for: Self.lookEvery) } while channel.isActive
                return nil
            }
            let first = try await group.next() ?? nil
            group.cancelAll()
            guard let first else { throw ClientGone() }
            return first
        }
    }
}
