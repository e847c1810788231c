import Database
import Foundation
import Office

/// A decoder that has no data: it notes what a type asks for and gives it samples.
final class SchemaProbe {
    fileprivate struct Unanswerable: Error {}

    private static let depthMax = 8
    fileprivate let depth: Int
    /// The types that this one stands in.
    private var around: [ObjectIdentifier]
    fileprivate(set) var schema = Schema.anything

    init(depth: Int = 0, within around: [ObjectIdentifier] = []) {
        (self.depth, self.around) = (depth, around)
    }

    func sample<Value: Decodable>(of type: Value.Type) throws -> Value {
        guard depth < Self.depthMax else { throw Unanswerable() }
        if let known = Self.known(type) {
            schema = known.schema
            guard let value = known.value as? Value else { throw Unanswerable() }
            return value
        }
        // A row of a field has fields: described once, not for ever.
        if let list = type as? any Listed.Type, around.contains(list.elementID) {
            schema = .list(.anything)
            if let none = list.none as? Value { return none }
        }
        around.append(ObjectIdentifier(type))
        defer { if let words = (type as? any SelfDescribing.Type)?.czechFields { describe(words) } }
        return try Value(from: Asking(probe: self))
    }

    private func describe(_ words: [String: String]) {
        guard case .record(var properties, let required) = schema else { return }
        for (name, czech) in words { properties[name] = properties[name].map { .described($0, czech) } }
        schema = .record(properties, required: required)
    }

    private static func known(_ type: any Decodable.Type) -> (schema: Schema, value: Any)? {
        switch type {
        case is UUID.Type: (.string(format: "uuid"), UUID())
        case is Date.Type: (.string(format: "date-time"), Date())
        case is Day.Type: (.string(format: "date"), Day(of: Date()))
        case is TenantName.Type: (.string(format: nil), TenantName("m_000000") as Any)
        case is URL.Type: (.string(format: "uri"), URL(filePath: "/"))
        case is [String: String].Type: (.map(.string(format: nil)), [String: String]())
        case is Data.Type: (.string(format: "byte"), Data())
        case let choice as any (CaseIterable & RawRepresentable<String>).Type: cases(choice)
        default: nil
        }
    }

    private static func cases<Choice: CaseIterable & RawRepresentable<String>>(
        _ type: Choice.Type
    ) -> (schema: Schema, value: Any)? {
        Choice.allCases.first.map { (.choice(Choice.allCases.map(\.rawValue)), $0) }
    }

    fileprivate func child() -> SchemaProbe { SchemaProbe(depth: depth + 1, within: around) }

    fileprivate func note(_ key: String, _ value: Schema, isOptional: Bool) {
        guard case .record(var properties, var required) = schema else { return }
        properties[key] = value
        if !isOptional { required.append(key) }
        schema = .record(properties, required: required.sorted())
    }
}

private protocol Listed {
    static var elementID: ObjectIdentifier { get }
    static var none: Any { get }
}

extension Array: Listed {
    fileprivate static var elementID: ObjectIdentifier { ObjectIdentifier(Element.self) }
    fileprivate static var none: Any { [Element]() }
}

private struct Asking: Decoder {
    let probe: SchemaProbe
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        if case .record = probe.schema {} else { probe.schema = .record([:], required: []) }
        return KeyedDecodingContainer(Record<Key>(probe: probe))
    }

    func unkeyedContainer() -> any UnkeyedDecodingContainer { List(probe: probe) }
    func singleValueContainer() -> any SingleValueDecodingContainer { Plain(probe: probe) }
}

private struct Plain: SingleValueDecodingContainer {
    let probe: SchemaProbe
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { false }
    func decode(_ type: Bool.Type) -> Bool { noted(.boolean, false) }
    func decode(_ type: String.Type) -> String { noted(.string(format: nil), "") }
    func decode(_ type: Double.Type) -> Double { noted(.number, 0) }
    func decode(_ type: Float.Type) -> Float { noted(.number, 0) }
    func decode(_ type: Int.Type) -> Int { noted(.integer, 0) }
    func decode(_ type: Int8.Type) -> Int8 { noted(.integer, 0) }
    func decode(_ type: Int16.Type) -> Int16 { noted(.integer, 0) }
    func decode(_ type: Int32.Type) -> Int32 { noted(.integer, 0) }
    func decode(_ type: Int64.Type) -> Int64 { noted(.integer, 0) }
    func decode(_ type: UInt.Type) -> UInt { noted(.integer, 0) }
    func decode(_ type: UInt8.Type) -> UInt8 { noted(.integer, 0) }
    func decode(_ type: UInt16.Type) -> UInt16 { noted(.integer, 0) }
    func decode(_ type: UInt32.Type) -> UInt32 { noted(.integer, 0) }
    func decode(_ type: UInt64.Type) -> UInt64 { noted(.integer, 0) }
    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try probe.sample(of: type) }

    private func noted<Value>(_ schema: Schema, _ value: Value) -> Value {
        probe.schema = schema
        return value
    }
}

/// `decodeNil` is asked only of what may be missing.
private final class Record<Key: CodingKey>: KeyedDecodingContainerProtocol {
    private let probe: SchemaProbe
    private var optional: Set<String> = []
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { [] }

    init(probe: SchemaProbe) { self.probe = probe }

    func contains(_ key: Key) -> Bool { true }

    func decodeNil(forKey key: Key) -> Bool {
        optional.insert(key.stringValue)
        return false
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let child = probe.child()
        defer {
            probe.note(key.stringValue, child.schema, isOptional: optional.contains(key.stringValue))
        }
        return try child.sample(of: type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> { throw SchemaProbe.Unanswerable() }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        throw SchemaProbe.Unanswerable()
    }

    func superDecoder() throws -> any Decoder { throw SchemaProbe.Unanswerable() }
    func superDecoder(forKey key: Key) throws -> any Decoder { throw SchemaProbe.Unanswerable() }
}

/// One item stands for all.
private struct List: UnkeyedDecodingContainer {
    let probe: SchemaProbe
    var codingPath: [any CodingKey] { [] }
    var count: Int? { 1 }
    var currentIndex = 0
    var isAtEnd: Bool { currentIndex > 0 }

    init(probe: SchemaProbe) { self.probe = probe }

    mutating func decodeNil() -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        currentIndex += 1
        let child = probe.child()
        defer { probe.schema = .list(child.schema) }
        return try child.sample(of: type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> { throw SchemaProbe.Unanswerable() }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        throw SchemaProbe.Unanswerable()
    }

    mutating func superDecoder() throws -> any Decoder { throw SchemaProbe.Unanswerable() }
}
