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
