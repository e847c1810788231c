import Foundation

extension FormDefinition {
    /// The one spelling of a definition: JSON with sorted keys, without white space and without absent keys.
    ///
    /// UTF-8 bytes; their SHA-256 names the version.
    var canonical: [UInt8] {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return Array(try encoder.encode(self))
        }
    }

    /// Reads a definition and refuses whatever it does not understand.
    ///
    /// Throws ``UnreadableForm`` for broken JSON, a wrong shape, or a key that no part of a form has.
    init(reading bytes: [UInt8]) throws(UnreadableForm) {
        guard bytes.count <= FormLimits.definitionBytesMax else {
            throw UnreadableForm(reason: "je příliš velký")
        }
        let definition: FormDefinition
        let source: JSONTree
        let understood: JSONTree
        do {
            definition = try JSONDecoder().decode(FormDefinition.self, from: Data(bytes))
            source = try JSONDecoder().decode(JSONTree.self, from: Data(bytes))
            understood = try JSONDecoder().decode(JSONTree.self, from: Data(definition.canonical))
        } catch let error as DecodingError {
            throw UnreadableForm(reason: error.czech)
        } catch {
            throw UnreadableForm(reason: "není JSON")
        }
        if let path = source.firstDifference(from: understood, at: "") {
            throw UnreadableForm(reason: "\(path): tento údaj formulář nezná")
        }
        self = definition
    }
}

/// A definition that cannot be read at all, with the place and the reason.
struct UnreadableForm: Error, Equatable, CustomStringConvertible {
    let reason: String
    var description: String { "Formulář nelze načíst: \(reason)." }
}

/// Any JSON, to compare what was written with what was understood.
private indirect enum JSONTree: Decodable, Equatable {
    case object([String: JSONTree])
    case list([JSONTree])
    case text(String)
    case number(Decimal)
    case flag(Bool)
    case null

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let text = try? container.decode(String.self) {
            self = .text(text)
        } else if let number = try? container.decode(Decimal.self) {
            self = .number(number)
        } else if let list = try? container.decode([JSONTree].self) {
            self = .list(list)
        } else {
            self = .object(try container.decode([String: JSONTree].self))
        }
    }

    func firstDifference(from other: JSONTree, at path: String) -> String? {
        switch (self, other) {
        case (.object(let mine), .object(let theirs)):
            for key in mine.keys.sorted() {
                let below = path.isEmpty ? key : "\(path).\(key)"
                guard let value = mine[key], let same = theirs[key] else { return below }
                if let difference = value.firstDifference(from: same, at: below) { return difference }
            }
            return nil
        case (.list(let mine), .list(let theirs)):
            guard mine.count == theirs.count else { return path }
            for (index, (value, same)) in zip(mine, theirs).enumerated() {
                if let difference = value.firstDifference(from: same, at: "\(path)[\(index)]") {
                    return difference
                }
            }
            return nil
        default: return self == other ? nil : path
        }
    }
}

extension DecodingError {
    fileprivate var czech: String {
        func place(_ context: Context) -> String {
            let path = context.codingPath.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }
            return path.isEmpty ? "na začátku" : path.joined(separator: ".")
        }
        return switch self {
        case .keyNotFound(let key, let context): "\(place(context)): chybí \(key.stringValue)"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "\(place(context)): údaj má jiný druh"
        case .dataCorrupted(let context): "\(place(context)): \(context.debugDescription)"
        @unknown default: "neznámá chyba"
        }
    }
}
