import Database
import Foundation
import Office
import Support
import Testing

@testable import Records

/// Whoever may say who works in an office; nobody can take from it the last one who may.
@Suite struct `The people of an office` {
    private struct Bench {
        let cell: TestCell
        let office: TenantName

        init() async throws {
            cell = try await TestCell.shared()
            office = try await cell.office()
        }

        func change(_ body: (TenantTransaction) async throws -> Void) async throws {
            try await cell.database.tenant(office, as: .system, body)
        }

        func people() async throws -> [ClerkLine] {
            try await cell.database.tenant(office, as: .system) { try await ClerkStore.all(in: $0) }
        }

        func heads() async throws -> Int {
            try await people().count { $0.isActive && $0.clerk.roles.contains(.head) }
        }

        func join(_ clerk: Clerk, as roles: [Role], function: String = "") async throws {
            let joined = ClerkJoined(
                userID: clerk.userID,
                name: clerk.name,
                email: "x@example.org",
                functionTitle: function,
                roles: roles
            )
            try await change { ClerkStore.join(joined, in: $0) }
        }

        /// As the owner of the tables, past everything that the program decides.
        func bypass(_ text: String, on owner: AdminConnection) async throws {
            try await owner.execute(Script(migration: text, schema: office.rawValue))
        }
    }

    @Test func `keep their roles when an invitation brings another`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        try await bench.join(head, as: [.registryClerk])
        #expect(try await bench.people().first?.clerk.roles == [.head, .registryClerk])
        try await bench.join(head, as: [.registryClerk, .head])
        #expect(try await bench.people().first?.clerk.roles == [.head, .registryClerk])
    }

    /// A second invitation brings a role, not another function; who comes back has the one that was said now.
    @Test func `keep their function while they are here`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        func function() async throws -> String? {
            try await bench.people().first { $0.clerk.userID == head.userID }?.clerk.functionTitle
        }
        try await bench.join(head, as: [.registryClerk], function: "pracovnice podatelny")
        #expect(try await function() == "referentka")
        _ = try await bench.cell.clerk([.head], in: bench.office)
        try await bench.change { ClerkStore.setActive(head.userID, false, in: $0) }
        try await bench.join(head, as: [.clerk], function: "matrikářka")
        #expect(try await function() == "matrikářka")
        try await bench.join(head, as: [.head])
        #expect(try await function() == "matrikářka")
    }

    /// What they were before is not given back by an invitation to something else.
    @Test func `come back after a dismissal as what they were asked to be`() async throws {
        let bench = try await Bench()
        _ = try await bench.cell.clerk([.head], in: bench.office)
        let other = try await bench.cell.clerk([.head, .accountant], in: bench.office)
        try await bench.change { ClerkStore.setActive(other.userID, false, in: $0) }
        try await bench.join(other, as: [.clerk])
        let line = try await bench.people().first { $0.clerk.userID == other.userID }
        #expect(line?.isActive == true && line?.clerk.roles == [.clerk])
    }

    private func expectLastHead(_ body: () async throws -> Void) async {
        let error = await #expect(throws: ServerError.self) { try await body() }
        #expect(error?.constraint == "clerks_last_head")
    }

    @Test func `never lose their last head, by any way`() async throws {
        let bench = try await Bench()
        let one = try await bench.cell.clerk([.head, .clerk], in: bench.office)
        let two = try await bench.cell.clerk([.head], in: bench.office)
        let owner = try await bench.cell.owner()
        await expectLastHead {
            try await bench.bypass("update tenant.clerks set roles = '{clerk}'", on: owner)
        }
        await expectLastHead { try await bench.bypass("delete from tenant.clerks", on: owner) }
        try await bench.change { ClerkStore.setActive(two.userID, false, in: $0) }
        await expectLastHead {
            try await bench.change {
                ClerkStore.setRoles(of: one.userID, [.clerk], functionTitle: "", in: $0)
            }
        }
        await expectLastHead { try await bench.change { ClerkStore.setActive(one.userID, false, in: $0) } }
        await expectLastHead {
            let id = one.userID.uuidString
            try await bench.bypass("delete from tenant.clerks where user_id = '\(id)'", on: owner)
        }
        #expect(try await bench.heads() == 1)
        // Anything else of theirs may change, and so may all once another leads.
        try await bench.change { tenant in
            ClerkStore.setRoles(of: one.userID, [.head, .accountant], functionTitle: "starosta", in: tenant)
            ClerkStore.setActive(two.userID, true, in: tenant)
            ClerkStore.setRoles(of: one.userID, [.clerk], functionTitle: "", in: tenant)
        }
        #expect(try await bench.heads() == 1)
    }

    /// Each takes the other's role away and still sees the other's own: the second waits, and then sees.
    @Test func `keep a head when two of them take each other's role at once`() async throws {
        let bench = try await Bench()
        let one = try await bench.cell.clerk([.head], in: bench.office)
        let two = try await bench.cell.clerk([.head], in: bench.office)
        let first = try await bench.cell.owner()
        let id = two.userID.uuidString
        try await bench.bypass(
            "begin; update tenant.clerks set is_active = false where user_id = '\(id)'",
            on: first
        )
        let second = Task { try await bench.change { ClerkStore.setActive(one.userID, false, in: $0) } }
        let watcher = try bench.cell.superuser()
        let pattern = "update %\(bench.office.rawValue).clerks%"
        try await eventually("the second one does not wait") {
            try await !watcher.rows(
                "select 1 as n from pg_stat_activity where wait_event_type = 'Lock' and query like \(pattern)"
            ) { row -> Int in try row["n"] }.isEmpty
        }
        try await first.execute("commit")
        let error = await #expect(throws: ServerError.self) { try await second.value }
        #expect(error?.constraint == "clerks_last_head")
        #expect(try await bench.heads() == 1)
    }
}
