/// When a field is shown or required: a small closed set of expressions over earlier answers.
///
/// In JSON `{"field": "osoba", "equals": "PO"}`, `{"field": "email", "isFilled": true}`,
/// `{"all": [...]}`, `{"any": [...]}`, `{"not": {...}}`.
indirect enum FormCondition: Sendable, Equatable {
    case equals(field: String, String)
    /// Answered, and otherwise: a question waits for the one that rules it.
    case notEquals(field: String, String)
    /// One of several ticked boxes, or a part of a text.
    case contains(field: String, String)
    case isFilled(field: String)
    case all([FormCondition])
    case any([FormCondition])
    case not(FormCondition)

    /// Whether it holds for the answers that `values` gives to a field's name.
    func holds(_ values: (String) -> [String]) -> Bool {
        switch self {
        case .equals(let field, let value): values(field) == [value]
        case .notEquals(let field, let value): !values(field).isEmpty && values(field) != [value]
        case .contains(let field, let value):
            values(field).contains(value) || values(field).contains { $0.contains(value) && !value.isEmpty }
        case .isFilled(let field): values(field).contains { !$0.isEmpty }
        case .all(let conditions): conditions.allSatisfy { $0.holds(values) }
        case .any(let conditions): conditions.contains { $0.holds(values) }
        case .not(let condition): !condition.holds(values)
        }
    }

    var fields: [String] {
        switch self {
        case .equals(let field, _), .notEquals(let field, _), .contains(let field, _), .isFilled(let field):
            [field]
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.fields)
        case .not(let condition): condition.fields
        }
    }

    var depth: Int {
        switch self {
        case .equals, .notEquals, .contains, .isFilled: 1
        case .all(let conditions), .any(let conditions): 1 + (conditions.map(\.depth).max() ?? 0)
        case .not(let condition): 1 + condition.depth
        }
    }
}

extension FormCondition: Codable {
    private enum CodingKeys: String, CodingKey {
        case field, equals, notEquals, contains, isFilled, all, any, not
    }

    init(from decoder: any Decoder) throws {
        guard decoder.codingPath.count < 40 else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "podmínka je příliš hluboká")
            )
        }
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let keys = Set(container.allKeys).subtracting([.field])
        guard keys.count == 1, let key = keys.first else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "podmínka musí mít právě jeden výraz")
            )
        }
        func field() throws -> String { try container.decode(String.self, forKey: .field) }
        func text() throws -> String { try container.decode(String.self, forKey: key) }
        switch key {
        case .equals: self = .equals(field: try field(), try text())
        case .notEquals: self = .notEquals(field: try field(), try text())
        case .contains: self = .contains(field: try field(), try text())
        case .all: self = .all(try container.decode([FormCondition].self, forKey: .all))
        case .any: self = .any(try container.decode([FormCondition].self, forKey: .any))
        case .not: self = .not(try container.decode(FormCondition.self, forKey: .not))
        default:
            guard try container.decode(Bool.self, forKey: .isFilled) else {
                throw DecodingError.dataCorruptedError(
                    forKey: .isFilled,
                    in: container,
                    debugDescription: "opak se píše {\"not\": {\"field\": …, \"isFilled\": true}}"
                )
            }
            self = .isFilled(field: try field())
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        func leaf(_ field: String, _ key: CodingKeys, _ value: String) throws {
            try container.encode(field, forKey: .field)
            try container.encode(value, forKey: key)
        }
        switch self {
        case .equals(let field, let value): try leaf(field, .equals, value)
        case .notEquals(let field, let value): try leaf(field, .notEquals, value)
        case .contains(let field, let value): try leaf(field, .contains, value)
        case .isFilled(let field):
            try container.encode(field, forKey: .field)
            try container.encode(true, forKey: .isFilled)
        case .all(let conditions): try container.encode(conditions, forKey: .all)
        case .any(let conditions): try container.encode(conditions, forKey: .any)
        case .not(let condition): try container.encode(condition, forKey: .not)
        }
    }
}
