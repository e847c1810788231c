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

    @Test func `a register with a number or a journal with an entry keeps it`() async throws {
        let house = try await Self.built.value
        let before = try await left(of: "m_546631", house)
        let refused = try await house.epom("tenant", "delete", "546631", "--yes")
        #expect(refused.code == 1)
        #expect(refused.said.contains("Úřad zrušit nelze"))
        #expect(refused.said.split(separator: "\n").count == 1, "one sentence")
        #expect(try await left(of: "m_546631", house) == before)

        // A number of the journal alone is enough.
        try await house.epom("tenant", "create", "514195").mustSucceed()
        try await house.owner().execute("insert into m_514195.entry_counters (year, last) values (2026, 1)")
        let booked = try await house.epom("tenant", "delete", "514195", "--yes")
        #expect(booked.code == 1 && booked.said.contains("Úřad zrušit nelze"), "\(booked.said)")
    }

    /// What hangs and what hung keep it alike; a draft does not.
    @Test func `a notice that was posted keeps it`() async throws {
        let house = try await Self.built.value
        let owner = try await house.owner()
        try await house.epom("tenant", "create", "530484").mustSucceed()
        try await owner.execute(
            "insert into m_530484.notices (id, title, kind) values (gen_random_uuid(), 'Koncept', 'other')"
        )
        try await owner.execute(
            """
            insert into m_530484.notices (id, title, kind, posted_on, hangs_until, taken_down_on)
            values (gen_random_uuid(), 'Sejmuté', 'other', '2026-01-01', '2026-01-16', '2026-01-17')
            """
        )
        let refused = try await house.epom("tenant", "delete", "530484", "--yes")
        #expect(refused.code == 1 && refused.said.contains("už na úřední desce vyvěšoval"), "\(refused.said)")
        #expect(try await left(of: "m_530484", house) > 3)
        // Nobody may take it away but this test, which asks what a draft alone does.
        try await owner.execute("delete from m_530484.notices where posted_on is not null")
        #expect(try await house.epom("tenant", "delete", "530484", "--yes").code == 0)
        #expect(try await left(of: "m_530484", house) == 0)
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
        let asked = try await house.epom("tenant", "delete", "530387")
        #expect(asked.code == 1 && asked.said.contains("--yes"))
        let deleted = try await house.epom("tenant", "delete", "530387", "--yes")
        #expect(deleted.code == 0, "\(deleted.said)")
        #expect(try await left(of: "m_530387", house) == 0)
        #expect(
            try await house.count("select count(*) as n from region.one_time_codes where tenant = 'm_530387'")
                == 0
        )
        try await eventually("it is still served") {
            await house.ask("/", host: host).status == 404 ? true : nil
        }
        #expect(try await house.epom("tenant", "delete", "530387", "--yes").code == 1)
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
        let deleting = try house.begin(["tenant", "delete", "530425", "--yes"])
        try await eventually("it does not wait") {
            try await house.connection(as: "epom_root").rows(
                """
                select pid from pg_stat_activity
                where application_name = 'epom admin' and wait_event_type = 'Lock'
                    and query like '%restrict_violation%'
                """
            ) { row -> Int in try row["pid"] }.first
        }
        try await clerk.execute("commit")
        let outcome = try await deleting.wait()
        #expect(outcome.code == 1 && outcome.said.contains("Úřad zrušit nelze"), "\(outcome.said)")
        #expect(try await left(of: "m_530425", house) > 3)
    }
}
