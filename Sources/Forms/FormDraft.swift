import Foundation
import Sealing

/// What somebody has typed into a form and not yet handed in.
struct FormDraft: Sendable, Equatable {
    /// 128 bits issued with the form; also the idempotency key of the submission.
    let key: DraftKey
    let formCode: String
    /// The version it was last shown in.
    var formDigest: Digest
    var answers: FormAnswers
    var files: [StagedFile]
    /// Where the receipt is, once it was handed in.
    var receipt: String?
    var changedAt: Date
    /// How often it was kept.
    var revision = 0
    /// The page that wrote each answer last, after ``DraftWindow``.
    var marks: [String: String] = [:]
}

/// The name of a draft, as addresses and hidden inputs carry it.
struct DraftKey: Sendable, Hashable {
    let bytes: [UInt8]

    static func issue() -> DraftKey { DraftKey(unchecked: RandomBytes.make(16)) }

    init?(_ text: some StringProtocol) {
        guard let bytes = Base64URL.bytes(text), bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    init?(bytes: [UInt8]) {
        guard bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    private init(unchecked bytes: [UInt8]) { self.bytes = bytes }

    var text: String { Base64URL.text(bytes) }
}

/// Whose draft it is: this browser on this host, known by a digest only.
struct DraftOwner: Sendable, Equatable {
    let browser: Digest
    let host: String
    private let veil: Digest

    init(browser nonce: String, host: String) {
        browser = Digest(of: "\(host)\n\(nonce)")
        veil = Digest(of: "receipt\n\(host)\n\(nonce)")
        self.host = host
    }

    /// The address of a receipt holds its secret: it is kept so that only this browser can read it again.
    func veiled(_ receipt: String, of key: DraftKey) -> String {
        Base64URL.text(mask(Array(receipt.utf8), key))
    }

    func unveiled(_ kept: String, of key: DraftKey) -> String? {
        Base64URL.bytes(kept).flatMap { String(validating: mask($0, key), as: UTF8.self) }
    }

    // HMAC-SHA-256 in counter mode; a key masks one text only.
    private func mask(_ bytes: [UInt8], _ key: DraftKey) -> [UInt8] {
        guard let secret = HMACKey(bytes: veil.bytes) else { preconditionFailure("a digest has 32 bytes") }
        var masked: [UInt8] = []
        masked.reserveCapacity(bytes.count)
        for (block, start) in stride(from: 0, to: bytes.count, by: Digest.byteCount).enumerated() {
            let stream = hmacSHA256(secret, key.bytes + [UInt8(truncatingIfNeeded: block)]).bytes
            for (byte, pad) in zip(bytes[start...], stream) { masked.append(byte ^ pad) }
        }
        return masked
    }
}

/// A published form and whether people may use it.
struct OfferedForm: Sendable {
    let digest: Digest
    let definition: FormDefinition
    let isOn: Bool
}

/// A form as the office's own list shows it.
struct FormLine: Sendable {
    let digest: Digest
    let code: String
    let version: Int
    let isOn: Bool
    let switchedAt: Date
    /// Empty when it came with the office.
    let switchedBy: String
}
