/// Text as people may have written it, made fit to stand on a page and on paper.
enum ShownText {
    /// Longer than this without a gap, a word may be broken; most long words, addresses and codes are shorter.
    static let wordMax = 40
    /// So often; amounts beside it keep their width.
    static let pieceLength = 30

    /// Without the characters that turn the direction of what follows: they let a text say what it does not.
    ///
    /// Embeddings and overrides (U+202A–202E) and isolates (U+2066–2069); marks of Arabic and Hebrew stay.
    static func straight(_ text: String) -> String {
        // All of them begin with this byte; most texts have none.
        guard text.utf8.contains(0xE2), text.unicodeScalars.contains(where: turns) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !turns($0) }))
    }

    private static func turns(_ scalar: Unicode.Scalar) -> Bool {
        (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    /// Whether a word may be too long: a run of bytes without a plain gap is, for every text of every page comes here.
    private static func hasLongRun(_ text: String) -> Bool {
        var run = 0
        for byte in text.utf8 {
            run = byte == 0x20 || byte == 0x0A ? 0 : run + 1
            if run > wordMax { return true }
        }
        return false
    }

    /// The text in pieces between which a line may end: one piece for all but very long words.
    static func pieces(_ text: String) -> [Substring] {
        guard hasLongRun(text) else { return [text[...]] }
        var pieces: [Substring] = []
        var start = text.startIndex
        for word in text.split(whereSeparator: \.isWhitespace) where word.count > wordMax {
            var rest = word
            while rest.count > pieceLength {
                let end = rest.index(rest.startIndex, offsetBy: pieceLength)
                pieces.append(text[start..<end])
                (start, rest) = (end, rest[end...])
            }
        }
        return pieces + [text[start...]]
    }
}
