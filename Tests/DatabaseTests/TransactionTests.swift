import Database
import Foundation
import Office
import Support
import Testing

@Suite struct `Transactions of an office` {
    @Test func `a transaction runs as the office's own role and in its schema`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        let role = try await cell.database.tenant(office, as: .system) { tenant in
            try await tenant.first(
                "select current_user::text as role, (select kind from tenant.office) as kind"
            ) { row in
                (role: try row["role"] as String, kind: try row["kind"] as String)
            }
        }
        #expect(role?.role == office.rawValue)
        #expect(role?.kind == "municipality")
    }

    @Test func `an office is denied on another office's tables`() async throws {
        let cell = try await TestCell.shared()
        // The statement below names one office; whoever is not that one is denied.
        let made = [try await cell.office(), try await cell.office()]
        let one = try #require(made.first { $0.rawValue != "m_900001" })
        await #expect(throws: ServerError.self) {
            try await cell.database.tenant(one, as: .system) { tenant in
                _ = try await tenant.rows("select name from m_900001.office") { row -> String in
                    try row["name"]
                }
            }
        }
    }

    @Test func `queued statements and their answers go out with commit`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        let answer = try await cell.database.tenant(office, as: .system) { tenant in
            tenant.run("update tenant.office set street = \("Lípová 1")")
            return tenant.later("select street from tenant.office") { row -> String in try row["street"] }
        }
        #expect(try answer.first == "Lípová 1")
    }

    @Test func `a failed statement leaves nothing and the connection clean`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        for _ in 0..<20 {
            await #expect(throws: ServerError.self) {
                try await cell.database.tenant(office, as: .system) { tenant in
                    tenant.run("update tenant.office set street = \("Nikde")")
                    tenant.run("update tenant.office set abbreviation = \("malá")")
                }
            }
        }
        let street = try await cell.database.tenant(office, as: .system) { tenant in
            try await tenant.first("select street from tenant.office") { row -> String in try row["street"] }
        }
        #expect(street == "")
    }

    @Test func `a permission is asked in the same transaction`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        let accountant = try await cell.clerk([.accountant], in: office)
        try await cell.database.tenant(office, as: accountant.actor, needing: "keepBooks") { tenant in
            tenant.run("update tenant.office set street = \("A")")
        }
        let error = await #expect(throws: ServerError.self) {
            try await cell.database.tenant(office, as: accountant.actor, needing: "postNotices") { tenant in
                tenant.run("update tenant.office set street = \("B")")
            }
        }
        #expect(error?.constraint == "clerk_permission")
    }

    @Test func `a statement that hits no row is a conflict`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        await #expect(throws: DatabaseError.self) {
            try await cell.database.tenant(office, as: .system) { tenant in
                tenant.require(1, "update tenant.clerks set name = 'x' where user_id = \(UUID())")
            }
        }
    }

    @Test func `values of every kind come back as they went`() async throws {
        let cell = try await TestCell.shared()
        let instant = Date(timeIntervalSince1970: 1_795_459_325.123456)
        let bytes: [UInt8] = [0, 1, 255, 92, 39]
        let list = ["a", "č\"\\,{}", ""]
        let id = UUID()
        let back = try await cell.database.region { region in
            try await region.first(
                """
                select \(instant)::timestamptz as instant, \(bytes)::bytea as bytes, \(list)::text[] as list,
                       \(id)::uuid as id, \(Int?.none)::int as nothing, \(true)::bool as yes
                """
            ) { row in
                let first = (
                    try row["instant"] as Date, try row["bytes"] as [UInt8], try row["list"] as [String]
                )
                let second = (try row["id"] as UUID, try row["nothing"] as Int?, try row["yes"] as Bool)
                return first == (instant, bytes, list) && second == (id, nil, true)
            }
        }
        #expect(back == true)
    }

    @Test func `two hundred at once wait their turn on few connections`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await cell.database.tenant(office, as: .system) { tenant in
                        tenant.run("insert into tenant.inbox (message_id, kind) values (\(UUID()), 'test')")
                    }
                }
            }
            try await group.waitForAll()
        }
        let count = try await cell.database.tenant(office, as: .system) { tenant in
            try await tenant.first("select count(*) as n from tenant.inbox") { row -> Int in try row["n"] }
        }
        #expect(count == 200)
    }
}

@Suite struct Notifications {
    @Test(.timeLimit(.minutes(1))) func `are heard by everybody who listens, on one connection`() async throws
    {
        let cell = try await TestCell.shared()
        let hearers = [cell.database.notifications(on: .epom), cell.database.notifications(on: .epom)]
        let word = "zkouska-\(UUID().uuidString)"
        try await withThrowingTaskGroup(of: Void.self) { group in
            for hearer in hearers {
                group.addTask { for await heard in hearer where heard == .heard(word) { return } }
            }
            group.addTask {
                // Until both have heard; whoever listens late has missed the first ones.
                while !Task.isCancelled {
                    try await cell.database.region { region in
                        region.run("select pg_notify('epom', \(word))")
                    }
                    try? await Task.sleep(for: .milliseconds(50))
                }
            }
            for _ in hearers { try await group.next() }
            group.cancelAll()
        }
    }
}
