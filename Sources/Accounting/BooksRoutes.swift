import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
package import Web

/// The books, for the accountant; and the one page a person pays by.
package struct BooksRoutes: Sendable {
    let books: Books
    let pages: Pages
    let cookies: CookieJar

    package init(books: Books, pages: Pages, cookies: CookieJar) {
        self.books = books
        self.pages = pages
        self.cookies = cookies
    }

    private static let room = "Accounting"
    private static let lineCount = 6

    package var routes: [Route] {
        func needs(
            _ method: HTTPRequest.Method,
            _ path: String,
            _ summary: String,
            _ answer: @escaping Route.ClerkHandler
        )
            -> Route
        {
            .needs(.keepBooks, method, path, room: Self.room, summary, answer)
        }
        return [
            needs(.get, "/ucetnictvi", "Účetní deník a pohledávky", journal),
            needs(.get, "/ucetnictvi/zapis", "Nový zápis", newEntry),
            needs(.post, "/ucetnictvi/zapis", "Zaúčtuje", book),
            needs(.get, "/ucetnictvi/zapis/:id", "Účetní zápis", entry),
            needs(.post, "/ucetnictvi/zapis/:id/storno", "Stornuje", reverse),
            needs(.get, "/ucetnictvi/predvaha", "Obratová předvaha", trialBalance),
            needs(.get, "/ucetnictvi/ucet/:account", "Hlavní kniha účtu", ledger),
            needs(.post, "/ucetnictvi/pohledavka/:id/uhrada", "Zapíše úhradu", pay),
            needs(.post, "/ucetnictvi/uhrada", "Zapíše úhradu podle variabilního symbolu", payBySymbol),
            needs(.post, "/ucetnictvi/uzamknout", "Uzamkne období", lock),
            needs(.post, "/api/entries", "Zaúčtuje zápis", apiBook),
            .open(.get, "/platba/:id", room: Self.room, "Platební údaje", payment),
        ]
    }

    // The journal

    @Sendable private func journal(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(refusal: nil, to: request, visit, clerk)
    }

    /// The room's first page; a refusal of one of its forms is shown there.
    func answer(refusal: (any Refusal)?, to request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let place = try Input.query("za", of: request).split(separator: "-").compactMap { Int($0) }
        let before = place.count == 2 ? (year: place[0], number: place[1]) : nil
        let rows = Limits.rowsPerPageMax
        let (found, open, locked) = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            (
                try await BooksStore.journal(before: before, rowsMax: rows + 1, in: tenant),
                try await BooksStore.openReceivables(in: tenant),
                try await BooksStore.lockedUntil(in: tenant)
            )
        }
        let shown = found.prefix(rows)
        let page = BooksPage(
            entries: shown.map(EntryRow.init),
            isEmpty: shown.isEmpty,
            receivables: open.map { ReceivableRow($0, today: visit.today) },
            hasReceivables: !open.isEmpty,
            next: found.count > rows ? shown.last.map { "/ucetnictvi?za=\($0.year)-\($0.number)" } : nil,
            lockedUntil: locked?.czech,
            today: visit.today.description,
            errors: (refusal?.fields ?? [:]).map { BooksFault(field: $0.key, sentence: $0.value) },
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func entry(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        try await answer(entry: try visit.identifier("id"), nil, to: request, visit, clerk)
    }

    private func answer(
        entry id: UUID,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let (entry, lines) = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            guard let entry = try await BooksStore.entry(id, in: tenant) else { throw PlainRefusal.missing }
            return (entry, try await BooksStore.lines(of: id, in: tenant))
        }
        let page = EntryPage(
            title: "Zápis \(entry.number)/\(entry.year)",
            id: id.uuidString.lowercased(),
            day: entry.day.czech,
            text: entry.text,
            by: entry.bookedBy,
            lines: lines.map {
                LineRow(
                    account: $0.account,
                    link: "/ucetnictvi/ucet/\($0.account)?rok=\(entry.year)",
                    debit: $0.debit.hellers == 0 ? "" : $0.debit.czech,
                    credit: $0.credit.hellers == 0 ? "" : $0.credit.czech,
                    budget: [$0.paragraph, $0.item].filter { !$0.isEmpty }.joined(separator: " / ")
                )
            },
            isReversed: entry.isReversed,
            canReverse: !entry.isReversed && entry.reverses == nil,
            error: refusal?.czech
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func reverse(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let id = try visit.identifier("id")
        let reversal = UUID.v7()
        do {
            try await books.reverse(
                id,
                as: reversal,
                at: try visit.here.tenant,
                by: clerk,
                today: visit.today
            )
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(entry: id, refusal, to: request, visit, clerk)
        }
        return done("Zápis je stornovaný.", "/ucetnictvi/zapis/\(reversal.uuidString.lowercased())")
    }

    func done(_ sentence: String, _ location: String) -> Response {
        var response = Response.seeOther(location)
        response.flash(sentence, cookies)
        return response
    }

    // Booking

    /// A page sends lists of equal length; empty lines are left out.
    private struct EntryForm: Decodable {
        var id: String
        var day: String
        var text: String
        var account: [String]
        var debit: [String]
        var credit: [String]
        var paragraph: [String]?
        var item: [String]?

        func entry() throws -> NewEntry {
            guard let id = UUID(uuidString: id) else { throw PlainRefusal.unreadable(field: "id") }
            guard let day = Day(day) else { throw BooksRefusal.badDay }
            var lines: [EntryLine] = []
            for index in account.indices {
                let at = { (list: [String]) in
                    index < list.count ? list[index].trimmingCharacters(in: .whitespaces) : ""
                }
                if at(account).isEmpty, at(debit).isEmpty, at(credit).isEmpty { continue }
                func money(_ text: String) throws -> Money {
                    guard !text.isEmpty else { return Money(hellers: 0) }
                    guard let money = Money(text), money.hellers >= 0 else { throw BooksRefusal.badAmount }
                    return money
                }
                lines.append(
                    EntryLine(
                        account: String(at(account).prefix { $0 != " " }),
                        debit: try money(at(debit)),
                        credit: try money(at(credit)),
                        paragraph: String(at(paragraph ?? []).prefix(4)),
                        item: String(at(item ?? []).prefix(4))
                    )
                )
            }
            return NewEntry(
                id: id,
                day: day,
                text: text.trimmingCharacters(in: .whitespacesAndNewlines),
                lines: lines,
                reverses: nil
            )
        }
    }

    @Sendable private func newEntry(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(nil, nil, to: request, visit, clerk)
    }

    private func answer(
        _ form: EntryForm?,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let accounts = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) { tenant in
            try await BooksStore.accounts(in: tenant)
        }
        func at(_ list: [String]?, _ index: Int) -> String {
            list.map { index < $0.count ? $0[index] : "" } ?? ""
        }
        let count = max(Self.lineCount, form?.account.count ?? 0)
        let page = NewEntryPage(
            id: form?.id ?? UUID.v7().uuidString.lowercased(),
            day: form?.day ?? visit.today.description,
            text: form?.text ?? "",
            lines: (0..<count).map {
                LineInput(
                    number: $0 + 1,
                    account: at(form?.account, $0),
                    debit: at(form?.debit, $0),
                    credit: at(form?.credit, $0),
                    paragraph: at(form?.paragraph, $0),
                    item: at(form?.item, $0)
                )
            },
            accounts: accounts.map { AccountChoice(code: $0.code, name: $0.name) },
            errors: (refusal?.fields ?? [:]).map { BooksFault(field: $0.key, sentence: $0.value) },
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func book(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(EntryForm.self, from: request)
        do {
            let entry = try form.entry()
            try await books.change(at: try visit.here.tenant, by: clerk) { office in
                _ = try await books.book(entry, by: clerk.name, in: office)
            }
            return done("Zaúčtováno.", "/ucetnictvi/zapis/\(entry.id.uuidString.lowercased())")
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(form, refusal, to: request, visit, clerk)
        }
    }

    private struct ApiEntry: Decodable {
        struct Line: Decodable {
            let account: String
            let debit: Int?
            let credit: Int?
            let paragraph: String?
            let item: String?
        }
        let id: UUID
        let day: Day
        let text: String
        let lines: [Line]
    }

    /// Amounts in haléře; the client's `id` makes a repeat do nothing.
    @Sendable private func apiBook(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let asked = try await Input.decode(ApiEntry.self, from: request)
        let entry = NewEntry(
            id: asked.id,
            day: asked.day,
            text: asked.text,
            lines: asked.lines.map {
                EntryLine(
                    account: $0.account,
                    debit: Money(hellers: $0.debit ?? 0),
                    credit: Money(hellers: $0.credit ?? 0),
                    paragraph: $0.paragraph ?? "",
                    item: $0.item ?? ""
                )
            },
            reverses: nil
        )
        let isNew = try await books.change(at: try visit.here.tenant, by: clerk) { office in
            try await books.book(entry, by: clerk.name, in: office)
        }
        return try Response.json(["id": asked.id.uuidString.lowercased()], status: isNew ? .created : .ok)
    }
}

extension EntryRow {
    init(_ entry: BookedEntry) {
        self.init(
            number: "\(entry.number)/\(entry.year)",
            link: "/ucetnictvi/zapis/\(entry.id.uuidString.lowercased())",
            day: entry.day.czechShort,
            text: entry.text,
            isReversed: entry.isReversed
        )
    }
}
