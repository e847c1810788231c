import Foundation
import Office

/// A case file (spis): opened with its first document (§ 12(1) of decree 259/2012).
struct CaseFile: Sendable {
    let id: UUID
    let mark: String
    let title: String
    let serviceCode: String
    let regime: Regime
    let planCode: String?
    let opened: Day
    let due: Day?
    let dueLaw: String
    let assignee: UUID?
    let taken: Day?
    let routing: String
    let submissionID: UUID?
    let submissionCode: String?
    let confirmation: ConfirmationRule
    let confirmBy: Day?
    let confirmedBy: ConfirmationMeans?
    /// Unknown of those confirmed before it was noted.
    let confirmedOn: Day?
    let settled: Day?
    let settledHow: String?
    let closed: Day?
    /// Since when the clock stands, because a supplement is awaited.
    let paused: Day?
    /// For how many days it stood before.
    let pausedDays: Int
    let extended: Day?
    let extendedDays: Int
    let extendedWhy: String
    let hop: Int
    /// The office that referred it here, and the one it was referred to.
    let referredFrom: String?
    let referredTo: String?
    /// The receivable that was prescribed.
    let feeID: UUID?

    var state: State {
        closed != nil ? .closed : settled != nil ? .settled : taken != nil ? .inHand : .new
    }

    enum State: String, Sendable {
        case new, inHand, settled, closed

        var czech: String {
            switch self {
            case .new: "nové"
            case .inHand: "vyřizuje se"
            case .settled: "vyřízeno"
            case .closed: "uzavřeno"
            }
        }
    }

    /// Nobody has confirmed it, and it needs it.
    var isUnconfirmed: Bool { confirmBy != nil && confirmedBy == nil }

    /// Where it stands for who handed it in, whatever is reported beside.
    var told: SubmissionStatus {
        if settled != nil {
            let isUndone = isUnconfirmed || settledHow == SettlingWay.setAside.czech
            return isUndone ? .closedWithoutAction : .settled
        }
        return paused == nil ? .assigned : .supplementRequested
    }

    /// Throws ``FilingRefusal`` unless the act may follow on the state.
    func mustAllow(_ act: Act) throws {
        guard closed == nil else { throw FilingRefusal.closed }
        if act == .close {
            guard settled != nil else { throw FilingRefusal.notSettled }
            guard planCode != nil else { throw FilingRefusal.planNeeded }
            return
        }
        // An appeal or a mistaken fee can still ask for an answer or another prescription after that.
        let isLate =
            settled != nil && !isUnconfirmed && referredTo == nil && [.reply, .prescribe].contains(act)
        guard settled == nil || isLate else { throw FilingRefusal.alreadySettled }
        switch act {
        case .reply, .prescribe, .settle, .refer: guard taken != nil else { throw FilingRefusal.nobodyHasIt }
        case .extend: guard due != nil, extended == nil else { throw FilingRefusal.notExtensible }
        case .confirm: guard isUnconfirmed else { throw FilingRefusal.alreadyConfirmed }
        default: break
        }
        if act == .settle, isUnconfirmed { throw FilingRefusal.unconfirmed }
    }

    enum Act { case take, assign, reply, confirm, resume, prescribe, extend, refer, settle, close }
}

/// How a matter was settled (§ 14 of decree 259/2012).
enum SettlingWay: String, Sendable, CaseIterable {
    case document, noted, record, withdrawn, referred, setAside

    /// Those that a clerk chooses; a matter is referred by an act of its own.
    static let chosen: [SettlingWay] = [.document, .noted, .record, .withdrawn]

    var czech: String {
        switch self {
        case .document: "dokumentem"
        case .noted: "vzetím na vědomí"
        case .record: "záznamem na dokumentu"
        case .referred: "postoupením"
        case .withdrawn: "zpětvzetím"
        case .setAside: "odložením"
        }
    }

    /// What the person is told who is told nothing else.
    ///
    /// Of what was sent it says how far that is: `documents` are those of the case file.
    func sentence(_ documents: [Document], under regime: Regime) -> String {
        let kinds = SettlingRule.of(regime).kinds
        let sent = documents.filter { document in
            document.dispatched != nil && document.returned == nil
                && ReplyKind(rawValue: document.kind).map(kinds.contains) == true
        }
        guard self == .document, !sent.isEmpty, !sent.contains(where: { $0.awaitsProof(under: regime) })
        else { return sentence }
        if let delivered = sent.compactMap(\.delivered).max() {
            return "Úřad věc vyřídil písemností, která byla doručena \(delivered.czechShort)."
        }
        let day = sent.compactMap(\.dispatched).max()
        return "Úřad věc vyřídil písemností, kterou vám poslal\(day.map { " \($0.czechShort)" } ?? "")."
    }

    private var sentence: String {
        switch self {
        case .document: "Úřad věc vyřídil písemností, kterou vám doručuje."
        case .noted: "Úřad vaše podání vzal na vědomí."
        case .record: "Úřad věc vyřídil záznamem ve spisu."
        case .referred: "Úřad věc postoupil."
        case .withdrawn: "Vzali jste podání zpět, úřad věc ukončil."
        case .setAside: "Úřad žádost odložil."
        }
    }
}

enum ReplyKind: String, Sendable, CaseIterable {
    case decision, information, notice, resolution, supplement, referral, setAside

    /// Those that a clerk chooses; a referral is made out by the act of referring.
    ///
    /// Only a request for information is set aside by a letter to who asked (§ 14(5)(c) of act 106/1999).
    static func chosen(under regime: Regime) -> [ReplyKind] {
        [.decision, .information, .notice, .resolution, .supplement]
            + (regime == .information ? [.setAside] : [])
    }

    /// What is probably to be written in the matter as it stands.
    static func next(in file: CaseFile) -> ReplyKind {
        switch file.regime {
        case .information: .information
        case .administrative, .building: file.settled == nil ? .decision : .notice
        default: .notice
        }
    }

    var czech: String {
        switch self {
        case .decision: "rozhodnutí"
        case .information: "poskytnutí informace"
        case .referral: "postoupení"
        case .notice: "sdělení"
        case .resolution: "usnesení"
        case .supplement: "výzva k doplnění"
        case .setAside: "sdělení o odložení"
        }
    }
}

enum Channel: String, Sendable, CaseIterable {
    case form, paper, email, dataBox, inPerson, spoken, own

    var czech: String {
        switch self {
        case .form: "formulář"
        case .paper: "listinně"
        case .email: "e-mail"
        case .dataBox: "datová schránka"
        case .inPerson: "osobně do podatelny"
        case .spoken: "ústně do protokolu"
        case .own: "vlastní"
        }
    }
}

extension Regime {
    /// As clerks call it.
    var czech: String {
        switch self {
        case .byContent: "zatím neurčeno"
        case .administrative: "správní řízení"
        case .tax: "správa poplatků"
        case .information: "žádost o informace"
        case .selfGovernment: "podnět v samosprávě"
        case .petition: "petice"
        case .complaint: "stížnost"
        case .building: "stavební řízení"
        case .other: "jiné"
        }
    }

    /// By what a submission is judged by its content, whatever it is called.
    var contentLaw: String {
        self == .tax ? "§ 70 odst. 2 daňového řádu" : "§ 37 odst. 1 správního řádu"
    }

    /// Those that a clerk of a village chooses from.
    static let chosen: [Regime] = [
        .byContent, .administrative, .tax, .information, .selfGovernment, .petition, .complaint, .other,
    ]
}
