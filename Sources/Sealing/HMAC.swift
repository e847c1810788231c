import COpenSSL

/// A secret that signs.
///
/// It shows nothing of itself in descriptions, so that it cannot slip into a log.
package struct HMACKey: Sendable, Equatable, CustomStringConvertible, CustomReflectable {
    let bytes: [UInt8]

    /// Nil for fewer than 16 bytes: such a key can be guessed.
    package init?(bytes: [UInt8]) {
        guard bytes.count >= 16 else { return nil }
        self.bytes = bytes
    }

    /// Reads base64url without padding.
    package init?(text: some StringProtocol) {
        guard let bytes = Base64URL.bytes(text) else { return nil }
        self.init(bytes: bytes)
    }

    private init(random bytes: [UInt8]) { self.bytes = bytes }

    /// A new key of 256 bits.
    package static func random() -> HMACKey { HMACKey(random: RandomBytes.make(32)) }

    /// The key as base64url, for the one place that keeps it.
    package var text: String { Base64URL.text(bytes) }

    package var description: String { "HMACKey(…)" }
    package var customMirror: Mirror { Mirror(self, children: []) }

    package static func == (a: HMACKey, b: HMACKey) -> Bool { equalInConstantTime(a.bytes, b.bytes) }
}

/// HMAC-SHA-256 (RFC 2104).
package func hmacSHA256(_ key: HMACKey, _ bytes: some Sequence<UInt8>) -> Digest {
    let message = Array(bytes)
    let mac = [UInt8](unsafeUninitializedCapacity: Digest.byteCount) { buffer, count in
        let made = HMAC(
            EVP_sha256(),
            key.bytes,
            Int32(key.bytes.count),
            message,
            message.count,
            buffer.baseAddress,
            nil
        )
        precondition(made != nil, "OpenSSL refuses HMAC-SHA-256")
        count = Digest.byteCount
    }
    guard let digest = Digest(bytes: mac) else { preconditionFailure("SHA-256 has 32 bytes") }
    return digest
}

/// HMAC-SHA-256 of a text as UTF-8.
package func hmacSHA256(_ key: HMACKey, _ text: String) -> Digest { hmacSHA256(key, text.utf8) }

/// Compares in a time that depends on the lengths only.
package func equalInConstantTime(_ a: [UInt8], _ b: [UInt8]) -> Bool {
    a.count == b.count && CRYPTO_memcmp(a, b, a.count) == 0
}

/// Compares two texts, as UTF-8, in a time that depends on the lengths only.
package func equalInConstantTime(_ a: some StringProtocol, _ b: some StringProtocol) -> Bool {
    equalInConstantTime(Array(a.utf8), Array(b.utf8))
}
