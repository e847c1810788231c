import Database
import Foundation
import Sealing
import Support
import Testing

/// The program and Postgres die at the worst moments; nothing is lost, nothing doubled, nothing half-made.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `Killed at the worst moment` {
    private static let built = Task { try await House.demo("death", isDurable: true) }
    private let village = "546631"
    private let fault = """
        {"druh": "osvetleni", "predmet": "Nesvítí lampa (zkouška)", "popis": "Od soboty nesvítí.",
         "misto": {"obec": "546631"}, "upresneni": "u zastávky"}
        """

    struct Receipt: Decodable {
        let code: String
        let secret: String
        let status: String
    }

    @Test func `between acceptance and delivery: the submission is registered once and its receipt opens`()
        async throws
    {
        let house = try await Self.built.value
        let host = try house.host(village)
        // Nobody can take a message in while this is held.
        let holder = try await house.owner()
        try await holder.execute("begin; lock table m_546631.inbox in access exclusive mode")
        let answer = try await house.handIn("zavada", fault, key: Token.random(.bits128).text, at: host)
        #expect(answer.status == 202, "\(answer.body)")
        let receipt = try answer.json(Receipt.self)
        let waiting = try await house.count(
            "select count(*) as n from relay.outbox where recipient = 'm_546631'"
        )
        #expect(waiting >= 1)
        try await house.kill()
        try await holder.execute("rollback")
        #expect(try await registrations(receipt.code, house) == 0)

        try await house.serve()
        try await eventually("it is never registered") {
            try await registrations(receipt.code, house) > 0 ? true : nil
        }
        let page = try await eventually("the receipt does not say so") { () -> Answer? in
            let page = await house.ask(receipt.status, host: host, headers: ["Accept": "application/json"])
            return page.status == 200 && !page.body.contains("zatím ne") ? page : nil
        }
        #expect(page.body.contains(receipt.code))
        #expect(page.body.contains("OUBIPO"), "the reference number of the office")
        try await settled(house)
        #expect(try await registrations(receipt.code, house) == 1)
        #expect(try await gaps(house) == 0)
    }

    @Test func `again and again, while people hand in and repeat what was not answered`() async throws {
        let house = try await Self.built.value
        let host = try house.host(village)
        let keys = (0..<40).map { _ in Token.random(.bits128).text }
        let fault = fault
        let codes = try await withThrowingTaskGroup(of: String.self) { group in
            for key in keys {
                group.addTask {
                    try await eventually("nobody accepts it") {
                        let answer = try await house.handIn("zavada", fault, key: key, at: host)
                        // A killed server says nothing at all; a busy one says so.
                        try #require([0, 202, 503].contains(answer.status), "\(answer.body)")
                        return answer.status == 202 ? try answer.json(Receipt.self).code : nil
                    }
                }
            }
            for _ in 0..<3 {
                try await Task.sleep(for: .milliseconds(Int.random(in: 30...150)))
                try await house.kill()
                try await house.serve()
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(Set(codes).count == keys.count)
        try await settled(house)
        for code in codes { #expect(try await registrations(code, house) == 1, "\(code)") }
        #expect(try await gaps(house) == 0)
        #expect(try await house.epom("log", "verify").code == 0)
    }

    @Test func `in the middle of making an office: it stands entirely or not at all`() async throws {
        let house = try await Self.built.value
        let whole = try await shape("m_564079", house)
        for (code, endsBackend) in [("513890", true), ("561410", false)] {
            let holder = try await house.owner()
            try await holder.execute("begin; lock table region.tenants in share mode")
            let making = try house.begin(["tenant", "create", code, "--neither-registry-nor-building-office"])
            let backend = try await eventually("it never reaches the lock") {
                try await waiting(house)
            }
            try await making.kill()
            if endsBackend {
                _ = try await house.psql(as: "epom_root", "select pg_terminate_backend(\(backend))")
            }
            try await holder.execute("rollback")
            try await eventually("its session stays") {
                try await house.count("select count(*) as n from pg_stat_activity where pid = \(backend)")
                    == 0
                    ? true : nil
            }
            let schemas = try await traces(of: code, house)
            #expect(schemas == 0 || schemas == 3, "schema, cell and region know it, or none of them does")
            if endsBackend { #expect(schemas == 0) }
            let again = try await house.epom("tenant", "create", code)
            #expect(again.code == (schemas == 0 ? 0 : 1), "\(again.said)")
            #expect(try await traces(of: code, house) == 3)
            #expect(try await shape("m_\(code)", house) == whole)
        }
    }

    @Test func `while making what was ordered in the browser: the order is taken up again`() async throws {
        let house = try await Self.built.value
        let admin = try house.account("administrator")
        let browser = Browser(house)
        try await browser.signIn(admin)
        let holder = try await house.owner()
        try await holder.execute("begin; lock table region.tenants in share mode")
        await browser.get("/kraj/obce/564061")
        let ordered = await browser.post(
            "/kraj/obce/564061/zridit",
            [
                ("registryOffice", "no"), ("buildingOffice", "no"), ("rooms", "NoticeBoard"),
                ("rooms", "Forms"), ("headName", "Nová Starostka"), ("headEmail", "nova@starostka.cz"),
            ]
        )
        #expect(ordered.status == 303, "\(ordered.body)")
        try house.start("provision")
        try await eventually("the order is not begun") { try await waiting(house) }
        try await house.kill("provision")
        try await holder.execute("rollback")
        let open: SQL = "select count(*) as n from region.provisioning_jobs where finished_at is null"
        #expect(try await house.count(open) == 1)
        try house.start("provision")
        try await eventually("nobody takes the order up again: \(house.said("provision"))") {
            try await house.count(open) == 0 ? true : nil
        }
        #expect(
            try await house.count(
                """
                select count(*) as n from region.provisioning_jobs
                where error is null and tenant = 'm_564061'
                """
            ) == 1
        )
        #expect(try await traces(of: "564061", house) == 3)
        try await eventually("the head is not invited once") {
            try await house.count(
                "select count(*) as n from region.letters where recipient = 'nova@starostka.cz'"
            ) == 1 ? true : nil
        }
        try await house.end("provision")
    }

    @Test func `Postgres restarts under load: people are told to wait, and nothing is lost`() async throws {
        let house = try await Self.built.value
        let host = try house.host(village)
        let clerk = try house.account("clerk", of: "m_546631")
        let fault = fault
        let isOver = Flag()
        try house.start("provision")
        let codes = try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<6 {
                group.addTask {
                    var codes: [String] = []
                    var key = Token.random(.bits128).text
                    // Ends with an acceptance, so that no key is left in the air.
                    while !isOver.isUp || codes.isEmpty {
                        let answer = try await house.handIn("zavada", fault, key: key, at: host)
                        try #require([202, 503].contains(answer.status), "\(answer.status) \(answer.body)")
                        guard answer.status == 202 else { continue }
                        codes.append(try answer.json(Receipt.self).code)
                        key = Token.random(.bits128).text
                    }
                    return codes
                }
            }
            for path in ["/", "/uredni-deska", "/formulare/zavada", "/spisovna"] {
                group.addTask {
                    while !isOver.isUp {
                        let answer = await house.ask(path, as: clerk, at: host)
                        try #require(
                            [200, 303, 503].contains(answer.status),
                            "\(path) \(answer.status) \(answer.body)"
                        )
                    }
                    return []
                }
            }
            // Whatever fails below, the load ends.
            defer { isOver.raise() }
            for _ in 0..<2 {
                try await Task.sleep(for: .milliseconds(500))
                try await house.tool(["ops/postgres", "restart", house.data.path]).mustSucceed()
            }
            // A backend that dies badly takes all sessions with it.
            let pid = try await eventually("nobody is connected again") {
                try await house.owner().rows(
                    "select pid from pg_stat_activity where application_name = 'epom' limit 1"
                ) { row -> Int in try row["pid"] }.first
            }
            Foundation.kill(pid_t(pid), SIGKILL)
            try await eventually("it does not recover by itself") {
                await house.ask("/spisovna", as: clerk, at: host).status == 200 ? true : nil
            }
            #expect(house.isRunning("provision"), "it ended with Postgres: \(house.said("provision"))")
            isOver.raise()
            return try await group.reduce(into: [String]()) { $0 += $1 }
        }
        #expect(codes.count >= 6)
        #expect(Set(codes).count == codes.count)
        try await settled(house)
        try await house.end("provision")
        let accepted = try await house.count(
            "select count(*) as n from region.submissions where host = 'm_546631'"
        )
        let registered = try await house.count(
            "select count(*) as n from m_546631.case_files where submission_id is not null"
        )
        #expect(accepted == registered)
        for code in codes { #expect(try await registrations(code, house) == 1, "\(code)") }
        #expect(try await gaps(house) == 0)
        #expect(try await house.epom("log", "verify").code == 0)
    }

    // What the database says

    /// The session that is making an office and waits for a lock; only a superuser sees what others do.
    private func waiting(_ house: House) async throws -> Int? {
        try await house.connection(as: "epom_root").rows(
            """
            select pid from pg_stat_activity
            where application_name = 'epom admin' and wait_event_type = 'Lock'
                and query like '%create schema%'
            """
        ) { row -> Int in try row["pid"] }.first
    }

    /// How many documents were registered of one submission.
    private func registrations(_ code: String, _ house: House) async throws -> Int {
        try await house.count(
            """
            select count(*) as n from region.submissions s
            join m_546631.case_files c on c.submission_id = s.id
            join m_546631.documents d on d.case_file_id = c.id
            where s.code = \(code) and d.direction = 'incoming'
            """
        )
    }

    private func gaps(_ house: House) async throws -> Int {
        try await house.count(
            """
            select (coalesce(sum(c.last), 0) - (select count(*) from m_546631.documents))::int as n
            from m_546631.register_counters c
            """
        )
    }

    /// Nothing is on its way any more, save what waits for offices that do not listen.
    private func settled(_ house: House) async throws {
        try await eventually("messages stay on their way") {
            try await house.count(
                "select count(*) as n from relay.outbox where recipient in ('m_546631', 'region')"
            ) == 0 ? true : nil
        }
    }

    private func traces(of code: String, _ house: House) async throws -> Int {
        let name = "m_\(code)"
        return try await house.count(
            """
            select (select count(*) from pg_namespace where nspname = \(name))
                + (select count(*) from cell.tenants where name = \(name))
                + (select count(*) from region.tenants where tenant = \(name)) as n
            """
        )
    }

    /// Relations and functions of an office, and how many rows it was given.
    private func shape(_ name: String, _ house: House) async throws -> String {
        try await house.psql(
            as: "epom_root",
            """
            select relkind, replace(relname, '\(name)', ''), relacl is not null from pg_class
            where relnamespace = '\(name)'::regnamespace order by 2;
            select proname from pg_proc where pronamespace = '\(name)'::regnamespace order by 1;
            select count(*) from \(name).plan_entries;
            select count(*) from \(name).accounts;
            select count(*) from \(name).form_versions;
            """
        )
    }
}

/// Raised once, seen by everybody.
final class Flag: @unchecked Sendable {
    private let lock = NSLock()
    private var up = false
    var isUp: Bool { lock.withLock { up } }
    func raise() { lock.withLock { up = true } }
}
