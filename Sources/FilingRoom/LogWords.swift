import Foundation
import Office
import Records

extension HistoryLine {
    /// `services` are those whose codes stand in the log.
    init(_ line: LogLine, _ people: [ClerkLine], _ services: [PublicService] = []) {
        let who = UUID(uuidString: line.actor).map { id in
            people.first { $0.clerk.userID == id }?.clerk.name ?? "někdo, kdo už v úřadu není"
        }
        self.init(
            number: line.number,
            object: line.czechObject(people),
            link: line.objectLink,
            at: line.at.czech,
            act: line.czechAct,
            who: line.act == "invited head" ? "správa kraje" : who ?? "systém",
            detail: line.czechDetail(services)
        )
    }
}

extension LogLine {
    func czechObject(_ people: [ClerkLine]) -> String {
        switch objectKind {
        case "document": "dokument"
        case "case file": "spis"
        case "person": "jmenný rejstřík"
        case "clerk":
            // Of an invitation the clerk is who invited; who was invited is not one yet, and stands in the detail.
            ["invited", "invited head", "withdrew invitation"].contains(act)
                ? "úředník" : people.first { $0.clerk.userID == objectID }?.clerk.name ?? "úředník"
        case "office": "údaje úřadu"
        case "checklist": "převzetí úřadu"
        case "notice": "vývěska"
        case "routing rule": "směrování"
        case "form": "formulář"
        case "receivable": "pohledávka"
        case "entry": "účetní zápis"
        case "period": "účetní období"
        case "account": "účet"
        default: objectKind
        }
    }

    var objectLink: String {
        let id = objectID.uuidString.lowercased()
        return switch objectKind {
        case "document": "/spisovna/dokument/\(id)"
        case "case file": "/spisovna/spis/\(id)"
        // Of a search it is who searched.
        case "person" where act != "searched": "/spisovna/osoby/\(id)"
        default: ""
        }
    }

    /// The act as people of the office read it.
    var czechAct: String { Self.acts[act] ?? act }

    private static let acts = [
        "registered": "zapsáno do deníku", "took over": "převzato", "assigned": "přiděleno",
        "confirmed": "potvrzeno", "classified": "zařazeno do plánu", "made out": "vyhotoveno",
        "dispatched": "vypraveno", "delivered": "doručeno", "returned": "vrátilo se nedoručené",
        "resumed": "doplněno, lhůta běží", "extended": "lhůta prodloužena", "reclassified": "změněn režim",
        "renamed": "přejmenováno", "moved": "přesunuto do jiného spisu", "settled": "vyřízeno",
        "referred": "postoupeno", "closed": "uzavřeno", "closed by record": "uzavřeno záznamem, nepotvrzeno",
        "prescribed fee": "předepsán poplatek", "drafted notice": "připraveno k vyvěšení",
        "discarded notice": "koncept oznámení pro úřední desku zahozen",
        "posted": "vyvěšeno na desce", "taken down": "sejmuto z desky", "viewed": "zobrazeno",
        "searched": "hledáno", "invited": "pozvání", "invited head": "pozvání vedoucího", "added": "přidáno",
        "withdrew invitation": "pozvánka vzata zpět",
        "joined": "vstup do úřadu", "admitted": "přístup vrácen",
        "dismissed": "přístup odebrán", "set absence": "nepřítomnost", "set roles": "změna rolí",
        "changed": "změněno", "ticked": "odškrtnutý krok", "unticked": "krok vrácen mezi nehotové",
        "routed": "změněno směrování",
        "drafted": "rozepsáno", "edited": "upraveno", "booked": "zaúčtováno", "reversed": "stornováno",
        "locked period": "uzavřené období", "paid": "zaplaceno", "switched on": "zapnuto",
        "switched off": "vypnuto", "discarded": "zahozeno", "withdrew": "staženo", "took down": "sejmuto",
        "published": "zveřejněno", "prescribed": "předepsáno", "offered": "nabídnuto lidem",
        "left out": "už se nenabízí", "locked": "uzavřeno období", "attached": "přidána příloha",
        "cancelled": "zrušeno vyhotovení", "in force": "vyznačena právní moc", "reopened": "znovu otevřeno",
        "cancelled fee": "zrušen předpis poplatku", "changed draft": "upraven návrh",
        "changed look": "změněn vzhled", "abandoned": "upuštěno od doručení",
    ]

    func czechDetail(_ services: [PublicService]) -> String {
        switch (objectKind, act) {
        case ("form", _): form(services)
        case (_, "routed"): routed(services)
        case ("office", "changed"):
            detail.split(separator: " ").compactMap { Self.particulars[String($0)] }.joined(separator: ", ")
        case (_, "changed look"): look
        case ("notice", "posted"): posted
        default: czechDetail
        }
    }

    private var czechDetail: String {
        switch act {
        case "ticked", "unticked": HandOver.title(of: detail) ?? detail
        case "confirmed": ConfirmationMeans(rawValue: detail)?.czech ?? detail
        case "settled": SettlingWay(rawValue: detail)?.czech ?? detail
        case "in force": inForce
        case "prescribed fee", "cancelled fee": Int(detail).map { Money(hellers: $0).czech } ?? detail
        case "resumed": Day(detail).map { "do \($0.czechShort)" } ?? ""
        case "extended":
            detail.split(separator: " ").first.flatMap { Day(String($0)) }
                .map { "do \($0.czechShort)" } ?? detail
        case "reclassified":
            detail.split(separator: " ").compactMap { Regime(rawValue: String($0))?.czech }
                .joined(separator: " → ")
        case "delivered": delivered
        case "set absence": absence
        // The other office is named in the case file; its code says nothing to people.
        case "referred": detail.split(separator: " ").prefix(2).joined(separator: " ")
        case "made out": madeOut
        case "joined", "invited", "withdrew invitation", "set roles": roles
        case "paid", "prescribed": "variabilní symbol \(detail)"
        case "dispatched":
            DispatchMeans.allCases.reduce(detail) { text, means in
                text.hasSuffix(" \(means.rawValue)")
                    ? text.dropLast(means.rawValue.count) + means.czech : text
            }
        default: detail.split(separator: " ").compactMap { Self.word(String($0)) }.joined(separator: " ")
        }
    }

    /// Days as people write them, of a digest its beginning, and nothing of what only a program reads.
    private static func word(_ text: String) -> String? {
        if let day = Day(text) { return day.czechShort }
        if text == "corrects" { return "oprava dřívější vývěsky" }
        if UUID(uuidString: text) != nil { return nil }
        return isDigest(text) ? "otisk \(text.cut(8))…" : text
    }

    private static func isDigest(_ text: String) -> Bool {
        text.utf8.count == 64 && text.allSatisfy(\.isHexDigit)
    }

    /// Whom it concerns, where nobody's id could say it, and as what.
    private var roles: String {
        let words = detail.split(separator: " ").map(String.init)
        let names = words.filter { !$0.contains("@") }.map { Role(rawValue: $0)?.czech ?? $0 }
        let address = words.first { $0.contains("@") }
        return [address, names.joined(separator: ", ")].compactMap { $0 }.filter { !$0.isEmpty }
            .joined(separator: ": ")
    }

    private func form(_ services: [PublicService]) -> String {
        let words = detail.split(separator: " ").map(String.init)
        guard let code = words.first else { return detail }
        let name = services.first { $0.code == code }?.name ?? code
        return "„\(name)“" + (words.count > 1 ? ", verze \(words[1])" : "")
    }

    private func routed(_ services: [PublicService]) -> String {
        let words = detail.split(separator: " ").map(String.init)
        guard words.count == 2 else { return detail }
        let name = services.first { $0.code == words[0] }?.name ?? words[0]
        return "„\(name)“ dostane \(Role(rawValue: words[1])?.czech ?? words[1])"
    }

    /// The digests say for good what hung there.
    private var posted: String {
        let words = detail.replacing("until replaced", with: "replaced").split(separator: " ").map(
            String.init
        )
        guard words.count > 1, let from = Day(words[0]) else { return detail }
        let until = Day(words[1]).map { "do \($0.czechShort)" } ?? "do nahrazení"
        return ["od \(from.czechShort)", until].joined(separator: " ")
            + words.dropFirst(2).compactMap { Self.word($0) }.map { ", \($0)" }.joined()
    }

    /// From when, and why with its proof.
    private var inForce: String {
        let parts = detail.split(separator: " ", maxSplits: 2).map(String.init)
        guard let from = parts.first.flatMap({ Day($0) }) else { return detail }
        let why = parts.dropFirst().first.flatMap { ForceGround(rawValue: $0)?.czech }
        return (["od \(from.czechShort)", why].compactMap { $0 } + parts.dropFirst(2)).joined(separator: ", ")
    }

    private var look: String {
        let words = detail.split(separator: " ").map(String.init)
        let accent = words.first.flatMap { Accent(rawValue: $0)?.czech } ?? detail
        let arms = words.count > 1 ? "znak obce, otisk \(words[1].cut(8))…" : "bez znaku"
        return "barva \(accent), \(arms)"
    }

    private static let particulars = [
        "ico": "IČO", "street": "ulice", "place": "obec", "postcode": "PSČ", "hours": "úřední hodiny",
        "email": "e-mail", "phone": "telefon", "dataBox": "datová schránka",
        "acceptedFormats": "přijímané formáty", "carriers": "nosiče dat", "bankAccount": "číslo účtu",
    ]

    private var absence: String {
        let days = detail.split(separator: " ").compactMap { Day(String($0)) }
        guard let from = days.first else { return "je zpět" }
        return "od \(from.czechShort)" + (days.count > 1 ? " do \(days[1].czechShort)" : "")
    }

    /// Of a digest its beginning; the whole stands on the card of the document.
    private var madeOut: String {
        let parts = detail.split(separator: " ").map(String.init)
        guard let digest = parts.last, digest.utf8.count == 64 else { return detail }
        return "\(parts.dropLast().joined(separator: " ")), otisk \(digest.cut(16))…"
    }

    private var delivered: String {
        let parts = detail.split(separator: " ", maxSplits: 2).map(String.init)
        guard parts.count >= 2, let way = DeliveryWay(rawValue: parts[0]), let day = Day(parts[1]) else {
            return detail
        }
        return "\(day.czechShort) \(way.czech)" + (parts.count > 2 ? " (\(parts[2]))" : "")
    }
}
