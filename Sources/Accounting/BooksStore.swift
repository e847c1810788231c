import Database
import Foundation
import Office

/// Every statement about the journal, the ledger and receivables.
enum BooksStore {
    /// The entry under the next number of its year; the client's id makes a repeat do nothing.
    ///
    /// Of two at once with the same id one meets `entries_pkey`, is rolled back with its number, and runs again.
    static func book(_ entry: NewEntry, by name: String, in tenant: TenantTransaction) async throws -> Bool {
        let known = try await tenant.first("select id from tenant.entries where id = \(entry.id)") { row in
            try row["id"] as UUID
        }
        guard known == nil else { return false }
        let number = try await tenant.first(
            """
            insert into tenant.entry_counters as c (year, last) values (\(entry.day.year), 1)
            on conflict (year) do update set last = c.last + 1
            returning last
            """
        ) { row in try row["last"] as Int }
        guard let number else { throw PlainRefusal.busy }
        tenant.run(
            """
            insert into tenant.entries (id, year, number, booked_on, text, reverses, booked_by)
            values (\(entry.id), \(entry.day.year), \(number), \(entry.day), \(entry.text), \(entry.reverses),
                \(name))
            """
        )
        for (position, line) in entry.lines.enumerated() {
            tenant.run(
                """
                insert into tenant.entry_lines (entry_id, position, year, number, account, debit, credit,
                    paragraph, item)
                values (\(entry.id), \(position), \(entry.day.year), \(number), \(line.account),
                    \(line.debit), \(line.credit), \(line.paragraph), \(line.item))
                """
            )
        }
        return true
    }

    static func lines(of entry: UUID, in tenant: TenantTransaction) async throws -> [EntryLine] {
        try await tenant.rows(
            """
            select account, debit, credit, paragraph, item from tenant.entry_lines
            where entry_id = \(entry) order by position
            """
        ) { row in
            EntryLine(
                account: try row["account"],
                debit: try row["debit"],
                credit: try row["credit"],
                paragraph: try row["paragraph"],
                item: try row["item"]
            )
        }
    }

    private static let entryColumns: SQL = """
        e.id, e.year, e.number, e.booked_on, e.text, e.reverses, e.booked_by,
        exists (select from tenant.entries r where r.reverses = e.id) as is_reversed
        from tenant.entries e
        """

    static func entry(_ id: UUID, in tenant: TenantTransaction) async throws -> BookedEntry? {
        try await tenant.first("select \(entryColumns) where e.id = \(id)", BookedEntry.init)
    }

    /// The journal, newest first, after the number `before` of its year.
    static func journal(
        before: (year: Int, number: Int)?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [BookedEntry] {
        try await tenant.rows(
            """
            select \(entryColumns)
            where (e.year, e.number) < (\(before?.year ?? 9999), \(before?.number ?? 0))
            order by e.year desc, e.number desc limit \(rowsMax)
            """,
            BookedEntry.init
        )
    }

    static func accounts(in tenant: TenantTransaction) async throws -> [(code: String, name: String)] {
        try await tenant.rows("select code, name from tenant.accounts order by code") { row in
            (code: try row["code"], name: try row["name"])
        }
    }

    /// Opening balance, turnover and closing balance of every account that has any, through that day of its year.
    ///
    /// Accounts of costs and revenues start each year from nothing; the others carry on (Czech accounting
    /// standard 702), so the books need no opening entries, and those that are made count like any other.
    static func trialBalance(through day: Day, in tenant: TenantTransaction) async throws -> [BalanceLine] {
        try await tenant.rows(
            """
            select l.account, a.name,
                coalesce(sum(l.debit - l.credit) filter (where e.year < \(day.year)), 0)::bigint as opening,
                coalesce(sum(l.debit) filter (where e.year = \(day.year)), 0)::bigint as debit,
                coalesce(sum(l.credit) filter (where e.year = \(day.year)), 0)::bigint as credit
            from tenant.entries e
            join tenant.entry_lines l on l.entry_id = e.id
            join tenant.accounts a on a.code = l.account
            where e.booked_on <= \(day) and (e.year = \(day.year) or a.kind not in ('N', 'V'))
            group by l.account, a.name order by l.account
            """
        ) { row in
            BalanceLine(
                account: try row["account"],
                name: try row["name"],
                opening: try row["opening"],
                debit: try row["debit"],
                credit: try row["credit"]
            )
        }
    }

    static func account(_ code: String, in tenant: TenantTransaction) async throws -> String? {
        try await tenant.first("select name from tenant.accounts where code = \(code)") { row in
            try row["name"] as String
        }
    }

    /// The movements of one account in a year, in the order of the journal, after the given line.
    static func ledger(
        _ account: String,
        _ year: Int,
        after: (number: Int, position: Int)?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [LedgerLine] {
        try await tenant.rows(
            """
            select e.id, l.number, l.position, l.year, e.booked_on, e.text, l.debit, l.credit
            from tenant.entry_lines l join tenant.entries e on e.id = l.entry_id
            where l.account = \(account) and l.year = \(year)
                and (l.number, l.position) > (\(after?.number ?? 0), \(after?.position ?? 0))
            order by l.number, l.position limit \(rowsMax)
            """
        ) { row in
            LedgerLine(
                entryID: try row["id"],
                year: try row["year"],
                number: try row["number"],
                position: try row["position"],
                day: try row["booked_on"],
                text: try row["text"],
                debit: try row["debit"],
                credit: try row["credit"]
            )
        }
    }

    static func turnover(_ account: String, _ year: Int, in tenant: TenantTransaction) async throws
        -> (debit: Money, credit: Money)
    {
        let found = try await tenant.first(
            """
            select coalesce(sum(debit), 0)::bigint as debit, coalesce(sum(credit), 0)::bigint as credit
            from tenant.entry_lines where account = \(account) and year = \(year)
            """
        ) { row in (debit: try row["debit"] as Money, credit: try row["credit"] as Money) }
        return found ?? (Money(hellers: 0), Money(hellers: 0))
    }

    /// A later day only: what is locked stays so.
    static func lock(until day: Day, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.book_locks set locked_until = \(day) where locked_until < \(day)"
        )
    }

    /// Nil while nothing is locked.
    static func lockedUntil(in tenant: TenantTransaction) async throws -> Day? {
        try await tenant.first(
            "select locked_until from tenant.book_locks where locked_until > '1900-01-01'"
        ) { row in try row["locked_until"] as Day }
    }

    // Receivables

    static func add(
        _ fee: FeePrescription,
        symbol: String,
        entry: UUID,
        in tenant: TenantTransaction
    ) {
        tenant.run(
            """
            insert into tenant.receivables (id, kind, payer, amount, due_on, variable_symbol, reference_number,
                document_id, entry_id)
            values (\(fee.id), \(fee.kind), \(fee.payer), \(fee.hellers), \(fee.due), \(symbol),
                \(fee.referenceNumber), \(fee.documentID), \(entry))
            """
        )
    }

    private static let receivableColumns: SQL = """
        r.id, r.kind, r.payer, r.amount, r.due_on, r.variable_symbol, r.reference_number,
        r.paid_by_entry is not null as is_paid,
        r.cancelled_by_entry is not null as is_cancelled from tenant.receivables r
        """

    static func openReceivables(in tenant: TenantTransaction) async throws -> [Receivable] {
        try await tenant.rows(
            """
            select \(receivableColumns) where r.paid_by_entry is null and r.cancelled_by_entry is null
            order by r.due_on, r.id limit 200
            """,
            Receivable.init
        )
    }

    static func receivable(_ id: UUID, in tenant: TenantTransaction) async throws -> Receivable? {
        try await tenant.first("select \(receivableColumns) where r.id = \(id)", Receivable.init)
    }

    /// The receivable that a payment with this variable symbol belongs to.
    static func receivable(symbol: String, in tenant: TenantTransaction) async throws -> Receivable? {
        try await tenant.first(
            "select \(receivableColumns) where r.variable_symbol = \(symbol)",
            Receivable.init
        )
    }

    static func pay(_ id: UUID, by entry: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.receivables set paid_by_entry = \(entry)
            where id = \(id) and paid_by_entry is null and cancelled_by_entry is null
            """
        )
    }

    /// A reversed payment leaves the receivable open again, a reversed prescription ends it.
    static func undo(_ entry: UUID, by reversal: UUID, in tenant: TenantTransaction) {
        tenant.run("update tenant.receivables set paid_by_entry = null where paid_by_entry = \(entry)")
        tenant.run("update tenant.receivables set cancelled_by_entry = \(reversal) where entry_id = \(entry)")
    }

    /// True when the entry prescribed a fee that has been paid.
    static func isPrescriptionOfPaid(_ entry: UUID, in tenant: TenantTransaction) async throws -> Bool {
        try await tenant.first(
            "select id from tenant.receivables where entry_id = \(entry) and paid_by_entry is not null"
        ) { row in try row["id"] as UUID } != nil
    }

    /// The next symbol of the year: four digits of it and six of its order.
    static func nextSymbol(_ year: Int, in tenant: TenantTransaction) async throws -> String {
        let count =
            try await tenant.first(
                """
                insert into tenant.entry_counters as c (year, last) values (\(-year), 1)
                on conflict (year) do update set last = c.last + 1
                returning last
                """
            ) { row in try row["last"] as Int } ?? 1
        let digits = String(count)
        return "\(year)" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    static func furnish(_ script: inout Script, chart: CSV, schema: String) throws {
        script.insert(
            into: "tenant.accounts",
            "code, name, kind",
            rows: try chart.lines.map { [try $0["code"], try $0["name"], try $0["kind"]] },
            schema: schema
        )
    }
}

extension BookedEntry {
    init(row: Row) throws {
        id = try row["id"]
        year = try row["year"]
        number = try row["number"]
        day = try row["booked_on"]
        text = try row["text"]
        reverses = try row["reverses"]
        isReversed = try row["is_reversed"]
        bookedBy = try row["booked_by"]
    }
}

extension Receivable {
    init(row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        payer = try row["payer"]
        amount = try row["amount"]
        due = try row["due_on"]
        variableSymbol = try row["variable_symbol"]
        referenceNumber = try row["reference_number"]
        isPaid = try row["is_paid"]
        isCancelled = try row["is_cancelled"]
    }
}
