import COpenSSL

/// Bytes that nobody can foresee.
package enum RandomBytes {
    package static func make(_ count: Int) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            guard count == 0 || RAND_bytes(buffer.baseAddress, Int32(count)) == 1 else {
                preconditionFailure("the system has no randomness")
            }
            filled = count
        }
    }
}

/// A secret of 128 or 256 bits that a person or a program holds; the server keeps only its ``digest``.
package struct Token: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
    package enum Strength: Int, Sendable {
        case bits128 = 16
        case bits256 = 32
    }

    let bytes: [UInt8]

    private init(bytes: [UInt8]) { self.bytes = bytes }

    package static func random(_ strength: Strength = .bits256) -> Token {
        Token(bytes: RandomBytes.make(strength.rawValue))
    }

    /// Reads base64url without padding: exactly 22 or 43 letters.
    package init?(_ text: some StringProtocol) {
        guard let bytes = Base64URL.bytes(text), Strength(rawValue: bytes.count) != nil else { return nil }
        self.bytes = bytes
    }

    /// The secret itself, for the holder: 22 or 43 letters.
    package var text: String { Base64URL.text(bytes) }

    /// SHA-256 of the token's bytes; what is stored and looked up.
    package var digest: Digest { Digest(of: bytes) }

    package var description: String { "Token(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    package static func == (a: Token, b: Token) -> Bool { equalInConstantTime(a.bytes, b.bytes) }
}
