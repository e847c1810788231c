import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// What the books come to: trial balance and general ledger.
extension BooksRoutes {
    func year(_ request: Request, _ visit: Visit) throws -> Int {
        let asked = Int(try Input.query("rok", of: request)) ?? visit.today.year
        return (1990...9000).contains(asked) ? asked : visit.today.year
    }

    /// Through the end of the month asked for, or else of this month or of a whole other year.
    func lastDay(_ request: Request, _ visit: Visit) throws -> (day: Day, month: Int) {
        let year = try year(request, visit)
        let usual = year == visit.today.year ? visit.today.date.month : 12
        let month = Int(try Input.query("mesic", of: request)) ?? usual
        let last = (1...12).contains(month) ? month : usual
        let next =
            last == 12 ? Day(year: year + 1, month: 1, day: 1) : Day(year: year, month: last + 1, day: 1)
        return ((next ?? visit.today) - 1, last)
    }

    @Sendable func trialBalance(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let (day, month) = try lastDay(request, visit)
        let lines = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) { tenant in
            try await BooksStore.trialBalance(through: day, in: tenant)
        }
        let zero = Money(hellers: 0)
        let largest = max(1, lines.map { max($0.debit.hellers, $0.credit.hellers) }.max() ?? 1)
        let path = "/ucetnictvi/predvaha?rok="
        let closing = lines.reduce(zero) { $0 + $1.closing }
        let page = TrialBalancePage(
            title: "Obratová předvaha \(day.year)",
            year: day.year,
            through: day.czech,
            lines: lines.map {
                BalanceRow(
                    account: $0.account,
                    name: $0.name,
                    link: "/ucetnictvi/ucet/\($0.account)?rok=\(day.year)",
                    opening: $0.opening.plain,
                    debit: $0.debit.plain,
                    credit: $0.credit.plain,
                    balance: $0.closing.plain,
                    debitWidth: $0.debit.hellers * 1000 / largest,
                    creditWidth: $0.credit.hellers * 1000 / largest
                )
            },
            isEmpty: lines.isEmpty,
            opening: lines.reduce(zero) { $0 + $1.opening }.plain,
            debit: lines.reduce(zero) { $0 + $1.debit }.plain,
            credit: lines.reduce(zero) { $0 + $1.credit }.plain,
            balance: closing.plain,
            isProvisional: lines.contains { $0.account == UsedAccount.result && $0.opening.hellers != 0 },
            years: PeriodLink.years(about: day.year) { "\(path)\($0)" },
            months: (1...12).map {
                PeriodLink(
                    name: Month.names[$0 - 1],
                    link: "\(path)\(day.year)&mesic=\($0)",
                    isCurrent: $0 == month
                )
            },
            file: "/ucetnictvi/predvaha.csv?rok=\(day.year)&mesic=\(month)"
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable func ledger(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let year = try year(request, visit)
        let account = try visit.parameter("account")
        let after: (number: Int, position: Int)? = try Input.cursor("za", of: request, by: "-") { place in
            Int32(place[0]).flatMap { number in Int32(place[1]).map { (Int(number), Int($0)) } }
        }
        let rows = Limits.rowsPerPageMax
        let (name, found, opening, before, turnover, moved) = try await books.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { tenant in
            guard let name = try await BooksStore.account(account, in: tenant) else {
                throw PlainRefusal.missing
            }
            return (
                name,
                try await BooksStore.ledger(account, year, after: after, rowsMax: rows + 1, in: tenant),
                try await BooksStore.opening(account, year, in: tenant),
                try await BooksStore.turnover(account, year, through: after ?? (0, 0), in: tenant),
                try await BooksStore.turnover(account, year, in: tenant),
                try await BooksStore.months(account, year, in: tenant)
            )
        }
        let shown = found.prefix(rows)
        var balance = opening + before.debit - before.credit
        let start = balance
        let page = LedgerPage(
            title: "\(account) \(name)",
            year: year,
            path: "/ucetnictvi/ucet/\(account)",
            opening: start.plain,
            isFirst: after == nil,
            lines: shown.map {
                balance = balance + $0.debit - $0.credit
                return LedgerRow(
                    number: "\($0.number)/\($0.year)",
                    link: "/ucetnictvi/zapis/\($0.entryID.uuidString.lowercased())",
                    day: $0.day.czechShort,
                    text: $0.text,
                    debit: $0.debit.hellers == 0 ? "" : $0.debit.plain,
                    credit: $0.credit.hellers == 0 ? "" : $0.credit.plain,
                    balance: balance.plain
                )
            },
            isEmpty: shown.isEmpty,
            debit: turnover.debit.plain,
            credit: turnover.credit.plain,
            balance: (opening + turnover.debit - turnover.credit).plain,
            years: PeriodLink.years(about: year) { "/ucetnictvi/ucet/\(account)?rok=\($0)" },
            picture: BalancePicture(
                (1...(year == visit.today.year ? visit.today.date.month : 12)).map { month in
                    moved.filter { $0.key <= month }.reduce(opening) { $0 + $1.value }
                }
            ),
            next: found.count > rows
                ? shown.last.map {
                    "/ucetnictvi/ucet/\(account)?rok=\(year)&za=\($0.number)-\($0.position)"
                } : nil
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable func lock(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(LockForm.self, from: request)
        do {
            let day = try form.checked(on: visit.today)
            try await books.lock(until: day, at: try visit.here.tenant, by: clerk)
            return done("Účetnictví je uzamčené do \(day.czechShort).", "/ucetnictvi")
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(refusal: refusal, lock: form, to: request, visit, clerk)
        }
    }

    /// What came in and went out by the budget's classification; the approved budget itself is not kept here.
    @Sendable func cashFlow(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let year = try year(request, visit)
        let (lines, paragraphs, items, loose) = try await books.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { tenant in
            (
                try await BooksStore.cashFlow(year, in: tenant), try await BudgetStore.paragraphs(in: tenant),
                try await BudgetStore.items(in: tenant), try await BooksStore.unclassified(year, in: tenant)
            )
        }
        let names = Dictionary(
            (paragraphs.map { ("p\($0.code)", $0.name) }) + items.map { ("i\($0.code)", $0.name) }
        ) {
            first,
            _ in first
        }
        func sum(_ lines: [CashLine]) -> Money {
            Money(hellers: lines.reduce(0) { $0 + ($1.isExpenditure ? -$1.came.hellers : $1.came.hellers) })
        }
        func part(_ title: String, _ belongs: (CashLine) -> Bool) -> CashFlowPart {
            let chosen = lines.filter(belongs)
            let whole = max(1, chosen.reduce(0) { $0 + abs($1.came.hellers) })
            let rows = chosen.map { line in
                let amount = line.isExpenditure ? Money(hellers: -line.came.hellers) : line.came
                return CashFlowRow(
                    item: line.item,
                    itemName: names["i\(line.item)"] ?? "",
                    paragraph: line.paragraph,
                    paragraphName: line.paragraph == "0000" ? "" : names["p\(line.paragraph)"] ?? "",
                    amount: amount.plain,
                    share: Self.percent(abs(amount.hellers), of: whole),
                    width: abs(amount.hellers) * 1000 / whole
                )
            }
            return CashFlowPart(title: title, rows: rows, sum: sum(chosen).plain)
        }
        let parts = [
            part("Příjmy") { !$0.isExpenditure && !$0.isFinancing }, part("Výdaje") { $0.isExpenditure },
            part("Financování") { $0.isFinancing },
        ]
        let page = CashFlowPage(
            title: "Příjmy a výdaje \(year)",
            parts: parts.filter { !$0.rows.isEmpty },
            hasUnclassified: loose.came.hellers != 0 || loose.went.hellers != 0,
            unclassifiedCame: loose.came.plain,
            unclassifiedWent: loose.went.plain,
            isEmpty: lines.isEmpty,
            came: sum(lines.filter { !$0.isExpenditure && !$0.isFinancing }).czech,
            went: sum(lines.filter(\.isExpenditure)).czech,
            rest: lines.filter { !$0.isFinancing }.reduce(Money(hellers: 0)) { $0 + $1.came }.czech,
            years: PeriodLink.years(about: year) { "/ucetnictvi/prijmy-a-vydaje?rok=\($0)" }
        )
        return try pages.answer(page, to: request, visit)
    }

    /// `12 %`, and of a part too small to be seen `méně než 1 %`.
    static func percent(_ part: Int, of whole: Int) -> String {
        let percent = Int((Double(part) * 100 / Double(max(1, whole))).rounded())
        return percent == 0 && part > 0 ? "méně než 1\u{A0}%" : "\(percent)\u{A0}%"
    }
}
