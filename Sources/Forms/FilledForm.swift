import Office
import Sealing

/// A filled form as a document of its own: what is printed, signed and kept.
///
/// The bytes depend on nothing but the office, the form and the answers, so that the same answers have the same digest.
struct FilledForm: Sendable {
    /// Whom it is for.
    let office: String
    /// On whose pages it was handed in.
    var handedInAt = ""
    let definition: FormDefinition
    let answers: ValidAnswers

    /// UTF-8 HTML with its own style sheet and without scripts or links.
    var html: [UInt8] { Array(text.utf8) }

    var digest: Digest { Digest(of: html) }

    private var text: String {
        var html = """
            <!doctype html>
            <html lang="cs">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(escaped(definition.title)) – \(escaped(office))</title>
            <style>\(Self.style)</style>
            </head>
            <body>
            <header>
            <p>\(escaped(office))</p>
            <h1>\(escaped(definition.title))</h1>
            <p>Verze formuláře: \(definition.version)\(origin)</p>
            </header>
            <main>

            """
        for section in answers.sections { html += self.html(of: section) }
        if !answers.files.isEmpty { html += filesList }
        if definition.confirmation != .none { html += Self.signature }
        return html + "</main>\n</body>\n</html>\n"
    }

    /// In place of the office, where the rules do not tell which it is.
    static let undecided = "Příslušný úřad určí pracoviště kraje"

    private var origin: String {
        handedInAt.isEmpty || handedInAt == office ? "" : "; podáno na stránkách: \(escaped(handedInAt))"
    }

    private func html(of section: AnsweredSection) -> String {
        var html = "<section>\n<h2>\(escaped(section.title))</h2>\n"
        for block in section.blocks {
            if !block.heading.isEmpty { html += "<div class=\"row\">\n<h3>\(escaped(block.heading))</h3>\n" }
            html += "<dl>\n"
            for line in block.lines {
                html += "<dt>\(escaped(line.label))</dt><dd>\(escaped(line.text))</dd>\n"
            }
            html += block.heading.isEmpty ? "</dl>\n" : "</dl>\n</div>\n"
        }
        return html + "</section>\n"
    }

    private var filesList: String {
        var html = """
            <section>
            <h2>Přiložené soubory</h2>
            <ul>

            """
        for file in answers.files {
            html +=
                "<li>\(escaped(file.name)), \(file.bytes) B<br><small>SHA-256 \(file.digest.hex)</small></li>\n"
        }
        return html + "</ul>\n</section>\n"
    }

    private static let signature = """
        <section class="signature">
        <h2>Potvrzení podání podpisem</h2>
        <p>V <span></span> dne <span></span></p>
        <p>Podpis podatele <span></span></p>
        </section>

        """

    /// The style sheet inside of the document; whoever serves it allows it by this digest.
    static let style = """
        body{font:11pt/1.5 system-ui,sans-serif;max-width:42rem;margin:2rem auto;padding:0 1rem;color:#111;background:#fff}\
        h1{font-size:18pt;line-height:1.25}h2{font-size:13pt;margin:1.5rem 0 .5rem}h3{font-size:11pt;margin:1rem 0 .25rem}\
        dl{display:grid;grid-template-columns:minmax(8rem,1fr) 2fr;gap:.25rem 1rem;margin:0}\
        dt{color:#444}dd{margin:0;white-space:pre-line;overflow-wrap:anywhere}\
        dl+dl,.row+dl{margin-top:.25rem}.row{border-left:2px solid #999;padding-left:.75rem;margin:.5rem 0}\
        ul{margin:0;padding-left:1.2rem}li,small{overflow-wrap:anywhere}\
        @media(max-width:30rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}\
        .signature{break-inside:avoid;margin-top:3rem}.signature span{display:inline-block;min-width:12rem;\
        border-bottom:1px solid #111}\
        @media print{@page{size:A4;margin:14mm 16mm}body{margin:0;padding:0;max-width:none;font-size:10pt;line-height:1.35}\
        h1{font-size:15pt;margin:.25rem 0}h2{font-size:11.5pt;margin:.8rem 0 .25rem}header p{margin:0}dl{gap:.1rem 1rem}\
        section{break-inside:avoid-page}.signature{margin-top:1.25rem}}
        """

    private func escaped(_ text: String) -> String {
        guard text.utf8.contains(where: { "&<>\"'".utf8.contains($0) }) else { return text }
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
