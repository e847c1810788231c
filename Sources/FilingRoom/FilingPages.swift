import Office
import Web

struct TodayPage: Page {
    static let template = "today"
    let title = "Dnes"
    let day: String
    let sums: TodaySums
    let groups: [TodayGroup]
    let isCalm: Bool
    /// Nil when everything is done.
    let missingSteps: Int?
}

struct TodaySums: Encodable, Sendable {
    let new: Int
    let late: Int
    let soon: Int
    let open: Int
}

struct TodayGroup: Encodable, Sendable {
    let title: String
    let cases: [CaseLine]
}

struct CaseLine: Encodable, Sendable {
    let id: String
    let title: String
    let mark: String
    let due: String?
    let left: String
    let isLate: Bool
    let isSoon: Bool
    let who: String
    let next: String
    let isUnconfirmed: Bool
}

struct RegisterPage: Page {
    static let template = "register"
    let title = "Podací deník"
    let query: String
    let filters: [Filter]
    let lines: [RegisterRow]
    let isEmpty: Bool
    let next: String?
}

struct Filter: Encodable, Sendable {
    let name: String
    let link: String
    let isCurrent: Bool
}

struct RegisterRow: Encodable, Sendable {
    let reference: String
    let subject: String
    let link: String
    let sender: String
    let direction: String
    let channel: String
    let received: String
    let isSettled: Bool
}

struct CasePage: Page {
    static let template = "case-file"
    let title: String
    let id: String
    let mark: String
    let state: String
    let isOpen: Bool
    let isClosed: Bool
    let isNew: Bool
    let isSettled: Bool
    let facts: [CaseFact]
    let answers: [CaseFact]
    let hasAnswers: Bool
    let documents: [DocumentView]
    let history: [HistoryLine]
    let isUnconfirmed: Bool
    let confirmBy: String
    let canTake: Bool
    let canAct: Bool
    let canResume: Bool
    let canSettle: Bool
    let canClose: Bool
    let canPrescribe: Bool
    let canPost: Bool
    let people: [Choice]
    let plan: [Choice]
    let settlingWays: [Choice]
    let feeKinds: [Choice]
    let today: String
    let dueIn30: String
    let error: String?
}

struct CaseFact: Encodable, Sendable {
    let name: String
    let value: String
}

struct Choice: Encodable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
}

struct DocumentView: Encodable, Sendable {
    let id: String
    let reference: String
    let identifier: String
    let subject: String
    let direction: String
    let facts: String
    let files: [FileLink]
    let canDispatch: Bool
    let canDeliver: Bool
    let delivery: String?
    let means: [Choice]
    let today: String
}

struct FileLink: Encodable, Sendable {
    let name: String
    let link: String
    let size: String
    let digest: String
}

struct HistoryLine: Encodable, Sendable {
    let at: String
    let act: String
    let who: String
    let detail: String
}

struct NewMailPage: Page {
    static let template = "new-mail"
    let title = "Zapsat doručené"
    let subject: String
    let sender: String
    let address: String
    let email: String
    let day: String
    let channels: [Choice]
    let regimes: [Choice]
    let errors: [FilingFault]
    let hasErrors: Bool
}

struct FilingFault: Encodable, Sendable {
    let field: String
    let sentence: String

    /// A refusal that names no field stands at `place`.
    static func of(_ refusal: (any Refusal)?, at place: String) -> [FilingFault] {
        guard let refusal else { return [] }
        guard !refusal.fields.isEmpty else { return [FilingFault(field: place, sentence: refusal.czech)] }
        return refusal.fields.sorted { $0.key < $1.key }.map {
            FilingFault(field: $0.key, sentence: $0.value)
        }
    }
}

struct ReplyPage: Page {
    static let template = "reply"
    let title = "Odpověď"
    let id: String
    let mark: String
    let kinds: [Choice]
    let subject: String
    let text: String
    let recipient: String
    let errors: [FilingFault]
    let hasErrors: Bool
}

struct SettingsPage: Page {
    static let template = "settings"
    let title = "Nastavení úřadu"
    let steps: [StepView]
    let doneCount: Int
    let stepCount: Int
    let profile: OfficeForm
    let clerks: [ClerkView]
    let canManage: Bool
    let roles: [Choice]
    let errors: [FilingFault]
    let hasErrors: Bool
}

struct StepView: Encodable, Sendable {
    let code: String
    let title: String
    let why: String
    let link: String
    let isDone: Bool
}

struct ClerkView: Encodable, Sendable {
    let id: String
    let name: String
    let email: String
    let roles: String
    let isActive: Bool
    let absence: String?
    let others: [Choice]
}

/// The office as its head edits it; the same names come back from the form.
struct OfficeForm: Codable, Sendable {
    var ico: String
    var street: String
    var place: String
    var postcode: String
    var hours: String
    var email: String
    var phone: String
    var dataBox: String
    var acceptedFormats: String
    var carriers: String
    var bankAccount: String
}
