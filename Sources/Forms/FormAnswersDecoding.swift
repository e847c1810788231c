extension FormAnswers {
    /// Reads `application/x-www-form-urlencoded`.
    ///
    /// Throws ``AnswersRefusal`` for a broken escape and for whatever ``add(name:value:)`` refuses.
    init(urlEncoded bytes: some Collection<UInt8>) throws(AnswersRefusal) {
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let name = pair.prefix { $0 != UInt8(ascii: "=") }
            let value = pair.dropFirst(name.count).dropFirst()
            try add(name: Self.unescaped(name), value: Self.unescaped(value))
        }
    }

    private static func unescaped(_ bytes: some Collection<UInt8>) throws(AnswersRefusal) -> [UInt8] {
        var plain: [UInt8] = []
        plain.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = iterator.next()?.hexValue, let low = iterator.next()?.hexValue else {
                    throw .malformed
                }
                plain.append(high << 4 | low)
            default: plain.append(byte)
            }
        }
        return plain
    }

    /// Reads a JSON object: nested names are joined by dots, places in lists are numbers.
    ///
    /// A list of plain values is several answers of one name. Numbers keep their spelling, `true` is `ano`,
    /// `false` and `null` are no answer. Throws ``AnswersRefusal``; the depth is bounded.
    init(json bytes: [UInt8]) throws(AnswersRefusal) {
        var reader = AnswersJSON(bytes)
        try reader.readDocument(into: &self)
    }
}

/// A small JSON reader that turns a document into answers as it goes, so that no tree is ever built.
private struct AnswersJSON {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    mutating func readDocument(into answers: inout FormAnswers) throws(AnswersRefusal) {
        guard next() == UInt8(ascii: "{") else { throw .malformed }
        try readObject(under: [], depth: 1, into: &answers)
        guard next() == nil else { throw .malformed }
    }

    private mutating func readObject(
        under path: [UInt8],
        depth: Int,
        into answers: inout FormAnswers
    ) throws(AnswersRefusal) {
        guard depth <= FormLimits.jsonDepthMax else { throw .tooDeep }
        position += 1
        if next() == UInt8(ascii: "}") {
            position += 1
            return
        }
        while true {
            guard next() == UInt8(ascii: "\"") else { throw .malformed }
            let key = try readText()
            guard next() == UInt8(ascii: ":") else { throw .malformed }
            position += 1
            let name = path.isEmpty ? key : path + [UInt8(ascii: ".")] + key
            guard name.count <= FormLimits.nameBytesMax else { throw .oddName }
            try readValue(of: name, depth: depth, into: &answers)
            guard try another(before: UInt8(ascii: "}")) else { return }
        }
    }

    private mutating func readList(
        of name: [UInt8],
        depth: Int,
        into answers: inout FormAnswers
    ) throws(AnswersRefusal) {
        guard depth <= FormLimits.jsonDepthMax else { throw .tooDeep }
        position += 1
        if next() == UInt8(ascii: "]") {
            position += 1
            return
        }
        var index = 0
        while true {
            if next() == UInt8(ascii: "{") {
                let row = name + [UInt8(ascii: ".")] + Array(String(index).utf8)
                try readObject(under: row, depth: depth + 1, into: &answers)
            } else {
                guard next() != UInt8(ascii: "[") else { throw .tooDeep }
                try readValue(of: name, depth: depth, into: &answers)
            }
            index += 1
            guard index <= FormLimits.pairsMax else { throw .tooMany }
            guard try another(before: UInt8(ascii: "]")) else { return }
        }
    }

    private mutating func readValue(
        of name: [UInt8],
        depth: Int,
        into answers: inout FormAnswers
    ) throws(AnswersRefusal) {
        switch next() {
        case UInt8(ascii: "{"): try readObject(under: name, depth: depth + 1, into: &answers)
        case UInt8(ascii: "["): try readList(of: name, depth: depth + 1, into: &answers)
        case UInt8(ascii: "\""):
            let text = try readText()
            try answers.add(name: name, value: text)
        case .some(let byte) where byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte):
            let number = try readNumber()
            try answers.add(name: name, value: number)
        case UInt8(ascii: "t"):
            try skip("true")
            try answers.add(name: name, value: Array("ano".utf8))
        case UInt8(ascii: "f"): try skip("false")
        case UInt8(ascii: "n"): try skip("null")
        default: throw .malformed
        }
    }

    /// True after a comma, false after the closing byte.
    private mutating func another(before closing: UInt8) throws(AnswersRefusal) -> Bool {
        let byte = next()
        position += 1
        if byte == UInt8(ascii: ",") { return true }
        guard byte == closing else { throw .malformed }
        return false
    }

    /// The next byte that is not white space, without taking it.
    private mutating func next() -> UInt8? {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return bytes[position]
            }
        }
        return nil
    }

    private mutating func skip(_ word: StaticString) throws(AnswersRefusal) {
        let end = position + word.utf8CodeUnitCount
        let isSame = word.withUTF8Buffer { end <= bytes.count && bytes[position..<end].elementsEqual($0) }
        guard isSame else { throw .malformed }
        position = end
    }

    /// `-?int frac? exp?` as the grammar of RFC 8259 has it.
    private mutating func readNumber() throws(AnswersRefusal) -> [UInt8] {
        let start = position
        if bytes[position] == UInt8(ascii: "-") { position += 1 }
        let leading = position
        guard digits() > 0 else { throw .malformed }
        guard bytes[leading] != UInt8(ascii: "0") || position == leading + 1 else { throw .malformed }
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            guard digits() > 0 else { throw .malformed }
        }
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            position += 1
            if position < bytes.count, bytes[position] == 0x2B || bytes[position] == 0x2D { position += 1 }
            guard digits() > 0 else { throw .malformed }
        }
        return Array(bytes[start..<position])
    }

    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position - start
    }

    private mutating func readText() throws(AnswersRefusal) -> [UInt8] {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            case 0..<0x20: throw .malformed
            default: text.append(byte)
            }
        }
        throw .malformed
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(AnswersRefusal) {
        guard position < bytes.count else { throw .malformed }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text.append(contentsOf: Array(String(try readScalar()).utf8))
        default: throw .malformed
        }
    }

    private mutating func readScalar() throws(AnswersRefusal) -> Character {
        let first = try readUnit()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard (0xD800...0xDBFF).contains(first), position + 1 < bytes.count,
            bytes[position] == UInt8(ascii: "\\"), bytes[position + 1] == UInt8(ascii: "u")
        else { throw .malformed }
        position += 2
        let second = try readUnit()
        guard (0xDC00...0xDFFF).contains(second) else { throw .malformed }
        let value = 0x10000 + (UInt32(first) - 0xD800) << 10 + (UInt32(second) - 0xDC00)
        guard let scalar = Unicode.Scalar(value) else { throw .malformed }
        return Character(scalar)
    }

    private mutating func readUnit() throws(AnswersRefusal) -> UInt16 {
        guard position + 4 <= bytes.count else { throw .malformed }
        var unit: UInt16 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = byte.hexValue else { throw .malformed }
            unit = unit << 4 | UInt16(digit)
        }
        position += 4
        return unit
    }
}

extension UInt8 {
    fileprivate var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}
