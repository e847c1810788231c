import Foundation
import HTTPTypes
import Office
import Sealing
import Support
import Testing

@testable import FilingRoom

/// The bytes of a letter are the original that is kept, so the same letter is always the same bytes.
@Suite struct `A letter of the office` {
    private let letter = Letter(
        office: "Obec Luka",
        address: "Náves 1, 471 02 Luka",
        kind: .decision,
        referenceNumber: "LUKA 12/2026",
        mark: "S-LUKA 11/2026",
        theirReference: "",
        day: Bench.today,
        recipient: "Jana <Dvořáková> & synové",
        recipientAddress: "Lípová 1, Luka",
        subject: "Kácení lípy",
        text: "Povoluje se.\nDruhá řádka.\n\nPoučení: odvolání do 15 dnů.",
        signedBy: "Eva Malá, referentka"
    )

    @Test func `has the town on a line of its own`() {
        func lines(_ address: String) -> String {
            let letter = Letter(
                office: letter.office,
                address: letter.address,
                kind: letter.kind,
                referenceNumber: letter.referenceNumber,
                mark: letter.mark,
                theirReference: "",
                day: letter.day,
                recipient: "Jana",
                recipientAddress: address,
                subject: letter.subject,
                text: letter.text,
                signedBy: letter.signedBy
            )
            let html = String(decoding: letter.html, as: UTF8.self)
            return String(html.firstMatch(of: /<p class="to">Jana<br>(.*)<\/p>/)?.1 ?? "")
        }
        #expect(lines("Lípová 1, Luka, 471 02 Luka") == "Lípová 1, Luka<br>471 02 Luka")
        #expect(lines("Lípová 1, Luka") == "Lípová 1, Luka")
        #expect(lines("PO BOX 471 02, Brno & spol.") == "PO BOX 471 02, Brno &amp; spol.")
    }

    @Test func `is the same bytes each time and others for another word`() {
        #expect(Digest(of: letter.html) == Digest(of: letter.html))
        let other = Letter(
            office: letter.office,
            address: letter.address,
            kind: letter.kind,
            referenceNumber: letter.referenceNumber,
            mark: letter.mark,
            theirReference: "",
            day: letter.day,
            recipient: letter.recipient,
            recipientAddress: letter.recipientAddress,
            subject: letter.subject,
            text: letter.text + ".",
            signedBy: letter.signedBy
        )
        #expect(Digest(of: other.html) != Digest(of: letter.html))
    }

    @Test func `says who, to whom, under which numbers, and lets no markup in`() {
        let text = String(decoding: letter.html, as: UTF8.self)
        for part in [
            "Obec Luka", "LUKA 12/2026", "S-LUKA 11/2026", "Eva Malá, referentka", "24.\u{a0}11.\u{a0}2026",
        ] {
            #expect(text.contains(part), "\(part)")
        }
        #expect(text.contains("Jana &lt;Dvořáková&gt; &amp; synové"))
        #expect(text.contains("<p>Povoluje se.<br>\nDruhá řádka.</p>"))
        #expect(!text.contains("<script") && !text.contains("http"))
    }

    @Test func `is printed on A4 with margins, and its signature stays with its text`() {
        let text = String(decoding: letter.html, as: UTF8.self)
        #expect(text.contains("@page{size:A4;margin:20mm}") && text.contains("break-before:avoid"))
    }

    @Test func `has a place for stamp and signature, and names the authority`() {
        let text = String(decoding: letter.html, as: UTF8.self)
        #expect(text.contains("otisk úředního razítka") && text.contains("podpis"))
        #expect("46362".asPostcode == "463\u{a0}62" && "463 6".asPostcode == "463 6")
        #expect(Authority(of: "Bílý Potok", abbreviation: "OUBIPO").name == "Obecní úřad Bílý Potok")
        #expect(Authority(of: "Frýdlant", abbreviation: "MUFRYD").dative == "Městskému úřadu Frýdlant")
        #expect(Authority(of: "Holany", abbreviation: "UMHOLA").name == "Úřad městyse Holany")
        #expect(Authority(of: "Liberec", abbreviation: "MULIBE").name == "Magistrát města Liberec")
        #expect(
            Authority(of: "Kraj Vysočina", abbreviation: "KU").dative == "Krajskému úřadu Kraje Vysočina"
        )
        #expect(Bench.catalogue.appeals == "ke Krajskému úřadu Libereckého kraje")
    }

    @Test func `of a referral is a resolution with a verdict, and of a decision names the party in full`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        #expect(try await front.post("\(path)/prevzit", as: clerk).status == .seeOther)
        let pattern = try await front.get("\(path)/odpoved?druh=decision", as: clerk).body
        #expect(pattern.contains("Jana Dvořáková, nar. [datum narození], bytem Lípová 1, Luka"))
        #expect(pattern.contains("ke Krajskému úřadu Libereckého kraje"))
        let sent = try await front.post(
            "\(path)/postoupit",
            ["office": "Frýdlant", "reason": "Strom roste ve Frýdlantu."],
            as: clerk
        )
        #expect(sent.status == .seeOther)
        let document = try #require(try await bench.documents(of: file.id).last)
        let card = try await front.get("/spisovna/dokument/\(document.id.uuidString.lowercased())", as: clerk)
        let link = try #require(card.body.firstMatch(of: /\/spisovna\/soubor\/[^"]+/))
        let letter = try await front.get(String(link.0), as: clerk).body
        #expect(letter.contains("<h1>Usnesení</h1>") && letter.contains("<h2>Výrok</h2>"))
        #expect(letter.contains("postupuje podání"))
        #expect(!letter.contains("[datum narození]"), "what nobody can fill any more is left out")
    }

    @Test func `is previewed as it would be made out, and nothing is kept of that`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let keeper = try await bench.cell.clerk([.feeClerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk, keeper])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        _ = try await front.post("\(path)/prevzit", as: clerk)
        let form = ["kind": "notice", "subject": "Strom <3", "text": "Dobrý den.\n\nVýrok\n\nKácet smíte."]
        let sheet = try await front.post("\(path)/odpoved", form.merging(["act": "nahled"]) { $1 }, as: clerk)
        #expect(sheet.status == .ok)
        #expect(sheet.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
        #expect(sheet.body.contains("NÁHLED") && sheet.body.contains("přidělí se při vyhotovení"))
        #expect(sheet.body.contains("<strong>Strom &lt;3</strong>") && sheet.body.contains("<h2>Výrok</h2>"))
        #expect(sheet.body.contains("Jana Dvořáková"))
        #expect(try await bench.documents(of: file.id).count == 1, "only what came in")
        // Made out it is the same sheet, with its number and without the mark.
        #expect(try await front.post("\(path)/odpoved", form, as: clerk).status == .seeOther)
        let document = try #require(try await bench.documents(of: file.id).last)
        let card = try await front.get("/spisovna/dokument/\(document.id.uuidString.lowercased())", as: clerk)
        let link = try #require(card.body.firstMatch(of: /\/spisovna\/soubor\/[^"]+/))
        let made = try await front.get(String(link.0), as: clerk).body
        #expect(!made.contains("NÁHLED"))
        let main = { (text: String) in text.components(separatedBy: "<main>").last }
        #expect(main(made) == main(sheet.body))
        // What one may not know of cannot be previewed either.
        let secret = try await bench.deliver(bench.delivery(service: "pes-ohlaseni", regime: .tax))
        let hidden = "/spisovna/spis/\(secret.id.uuidString.lowercased())/odpoved"
        let refused = try await front.post(hidden, form.merging(["act": "nahled"]) { $1 }, as: clerk)
        #expect(refused.status == .notFound)
    }
}
