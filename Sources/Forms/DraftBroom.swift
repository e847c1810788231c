package import Database
package import Foundation

/// Forgets drafts that nobody has touched for two weeks: what was not handed in is nobody's to keep.
package struct DraftBroom: Sendable {
    private static let secondsKept = 14 * 86_400.0
    private static let pause = Duration.seconds(3_600)

    private let database: Database

    package init(database: Database) { self.database = database }

    /// Goes once an hour until its task is cancelled; what the database refuses now waits for the next time.
    package func run() async throws {
        while !Task.isCancelled {
            _ = try await unlessDown { try await sweep(now: Date()) }
            try await Task.sleep(for: Self.pause)
        }
    }

    package func sweep(now: Date) async throws {
        let before = now.addingTimeInterval(-Self.secondsKept)
        while try await forgotten(before) > 0 {}
    }

    private func forgotten(_ before: Date) async throws -> Int {
        try await database.region { try await FormStore.forgetDrafts(before: before, in: $0) }
    }
}
