import Database
import Foundation
import Office
import Support
import Testing

@testable import Region

@Suite struct RoomsTests {
    private func tables(_ tenant: TenantName, on owner: AdminConnection) async throws -> Int {
        try await owner.rows(
            """
            select count(*) as tables from pg_catalog.pg_tables where schemaname = \(tenant.rawValue)
            """
        ) { row in try row["tables"] as Int }.first ?? 0
    }

    private func rooms(_ tenant: TenantName, on owner: AdminConnection) async throws -> [String]? {
        try await owner.rows("select rooms from cell.tenants where name = \(tenant)") { row in
            try row["rooms"] as [String]
        }.first
    }

    @Test func aRoomIsAddedWholeOrNotAtAll() async throws {
        let cell = try await TestCell.shared()
        let owner = try await cell.owner()
        let tenant = try await cell.office(rooms: ["NoticeBoard"])
        let before = try await tables(tenant, on: owner)
        struct Fault: Error {}
        #expect(throws: Fault.self) {
            try cell.migrator.addition(to: tenant, rooms: ["Forms"]) { _ in throw Fault() }
        }
        let broken = try cell.migrator.addition(to: tenant, rooms: ["Forms"]) { script in
            script.append("select 1 / 0")
        }
        await #expect(throws: ServerError.self) { try await cell.migrator.run(broken, on: owner) }
        #expect(try await tables(tenant, on: owner) == before)
        #expect(try await rooms(tenant, on: owner) == ["NoticeBoard"])
        try await cell.migrator.run(
            try cell.migrator.addition(to: tenant, rooms: ["Forms", "Accounting"]) { _ in },
            on: owner
        )
        #expect(try await tables(tenant, on: owner) > before)
        #expect(try await rooms(tenant, on: owner) == ["NoticeBoard", "Forms", "Accounting"])
        #expect(throws: Migrator.Fault.self) {
            try cell.migrator.addition(to: tenant, rooms: ["Base"]) { _ in }
        }
    }

    /// What was numbered stays (§ 64 of act 499/2004), so the first number makes the difference.
    @Test(arguments: [("FilingRoom", "register_counters"), ("Accounting", "entry_counters")])
    func anOfficeIsGivenUpBeforeItsFirstNumberOnly(_ room: String, _ counter: String) async throws {
        let cell = try await TestCell.shared()
        let owner = try await cell.owner()
        let numbered = try await cell.office(rooms: [room])
        let fresh = try await cell.office(rooms: [room])
        let isFiling = counter == "register_counters"
        try await cell.database.tenant(numbered, as: .system) { office in
            if isFiling {
                office.run("insert into tenant.register_counters (year, last) values (2026, 1)")
            } else {
                office.run("insert into tenant.entry_counters (year, last) values (2026, 1)")
            }
        }
        let error = await #expect(throws: ServerError.self) {
            try await cell.migrator.run(cell.migrator.removal(of: numbered) { _ in }, on: owner)
        }
        #expect(error?.constraint == "tenants_numbers_kept")
        #expect(try await tables(numbered, on: owner) > 0)
        try await cell.migrator.run(
            cell.migrator.removal(of: fresh) { HostingStore.strike(fresh, &$0) },
            on: owner
        )
        #expect(try await tables(fresh, on: owner) == 0)
        #expect(try await rooms(fresh, on: owner) == nil)
    }

    @Test func theDatabaseKnowsWhatAnOfficeWeighs() async throws {
        let cell = try await TestCell.shared()
        let tenant = try await cell.office(rooms: ["NoticeBoard"])
        let sizes = try await cell.database.region { try await HostingStore.sizes(in: $0) }
        #expect((sizes[tenant] ?? 0) > 8192)
    }

    @Test func monthsGoBackOverTheYear() throws {
        let today = try #require(Day("2026-02-28"))
        #expect(
            months(4, until: today).map(\.description) == [
                "2025-11-01", "2025-12-01", "2026-01-01", "2026-02-01",
            ]
        )
        #expect(months(12, until: today).first == Day("2025-03-01"))
    }

    @Test func figuresAreReadable() {
        #expect(Address.bytes(999) == "999\u{A0}B")
        #expect(Address.bytes(1000) == "1,0\u{A0}kB")
        #expect(Address.bytes(9_949_999) == "9,9\u{A0}MB")
        #expect(Address.bytes(9_950_000) == "10\u{A0}MB")
        #expect(Address.postcode("46362") == "463\u{A0}62")
        let now = Date()
        #expect(Address.since(now - 59 * 60, now: now) == "59\u{A0}minut")
        #expect(Address.since(now - 60 * 60, now: now) == "1\u{A0}hodinu")
        #expect(Address.since(now - 48 * 3600, now: now) == "2\u{A0}dny")
        let chart = MonthChart([])
        #expect(chart.isEmpty && chart.width == 50)
    }
}
