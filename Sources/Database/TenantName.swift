/// The name of an office's schema and role: kind and register code.
///
/// `m_563510` is a municipality by its RÚIAN code, `k_78` a regional office.
package struct TenantName: Sendable, Hashable, CustomStringConvertible, SQLCodable, Codable, Comparable {
    package let rawValue: String

    /// Nil unless the text is `^(m_[0-9]{6}|k_[0-9]{2,3})$`.
    package init?(_ text: String) {
        let digits = text.dropFirst(2)
        let lengths = text.hasPrefix("m_") ? 6...6 : text.hasPrefix("k_") ? 2...3 : 0...0
        guard !digits.isEmpty, lengths.contains(digits.utf8.count), digits.utf8.allSatisfy({ 48...57 ~= $0 })
        else {
            return nil
        }
        rawValue = text
    }

    package init(cell: Cell) throws {
        guard let name = TenantName(try cell.text) else { throw cell.unreadable(as: TenantName.self) }
        self = name
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = TenantName(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a tenant's name")
        }
        self = name
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(rawValue)
    }

    package var sqlValue: SQLValue { .text(rawValue) }
    package var description: String { rawValue }
    package static func < (a: TenantName, b: TenantName) -> Bool { a.rawValue < b.rawValue }
}
