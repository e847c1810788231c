import Foundation
import Office

/// A row of the chart of accounts (§ 14 of act 563/1991).
struct Account: Sendable {
    let code: String
    let name: String
    let kind: String

    var kindCzech: String {
        switch kind {
        case "A", "A-": "aktivum"
        case "P": "pasivum"
        case "AP": "aktivum i pasivum"
        case "N": "náklad"
        case "V": "výnos"
        case "Z": "závěrkový"
        case "PR": "podrozvaha"
        default: ""
        }
    }
}

/// A paragraph or an item of the budget's classification (decree 412/2021).
struct BudgetCode: Sendable {
    let code: String
    let name: String
    /// Where the name comes from; some are known only from the decree before.
    let decree: String

    var isCurrent: Bool { decree.hasPrefix("412/2021") }
}

/// What came in less what went out under one paragraph and item.
struct CashLine: Sendable {
    let paragraph: String
    let item: String
    let came: Money

    /// Classes 1 to 4 are revenues, 5 and 6 expenditures, 8 financing.
    var isExpenditure: Bool { item.hasPrefix("5") || item.hasPrefix("6") }
    var isFinancing: Bool { item.hasPrefix("8") }
}

/// An analytical account as it is added to a synthetic one.
struct NewAccount: Sendable {
    let code: String
    let name: String

    /// Throws ``BooksRefusal/faults(_:)`` with all that is wrong.
    init(code: String, name: String) throws {
        self.code = code.filter { !$0.isWhitespace }
        self.name = name.trimmingCharacters(in: .whitespacesAndNewlines)
        var faults: [String: String] = [:]
        let halves = self.code.split(separator: ".", omittingEmptySubsequences: false)
        let isAccount =
            halves.count == 2 && halves[0].count == 3 && (1...6).contains(halves[1].count)
            && halves.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
        if !isAccount { faults["code"] = BooksRefusal.badAccount.czech }
        if !(2...200).contains(self.name.unicodeScalars.count) {
            faults["name"] = BooksRefusal.accountName.czech
        }
        guard faults.isEmpty else { throw BooksRefusal.faults(faults) }
    }

    var synthetic: String { String(code.prefix(3)) }
}

/// Accounts that the books themselves use (decree 410/2009, guide chart of accounts).
enum UsedAccount {
    static let receivables = "315"
    static let localFees = "606"
    static let bank = "231"
    /// Where the results of earlier years stand until the assembly approves them.
    static let result = "431"
    static let till = "261"
    static let cash: Set = ["231", "236", "261"]
    static let cashInTransit = "262"
    /// Through which a year is opened and closed.
    static let opening: Set = ["491", "492", "493"]
}
