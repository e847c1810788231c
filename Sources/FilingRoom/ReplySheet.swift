import Foundation
import Office
import Records

/// The canonical HTML of a document that the office made out: its bytes are the original that is kept.
///
/// Shows what § 16 of decree 259/2012 asks for: the office, both numbers, the sender's number, the day, and who
/// signs with their function. A pure function of its values, so the same values give the same digest.
struct ReplySheet: Sendable, Equatable {
    let html: String

    init(
        _ reply: Reply,
        office: OfficeProfile,
        registered: Registered,
        caseFile: CaseFile,
        party: Party,
        senderNumber: String,
        signer: Clerk,
        day: Day
    ) {
        let title = "\(reply.kind.heading) \(registered.referenceNumber)"
        var facts = [
            ("Číslo jednací", registered.referenceNumber), ("Spisová značka", caseFile.reference),
            ("Jednoznačný identifikátor", registered.identifier),
        ]
        if !senderNumber.isEmpty { facts.append(("Vaše číslo", senderNumber)) }
        if !caseFile.submissionCode.isEmpty { facts.append(("Kód podání", caseFile.submissionCode)) }
        facts.append(("Vyřizuje", signer.name))
        facts.append((office.place.isEmpty ? "Dne" : "\(office.place) dne", day.czechShort))
        let rows = facts.map { "<dt>\(Self.escaped($0.0))</dt><dd>\(Self.escaped($0.1))</dd>" }
        let address = [office.street, [office.postcode, office.place].joined(separator: " ")]
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }.joined(separator: ", ")
        let signature = [signer.name, signer.functionTitle].filter { !$0.isEmpty }
        html = """
            <!doctype html>
            <html lang="cs">
            <head>
            <meta charset="utf-8">
            <title>\(Self.escaped(title))</title>
            <style>
            @page { size: A4; margin: 22mm 20mm; }
            body { font: 12pt/1.45 "DejaVu Serif", "Times New Roman", serif; color: #000; background: #fff; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
            header { border-bottom: 1px solid #000; padding-bottom: .5rem; margin-bottom: 1.5rem; }
            header b { font-size: 15pt; }
            dl { display: grid; grid-template-columns: 14rem 1fr; gap: .1rem 1rem; font-size: 10.5pt; margin: 0 0 1.5rem; }
            dd { margin: 0; } address { font-style: normal; margin: 0 0 2rem auto; width: 20rem; }
            h1 { font-size: 16pt; text-align: center; } h2 { font-size: 12.5pt; }
            .signature { margin: 3rem 0 0 auto; width: 18rem; text-align: center; }
            footer { margin-top: 2.5rem; border-top: 1px solid #999; padding-top: .4rem; font-size: 9pt; }
            p, dl, address { break-inside: avoid; orphans: 2; widows: 2; }
            @media print { body { margin: 0; max-width: none; padding: 0; } }
            </style>
            </head>
            <body>
            <header><b>\(Self.escaped(office.name))</b><br>\(Self.escaped(address))</header>
            <dl>\(rows.joined())</dl>
            <address>\(Self.escaped(party.name))\(Self.lines(party.address))</address>
            <h1>\(Self.escaped(reply.kind.heading))</h1>
            <h2>Věc: \(Self.escaped(reply.title))</h2>
            \(Self.paragraphs(reply.body))
            <p class="signature">\(signature.map(Self.escaped).joined(separator: "<br>"))</p>
            <footer>Písemnost je uložena jako HTML; výstupní formát PDF/A zatím nevzniká.</footer>
            </body>
            </html>

            """
    }

    /// An empty line parts paragraphs, a line end stays a line end.
    private static func paragraphs(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").split(separator: /\n[ \t]*\n+/)
            .map { "<p>" + escaped(String($0)).replacing("\n", with: "<br>") + "</p>" }
            .joined(separator: "\n")
    }

    private static func lines(_ text: String) -> String {
        text.isEmpty ? "" : "<br>" + escaped(text).replacing("\n", with: "<br>")
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}
