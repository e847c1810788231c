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
