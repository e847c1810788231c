import Office
import Web

struct BoardPage: Page {
    static let template = "board"
    var title = "Úřední deska"
    let day: String
    let filters: [KindFilter]
    let query: String
    let kind: String?
    let groups: [NoticeGroup]
    let isEmpty: Bool
    /// Something was asked for, and something else hangs.
    let isNarrowed: Bool
    let hasOpenData: Bool
}

struct KindFilter: Codable, Sendable {
    let name: String
    let link: String
    let count: Int
    let isCurrent: Bool
}

struct NoticeGroup: Codable, Sendable {
    let title: String
    let notices: [NoticeLine]
}

struct NoticeLine: Codable, Sendable {
    let title: String
    let link: String
    let kind: String
    let reference: String
    let detail: String
    let posted: String
    let until: String
    let isLastDay: Bool
}

struct BoardArchivePage: Page {
    static let template = "board-archive"
    var title = "Archiv úřední desky"
    let filters: [KindFilter]
    let notices: [NoticeLine]
    let isEmpty: Bool
    let next: String?
}

struct NoticePage: Page {
    static let template = "notice"
    let title: String
    let kind: String
    let body: String
    let reference: String
    let posted: String
    let until: String
    let takenDown: String?
    let hangs: Bool
    let event: String?
    let eventName: String
    let delivered: String?
    let reason: String?
    /// Why text and files are not there any more; nil while they are.
    let withheld: String?
    let corrects: Correction?
    let corrected: Correction?
    let origin: String?
    let isDecree: Bool
    /// Where the authentic text of a decree stands.
    let collection: String?
    let files: [NoticeFileLink]
    let hasFiles: Bool
    let sheet: String
}

struct NoticeFileLink: Codable, Sendable {
    let name: String
    let link: String
    let size: String
    /// SHA-256 of its bytes.
    let digest: String
}

struct NoticeSheetPage: Page {
    static let template = "notice-sheet"
    let title: String
    let kind: String
    let body: String
    let reference: String
    let posted: String
    /// How long it is to hang, and by which provision.
    let stays: String
    let takenDown: String?
    /// The day of posting of the one that it corrects.
    let corrects: String?
    let delivered: String?
    let origin: String?
    let files: [String]
    let hasFiles: Bool
    let address: String
}

struct BoardDeskPage: Page {
    static let template = "board-desk"
    var title = "Úřední deska"
    let drafts: [DeskLine]
    let hanging: [DeskLine]
    /// The newest of those that came down.
    let past: [DeskLine]
    let hasDrafts: Bool
    let hasHanging: Bool
    let hasPast: Bool
}

struct DeskLine: Codable, Sendable {
    let title: String
    let link: String
    let kind: String
    let posted: String?
    let until: String?
    let left: String
    let isLastDay: Bool
}

struct NoticeDeskPage: Page {
    static let template = "notice-desk"
    let title: String
    let id: String
    let isNew: Bool
    let isDraft: Bool
    let hangs: Bool
    let name: String
    let body: String
    let reference: String
    let event: String
    /// Which day to write for which kind.
    let eventAsks: String
    let collection: String
    /// A decree is about to be posted that is not in the Collection yet.
    let asksUnlisted: Bool
    let isUnlisted: Bool
    let until: String
    /// The last day that is proposed.
    let proposed: String
    /// The kinds by the categories of the office's lists.
    let categories: [KindGroup]
    let files: [NoticeFileLink]
    let hasFiles: Bool
    let publicLink: String
    let sheet: String
    /// What posting today would mean.
    let rule: String
    let caution: String?
    let corrects: Correction?
    let corrected: Correction?
    let origin: String?
    let untilShown: String
    /// Why it came down, as a sentence.
    let reason: String?
    /// What taking it down today would spoil.
    let loss: String?
    /// Whether people may read on why it came down.
    let isReasonPublic: Bool
    let posted: String
    let takenDown: String?
    let caseFile: String?
    let errors: [BoardFault]
    let hasErrors: Bool
    let faults: BoardFaults
}

struct KindGroup: Codable, Sendable {
    let name: String
    let kinds: [KindChoice]
}

struct KindChoice: Codable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
    /// How long it hangs and by which law.
    let rule: String
    let eventAsk: String
}

struct BoardFault: Codable, Sendable {
    let field: String
    let sentence: String
}

/// What is wrong, beside the field where it is.
struct BoardFaults: Codable, Sendable {
    let title: String
    let kind: String
    let event: String
    let collection: String
    let body: String
    let file: String
    let until: String
    let reason: String

    init(_ fields: [String: String]) {
        title = fields["title"] ?? ""
        kind = fields["kind"] ?? ""
        event = fields["event"] ?? ""
        collection = fields["collection"] ?? ""
        body = fields["body"] ?? ""
        file = fields["file"] ?? ""
        until = fields["until"] ?? ""
        reason = fields["reason"] ?? ""
    }
}
