import Foundation
import Office
import Records

extension HistoryLine {
    init(_ line: LogLine, _ people: [ClerkLine]) {
        let who = UUID(uuidString: line.actor).map { id in
            people.first { $0.clerk.userID == id }?.clerk.name ?? "někdo, kdo už v úřadu není"
        }
        self.init(
            number: line.number,
            object: line.czechObject(people),
            link: line.objectLink,
            at: line.at.czech,
            act: line.czechAct,
            who: who ?? "systém",
            detail: line.czechDetail
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
            // Of an invitation the clerk is who invited; who was invited is not one yet.
            ["invited", "withdrew invitation"].contains(act)
                ? "úředník" : people.first { $0.clerk.userID == objectID }?.clerk.name ?? "úředník"
        case "office": "údaje úřadu"
        case "checklist": "převzetí úřadu"
        case "notice": "vývěska"
        case "routing rule": "směrování"
        case "form": "formulář"
        case "receivable": "pohledávka"
        case "entry": "účetní zápis"
        case "period": "účetní období"
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
        "posted": "vyvěšeno na desce", "taken down": "sejmuto z desky", "viewed": "zobrazeno",
        "searched": "hledáno", "invited": "pozvání", "withdrew invitation": "pozvánka vzata zpět",
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

    var czechDetail: String {
        switch act {
        case "ticked", "unticked": HandOver.title(of: detail) ?? detail
        case "confirmed": ConfirmationMeans(rawValue: detail)?.czech ?? detail
        case "settled": SettlingWay(rawValue: detail)?.czech ?? detail
        case "in force":
            detail.split(separator: " ").first.flatMap { Day(String($0)) }
                .map { "od \($0.czechShort)" } ?? detail
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
        case "joined", "invited", "withdrew invitation", "set roles":
            detail.split(separator: " ").map { Role(rawValue: String($0))?.czech ?? String($0) }
                .joined(separator: ", ")
        case "dispatched":
            DispatchMeans.allCases.reduce(detail) { text, means in
                text.hasSuffix(" \(means.rawValue)")
                    ? text.dropLast(means.rawValue.count) + means.czech : text
            }
        default: detail
        }
    }

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
