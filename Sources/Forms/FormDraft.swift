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

    init(browser nonce: String, host: String) {
        browser = Digest(of: "\(host)\n\(nonce)")
        self.host = host
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
