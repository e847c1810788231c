import Database
import Foundation
import Office

/// Every statement about the journal, the ledger and the chart of accounts.
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
            insert into tenant.entries (id, year, number, booked_on, text, document, party, receivable_id,
                reverses, answered_by, booked_by)
            values (\(entry.id), \(entry.day.year), \(number), \(entry.day), \(entry.text), \(entry.document),
                \(entry.party), \(entry.receivable), \(entry.reverses),
                \(entry.answeredBy.isEmpty ? name : entry.answeredBy), \(name))
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
            """,
            EntryLine.init
        )
    }

    private static let entryColumns: SQL = """
        e.id, e.year, e.number, e.booked_on, e.text, e.document, e.party, e.receivable_id, e.reverses,
        e.answered_by, e.booked_by, e.booked_at, (select r.id from tenant.entries r where r.reverses = e.id) as reversed_by
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

    static func sums(of entries: [UUID], in tenant: TenantTransaction) async throws -> [UUID: EntrySum] {
        let found = try await tenant.rows(
            """
            select entry_id, sum(debit)::bigint as amount,
                string_agg(distinct account, ' ') filter (where debit > 0) as debited,
                string_agg(distinct account, ' ') filter (where credit > 0) as credited
            from tenant.entry_lines where entry_id = any (\(entries)::uuid[]) group by entry_id
            """
        ) { row in
            func accounts(_ column: String) throws -> [String] {
                (try row[column] as String?)?.split(separator: " ").map(String.init) ?? []
            }
            let sum = EntrySum(
                amount: try row["amount"],
                debited: try accounts("debited"),
                credited: try accounts("credited")
            )
            return (try row["entry_id"] as UUID, sum)
        }
        return Dictionary(found) { first, _ in first }
    }

    /// The entry that stands and pays this receivable by the same document.
    static func paid(_ receivable: UUID, by document: String, in tenant: TenantTransaction) async throws
        -> BookedEntry?
    {
        try await tenant.first(
            """
            select \(entryColumns)
            where e.receivable_id = \(receivable) and e.document = \(document) and e.reverses is null
                and not exists (select from tenant.entries r where r.reverses = e.id)
            limit 1
            """,
            BookedEntry.init
        )
    }

    /// Every line of the year with its entry, in the order of the journal.
    static func journalLines(_ year: Int, rowsMax: Int, in tenant: TenantTransaction) async throws
        -> [(entry: BookedEntry, line: EntryLine)]
    {
        try await tenant.rows(
            """
            select l.account, l.debit, l.credit, l.paragraph, l.item, \(entryColumns)
            join tenant.entry_lines l on l.entry_id = e.id
            where e.year = \(year) order by e.number, l.position limit \(rowsMax)
            """
        ) { row in (entry: try BookedEntry(row: row), line: try EntryLine(row: row)) }
    }

    static func accounts(in tenant: TenantTransaction) async throws -> [Account] {
        try await tenant.rows("select code, name, kind from tenant.accounts order by code") { row in
            Account(code: try row["code"], name: try row["name"], kind: try row["kind"])
        }
    }

    /// Of the kind of its synthetic account; false where the chart lacks that one.
    static func add(_ account: NewAccount, in tenant: TenantTransaction) async throws -> Bool {
        try await tenant.first(
            """
            insert into tenant.accounts (code, name, kind)
            select \(account.code), \(account.name), s.kind from tenant.accounts s where s.code = \(account.synthetic)
            returning code
            """
        ) { row in try row["code"] as String } != nil
    }

    /// Opening balance, turnover and closing balance of every account that has any, through that day of its year.
    ///
    /// Nothing is opened or closed by hand: accounts of costs and revenues start each year from nothing, what they
    /// came to before stands on 431, and the others carry on (decision 0014).
    static func trialBalance(through day: Day, in tenant: TenantTransaction) async throws -> [BalanceLine] {
        try await tenant.rows(
            """
            select x.account, a.name,
                coalesce(sum(x.debit - x.credit) filter (where x.year < \(day.year)), 0)::bigint as opening,
                coalesce(sum(x.debit) filter (where x.year = \(day.year)), 0)::bigint as debit,
                coalesce(sum(x.credit) filter (where x.year = \(day.year)), 0)::bigint as credit
            from (
                select case when e.year < \(day.year) and k.kind in ('N', 'V') then \(UsedAccount.result)
                        else l.account end as account,
                    e.year, l.debit, l.credit
                from tenant.entries e
                join tenant.entry_lines l on l.entry_id = e.id
                join tenant.accounts k on k.code = l.account
                where e.booked_on <= \(day)
            ) x
            join tenant.accounts a on a.code = x.account
            group by x.account, a.name
            having sum(x.debit - x.credit) filter (where x.year < \(day.year)) <> 0
                or count(*) filter (where x.year = \(day.year)) > 0
            order by x.account
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

    /// What the account starts the year with, as in the trial balance.
    static func opening(_ account: String, _ year: Int, in tenant: TenantTransaction) async throws -> Money {
        let own = try await tenant.first(
            """
            select coalesce(sum(l.debit - l.credit), 0)::bigint as opening
            from tenant.entry_lines l join tenant.accounts k on k.code = l.account
            where l.account = \(account) and l.year < \(year) and k.kind not in ('N', 'V')
            """
        ) { row in try row["opening"] as Money }
        guard account == UsedAccount.result else { return own ?? Money(hellers: 0) }
        let results = try await tenant.first(
            """
            select coalesce(sum(l.debit - l.credit), 0)::bigint as opening
            from tenant.entry_lines l join tenant.accounts k on k.code = l.account
            where l.year < \(year) and k.kind in ('N', 'V')
            """
        ) { row in try row["opening"] as Money }
        return (own ?? Money(hellers: 0)) + (results ?? Money(hellers: 0))
    }

    /// What came in and went out on cash accounts in a year, by the budget's classification.
    static func cashFlow(_ year: Int, in tenant: TenantTransaction) async throws -> [CashLine] {
        try await tenant.rows(
            """
            select l.paragraph, l.item, sum(l.debit - l.credit)::bigint as came
            from tenant.entry_lines l
            where l.year = \(year) and l.account >= '231' and l.account < '262' and l.item <> ''
            group by l.paragraph, l.item order by l.item, l.paragraph
            """
        ) { row in
            CashLine(paragraph: try row["paragraph"], item: try row["item"], came: try row["came"])
        }
    }

    /// Cash that came and went in a year without a budget item, in entries that neither open or close the year nor
    /// only move cash.
    static func unclassified(_ year: Int, in tenant: TenantTransaction) async throws -> (
        came: Money, went: Money
    ) {
        try await tenant.first(
            """
            select coalesce(sum(l.debit), 0)::bigint as came, coalesce(sum(l.credit), 0)::bigint as went
            from tenant.entry_lines l
            where l.year = \(year) and l.account >= '231' and l.account < '262' and l.item = ''
                and left(l.account, 3) = any (\(Array(UsedAccount.cash))::text[])
                and not exists (
                    select from tenant.entry_lines o
                    where o.entry_id = l.entry_id
                        and left(o.account, 3) = any (\(Array(UsedAccount.opening))::text[])
                )
                and exists (
                    select from tenant.entry_lines o
                    where o.entry_id = l.entry_id and left(o.account, 3)
                        <> all (\(Array(UsedAccount.cash) + [UsedAccount.cashInTransit])::text[])
                )
            """
        ) { row in (came: try row["came"], went: try row["went"]) } ?? (Money(hellers: 0), Money(hellers: 0))
    }

    /// The day of the last payment of a receivable that stands.
    static func lastPayment(of receivable: UUID, in tenant: TenantTransaction) async throws -> Day? {
        try await tenant.first(
            """
            select e.booked_on from tenant.entries e
            where e.receivable_id = \(receivable) and e.reverses is null
                and not exists (select from tenant.entries r where r.reverses = e.id)
                and exists (
                    select from tenant.entry_lines l
                    where l.entry_id = e.id and l.account = \(UsedAccount.receivables) and l.credit > 0
                )
            order by e.booked_on desc limit 1
            """
        ) { row in try row["booked_on"] as Day }
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

    /// Of the whole year, or of what the journal has up to and with a line.
    static func turnover(
        _ account: String,
        _ year: Int,
        through place: (number: Int, position: Int)? = nil,
        in tenant: TenantTransaction
    ) async throws -> (debit: Money, credit: Money) {
        let found = try await tenant.first(
            """
            select coalesce(sum(debit), 0)::bigint as debit, coalesce(sum(credit), 0)::bigint as credit
            from tenant.entry_lines where account = \(account) and year = \(year)
                and (number, position) <= (\(place?.number ?? Int(Int32.max)), \(place?.position ?? 0))
            """
        ) { row in (debit: try row["debit"] as Money, credit: try row["credit"] as Money) }
        return found ?? (Money(hellers: 0), Money(hellers: 0))
    }

    /// What each month of a year moved the account by; debit is positive.
    static func months(_ account: String, _ year: Int, in tenant: TenantTransaction) async throws
        -> [Int: Money]
    {
        let found = try await tenant.rows(
            """
            select extract(month from e.booked_on)::int as month, sum(l.debit - l.credit)::bigint as moved
            from tenant.entry_lines l join tenant.entries e on e.id = l.entry_id
            where l.account = \(account) and l.year = \(year) group by 1
            """
        ) { row in (try row["month"] as Int, try row["moved"] as Money) }
        return Dictionary(found) { first, _ in first }
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

extension EntryLine {
    init(row: Row) throws {
        account = try row["account"]
        debit = try row["debit"]
        credit = try row["credit"]
        paragraph = try row["paragraph"]
        item = try row["item"]
    }
}

extension BookedEntry {
    init(row: Row) throws {
        id = try row["id"]
        year = try row["year"]
        number = try row["number"]
        day = try row["booked_on"]
        text = try row["text"]
        document = try row["document"]
        party = try row["party"]
        receivable = try row["receivable_id"]
        reverses = try row["reverses"]
        reversedBy = try row["reversed_by"]
        answeredBy = try row["answered_by"]
        bookedBy = try row["booked_by"]
        bookedAt = try row["booked_at"]
    }
}
