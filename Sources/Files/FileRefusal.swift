/// Why a file is not taken in, said to the person who sent it.
package enum FileRefusal: Error, Sendable, Equatable {
    case tooLarge(bytesMax: Int)
    case empty
    /// The type found, and those that would do.
    case notAccepted(MediaType, Set<MediaType>)

    /// One or two sentences: what is wrong and what to do.
    package var sentence: String {
        switch self {
        case .tooLarge(let bytesMax):
            "Soubor je větší než \(Self.size(bytesMax)). Zmenšete ho, nebo ho rozdělte na více částí."
        case .empty:
            "Soubor je prázdný. Zkontrolujte, zda jste vybrali ten správný."
        case .notAccepted(.program, _):
            "Soubor je program nebo ho obsahuje a z bezpečnostních důvodů ho nelze přijmout. "
                + "Přiložte dokument, například PDF."
        case .notAccepted(.macroDocument, _):
            "Dokument obsahuje makra a z bezpečnostních důvodů ho nelze přijmout. "
                + "Uložte ho bez maker, nejlépe jako PDF."
        case .notAccepted(.unknown, let accepted):
            "Typ souboru se podle jeho obsahu nepodařilo rozpoznat. Přijímáme: \(Self.list(accepted))."
        case .notAccepted(let found, let accepted):
            "Soubor je podle svého obsahu \(found.label). Přijímáme: \(Self.list(accepted))."
        }
    }

    /// `10 MB`, `1,5 MB`, `300 kB`; a megabyte is 1 048 576 bytes, as people's file managers count, unless the
    /// limit was set in round millions.
    private static func size(_ bytes: Int) -> String {
        if bytes > 0, bytes.isMultiple(of: 1_000_000) { return "\(bytes / 1_000_000) MB" }
        let kilobytes = bytes / 1024
        guard kilobytes >= 1024 else { return bytes < 1024 ? "\(bytes) B" : "\(kilobytes) kB" }
        let tenths = kilobytes * 10 / 1024
        return tenths.isMultiple(of: 10) ? "\(tenths / 10) MB" : "\(tenths / 10),\(tenths % 10) MB"
    }

    private static func list(_ types: Set<MediaType>) -> String {
        MediaType.allCases.filter(types.contains).map(\.label).joined(separator: ", ")
    }
}
