/// Many statements as one message, for the migrator alone.
///
/// Text comes from migration files and literals of this project; data is quoted here, in one place.
package struct Script: Sendable, ExpressibleByStringLiteral {
    package private(set) var text: String

    package init(stringLiteral text: StaticString) {
        self.text = "\(text)"
    }

    /// A migration file's text, with the reserved names put in.
    package init(migration: String, schema: String) {
        text = migration.replacingReservedName("tenant.", with: schema + ".")
            .replacing(":schema", with: schema)
            .replacing(":role", with: schema)
    }

    package mutating func append(_ other: Script) {
        text += text.hasSuffix(";\n") || text.isEmpty ? other.text : ";\n" + other.text
    }

    package mutating func append(_ literal: StaticString, _ names: Identifier...) {
        var line = "\(literal)"
        for name in names { line = line.replacing("%I", with: name.text, maxReplacements: 1) }
        append(Script(verbatim: line + ";\n"))
    }

    /// One statement; every value is quoted.
    package mutating func append(statement: SQL) {
        let text = statement.parts.map { part in
            switch part {
            case .literal(let literal): "\(literal)"
            case .value(let value): Self.quoted(value)
            }
        }
        append(Script(verbatim: text.joined() + ";\n"))
    }

    /// Rows of data for one table; every value is quoted.
    package mutating func insert(
        into table: StaticString,
        _ columns: StaticString,
        rows: [[any SQLEncodable]],
        schema: String
    ) {
        guard !rows.isEmpty else { return }
        let target = "\(table)".replacingReservedName("tenant.", with: schema + ".")
        let lines = rows.map { row in "(" + row.map { Self.quoted($0.sqlValue) }.joined(separator: ", ") + ")"
        }
        append(
            Script(
                verbatim: "insert into \(target) (\(columns)) values\n\(lines.joined(separator: ",\n"));\n"
            )
        )
    }

    mutating func setPassword(of role: Identifier, to password: String) {
        append(Script(verbatim: "alter role \(role.text) password \(Self.quoted(.text(password)));\n"))
    }

    private init(verbatim text: String) { self.text = text }

    private static func quoted(_ value: SQLValue) -> String {
        switch value {
        case .null: "null"
        case .text(let text): "'" + text.replacing("'", with: "''").replacing("\0", with: "") + "'"
        case .bytes(let bytes):
            "'\\x" + bytes.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() + "'"
        }
    }

    /// A name of a role or schema, which cannot be a bound value.
    package struct Identifier: Sendable {
        let text: String

        package init?(_ name: String) {
            guard !name.isEmpty, name.utf8.count <= 63,
                name.utf8.allSatisfy({
                    (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F
                })
            else { return nil }
            text = name
        }

        package init(_ tenant: TenantName) { text = tenant.rawValue }
    }
}
