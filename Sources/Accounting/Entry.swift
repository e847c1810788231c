import Database
import Foundation
import Office

/// An entry of the journal as it is booked.
struct NewEntry: Sendable, Equatable {
    var id: UUID
    var day: Day
    var text: String
    var lines: [EntryLine]
    var reverses: UUID?

    static let linesMax = 200
    /// A hundred milliard crowns: more is a slip of the pen, and sums stay far from overflowing.
    static let amountMax = Money(crowns: 100_000_000_000)

    /// Throws ``BooksRefusal``; the database checks the balance once more at commit.
    func check() throws {
        guard (3...300).contains(text.count) else { throw BooksRefusal.textNeeded }
        guard lines.count <= Self.linesMax else { throw BooksRefusal.tooManyLines }
        guard lines.count >= 2 else { throw BooksRefusal.twoLines }
        guard lines.allSatisfy({ max($0.debit, $0.credit) <= Self.amountMax }) else {
            throw BooksRefusal.badAmount
        }
        let difference = lines.reduce(0) { $0 + $1.debit.hellers - $1.credit.hellers }
        guard difference == 0 else { throw BooksRefusal.unbalanced(Money(hellers: difference)) }
        for line in lines {
            guard (line.debit.hellers == 0) != (line.credit.hellers == 0), line.debit.hellers >= 0,
                line.credit.hellers >= 0
            else { throw BooksRefusal.oneSide }
            guard
                [line.paragraph, line.item].allSatisfy({ code in
                    code.isEmpty || (code.count == 4 && code.allSatisfy { $0.isASCII && $0.isNumber })
                })
            else { throw BooksRefusal.badBudget }
        }
    }
}

struct EntryLine: Sendable, Equatable {
    var account: String
    var debit: Money
    var credit: Money
    var paragraph = ""
    var item = ""
}

struct BookedEntry: Sendable {
    let id: UUID
    let year: Int
    let number: Int
    let day: Day
    let text: String
    let reverses: UUID?
    let isReversed: Bool
    let bookedBy: String
}

struct BalanceLine: Sendable {
    let account: String
    let name: String
    /// Carried over from earlier years; debit is positive.
    let opening: Money
    let debit: Money
    let credit: Money

    var closing: Money { opening + debit - credit }
}

struct LedgerLine: Sendable {
    let entryID: UUID
    let year: Int
    let number: Int
    let position: Int
    let day: Day
    let text: String
    let debit: Money
    let credit: Money
}

struct Receivable: Sendable {
    let id: UUID
    let kind: FeeKind
    let payer: String
    let amount: Money
    let due: Day
    let variableSymbol: String
    let referenceNumber: String
    let isPaid: Bool
    /// Its prescription was reversed.
    let isCancelled: Bool
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

/// Accounts that the books themselves use (decree 410/2009, guide chart of accounts).
enum UsedAccount {
    static let receivables = "315"
    static let localFees = "606"
    static let bank = "231"
}

enum BooksRefusal: Refusal, Equatable {
    case textNeeded, twoLines, oneSide, badAmount, badDay, unknownAccount, locked, reversedAlready,
        paidAlready, cancelled, prescriptionPaid, tooManyLines, badBudget, unknownFee, lockedAlready,
        unknownSymbol, otherEntry
    case unbalanced(Money)

    var kind: RefusalKind {
        switch self {
        case .reversedAlready, .paidAlready, .cancelled, .prescriptionPaid, .otherEntry: .conflict
        default: .invalid
        }
    }

    var code: String {
        if case .unbalanced = self { return "books-unbalanced" }
        return "books-\(self)"
    }

    var czech: String {
        switch self {
        case .textNeeded: "Napište, co se účtuje (3 až 300 znaků)."
        case .twoLines: "Zápis musí mít aspoň dva řádky: Má dáti a Dal."
        case .oneSide: "Každý řádek má částku jen na jedné straně."
        case .badAmount: "Částku napište v korunách, například 200 nebo 1 500,50."
        case .badDay: "Den účetního případu zapište jako datum."
        case .unknownAccount: "Účet v účtovém rozvrhu není. Vyberte jej prosím ze seznamu."
        case .locked: "Období je uzamčené. Účtujte do otevřeného období."
        case .reversedAlready: "Zápis už byl stornován."
        case .cancelled: "Předpis pohledávky byl stornován, není co platit."
        case .prescriptionPaid: "Pohledávka je zaplacená. Stornujte nejdřív zápis o úhradě."
        case .tooManyLines: "Zápis může mít nejvýše 200 řádků. Rozdělte jej prosím."
        case .badBudget: "Paragraf i položka mají čtyři číslice."
        case .unknownFee: "Tento poplatek účetní knihy neznají."
        case .lockedAlready: "Uzamčeno je už do pozdějšího dne; odemknout období nejde."
        case .unknownSymbol: "Pohledávku s tímto variabilním symbolem kniha nemá."
        case .paidAlready: "Pohledávka už je zaplacená."
        case .otherEntry: "Zápis s tímto označením už je v deníku s jiným obsahem."
        case .unbalanced(let difference):
            "Má dáti a Dal se liší o \(difference.czech). Opravte prosím částky."
        }
    }

    var fields: [String: String] {
        switch self {
        case .textNeeded: ["text": czech]
        case .badDay, .locked: ["day": czech]
        case .lockedAlready: ["until": czech]
        case .unknownSymbol: ["symbol": czech]
        default: ["lines": czech]
        }
    }
}
