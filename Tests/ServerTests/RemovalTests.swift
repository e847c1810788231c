import Database
import Foundation
import Support
import Testing

/// `epom tenant delete`: what was made by mistake goes, what has begun to work stays.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `Deleting an office` {
    private static let built = Task { try await House.demo("removal") }

    private func left(of name: String, _ house: House) async throws -> Int {
        try await house.count(
            """
            select (select count(*) from pg_namespace where nspname = \(name))
                + (select count(*) from cell.tenants where name = \(name))
                + (select count(*) from cell.migrations where schema_name = \(name))
                + (select count(*) from region.tenants where tenant = \(name)) as n
            """
        )
    }

    @Test func `a register with a number, a book entry or a posted notice keeps it`() async throws {
        let house = try await Self.built.value
        let before = try await left(of: "m_546631", house)
        let refused = try await house.epom("tenant", "delete", "546631")
        #expect(refused.code == 1)
        #expect(refused.said.contains("podacím deníku"))
        #expect(refused.said.split(separator: "\n").count == 1, "one sentence")
        #expect(try await left(of: "m_546631", house) == before)

        // The town has no filing room; its board hangs.
        let posted = try await house.epom("tenant", "delete", "564028")
        #expect(posted.code == 1 && posted.said.contains("vyvěšoval"), "\(posted.said)")

        // A booking alone is enough.
        try await house.epom("tenant", "create", "514195").mustSucceed()
        _ = try await house.psql(
            as: "epom_root",
            """
            begin;
            insert into m_514195.entries (id, year, number, booked_on, text, booked_by)
            values ('00000000-0000-7000-8000-000000000001', 2026, 1, '2026-01-05', 'Zkouška', 'zkouška');
            insert into m_514195.entry_lines (entry_id, position, year, number, account, debit, credit)
            select '00000000-0000-7000-8000-000000000001', 1, 2026, 1, min(code), 100, 0 from m_514195.accounts
            union all
            select '00000000-0000-7000-8000-000000000001', 2, 2026, 1, max(code), 0, 100 from m_514195.accounts;
            commit;
            """
        )
        let booked = try await house.epom("tenant", "delete", "514195")
        #expect(booked.code == 1 && booked.said.contains("účetnictví"), "\(booked.said)")
    }

    @Test func `the database itself refuses it, whoever asks`() async throws {
        let house = try await Self.built.value
        let owner = try await house.owner()
        await #expect(throws: ServerError.self) {
            try await owner.execute("delete from cell.tenants where name = 'm_546631'")
        }
    }

    @Test func `an office that has not begun goes entirely, and can be made again`() async throws {
        let house = try await Self.built.value
        try await house.epom(
            "tenant",
            "create",
            "530387",
            "--neither-registry-nor-building-office",
            "--head-email",
            "nova@radvanec.cz",
            "--head-name",
            "Nová Hlava"
        ).mustSucceed()
        let host = "radvanec.\(house.regionHost)"
        try await eventually("it is not served") {
            await house.ask("/", host: host).status == 200 ? true : nil
        }
        try await eventually("its head is not invited") {
            try await house.count("select count(*) as n from region.one_time_codes where tenant = 'm_530387'")
                == 1
                ? true : nil
        }
        let deleted = try await house.epom("tenant", "delete", "530387")
        #expect(deleted.code == 0, "\(deleted.said)")
        #expect(try await left(of: "m_530387", house) == 0)
        #expect(
            try await house.count("select count(*) as n from region.one_time_codes where tenant = 'm_530387'")
                == 0
        )
        try await eventually("it is still served") {
            await house.ask("/", host: host).status == 404 ? true : nil
        }
        #expect(try await house.epom("tenant", "delete", "530387").code == 1)
        try await house.epom("tenant", "create", "530387").mustSucceed()
        try await eventually("it is not served again") {
            await house.ask("/uredni-deska", host: host).status == 200 ? true : nil
        }
    }

    @Test func `a registration under way is waited for, and keeps it`() async throws {
        let house = try await Self.built.value
        try await house.epom("tenant", "create", "530425", "--neither-registry-nor-building-office")
            .mustSucceed()
        let clerk = try await house.owner()
        try await clerk.execute("begin; insert into m_530425.register_counters (year, last) values (2026, 1)")
        let deleting = try house.begin(["tenant", "delete", "530425"])
        try await eventually("it does not wait") {
            try await house.connection(as: "epom_root").rows(
                """
                select pid from pg_stat_activity
                where application_name = 'epom admin' and wait_event_type = 'Lock' and query like '%cell.tenants%'
                """
            ) { row -> Int in try row["pid"] }.first
        }
        try await clerk.execute("commit")
        let outcome = try await deleting.wait()
        #expect(outcome.code == 1 && outcome.said.contains("podacím deníku"), "\(outcome.said)")
        #expect(try await left(of: "m_530425", house) > 3)
    }
}
