/// What a person types to find something by its name, or by what people call it; nil when there is no word in it.
package struct WordSearch: Sendable {
    private let words: [String]

    package init?(_ text: String) {
        words = Self.words(text)
        if words.isEmpty { return nil }
    }

    /// True when every word asked is meant by one of these texts; case and diacritics do not matter.
    package func finds(in texts: [String]) -> Bool {
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
