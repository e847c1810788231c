import Office

/// A Mustache template taken apart once, so that showing a page is copying bytes (decision 0007).
///
/// Variables, sections, inverted sections, comments, partials and inheritance as in the Mustache manual; a tag alone
/// on its line takes the line with it. Delimiters cannot be changed and there are no lambdas.
struct Template: Sendable {
    indirect enum Part: Sendable {
        case text([UInt8])
        case value(Name, escapes: Bool)
        case section(Name, [Part], isInverted: Bool)
        /// `{{$name}}`: what the including template says, else this.
        case block(String, [Part])
        case partial(String, [String: [Part]])
    }

    /// `a.b` looks for `a` from the innermost record outwards, `.a` in the innermost alone; `.` is the value itself.
    struct Name: Sendable, Equatable {
        let text: String
        let path: [String]
        let isHereOnly: Bool

        init(_ text: String) {
            self.text = text
            path = text.split(separator: ".").map(String.init)
            isHereOnly = text.hasPrefix(".")
        }
    }

    /// What is wrong, and where: a template that cannot be read stops the start.
    struct Fault: Error, Equatable, CustomStringConvertible {
        let file: String
        let line: Int
        let what: String
        var description: String { "\(file):\(line): \(what)" }
    }

    let parts: [Part]
    private let file: String
    /// The templates it names.
    private let partials: [(name: String, line: Int)]

    init(_ source: String, file: String) throws(Fault) {
        var reader = try Reader(source.unbroken, file: file)
        parts = try reader.parts(until: nil)
        partials = reader.partials
        self.file = file
    }

    /// Throws ``Fault`` where it names a template that is not there.
    func check(against library: [String: Template]) throws(Fault) {
        for partial in partials where library[partial.name] == nil {
            throw Fault(file: file, line: partial.line, what: "there is no template \(partial.name)")
        }
    }
}

extension Template {
    private enum Piece {
        case text(ArraySlice<UInt8>)
        case tag(kind: UInt8, name: String, line: Int)
    }

    private struct Reader {
        private(set) var partials: [(name: String, line: Int)] = []
        private let file: String
        private var pieces: [Piece] = []
        private var next = 0

        /// The marks of tags that show nothing themselves and may take their line with them.
        private static let silent = Array("#^/!><$".utf8)
        private static let newline = UInt8(ascii: "\n")

        init(_ source: String, file: String) throws(Fault) {
            self.file = file
            let bytes = Array(source.utf8)
            let opening = Array("{{".utf8)
            var start = 0
            var position = 0
            var line = 1
            while position < bytes.count {
                guard bytes[position...].starts(with: opening) else {
                    if bytes[position] == Self.newline { line += 1 }
                    position += 1
                    continue
                }
                guard let tag = Self.tag(in: bytes, at: position) else {
                    throw Fault(file: file, line: line, what: "a tag is not closed")
                }
                guard !tag.name.hasPrefix("=") else {
                    throw Fault(file: file, line: line, what: "delimiters cannot be changed")
                }
                guard !tag.name.isEmpty || tag.kind == UInt8(ascii: "!") else {
                    throw Fault(file: file, line: line, what: "a tag without a name")
                }
                var before = bytes[start..<position]
                var after = tag.end
                if Self.silent.contains(tag.kind), let line = Self.lineAlone(bytes, position, tag.end) {
                    before = bytes[start..<max(start, line.lowerBound)]
                    after = line.upperBound
                }
                if !before.isEmpty { pieces.append(.text(before)) }
                if tag.kind != UInt8(ascii: "!") {
                    pieces.append(.tag(kind: tag.kind, name: tag.name, line: line))
                }
                line += bytes[position..<after].count { $0 == Self.newline }
                start = after
                position = after
            }
            if start < bytes.count { pieces.append(.text(bytes[start...])) }
        }

        private static func tag(in bytes: [UInt8], at start: Int) -> (kind: UInt8, name: String, end: Int)? {
            let isRaw = bytes[start...].starts(with: Array("{{{".utf8))
            let close = Array((isRaw ? "}}}" : "}}").utf8)
            var from = start + (isRaw ? 3 : 2)
            guard let end = (from..<bytes.count).first(where: { bytes[$0...].starts(with: close) }) else {
                return nil
            }
            var kind = isRaw ? UInt8(ascii: "&") : 0
            if !isRaw, from < end, silent.contains(bytes[from]) || bytes[from] == UInt8(ascii: "&") {
                kind = bytes[from]
                from += 1
            }
            let name = String(decoding: bytes[from..<end], as: UTF8.self)
            return (kind, name.split(separator: " ").joined(separator: " "), end + close.count)
        }

        /// The whole line, with its end, where there is nothing else on it.
        private static func lineAlone(_ bytes: [UInt8], _ start: Int, _ end: Int) -> Range<Int>? {
            let isBlank = { (byte: UInt8) in byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
            var first = start
            while first > 0, isBlank(bytes[first - 1]) { first -= 1 }
            guard first == 0 || bytes[first - 1] == newline else { return nil }
            var last = end
            while last < bytes.count, isBlank(bytes[last]) { last += 1 }
            guard last == bytes.count || bytes[last] == newline else { return nil }
            return first..<min(bytes.count, last + 1)
        }

        /// Until the end of the section that was opened in its line, or of the file.
        mutating func parts(until section: (name: String, line: Int)?) throws(Fault) -> [Part] {
            var parts: [Part] = []
            while next < pieces.count {
                let piece = pieces[next]
                next += 1
                guard case .tag(let kind, let name, let line) = piece else {
                    if case .text(let text) = piece { parts.append(.text(Array(text))) }
                    continue
                }
                switch kind {
                case 0: parts.append(.value(Name(name), escapes: true))
                case UInt8(ascii: "&"): parts.append(.value(Name(name), escapes: false))
                case UInt8(ascii: "#"), UInt8(ascii: "^"):
                    let inner = try self.parts(until: (name, line))
                    parts.append(.section(Name(name), inner, isInverted: kind == UInt8(ascii: "^")))
                case UInt8(ascii: "$"): parts.append(.block(name, try self.parts(until: (name, line))))
                case UInt8(ascii: ">"):
                    partials.append((name, line))
                    parts.append(.partial(name, [:]))
                case UInt8(ascii: "<"):
                    partials.append((name, line))
                    var blocks: [String: [Part]] = [:]
                    for case .block(let block, let inner) in try self.parts(until: (name, line)) {
                        blocks[block] = inner
                    }
                    parts.append(.partial(name, blocks))
                default:
                    guard name == section?.name else {
                        throw fault(line, "\(name) is closed and was not opened")
                    }
                    return parts
                }
            }
            if let section { throw fault(section.line, "\(section.name) is not closed") }
            return parts
        }

        private func fault(_ line: Int, _ what: String) -> Fault {
            Fault(file: file, line: line, what: what)
        }
    }
}

/// Shows a page's value through a template, with the templates it names.
struct Rendering {
    let library: [String: Template]
    private(set) var bytes: [UInt8] = []
    private var stack: [Shown]
    private var blocks: [String: [Template.Part]] = [:]

    init(_ chrome: Shown, page: Shown, library: [String: Template]) {
        self.library = library
        stack = [chrome, page]
        bytes.reserveCapacity(16 * 1024)
    }

    mutating func show(_ parts: [Template.Part]) {
        for part in parts {
            switch part {
            case .text(let text): bytes.append(contentsOf: text)
            case .value(let name, let escapes): show(value(of: name), escapes: escapes)
            case .section(let name, let inner, let isInverted):
                isInverted ? showUnless(value(of: name), inner) : showFor(value(of: name), inner)
            case .block(let name, let usual): show(blocks[name] ?? usual)
            case .partial(let name, let given):
                guard let template = library[name] else { continue }
                let outer = blocks
                // What stands further out has the last word.
                blocks.merge(given) { outermost, _ in outermost }
                show(template.parts)
                blocks = outer
            }
        }
    }

    private mutating func showFor(_ value: Shown, _ inner: [Template.Part]) {
        switch value {
        case .list(let items): for item in items { show(inner, within: item) }
        case .flag(true): show(inner)
        default: if value.isSomething { show(inner, within: value) }
        }
    }

    private mutating func showUnless(_ value: Shown, _ inner: [Template.Part]) {
        if !value.isSomething { show(inner) }
    }

    private mutating func show(_ inner: [Template.Part], within value: Shown) {
        stack.append(value)
        show(inner)
        stack.removeLast()
    }

    private func value(of name: Template.Name) -> Shown {
        guard let first = name.path.first else { return stack[stack.count - 1] }
        var found = stack[stack.count - 1].child(first)
        if found == nil, !name.isHereOnly {
            for outer in stack.dropLast().reversed() where found == nil { found = outer.child(first) }
        }
        for next in name.path.dropFirst() { found = found?.child(next) }
        return found ?? .nothing
    }

    private mutating func show(_ value: Shown, escapes: Bool) {
        switch value {
        case .text(let text): escapes ? write(text) : bytes.append(contentsOf: text.utf8)
        case .number(let number): bytes.append(contentsOf: String(number).utf8)
        case .flag(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .nothing, .list, .record: break
        }
    }

    /// What people wrote: nothing in it turns the line around, and no word pushes what stands beside it off the page.
    private mutating func write(_ text: String) {
        let pieces = ShownText.pieces(ShownText.straight(text))
        guard pieces.count > 1, mayBreak else { return escape(pieces.joined()) }
        for (number, piece) in pieces.enumerated() {
            if number > 0 { bytes.append(contentsOf: "<wbr>".utf8) }
            escape(String(piece))
        }
    }

    /// Not in the value of an attribute, nor where browsers take the mark for text, nor in code that is copied.
    private var mayBreak: Bool {
        guard let mark = bytes.lastIndex(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: ">") }),
            bytes[mark] == UInt8(ascii: ">")
        else { return false }
        let tag = bytes[..<mark].lastIndex(of: UInt8(ascii: "<")).map { bytes[($0 + 1)..<mark] } ?? []
        let name = String(decoding: tag.prefix { $0 != UInt8(ascii: " ") }, as: UTF8.self)
        return !["textarea", "title", "option", "script", "style", "code"].contains(name)
    }

    private mutating func escape(_ text: String) {
        var text = text
        text.withUTF8 { source in
            var start = 0
            for (position, byte) in source.enumerated() {
                guard let escaped = Self.escaped(byte) else { continue }
                bytes.append(contentsOf: source[start..<position])
                escaped.withUTF8Buffer { bytes.append(contentsOf: $0) }
                start = position + 1
            }
            bytes.append(contentsOf: source[start...])
        }
    }

    private static func escaped(_ byte: UInt8) -> StaticString? {
        switch byte {
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: nil
        }
    }
}
