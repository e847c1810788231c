import Foundation
import Office

/// The demo region: which offices are hosted, who works there, and what lies on their desks.
///
/// Its people are invented.
enum DemoPlan {
    struct Person {
        let name: String
        let email: String
        let title: String
        let roles: [Role]
    }

    struct Office {
        let code: String
        let hasFilingRoom: Bool
        let people: [Person]
        let hours: String
        let street: String
    }

    static let administrator = Person(
        name: "Alena Ukázková",
        email: "spravce@kraj.ukazka.cz",
        title: "",
        roles: []
    )
    static let citizen = Person(name: "Jana Vymyšlená", email: "obcanka@ukazka.cz", title: "", roles: [])

    private static func village(
        _ code: String,
        _ short: String,
        _ head: String,
        _ clerk: String,
        _ street: String
    )
        -> Office
    {
        Office(
            code: code,
            hasFilingRoom: true,
            people: [
                Person(name: head, email: "starosta@\(short).ukazka.cz", title: "starosta", roles: [.head]),
                Person(
                    name: clerk,
                    email: "urad@\(short).ukazka.cz",
                    title: "referentka",
                    roles: [.clerk, .registryClerk, .feeClerk]
                ),
                Person(
                    name: "Eva Účetní",
                    email: "ucetni@\(short).ukazka.cz",
                    title: "účetní",
                    roles: [.accountant]
                ),
            ],
            hours: "středa 16:00–18:00\na po domluvě (ukázkový údaj)",
            street: street
        )
    }

    static let offices: [Office] = [
        village("546631", "bilypotok", "Petr Smyšlený", "Marie Ukázková", "ukázková ulice 1"),
        village("564079", "hornirasnice", "Karel Příkladný", "Ludmila Vzorná", "ukázková ulice 2"),
        village("546607", "detrichov", "Josef Vzorový", "Hana Smyšlená", "ukázková ulice 3"),
        village("514161", "luka", "Tomáš Ukázkový", "Věra Příkladná", "ukázková ulice 4"),
        Office(
            code: "564028",
            hasFilingRoom: false,
            people: [
                Person(
                    name: "Dana Městská",
                    email: "tajemnice@frydlant.ukazka.cz",
                    title: "tajemnice",
                    roles: [.head]
                )
            ],
            hours: "pondělí a středa 8:00–17:00 (ukázkový údaj)",
            street: "ukázkové náměstí 5"
        ),
        Office(
            code: "78",
            hasFilingRoom: false,
            people: [
                Person(name: "Pavel Krajský", email: "urad@kraj.ukazka.cz", title: "ředitel", roles: [.head])
            ],
            hours: "pondělí a středa 8:00–17:00 (ukázkový údaj)",
            street: "ukázková třída 6"
        ),
    ]

    /// An account number that passes the check of the bank's own rule, and belongs to nobody here.
    static let bankAccount = "19-2000145399/0800"

    static let dog = """
        {"ukon": "vznik", "osoba": "FO", "jmeno": "Jana", "prijmeni": "Vymyšlená", "narozeni": "1961-04-12",
         "pobyt": {"obec": "546631", "ulice": "č. p. 12"}, "jmeno-psa": "Brok", "plemeno": "jezevčík",
         "narozeni-psa": "2025-05-01", "od": "2025-08-01", "dalsi": "prvni", "nad65": "ne",
         "email": "obcanka@ukazka.cz"}
        """
    static let fault = """
        {"druh": "osvetleni", "predmet": "Nesvítí lampa u zastávky (ukázka)",
         "popis": "Od soboty nesvítí.", "misto": {"obec": "546631"}, "upresneni": "u autobusové zastávky"}
        """
    static let general = """
        {"osoba": "FO", "jmeno": "Jan", "prijmeni": "Smyšlený", "narozeni": "1975-02-03",
         "pobyt": {"obec": "546631", "ulice": "č. p. 40"}, "predmet": "Dotaz k hřbitovu (ukázka)",
         "obsah": "Prosím o sdělení, jak prodloužit nájem hrobového místa.", "email": "obcanka@ukazka.cz"}
        """
}
