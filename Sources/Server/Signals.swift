import Foundation

/// Runs `body` until it ends or the process is asked to end (SIGTERM, SIGINT), and then cancels it.
func endingOnSignals(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let (signals, continuation) = AsyncStream.makeStream(of: Void.self)
    let sources = [SIGTERM, SIGINT].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { continuation.yield() }
        source.resume()
        return source
    }
    defer { for source in sources { source.cancel() } }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { try await body() }
        group.addTask { for await _ in signals { return } }
        do { try await group.next() } catch is CancellationError {}
        group.cancelAll()
        do { try await group.waitForAll() } catch is CancellationError {}
    }
}
