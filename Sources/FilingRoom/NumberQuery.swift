import Office

/// A number of the register as somebody looks for it: `OUBIPO 5/2026`, `oubipo 5`, `5/2026`, `5`.
struct NumberQuery: Sendable, Equatable {
    /// In lower case, as it is compared.
    let abbreviation: String?
    let number: Int
    let year: Int?

    /// It can mean nothing but a number: a bare figure may as well be a word of a document.
    var isWhole: Bool { abbreviation != nil || year != nil }

    init?(_ text: String) {
        let pattern =
            /\s*(?:(?:[sS]-)?(?<office>\p{L}[\p{L}0-9]{1,11})[\s\-]+)?(?<number>[0-9]{1,7})(?:\s*\/\s*(?<year>[0-9]{4}))?\s*/
        guard let found = text.wholeMatch(of: pattern), let number = Int(found.number) else { return nil }
        self.number = number
        year = found.year.flatMap { Int($0) }
        abbreviation = found.office.map { $0.lowercased() }
    }
}
