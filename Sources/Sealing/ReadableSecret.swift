/// Sixteen letters that a person can copy from paper into a phone, as `K7Q2-9XMD-4TWP-HB3N`.
///
/// 30^16 secrets, 78 bits; the server keeps only the ``digest`` (decision 0008).
package struct ReadableSecret: Sendable, CustomStringConvertible, CustomReflectable {
    private static let count = 16

    private let characters: [UInt8]

    /// The secret that belongs to a thing, the same each time it is asked for.
    package init(derivedFrom key: HMACKey, purpose: String, name: String) {
        var characters: [UInt8] = []
        var round: UInt8 = 0
        while characters.count < Self.count {
            var canonical = CanonicalBytes()
            canonical.append(text: purpose)
            canonical.append(text: name)
            let bytes = hmacSHA256(key, canonical.bytes + [round]).bytes
            // From 240 on some letters would be likelier than others.
            characters += bytes.filter { $0 < 240 }.map {
                ReadableCode.alphabet[Int($0) % ReadableCode.alphabet.count]
            }
            round &+= 1
        }
        self.characters = Array(characters.prefix(Self.count))
    }

    /// Reads what a person typed: small letters, spaces and dashes of any kind do not matter.
    package init?(_ text: some StringProtocol) {
        guard let characters = ReadableCode.characters(text, count: Self.count) else { return nil }
        self.characters = characters
    }

    /// The secret itself, for its holder.
    package var text: String {
        stride(from: 0, to: Self.count, by: 4)
            .map { String(decoding: characters[$0..<$0 + 4], as: UTF8.self) }
            .joined(separator: "-")
    }

    /// SHA-256 of the sixteen letters; what is stored and looked up.
    package var digest: Digest { Digest(of: characters) }

    package var description: String { "ReadableSecret(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
