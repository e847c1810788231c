/// The closed list of formats that a text may be asked to have.
enum FormFormat: String, Codable, Sendable, CaseIterable {
    case email, phone, postcode, companyNumber, birthNumber, bankAccount, dataBox, parcel, chip

    /// The text as it is kept, or nil when it does not have the format.
    func normal(_ text: String) -> String? {
        switch self {
        case .email: Self.email(text)
        case .phone: Self.phone(text)
        case .postcode: Self.postcode(text)
        case .companyNumber: Self.companyNumber(text)
        case .birthNumber: Self.birthNumber(text)
        case .bankAccount: Self.bankAccount(text)
        case .dataBox: Self.dataBox(text)
        case .parcel: Self.parcel(text)
        case .chip: Self.chip(text)
        }
    }

    /// What the person should do when the text does not fit.
    var advice: String {
        switch self {
        case .email: "Opravte e-mail: má tvar jmeno@domena.cz, bez mezer a diakritiky."
        case .phone: "Opravte telefon: napište devět číslic, u zahraničního čísla i předvolbu, například +49."
        case .postcode: "Opravte PSČ: má pět číslic, například 471 62."
        case .companyNumber: "Zkontrolujte IČO: má nejvýše osm číslic a toto číslo není platné."
        case .birthNumber: "Zkontrolujte rodné číslo: má devět nebo deset číslic a toto není platné."
        case .bankAccount:
            "Zkontrolujte číslo účtu: má tvar 123456789/0100, před pomlčkou může mít předčíslí."
        case .dataBox:
            "Zkontrolujte identifikátor datové schránky: má sedm písmen a číslic, například abc2de3."
        case .parcel: "Opravte parcelní číslo: má tvar 112/3, u stavební parcely st. 45."
        case .chip: "Opravte číslo čipu: má patnáct číslic."
        }
    }

    /// The keyboard a phone shows.
    var inputMode: String? {
        switch self {
        case .email: "email"
        case .phone: "tel"
        case .postcode, .companyNumber, .chip, .birthNumber: "numeric"
        case .bankAccount, .dataBox, .parcel: nil
        }
    }

    private static func email(_ text: String) -> String? {
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

    private static func isLabel(_ text: Substring) -> Bool {
        (1...63).contains(text.utf8.count) && text.first != "-" && text.last != "-"
            && text.utf8.allSatisfy { isWord($0) || $0 == UInt8(ascii: "-") }
    }

    private static let dot = UInt8(ascii: ".")

    private static func isWord(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    private static func phone(_ text: String) -> String? {
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

    private static func postcode(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "\u{A0}" }
        guard digits.count == 5, areDigits(digits[...]), let first = digits.first, "1234567".contains(first)
        else {
            return nil
        }
        return digits
    }

    /// Eight digits; the last is a weighted sum of the others modulo 11.
    private static func companyNumber(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "\u{A0}" }
        guard (2...8).contains(digits.count), areDigits(digits[...]) else { return nil }
        let padded = String(repeating: "0", count: 8 - digits.count) + digits
        let numbers = padded.utf8.map { Int($0) - 48 }
        let sum = zip(numbers, [8, 7, 6, 5, 4, 3, 2]).reduce(0) { $0 + $1.0 * $1.1 }
        return sum > 0 && numbers[7] == (11 - sum % 11) % 10 ? padded : nil
    }

    /// Act 133/2000, § 13: nine digits until 1953, then ten and divisible by eleven.
    private static func birthNumber(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "/" && $0 != "\u{A0}" }
        guard (9...10).contains(digits.count), areDigits(digits[...]), let number = Int(digits) else {
            return nil
        }
        let month = number / (digits.count == 9 ? 100_000 : 1_000_000) % 100 % 50
        let day = number / (digits.count == 9 ? 1_000 : 10_000) % 100
        guard (1...12).contains(month) || (21...32).contains(month), (1...31).contains(day) else {
            return nil
        }
        // Until 1985 a remainder of ten was written as the digit zero.
        let isValid =
            digits.count == 9 || number % 11 == 0 || (number / 10 % 11 == 10 && number.isMultiple(of: 10))
        return isValid ? "\(digits.prefix(6))/\(digits.dropFirst(6))" : nil
    }

    /// Decree 169/2011: prefix and number are each a weighted sum divisible by eleven.
    private static func bankAccount(_ text: String) -> String? {
        let bare = text.filter { $0 != " " && $0 != "\u{A0}" }
        let halves = bare.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].count == 4, areDigits(halves[1]) else { return nil }
        let parts = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let number = parts.last, (2...10).contains(number.count),
            parts.count == 1 || parts[0].count <= 6,
            parts.allSatisfy({ areDigits($0) && isWeightedByEleven($0) }),
            number.contains(where: { $0 != "0" })
        else { return nil }
        return bare
    }

    private static func isWeightedByEleven(_ digits: Substring) -> Bool {
        let weights = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6]
        let sum = zip(digits.utf8.reversed(), weights).reduce(0) { $0 + (Int($1.0) - 48) * $1.1 }
        return sum.isMultiple(of: 11)
    }

    private static func dataBox(_ text: String) -> String? {
        let lowered = text.lowercased()
        return lowered.utf8.count == 7 && lowered.utf8.allSatisfy(isWord) ? lowered : nil
    }

    private static func parcel(_ text: String) -> String? {
        var rest = text[...]
        var isBuilding = false
        for prefix in ["st.", "St.", "ST."] where rest.hasPrefix(prefix) {
            rest = rest.dropFirst(prefix.count)
            isBuilding = true
        }
        let bare = rest.filter { $0 != " " && $0 != "\u{A0}" }
        let numbers = bare.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(numbers.count),
            numbers.allSatisfy({ (1...5).contains($0.count) && areDigits($0) && !$0.hasPrefix("0") })
        else { return nil }
        return isBuilding ? "st. \(bare)" : bare
    }

    /// ISO 11784: three digits of country or maker, twelve of the animal.
    private static func chip(_ text: String) -> String? {
        let digits = text.filter { $0 != " " && $0 != "-" && $0 != "\u{A0}" }
        return digits.count == 15 && areDigits(digits[...]) ? digits : nil
    }

    private static func areDigits(_ text: Substring) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
