import Foundation

/// What a person answered, as it came: the values of each name in their order, cleaned and bounded.
///
/// A form of a browser and JSON come to the same value. Names are `jmeno`, `pobyt.obec`, `dreviny.0.druh`.
struct FormAnswers: Sendable, Equatable {
    private(set) var values: [String: [String]] = [:]
    private(set) var count = 0

    init() {}

    subscript(_ name: String) -> [String] { values[name] ?? [] }

    /// Without those left empty.
    func said(_ name: String) -> [String] { self[name].filter { !$0.isEmpty } }

    func first(_ name: String) -> String { values[name]?.first ?? "" }

    /// Takes one answer; refuses it when it is not UTF-8, too long, oddly named or one too many.
    mutating func add(name: some Collection<UInt8>, value: some Collection<UInt8>) throws(AnswersRefusal) {
        count += 1
        guard count <= FormLimits.pairsMax else { throw .tooMany }
        guard let name = AnswerText.name(name) else { throw .oddName }
        guard value.count <= FormLimits.valueBytesMax else { throw .tooLong(name: name) }
        guard let text = AnswerText.clean(value) else { throw .notUTF8(name: name) }
        values[name, default: []].append(text)
    }

    mutating func add(_ name: String, _ value: String) throws(AnswersRefusal) {
        try add(name: Array(name.utf8), value: Array(value.utf8))
    }

    /// Replaces every answer of a name; an empty list removes it.
    mutating func set(_ name: String, _ replacement: [String]) {
        count += replacement.count - (values[name]?.count ?? 0)
        values[name] = replacement.isEmpty ? nil : replacement
    }

    /// The answers whose names satisfy a condition, for example those of one step.
    func filtered(_ keep: (String) -> Bool) -> FormAnswers {
        var part = FormAnswers()
        for (name, list) in values where keep(name) { part.set(name, list) }
        return part
    }

    /// These answers, with those of `newer` in place of the same names.
    func merged(with newer: FormAnswers) -> FormAnswers {
        var sum = self
        for (name, list) in newer.values { sum.set(name, list) }
        return sum
    }

    /// JSON with sorted keys that ``init(json:)`` reads back to the same answers.
    var json: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(values))
        }
    }
}

/// Why answers cannot even be read.
enum AnswersRefusal: Error, Equatable {
    case tooMany
    case oddName
    case tooLong(name: String)
    case notUTF8(name: String)
    case malformed
    case tooDeep

    var czech: String {
        switch self {
        case .tooMany: "Formulář má příliš mnoho údajů. Rozdělte je do více podání."
        case .oddName:
            "Odeslaná data mají pole s neplatným názvem. Zkontrolujte je prosím a odešlete znovu."
        case .tooLong:
            "Jedna z odpovědí má přes 1 MB. Zkraťte ji, nebo text přiložte jako soubor."
        case .notUTF8: "Jedna z odpovědí není čitelný text v kódování UTF-8. Napište ji prosím znovu."
        case .malformed: "Odeslaná data nelze přečíst. Zkontrolujte je prosím a odešlete znovu."
        case .tooDeep: "Odeslaná data jsou vnořena příliš hluboko."
        }
    }
}

/// How the text of an answer is read and cleaned.
enum AnswerText {
    /// ASCII letters, digits, `.`, `-` and `_`, at most 120 bytes.
    static func name(_ bytes: some Collection<UInt8>) -> String? {
        guard (1...FormLimits.nameBytesMax).contains(bytes.count) else { return nil }
        let isPlain = bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
        return isPlain ? String(decoding: bytes, as: UTF8.self) : nil
    }

    /// The text in NFC, with `\n` line ends and without control characters and white space around; nil if not UTF-8.
    static func clean(_ bytes: some Collection<UInt8>) -> String? {
        if bytes.allSatisfy({ (0x20...0x7E).contains($0) }) {
            return trimmed(String(decoding: bytes, as: UTF8.self))
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        var scalars = String.UnicodeScalarView()
        var afterReturn = false
        for scalar in text.unicodeScalars {
            let isLineFeed = scalar == "\n"
            if !(isLineFeed && afterReturn), let kept = kept(scalar) { scalars.append(kept) }
            afterReturn = scalar == "\r"
        }
        return trimmed(String(scalars).precomposedStringWithCanonicalMapping)
    }

    /// Nil for controls, for marks that turn the direction of text, and for what is no character at all.
    private static func kept(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x0A, 0x0D, 0x2028, 0x2029, 0x85: "\n"
        case 0x09: " "
        case 0..<0x20, 0x7F..<0xA0: nil
        case 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF, 0xFDD0...0xFDEF: nil
        default: scalar.value & 0xFFFE == 0xFFFE ? nil : scalar
        }
    }

    private static func trimmed(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(scalars[first...last])
    }
}
