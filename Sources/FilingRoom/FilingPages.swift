import Office
import Web

struct TodayPage: Page {
    static let template = "today"
    var title = "Dnes"
    let day: String
    let sums: TodaySums
    let groups: [TodayGroup]
    let scopes: [Filter]
    let isCalm: Bool
    /// Whether there is more than the page shows.
    let isCut: Bool
    let keepsFilingRoom: Bool
    /// How many steps of the hand-over are left, in words; nil when everything is done.
    let missingSteps: String?
}

struct TodaySums: Codable, Sendable {
    let new: Int
    let late: Int
    let soon: Int
    let waiting: Int
}

struct TodayGroup: Codable, Sendable {
    let code: String
    let title: String
    let hint: String
    let cases: [CaseLine]
}

struct CaseLine: Codable, Sendable {
    let id: String
    let title: String
    let mark: String
    let due: String?
    let left: String
    let isLate: Bool
    let isSoon: Bool
    let who: String
    let regime: String
    /// The one obvious act; a form where it needs nothing more, else a way to the place where it is done.
    let next: String
    let link: String
    let takes: Bool
    let isUnconfirmed: Bool
    let confirmBy: String
}

struct CasesPage: Page {
    static let template = "case-list"
    var title = "Spisy"
    let filters: [Filter]
    let regimes: [Filter]
    let cases: [CaseLine]
    let isEmpty: Bool
    let next: String?
}

struct PersonsPage: Page {
    static let template = "persons"
    var title = "Jmenný rejstřík"
    let query: String
    let isAsked: Bool
    let isEmpty: Bool
    let persons: [PersonLine]
}

struct PersonLine: Codable, Sendable {
    let name: String
    let link: String
    let kind: String
    let facts: String
}

struct PersonPage: Page {
    static let template = "person"
    let title: String
    let facts: [CaseFact]
    let lines: [RegisterRow]
    let isEmpty: Bool
}

struct RegisterPage: Page {
    static let template = "register"
    var title = "Podací deník"
    let query: String
    let filters: [Filter]
    let years: [Filter]
    let lines: [RegisterRow]
    let isEmpty: Bool
    let next: String?
}

struct Filter: Codable, Sendable {
    let name: String
    let link: String
    let isCurrent: Bool
}

struct RegisterRow: Codable, Sendable {
    let reference: String
    let subject: String
    let link: String
    let sender: String
    let direction: String
    let channel: String
    let received: String
    let isSettled: Bool
    let isCancelled: Bool
    let isHidden: Bool
}

struct CasePage: Page {
    static let template = "case-file"
    let title: String
    let id: String
    let mark: String
    let state: String
    let regime: String
    let isOpen: Bool
    let isClosed: Bool
    let isNew: Bool
    let isSettled: Bool
    let isSecret: Bool
    let parties: [PartyView]
    let facts: [CaseFact]
    let clock: ClockView?
    /// By what a submission is judged by its content.
    let regimeLaw: String
    /// Why no clock runs.
    let noClock: String
    let documents: [DocumentView]
    /// Those that wait to be sent; their forms stand first of all.
    let sending: [DocumentView]
    let history: [HistoryLine]
    /// What happened before that, folded; with their number.
    let earlier: [HistoryLine]
    let earlierCount: String?
    let isUnconfirmed: Bool
    let confirmBy: String
    let confirmLaw: String
    /// Nobody but the clerk can close by record what came by hand and was not confirmed.
    let canLapse: Bool
    let isByHand: Bool
    /// What to do now, in one sentence.
    let advice: String
    /// Of somebody who only enters mail the page offers no act that they would be refused.
    let mayAct: Bool
    let canTake: Bool
    let canAct: Bool
    let canRefer: Bool
    /// Of a request for information: by when whoever asked is told that it is set aside.
    let setAsideBy: String?
    /// Under what it runs is not said yet; that is the first thing to do.
    let asksRegime: Bool
    let canReply: Bool
    /// A reply that somebody began to write, by its kind.
    let draft: String?
    let canReopen: Bool
    let fee: FeeView?
    /// What the filing says of the fee, and the most the law lets it be.
    let feeFacts: String?
    let feeLaw: String
    let prescribesLate: Bool
    let repliesFirst: Bool
    let canResume: Bool
    let canSettle: Bool
    let canClose: Bool
    let canPrescribe: Bool
    let canPost: Bool
    let canAssign: Bool
    let canReadLog: Bool
    let extensions: [Choice]
    let canExtend: Bool
    let extensionLaw: String
    let people: [Choice]
    let plan: [Choice]
    let regimes: [Choice]
    let settlingWays: [Choice]
    /// One of the ways is the obvious one; else the clerk chooses.
    let hasWay: Bool
    let isClassified: Bool
    let asksPlan: Bool
    let feeKinds: [Choice]
    let fields: CaseFields
    let error: String?
}

struct PartyView: Codable, Sendable {
    let name: String
    let link: String
    let address: String
    let contact: String
}

struct ClockView: Codable, Sendable {
    let due: String
    let left: String
    let law: String
    let isLate: Bool
    let isSoon: Bool
    let isPaused: Bool
    let note: String
}

struct CaseFact: Codable, Sendable {
    let name: String
    let value: String
}

struct Choice: Codable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
}

struct DocumentView: Codable, Sendable {
    let id: String
    let reference: String
    let identifier: String
    let subject: String
    let direction: String
    let facts: String
    let files: [FileLink]
    let isIncoming: Bool
    let canDispatch: Bool
    let canDeliver: Bool
    let canServe: Bool
    /// Where another office's document is brought to the board; nil where it is not for it, or hangs.
    let postTo: String?
    let canMove: Bool
    let canCancel: Bool
    let isCancelled: Bool
    /// It went where nothing has to be proved, but it may come back all the same.
    let canReturn: Bool
    let canAbandon: Bool
    /// From when it can be in force, and that it may be noted now.
    let force: String?
    let canNoteForce: Bool
    let grounds: [Choice]
    let delivery: String?
    let isDelivered: Bool
    let waits: String?
    let notice: String?
    let means: [Choice]
    /// What it goes to where no other address is typed.
    let addresses: String
    let isReturned: Bool
    let ways: [Choice]
    let fields: DocumentFields
    let today: String
}

struct FileLink: Codable, Sendable {
    let name: String
    let link: String
    let size: String
    let digest: String
}

/// A document as it is registered (§ 10 of decree 259/2012), with the digests of its components.
struct DocumentPage: Page {
    static let template = "document"
    let title: String
    let id: String
    let mark: String
    let caseLink: String
    let isIncoming: Bool
    let facts: [CaseFact]
    let components: [ComponentView]
    let isDigital: Bool
    let isHTML: Bool
}

struct ComponentView: Codable, Sendable {
    let name: String
    let link: String
    let size: String
    let type: String
    let digest: String
    let verify: String
    let isWhole: Bool
    let isDamaged: Bool
}

/// The filing stamp to be printed onto paper (§ 3(3) of decree 259/2012).
struct StampPage: Page {
    static let template = "stamp"
    let title: String
    let office: String
    let facts: [CaseFact]
    /// There is no paper to put it on.
    let isDigital: Bool
    let back: String
}

struct ReferralPage: Page {
    static let template = "referral"
    var title = "Postoupit příslušnému úřadu"
    let id: String
    let mark: String
    /// By what it is referred; nil where the law knows no referral.
    let law: String?
    let noun: String
    let office: String
    let reason: String
    let consent: String
    let offices: [String]
    let isElectronic: Bool
    /// The office that referred it here; then the superior's consent is needed.
    let referredFrom: String?
    let errors: [FilingFault]
    /// The same by the name of the field at which they stand.
    let faults: [String: String]
    let hasErrors: Bool
}

struct HistoryPage: Page {
    static let template = "history"
    let title: String
    let about: String
    let back: String
    let backName: String
    let lines: [HistoryLine]
    let isEmpty: Bool
    let next: String?
}

struct HistoryLine: Codable, Sendable {
    let number: Int
    let object: String
    let link: String
    let at: String
    let act: String
    let who: String
    let detail: String
}

struct FilingFault: Codable, Sendable {
    let field: String
    let sentence: String

    /// A refusal that names no field stands at `place`.
    static func of(_ refusal: (any Refusal)?, at place: String) -> [FilingFault] {
        guard let refusal else { return [] }
        // Each stands in the order in which it was found, which is the form's.
        if case .severalAtOnce(let all) = refusal as? FilingRefusal {
            return all.flatMap { of($0, at: place) }
        }
        guard !refusal.fields.isEmpty else { return [FilingFault(field: place, sentence: refusal.czech)] }
        return refusal.fields.sorted { $0.key < $1.key }.map {
            FilingFault(field: $0.key, sentence: $0.value)
        }
    }
}

extension [FilingFault] {
    /// As the fields follow one another on the page; what stands elsewhere comes last.
    func inOrder(_ fields: [String]) -> [FilingFault] {
        sorted { (fields.firstIndex(of: $0.field) ?? 99) < (fields.firstIndex(of: $1.field) ?? 99) }
    }

    var byField: [String: String] {
        Dictionary(map { ($0.field, $0.sentence) }, uniquingKeysWith: { first, _ in first })
    }
}

struct ReplyPage: Page {
    static let template = "reply"
    var title = "Odpověď"
    let id: String
    let mark: String
    let kind: String
    let kindName: String
    let kinds: [Choice]
    /// The pattern was asked for, but the text is the clerk's own by now.
    let isTyped: Bool
    /// What is shown was kept before.
    let isDraft: Bool
    let subject: String
    let text: String
    let recipient: String
    /// Nobody gave a name or an address: there is nowhere to write to.
    let isNobodys: Bool
    let errors: [FilingFault]
    /// The same by the name of the field at which they stand.
    let faults: [String: String]
    let hasErrors: Bool
}
