import Office
import Web

struct BoardPage: Page {
    static let template = "board"
    let title = "Úřední deska"
    let day: String
    let groups: [NoticeGroup]
    let isEmpty: Bool
    let hasOpenData: Bool
}

struct NoticeGroup: Encodable, Sendable {
    let title: String
    let notices: [NoticeLine]
}

struct NoticeLine: Encodable, Sendable {
    let title: String
    let link: String
    let kind: String
    let reference: String
    let posted: String
    let until: String
}

struct BoardArchivePage: Page {
    static let template = "board-archive"
    let title = "Archiv úřední desky"
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
    let isWithheld: Bool
    let isDecree: Bool
    let files: [NoticeFileLink]
    let sheet: String
}

struct NoticeFileLink: Encodable, Sendable {
    let name: String
    let link: String
    let size: String
}

struct NoticeSheetPage: Page {
    static let template = "notice-sheet"
    let title: String
    let office: String
    let kind: String
    let body: String
    let reference: String
    let posted: String
    let until: String
    let takenDown: String?
    let law: String
    let files: [String]
    let address: String
}

struct BoardDeskPage: Page {
    static let template = "board-desk"
    let title = "Úřední deska"
    let drafts: [DeskLine]
    let hanging: [DeskLine]
    let hasDrafts: Bool
    let hasHanging: Bool
}

struct DeskLine: Encodable, Sendable {
    let title: String
    let link: String
    let kind: String
    let posted: String?
    let until: String?
    let left: String
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
    let until: String
    let kinds: [KindChoice]
    let files: [NoticeFileLink]
    let publicLink: String
    let sheet: String
    /// What posting today would mean.
    let rule: String
    let revises: String?
    let untilShown: String
    let reason: String?
    let posted: String
    let takenDown: String?
    let caseFile: String?
    let errors: [BoardFault]
    let hasErrors: Bool
}

struct KindChoice: Encodable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
}

struct BoardFault: Encodable, Sendable {
    let field: String
    let sentence: String
}
