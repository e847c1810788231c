import Foundation
import Office

/// The filled form as it leaves a printer: the kept document with a strip for the screen and a line for the office.
struct PrintedForm {
    private let strip: String
    private let mark: String

    init(_ submission: Submission, back: String) {
        let todo =
            submission.needsConfirmation
            ? "Vytiskněte tuto stránku, dole ji podepište a do \(submission.confirmBy?.czechShort ?? "") doručte úřadu."
            : "Tuto stránku si můžete vytisknout nebo uložit."
        // Margin boxes are printed on every page; where a browser has none, the code stands first and last.
        strip = """
            <style>.strip{background:#e7eefa;padding:.75rem 1rem;margin:0 0 1.5rem}.mark{font-size:9pt;\
            overflow-wrap:anywhere}main~.mark{margin-top:1.5rem;border-top:1px solid #111;padding-top:.5rem}\
            @page{margin-bottom:18mm;@bottom-left{content:"Kód podání \(submission.code)";font:8pt sans-serif}\
            @bottom-right{content:"strana " counter(page) " z " counter(pages);font:8pt sans-serif}}\
            @media print{.strip{display:none}}</style>
            <p class="strip"><a href="\(back)">Zpět k podání</a> \(todo)</p>
            <p class="mark">Kód podání \(submission.code)\(Self.addressee(submission))</p>
            """
        mark = """
            <p class="mark">Kód podání \(submission.code), přijato \(submission.acceptedAt.czech). \
            Otisk SHA-256 uloženého formuláře bez řádků s kódem: \(submission.filledDigest)</p>
            """
    }

    /// The office that has it now, which need not be the one the form was made for.
    private static func addressee(_ submission: Submission) -> String {
        submission.officeName.isEmpty ? "" : ", příslušný úřad: \(submission.officeName)"
    }

    /// A document of another shape is left as it is.
    func around(_ document: [UInt8]) -> [UInt8] {
        let text = String(decoding: document, as: UTF8.self)
        guard let opening = text.range(of: "<body>"),
            let closing = text.range(of: "</body>", options: .backwards),
            opening.upperBound <= closing.lowerBound
        else { return document }
        return Array(
            (text[..<opening.upperBound] + strip + text[opening.upperBound..<closing.lowerBound] + mark
                + text[closing.lowerBound...]).utf8
        )
    }
}
