/// What a person types to find something by its name, or by what people call it; nil when there is no word in it.
package struct WordSearch: Sendable {
    private let words: [String]

    package init?(_ text: String) {
        let all = Self.words(text)
        let telling = all.filter { $0.count > 1 && !Self.small.contains($0) }
        words = telling.isEmpty ? all : telling
        if words.isEmpty { return nil }
    }

    /// Those that every word asked means; where there are none, those that the most of the words mean.
    package func best<Item>(_ items: [Item], _ texts: (Item) -> [String]) -> [Item] {
        let counted = items.map { (item: $0, count: count(in: texts($0))) }
        let most = counted.map(\.count).max() ?? 0
        return most == 0 ? [] : counted.filter { $0.count == most }.map(\.item)
    }

    /// True when every word asked is meant by one of these texts; case and diacritics do not matter.
    package func finds(in texts: [String]) -> Bool { count(in: texts) == words.count }

    private func count(in texts: [String]) -> Int {
        let known = Set(texts.flatMap(Self.words))
        return words.count { word in known.contains { Self.means(word, $0) } }
    }

    /// Words that say nothing of the matter, as ``folded(_:)`` gives them.
    private static let small: Set<String> = [
        "a", "aby", "bez", "chci", "co", "do", "i", "jak", "je", "jsem", "k", "kde", "ke", "mam", "me", "mi",
        "muj",
        "na", "nad", "nebo", "o", "od", "po", "pod", "potrebuji", "pri", "pro", "s", "se", "si", "u", "v",
        "ve", "z",
        "za", "ze",
    ]

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
