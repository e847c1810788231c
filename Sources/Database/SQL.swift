/// SQL text with its bound values.
///
/// There is no way to make one from a `String`, so a value can reach the server only as a parameter.
/// In a tenant's transaction the reserved name `tenant.` stands for the tenant's own schema.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    enum Part: Sendable {
        case literal(StaticString)
        case value(SQLValue)
    }

    var parts: [Part]

    package init(stringLiteral text: StaticString) {
        parts = [.literal(text)]
    }

    package init(stringInterpolation interpolation: Interpolation) {
        parts = interpolation.parts
    }

    /// The two texts one after the other, their values numbered anew.
    package static func + (first: SQL, second: SQL) -> SQL {
        var sum = first
        sum.parts.append(contentsOf: second.parts)
        return sum
    }

    /// The text with `$1`, `$2` … in the places of its values.
    package var text: String {
        var text = ""
        var number = 0
        for part in parts {
            switch part {
            case .literal(let literal):
                literal.withUTF8Buffer { text += String(decoding: $0, as: UTF8.self) }
            case .value:
                number += 1
                text += "$\(number)"
            }
        }
        return text
    }

    package var values: [SQLValue] {
        parts.compactMap { part in
            if case .value(let value) = part { value } else { nil }
        }
    }

    package struct Interpolation: StringInterpolationProtocol {
        package typealias StringLiteralType = StaticString

        var parts: [Part] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            parts.reserveCapacity(interpolationCount * 2 + 1)
        }

        package mutating func appendLiteral(_ literal: StaticString) {
            if literal.utf8CodeUnitCount > 0 { parts.append(.literal(literal)) }
        }

        package mutating func appendInterpolation(_ value: some SQLEncodable) {
            parts.append(.value(value.sqlValue))
        }

        package mutating func appendInterpolation(_ value: (some SQLEncodable)?) {
            parts.append(.value(value?.sqlValue ?? .null))
        }

        /// Another statement's text, with its own values.
        package mutating func appendInterpolation(_ fragment: SQL) {
            parts.append(contentsOf: fragment.parts)
        }
    }
}

/// What must be true for a statement of another store: made by the store whose tables it asks, passed on unread.
package struct Condition: Sendable {
    package let sql: SQL
    package init(_ sql: SQL) { self.sql = sql }
    package static let always = Condition("true")
}
