import Database
import Foundation
import Office
import Support
import Testing

/// Two offices take turns on one connection, and things go wrong in the middle: nothing is carried over.
@Suite(.timeLimit(.minutes(1))) struct `One connection for two offices` {
    private struct Halfway: Error {}

    /// Who the transaction is, for whom it acts, what it sees of its own office, and what it may not see.
    private struct Seen: Equatable {
        let role: String
        let actor: String
        let street: String
    }

    private func look(_ tenant: TenantName, as actor: Actor, _ database: Database) async throws -> Seen? {
        try await database.tenant(tenant, as: actor) { office in
            try await office.first(
                """
                select current_user::text as role, current_setting('epom.actor') as actor,
                    (select street from tenant.office) as street
                """
            ) { row in Seen(role: try row["role"], actor: try row["actor"], street: try row["street"]) }
        }
    }

    /// An entry without lines, which the database refuses when the transaction ends.
    @Sendable private func unbalanced(_ tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.entries (id, year, number, booked_on, text, booked_by)
            values (\(UUID()), 2026, 1, '2026-01-01', 'bez řádků', 'zkouška')
            """
        )
    }

    @Test func `what is refused at its end says by which rule`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office(rooms: ["Accounting"])
        let whole = await #expect(throws: ServerError.self) {
            try await cell.database.tenant(office, as: .system) { unbalanced($0) }
        }
        let parted = await #expect(throws: ServerError.self) {
            try await cell.database.tenant(office, as: .system) { tenant in
                unbalanced(tenant)
                try await tenant.flush()
            }
        }
        #expect(whole?.constraint == "entries_balance", "\(String(describing: whole))")
        #expect(parted?.constraint == "entries_balance", "\(String(describing: parted))")
    }

    @Test func `whatever went wrong before`() async throws {
        let cell = try await TestCell.shared()
        let books = ["Accounting"]
        let offices = [try await cell.office(rooms: books), try await cell.office(rooms: books)]
        let clerks = [
            try await cell.clerk([.head], in: offices[0]), try await cell.clerk([.head], in: offices[1]),
        ]
        let database = cell.database {
            $0.appConnections = 1
            // Long enough for every other statement here, also on a busy machine.
            $0.statementTimeout = .seconds(2)
        }
        defer { database.stop() }
        for (office, clerk) in zip(offices, clerks) {
            try await database.tenant(office, as: clerk.actor) { tenant in
                tenant.run("update tenant.office set street = \("ulice \(office.rawValue)")")
            }
        }
        let mishaps: [(String, @Sendable (TenantTransaction) async throws -> Void)] = [
            ("refused by a constraint", { $0.run("update tenant.office set abbreviation = \("malá")") }),
            (
                "timed out",
                { tenant in
                    _ = try await tenant.rows("select pg_sleep(30)::text as s") { row -> String in
                        try row["s"]
                    }
                }
            ), ("given up half-way", { _ in throw Halfway() }),
            (
                "hit no row",
                { $0.require(1, "update tenant.clerks set name = 'x' where user_id = \(UUID())") }
            ),
            ("refused at its end", unbalanced),
            ("asked what is not there", { $0.run("select nothing from tenant.office") }),
            (
                "put itself into another role and failed",
                { tenant in
                    tenant.run("select set_config('epom.actor', 'somebody', false)")
                    try await tenant.flush()
                    throw Halfway()
                }
            ),
        ]
        for (what, mishap) in mishaps {
            for (turn, isWhole) in [(0, false), (1, false), (0, true), (1, true)] {
                let (bad, good) = (offices[turn], offices[1 - turn])
                await #expect(throws: (any Error).self, "\(what)") {
                    try await database.tenant(bad, as: clerks[turn].actor) { tenant in
                        tenant.run("update tenant.office set street = 'nedokončeno'")
                        if !isWhole { try await tenant.flush() }
                        try await mishap(tenant)
                    }
                }
                for (office, clerk) in [(good, clerks[1 - turn]), (bad, clerks[turn])] {
                    let seen = try await look(office, as: clerk.actor, database)
                    let expected = Seen(
                        role: office.rawValue,
                        actor: clerk.userID.uuidString.lowercased(),
                        street: "ulice \(office.rawValue)"
                    )
                    #expect(seen == expected, "\(what)")
                }
            }
        }
    }

    @Test func `taking turns under load`() async throws {
        let cell = try await TestCell.shared()
        let offices = [try await cell.office(), try await cell.office(), try await cell.office()]
        let database = cell.database { $0.appConnections = 2 }
        defer { database.stop() }
        for office in offices {
            try await database.tenant(office, as: .system) { tenant in
                tenant.run("update tenant.office set street = \("ulice \(office.rawValue)")")
            }
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<300 {
                let office = offices[number % offices.count]
                group.addTask {
                    if number % 7 == 0 {
                        await #expect(throws: Halfway.self) {
                            try await database.tenant(office, as: .system) { tenant in
                                tenant.run("update tenant.office set street = 'nedokončeno'")
                                try await tenant.flush()
                                throw Halfway()
                            }
                        }
                    }
                    let id = UUID()
                    let seen = try await look(office, as: .person(id), database)
                    let expected = Seen(
                        role: office.rawValue,
                        actor: id.uuidString.lowercased(),
                        street: "ulice \(office.rawValue)"
                    )
                    #expect(seen == expected)
                }
            }
            try await group.waitForAll()
        }
    }
}
