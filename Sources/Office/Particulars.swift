/// What people and offices write of themselves, each read into the one form in which it is kept.
///
/// Nil is for what cannot be such a thing.
package enum Particulars {
    /// The local part as it is, the domain in small letters; RFC 5321 without quotes and comments.
    package static func email(_ text: String) -> String? {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else {
            return nil
        }
        let local = parts[0].utf8
        guard local.allSatisfy({ isWord($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }),
            local.first != dot, local.last != dot, !parts[0].contains("..")
        else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ isLabel($0) }), (labels.last?.count ?? 0) >= 2 else {
            return nil
        }
        return parts[0] + "@" + parts[1].lowercased()
    }

    /// `+420` and nine digits, or a foreign number as E.164 has it: at most fifteen digits with the country's.
    package static func phone(_ text: String) -> String? {
        let bare = text.filter { !" -()/.\u{A0}".contains($0) }
        let digits: Substring
        let prefix: String
        if bare.hasPrefix("+") {
            (prefix, digits) = ("+", bare.dropFirst())
        } else if bare.hasPrefix("00") {
            (prefix, digits) = ("+", bare.dropFirst(2))
        } else {
            (prefix, digits) = ("+420", bare[...])
        }
        guard areDigits(digits) else { return nil }
        if prefix == "+420" || digits.hasPrefix("420") {
            let national = prefix == "+420" ? digits : digits.dropFirst(3)
            return national.count == 9 ? "+420\(national)" : nil
        }
        return (7...15).contains(digits.count) ? "+\(digits)" : nil
    }

    /// Five digits; the post has none that begin with 0, 8 or 9.
    package static func postcode(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "\u{A0}" }
        guard digits.count == 5, areDigits(digits[...]), let first = digits.first, "1234567".contains(first)
        else {
            return nil
        }
        return digits
    }

    /// Eight digits; the last is a weighted sum of the others modulo 11.
    package static func companyNumber(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "\u{A0}" }
        guard (2...8).contains(digits.count), areDigits(digits[...]) else { return nil }
        let padded = String(repeating: "0", count: 8 - digits.count) + digits
        let numbers = padded.utf8.map { Int($0) - 48 }
        let sum = zip(numbers, [8, 7, 6, 5, 4, 3, 2]).reduce(0) { $0 + $1.0 * $1.1 }
        return sum > 0 && numbers[7] == (11 - sum % 11) % 10 ? padded : nil
    }

    /// Seven small letters and digits without those that are taken for one another: no 0 and O, no 1 and L.
    package static func dataBox(_ text: String) -> String? {
        let lowered = text.lowercased()
        return lowered.utf8.count == 7 && lowered.utf8.allSatisfy(isWord)
            && !lowered.contains(where: { "01lo".contains($0) }) ? lowered : nil
    }

    private static let dot = UInt8(ascii: ".")

    private static func isLabel(_ text: Substring) -> Bool {
        (1...63).contains(text.utf8.count) && text.first != "-" && text.last != "-"
            && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func areDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}

extension String {
    /// A postcode as the post writes it, `463 62`; anything else as it is.
    package var asPostcode: String {
        guard let digits = Particulars.postcode(self) else { return self }
        return "\(digits.prefix(3))\u{A0}\(digits.dropFirst(3))"
    }

    /// A Czech number as it is read aloud, `+420 482 000 000`; any other as it was written.
    package var asPhone: String {
        let bare = filter { !$0.isWhitespace }
        let national = Array(bare.hasPrefix("+420") ? bare.dropFirst(4) : bare[...])
        guard national.count == 9, national.allSatisfy({ $0.isASCII && $0.isNumber }) else { return self }
        let groups = stride(from: 0, to: 9, by: 3).map { String(national[$0..<$0 + 3]) }
        return ((bare.count > 9 ? ["+420"] : []) + groups).joined(separator: " ")
    }
}
