import Office
import Records

/// What the head of an office goes through when taking it over.
enum HandOver {
    struct Step: Sendable {
        let code: String
        let title: String
        let why: String
        let link: String
    }

    static let steps: [Step] = [
        Step(
            code: "receipt",
            title: "Pravidla příjmu podání",
            why:
                "Adresa, formáty a nosiče dat, které přijímáte: zveřejňují se (§ 2 odst. 3 vyhlášky č. 259/2012 Sb.).",
            link: "/nastaveni/urad"
        ),
        Step(
            code: "hours",
            title: "Úřední hodiny a kontakty",
            why: "Lidé je najdou na úvodní stránce.",
            link: "/nastaveni/urad#hours"
        ),
        Step(
            code: "data-box",
            title: "Datová schránka",
            why: "Uveďte ji; příjem a odesílání datovkou přijde v dalších verzích.",
            link: "/nastaveni/urad#dataBox"
        ),
        Step(
            code: "plan",
            title: "Spisový plán archivu",
            why: "Plán ze šablony pošlete příslušnému archivu ke schválení (§ 66 zákona č. 499/2004 Sb.).",
            link: "/nastaveni/plan"
        ),
        Step(
            code: "clerks",
            title: "Úředníci a zástupy",
            why: "Pozvěte všechny, kdo budou v úřadu pracovat.",
            link: "/nastaveni/lide"
        ),
        Step(
            code: "forms",
            title: "Formuláře",
            why: "Vypněte ty, které obec nepotřebuje.",
            link: "/nastaveni/formulare"
        ),
        Step(
            code: "look",
            title: "Vzhled stránek",
            why: "Podívejte se, jak úřad vidí lidé.",
            link: "/"
        ),
    ]
}

extension HandOver {
    /// What the office has said already, or what is missing.
    static func found(_ step: String, _ profile: OfficeProfile, _ people: [ClerkLine]) -> String {
        func missing(_ text: String, _ what: String) -> String? { text.isEmpty ? what : nil }
        let gaps: [String?] =
            switch step {
            case "receipt":
                [
                    missing(profile.street, "adresa"), missing(profile.acceptedFormats, "přijímané formáty"),
                    missing(profile.carriers, "nosiče dat"),
                ]
            case "hours":
                [
                    missing(profile.hours, "úřední hodiny"), missing(profile.email, "e-mail podatelny"),
                    missing(profile.phone, "telefon"),
                ]
            case "data-box": [missing(profile.dataBox, "datová schránka")]
            default: []
            }
        let named = gaps.compactMap { $0 }
        if !named.isEmpty { return "Chybí: \(named.joined(separator: ", "))." }
        if step == "clerks" {
            let active = people.filter(\.isActive)
            let isUncovered = !active.contains {
                $0.clerk.may(.handleFees) && !$0.clerk.roles.contains(.head)
            }
            return "V úřadu má přístup \(active.count) lidí."
                + (isUncovered ? " Správcem poplatků je zatím jen vedoucí úřadu." : "")
        }
        return ""
    }
}
