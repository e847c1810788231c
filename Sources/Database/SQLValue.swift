package import Foundation

/// A value as it is sent: text in Postgres' own notation, or raw bytes for `bytea`.
package enum SQLValue: Sendable, Equatable {
    case null
    case text(String)
    case bytes([UInt8])
}

package protocol SQLEncodable {
    var sqlValue: SQLValue { get }
}

package protocol SQLDecodable {
    /// Reads one cell; throws ``UnreadableCell`` when the cell does not hold such a value.
    init(cell: Cell) throws
}

/// Both ways; an enum with `String` raw values needs only to declare it.
package typealias SQLCodable = SQLEncodable & SQLDecodable

extension SQLEncodable where Self: RawRepresentable, RawValue == String {
    package var sqlValue: SQLValue { .text(rawValue) }
}

extension SQLDecodable where Self: RawRepresentable, RawValue == String {
    package init(cell: Cell) throws {
        guard let value = Self(rawValue: try cell.text) else { throw cell.unreadable(as: Self.self) }
        self = value
    }
}

extension String: SQLCodable {
    package var sqlValue: SQLValue { .text(self) }
    package init(cell: Cell) throws { self = try cell.text }
}

extension Int: SQLCodable {
    package var sqlValue: SQLValue { .text(String(self)) }
    package init(cell: Cell) throws {
        guard let number = Int(try cell.text) else { throw cell.unreadable(as: Int.self) }
        self = number
    }
}

extension Bool: SQLCodable {
    package var sqlValue: SQLValue { .text(self ? "t" : "f") }
    package init(cell: Cell) throws {
        switch try cell.text {
        case "t": self = true
        case "f": self = false
        default: throw cell.unreadable(as: Bool.self)
        }
    }
}

extension UUID: SQLCodable {
    package var sqlValue: SQLValue { .text(uuidString) }
    package init(cell: Cell) throws {
        guard let id = UUID(hexDigits: try cell.text) else { throw cell.unreadable(as: UUID.self) }
        self = id
    }

    /// As Postgres writes it; Foundation's own reader goes through `sscanf`.
    private init?(hexDigits text: String) {
        var bytes = (UInt64(0), UInt64(0))
        var count = 0
        for digit in text.utf8 where digit != UInt8(ascii: "-") {
            guard let value = digit.hexDigit, count < 32 else { return nil }
            if count < 16 {
                bytes.0 = bytes.0 << 4 | UInt64(value)
            } else {
                bytes.1 = bytes.1 << 4 | UInt64(value)
            }
            count += 1
        }
        guard count == 32 else { return nil }
        bytes = (bytes.0.bigEndian, bytes.1.bigEndian)
        self = withUnsafeBytes(of: bytes) { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
    }
}

/// What arrays are made of: bytes travel as `bytea`, the rest as an array of their own type.
package protocol SQLArrayElement {
    static func sqlValue(of items: [Self]) -> SQLValue
    static func items(cell: Cell) throws -> [Self]
}

extension Array: SQLEncodable where Element: SQLArrayElement {
    package var sqlValue: SQLValue { Element.sqlValue(of: self) }
}

extension Array: SQLDecodable where Element: SQLArrayElement {
    package init(cell: Cell) throws { self = try Element.items(cell: cell) }
}

extension UInt8: SQLArrayElement {
    package static func sqlValue(of items: [UInt8]) -> SQLValue { .bytes(items) }

    package static func items(cell: Cell) throws -> [UInt8] {
        let text = Array<UInt8>(try cell.text.utf8)
        guard text.starts(with: [0x5C, 0x78]), text.count.isMultiple(of: 2) else {
            throw cell.unreadable(as: [UInt8].self)
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count / 2 - 1)
        for index in stride(from: 2, to: text.count, by: 2) {
            guard let high = text[index].hexDigit, let low = text[index + 1].hexDigit else {
                throw cell.unreadable(as: [UInt8].self)
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }
}

extension UInt8 {
    fileprivate var hexDigit: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}

extension Optional: SQLEncodable where Wrapped: SQLEncodable {
    package var sqlValue: SQLValue { self?.sqlValue ?? .null }
}

extension Optional: SQLDecodable where Wrapped: SQLDecodable {
    package init(cell: Cell) throws {
        self = cell.isNull ? nil : try Wrapped(cell: cell)
    }
}

/// An instant; connections speak UTC and ISO dates, microseconds are kept.
extension Date: SQLCodable {
    package var sqlValue: SQLValue {
        let microseconds = Int((timeIntervalSince1970 * 1_000_000).rounded())
        return .text(Self.postgres(microsecondsSince1970: microseconds))
    }

    package init(cell: Cell) throws {
        guard let date = Self.parse(try cell.text) else { throw cell.unreadable(as: Date.self) }
        self = date
    }

    private static func postgres(microsecondsSince1970: Int) -> String {
        let (days, rest) = microsecondsSince1970.dividedFloor(by: 86_400_000_000)
        let day = CivilDate(daysSince1970: days)
        let (seconds, fraction) = rest.quotientAndRemainder(dividingBy: 1_000_000)
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let padded = String(String(fraction + 1_000_000).dropFirst())
        return "\(day) \(two(seconds / 3600)):\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(padded)+00"
    }

    /// Reads `2026-11-23 18:42:05.123456+00`.
    private static func parse(_ text: String) -> Date? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 22, bytes.suffix(3).elementsEqual("+00".utf8),
            let day = CivilDate(bytes[0..<10]),
            let hour = Int(digits: bytes[11..<13]), let minute = Int(digits: bytes[14..<16]),
            let second = Int(digits: bytes[17..<19])
        else { return nil }
        var microseconds = 0
        if bytes[19] == UInt8(ascii: ".") {
            let fraction = bytes[20..<(bytes.count - 3)]
            guard let number = Int(digits: fraction), fraction.count <= 6 else { return nil }
            microseconds = number
            for _ in fraction.count..<6 { microseconds *= 10 }
        }
        let seconds = day.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second
        return Date(timeIntervalSince1970: Double(seconds) + Double(microseconds) / 1_000_000)
    }
}

extension String: SQLArrayElement {
    package static func sqlValue(of items: [String]) -> SQLValue {
        var text: [UInt8] = [UInt8(ascii: "{")]
        for item in items {
            if text.count > 1 { text.append(UInt8(ascii: ",")) }
            text.append(UInt8(ascii: "\""))
            for byte in item.utf8 {
                if byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "\"") {
                    text.append(UInt8(ascii: "\\"))
                }
                text.append(byte)
            }
            text.append(UInt8(ascii: "\""))
        }
        text.append(UInt8(ascii: "}"))
        return .text(String(decoding: text, as: UTF8.self))
    }

    package static func items(cell: Cell) throws -> [String] {
        var items: [String] = []
        var item = ""
        var quoted = false
        var escaped = false
        let text = try cell.text
        guard text.first == "{", text.last == "}" else { throw cell.unreadable(as: [String].self) }
        let inside = text.dropFirst().dropLast()
        for character in inside {
            if escaped {
                item.append(character)
                escaped = false
            } else if character == "\\" {
                escaped = true
            } else if character == "\"" {
                quoted.toggle()
            } else if character == "," && !quoted {
                items.append(item)
                item = ""
            } else {
                item.append(character)
            }
        }
        if !inside.isEmpty { items.append(item) }
        return items
    }
}

extension UUID: SQLArrayElement {
    package static func sqlValue(of items: [UUID]) -> SQLValue {
        .text("{\(items.map(\.uuidString).joined(separator: ","))}")
    }

    package static func items(cell: Cell) throws -> [UUID] {
        try String.items(cell: cell).map { text in
            guard let id = UUID(uuidString: text) else { throw cell.unreadable(as: [UUID].self) }
            return id
        }
    }
}

extension Int: SQLArrayElement {
    package static func sqlValue(of items: [Int]) -> SQLValue {
        .text("{\(items.map(String.init).joined(separator: ","))}")
    }

    package static func items(cell: Cell) throws -> [Int] {
        try String.items(cell: cell).map { text in
            guard let number = Int(text) else { throw cell.unreadable(as: [Int].self) }
            return number
        }
    }
}
