/// The beginning of something that is, or may be, written in letters.
struct Prose {
    let head: [UInt8]
    /// Whether the whole file is UTF-8 without control characters.
    let isText: Bool

    /// UTF-8 text, a mark-up language, a message; ``MediaType/unknown`` for all else.
    func mediaType() -> MediaType {
        var start = head[...]
        if start.starts(with: [0xEF, 0xBB, 0xBF]) { start = start.dropFirst(3) }
        start = start.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
        guard !start.contains(0) else { return .unknown }
        if start.first == UInt8(ascii: "<"), let type = markup(start) { return type }
        if isMessage(start) { return .email }
        return isText ? .text : .unknown
    }

    /// Mark-up by its first element; a declared XML may be in an older encoding.
    private func markup(_ start: ArraySlice<UInt8>) -> MediaType? {
        let isDeclared = start.starts(with: "<?xml".utf8)
        var reader = TagReader(rest: start)
        guard let root = reader.firstTag() else { return isDeclared && isText ? .xml : nil }
        let name = root.name.split(separator: ":").last.map { $0.lowercased() } ?? ""
        if reader.sawHTMLDoctype || name == "html" || (!isDeclared && Self.htmlTags.contains(name)) {
            return .html
        }
        if name == "svg" { return .svg }
        if name == "invoice" && root.text.contains("http://isdoc.cz/namespace") { return .isdoc }
        return isDeclared || (isText && root.text.contains("xmlns")) ? .xml : nil
    }

    /// What browsers take for HTML (WHATWG MIME Sniffing, § 7.1).
    private static let htmlTags: Set<String> = [
        "html", "head", "script", "iframe", "h1", "div", "font", "table", "a", "style", "title", "b", "body",
        "br",
        "p", "img", "form", "meta", "link", "base", "object", "embed",
    ]

    /// RFC 5322: header fields from the first line on, among them From and one more that letters have.
    private func isMessage(_ start: ArraySlice<UInt8>) -> Bool {
        var names: Set<String> = []
        for line in start.split(separator: 0x0A, maxSplits: 400, omittingEmptySubsequences: false).prefix(400)
        {
            let line = line.last == 0x0D ? line.dropLast() : line
            if line.isEmpty { break }
            if line.first == 0x20 || line.first == 0x09 {
                if names.isEmpty { return false }
                continue
            }
            guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex else { return false }
            let name = line[..<colon]
            guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else { return false }
            names.insert(String(decoding: name, as: UTF8.self).lowercased())
        }
        return names.contains("from")
            && !names.isDisjoint(with: ["date", "message-id", "received", "mime-version", "subject"])
            && !names.isDisjoint(with: ["date", "message-id", "received"])
    }
}

/// Finds the first element of a marked-up text, past declarations, comments and the document type.
private struct TagReader {
    var rest: ArraySlice<UInt8>
    var sawHTMLDoctype = false

    mutating func firstTag() -> (name: String, text: String)? {
        while true {
            rest = rest.drop { $0 == 0x20 || (0x09...0x0D).contains($0) }
            if rest.starts(with: "<!--".utf8) {
                guard skip(past: "-->") else { return nil }
            } else if rest.starts(with: "<?".utf8) {
                guard skip(past: "?>") else { return nil }
            } else if rest.starts(with: "<!".utf8) {
                let declaration = String(decoding: rest.prefix(64), as: UTF8.self).lowercased()
                sawHTMLDoctype = sawHTMLDoctype || declaration.hasPrefix("<!doctype html")
                guard skip(past: ">") else { return nil }
            } else {
                return tag()
            }
        }
    }

    private func tag() -> (name: String, text: String)? {
        guard rest.first == UInt8(ascii: "<") else { return nil }
        let inside = rest.dropFirst().prefix { $0 != UInt8(ascii: ">") }
        let name = inside.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
        guard let first = name.first, first >= 0x41 else { return nil }
        return (String(decoding: name, as: UTF8.self), String(decoding: inside, as: UTF8.self))
    }

    private mutating func skip(past mark: String) -> Bool {
        let mark = Array(mark.utf8)
        while !rest.isEmpty {
            if rest.starts(with: mark) {
                rest = rest.dropFirst(mark.count)
                return true
            }
            rest = rest.dropFirst()
        }
        return false
    }
}

/// Checks piece by piece that bytes are UTF-8 without control characters.
struct TextCheck {
    private var awaited = 0
    private var lowest: UInt8 = 0x80
    private var highest: UInt8 = 0xBF
    private var isBroken = false

    var isText: Bool { !isBroken && awaited == 0 }

    mutating func take(_ bytes: [UInt8]) {
        guard !isBroken else { return }
        for byte in bytes {
            if awaited > 0 {
                guard byte >= lowest && byte <= highest else { return isBroken = true }
                awaited -= 1
                (lowest, highest) = (0x80, 0xBF)
                continue
            }
            switch byte {
            case 0x09, 0x0A, 0x0C, 0x0D, 0x20...0x7E: break
            case 0xC2...0xDF: awaited = 1
            case 0xE0: (awaited, lowest) = (2, 0xA0)
            case 0xED: (awaited, highest) = (2, 0x9F)
            case 0xE1...0xEF: awaited = 2
            case 0xF0: (awaited, lowest) = (3, 0x90)
            case 0xF4: (awaited, highest) = (3, 0x8F)
            case 0xF1...0xF3: awaited = 3
            default: return isBroken = true
            }
        }
    }
}
