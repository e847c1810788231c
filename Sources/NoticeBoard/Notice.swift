import Foundation
import Office

/// Something on the official notice board, from draft to archive.
struct Notice: Sendable, Equatable {
    let id: UUID
    let title: String
    let kind: NoticeKind
    let body: String
    let referenceNumber: String
    let caseFileID: UUID?
    let event: Day?
    let posted: Day?
    let hangsUntil: Day?
    let takenDown: Day?

    /// What people see on a day: posted, and not yet past its last day or taken down.
    func hangs(on day: Day) -> Bool {
        guard let posted, let hangsUntil else { return false }
        return posted <= day && day <= hangsUntil && takenDown == nil
    }
}

/// Kinds of notices with the shortest posting that the law asks of each.
enum NoticeKind: String, Sendable, CaseIterable, Codable {
    case publicDecree = "public_decree"
    case service
    case saleIntent = "sale_intent"
    case councilMeeting = "council_meeting"
    case budgetDraft = "budget_draft"
    case budgetApproved = "budget_approved"
    case measureDraft = "measure_draft"
    case auction
    case decree
    case news
    case other

    var czech: String {
        switch self {
        case .publicDecree: "veřejná vyhláška"
        case .service: "oznámení o možnosti převzít písemnost"
        case .saleIntent: "záměr prodeje, směny nebo pronájmu"
        case .councilMeeting: "zasedání zastupitelstva"
        case .budgetDraft: "návrh rozpočtu nebo závěrečného účtu"
        case .budgetApproved: "schválený rozpočet nebo závěrečný účet"
        case .measureDraft: "opatření obecné povahy"
        case .auction: "dražební vyhláška"
        case .decree: "vyhláška nebo nařízení obce (oznámení)"
        case .news: "aktualita"
        case .other: "jiné oznámení"
        }
    }

    var rule: PostingRule {
        switch self {
        case .publicDecree, .service:
            PostingRule(days: 15, beforeEvent: false, law: "§ 25 odst. 2 zákona č. 500/2004 Sb.")
        case .saleIntent: PostingRule(days: 15, beforeEvent: true, law: "§ 39 odst. 1 zákona č. 128/2000 Sb.")
        case .councilMeeting:
            PostingRule(days: 7, beforeEvent: true, law: "§ 93 odst. 1 zákona č. 128/2000 Sb.")
        case .budgetDraft:
            PostingRule(days: 15, beforeEvent: true, law: "§ 11 odst. 3 zákona č. 250/2000 Sb.")
        case .budgetApproved:
            PostingRule(days: 15, beforeEvent: false, law: "§ 11 odst. 4 zákona č. 250/2000 Sb.")
        case .measureDraft:
            PostingRule(days: 15, beforeEvent: false, law: "§ 172 odst. 1 zákona č. 500/2004 Sb.")
        case .auction: PostingRule(days: 15, beforeEvent: true, law: "zvláštní zákon")
        case .decree:
            PostingRule(days: 15, beforeEvent: false, law: "zvyk obce; vyhlašuje se ve Sbírce předpisů")
        case .news, .other: PostingRule(days: 1, beforeEvent: false, law: "zákon lhůtu nestanoví")
        }
    }
}

/// How long something must hang at least: the day of posting does not count (§ 40(1)(a) of act 500/2004).
struct PostingRule: Sendable, Equatable {
    let days: Int
    /// The whole period must pass before the day of the event.
    let beforeEvent: Bool
    let law: String

    /// The earliest last day: 15 days posted on 1 June hang through 16 June and come down on 17 June.
    func earliestLastDay(posted: Day) -> Day { posted + days }

    /// Throws ``BoardRefusal`` when the period is too short or ends after the event.
    func check(posted: Day, until: Day, event: Day?) throws {
        let earliest = earliestLastDay(posted: posted)
        guard until >= earliest else { throw BoardRefusal.tooShort(days, earliest, law) }
        guard beforeEvent else { return }
        guard let event else { throw BoardRefusal.eventNeeded }
        guard event - posted >= days else { throw BoardRefusal.eventTooSoon(days, law) }
    }
}

enum BoardRefusal: Refusal, Equatable {
    case tooShort(Int, Day, String)
    case eventNeeded
    case eventTooSoon(Int, String)
    case hangs
    case notHanging
    case badTitle
    case reasonNeeded
    case empty

    var kind: RefusalKind {
        switch self {
        case .hangs, .notHanging: .conflict
        default: .invalid
        }
    }

    var code: String {
        switch self {
        case .tooShort: "notice-too-short"
        case .eventNeeded: "event-needed"
        case .eventTooSoon: "event-too-soon"
        case .hangs: "notice-hangs"
        case .notHanging: "notice-not-hanging"
        case .badTitle: "title-needed"
        case .reasonNeeded: "reason-needed"
        case .empty: "notice-empty"
        }
    }

    var czech: String {
        switch self {
        case .tooShort(let days, let earliest, let law):
            "Musí viset aspoň \(days) dnů (\(law)), tedy nejméně do \(earliest.czechShort). Den vyvěšení se nepočítá."
        case .eventNeeded: "U tohoto druhu uveďte den jednání nebo rozhodnutí."
        case .eventTooSoon(let days, let law):
            "Vyvěsit se musí aspoň \(days) dnů předem (\(law)). Posuňte prosím den jednání."
        case .hangs: "Co visí, se už nemění. Sejměte to a vyvěste opravené."
        case .notHanging: "Oznámení teď nevisí."
        case .badTitle: "Napište prosím název (3 až 300 znaků)."
        case .reasonNeeded: "Napište prosím, proč se snímá před uplynutím lhůty."
        case .empty: "Napište text, nebo přiložte soubor."
        }
    }

    var fields: [String: String] {
        switch self {
        case .tooShort: ["until": czech]
        case .eventNeeded, .eventTooSoon: ["event": czech]
        case .badTitle: ["title": czech]
        case .empty: ["body": czech]
        default: [:]
        }
    }
}
