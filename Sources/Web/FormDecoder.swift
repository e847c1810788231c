/// Reads a `Decodable` from the pairs of a form.
///
/// `name` is a value, a repeated name or `name.0` a list, `lines.0.account` a list of records. An empty value
/// of an optional is nil, a checkbox is true when it came.
enum FormDecoder {
    static func decode<Value: Decodable>(_ type: Value.Type, from pairs: [Input.Pair]) throws -> Value {
        let root = FormNode()
        for pair in pairs { root.put(pair.value, at: pair.name.split(separator: ".", maxSplits: 6)[...]) }
        return try Value(from: FormNodeDecoder(node: root, codingPath: []))
    }
}

private final class FormNode {
    var values: [String] = []
    var children: [String: FormNode] = [:]

    func put(_ value: String, at path: ArraySlice<Substring>) {
        guard let first = path.first else { return values.append(value) }
        let key = String(first)
        let child = children[key] ?? FormNode()
        children[key] = child
        child.put(value, at: path.dropFirst())
    }

    /// The members of a list: by number, or the repeated values.
    var items: [FormNode] {
        let numbered = children.compactMap { key, node in Int(key).map { ($0, node) } }
        if !numbered.isEmpty { return numbered.sorted { $0.0 < $1.0 }.map(\.1) }
        return values.map { value in
            let node = FormNode()
            node.values = [value]
            return node
        }
    }

    var isEmpty: Bool { children.isEmpty && values.allSatisfy(\.isEmpty) }
}

private struct FormNodeDecoder: Decoder {
    let node: FormNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed<Key>(node: node, codingPath: codingPath))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        Unkeyed(items: node.items, codingPath: codingPath)
    }

    func singleValueContainer() throws -> any SingleValueDecodingContainer {
        Single(node: node, codingPath: codingPath)
    }
}

private struct Single: SingleValueDecodingContainer {
    let node: FormNode
    let codingPath: [any CodingKey]

    func decodeNil() -> Bool { node.isEmpty }
    func decode(_ type: String.Type) throws -> String { try text() }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch try text() {
        case "on", "true", "1", "ano": true
        case "", "false", "0", "ne": false
        default: throw mismatch(type)
        }
    }

    func decode(_ type: Double.Type) throws -> Double {
        guard let number = Double(try text().replacing(",", with: ".")) else { throw mismatch(type) }
        return number
    }

    func decode(_ type: Int.Type) throws -> Int { try integer(type) }
    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int8.Type) throws -> Int8 { try integer(type) }
    func decode(_ type: Int16.Type) throws -> Int16 { try integer(type) }
    func decode(_ type: Int32.Type) throws -> Int32 { try integer(type) }
    func decode(_ type: Int64.Type) throws -> Int64 { try integer(type) }
    func decode(_ type: UInt.Type) throws -> UInt { try integer(type) }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try integer(type) }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try integer(type) }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try integer(type) }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try integer(type) }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Value(from: FormNodeDecoder(node: node, codingPath: codingPath))
    }

    private func text() throws -> String {
        guard let value = node.values.last else {
            let context = DecodingError.Context(codingPath: codingPath, debugDescription: "missing")
            throw DecodingError.valueNotFound(String.self, context)
        }
        return value
    }

    private func integer<Number: FixedWidthInteger>(_ type: Number.Type) throws -> Number {
        let digits = try text().filter { !$0.isWhitespace }
        guard let number = Number(digits) else { throw mismatch(type) }
        return number
    }

    private func mismatch(_ type: Any.Type) -> DecodingError {
        .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "not a \(type)"))
    }
}

private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let node: FormNode
    let codingPath: [any CodingKey]

    var allKeys: [Key] { node.children.keys.compactMap(Key.init(stringValue:)) }
    func contains(_ key: Key) -> Bool { node.children[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { node.children[key.stringValue]?.isEmpty ?? true }

    func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
        guard let child = node.children[key.stringValue] else { return false }
        return try Single(node: child, codingPath: codingPath + [key]).decode(type)
    }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        let child = node.children[key.stringValue] ?? FormNode()
        let path = codingPath + [key]
        if child.values.isEmpty, child.children.isEmpty, !(type is any ListLike.Type) {
            throw DecodingError.keyNotFound(key, .init(codingPath: codingPath, debugDescription: "missing"))
        }
        return try Single(node: child, codingPath: path).decode(type)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type,
        forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder(for: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder(for: key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { FormNodeDecoder(node: node, codingPath: codingPath) }
    func superDecoder(forKey key: Key) throws -> any Decoder { decoder(for: key) }

    private func decoder(for key: Key) -> FormNodeDecoder {
        FormNodeDecoder(node: node.children[key.stringValue] ?? FormNode(), codingPath: codingPath + [key])
    }
}

private struct Unkeyed: UnkeyedDecodingContainer {
    let items: [FormNode]
    let codingPath: [any CodingKey]
    var currentIndex = 0

    var count: Int? { items.count }
    var isAtEnd: Bool { currentIndex >= items.count }

    mutating func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Single(node: next(), codingPath: codingPath).decode(type)
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try FormNodeDecoder(node: next(), codingPath: codingPath).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try FormNodeDecoder(node: next(), codingPath: codingPath).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder {
        FormNodeDecoder(node: try next(), codingPath: codingPath)
    }

    private mutating func next() throws -> FormNode {
        guard !isAtEnd else {
            throw DecodingError.valueNotFound(
                String.self,
                .init(codingPath: codingPath, debugDescription: "the list is shorter")
            )
        }
        defer { currentIndex += 1 }
        return items[currentIndex]
    }
}

/// A list that did not come is empty, not missing.
private protocol ListLike {}
extension Array: ListLike {}
