/// A page as its template sees it: the same stored properties that JSON has, by their names.
indirect enum Shown: Sendable {
    case nothing
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Shown])
    case record([(name: String, value: Shown)])

    init(of value: some Encodable) throws {
        let encoder = ShownEncoder()
        try value.encode(to: encoder)
        self = encoder.shown
    }

    /// A section stands for something that is there: no text and no number are nothing.
    var isSomething: Bool {
        switch self {
        case .nothing: false
        case .text(let text): !text.isEmpty
        case .number(let number): number != 0
        case .flag(let flag): flag
        case .list(let items): !items.isEmpty
        case .record: true
        }
    }

    /// Of a list only the `first` has a name; nil where there is none.
    func child(_ name: String) -> Shown? {
        switch self {
        case .record(let fields):
            for field in fields where field.name == name { return field.value }
            return nil
        case .list(let items): return name == "first" ? items.first : nil
        default: return nil
        }
    }
}

/// Takes down what a value says of itself; nothing is looked up by reflection.
private final class ShownEncoder: Encoder {
    let codingPath: [any CodingKey] = []
    let userInfo: [CodingUserInfoKey: Any] = [:]
    private var single = Shown.nothing
    private var items: [Shown]?
    private var fields: [(name: String, value: Shown)]?
    /// Containers within, which are filled after they are asked for.
    private var nested: [(name: String, encoder: ShownEncoder)] = []

    var shown: Shown {
        if let fields { return .record(fields + nested.map { ($0.name, $0.encoder.shown) }) }
        if let items { return .list(items + nested.map(\.encoder.shown)) }
        return single
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if fields == nil { fields = [] }
        return KeyedEncodingContainer(Record(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if items == nil { items = [] }
        return List(encoder: self)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    private func within(_ name: String) -> ShownEncoder {
        let encoder = ShownEncoder()
        nested.append((name, encoder))
        return encoder
    }

    private struct Record<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: ShownEncoder
        var codingPath: [any CodingKey] { [] }

        private func add(_ value: Shown, _ key: Key) { encoder.fields?.append((key.stringValue, value)) }

        func encodeNil(forKey key: Key) {}
        func encode(_ value: Bool, forKey key: Key) { add(.flag(value), key) }
        func encode(_ value: String, forKey key: Key) { add(.text(value), key) }
        func encode(_ value: Int, forKey key: Key) { add(.number(value), key) }
        func encode(_ value: some Encodable, forKey key: Key) throws { add(try Shown(of: value), key) }

        func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type, forKey key: Key)
            -> KeyedEncodingContainer<Inner>
        { encoder.within(key.stringValue).container(keyedBy: type) }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
            encoder.within(key.stringValue).unkeyedContainer()
        }

        func superEncoder() -> any Encoder { encoder.within("super") }
        func superEncoder(forKey key: Key) -> any Encoder { encoder.within(key.stringValue) }
    }

    private struct List: UnkeyedEncodingContainer {
        let encoder: ShownEncoder
        var codingPath: [any CodingKey] { [] }
        var count: Int { encoder.items?.count ?? 0 }

        private func add(_ value: Shown) { encoder.items?.append(value) }

        func encodeNil() { add(.nothing) }
        func encode(_ value: Bool) { add(.flag(value)) }
        func encode(_ value: String) { add(.text(value)) }
        func encode(_ value: Int) { add(.number(value)) }
        func encode(_ value: some Encodable) throws { add(try Shown(of: value)) }

        func nestedContainer<Inner: CodingKey>(keyedBy type: Inner.Type) -> KeyedEncodingContainer<Inner> {
            encoder.within("").container(keyedBy: type)
        }

        func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            encoder.within("").unkeyedContainer()
        }
        func superEncoder() -> any Encoder { encoder.within("") }
    }

    private struct Single: SingleValueEncodingContainer {
        let encoder: ShownEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil() {}
        func encode(_ value: Bool) { encoder.single = .flag(value) }
        func encode(_ value: String) { encoder.single = .text(value) }
        func encode(_ value: Double) { encoder.single = .text("\(value)") }
        func encode(_ value: Float) { encoder.single = .text("\(value)") }
        func encode(_ value: Int) { encoder.single = .number(value) }
        func encode(_ value: Int8) { encoder.single = .number(Int(value)) }
        func encode(_ value: Int16) { encoder.single = .number(Int(value)) }
        func encode(_ value: Int32) { encoder.single = .number(Int(value)) }
        func encode(_ value: Int64) { encoder.single = .number(Int(clamping: value)) }
        func encode(_ value: UInt) { encoder.single = .number(Int(clamping: value)) }
        func encode(_ value: UInt8) { encoder.single = .number(Int(value)) }
        func encode(_ value: UInt16) { encoder.single = .number(Int(value)) }
        func encode(_ value: UInt32) { encoder.single = .number(Int(value)) }
        func encode(_ value: UInt64) { encoder.single = .number(Int(clamping: value)) }
        func encode(_ value: some Encodable) throws { encoder.single = try Shown(of: value) }
    }
}
