import Database
import Office

/// An authority as its letters call it (§ 109 of act 128/2000, § 67 of act 129/2000).
struct Authority: Sendable, Equatable {
    let name: String
    /// To whom: „Městskému úřadu Frýdlant“.
    let dative: String

    /// The abbreviation begins with the kind of the authority, such as `OUBIPO`; without one it is not told.
    init(of place: String, abbreviation: String) {
        if Self.statutoryCities.contains(place) {
            name = "Magistrát města \(place)"
            dative = "Magistrátu města \(place)"
            return
        }
        switch abbreviation.prefix(2) {
        case "KU":
            let region = Self.genitive(ofRegion: place)
            name = "Krajský úřad \(region)"
            dative = "Krajskému úřadu \(region)"
        case "MU":
            name = "Městský úřad \(place)"
            dative = "Městskému úřadu \(place)"
        case "UM":
            name = "Úřad městyse \(place)"
            dative = "Úřadu městyse \(place)"
        case "OU":
            name = "Obecní úřad \(place)"
            dative = "Obecnímu úřadu \(place)"
        default:
            name = "Úřad obce \(place)"
            dative = "úřadu obce \(place)"
        }
    }

    /// § 4(1) of act 128/2000, without the capital.
    private static let statutoryCities: Set = [
        "Kladno", "České Budějovice", "Plzeň", "Karlovy Vary", "Ústí nad Labem", "Liberec", "Hradec Králové",
        "Pardubice", "Jihlava", "Brno", "Zlín", "Olomouc", "Přerov", "Chomutov", "Děčín", "Frýdek-Místek",
        "Ostrava", "Opava", "Havířov", "Most", "Teplice", "Karviná", "Mladá Boleslav", "Prostějov", "Třinec",
        "Jablonec nad Nisou",
    ]

    /// The register calls a region by its authority: `Krajský úřad Libereckého kraje`.
    private static func genitive(ofRegion name: String) -> String {
        if name.hasPrefix("Krajský úřad ") { return String(name.dropFirst(13)) }
        if name.hasSuffix("ý kraj") { return "\(name.dropLast(6))ého kraje" }
        if name.hasPrefix("Kraj ") { return "Kraje \(name.dropFirst(5))" }
        return name
    }
}

extension OfficeCatalogue {
    /// Where appeals against the decisions of a municipality go (§ 67(1)(a) of act 129/2000).
    var appeals: String {
        let region = offices.first { $0.tenant.rawValue.hasPrefix("k_") }
        return region.map { "ke \(Authority(of: $0.label, abbreviation: "KU").dative)" }
            ?? "ke krajskému úřadu"
    }
}

extension Document {
    /// Who wrote it, as a verdict names them (§ 18(2) of act 500/2004); what is not known is left to be filled.
    func party(withGaps: Bool = true) -> String {
        let name = sender ?? ""
        guard !name.isEmpty, senderKind != .anonymous else {
            return withGaps ? "[účastník]" : "neznámý podatel"
        }
        func told(_ word: String, _ text: String?, _ gap: String) -> String? {
            if let text, !text.isEmpty { return "\(word) \(text)" }
            return withGaps ? "\(word) [\(gap)]" : nil
        }
        let particulars: [String?] =
            switch senderKind {
            case .legalPerson:
                [told("IČO", senderICO, "IČO"), told("se sídlem", senderAddress, "adresa")]
            case .entrepreneur:
                [
                    senderBirthDate.map { "nar. \($0.czechShort)" }, told("IČO", senderICO, "IČO"),
                    told("se sídlem", senderAddress, "adresa"),
                ]
            default:
                [
                    told("nar.", senderBirthDate?.czechShort, "datum narození"),
                    told("bytem", senderAddress, "adresa"),
                ]
            }
        return ([name] + particulars.compactMap { $0 }).joined(separator: ", ")
    }
}
