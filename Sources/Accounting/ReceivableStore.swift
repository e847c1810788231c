import Database
import Foundation
import Office

/// Every statement about receivables.
enum ReceivableStore {
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

    private static let columns: SQL = """
        r.id, r.kind, r.payer, r.amount, r.paid, r.due_on, r.variable_symbol, r.reference_number, r.entry_id,
        r.cancelled_by_entry is not null as is_cancelled from tenant.receivables r
        """

    /// Those that wait to be paid, the earliest due first.
    static func open(rowsMax: Int = 200, in tenant: TenantTransaction) async throws -> [Receivable] {
        try await tenant.rows(
            """
            select \(columns) where r.paid < r.amount and r.cancelled_by_entry is null
            order by r.due_on, r.id limit \(rowsMax)
            """,
            Receivable.init
        )
    }

    /// All, or those of one state, the latest due first, after the given one.
    static func list(
        _ state: ReceivableState?,
        on day: Day,
        after: (due: Day, id: UUID)?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [Receivable] {
        try await tenant.rows(
            """
            select \(columns)
            where (\(after?.due)::date is null or (r.due_on, r.id) < (\(after?.due)::date, \(after?.id)::uuid))
                and \(condition(state, day))
            order by r.due_on desc, r.id desc limit \(rowsMax)
            """,
            Receivable.init
        )
    }

    private static func condition(_ state: ReceivableState?, _ day: Day) -> SQL {
        switch state {
        case nil: "true"
        case .open: "r.paid < r.amount and r.cancelled_by_entry is null"
        case .late: "r.paid < r.amount and r.cancelled_by_entry is null and r.due_on < \(day)"
        case .paid: "r.paid = r.amount"
        case .cancelled: "r.cancelled_by_entry is not null"
        }
    }

    /// Of the open what is still owed, of the paid what was paid.
    static func sums(on day: Day, in tenant: TenantTransaction) async throws -> [ReceivableState:
        ReceivableSum]
    {
        let found = try await tenant.first(
            """
            select count(*) filter (where \(condition(.open, day))) as open_count,
                coalesce(sum(r.amount - r.paid) filter (where \(condition(.open, day))), 0)::bigint as open_sum,
                count(*) filter (where \(condition(.late, day))) as late_count,
                coalesce(sum(r.amount - r.paid) filter (where \(condition(.late, day))), 0)::bigint as late_sum,
                count(*) filter (where \(condition(.paid, day))) as paid_count,
                coalesce(sum(r.paid) filter (where \(condition(.paid, day))), 0)::bigint as paid_sum,
                count(*) filter (where \(condition(.cancelled, day))) as cancelled_count,
                coalesce(sum(r.amount) filter (where \(condition(.cancelled, day))), 0)::bigint as cancelled_sum
            from tenant.receivables r
            """
        ) { row in
            [
                ReceivableState.open: ReceivableSum(
                    count: try row["open_count"],
                    amount: try row["open_sum"]
                ),
                .late: ReceivableSum(count: try row["late_count"], amount: try row["late_sum"]),
                .paid: ReceivableSum(count: try row["paid_count"], amount: try row["paid_sum"]),
                .cancelled: ReceivableSum(
                    count: try row["cancelled_count"],
                    amount: try row["cancelled_sum"]
                ),
            ]
        }
        return found ?? [:]
    }

    static func receivable(_ id: UUID, in tenant: TenantTransaction) async throws -> Receivable? {
        try await tenant.first("select \(columns) where r.id = \(id)", Receivable.init)
    }

    /// Two who pay the same one wait for each other.
    static func lock(_ id: UUID, in tenant: TenantTransaction) async throws -> Receivable? {
        try await tenant.first("select \(columns) where r.id = \(id) for update", Receivable.init)
    }

    /// The receivable that a payment with this variable symbol belongs to.
    static func receivable(symbol: String, in tenant: TenantTransaction) async throws -> Receivable? {
        try await tenant.first(
            "select \(columns) where r.variable_symbol = \(symbol)",
            Receivable.init
        )
    }

    /// A negative amount takes a payment back.
    static func pay(_ amount: Money, on id: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.receivables set paid = paid + \(amount)
            where id = \(id) and cancelled_by_entry is null
            """
        )
    }

    static func cancel(_ id: UUID, by reversal: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.receivables set cancelled_by_entry = \(reversal)
            where id = \(id) and paid = 0 and cancelled_by_entry is null
            """
        )
    }
}

extension Receivable {
    init(row: Row) throws {
        id = try row["id"]
        kind = try row["kind"]
        payer = try row["payer"]
        amount = try row["amount"]
        paid = try row["paid"]
        due = try row["due_on"]
        variableSymbol = try row["variable_symbol"]
        referenceNumber = try row["reference_number"]
        entry = try row["entry_id"]
        isCancelled = try row["is_cancelled"]
    }
}
