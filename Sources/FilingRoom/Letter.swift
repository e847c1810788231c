import Foundation
import Office
import Records

/// A document of the office as it is kept: canonical HTML, with a style for the screen and for paper.
///
/// In this version the kept original is these bytes; PDF/A is not made yet, and the pages say so.
struct Letter: Sendable {
    let office: String
    let address: String
    let kind: ReplyKind
    let referenceNumber: String
    let mark: String
    /// The sender's own number, where theirs had one (§ 16 of decree 259/2012).
    let theirReference: String
    let day: Day
    let recipient: String
    let recipientAddress: String
    let subject: String
    let text: String
    let signedBy: String
    /// What it is headed by; else its kind.
    var title: String?
    var recipientParticulars = ""

    private var heading: String { title ?? kind.czech }

    var html: [UInt8] {
        let paragraphs = text.split(separator: "\n\n", omittingEmptySubsequences: true)
            .map { paragraph in
                if Self.headings.contains(String(paragraph)) { return "<h2>\(paragraph)</h2>" }
                return "<p>\(Self.escaped(String(paragraph)).replacing("\n", with: "<br>\n"))</p>"
            }
            .joined(separator: "\n")
        let theirs =
            theirReference.isEmpty ? "" : "<dt>Vaše č. j.</dt><dd>\(Self.escaped(theirReference))</dd>"
        let particulars =
            recipientParticulars.isEmpty ? "" : "<br>\(Self.escaped(recipientParticulars))"
        return Array(
            """
            <!doctype html>
            <html lang="cs">
            <head>
            <meta charset="utf-8">
            <title>\(Self.escaped(referenceNumber)) \(Self.escaped(heading))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <header>
            <p><strong>\(Self.escaped(office))</strong><br>\(Self.escaped(address))</p>
            <dl><dt>Č. j.</dt><dd>\(Self.escaped(referenceNumber))</dd><dt>Spisová značka</dt><dd>\(Self.escaped(mark))</dd>\(theirs)\
            <dt>Vyřizuje</dt><dd>\(Self.escaped(signedBy))</dd><dt>Datum</dt><dd>\(day.czechShort)</dd></dl>
            <p class="to">\(Self.escaped(recipient))<br>\(Self.addressLines(recipientAddress))\(particulars)</p>
            </header>
            <main>
            <h1>\(Self.escaped(heading.atStart))</h1>
            <p><strong>\(Self.escaped(subject))</strong></p>
            \(paragraphs)
            <div class="sign"><p>otisk úředního razítka</p><p>podpis</p><p>\(Self.escaped(signedBy))</p></div>
            </main>
            </body>
            </html>

            """.utf8
        )
    }

    /// Marked so that nobody takes it for the document, on paper neither.
    var previewed: [UInt8] {
        let mark = """
            <style>.draft{border:2px dashed #a33;color:#a33;padding:.5rem 1rem;font:700 10pt sans-serif}</style>
            <p class="draft">NÁHLED: písemnost zatím není vyhotovená, nemá číslo jednací a nikam se neuložila. \
            Zavřete tuto záložku a ve formuláři ji vyhotovte.</p>
            """
        let text = String(decoding: html, as: UTF8.self)
        return Array(text.replacing("<body>", with: "<body>\n\(mark)", maxReplacements: 1).utf8)
    }

    /// Lines that stand alone and name a part of a decision (§ 68 of act 500/2004).
    private static let headings: Set = ["Výrok", "Odůvodnění", "Poučení"]

    private static let style = """
        body{font:11.5pt/1.5 Georgia,"DejaVu Serif",serif;max-width:40rem;margin:2rem auto;padding:0 1rem;color:#111;\
        background:#fff}h1{font-size:15pt;margin:2rem 0 1rem;text-align:center}h2{font-size:11.5pt;margin:1.5rem 0 .5rem;text-align:center}\
        dl{display:grid;grid-template-columns:auto 1fr;gap:.1rem 1rem;font-size:10pt}dt{color:#444}dd{margin:0}\
        .to{margin:2rem 0 2rem 50%}.sign{display:grid;grid-template-columns:1fr 1fr;gap:.2rem 2rem;margin-top:5rem;font-size:10pt;break-inside:avoid;break-before:avoid}\
        .sign p{margin:0;border-top:1px dotted #444;color:#444}.sign p:last-child{grid-column:2;border:0;color:#111;font-size:11.5pt}@page{size:A4;margin:20mm}\
        @media print{body{margin:0;max-width:none;padding:0}p{orphans:3;widows:3}h1{margin:1.2rem 0 .8rem}h2{break-after:avoid}.to{margin:1.2rem 0 1.2rem 50%}\
        .sign{margin-top:3rem}}
        """

    /// What a kept letter says from its heading to who signed it, for an e-mail; the way back from ``html``.
    static func plain(_ kept: [UInt8]) -> String {
        func paragraphs(_ html: String?) -> [String] {
            (html ?? "").matches(of: /<(h1|h2|p)>([\s\S]*?)<\/\1>/).map { String($0.output.2) }
        }
        let main = String(decoding: kept, as: UTF8.self).components(separatedBy: "<main>").last ?? ""
        let halves = main.components(separatedBy: "<div class=\"sign\">")
        let all = paragraphs(halves.first) + paragraphs(halves.dropFirst().last).suffix(1)
        return ["<strong>", "</strong>", "<br>"]
            .reduce(all.joined(separator: "\n\n")) { $0.replacing($1, with: "") }
            .replacing("&lt;", with: "<").replacing("&gt;", with: ">").replacing("&quot;", with: "\"")
            .replacing("&amp;", with: "&")
    }

    /// The town with its postcode on a line of its own, as the post reads it.
    private static func addressLines(_ address: String) -> String {
        guard let town = address.firstMatch(of: /, (\d{3}[ \u{A0}]?\d{2} [^,]+)$/) else {
            return escaped(address)
        }
        return escaped(address[..<town.range.lowerBound]) + "<br>" + escaped(town.1)
    }

    private static func escaped(_ text: some StringProtocol) -> String {
        String(text).replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
            .replacing("\"", with: "&quot;")
    }
}

extension Letter {
    init(
        _ reply: Registry.Reply,
        reference: String,
        in file: CaseFile,
        answering first: Document?,
        from profile: OfficeProfile,
        by clerk: Clerk,
        on day: Day
    ) {
        self.init(
            office: Authority(of: profile.name, abbreviation: profile.abbreviation).name,
            address: [profile.street, "\(profile.postcode.asPostcode) \(profile.place)"].filter {
                $0 != " " && !$0.isEmpty
            }
            .joined(separator: ", "),
            kind: reply.kind,
            referenceNumber: reference,
            mark: file.mark,
            theirReference: first?.stamp.senderReference ?? "",
            day: day,
            recipient: first?.sender ?? "",
            recipientAddress: first?.senderAddress ?? "",
            subject: reply.subject,
            text: reply.text,
            signedBy: clerk.publicName,
            title: reply.kind == .referral && ReferralAct(under: file.regime) == .resolution
                ? ReplyKind.resolution.czech : nil,
            recipientParticulars: first?.senderBirthDate.map { "datum narození \($0.czechShort)" } ?? ""
        )
    }
}
