import Foundation
import Office
import Sealing
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
}
