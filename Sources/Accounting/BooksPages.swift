import Foundation
import Office
import Web

struct BooksPage: Page {
    static let template = "books"
    let title = "Účetnictví"
    let entries: [EntryRow]
    let isEmpty: Bool
    let receivables: [ReceivableRow]
    let hasReceivables: Bool
    let next: String?
    let lockedUntil: String?
    let today: String
    let errors: [BooksFault]
    let hasErrors: Bool
}

struct EntryRow: Encodable, Sendable {
    let number: String
    let link: String
    let day: String
    let text: String
    let isReversed: Bool
}

struct ReceivableRow: Encodable, Sendable {
    let id: String
    let link: String
    let what: String
    let payer: String
    let amount: String
    let due: String
    let symbol: String
    let isLate: Bool
}

struct EntryPage: Page {
    static let template = "entry"
    let title: String
    let id: String
    let day: String
    let text: String
    let by: String
    let lines: [LineRow]
    let isReversed: Bool
    let canReverse: Bool
    let error: String?
}

struct LineRow: Encodable, Sendable {
    let account: String
    let link: String
    let debit: String
    let credit: String
    let budget: String
}

struct NewEntryPage: Page {
    static let template = "new-entry"
    let title = "Nový zápis"
    let id: String
    let day: String
    let text: String
    let lines: [LineInput]
    let accounts: [AccountChoice]
    let errors: [BooksFault]
    let hasErrors: Bool
}

struct LineInput: Encodable, Sendable {
    let number: Int
    let account: String
    let debit: String
    let credit: String
    let paragraph: String
    let item: String
}

struct AccountChoice: Encodable, Sendable {
    let code: String
    let name: String
}

struct BooksFault: Encodable, Sendable {
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
    let months: [MonthLink]
    let before: String
    let after: String
}

struct MonthLink: Encodable, Sendable {
    let number: Int
    let link: String
    let isCurrent: Bool
}

struct BalanceRow: Encodable, Sendable {
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
    let lines: [LedgerRow]
    let isEmpty: Bool
    let debit: String
    let credit: String
    let balance: String
    let next: String?
}

struct LedgerRow: Encodable, Sendable {
    let number: String
    let link: String
    let day: String
    let text: String
    let debit: String
    let credit: String
}

/// What a person pays, with a QR code; no name, since whoever has the address may look.
struct PaymentPage: Page {
    static let template = "payment"
    let title: String
    let amount: String
    let due: String
    let symbol: String
    let reference: String
    let account: String?
    let iban: String
    let qrPath: String?
    let qrSide: Int
    let isPaid: Bool
    let isCancelled: Bool
}
