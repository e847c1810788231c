package import Foundation
import HTTPTypes
package import Hummingbird
import NIOCore
import Office

/// What a person typed, whichever way it came: a form or JSON, read by the same `Decodable`.
package enum Input {
    /// Decodes the body; throws a refusal that names the field, never a stack trace.
    package static func decode<Value: Decodable>(
        _ type: Value.Type,
        from request: Request,
        bytesMax: Int = Limits.bodyBytesMax
    ) async throws -> Value {
        let body = try await body(of: request, bytesMax: bytesMax)
        do {
            switch try kind(of: request) {
            case .json:
                let decoder = JSONDecoder()
                decoder.dateDecodingStrategy = .iso8601
                return try decoder.decode(type, from: Data(body.readableBytesView))
            case .form:
                return try FormDecoder.decode(type, from: try pairs(in: body))
            }
        } catch let error as DecodingError {
            throw PlainRefusal.unreadable(field: error.fieldName)
        }
    }

    /// The same from bytes that were signed as they are.
    package static func decodeJSON<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value
    {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        do {
            return try decoder.decode(type, from: Data(bytes))
        } catch let error as DecodingError {
            throw PlainRefusal.unreadable(field: error.fieldName)
        }
    }

    /// Where a list goes on; nil at its beginning.
    ///
    /// What `read` cannot tell is refused, never another page.
    package static func cursor<Place>(
        _ name: String,
        of request: Request,
        _ read: (String) throws -> Place?
    ) throws -> Place? {
        let text = try query(name, of: request)
        guard !text.isEmpty else { return nil }
        guard let place = try read(text) else {
            let sentence = "Odkud má seznam pokračovat, nejde přečíst. Otevřete ho prosím znovu od začátku."
            throw PlainRefusal(.invalid, "cursor-unknown", sentence, fields: [name: sentence])
        }
        return place
    }

    /// The same in two parts.
    package static func cursor<Place>(
        _ name: String,
        of request: Request,
        by separator: Character,
        _ read: ([String]) throws -> Place?
    ) throws -> Place? {
        try cursor(name, of: request) { text in
            let parts = text.split(separator: separator, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2 ? try read(parts) : nil
        }
    }

    /// The same by the identifier of the last line shown.
    package static func cursor(_ name: String, of request: Request) throws -> UUID? {
        try cursor(name, of: request) { UUID(uuidString: $0) }
    }

    /// The same from the fields of an upload, once its files are stored.
    package static func decode<Value: Decodable>(_ type: Value.Type, from pairs: [Pair]) throws -> Value {
        do {
            return try FormDecoder.decode(type, from: pairs)
        } catch let error as DecodingError {
            throw PlainRefusal.unreadable(field: error.fieldName)
        }
    }

    /// The fields of a url-encoded form in the order in which they came.
    package static func pairs(from request: Request, bytesMax: Int = Limits.bodyBytesMax) async throws
        -> [Pair]
    {
        try pairs(in: try await body(of: request, bytesMax: bytesMax))
    }

    package struct Pair: Sendable, Equatable {
        package let name: String
        package let value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = ShownText.straight(value)
        }
    }

    /// A parameter of the address, trimmed; empty when it is missing.
    package static func query(_ name: String, of request: Request) throws -> String {
        guard let query = request.uri.query else { return "" }
        let value = try pairs(in: ByteBuffer(string: query)).last { $0.name == name }?.value ?? ""
        return value.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    package static func body(of request: Request, bytesMax: Int) async throws -> ByteBuffer {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > bytesMax {
            throw PlainRefusal.tooLarge(bytesMax: bytesMax)
        }
        do {
            return try await request.body.collect(upTo: bytesMax)
        } catch is NIOTooManyBytesError {
            throw PlainRefusal.tooLarge(bytesMax: bytesMax)
        }
    }

    /// A body that says it is JSON; anything else is refused with 415.
    package static func json(of request: Request) async throws -> ByteBuffer {
        guard case .json = try kind(of: request) else { throw PlainRefusal.unsupportedType }
        return try await body(of: request, bytesMax: Limits.bodyBytesMax)
    }

    enum Kind {
        case json
        case form
    }

    static func kind(of request: Request) throws -> Kind {
        let type = request.headers[.contentType]?.lowercased() ?? ""
        if type.hasPrefix("application/json") || type.hasSuffix("+json") { return .json }
        if type.isEmpty || type.hasPrefix("application/x-www-form-urlencoded") { return .form }
        throw PlainRefusal.unsupportedType
    }

    /// Splits a url-encoded body; bad escapes, bad UTF-8 and too many fields are refused.
    package static func pairs(in body: ByteBuffer) throws -> [Pair] {
        var pairs: [Pair] = []
        let view = body.readableBytesView
        for part in view.split(separator: UInt8(ascii: "&")) {
            guard pairs.count < Limits.fieldsMax else { throw PlainRefusal.tooManyFields(Limits.fieldsMax) }
            let halves = part.split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            let name = try unescaped(halves[0])
            let value = halves.count > 1 ? try unescaped(halves[1]) : ""
            pairs.append(Pair(name: name, value: value))
        }
        return pairs
    }

    private static func unescaped(_ bytes: some Collection<UInt8>) throws -> String {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var iterator = bytes.makeIterator()
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): result.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexValue),
                    let low = iterator.next().flatMap(hexValue)
                else {
                    throw PlainRefusal.unreadable(field: nil)
                }
                result.append(high << 4 | low)
            default: result.append(byte)
            }
        }
        guard let text = String(validating: result, as: UTF8.self), !text.contains("\0") else {
            throw PlainRefusal.unreadable(field: nil)
        }
        return text.replacing("\r\n", with: "\n")
    }

    private static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}

extension DecodingError {
    /// The dotted path of the field that could not be read.
    fileprivate var fieldName: String? {
        let context: Context
        var last: String?
        switch self {
        case .typeMismatch(_, let found), .valueNotFound(_, let found), .dataCorrupted(let found):
            context = found
        case .keyNotFound(let key, let found):
            context = found
            last = key.stringValue
        @unknown default: return nil
        }
        let path = context.codingPath.map(\.stringValue) + (last.map { [$0] } ?? [])
        return path.isEmpty ? nil : path.joined(separator: ".")
    }
}
