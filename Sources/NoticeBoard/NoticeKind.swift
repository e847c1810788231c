import Office

/// Kinds of notices, as far as the law tells them apart (state of knowledge: November 2026).
enum NoticeKind: String, Sendable, CaseIterable, Codable {
    case publicDecree = "public_decree"
    case service
    case measureDraft = "measure_draft"
    case measure
    case councilMeeting = "council_meeting"
    case minutes
    case saleIntent = "sale_intent"
    case budgetDraft = "budget_draft"
    case budgetApproved = "budget_approved"
    case budgetAmendment = "budget_amendment"
    case grantProgramme = "grant_programme"
    case grantContract = "grant_contract"
    case auction
    case election
    case other
    case decree
    case news

    var czech: String {
        switch self {
        case .publicDecree: "veřejná vyhláška"
        case .service: "oznámení o možnosti převzít písemnost"
        case .measureDraft: "návrh opatření obecné povahy"
        case .measure: "opatření obecné povahy"
        case .councilMeeting: "zasedání zastupitelstva"
        case .minutes: "zápis nebo usnesení"
        case .saleIntent: "záměr prodeje, směny nebo pronájmu"
        case .budgetDraft: "návrh rozpočtu nebo závěrečného účtu"
        case .budgetApproved: "schválený rozpočet nebo závěrečný účet"
        case .budgetAmendment: "rozpočtové opatření"
        case .grantProgramme: "dotační program"
        case .grantContract: "veřejnoprávní smlouva o dotaci"
        case .auction: "dražební vyhláška"
        case .election: "volby"
        case .other: "jiné oznámení"
        case .decree: "vyhláška nebo nařízení obce"
        case .news: "aktualita"
        }
    }

    /// Its name in an address.
    var slug: String { Slug.of(czech) }

    init?(slug: String) {
        guard let kind = Self.allCases.first(where: { $0.slug == slug }) else { return nil }
        self = kind
    }

    /// How long it has to hang, without the day of posting.
    enum Stay: Sendable, Equatable {
        /// The law gives no period.
        case free
        case days(Int)
        case years(Int)
        /// The days given, and in any case up to and with the day of the event.
        case throughEvent(days: Int)
        /// Until a newer one takes its place.
        case untilReplaced
    }

    /// How its posting stands to the event it is about.
    enum Timing: Sendable, Equatable {
        case none
        /// The event comes at the earliest so many days after the day of posting.
        case ahead(days: Int)
        /// So many whole days must have passed before the day of the event.
        case wholeDaysBefore(Int)
        /// The event has not passed.
        case notPast
        /// The event was, and this comes at the latest so many days after it; late is still better than never.
        case within(days: Int)
        /// The event is only told, such as the day from which a decree is in force.
        case told
    }

    var stay: Stay {
        switch self {
        case .publicDecree, .service, .measureDraft, .measure, .saleIntent: .days(15)
        case .councilMeeting: .throughEvent(days: 7)
        case .budgetDraft: .throughEvent(days: 15)
        // It names the day of the auction (§ 336b(2)(a) of act 99/1963), and invites people until then.
        case .auction: .throughEvent(days: 0)
        case .budgetApproved, .budgetAmendment, .decree: .untilReplaced
        case .grantProgramme: .days(90)
        case .grantContract: .years(3)
        case .minutes, .election, .other, .news: .free
        }
    }

    var timing: Timing {
        switch self {
        case .councilMeeting: .ahead(days: 7)
        case .saleIntent, .budgetDraft: .wholeDaysBefore(15)
        case .grantProgramme: .ahead(days: 30)
        case .budgetApproved, .budgetAmendment, .grantContract: .within(days: 30)
        case .auction: .notPast
        case .decree: .told
        default: .none
        }
    }

    /// The provision behind stay and timing.
    var law: String {
        switch self {
        case .publicDecree, .service: "§ 25 odst. 2 zákona č. 500/2004 Sb."
        case .measureDraft: "§ 172 odst. 1 zákona č. 500/2004 Sb."
        case .measure: "§ 173 odst. 1 zákona č. 500/2004 Sb."
        case .councilMeeting: "§ 93 odst. 1 zákona č. 128/2000 Sb."
        case .saleIntent: "§ 39 odst. 1 zákona č. 128/2000 Sb."
        case .budgetDraft: "§ 11 odst. 3 a § 17 odst. 6 zákona č. 250/2000 Sb."
        case .budgetApproved: "§ 11 odst. 4 a § 17 odst. 8 zákona č. 250/2000 Sb."
        case .budgetAmendment: "§ 16 odst. 5 zákona č. 250/2000 Sb."
        case .grantProgramme: "§ 10c zákona č. 250/2000 Sb."
        case .grantContract: "§ 10d zákona č. 250/2000 Sb."
        case .decree: "vyhlašuje se ve Sbírce předpisů podle zákona č. 35/2021 Sb."
        case .auction: "dražební vyhláška podle exekučního, občanského soudního nebo daňového řádu"
        case .election: "zákon č. 88/2024 Sb., o správě voleb, a volební zákony"
        case .minutes, .news, .other: "zákon o obcích ani správní řád lhůtu nestanoví"
        }
    }

    /// The provision in brackets, where it is one that gives the period.
    var cited: String {
        [.auction, .minutes, .news, .other].contains(self) ? "" : " (\(law))"
    }

    /// Stay and timing in one sentence, for whoever chooses the kind.
    var rule: String {
        let hangs =
            switch stay {
            case .throughEvent where self == .auction:
                "do konce dne dražby, nebo déle, žádá-li to ten, kdo ji nařídil"
            case .free where self == .election: "jak dlouho a kdy, určují volební předpisy"
            case .free: "dobu si určí úřad"
            case .days(let days): "nejméně \(days) dnů"
            case .years(let years): "nejméně \(years) roky"
            case .throughEvent(let days): "nejméně \(days) dnů a do konce dne jednání"
            case .untilReplaced: "dokud je nenahradí novější"
            }
        let bound =
            switch timing {
            case .none, .told, .notPast: ""
            case .ahead(let days): ", vyvěsit nejméně \(days) dnů předem"
            case .wholeDaysBefore(let days): ", rozhodovat lze až po uplynutí \(days) dnů"
            case .within(let days): ", vyvěsit do \(days) dnů"
            }
        return "\(hangs)\(bound) (\(law))"
    }

    /// What the day of the event is called; nil where the kind has none.
    var eventName: String? {
        switch self {
        case .councilMeeting: "den zasedání"
        case .saleIntent: "den rozhodnutí orgánu obce"
        case .budgetDraft: "den projednání"
        case .budgetApproved, .budgetAmendment: "den schválení"
        case .grantProgramme: "první den pro podání žádostí"
        case .grantContract: "den uzavření smlouvy"
        case .auction: "den dražby"
        case .decree: "den účinnosti"
        default: nil
        }
    }

    /// Whether it can be posted only with the day of its event.
    var needsEvent: Bool { eventName != nil && timing != .told }

    /// What to write into the field of the day, for whoever chose this kind.
    var eventAsk: String {
        guard let eventName else { return "U vybraného druhu den nevyplňujte." }
        return "Vyplňte \(eventName)\(needsEvent ? "" : " (nepovinné)")."
    }

    /// The same for whoever has yet to choose.
    static var eventAsks: String {
        let asks = allCases.compactMap { kind in
            kind.eventName.map { "\(kind.czech): \($0)\(kind.needsEvent ? "" : " (nepovinné)")" }
        }
        return "Vyplňte u těchto druhů. \(asks.joined(separator: "; ").atStart). U ostatních nechte prázdné."
    }

    /// Written to particular people, so text and files are withheld once it came down.
    var namesPeople: Bool { [.publicDecree, .service, .auction].contains(self) }

    /// Stands on the board in the sense of § 26 of act 500/2004; decrees and news only beside it.
    var isOfficial: Bool { self != .news && self != .decree }
}
