import Office

/// What a person types to find a form; nil when there is no word in it.
struct FormSearch: Sendable {
    private let words: [String]

    init?(_ text: String) {
        words = Self.words(text)
        if words.isEmpty { return nil }
    }

    func finds(_ form: FormDefinition) -> Bool {
        let texts = [form.title, form.lead, form.audience] + (form.keywords ?? [])
        let known = Set(texts.flatMap(Self.words))
        return words.allSatisfy { word in known.contains { Self.means(word, $0) } }
    }

    /// Czech words change at their ends: a beginning is enough, and so is a common one.
    private static func means(_ asked: String, _ known: String) -> Bool {
        if known.hasPrefix(asked) { return true }
        let common = zip(asked, known).prefix { $0 == $1 }.count
        return common >= max(4, asked.count - 2)
    }

    private static func words(_ text: String) -> [String] {
        folded(text).split { !($0.isLetter || $0.isNumber) }.map(String.init)
    }
}
