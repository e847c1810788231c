import Database
import Office

/// Parts as people look for them: those that differ by a Roman numeral alone follow one another by its value,
/// `Liberec IX` before `Liberec X`.
///
/// They come in the order of the Czech alphabet, which stays for all others.
func inNaturalOrder(_ parts: [MunicipalPart]) -> [MunicipalPart] {
    var firstOf: [String: Int] = [:]
    let keys = parts.enumerated().map { place, part -> (stem: Int, numeral: Int, place: Int) in
        guard let numbered = Numbered(part.name) else { return (place, 0, place) }
        let name = part.tenant.rawValue + numbered.stem
        let stem = firstOf[name] ?? place
        firstOf[name] = stem
        return (stem, numbered.numeral, place)
    }
    return keys.sorted { $0 < $1 }.map { parts[$0.place] }
}

/// `Liberec XXII-Horní Suchá` is number 22 of `Liberec`.
private struct Numbered {
    let stem: String
    let numeral: Int

    init?(_ name: String) {
        guard let space = name.lastIndex(of: " ", before: name.firstIndex(of: "-") ?? name.endIndex) else {
            return nil
        }
        let after = name[name.index(after: space)...]
        guard let value = Self.roman(after.prefix { $0 != "-" }) else { return nil }
        (stem, numeral) = (String(name[..<space]), value)
    }

    /// Nil for what is no numeral up to 89, more than any town has.
    static func roman(_ text: Substring) -> Int? {
        let values: [Character: Int] = ["I": 1, "V": 5, "X": 10, "L": 50]
        var sum = 0
        var before = 0
        for letter in text.reversed() {
            guard let value = values[letter] else { return nil }
            sum += value < before ? -value : value
            before = max(before, value)
        }
        return sum > 0 ? sum : nil
    }
}

extension String {
    fileprivate func lastIndex(of character: Character, before end: Index) -> Index? {
        self[..<end].lastIndex(of: character)
    }
}
