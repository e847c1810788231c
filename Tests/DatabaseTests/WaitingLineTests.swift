import Foundation
import Support
import Testing

@testable import Database

/// Who waits for a connection, and in which order they get one.
@Suite(.timeLimit(.minutes(2))) struct `The waiting line` {
    private static let connections = 4

    private func slot(of office: TenantName) -> UInt64 {
        stableHash(office.rawValue) % UInt64(Self.connections)
    }

    /// Keeps a connection until `release` ends.
    private func hold(_ office: TenantName, of database: Database, until release: AsyncStream<Void>)
        async throws
    {
        let (held, isHeld) = AsyncStream<Void>.makeStream()
        Task {
            try await database.tenant(office, as: .system) { tenant in
                _ = try await tenant.rows("select 1 as one") { row in try row["one"] as Int }
                isHeld.finish()
                for await _ in release {}
            }
        }
        for await _ in held {}
    }

    @Test func `lets the one go ahead whose connection is free, but passes nobody over for long`()
        async throws
    {
        let cell = try await TestCell.shared()
        let database = cell.database {
            $0.appConnections = Self.connections
            $0.waitMax = .seconds(60)
            $0.idleTimeout = .seconds(60)
        }
        defer { database.stop() }
        let often = try await cell.office()
        var other = try await cell.office()
        while slot(of: other) == slot(of: often) { other = try await cell.office() }
        let third = try await cell.office()
        database.route([often: 0, other: 0, third: 0])
        try await eventually("no connections") { database.load[0].up == Self.connections }

        let (mine, release) = AsyncStream<Void>.makeStream()
        let (others, releaseOthers) = AsyncStream<Void>.makeStream()
        try await hold(often, of: database, until: mine)
        for office in [other, third, third] { try await hold(office, of: database, until: others) }

        let served = try await withThrowingTaskGroup(of: (TenantName, Date).self) { group in
            func ask(_ office: TenantName) async throws {
                let waiting = database.load[0].waiting
                group.addTask {
                    let at = try await database.tenant(office, as: .system) { tenant in
                        tenant.later("select clock_timestamp() as at") { row in try row["at"] as Date }
                    }
                    return (office, try #require(try at.first))
                }
                try await eventually("does not wait") { database.load[0].waiting == waiting + 1 }
            }
            try await ask(other)
            for _ in 0..<12 { try await ask(often) }
            // One connection, the one that the often prefer, serves all of them one after another.
            release.finish()
            var all: [(TenantName, Date)] = []
            for try await one in group { all.append(one) }
            return all.sorted { $0.1 < $1.1 }.map(\.0)
        }
        releaseOthers.finish()
        #expect(served.firstIndex(of: other) == 8)
        #expect(served.count == 13)
    }
}
