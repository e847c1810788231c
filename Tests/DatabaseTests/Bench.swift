import Database
import Foundation
import Support
import Synchronization
import Testing

/// An office and few connections of one's own, so that it is known who holds which.
struct Bench {
    let cell: TestCell
    let office: TenantName
    let database: Database

    static func with(
        _ change: (inout Database.Configuration) -> Void,
        _ body: (Bench) async throws -> Void
    ) async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        let database = cell.database { configuration in
            configuration.regionConnections = 1
            configuration.relayConnections = 1
            configuration.statementTimeout = .seconds(60)
            change(&configuration)
        }
        defer { database.stop() }
        try await body(Bench(cell: cell, office: office, database: database))
    }

    static func oneConnection(_ body: (Bench) async throws -> Void) async throws {
        try await with({ $0.appConnections = 1 }, body)
    }

    /// The server's side of the one connection; another number is another connection.
    func backend() async throws -> Int? {
        try await database.tenant(office, as: .system) { tenant in
            try await tenant.first("select pg_backend_pid() as pid") { row in try row["pid"] }
        }
    }

    /// A transaction that is whole in one flush; it waits where the table is locked.
    func note(_ id: UUID) async throws {
        try await database.tenant(office, as: .system) { tenant in
            // Who waits here waits for the test, however busy the machine is.
            tenant.run("set local lock_timeout = '60s'")
            tenant.run("insert into tenant.inbox (message_id, kind) values (\(id), 'zkouska')")
        }
    }

    func noted() async throws -> Set<UUID> {
        Set(
            try await cell.database.tenant(office, as: .system) { tenant in
                try await tenant.rows("select message_id from tenant.inbox") { row in
                    try row["message_id"] as UUID
                }
            }
        )
    }

    /// Holds the table that ``note(_:)`` writes to, until `body` ends.
    func lockingInbox(_ body: () async throws -> Void) async throws {
        let owner = try await cell.owner()
        var lock: Script = "begin"
        lock.append("lock table %I.inbox in access exclusive mode", Script.Identifier(office))
        try await owner.execute(lock)
        do { try await body() } catch {
            try await owner.execute("rollback")
            throw error
        }
        try await owner.execute("rollback")
    }

    /// How many sessions of this office's database wait for a lock.
    func waitForLock(_ sessions: Int = 1) async throws {
        let superuser = try cell.superuser()
        let table = "\(office).inbox"
        try await eventually("nobody waits for the lock") {
            try await superuser.rows(
                """
                select count(*) as n from pg_catalog.pg_locks
                where relation = \(table)::text::regclass and not granted
                """
            ) { row in try row["n"] as Int }.first == sessions
        }
    }
}

/// Where so many meet before they go on; who comes later is not held up.
final class Meeting: Sendable {
    private struct State {
        var expected: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(of count: Int) { state = Mutex(State(expected: count)) }

    func arrive() async {
        await withCheckedContinuation { continuation in
            let free = state.withLock { state -> [CheckedContinuation<Void, Never>] in
                state.expected -= 1
                state.waiting.append(continuation)
                guard state.expected <= 0 else { return [] }
                defer { state.waiting = [] }
                return state.waiting
            }
            for one in free { one.resume() }
        }
    }
}

/// Counts what happens in several tasks.
final class Tally: Sendable {
    private let sum = Mutex(0)
    var count: Int { sum.withLock { $0 } }
    func add() { sum.withLock { $0 += 1 } }
}
