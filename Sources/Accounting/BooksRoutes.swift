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
    /// What the template says of the guide chart's names.
    let chart: ChartSources

    package init(books: Books, chart: ChartSources, pages: Pages, cookies: CookieJar) {
        self.books = books
        self.chart = chart
        self.pages = pages
        self.cookies = cookies
    }

    private static let room = "Accounting"
    private static let receivablesShown = 10
    private static let year = Parameter.query("rok", "Účetní rok, například 2026; jinak letošní.", .integer)
    private static let month = Parameter.query("mesic", "Do konce kterého měsíce, 1 až 12.", .integer)
    private static let words = Parameter.query("q", "Hledané číslo nebo slova.")

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
            needs(.get, "/ucetnictvi", "Účetní deník a pohledávky", journal)
                .asking(.query("za", "Zápisy starší než tento: rok-číslo, například 2026-15."))
                .showing(BooksPage.self),
            needs(.get, "/ucetnictvi/zapis", "Nový zápis", newEntry).showing(NewEntryPage.self),
            needs(.post, "/ucetnictvi/zapis", "Zaúčtuje", book).taking(EntryForm.self),
            needs(.get, "/ucetnictvi/zapis/:id", "Účetní zápis", entry).showing(EntryPage.self),
            needs(.post, "/ucetnictvi/zapis/:id/storno", "Stornuje", reverse)
                .taking(ReversalForm.self),
            needs(.get, "/ucetnictvi/denik.csv", "Účetní deník roku jako CSV", journalFile)
                .asking(Self.year).sending("text/csv"),
            needs(.get, "/ucetnictvi/predvaha", "Obratová předvaha", trialBalance)
                .asking(Self.year, Self.month).showing(TrialBalancePage.self),
            needs(.get, "/ucetnictvi/predvaha.csv", "Obratová předvaha jako CSV", trialBalanceFile)
                .asking(Self.year, Self.month).sending("text/csv"),
            needs(.get, "/ucetnictvi/ucet/:account", "Hlavní kniha účtu", ledger)
                .asking(Self.year, .query("za", "Pohyby za tímto: rok-číslo-řádek."))
                .showing(LedgerPage.self),
            needs(.get, "/ucetnictvi/ucet/:account/pohyby.csv", "Pohyby účtu jako CSV", ledgerFile)
                .asking(Self.year).sending("text/csv"),
            needs(.get, "/ucetnictvi/ucty", "Účtový rozvrh", accounts)
                .asking(Self.words).showing(ChartPage.self),
            needs(.post, "/ucetnictvi/ucty", "Přidá analytický účet", addAccount)
                .asking(Self.words).taking(AccountForm.self),
            needs(.get, "/ucetnictvi/skladba", "Paragrafy a položky rozpočtové skladby", codes)
                .asking(Self.words).showing(CodesPage.self),
            needs(.get, "/ucetnictvi/prijmy-a-vydaje", "Příjmy a výdaje podle rozpočtové skladby", cashFlow)
                .asking(Self.year, Self.month).showing(CashFlowPage.self),
            needs(.get, "/ucetnictvi/pohledavky", "Pohledávky", receivables)
                .asking(
                    .query("stav", "Které pohledávky.", .choice(ReceivableState.allCases.map(\.rawValue))),
                    .query("za", "Pohledávky za touto: den_identifikátor.")
                ).showing(ReceivablesPage.self),
            needs(.get, "/ucetnictvi/pohledavka/:id/uhrada", "Úhrada pohledávky", payment(of:_:_:))
                .showing(PayPage.self),
            needs(.post, "/ucetnictvi/pohledavka/:id/uhrada", "Zapíše úhradu", pay)
                .taking(PaymentForm.self),
            needs(.post, "/ucetnictvi/uhrada", "Zapíše úhradu podle variabilního symbolu", payBySymbol)
                .taking(PaymentForm.self),
            needs(.post, "/ucetnictvi/uzamknout", "Uzamkne období", lock).taking(LockForm.self),
            needs(.post, "/api/entries", "Zaúčtuje zápis", apiBook).taking(ApiEntry.self)
                .giving(BookedID.self).giving(BookedID.self, .created),
            .open(.get, "/platba/:id", room: Self.room, "Platební údaje", payment).showing(PaymentPage.self),
        ]
    }

    // The journal

    @Sendable private func journal(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(refusal: nil, to: request, visit, clerk)
    }

    /// The room's first page; a refusal of one of its forms is shown there.
    func answer(
        refusal: (any Refusal)?,
        payment: PaymentForm? = nil,
        lock: LockForm? = nil,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let before: (year: Int, number: Int)? = try Input.cursor("za", of: request, by: "-") { place in
            Int32(place[0]).flatMap { year in Int32(place[1]).map { (Int(year), Int($0)) } }
        }
        let rows = Limits.rowsPerPageMax
        let (found, sums, open, locked) = try await books.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) {
            tenant in
            let found = try await BooksStore.journal(before: before, rowsMax: rows + 1, in: tenant)
            return (
                found, try await BooksStore.sums(of: found.map(\.id), in: tenant),
                try await ReceivableStore.open(rowsMax: Self.receivablesShown + 1, in: tenant),
                try await BooksStore.lockedUntil(in: tenant)
            )
        }
        let shown = found.prefix(rows)
        let faults = payment == nil ? refusal?.fields ?? [:] : PaymentForm.faults(refusal)
        let page = BooksPage(
            entries: shown.map { EntryRow($0, sums[$0.id]) },
            isEmpty: shown.isEmpty,
            year: visit.today.year,
            receivables: open.prefix(Self.receivablesShown).map { ReceivableRow($0, today: visit.today) },
            hasReceivables: !open.isEmpty,
            hasMore: open.count > Self.receivablesShown,
            next: found.count > rows ? shown.last.map { "/ucetnictvi?za=\($0.year)-\($0.number)" } : nil,
            lockedUntil: locked?.czech,
            pairing: PaymentFields(
                payment,
                payment == nil ? nil : refusal,
                payment == nil ? [:] : faults,
                today: visit.today
            ),
            lock: LockFields(lock, lock == nil ? [:] : faults),
            errors: BooksFault.listed(faults, ["symbol", "amount", "day", "document", "until", "sure"]),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    func done(_ sentence: String, _ location: String) -> Response {
        var response = Response.seeOther(location)
        response.flash(sentence, cookies)
        return response
    }
}

extension EntryRow {
    init(_ entry: BookedEntry, _ sum: EntrySum?) {
        self.init(
            number: "\(entry.number)/\(entry.year)",
            link: "/ucetnictvi/zapis/\(entry.id.uuidString.lowercased())",
            day: entry.day.czechShort,
            text: entry.text,
            document: entry.document,
            debited: EntrySum.short(sum?.debited ?? []),
            credited: EntrySum.short(sum?.credited ?? []),
            amount: sum?.amount.plain ?? "",
            isReversed: entry.isReversed,
            isReversal: entry.reverses != nil
        )
    }
}
