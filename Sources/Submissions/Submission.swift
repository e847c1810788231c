import Database
import Foundation
import Office
import Sealing

/// A submission as the region keeps it.
struct Submission: Sendable {
    let id: UUID
    let code: String
    let host: String
    let serviceCode: String
    let serviceName: String
    let regime: Regime
    let title: String
    let answers: String
    let attachments: [AttachedFile]
    let submitter: Submitter
    let email: String?
    let office: TenantName?
    let officeName: String
    let explanation: [String]
    let confirmation: ConfirmationRule
    var confirmBy: Day?
    let confirmedBy: ConfirmationMeans?
    let confirmedOn: Day?
    let acceptedAt: Date
    let reachedAt: Date?
    let registeredAt: Date?
    let status: SubmissionStatus
    let referenceNumber: String?
    let assignee: String?
    let filledDigest: String
    let filledBytes: Int
}

struct SubmissionStep: Sendable {
    let at: Date
    let office: String
    let status: SubmissionStatus
    let note: String
    let deadline: Day?
    var link = ""
    var event: SubmissionEvent?

    var czech: String { event?.czech ?? status.czech }

    /// The day alone where nobody stated more.
    var shownAt: String { event == .handedOver ? Day(of: at).czechShort : at.czech }
}

/// A line of a person's own list.
struct SubmissionLine: Sendable {
    let id: UUID
    let code: String
    let title: String
    let officeName: String
    let status: SubmissionStatus
    let confirmBy: Day?
    let confirmedBy: ConfirmationMeans?
    let office: TenantName?
    let acceptedAt: Date
    let reachedAt: Date?
}

struct Webhook: Sendable {
    let office: TenantName
    let address: String
    let key: HMACKey
}

/// A filing system of an office's own, without its key.
struct Connection: Sendable {
    let office: TenantName
    let address: String
    let isOn: Bool
}

enum SubmissionRefusal: Refusal, Equatable {
    case keyReused
    case noOffice
    case unreachable(String)
    case badAddress
    case privateAddress
    case confirmedLate(Day)
    case ended(SubmissionStatus)

    var kind: RefusalKind {
        switch self {
        case .keyReused, .ended: .conflict
        default: .invalid
        }
    }

    var code: String {
        switch self {
        case .keyReused: "key-reused"
        case .noOffice: "no-office"
        case .unreachable: "office-unreachable"
        case .badAddress: "address-refused"
        case .privateAddress: "address-private"
        case .confirmedLate: "confirmed-late"
        case .ended: "submission-ended"
        }
    }

    var czech: String {
        switch self {
        case .keyReused:
            "Tento formulář už byl podán s jiným obsahem. Otevřete jej prosím znovu a podejte ještě jednou."
        case .noOffice: "Vyberte prosím úřad z registru a napište důvod."
        case .unreachable(let why): why
        case .badAddress: "Napište adresu, která začíná https:// a nemá v sobě jméno ani heslo."
        case .privateAddress:
            "Tato adresa vede na tento server nebo do soukromé či místní sítě, a tam podání neposíláme. "
                + "Napište adresu z veřejného internetu."
        case .ended(let status):
            "Podání už má konečný stav (\(status.czech)) a další se k němu nezapisuje. Je-li zapsaný omylem, "
                + "domluvte opravu s pracovištěm kraje."
        case .confirmedLate(let last):
            "Potvrdit podání šlo nejpozději \(last.czech) (§ 37 odst. 4 správního řádu, § 71 odst. 3 daňového řádu)."
        }
    }
}
