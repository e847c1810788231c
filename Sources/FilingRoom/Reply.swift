import Database
import Foundation
import Office

/// A reply of the office, from its draft to its proof of delivery.
///
/// Made out, dispatched and delivered are three acts with three dates; an e-mail is none of them (§ 19 of act 500/2004).
struct Reply: Sendable, Equatable {
    let id: UUID
    let caseFileID: UUID
    let kind: ReplyKind
    let title: String
    let body: String
    let partyID: UUID
    let author: UUID
    let state: ReplyState
    /// For a call: how many days the person has to supplement the submission.
    let supplementDays: Int?
    let documentID: UUID?
    let dispatched: Day?
    let dispatchedBy: DispatchMeans?
    let delivered: Day?
    let proof: String
}

enum ReplyKind: String, Sendable, CaseIterable, Codable, SQLCodable {
    case decision, notice, call, resolution, referral

    var czech: String {
        switch self {
        case .decision: "rozhodnutí"
        case .notice: "sdělení"
        case .call: "výzva k doplnění"
        case .resolution: "usnesení"
        case .referral: "postoupení"
        }
    }

    /// What stands above the text of the document.
    var heading: String {
        switch self {
        case .decision: "Rozhodnutí"
        case .notice: "Sdělení"
        case .call: "Výzva k doplnění"
        case .resolution: "Usnesení"
        case .referral: "Postoupení"
        }
    }
}

enum ReplyState: String, Sendable, CaseIterable, Codable, SQLCodable {
    case draft, discarded, made, dispatched, delivered, returned

    var czech: String {
        switch self {
        case .draft: "koncept"
        case .discarded: "zahozeno"
        case .made: "vyhotoveno"
        case .dispatched: "vypraveno"
        case .delivered: "doručeno"
        case .returned: "vráceno jako nedoručené"
        }
    }
}

enum DispatchMeans: String, Sendable, CaseIterable, Codable, SQLCodable {
    case post, inPerson, publicNotice, dataBox

    var czech: String {
        switch self {
        case .post: "poštou"
        case .inPerson: "osobně"
        case .publicNotice: "veřejnou vyhláškou"
        case .dataBox: "datovou schránkou"
        }
    }

    /// What has to be kept as proof that it was delivered.
    var proofHint: String {
        switch self {
        case .post: "číslo a datum doručenky"
        case .inPerson: "kdo převzal a podepsal"
        case .publicNotice: "vyvěšeno a sejmuto; doručeno 15. dnem po vyvěšení"
        case .dataBox: "číslo datové zprávy a doručenky"
        }
    }
}
