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
        strip = """
            <style>.strip{background:#e7eefa;padding:.75rem 1rem;margin:0 0 1.5rem}.mark{margin-top:1.5rem;\
            border-top:1px solid #111;padding-top:.5rem;font-size:9pt;overflow-wrap:anywhere}\
            @media print{.strip{display:none}}</style>
            <p class="strip"><a href="\(back)">Zpět k podání</a> \(todo)</p>
            """
        mark = """
            <p class="mark">Kód podání \(submission.code), přijato \(submission.acceptedAt.czech). \
            Otisk SHA-256 uloženého formuláře bez tohoto řádku: \(submission.filledDigest)</p>
            """
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
