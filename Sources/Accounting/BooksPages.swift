import Foundation
import Office
import Web

struct BooksPage: Page {
    static let template = "books"
    var title = "Účetnictví"
    let entries: [EntryRow]
    let isEmpty: Bool
    let year: Int
    let receivables: [ReceivableRow]
    let hasReceivables: Bool
    let hasMore: Bool
    let next: String?
    let lockedUntil: String?
    let pairing: PaymentFields
    let lock: LockFields
    let errors: [BooksFault]
    let hasErrors: Bool
}

struct EntryRow: Codable, Sendable {
    let number: String
    let link: String
    let day: String
    let text: String
    let document: String
    let debited: String
    let credited: String
    let amount: String
    let isReversed: Bool
    let isReversal: Bool
}

struct ReceivableRow: Codable, Sendable {
    let id: String
    let link: String
    let pay: String
    let what: String
    let payer: String
    let amount: String
    let rest: String
    let due: String
    let symbol: String
    let entry: String
    let isOpen: Bool
    let isPartial: Bool
    let isPaid: Bool
    let isCancelled: Bool
    let isLate: Bool
}

struct ReceivablesPage: Page {
    static let template = "receivables"
    var title = "Pohledávky"
    let sums: [ReceivableSumRow]
    let isAll: Bool
    let receivables: [ReceivableRow]
    let isEmpty: Bool
    let next: String?
    let today: String
}

struct ReceivableSumRow: Codable, Sendable {
    let name: String
    let link: String
    let count: Int
    let amount: String
    let isCurrent: Bool
    let isLate: Bool
}

struct EntryPage: Page {
    static let template = "entry"
    let title: String
    let id: String
    let day: String
    let text: String
    let document: String
    let party: String
    let amount: String
    let booked: String
    let by: String
    /// Nil for an entry from before it was asked.
    let answeredBy: String?
    let isOnePerson: Bool
    let lines: [LineRow]
    let total: String
    let receivable: String?
    let receivableLink: String?
    let reverses: String?
    let reversedBy: String?
    /// All that § 11(1) of act 563/1991 asks of a document is there.
    let isComplete: Bool
    let missing: String
    let isUnclassified: Bool
    let canReverse: Bool
    let storno: TypedField
    let doubts: [DoubtBox]
    let error: String?
}

struct LineRow: Codable, Sendable {
    let account: String
    let name: String
    let link: String
    let debit: String
    let credit: String
    let budget: String
}

struct NewEntryPage: Page {
    static let template = "new-entry"
    var title = "Nový zápis"
    let id: String
    let day: TypedField
    let text: TypedField
    let document: TypedField
    let party: TypedField
    let answersFault: String
    /// Who may answer for the accounting case.
    let people: [PersonChoice]
    let linesFault: String
    let lockedUntil: String?
    let lines: [LineInput]
    let doubts: [DoubtBox]
    let accounts: [AccountChoice]
    let paragraphs: [AccountChoice]
    let items: [AccountChoice]
    let errors: [BooksFault]
    let hasErrors: Bool
}

struct PersonChoice: Codable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
}

struct LineInput: Codable, Sendable {
    let number: Int
    let account: String
    let debit: String
    let credit: String
    let paragraph: String
    let item: String
    /// What is wrong with this row.
    let fault: String
}

struct AccountChoice: Codable, Sendable {
    let code: String
    let name: String
}

struct BooksFault: Codable, Sendable {
    let field: String
    let sentence: String
}

struct TrialBalancePage: Page {
    static let template = "trial-balance"
    let title: String
    let year: Int
    let through: String
    let lines: [BalanceRow]
    let isEmpty: Bool
    let opening: String
    let debit: String
    let credit: String
    let balance: String
    /// Results of earlier years are among the opening balances.
    let isProvisional: Bool
    let years: [PeriodLink]
    let months: [PeriodLink]
    let file: String
}

/// A year or a month that can be shown in place of this one.
struct PeriodLink: Codable, Sendable {
    let name: String
    let link: String
    let isCurrent: Bool

    /// The year shown between its neighbours.
    static func years(about year: Int, _ link: (Int) -> String) -> [PeriodLink] {
        (year - 1...year + 1).map { PeriodLink(name: "\($0)", link: link($0), isCurrent: $0 == year) }
    }
}

struct BalanceRow: Codable, Sendable {
    let account: String
    let name: String
    let link: String
    let opening: String
    let debit: String
    let credit: String
    let balance: String
    /// Widths of the bar in thousandths of the largest turnover.
    let debitWidth: Int
    let creditWidth: Int
}

struct LedgerPage: Page {
    static let template = "ledger"
    let title: String
    let year: Int
    let path: String
    /// Before the first line of this page.
    let opening: String
    let isFirst: Bool
    let lines: [LedgerRow]
    let isEmpty: Bool
    let debit: String
    let credit: String
    let balance: String
    let years: [PeriodLink]
    let picture: BalancePicture?
    let next: String?
}

struct LedgerRow: Codable, Sendable {
    let number: String
    let link: String
    let day: String
    let text: String
    let debit: String
    let credit: String
    let balance: String
}

struct CashFlowPage: Page {
    static let template = "cash-flow"
    let title: String
    let parts: [CashFlowPart]
    let hasUnclassified: Bool
    let unclassifiedCame: String
    let unclassifiedWent: String
    let isEmpty: Bool
    /// What came and went, and what is left of it.
    let came: String
    let went: String
    let rest: String
    let years: [PeriodLink]
}

struct CashFlowPart: Codable, Sendable {
    let title: String
    let rows: [CashFlowRow]
    let sum: String
}

struct CashFlowRow: Codable, Sendable {
    let item: String
    let itemName: String
    let paragraph: String
    let paragraphName: String
    let amount: String
    /// Of the part's sum in percent, and in thousandths for the bar.
    let share: String
    let width: Int
}

struct ChartPage: Page {
    static let template = "chart"
    var title = "Účtový rozvrh"
    let query: String
    let accounts: [ChartRow]
    /// Those of the guide chart whose names are not compared yet, and how many are.
    let unchecked: String
    let checkedCount: Int
    let isEmpty: Bool
    let code: TypedField
    let name: TypedField
    let errors: [BooksFault]
    let hasErrors: Bool
}

struct ChartRow: Codable, Sendable {
    let code: String
    let name: String
    let kind: String
    let link: String
    let isUnchecked: Bool
}

struct CodesPage: Page {
    static let template = "budget-codes"
    var title = "Rozpočtová skladba"
    let query: String
    let items: [CodeRow]
    let paragraphs: [CodeRow]
    let hasItems: Bool
    let hasParagraphs: Bool
    let isEmpty: Bool
}

struct CodeRow: Codable, Sendable {
    let code: String
    let name: String
    /// Its name is known only from the decree before the one in force.
    let isOlder: Bool
}

/// What a person pays, with a QR code; no name, since whoever has the address may look.
struct PaymentPage: Page {
    static let template = "payment"
    let title: String
    /// What remains to be paid.
    let amount: String
    /// Set when a part was paid.
    let prescribed: String?
    let paid: String
    let due: String
    let isLate: Bool
    let symbol: String
    let reference: String
    let account: String?
    let iban: String
    let qrPath: String?
    let qrSide: Int
    let isPaid: Bool
    /// When the last of it came.
    let paidOn: String?
    let isCancelled: Bool
    let payee: String
    let payeeAddress: String
    let hours: String
}
