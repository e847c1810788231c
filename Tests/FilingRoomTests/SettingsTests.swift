import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import FilingRoom

/// What the head sets, and what the log says of it.
@Suite struct `The settings of an office` {
    @Test func `an empty invitation says everything at its fields`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let answer = try await front.post("/nastaveni/pozvat", ["name": " ", "email": ""], as: head)
        #expect(answer.status.code == 422 && front.invited.sent.isEmpty)
        for part in [
            "href=\"#name\"", "href=\"#email\"", "href=\"#roles\"", "id=\"name-e\"", "id=\"email-e\"",
            "Napište e-mail, na který", "Vyberte aspoň jednu roli", "class=\"field faulty\" id=\"roles\"",
        ] { #expect(answer.body.contains(part), "\(part)") }
        let bad = ["name": "Petr Malý", "email": "petr(at)example", "roles": "clerk"]
        let mistyped = try await front.post("/nastaveni/pozvat", bad, as: head).body
        #expect(mistyped.contains("Takový e-mail být nemůže") && !mistyped.contains("id=\"name-e\""))
    }

    @Test func `somebody is invited with the function that stands on decisions`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let page = try await front.get("/nastaveni/lide", as: head).body
        #expect(page.contains("id=\"functionTitle\" name=\"functionTitle\" value=\"referent\""))
        #expect(page.contains("data-function=\"účetní\""))
        let form = ["name": "Eva Malá", "email": "eva@example.org", "roles": "accountant"]
        func invite(_ function: String) async throws -> Support.Desk.Answer {
            try await front.post(
                "/nastaveni/pozvat",
                form.merging(["functionTitle": function]) { $1 },
                as: head
            )
        }
        let blank = try await invite(" ")
        #expect(blank.status.code == 422 && blank.body.contains("id=\"functionTitle-e\""))
        #expect(blank.body.contains("name=\"functionTitle\" value=\"účetní\""), "the usual one is proposed")
        #expect(try await invite("x").status.code == 422)
        #expect(try await invite(" hlavní  účetní ").status == .seeOther)
        #expect(front.invited.functions == ["hlavní účetní"])
    }

    @Test func `the head changes the function, never to none, and it is printed`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let clerk = try await bench.cell.clerk([.clerk], named: "Jana Nová", in: bench.office)
        let front = try Front(bench, clerks: [head])
        let path = "/nastaveni/lide/\(clerk.userID.uuidString.lowercased())"
        let none = ["act": "roles", "roles": "clerk", "functionTitle": " "]
        #expect(try await front.post(path, none, as: head).status.code == 422)
        #expect(try await front.post(path, ["act": "roles", "roles": "clerk"], as: head).status == .seeOther)
        #expect(try await front.get("/nastaveni/lide", as: head).body.contains("Jana Nová, referentka"))
        let named = ["act": "roles", "roles": "clerk", "functionTitle": "matrikářka"]
        #expect(try await front.post(path, named, as: head).status == .seeOther)
        let known = try #require(
            try await bench.cell.database.tenant(bench.office, as: .system) {
                try await ClerkStore.clerk(clerk.userID, in: $0)
            }
        )
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: known, now: Bench.noon)
        try await bench.reply(in: file.id, by: known)
        let letter = try await bench.registry.preview(
            Registry.Reply(kind: .decision, subject: "Kácení", text: "Povoluje se."),
            in: file.id,
            at: bench.office,
            by: known,
            now: Bench.noon
        )
        #expect(String(decoding: letter, as: UTF8.self).contains("<p>Jana Nová, matrikářka</p>"))
        #expect(try await bench.reports(about: file.submissionID).last?.assignee == "Jana Nová, matrikářka")
    }

    @Test func `who works in the office is not invited into it`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], named: "Eva Starostová", in: bench.office)
        let front = try Front(bench, clerks: [head])
        let email = "\(head.userID)@example.org"
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            tenant.run("update tenant.clerks set email = lower(email)")
        }
        let form = ["name": "Eva Starostová", "email": email, "roles": "registryClerk"]
        let answer = try await front.post("/nastaveni/pozvat", form, as: head)
        #expect(answer.status.code == 422 && answer.body.contains("Eva Starostová už v úřadu pracuje"))
        #expect(front.invited.sent.isEmpty)
    }

    @Test func `the log says who was invited, what changed and which form or service it was`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let form = ["name": "Petr Malý", "email": "Petr@Example.org", "roles": "accountant"]
        #expect(try await front.post("/nastaveni/pozvat", form, as: head).status == .seeOther)
        let digest = String(repeating: "3986717b", count: 8)
        try await bench.cell.database.tenant(bench.office, as: head.actor) { tenant in
            var profile = try await OfficeStore.profile(in: tenant)
            (profile.hours, profile.phone, profile.ico) = ("středa", "482 000 000", "00262978")
            try await OfficeStore.save(profile, in: tenant)
            OfficeStore.save(OfficeLook(accent: .green, arms: digest), in: tenant)
            tenant.record(LogEntry("offered", "form", UUID(), detail: "kaceni-drevin"))
            tenant.record(LogEntry("routed", "routing rule", UUID(), detail: "kaceni-drevin feeClerk"))
            tenant.record(LogEntry("invited head", "clerk", UUID(), detail: "nova@example.org"))
            tenant.record(
                LogEntry("posted", "notice", UUID(), detail: "2026-11-29 2026-12-14 \(digest)")
            )
            tenant.record(LogEntry("booked", "entry", UUID(), detail: "2026-11-29"))
        }
        let page = try await front.get("/nastaveni/protokol", as: head).body
        let name = try #require(Bench.catalogue.services.first { $0.code == "kaceni-drevin" }?.name)
        let hung = ["2026-11-29", "2026-12-14"].compactMap { Day($0)?.czechShort }
        for words in [
            "petr@example.org: účetní", "IČO, úřední hodiny, telefon",
            "barva zelená, znak obce, otisk 3986717b…",
            "„\(name)“", "„\(name)“ dostane správce poplatků", "správa kraje", "nova@example.org",
            "od \(hung[0]) do \(hung[1]), otisk 3986717b…",
        ] { #expect(page.contains(words), "\(words)") }
        let table = try #require(page.components(separatedBy: "<tbody>").last)
        for raw in ["kaceni-drevin", "green", digest, "2026-11-29"] {
            #expect(!table.contains(raw), "\(raw)")
        }
    }

    /// Two heads may send each other away; the last one stays, whoever asks.
    @Test func `the last head stays, and the page says what to do first`() async throws {
        let bench = try await Bench()
        let one = try await bench.cell.clerk([.head], in: bench.office)
        let two = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [one, two])
        func path(_ clerk: Clerk) -> String { "/nastaveni/lide/\(clerk.userID.uuidString.lowercased())" }
        #expect(try await front.post(path(two), ["act": "dismiss"], as: one).status == .seeOther)
        // The front door of this test still takes them for a head; the office does not.
        #expect(try await front.post(path(one), ["act": "dismiss"], as: two).status == .notFound)
        #expect(
            try await front.post(path(one), ["act": "roles", "roles": "clerk"], as: one).status.code == 422
        )
    }
}
