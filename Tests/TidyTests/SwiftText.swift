/// A Swift file taken apart: what is said in code, in string literals and in comments.
///
/// A reader for tidiness, not a parser: it knows quotes, escapes, interpolation, raw strings and comments.
struct SwiftText {
    /// The code with each literal as `""` and no comments.
    private(set) var code = ""
    private(set) var literals: [String] = []
    private(set) var comments: [String] = []

    private var rest: Substring

    init(_ text: String) {
        rest = text[...]
        readCode(until: nil)
    }

    var imports: [String] {
        code.matches(
            "^\\s*(?:@\\w+ )?(?:package |internal |public |private )?import (?:struct |enum |func )?(\\w+)"
        )
    }

    /// Reads to the end, or to the bracket that closes an interpolation.
    private mutating func readCode(until end: Character?) {
        var depth = 0
        while let next = rest.first {
            if rest.hasPrefix("//") {
                let line = rest.prefix { $0 != "\n" }
                comments.append(String(line))
                rest = rest.dropFirst(line.count)
            } else if rest.hasPrefix("/*") {
                readBlockComment()
            } else if next == "\"" || (next == "#" && rest.drop(while: { $0 == "#" }).first == "\"") {
                readLiteral()
            } else {
                if next == "(" { depth += 1 }
                if next == ")" {
                    if depth == 0, end == next { return }
                    depth -= 1
                }
                code.append(next)
                rest.removeFirst()
            }
        }
    }

    private mutating func readBlockComment() {
        var body = ""
        while let next = rest.first, !rest.hasPrefix("*/") {
            body.append(next)
            rest.removeFirst()
        }
        comments.append(body)
        rest = rest.dropFirst(2)
    }

    private mutating func readLiteral() {
        let hashes = String(rest.prefix { $0 == "#" })
        rest = rest.dropFirst(hashes.count)
        let quote = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        rest = rest.dropFirst(quote.count)
        var body = ""
        while let next = rest.first {
            if rest.hasPrefix(quote + hashes) {
                rest = rest.dropFirst(quote.count + hashes.count)
                break
            }
            if rest.hasPrefix("\\" + hashes + "(") {
                rest = rest.dropFirst(2 + hashes.count)
                body += "\\()"
                readCode(until: ")")
                rest = rest.dropFirst()
            } else if next == "\\", hashes.isEmpty {
                body += rest.prefix(2)
                rest = rest.dropFirst(2)
            } else {
                body.append(next)
                rest.removeFirst()
            }
        }
        literals.append(body)
        code += "\"\""
    }
}
