import Database
import Foundation
import Office

/// An entry of the journal as it is booked.
struct NewEntry: Sendable, Equatable {
    var id: UUID
    var day: Day
    var text: String
    var lines: [EntryLine]
    /// What was booked, such as the number of an invoice, and with whom (§ 11(1) of act 563/1991).
    var document = ""
    var party = ""
    /// Who answers for the accounting case (§ 11(1)(f) of act 563/1991); empty: who books it.
    var answeredBy = ""
    var receivable: UUID?
    var reverses: UUID?

    static let linesMax = 200
    /// A hundred milliard crowns: more is a slip of the pen, and sums stay far from overflowing.
    static let amountMax = Money(crowns: 100_000_000_000)

    /// Throws ``BooksRefusal``; the database checks the balance once more at commit.
    func check() throws {
        guard (3...300).contains(text.count) else { throw BooksRefusal.textNeeded }
        guard document.count <= 60, party.count <= 200 else { throw BooksRefusal.tooLong }
        try Self.check(lines)
    }

    static func check(_ lines: [EntryLine]) throws {
        guard lines.count <= linesMax else { throw BooksRefusal.tooManyLines }
        for line in lines { try line.check() }
        guard lines.count >= 2 else { throw BooksRefusal.twoLines }
        let difference = lines.reduce(0) { $0 + $1.debit.hellers - $1.credit.hellers }
        guard difference == 0 else { throw BooksRefusal.unbalanced(Money(hellers: difference)) }
        let offBalance = lines.count(where: \.isOffBalance)
        guard offBalance == 0 || offBalance == lines.count else { throw BooksRefusal.offBalance }
    }
}

extension NewEntry {
    /// Cash that moved and that the budget report cannot place: neither opening or closing a year, nor within the cash.
    static func hasUnclassifiedCash(_ lines: [EntryLine]) -> Bool {
        guard !lines.contains(where: { UsedAccount.opening.contains(String($0.account.prefix(3))) }),
            !lines.allSatisfy({ $0.isCash || $0.account.hasPrefix(UsedAccount.cashInTransit) })
        else { return false }
        return lines.contains { $0.isCash && $0.item.isEmpty }
    }
}

struct EntryLine: Sendable, Equatable {
    var account: String
    var debit: Money
    var credit: Money
    var paragraph = ""
    var item = ""

    /// Where money itself is booked; only there the budget's classification belongs (decree 412/2021).
    var isCash: Bool { UsedAccount.cash.contains(String(account.prefix(3))) }

    /// What is wrong with this line, whatever the others say.
    func check() throws {
        guard max(debit, credit) <= NewEntry.amountMax else { throw BooksRefusal.badAmount }
        guard (debit.hellers == 0) != (credit.hellers == 0), debit.hellers >= 0, credit.hellers >= 0 else {
            throw BooksRefusal.oneSide
        }
        guard
            [paragraph, item].allSatisfy({ code in
                code.isEmpty || (code.count == 4 && code.allSatisfy { $0.isASCII && $0.isNumber })
            })
        else { throw BooksRefusal.badBudget }
        guard isCash || (paragraph.isEmpty && item.isEmpty) else { throw BooksRefusal.budgetElsewhere }
    }

    /// Class 9 of the guide chart of accounts (annex 7 of decree 410/2009); its counterpart is 999.
    var isOffBalance: Bool { account.hasPrefix("9") }
}

struct BookedEntry: Sendable {
    let id: UUID
    let year: Int
    let number: Int
    let day: Day
    let text: String
    let document: String
    let party: String
    let receivable: UUID?
    let reverses: UUID?
    let reversedBy: UUID?
    /// Nil for an entry from before it was asked.
    let answeredBy: String?
    let bookedBy: String
    let bookedAt: Date

    var isReversed: Bool { reversedBy != nil }
}

/// What an entry comes to in one line of the journal.
struct EntrySum: Sendable {
    let amount: Money
    let debited: [String]
    let credited: [String]

    private static let accountsShown = 3

    /// `501, 502`, and of more than three the first with how many follow.
    static func short(_ accounts: [String]) -> String {
        guard accounts.count > accountsShown else { return accounts.joined(separator: ", ") }
        return "\(accounts[0]) a další \(accounts.count - 1)"
    }
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
