package import Database
package import Foundation
package import Office

/// Something an office tells another or the region, written in the transaction of the act it tells about.
package struct Message: Sendable, Equatable {
    package enum Recipient: Sendable, Hashable, CustomStringConvertible {
        case region
        case office(TenantName)

        package init?(_ text: String) {
            if text == "region" {
                self = .region
            } else if let tenant = TenantName(text) {
                self = .office(tenant)
            } else {
                return nil
            }
        }

        package var description: String {
            switch self {
            case .region: "region"
            case .office(let tenant): tenant.rawValue
            }
        }
    }

    package let id: UUID
    package let recipient: Recipient
    package let subjectID: UUID
    /// Counts one sender's messages about one subject from 1; the sender keeps the count beside the subject.
    package let ordinal: Int
    package let kind: String
    /// JSON of the kind's own type.
    package let body: String

    package init(
        id: UUID = .v7(),
        to recipient: Recipient,
        about subjectID: UUID,
        ordinal: Int,
        kind: String,
        body: some Encodable
    ) throws {
        self.id = id
        self.recipient = recipient
        self.subjectID = subjectID
        self.ordinal = ordinal
        self.kind = kind
        self.body = String(decoding: try MessageCoding.encoder().encode(body), as: UTF8.self)
    }
}

extension IncomingMessage {
    /// The body as the kind's own type; throws `DecodingError`.
    package func read<Body: Decodable>(_ type: Body.Type) throws -> Body {
        try MessageCoding.decoder().decode(type, from: Data(body.utf8))
    }
}

/// How bodies are written: instants as seconds since 1970 with their microseconds.
enum MessageCoding {
    static func encoder() -> JSONEncoder {
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .secondsSince1970
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return encoder
    }

    static func decoder() -> JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .secondsSince1970
        return decoder
    }
}
