import Database
import Foundation
import Sealing
import Support
import Testing

/// A database that is slow, busy or full, as people and programs meet it at the front door.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `A database in trouble` {
    private static let built = Task { try await House.demo("faults") }
    private let village = "546631"
    private let fault = """
        {"druh": "osvetleni", "predmet": "Nesvítí lampa (zkouška)", "popis": "Od soboty nesvítí.",
         "misto": {"obec": "546631"}, "upresneni": "u zastávky"}
        """

    /// While `body` runs, whoever of the office reads a document sleeps over it.
    private func whileSlow(_ house: House, _ body: () async throws -> Void) async throws {
        _ = try await house.psql(
            as: "epom_root",
            """
            create policy slow on m_546631.documents using (pg_catalog.pg_sleep(60) is not null);
            alter table m_546631.documents enable row level security;
            """
        )
        let mend = """
            alter table m_546631.documents disable row level security;
            drop policy slow on m_546631.documents;
            """
        do { try await body() } catch {
            _ = try await house.psql(as: "epom_root", mend)
            throw error
        }
        _ = try await house.psql(as: "epom_root", mend)
    }

    private func sleeping(_ house: House) async throws -> Int {
        try await house.connection(as: "epom_root").rows(
            "select count(*) as n from pg_stat_activity where wait_event = 'PgSleep' and usename like 'epom_app%'"
        ) { row -> Int in try row["n"] }.first ?? 0
    }

    /// How often Postgres ended a statement, and why; by its own log.
    private func ended(_ why: String, _ house: House) throws -> Int {
        let folder = house.data.appending(path: "log")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.hasPrefix("postgres-") }
            .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
            .reduce(0) { $0 + $1.components(separatedBy: "canceling statement due to \(why)").count - 1 }
    }

    @Test func `an office with many slow queries is told to wait, and its neighbour feels nothing`()
        async throws
    {
        let house = try await Self.built.value
        let host = try house.host(village)
        let clerk = try house.account("clerk", of: "m_546631")
        let neighbour = try house.account("clerk", of: "m_546607")
        let neighbourHost = try house.host("546607")
        let answered = Flag()
        try await whileSlow(house) {
            let noisy = (0..<24).map { number in
                Task {
                    let asksForPage = number % 2 == 0
                    let answer = await house.ask(
                        "/spisovna",
                        host: host,
                        headers: [
                            "Authorization": "Bearer \(clerk.token)",
                            "Accept": asksForPage ? "text/html" : "application/json",
                        ]
                    )
                    answered.raise()
                    return answer
                }
            }
            try await eventually("they do not reach the database") {
                // Half of the office's eight connections.
                try await sleeping(house) == 4 ? true : nil
            }
            for path in ["/spisovna", "/uredni-deska", "/dnes"] {
                let answer = await house.ask(path, as: neighbour, at: neighbourHost)
                #expect(answer.status == 200, "\(path) \(answer.status)")
            }
            #expect(!answered.isUp, "the neighbour was served while the others still waited")
            for (number, one) in noisy.enumerated() {
                let answer = await one.value
                #expect(answer.status == 503, "\(answer.status) \(answer.body)")
                #expect(answer.header("Retry-After") == "5")
                #expect(answer.body.contains("Systém je právě zaneprázdněn"), "\(answer.body)")
                let type = answer.header("Content-Type") ?? ""
                #expect(type.hasPrefix(number % 2 == 0 ? "text/html" : "application/problem+json"), "\(type)")
            }
        }
        #expect(try ended("statement timeout", house) >= 4)
        try await eventually("it does not recover") {
            await house.ask("/spisovna", as: clerk, at: host).status == 200 ? true : nil
        }
    }

    @Test func `who reads and goes away takes the query along`() async throws {
        let house = try await Self.built.value
        let host = try house.host(village)
        let clerk = try house.account("clerk", of: "m_546631")
        let before = try ended("user request", house)
        let timedOut = try ended("statement timeout", house)
        try await whileSlow(house) {
            var line = Line(port: house.port)
            line?.send(
                Ask(path: "/spisovna", host: host, headers: ["Authorization": "Bearer \(clerk.token)"])
            )
            try await eventually("it does not reach the database") {
                try await sleeping(house) == 1 ? true : nil
            }
            line = nil
            try await eventually("its query goes on") { try await sleeping(house) == 0 ? true : nil }
        }
        #expect(try ended("user request", house) == before + 1, "nobody cancelled it")
        #expect(try ended("statement timeout", house) == timedOut)
        #expect(await house.ask("/spisovna", as: clerk, at: host).status == 200)
    }

    @Test func `what somebody does is finished, though they have gone`() async throws {
        let house = try await Self.built.value
        let host = try house.host(village)
        let clerk = try house.account("clerk", of: "m_546631")
        let subject = "Odešel dřív \(UUID().uuidString)"
        let holder = try await house.owner()
        try await holder.execute("begin; lock table m_546631.register_counters in access exclusive mode")
        var line = Line(port: house.port)
        line?.send(
            Ask(
                method: "POST",
                path: "/spisovna/novy",
                host: host,
                headers: [
                    "Authorization": "Bearer \(clerk.token)", "Content-Type": "application/json",
                    "Accept": "application/json",
                ],
                body: #"{"subject": "\#(subject)", "sender": "Jan", "channel": "paper"}"#
            )
        )
        let waiting: SQL = """
            select count(*) as n from pg_locks
            where relation = 'm_546631.register_counters'::regclass and not granted
            """
        try await eventually("it does not reach the database") {
            try await house.count(waiting) == 1 ? true : nil
        }
        line = nil
        // Longer than it takes to give up those who only read.
        try await Task.sleep(for: .milliseconds(1600))
        #expect(try await house.count(waiting) == 1)
        try await holder.execute("rollback")
        try await eventually("it is not registered") {
            try await house.count(
                "select count(*) as n from m_546631.documents where subject = \(subject)"
            ) == 1 ? true : nil
        }
    }

    @Test func `a held relay accepts and delivers nothing until a start without it`() async throws {
        let house = try await Self.built.value
        let host = try house.host(village)
        try await house.end()
        try await house.serve(by: ["/usr/bin/env", "EPOM_RELAY=hold"])
        let answer = try await house.handIn("zavada", fault, key: Token.random(.bits128).text, at: host)
        #expect(answer.status == 202, "\(answer.body)")
        let code = try answer.json(Accepted.self).code
        // Two sweeps, had there been any.
        try await Task.sleep(for: .milliseconds(2200))
        #expect(try await registrations(code, house) == 0)
        let untouched: SQL = """
            select count(*) as n from relay.outbox o join region.submissions s on s.id = o.subject_id
            where s.code = \(code) and o.attempts = 0
            """
        #expect(try await house.count(untouched) == 1)
        try await house.end()
        try await house.serve()
        try await eventually("it is never registered") {
            try await registrations(code, house) == 1 ? true : nil
        }
        try await eventually("its message stays") { try await house.count(untouched) == 0 ? true : nil }
    }

    // Room

    @Test(.enabled(if: SmallDisk.isPossible, SmallDisk.why))
    func `a full disk refuses in plain words, half does nothing, and takes again when there is room`()
        async throws
    {
        let house = try await Self.built.value
        let host = try house.host(village)
        let disk = try SmallDisk(megabytes: 8)
        _ = try await house.psql(
            as: "epom_root",
            """
            create tablespace small location '\(disk.path)';
            alter table region.submissions set tablespace small;
            """
        )
        try disk.fill()
        let submissions: SQL = "select count(*) as n from region.submissions where host = 'm_546631'"
        let before = try await house.count(submissions)
        var accepted: [String] = []
        var refused: (key: String, answer: Answer)?
        for _ in 0..<60 where refused == nil {
            let key = Token.random(.bits128).text
            let answer = try await house.handIn("zavada", fault, key: key, at: host)
            if answer.status == 202 {
                accepted.append(try answer.json(Accepted.self).code)
            } else {
                refused = (key, answer)
            }
        }
        let full = try #require(refused, "the disk is never full")
        #expect(full.answer.status == 503, "\(full.answer.body)")
        #expect(full.answer.body.contains("nemá kam ukládat"), "\(full.answer.body)")
        #expect(full.answer.header("Retry-After") != nil)
        #expect(try await house.count(submissions) == before + accepted.count)
        let orphans: SQL = """
            select count(*) as n from relay.outbox o where o.kind = 'submission.delivered'
                and not exists (select from region.submissions s where s.id = o.subject_id)
            """
        #expect(try await house.count(orphans) == 0)
        // Reading goes on.
        #expect(await house.ask("/formulare/zavada", host: host).status == 200)

        disk.empty()
        let again = try await house.handIn("zavada", fault, key: full.key, at: host)
        #expect(again.status == 202, "\(again.body)")
        accepted.append(try again.json(Accepted.self).code)
        for code in accepted {
            try await eventually("\(code) is never registered") {
                try await registrations(code, house) == 1 ? true : nil
            }
        }
        #expect(try await house.count(submissions) == before + accepted.count)
        _ = try await house.psql(
            as: "epom_root",
            "alter table region.submissions set tablespace pg_default; drop tablespace small;"
        )
    }

    @Test(.enabled(if: SmallDisk.isPossible, SmallDisk.why))
    func `no room for the data is said before anything is begun`() async throws {
        let disk = try SmallDisk(megabytes: 16)
        let output = NSTemporaryDirectory() + "epom-up-\(UUID().uuidString).txt"
        defer { unlink(output) }
        let data = "\(disk.path)/var"
        let up = try Program(
            [TestCell.root.appending(path: "ops/up").path],
            environment: ["EPOM_DATA": data, "EPOM_PORT": String(Int.random(in: 30_000..<40_000))],
            output: output
        )
        let outcome = try await up.wait()
        #expect(outcome.code == 1)
        #expect(
            outcome.said.contains("ePOM: disk full: 16 MB free at \(disk.path), 2048 MB needed"),
            "\(outcome.said)"
        )
        #expect(outcome.said.split(separator: "\n").count == 1, "one line")
        #expect(!FileManager.default.fileExists(atPath: data))
    }

    // The log

    @Test func `a log that was cut off is told by its numbers`() async throws {
        let house = try await Self.built.value
        let whole = try await house.epom("log", "verify")
        #expect(whole.code == 0)
        let line = try #require(whole.said.split(separator: "\n").first { $0.hasPrefix("m_546607\t") })
        #expect(line.hasPrefix("m_546607\tcelý\t"), "\(line)")
        try await house.epom("log", "anchor").mustSucceed()
        let last = try await house.count("select number as n from m_546607.log_head")
        _ = try await house.psql(
            as: "epom_root",
            """
            delete from m_546607.log_entries where number > \(last - 2);
            update m_546607.log_head set (number, link) =
                (select number, link from m_546607.log_entries where number = \(last - 2));
            """
        )
        let cut = try await house.epom("log", "verify")
        #expect(cut.code == 1)
        #expect(
            cut.said.contains("m_546607\tlog byl zkrácen: končí číslem \(last - 2), kraj si"),
            "\(cut.said)"
        )
        #expect(
            cut.said.contains("zapsal číslo \(last). Chybějí čísla \(last - 1) až \(last)"),
            "\(cut.said)"
        )
        #expect(try await house.epom("log", "anchor").code == 1)
    }

    private struct Accepted: Decodable { let code: String }

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
}
