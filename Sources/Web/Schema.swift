/// The JSON Schema of what a handler reads or answers, taken from the type itself so that the two cannot differ.
package indirect enum Schema: Sendable, Equatable, Encodable {
    case string(format: String?)
    case choice([String])
    case integer
    case number
    case boolean
    case list(Schema)
    case record([String: Schema], required: [String])
    /// A type that reads itself in a way nobody can ask about.
    case anything
    /// One of several, where one address answers in several ways.
    case any([Schema])
    /// A record with names that nobody knows beforehand.
    case map(Schema)
    /// The same with a Czech sentence: unit, form and bounds.
    case described(Schema, String)

    package init<Value: Decodable>(of type: Value.Type) {
        let probe = SchemaProbe()
        // A type with rules of its own refuses the sample; what was asked until then is still true.
        _ = try? probe.sample(of: type)
        self = probe.schema
    }

    private enum Keys: String, CodingKey {
        case type, format, items, properties, required, description
        case choices = "enum"
        case anyOf, additionalProperties
    }

    package func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Keys.self)
        switch self {
        case .string(let format):
            try object.encode("string", forKey: .type)
            try object.encodeIfPresent(format, forKey: .format)
        case .choice(let choices):
            try object.encode("string", forKey: .type)
            try object.encode(choices, forKey: .choices)
        case .integer: try object.encode("integer", forKey: .type)
        case .number: try object.encode("number", forKey: .type)
        case .boolean: try object.encode("boolean", forKey: .type)
        case .list(let item):
            try object.encode("array", forKey: .type)
            try object.encode(item, forKey: .items)
        case .record(let properties, let required):
            try object.encode("object", forKey: .type)
            try object.encode(properties, forKey: .properties)
            if !required.isEmpty { try object.encode(required, forKey: .required) }
        case .anything: break
        case .any(let schemas): try object.encode(schemas, forKey: .anyOf)
        case .map(let value):
            try object.encode("object", forKey: .type)
            try object.encode(value, forKey: .additionalProperties)
        case .described(let schema, let czech):
            try schema.encode(to: encoder)
            try object.encode(czech, forKey: .description)
        }
    }
}

/// A type whose fields say what their names do not: units, bounds and form, by the field's name.
package protocol SelfDescribing {
    static var czechFields: [String: String] { get }
}
