/// Eight characters that a person can read aloud and type, as `K7Q2-9XMD`.
///
/// The letters are Crockford's without 0 and 1: nothing that looks like I, L or O, and no U. There are
/// 30^8 codes, 39 bits: a code names a thing, it never opens it alone.
package struct ReadableCode: Sendable, Hashable, Codable, CustomStringConvertible {
    package static let letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    static let alphabet = Array(letters.utf8)
    private static let count = 8

    private let characters: [UInt8]

    package static func random() -> ReadableCode {
        var bytes = RandomBytes.make(16)
        while true {
            if let code = ReadableCode(randomBytes: bytes) { return code }
            bytes += RandomBytes.make(16)
        }
    }

    /// The code that these bytes give; nil when they are too few.
    ///
    /// A byte of 240 or more is skipped, so that all letters are equally likely.
    package init?(randomBytes: some Sequence<UInt8>) {
        let usable = randomBytes.lazy.filter { $0 < 240 }.prefix(Self.count)
        characters = usable.map { Self.alphabet[Int($0) % Self.alphabet.count] }
        guard characters.count == Self.count else { return nil }
    }

    /// Reads what a person typed: small letters, spaces and dashes of any kind do not matter.
    package init?(_ text: some StringProtocol) {
        guard let characters = Self.characters(text, count: Self.count) else { return nil }
        self.characters = characters
    }

    static func characters(_ text: some StringProtocol, count: Int) -> [UInt8]? {
        guard text.utf8.count <= 64 else { return nil }
        var characters: [UInt8] = []
        for character in text {
            if character.isWhitespace || Self.dashes.contains(character) { continue }
            guard character.isASCII, let letter = character.uppercased().utf8.first,
                Self.alphabet.contains(letter)
            else { return nil }
            characters.append(letter)
        }
        return characters.count == count ? characters : nil
    }

    private static let dashes: Set<Character> = [
        "-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2212}",
    ]

    package var text: String {
        let text = String(decoding: characters, as: UTF8.self)
        return "\(text.prefix(4))-\(text.suffix(4))"
    }

    package var description: String { text }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let code = ReadableCode(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a code")
        }
        self = code
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
