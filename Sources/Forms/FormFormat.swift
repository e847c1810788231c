import Office

/// The closed list of formats that a text may be asked to have.
enum FormFormat: String, Codable, Sendable, CaseIterable {
    case email, phone, postcode, companyNumber, birthNumber, bankAccount, dataBox, parcel, chip

    /// The text as it is kept, or nil when it does not have the format.
    func normal(_ text: String) -> String? {
        switch self {
        case .email: Particulars.email(text)
        case .phone: Particulars.phone(text)
        case .postcode: Particulars.postcode(text)
        case .companyNumber: Particulars.companyNumber(text)
        case .birthNumber: Self.birthNumber(text)
        case .bankAccount: BankAccount(text)?.text
        case .dataBox: Particulars.dataBox(text)
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
            "Zkontrolujte identifikátor datové schránky: má sedm písmen a číslic (bez 0, 1, l a o), například abc2de3."
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
