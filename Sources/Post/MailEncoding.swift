/// Text in a header field (RFC 2047, encoding Q).
///
/// Line breaks and other control characters become spaces first: nobody adds a field by a subject.
enum EncodedWord {
    static func text(_ text: String) -> String {
        var clean = ""
        for scalar in text.unicodeScalars {
            clean.unicodeScalars.append(scalar.properties.generalCategory == .control ? " " : scalar)
        }
        return isPlain(clean) ? clean : encoded(clean).joined(separator: "\r\n ")
    }

    /// Short ASCII that needs neither folding nor quotation marks.
    private static func isPlain(_ text: String) -> Bool {
        text.utf8.count <= 60 && !text.contains("=?") && !text.hasPrefix(" ") && !text.hasSuffix(" ")
            && text.utf8.allSatisfy { isLetterOrDigit($0) || " -/!#$%&'*+?^_`{|}~=".utf8.contains($0) }
    }

    /// So that the first line, with the field's name before it, has at most 76 characters.
    private static let wordBytesMax = 52

    /// Words of at most 75 characters, divided between characters.
    private static func encoded(_ text: String) -> [String] {
        var words: [String] = []
        var word = ""
        for character in text {
            let next = character.utf8.map(encoded).joined()
            if word.utf8.count + next.utf8.count > wordBytesMax, !word.isEmpty {
                words.append(word)
                word = ""
            }
            // A character of many code points may be longer than a word: divided between code points.
            if next.utf8.count > wordBytesMax {
                for scalar in character.unicodeScalars {
                    let part = String(scalar).utf8.map(encoded).joined()
                    if word.utf8.count + part.utf8.count > wordBytesMax {
                        words.append(word)
                        word = ""
                    }
                    word += part
                }
            } else {
                word += next
            }
        }
        words.append(word)
        return words.map { "=?utf-8?Q?\($0)?=" }
    }

    private static func encoded(_ byte: UInt8) -> String {
        if byte == 0x20 { return "_" }
        return isLetterOrDigit(byte) ? String(UnicodeScalar(byte)) : hexadecimal(byte)
    }
}

/// A body in quoted-printable (RFC 2045, § 6.7).
enum QuotedPrintable {
    static func bytes(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        let lines = text.replacing("\r\n", with: "\n").replacing("\r", with: "\n")
            .split(separator: "\n", omittingEmptySubsequences: false)
        for (number, line) in lines.enumerated() {
            // A text that ends with a line break has no empty line behind it.
            if number == lines.count - 1 && line.isEmpty && number > 0 { break }
            output += encoded(Array(line.utf8))
            output += [0x0D, 0x0A]
        }
        return output
    }

    private static func encoded(_ line: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        var column = 0
        for (place, byte) in line.enumerated() {
            let isLast = place == line.count - 1
            let piece = encoded(byte, isFirst: column == 0, isLast: isLast)
            // 76 characters, the last of which is the = of a soft break unless the line ends here.
            if column + piece.count > (isLast ? 76 : 75) {
                output += Array("=\r\n".utf8)
                column = 0
            }
            output += piece
            column += piece.count
        }
        return output
    }

    private static func encoded(_ byte: UInt8, isFirst: Bool, isLast: Bool) -> [UInt8] {
        switch byte {
        case 0x20, 0x09: isLast ? Array(hexadecimal(byte).utf8) : [byte]
        // A dot alone ends a letter in SMTP, and a mailbox file divides letters by "From ".
        case 0x2E, 0x46: isFirst ? Array(hexadecimal(byte).utf8) : [byte]
        case 0x3D: Array("=3D".utf8)
        case 0x21...0x7E: [byte]
        default: Array(hexadecimal(byte).utf8)
        }
    }
}

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
}

private func hexadecimal(_ byte: UInt8) -> String {
    let digits = Array("0123456789ABCDEF")
    return "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
}
