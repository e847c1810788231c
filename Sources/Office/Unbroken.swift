extension String {
    /// The same with fixed spaces where a citation must not break across lines.
    ///
    /// For our own words only; what people typed is shown as they typed it.
    package var unbroken: String {
        var text = self
        for (loose, bound) in Self.bonds where text.contains(loose) {
            text = text.replacing(loose, with: bound)
        }
        return text
    }

    private static let bonds: [(String, String)] = [
        ("§ ", "§\u{a0}"), (" odst. ", "\u{a0}odst.\u{a0}"), (" písm. ", "\u{a0}písm.\u{a0}"),
        ("č. j. ", "č.\u{a0}j.\u{a0}"), ("č. ", "č.\u{a0}"), (" Sb.", "\u{a0}Sb."),
    ]
}
