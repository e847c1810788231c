import Foundation
import Office
import Records

/// What the head of an office goes through when taking it over.
enum HandOver {
    struct Step: Sendable {
        let code: String
        let title: String
        let why: String
        let link: String
        /// The room without which there is nothing to do.
        var room: String?
    }

    /// Those of an office with these rooms.
    static func steps(keeping rooms: Set<String>) -> [Step] {
        all.filter { step in step.room.map { rooms.contains($0) } ?? true }
    }

    static func title(of step: String) -> String? { all.first { $0.code == step }?.title }

    private static let all: [Step] = [
        Step(
            code: "receipt",
            title: "Pravidla příjmu podání",
            why:
                "Adresa, formáty souborů a nosiče dat, které úřad přijímá. Stránky je zveřejní (§ 2 odst. 3 vyhlášky č. 259/2012 Sb.).",
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
            why:
                "Lidé ji uvidí v kontaktech. Přijímat a odesílat zprávy zatím musíte na portálu datových schránek.",
            link: "/nastaveni/urad#dataBox"
        ),
        Step(
            code: "ico",
            title: "IČO obce",
            why: "Pod IČO úřad zveřejňuje otevřená data úřední desky; bez něj je deska nevydá.",
            link: "/nastaveni/urad#ico",
            room: "NoticeBoard"
        ),
        Step(
            code: "account",
            title: "Účet pro platby",
            why: "Lidé na něj platí poplatky; bez něj nedostanou platební údaje ani QR kód.",
            link: "/nastaveni/urad#bankAccount",
            room: "Accounting"
        ),
        Step(
            code: "plan",
            title: "Spisový a skartační plán",
            why: "Vzorový plán vytiskněte a pošlete příslušnému archivu (§ 66 zákona č. 499/2004 Sb.).",
            link: "/nastaveni/plan",
            room: FilingRoutes.room
        ),
        Step(
            code: "clerks",
            title: "Úředníci a zástupy",
            why: "Pozvěte všechny, kdo budou v úřadu pracovat, a určete, kdo koho zastoupí.",
            link: "/nastaveni/lide"
        ),
        Step(
            code: "forms",
            title: "Formuláře",
            why: "Vypněte ty, které obec nepotřebuje.",
            link: "/nastaveni/formulare",
            room: "Forms"
        ),
        Step(
            code: "look",
            title: "Vzhled stránek",
            why: "Nahrajte znak obce, vyberte barvu a podívejte se, jak úřad vidí lidé.",
            link: "/nastaveni/vzhled"
        ),
    ]
}

extension HandOver {
    static func left(_ steps: Int) -> String {
        switch steps {
        case 1: "Zbývá poslední krok"
        case 2...4: "Zbývají \(steps) kroky"
        default: "Zbývá \(steps) kroků"
        }
    }

    /// What the office has said already, or what is missing.
    static func found(_ step: String, _ profile: OfficeProfile, _ people: [ClerkLine]) -> String {
        let named = gaps(step, profile)
        if !named.isEmpty { return "Chybí: \(named.joined(separator: ", "))." }
        return step == "clerks" ? found(people) : ""
    }

    /// What the office has not said yet; with it the step is not done.
    static func gaps(_ step: String, _ profile: OfficeProfile) -> [String] {
        func missing(_ text: String, _ what: String) -> String? {
            text.trimmingCharacters(in: .whitespacesAndNewlines).isEmpty ? what : nil
        }
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
            case "ico": [missing(profile.ico ?? "", "IČO")]
            case "account": [missing(profile.bankAccount, "číslo účtu")]
            default: []
            }
        return gaps.compactMap { $0 }
    }

    private static func found(_ people: [ClerkLine]) -> String {
        let active = people.filter(\.isActive)
        let isUncovered = !active.contains { $0.clerk.may(.handleFees) && !$0.clerk.roles.contains(.head) }
        let access =
            switch active.count {
            case ...1: "Přístup máte zatím jen vy."
            case 2...4: "Přístup mají \(active.count) lidé."
            default: "Přístup má \(active.count) lidí."
            }
        let unsaid = active.filter { ["", Role.head.usualFunction].contains($0.clerk.functionTitle) }.map(
            \.clerk.name
        )
        let function =
            unsaid.isEmpty
            ? ""
            : " Upřesněte funkci, která stojí na rozhodnutích (třeba starosta): \(unsaid.joined(separator: ", "))."
        return access + function + (isUncovered ? " Správcem poplatků je zatím jen vedoucí úřadu." : "")
    }
}
