import Database
import Foundation
import Office

/// A case file (spis): everything about one matter, opened with its first document (§ 12(1) of decree 259/2012).
struct CaseFile: Sendable, Equatable {
    let id: UUID
    /// Spisová značka, such as `S-HEJN-12/2026`.
    let reference: String
    let title: String
    let serviceCode: String
    let serviceName: String
    let regime: Regime
    let filingClass: String?
    let partyID: UUID
    let partyName: String
    /// Číslo jednací of the document that opened it.
    let referenceNumber: String
    let reachedAt: Date
    let state: CaseState
    let deskCode: String
    let assignee: UUID?
    let assignedWhy: String
    let takenAt: Date?
    let due: Day?
    /// An answer to a request for supplement is awaited until this day; meanwhile the clock stands.
    let supplementBy: Day?
    let confirmBy: Day?
    let confirmedBy: ConfirmationMeans?
    let confirmedAt: Date?
    let settledAt: Date?
    let settledHow: Settlement?
    let settledNote: String
    let closedAt: Date?
    let submissionID: UUID?
    let submissionCode: String
    let explanation: String
    let feeID: UUID?

    /// § 37(4) of act 500/2004: nobody has confirmed yet that the submission is theirs.
    var awaitsConfirmation: Bool { state == .open && confirmBy != nil && confirmedBy == nil }
}

/// Where a case file stands: vyřizuje se, vyřízeno, uzavřeno.
enum CaseState: String, Sendable, CaseIterable, Codable, SQLCodable {
    case open, settled, closed

    var czech: String {
        switch self {
        case .open: "vyřizuje se"
        case .settled: "vyřízeno"
        case .closed: "uzavřeno"
        }
    }
}

/// How a case was settled; `sZpusobVyrizeni` of the national standard, and § 37(4) of act 500/2004.
enum Settlement: String, Sendable, CaseIterable, Codable, SQLCodable {
    case document, referral, noted, record, unconfirmed, other

    var czech: String {
        switch self {
        case .document: "dokumentem"
        case .referral: "postoupením"
        case .noted: "vzetím na vědomí"
        case .record: "záznamem na dokumentu"
        case .unconfirmed: "záznamem: podání nebylo potvrzeno"
        case .other: "jiným způsobem"
        }
    }

    /// What the person who handed it in is told.
    func status() -> SubmissionStatus {
        switch self {
        case .document, .noted, .record, .other: .settled
        case .referral: .referred
        case .unconfirmed: .closedWithoutAction
        }
    }

    var sentence: String {
        switch self {
        case .document: "Úřad věc vyřídil písemností, kterou vám vypravil."
        case .referral:
            "Úřad věc postoupil příslušnému úřadu (§ 12 správního řádu) a písemně vás o tom zpravil."
        case .noted: "Úřad vzal podání na vědomí."
        case .record: "Úřad věc vyřídil záznamem ve spisu."
        case .unconfirmed: "Podání nebylo v zákonné lhůtě potvrzeno, úřad je uzavřel záznamem."
        case .other: "Úřad věc vyřídil."
        }
    }
}

/// One line of a list of case files.
struct CaseLine: Sendable, Equatable {
    let id: UUID
    let year: Int
    let number: Int
    let reference: String
    let title: String
    let partyName: String
    let referenceNumber: String
    let state: CaseState
    let deskCode: String
    let assignee: UUID?
    let takenAt: Date?
    let reachedAt: Date
    let due: Day?
    let supplementBy: Day?
    let confirmBy: Day?
    let isConfirmed: Bool
}

/// A record in a case file that is no document of its own, or a note of posting from the board.
struct CaseNote: Sendable, Equatable {
    let id: UUID
    let at: Date
    let author: String
    let text: String
    let noticeID: UUID?
    let posted: Day?
    let takenDown: Day?
}
