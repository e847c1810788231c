package import Database
package import Foundation
package import Office
import Records

/// What is booked: entries, reversals, fees and their payments.
package struct Books: Sendable {
    let database: Database

    package init(database: Database) { self.database = database }

    static let refusals: [String: any Refusal] = [
        "entries_balance": BooksRefusal.twoLines, "entries_off_balance": BooksRefusal.offBalance,
        "entries_period": BooksRefusal.locked, "entries_future": BooksRefusal.future,
        "entries_reversal_day": BooksRefusal.reversalEarly,
        "entry_lines_account": BooksRefusal.unknownAccount,
        "entries_reversed_once": BooksRefusal.reversedAlready,
        "entry_lines_side": BooksRefusal.oneSide, "entry_lines_budget": BooksRefusal.badBudget,
        "entry_lines_cash": BooksRefusal.budgetElsewhere, "accounts_pkey": BooksRefusal.accountExists,
        "receivables_overpaid": BooksRefusal.paidAlready,
    ]

    func change<Result>(
        at tenant: TenantName,
        by clerk: Clerk,
        _ body: (TenantTransaction) async throws -> Result
    ) async throws -> Result {
        func once() async throws -> Result {
            try await refusing(Self.refusals) {
                try await database.tenant(
                    tenant,
                    as: clerk.actor,
                    needing: Permission.keepBooks.rawValue,
                    body
                )
            }
        }
        do {
            return try await once()
        } catch let error as ServerError where error.constraint == "entries_pkey" {
            // Somebody booked the same id meanwhile; the second time it is seen and nothing is doubled.
            return try await once()
        }
    }

    /// False when the entry with this id stands already.
    @discardableResult
    func book(_ entry: NewEntry, by name: String, in office: TenantTransaction) async throws -> Bool {
        try entry.check()
        let paragraphs = entry.lines.map(\.paragraph).filter { !$0.isEmpty }
        let items = entry.lines.map(\.item).filter { !$0.isEmpty }
        if !paragraphs.isEmpty || !items.isEmpty,
            let code = try await BudgetStore.unknown(paragraphs: paragraphs, items: items, in: office)
        {
            throw BooksRefusal.unknownCode(code)
        }
        guard try await BooksStore.book(entry, by: name, in: office) else {
            let lines = try await BooksStore.lines(of: entry.id, in: office)
            let known = try await BooksStore.entry(entry.id, in: office)
            guard lines == entry.lines, known?.day == entry.day, known?.text == entry.text else {
                throw BooksRefusal.otherEntry
            }
            return false
        }
        office.record(LogEntry("booked", "entry", entry.id, detail: entry.day.description))
        return true
    }

    /// Throws what the day and the doubts say; of a locked period nothing is asked, for nothing would help.
    func allow(
        _ entry: NewEntry,
        today: Day,
        sure: [String]?,
        prescribed: Day? = nil,
        in office: TenantTransaction
    ) async throws {
        if let locked = try await BooksStore.lockedUntil(in: office), entry.day <= locked {
            throw BooksRefusal.locked
        }
        try entry.check(today: today, sure: sure, prescribed: prescribed)
    }

    /// The same amounts on the other side; an entry is never changed or deleted (§ 35 of act 563/1991).
    ///
    /// `today` and `sure` are for ``NewEntry/check(today:sure:prescribed:)``.
    func reverse(
        _ id: UUID,
        as reversal: UUID,
        at tenant: TenantName,
        by clerk: Clerk,
        on day: Day,
        today: Day,
        sure: [String]? = nil
    ) async throws {
        try await change(at: tenant, by: clerk) { office in
            try await reverse(id, as: reversal, by: clerk.name, on: day, today: today, sure: sure, in: office)
        }
    }

    private func reverse(
        _ id: UUID,
        as reversal: UUID,
        by name: String,
        on day: Day,
        today: Day,
        sure: [String]?,
        in office: TenantTransaction
    ) async throws {
        guard let entry = try await BooksStore.entry(id, in: office) else { throw PlainRefusal.missing }
        try BookingDay.checkReversal(day, of: entry.day)
        guard !entry.isReversed, entry.reverses == nil else { throw BooksRefusal.reversedAlready }
        var owed: Receivable?
        if let receivable = entry.receivable {
            owed = try await ReceivableStore.lock(receivable, in: office)
        }
        let isPrescription = owed?.entry == id
        if isPrescription, let owed, owed.paid.hellers > 0 {
            throw owed.isPaid
                ? BooksRefusal.prescriptionPaid
                : BooksRefusal.prescriptionPartlyPaid(owed.paid, of: owed.amount)
        }
        let lines = try await BooksStore.lines(of: id, in: office)
        let opposite = NewEntry(
            id: reversal,
            day: day,
            text: "Storno zápisu \(entry.number)/\(entry.year): \(entry.text.prefix(200))",
            lines: lines.map {
                EntryLine(
                    account: $0.account,
                    debit: $0.credit,
                    credit: $0.debit,
                    paragraph: $0.paragraph,
                    item: $0.item
                )
            },
            document: entry.document,
            party: entry.party,
            receivable: entry.receivable,
            reverses: id
        )
        try await allow(opposite, today: today, sure: sure, in: office)
        try await book(opposite, by: name, in: office)
        guard let owed else { return }
        if isPrescription {
            ReceivableStore.cancel(owed.id, by: reversal, in: office)
        } else {
            let paid = lines.filter { $0.account == UsedAccount.receivables }
                .reduce(Money(hellers: 0)) { $0 + $1.credit }
            ReceivableStore.pay(Money(hellers: -paid.hellers), on: owed.id, in: office)
        }
    }

    /// Two lines: what is owed on one account, for what on the other.
    package func book(
        _ text: String,
        debit: String,
        credit: String,
        amount: Money,
        paragraph: String = "",
        item: String = "",
        document: String = "",
        party: String = "",
        on day: Day,
        at tenant: TenantName,
        by clerk: Clerk
    ) async throws {
        let entry = NewEntry(
            id: .v7(),
            day: day,
            text: text,
            lines: [
                EntryLine(account: debit, debit: amount, credit: Money(hellers: 0)),
                EntryLine(account: credit, debit: Money(hellers: 0), credit: amount),
            ].map { line in
                guard line.isCash else { return line }
                var classified = line
                (classified.paragraph, classified.item) = (paragraph, item)
                return classified
            },
            document: document,
            party: party
        )
        try await change(at: tenant, by: clerk) { office in
            _ = try await book(entry, by: clerk.name, in: office)
        }
    }

    /// The whole rest where no amount is given; more than the rest is refused, and the same entry is booked once.
    func pay(
        _ id: UUID,
        _ amount: Money? = nil,
        through means: PaymentMeans = .bank,
        document: String,
        on day: Day,
        today: Day,
        sure: [String]? = nil,
        entry: UUID,
        at tenant: TenantName,
        by clerk: Clerk
    ) async throws {
        try await change(at: tenant, by: clerk) { office in
            guard let receivable = try await ReceivableStore.lock(id, in: office) else {
                throw PlainRefusal.missing
            }
            if let known = try await BooksStore.entry(entry, in: office) {
                guard known.receivable == id, known.document == document else {
                    throw BooksRefusal.otherEntry
                }
                return
            }
            guard !receivable.isPaid else { throw BooksRefusal.paidAlready }
            guard !receivable.isCancelled else { throw BooksRefusal.cancelled }
            let amount = amount ?? receivable.rest
            guard amount.hellers > 0 else { throw BooksRefusal.badAmount }
            guard amount <= receivable.rest else { throw BooksRefusal.overpaid(receivable.rest) }
            if let other = try await BooksStore.paid(id, by: document, in: office) {
                throw BooksRefusal.documentTwice("\(other.number)/\(other.year)")
            }
            let paid = receivable.payment(amount, through: means, document: document, on: day, entry: entry)
            let prescription = try await BooksStore.entry(receivable.entry, in: office)
            try await allow(paid, today: today, sure: sure, prescribed: prescription?.day, in: office)
            try await book(paid, by: clerk.name, in: office)
            ReceivableStore.pay(amount, on: id, in: office)
            office.record(LogEntry("paid", "receivable", id, detail: receivable.variableSymbol))
        }
    }

    /// An analytical account, of the kind of its synthetic one.
    func add(_ account: NewAccount, at tenant: TenantName, by clerk: Clerk) async throws {
        try await change(at: tenant, by: clerk) { office in
            guard try await BooksStore.add(account, in: office) else { throw BooksRefusal.noSynthetic }
            office.record(LogEntry("added", "account", clerk.userID, detail: account.code))
        }
    }

    /// Locks everything through that day for good.
    func lock(until day: Day, at tenant: TenantName, by clerk: Clerk) async throws {
        do {
            try await change(at: tenant, by: clerk) { office in
                BooksStore.lock(until: day, in: office)
                office.record(LogEntry("locked", "period", clerk.userID, detail: day.description))
            }
        } catch DatabaseError.conflict {
            throw BooksRefusal.lockedAlready
        }
    }
}

extension Books: ReceivableDesk {
    package func prescribe(_ fee: FeePrescription, in tenant: TenantTransaction) async throws {
        guard try await ReceivableStore.receivable(fee.id, in: tenant) == nil else { return }
        guard let kind = FeeKind(rawValue: fee.kind) else { throw BooksRefusal.unknownFee }
        let today = Day(of: Date())
        let amount = Money(hellers: fee.hellers)
        let entry = UUID.v7()
        let symbol = try await BooksStore.nextSymbol(today.year, in: tenant)
        try await book(
            NewEntry(
                id: entry,
                day: today,
                text: "Předpis: \(kind.czech), VS \(symbol), \(fee.payer.prefix(100))",
                lines: [
                    EntryLine(account: UsedAccount.receivables, debit: amount, credit: Money(hellers: 0)),
                    EntryLine(
                        account: UsedAccount.localFees,
                        debit: Money(hellers: 0),
                        credit: amount
                    ),
                ],
                document: fee.referenceNumber,
                party: String(fee.payer.prefix(200)),
                receivable: fee.id
            ),
            by: fee.clerk,
            in: tenant
        )
        ReceivableStore.add(fee, symbol: symbol, entry: entry, in: tenant)
        tenant.record(LogEntry("prescribed", "receivable", fee.id, detail: symbol))
    }
}

extension Books {
    package func fee(_ id: UUID, in tenant: TenantTransaction) async throws -> FeeState? {
        try await ReceivableStore.receivable(id, in: tenant).map {
            FeeState(amount: $0.amount, rest: $0.rest, due: $0.due, isCancelled: $0.isCancelled)
        }
    }

    /// Who may prescribe may take an unpaid prescription back, also without keeping the books.
    package func cancel(_ fee: UUID, by clerk: String, on day: Day, in tenant: TenantTransaction) async throws
        -> Bool
    {
        guard let owed = try await ReceivableStore.lock(fee, in: tenant), owed.paid.hellers == 0,
            !owed.isCancelled
        else { return false }
        let prescribed = try await BooksStore.entry(owed.entry, in: tenant)?.day ?? day
        try await reverse(
            owed.entry,
            as: UUID.v7(),
            by: clerk,
            on: BookingDay.reversal(of: prescribed, today: day),
            today: day,
            sure: nil,
            in: tenant
        )
        return true
    }
}

extension Books: FeeBook {
    package func fee(_ id: UUID, at tenant: TenantName) async throws -> FeeState? {
        try await database.tenant(tenant, as: .anonymous) { office in
            try await fee(id, in: office)
        }
    }
}

/// Gives a new office its chart of accounts.
package struct BooksFurnisher: RoomFurnisher {
    private let chart: CSV

    package init(folder: URL) throws {
        let file = folder.appending(path: "chart-of-accounts.csv")
        chart = try CSV(String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
        try ChartLint.check(chart)
    }

    package var room: String { "Accounting" }

    package func furnish(_ script: inout Script, schema: TenantName) throws {
        try BooksStore.furnish(&script, chart: chart, schema: schema.rawValue)
    }
}
