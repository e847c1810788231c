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
        var notices: [Notice] = []
        /// Forms and their answers as JSON.
        var submissions: [(form: String, answers: String)] = []
        var entries: [Entry] = []
        var accent = Accent.blue
    }

    struct Notice {
        let title: String
        let kind: String
        let body: String
        var daysToEvent: Int?
    }

    /// Of two lines in the journal.
    struct Entry {
        let text: String
        let debit: String
        let credit: String
        let crowns: Int
        let item: String
        var paragraph = ""
        var document = ""
        var party = ""
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

    private static let meeting = Notice(
        title: "Zasedání zastupitelstva",
        kind: "council_meeting",
        body: "Zasedání se koná v 18 hodin na obecním úřadě.",
        daysToEvent: 20
    )
    private static let waste = Notice(
        title: "Svoz bioodpadu v zimě",
        kind: "news",
        body: "Od prosince do února se bioodpad nesváží."
    )
    private static let subsidy = Entry(
        text: "Příspěvek na výkon státní správy",
        debit: "231",
        credit: "672",
        crowns: 82_400,
        item: "4112",
        paragraph: "0000",
        document: "výpis 11/1",
        party: "Liberecký kraj"
    )
    private static let power = Entry(
        text: "Elektřina obecního úřadu",
        debit: "502",
        credit: "321",
        crowns: 6_310,
        item: "",
        document: "FV 2611004",
        party: "Dodavatel elektřiny (smyšlený)"
    )
    private static let powerPaid = Entry(
        text: "Úhrada faktury za elektřinu",
        debit: "321",
        credit: "231",
        crowns: 6_310,
        item: "5154",
        paragraph: "6171",
        document: "výpis 11/2",
        party: "Dodavatel elektřiny (smyšlený)"
    )

    static let offices: [Office] = [
        filled(
            village("546631", "bilypotok", "Petr Smyšlený", "Marie Ukázková", "ukázková ulice 1"),
            notices: [meeting, waste],
            submissions: [
                ("pes-ohlaseni", dog("546631", name: "Brok", breed: "jezevčík")),
                ("zavada", fault("546631", "Nesvítí lampa u zastávky", "Od soboty nesvítí.")),
                (
                    "obecne-podani",
                    general("546631", "Dotaz k hřbitovu", "Prosím o sdělení, jak prodloužit nájem hrobu.")
                ),
            ],
            entries: [subsidy, power, powerPaid],
            accent: .green
        ),
        filled(
            village("564079", "hornirasnice", "Karel Příkladný", "Ludmila Vzorná", "ukázková ulice 2"),
            notices: [
                meeting,
                Notice(
                    title: "Záměr pronájmu pozemku u hřiště",
                    kind: "sale_intent",
                    body: "Obec zamýšlí pronajmout část pozemku o výměře 120 m².",
                    daysToEvent: 25
                ),
            ],
            submissions: [
                ("pes-ohlaseni", dog("564079", part: "43991", name: "Rek", breed: "ovčák")),
                ("zavada", fault("564079", part: "43991", "Výmol u kapličky", "V zatáčce je hluboký výmol.")),
            ],
            entries: [
                subsidy,
                Entry(
                    text: "Oprava cesty",
                    debit: "511",
                    credit: "321",
                    crowns: 18_900,
                    item: "",
                    document: "FV 2611005"
                ),
            ],
            accent: .red
        ),
        filled(
            village("546607", "detrichov", "Josef Vzorový", "Hana Smyšlená", "ukázková ulice 3"),
            notices: [
                Notice(
                    title: "Odečet vodoměrů",
                    kind: "news",
                    body: "Odečty proběhnou v první polovině prosince."
                ), waste,
            ],
            submissions: [
                ("pes-ohlaseni", dog("546607", name: "Míša", breed: "kříženec")),
                (
                    "obecne-podani",
                    general("546607", "Žádost o umístění lavičky", "Prosím o lavičku u autobusové zastávky.")
                ),
            ],
            entries: [
                power,
                Entry(
                    text: "Kancelářské potřeby",
                    debit: "501",
                    credit: "321",
                    crowns: 1_240,
                    item: "",
                    document: "FV 2611006"
                ),
            ]
        ),
        filled(
            village("514161", "luka", "Tomáš Ukázkový", "Věra Příkladná", "ukázková ulice 4"),
            notices: [
                meeting,
                Notice(
                    title: "Prořezávka lip na návsi",
                    kind: "other",
                    body: "V pondělí bude omezen vjezd na náves."
                ),
            ],
            submissions: [
                ("pes-ohlaseni", dog("514161", part: "88641", name: "Ťapka", breed: "teriér")),
                (
                    "zavada",
                    fault("514161", part: "88641", "Přeplněný kontejner na sklo", "Sklo leží vedle nádoby.")
                ),
            ],
            entries: [subsidy, power],
            accent: .gold
        ),
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
            street: "ukázkové náměstí 5",
            notices: [
                Notice(
                    title: "Uzavírka náměstí",
                    kind: "other",
                    body: "Kvůli vánočním trhům bude náměstí uzavřeno."
                )
            ],
            submissions: [
                (
                    "obecne-podani",
                    general(
                        "546631",
                        "Dotaz k rybářskému lístku",
                        "Prosím o sdělení, co mám přinést s sebou."
                    )
                )
            ]
        ),
        Office(
            code: "78",
            hasFilingRoom: false,
            people: [
                Person(name: "Pavel Krajský", email: "urad@kraj.ukazka.cz", title: "ředitel", roles: [.head])
            ],
            hours: "pondělí a středa 8:00–17:00 (ukázkový údaj)",
            street: "ukázková třída 6",
            notices: [
                Notice(
                    title: "Seminář pro obce k novým formulářům",
                    kind: "news",
                    body: "Koná se v sále zastupitelstva."
                )
            ],
            submissions: [
                (
                    "obecne-podani",
                    general("564028", "Dotaz k dotačnímu programu", "Prosím o termín vyhlášení programu.")
                )
            ]
        ),
    ]

    private static func filled(
        _ office: Office,
        notices: [Notice],
        submissions: [(form: String, answers: String)],
        entries: [Entry],
        accent: Accent = .blue
    ) -> Office {
        var office = office
        office.notices = notices
        office.submissions = submissions
        office.entries = entries
        office.accent = accent
        return office
    }

    /// Where the regional office sits; the register knows no place of it.
    static let seat = "Liberec"
    static let seatPostcode = "46001"
    /// An account number that passes the check of the bank's own rule, and belongs to nobody here.
    static let bankAccount = "19-2000145399/0800"
    /// Passes its check digit and belongs to nobody, so that the board can be given as open data.
    static let ico = "00000019"

    /// A municipality of several parts needs one of them.
    private static func place(_ code: String, _ part: String?, street: String? = nil) -> String {
        let parts = [
            "\"obec\": \"\(code)\"", part.map { "\"cast\": \"\($0)\"" },
            street.map { "\"ulice\": \"\($0)\"" },
        ]
        return "{\(parts.compactMap { $0 }.joined(separator: ", "))}"
    }

    private static func dog(_ code: String, part: String? = nil, name: String, breed: String) -> String {
        """
        {"ukon": "vznik", "osoba": "FO", "jmeno": "Jana", "prijmeni": "Vymyšlená", "narozeni": "1961-04-12",
         "pobyt": \(place(code, part, street: "č. p. 12")), "jmeno-psa": "\(name)", "plemeno": "\(breed)",
         "narozeni-psa": "2025-05-01", "od": "2025-08-01", "dalsi": "prvni", "nad65": "ne",
         "email": "obcanka@ukazka.cz"}
        """
    }

    private static func fault(_ code: String, part: String? = nil, _ subject: String, _ text: String)
        -> String
    {
        """
        {"druh": "osvetleni", "predmet": "\(subject) (ukázka)", "popis": "\(text)",
         "misto": \(place(code, part)), "upresneni": "u autobusové zastávky"}
        """
    }

    private static func general(_ code: String, _ subject: String, _ text: String) -> String {
        """
        {"osoba": "FO", "jmeno": "Jan", "prijmeni": "Smyšlený", "narozeni": "1975-02-03",
         "pobyt": \(place(code, partOfTown[code], street: "č. p. 40")), "predmet": "\(subject) (ukázka)",
         "obsah": "\(text)", "email": "obcanka@ukazka.cz"}
        """
    }

    /// Where the demo's people live in a municipality of several parts.
    private static let partOfTown = ["564028": "408379"]
}
