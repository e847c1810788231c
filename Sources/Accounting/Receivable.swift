import Database
import Foundation
import Office

/// What somebody owes the office for a fee.
struct Receivable: Sendable {
    let id: UUID
    let kind: FeeKind
    let payer: String
    let amount: Money
    let paid: Money
    let due: Day
    let variableSymbol: String
    let referenceNumber: String
    /// The entry that prescribed it.
    let entry: UUID
    /// Its prescription was reversed.
    let isCancelled: Bool

    var rest: Money { amount - paid }
    var isPaid: Bool { rest.hellers == 0 }

    /// The entry of a payment.
    func payment(
        _ amount: Money,
        through means: PaymentMeans,
        document: String,
        on day: Day,
        entry: UUID
    ) -> NewEntry {
        NewEntry(
            id: entry,
            day: day,
            text: "\(means.czech), VS \(variableSymbol), \(payer.prefix(100))",
            lines: [
                EntryLine(
                    account: means.account,
                    debit: amount,
                    credit: Money(hellers: 0),
                    paragraph: "0000",
                    item: kind.item
                ), EntryLine(account: UsedAccount.receivables, debit: Money(hellers: 0), credit: amount),
            ],
            document: document,
            party: String(payer.prefix(200)),
            receivable: id
        )
    }
}

/// Which receivables are asked for.
enum ReceivableState: String, Sendable, CaseIterable {
    case open = "neuhrazene"
    case late = "po-splatnosti"
    case paid = "uhrazene"
    case cancelled = "zrusene"

    var czech: String {
        switch self {
        case .open: "neuhrazené"
        case .late: "po splatnosti"
        case .paid: "uhrazené"
        case .cancelled: "zrušené"
        }
    }
}

/// How many receivables there are and what they come to.
struct ReceivableSum: Sendable {
    let count: Int
    let amount: Money
}

/// Local fees that can be prescribed; the budget item belongs to each (decree 412/2021).
enum FeeKind: String, Sendable, CaseIterable, SQLCodable {
    case dog, waste

    var czech: String {
        switch self {
        case .dog: "poplatek ze psů"
        case .waste: "poplatek za odpady"
        }
    }

    var item: String {
        switch self {
        case .dog: "1341"
        case .waste: "1345"
        }
    }
}
