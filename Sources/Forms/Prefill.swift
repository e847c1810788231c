import Office

/// What the registry of users knows of whoever is signed in, by the questions of one form.
///
/// It knows a verified e-mail and a name as its owner wrote it; nothing else is guessed.
struct Prefill: Sendable, Equatable {
    static let none = Prefill()

    private(set) var values: [String: String] = [:]

    private init() {}

    init(_ form: FormDefinition, name: String, email: String) {
        let halves = Self.halves(of: name)
        for field in form.sections.flatMap(\.fields) {
            guard case .text = field.kind else { continue }
            switch field.meaning {
            case .givenName: values[field.name] = halves?.given
            case .familyName: values[field.name] = halves?.family
            case .email: values[field.name] = email
            default: break
            }
        }
    }

    /// Two plain words and no more: of a title, a second given name or a double surname nobody can tell what is what.
    private static func halves(of name: String) -> (given: String, family: String)? {
        let words = name.split(whereSeparator: \.isWhitespace)
        guard words.count == 2, words.allSatisfy({ $0.allSatisfy { $0.isLetter || $0 == "-" } }) else {
            return nil
        }
        return (String(words[0]), String(words[1]))
    }
}

extension FormDraft {
    /// Only into questions that nobody has answered yet.
    mutating func prefill(_ known: Prefill) {
        for (name, value) in known.values where answers[name].isEmpty { answers.set(name, [value]) }
    }
}
