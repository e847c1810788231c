/// The JSON Schema of what a handler reads, taken from the type itself so that the two cannot differ.
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

    package init<Value: Decodable>(of type: Value.Type) {
        let probe = SchemaProbe()
        // A type with rules of its own refuses the sample; what was asked until then is still true.
        _ = try? probe.sample(of: type)
        self = probe.schema
    }

    private enum Keys: String, CodingKey {
        case type, format, items, properties, required
        case choices = "enum"
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
        }
    }
}
