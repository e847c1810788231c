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
    let settled: Day?
    let settledHow: String?
    let closed: Day?
    /// Since when the clock stands, because a supplement is awaited.
    let paused: Day?
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

    /// Throws ``FilingRefusal`` unless the act may follow on the state.
    func mustAllow(_ act: Act) throws {
        guard closed == nil else { throw FilingRefusal.closed }
        if act == .close {
            guard settled != nil else { throw FilingRefusal.notSettled }
            guard planCode != nil else { throw FilingRefusal.planNeeded }
            return
        }
        guard settled == nil else { throw FilingRefusal.alreadySettled }
        switch act {
        case .reply, .prescribe, .settle: guard taken != nil else { throw FilingRefusal.nobodyHasIt }
        case .confirm: guard isUnconfirmed else { throw FilingRefusal.alreadyConfirmed }
        default: break
        }
        if act == .settle, isUnconfirmed { throw FilingRefusal.unconfirmed }
    }

    enum Act { case take, assign, reply, confirm, resume, prescribe, settle, close }
}

/// How a matter was settled (§ 14 of decree 259/2012).
enum SettlingWay: String, Sendable, CaseIterable {
    case document, noted, referred, withdrawn

    var czech: String {
        switch self {
        case .document: "dokumentem"
        case .noted: "vzetím na vědomí"
        case .referred: "postoupením"
        case .withdrawn: "zpětvzetím"
        }
    }
}

enum ReplyKind: String, Sendable, CaseIterable {
    case decision, notice, resolution, supplement

    var czech: String {
        switch self {
        case .decision: "rozhodnutí"
        case .notice: "sdělení"
        case .resolution: "usnesení"
        case .supplement: "výzva k doplnění"
        }
    }
}

enum DispatchMeans: String, Sendable, CaseIterable {
    case post, inPerson, publicNotice, dataBox

    var czech: String {
        switch self {
        case .post: "poštou"
        case .inPerson: "osobně"
        case .publicNotice: "veřejnou vyhláškou"
        case .dataBox: "datovou schránkou (odesláno mimo ePOM)"
        }
    }
}

enum Channel: String, Sendable, CaseIterable {
    case form, paper, email, dataBox, inPerson, own

    var czech: String {
        switch self {
        case .form: "formulář"
        case .paper: "listinně"
        case .email: "e-mail"
        case .dataBox: "datová schránka"
        case .inPerson: "osobně"
        case .own: "vlastní"
        }
    }
}

enum FilingRefusal: Refusal, Equatable {
    case closed, alreadySettled, nobodyHasIt, notSettled, planNeeded, subjectNeeded, textNeeded, badDay,
        alreadyDispatched, notDispatched, badAmount, unknownClerk, noBoard, noBooks, undeliveredReply,
        unconfirmed,
        alreadyConfirmed, tooLateToConfirm, withoutProof, hangs, nothingSent, notPaused, alreadyDelivered,
        alreadyPrescribed, dueInPast

    var kind: RefusalKind {
        switch self {
        case .closed, .alreadySettled, .alreadyDispatched, .unconfirmed, .alreadyConfirmed, .withoutProof,
            .hangs,
            .nothingSent, .notPaused, .alreadyDelivered, .alreadyPrescribed:
            .conflict
        default: .invalid
        }
    }

    var code: String { "filing-\(self)" }

    var czech: String {
        switch self {
        case .closed: "Spis je uzavřený a nic se v něm už nemění."
        case .alreadySettled: "Věc už je vyřízená."
        case .nobodyHasIt: "Nejdřív věc převezměte, nebo ji přidělte."
        case .notSettled: "Spis jde uzavřít, až když je věc vyřízená."
        case .planNeeded: "Vyberte prosím spisový znak; bez něj spis uzavřít nejde."
        case .subjectNeeded: "Napište prosím, o jakou věc jde."
        case .textNeeded: "Napište prosím text písemnosti."
        case .badDay: "Den zapište jako datum, které už nastalo."
        case .alreadyDispatched: "Písemnost už byla vypravena."
        case .notDispatched: "Písemnost ještě nebyla vypravena."
        case .badAmount: "Částku napište v korunách, například 200 nebo 1 500,50."
        case .unknownClerk: "Vyberte prosím někoho z úřadu."
        case .noBoard: "Úřad nemá úřední desku v tomto systému."
        case .noBooks: "Úřad nemá účetní knihy v tomto systému."
        case .unconfirmed: "Podání zatím nikdo nepotvrdil. Zapište potvrzení, nebo počkejte do konce lhůty."
        case .alreadyConfirmed: "Potvrzení není potřeba, nebo už je zapsané."
        case .tooLateToConfirm:
            "Lhůta k potvrzení uplynula. Později doručené je nové podání; zapište je prosím znovu."
        case .withoutProof: "Některá písemnost ještě nemá zapsané doručení. Zapište je, potom spis uzavřete."
        case .hangs: "Písemnost ze spisu ještě visí na úřední desce. Spis uzavřete, až bude sejmuta."
        case .nothingSent:
            "Ve spisu není vypravená písemnost. Odpovězte a vypravte ji, nebo zvolte jiný způsob vyřízení."
        case .notPaused: "Na doplnění se teď nečeká."
        case .alreadyDelivered: "Doručení už je zapsané."
        case .alreadyPrescribed: "V této věci už je poplatek předepsaný. Opravu udělejte v účetních knihách."
        case .dueInPast: "Den splatnosti musí být teprve před námi."
        case .undeliveredReply: "Ve spisu je písemnost, která ještě nebyla vypravena."
        }
    }

    var fields: [String: String] {
        switch self {
        case .subjectNeeded: ["subject": czech]
        case .textNeeded: ["text": czech]
        case .planNeeded: ["plan": czech]
        case .badAmount: ["amount": czech]
        case .badDay, .tooLateToConfirm: ["day": czech]
        case .dueInPast: ["due": czech]
        case .unknownClerk: ["clerk": czech]
        default: [:]
        }
    }
}
