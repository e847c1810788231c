import Database
import Foundation
import Office
import Support
import Testing

@testable import FilingRoom

@Suite struct `The register` {
    @Test func `two hundred at once get numbers without a gap and none twice`() async throws {
        let bench = try await Bench()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    let delivery = bench.delivery()
                    let message = bench.message(delivery)
                    // Who finds all connections busy comes again, as the relay does.
                    while true {
                        do {
                            try await bench.registry.register(delivery, message: message, at: bench.office)
                            return
                        } catch DatabaseError.unavailable {
                            try await Task.sleep(for: .milliseconds(50))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let numbers = try await numbers(in: bench)
        #expect(numbers == Array(1...200))
    }

    /// Who has it, or where nobody has it those who lead; that it came and its number, never what it is about.
    @Test func `tells the desk of a new submission without its content`() async throws {
        let bench = try await Bench()
        func told() async throws -> [OfficeMail] {
            try await bench.cell.database.relay { relay in
                try await relay.rows(
                    """
                    select body::text as body from relay.outbox
                    where sender = \(bench.office.rawValue) and kind = \(OfficeMail.kind) order by id
                    """
                ) { row in
                    try JSONDecoder().decode(OfficeMail.self, from: Data((try row["body"] as String).utf8))
                }
            }
        }
        try await bench.deliver(bench.delivery())
        #expect(try await told().isEmpty, "nobody is there")
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let clerk = try await bench.cell.clerk([.registryClerk], in: bench.office)
        let delivery = bench.delivery()
        let file = try await bench.deliver(delivery)
        let mails = try await told()
        let holder = file.assignee == head.userID ? head : clerk
        #expect(mails.map(\.to) == ["\(holder.userID)@example.org"])
        let mail = try #require(mails.first)
        #expect(mail.subject.hasPrefix("Nové podání č. j. "))
        for content in [delivery.title, delivery.submitter.name, delivery.serviceName] {
            #expect(!mail.text.contains(content) && !mail.subject.contains(content), "\(content)")
        }
    }

    @Test func `a registration that fails takes no number`() async throws {
        let bench = try await Bench()
        try await bench.deliver(bench.delivery())
        var broken = bench.delivery()
        broken.filledForm = AttachedFile(digest: "not hex", name: "a", mediaType: "text/html", bytes: -1)
        await #expect(throws: (any Error).self) { try await bench.deliver(broken) }
        try await bench.deliver(bench.delivery())
        #expect(try await numbers(in: bench) == [1, 2])
    }

    @Test func `a message taken twice registers once and reports once`() async throws {
        let bench = try await Bench()
        let delivery = bench.delivery()
        let message = bench.message(delivery)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    try await bench.registry.register(delivery, message: message, at: bench.office)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await numbers(in: bench) == [1])
        #expect(try await bench.reports(about: delivery.submissionID).map(\.status) == [.registered])
    }

    @Test func `another office sees nothing of it`() async throws {
        let bench = try await Bench()
        let other = try await Bench()
        let file = try await bench.deliver(bench.delivery())
        #expect(try await numbers(in: other) == [])
        #expect(try await other.search("Dvořáková") == [])
        let seen = try await other.cell.database.tenant(other.office, as: .system) { tenant in
            try await FilingStore.caseFile(file.id, in: tenant)
        }
        #expect(seen == nil)
        let clerk = try await other.cell.clerk([.head], in: other.office)
        await #expect(throws: PlainRefusal.self) {
            try await other.registry.take(file.id, at: other.office, by: clerk, now: Bench.noon)
        }
    }

    @Test func `the year is Prague's year of receipt`() async throws {
        let bench = try await Bench()
        let lastMinute = try Bench.instant("2026-12-31T22:59:59Z")
        let firstMinute = try Bench.instant("2026-12-31T23:00:00Z")
        let old = try await bench.deliver(bench.delivery(reached: lastMinute))
        let new = try await bench.deliver(bench.delivery(reached: firstMinute))
        #expect(try await bench.documents(of: old.id).map(\.year) == [2026])
        #expect(try await bench.documents(of: new.id).map(\.year) == [2027])
        #expect(try await bench.documents(of: new.id).map(\.number) == [1])
        #expect(new.opened == Day("2027-01-01"))
    }

    @Test func `not even the owner can leave a gap or take a number away`() async throws {
        let bench = try await Bench()
        let file = try await bench.deliver(bench.delivery())
        let error = await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                FilingStore.add(
                    NewDocument(
                        id: UUID.v7(),
                        caseFileID: file.id,
                        year: 2026,
                        number: 3,
                        identifier: "X",
                        referenceNumber: "X 3/2026",
                        direction: "incoming",
                        subject: "mezera",
                        senderID: nil,
                        channel: .paper,
                        receivedAt: Bench.noon,
                        searched: "",
                        files: []
                    ),
                    in: tenant
                )
            }
        }
        #expect(error?.constraint == "documents_preceding")
        let denied = await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                tenant.run("delete from tenant.documents")
            }
        }
        #expect(denied?.sqlState == "42501")
        let rewritten = await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                tenant.run("update tenant.documents set subject = 'jiné'")
            }
        }
        #expect(rewritten?.sqlState == "42501")
    }

    @Test(arguments: ["dvorak", "Dvořák", "DVOŘÁKOVÁ", "jana dvo", "kacen dreviN"])
    func `search ignores diacritics, case and endings`(_ query: String) async throws {
        let bench = try await Bench()
        try await bench.deliver(bench.delivery())
        try await bench.deliver(bench.delivery(title: "Oznámení závady", name: "Petr Šťastný"))
        #expect(try await bench.search(query).count == 1)
    }

    @Test func `search finds a document by its numbers`() async throws {
        let bench = try await Bench()
        for _ in 0..<12 { try await bench.deliver(bench.delivery()) }
        let delivery = bench.delivery(name: "Petr Šťastný")
        let file = try await bench.deliver(delivery)
        let document = try #require(try await bench.documents(of: file.id).first)
        #expect(try await bench.search(document.referenceNumber) == [document.referenceNumber])
        #expect(try await bench.search("13/2026") == [document.referenceNumber])
        #expect(try await bench.search(document.identifier) == [document.referenceNumber])
        #expect(try await bench.search(delivery.code) == [document.referenceNumber])
        #expect(try await bench.search("--- !") == [])
    }

    private func numbers(in bench: Bench) async throws -> [Int] {
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await tenant.rows("select number from tenant.documents order by number") { row in
                try row["number"] as Int
            }
        }
    }
}
