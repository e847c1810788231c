import Foundation
import Support
import Testing

@testable import Database

/// What goes wrong between a statement and its answer, each time with the real Postgres.
@Suite(.timeLimit(.minutes(2))) struct `When something fails` {
    /// Making room for one more prepared statement is refused in a failed transaction, and all behind it.
    @Test func `a refused transaction leaves the connection clean when its prepared statements are many`()
        async throws
    {
        try await Bench.oneConnection { bench in
            let before = try await bench.backend()
            try await refuse(bench, after: 1100)
            let one = try await bench.database.tenant(bench.office, as: .system) { tenant in
                try await tenant.first("select 1 as n") { row -> Int in try row["n"] }
            }
            #expect(one == 1)
            #expect(try await bench.backend() == before, "the connection was not left clean")
        }
    }

    private func refuse(_ bench: Bench, after statements: Int) async throws {
        await #expect(throws: ServerError.self) {
            try await bench.database.tenant(bench.office, as: .system) { tenant in
                var many: SQL = "select 1 as n"
                for _ in 0..<statements {
                    many = many + " "
                    tenant.run(many)
                }
                try await tenant.flush()
                tenant.run("update tenant.office set abbreviation = 'malá'")
                // With commit behind it there would be room: what is not prepared after all is forgotten.
                try await tenant.flush()
            }
        }
    }

    /// Postgres answers the commit of a failed transaction with a rollback, and calls that a success.
    @Test func `a refusal that is swallowed does not pass for a commit`() async throws {
        try await Bench.oneConnection { bench in
            let error = await #expect(throws: ServerError.self) {
                try await bench.database.tenant(bench.office, as: .system) { tenant in
                    tenant.run("update tenant.office set street = 'Nikde'")
                    tenant.run("update tenant.office set abbreviation = 'malá'")
                    do { try await tenant.flush() } catch is ServerError { return }
                }
            }
            #expect(error?.sqlState == "23514")
            let street = try await bench.database.tenant(bench.office, as: .system) { tenant in
                try await tenant.first("select street from tenant.office") { row -> String in
                    try row["street"]
                }
            }
            #expect(street == "")
        }
    }

    @Test func `a statement that takes too long is ended, and the connection serves on`() async throws {
        try await Bench.with({
            $0.appConnections = 1
            // Long enough for every other statement here, also on a busy machine.
            $0.statementTimeout = .seconds(3)
        }) { bench in
            let before = try await bench.backend()
            let error = await #expect(throws: ServerError.self) {
                try await bench.database.tenant(bench.office, as: .system) { tenant in
                    _ = try await tenant.rows("select pg_sleep(20) is null as n") { row -> Bool in
                        try row["n"]
                    }
                }
            }
            #expect(error?.sqlState == "57014")
            #expect(error?.isPassingTrouble == true)
            #expect(try await bench.backend() == before)
        }
    }

    @Test func `a transaction that idles is ended, and a new connection takes its place`() async throws {
        try await Bench.with({
            $0.appConnections = 1
            $0.idleTimeout = .seconds(2)
        }) { bench in
            let before = try await bench.backend()
            await #expect(throws: (any Error).self) {
                try await bench.database.tenant(bench.office, as: .system) { tenant in
                    tenant.run("update tenant.office set street = 'Nikde'")
                    try await tenant.flush()
                    try await Task.sleep(for: .seconds(4))
                    tenant.run("update tenant.office set place = 'Nikde'")
                }
            }
            #expect(try await bench.backend() != before)
        }
    }

    @Test func `a session that is ended under a statement is a lost connection, and the next one works`()
        async throws
    {
        try await Bench.oneConnection { bench in
            let before = try #require(try await bench.backend())
            try await bench.lockingInbox {
                let lost = Task { [bench] in
                    try await bench.database.tenant(bench.office, as: .system) { tenant in
                        tenant.run("set local lock_timeout = '60s'")
                        tenant.run("insert into tenant.inbox (message_id, kind) values (\(UUID()), 'x')")
                        try await tenant.flush()
                    }
                }
                try await bench.waitForLock()
                _ = try await bench.cell.superuser().rows("select pg_terminate_backend(\(before)) as done") {
                    row in try row["done"] as Bool
                }
                let error = await #expect(throws: DatabaseError.self) { try await lost.value }
                guard case .connectionLost? = error else {
                    Issue.record("\(String(describing: error))")
                    return
                }
            }
            #expect(try await bench.backend() != before)
            #expect(try await bench.noted().isEmpty)
        }
    }

    // Waiting

    @Test func `who waits is bounded in number and in time, and it recovers`() async throws {
        try await Bench.with({
            $0.appConnections = 1
            $0.waitingMax = 4
            $0.waitMax = .milliseconds(300)
        }) { bench in
            try await bench.lockingInbox {
                let holding = Task { [bench] in try await bench.note(UUID()) }
                try await bench.waitForLock()
                let outcomes = await withTaskGroup(of: String.self) { group in
                    for _ in 0..<6 {
                        group.addTask { [bench] in
                            do {
                                try await bench.note(UUID())
                                return "done"
                            } catch {
                                return "\(error)"
                            }
                        }
                    }
                    return await group.reduce(into: [String]()) { $0.append($1) }
                }
                #expect(outcomes.count { $0.contains("the waiting line is full") } == 4, "\(outcomes)")
                #expect(outcomes.count { $0.contains("all connections are busy") } == 2, "\(outcomes)")
                #expect(!holding.isCancelled)
            }
            try await eventually("it does not recover") { try await bench.noted().count == 1 }
            try await bench.note(UUID())
            #expect(try await bench.noted().count == 2)
        }
    }

    @Test func `an office that is slow and full leaves room for its neighbour`() async throws {
        try await Bench.with({
            $0.appConnections = 4
            $0.waitingMax = 20
            $0.waitMax = .seconds(60)
        }) { bench in
            let neighbour = try await bench.cell.office()
            bench.database.route([bench.office: 0, neighbour: 0])
            try await bench.lockingInbox {
                let refused = Tally()
                let noisy = (0..<40).map { _ in
                    Task { [bench] in
                        do { try await bench.note(UUID()) } catch is DatabaseError {
                            refused.add()
                        }
                    }
                }
                // Half of the connections, and half of the line.
                try await bench.waitForLock(2)
                try await eventually("the others are not refused") { refused.count == 28 }
                #expect(bench.database.load[0].waiting == 10)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<10 {
                        group.addTask {
                            for _ in 0..<10 {
                                try await bench.database.tenant(neighbour, as: .system) { tenant in
                                    tenant.run("update tenant.office set street = 'Klidná'")
                                }
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                #expect(bench.database.load[0].waiting == 10, "the noisy one still waits")
                for one in noisy { one.cancel() }
                for one in noisy { _ = await one.result }
            }
        }
    }

    // Running again

    @Test func `two who wait for each other both succeed, for one of them runs again`() async throws {
        try await Bench.with({ $0.appConnections = 4 }) { bench in
            let (a, b) = (UUID(), UUID())
            try await bench.note(a)
            try await bench.note(b)
            let owner = try await bench.cell.owner()
            var allow: Script = ""
            allow.append("grant update (kind) on %I.inbox to %I", .init(bench.office), .init(bench.office))
            try await owner.execute(allow)
            let meeting = Meeting(of: 2)
            let runs = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (first, second) in [(a, b), (b, a)] {
                    group.addTask {
                        try await bench.database.tenant(bench.office, as: .system) { tenant in
                            runs.add()
                            tenant.run(
                                "update tenant.inbox set kind = kind || 'i' where message_id = \(first)"
                            )
                            try await tenant.flush()
                            await meeting.arrive()
                            tenant.run(
                                "update tenant.inbox set kind = kind || 'i' where message_id = \(second)"
                            )
                        }
                    }
                }
                try await group.waitForAll()
            }
            // The one who runs again may be as fast as the first time, and meet the other once more.
            #expect(runs.count >= 3)
            let kinds = try await bench.database.tenant(bench.office, as: .system) { tenant in
                try await tenant.rows("select kind from tenant.inbox") { row in try row["kind"] as String }
            }
            #expect(kinds == ["zkouskaii", "zkouskaii"], "each once, also the one that ran twice")
        }
    }

    @Test func `what cannot be put in a row is run again`() async throws {
        // The database itself is made strict, so nobody else may be in it.
        let cell = try await TestCell.apart("strict")
        let office = try await cell.office()
        let owner = try await cell.owner()
        let name = try #require(Script.Identifier(cell.name))
        var strict: Script = ""
        strict.append("alter database %I set default_transaction_isolation to 'serializable'", name)
        try await owner.execute(strict)
        let database = cell.database { $0.appConnections = 4 }
        defer { database.stop() }
        try await eventually("no connections") { database.load[0].up == 4 }
        var usual: Script = ""
        usual.append("alter database %I reset default_transaction_isolation", name)
        try await owner.execute(usual)

        let meeting = Meeting(of: 2)
        let runs = Tally()
        let seen = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    try await database.tenant(office, as: .system) { tenant in
                        runs.add()
                        let count = try await tenant.first("select count(*) as n from tenant.inbox") { row in
                            try row["n"] as Int
                        }
                        await meeting.arrive()
                        tenant.run("insert into tenant.inbox (message_id, kind) values (\(UUID()), 'x')")
                        return count ?? -1
                    }
                }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(seen.sorted() == [0, 1], "as if one had come after the other")
        #expect(runs.count == 3)
    }

    @Test func `a plan that outlived a change of its table is made anew on every connection`() async throws {
        try await Bench.with({ $0.regionConnections = 6 }) { bench in
            let owner = try await bench.cell.owner()
            try await owner.execute(
                """
                create table region.probe (word text not null);
                insert into region.probe values ('12');
                grant select, update on region.probe to epom_region
                """
            )
            func ask(_ meeting: Meeting) async throws -> Set<String> {
                try await withThrowingTaskGroup(of: String.self) { group in
                    for _ in 0..<6 {
                        group.addTask {
                            try await bench.database.region { region in
                                let words = try await region.rows("select word from region.probe") { row in
                                    try row["word"] as String
                                }
                                await meeting.arrive()
                                return words.joined()
                            }
                        }
                    }
                    return try await group.reduce(into: []) { $0.insert($1) }
                }
            }
            // All six hold a connection at once, so that each has the plan.
            #expect(try await ask(Meeting(of: 6)) == ["12"])
            try await owner.execute("alter table region.probe alter word type int using word::int")
            #expect(try await ask(Meeting(of: 6)) == ["12"])
            // The worst case: as many stale connections as may come one after another.
            try await owner.execute("alter table region.probe alter word type text")
            let meeting = Meeting(of: 6)
            let late = try await ask(meeting)
            #expect(late == ["12"])
            try await owner.execute("drop table region.probe")
        }
    }
}
