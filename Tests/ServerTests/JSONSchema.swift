import Foundation

/// As much of JSON Schema as the description of the interface uses; says where a value is not what it describes.
struct JSONSchema {
    let schema: [String: Any]

    /// Empty where the value is as described; a name that is not described is a fault, too.
    func faults(of value: Any, at place: String = "$") -> [String] {
        if let choices = schema["anyOf"] as? [[String: Any]] {
            let all = choices.map { JSONSchema(schema: $0).faults(of: value, at: place) }
            return all.contains(where: \.isEmpty) ? [] : all.first ?? []
        }
        switch schema["type"] as? String {
        case "object": return record(value, place)
        case "array":
            guard let items = value as? [Any] else { return ["\(place) is no list"] }
            let inner = JSONSchema(schema: schema["items"] as? [String: Any] ?? [:])
            // What holds more of its own kind is described once.
            guard !inner.schema.isEmpty else { return [] }
            return items.enumerated().flatMap { inner.faults(of: $1, at: "\(place)[\($0)]") }
        case "string":
            guard let text = value as? String else { return ["\(place) is no text"] }
            if let choices = schema["enum"] as? [String], !choices.contains(text) {
                return ["\(place) is \(text), not one of \(choices)"]
            }
            return []
        case "integer": return value is Int && !isFlag(value) ? [] : ["\(place) is no whole number"]
        case "number": return value is NSNumber && !isFlag(value) ? [] : ["\(place) is no number"]
        case "boolean": return isFlag(value) ? [] : ["\(place) is neither true nor false"]
        default: return ["\(place) is not described"]
        }
    }

    private func isFlag(_ value: Any) -> Bool {
        (value as? NSNumber).map { String(cString: $0.objCType) == "c" } ?? (value is Bool)
    }

    private func record(_ value: Any, _ place: String) -> [String] {
        guard let members = value as? [String: Any] else { return ["\(place) is no object"] }
        if let each = schema["additionalProperties"] as? [String: Any] {
            return members.flatMap { JSONSchema(schema: each).faults(of: $1, at: "\(place).\($0)") }
        }
        let properties = schema["properties"] as? [String: [String: Any]] ?? [:]
        let missing = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }
        return missing.map { "\(place).\($0) is missing" }
            + members.flatMap { name, member in
                properties[name].map { JSONSchema(schema: $0).faults(of: member, at: "\(place).\(name)") }
                    ?? ["\(place).\(name) is not described"]
            }
    }
}
