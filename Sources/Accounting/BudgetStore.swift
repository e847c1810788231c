import Database
import Office

/// The lists of the budget's classification, which are the same for all offices.
enum BudgetStore {
    static func items(in tenant: TenantTransaction) async throws -> [BudgetCode] {
        try await tenant.rows(
            """
            select distinct on (code) code, name, source from codes.budget_items
            order by code, valid_from desc
            """,
            BudgetCode.init
        )
    }

    static func paragraphs(in tenant: TenantTransaction) async throws -> [BudgetCode] {
        try await tenant.rows(
            """
            select distinct on (code) code, name, source from codes.budget_paragraphs
            order by code, valid_from desc
            """,
            BudgetCode.init
        )
    }

    /// The first of the codes that the lists lack.
    static func unknown(paragraphs: [String], items: [String], in tenant: TenantTransaction) async throws
        -> String?
    {
        try await tenant.first(
            """
            select c.code from unnest(\(paragraphs)::text[]) as c (code)
            where not exists (select from codes.budget_paragraphs p where p.code = c.code)
            union all
            select c.code from unnest(\(items)::text[]) as c (code)
            where not exists (select from codes.budget_items i where i.code = c.code)
            limit 1
            """
        ) { row in try row["code"] as String }
    }
}

extension BudgetCode {
    init(row: Row) throws {
        code = try row["code"]
        name = try row["name"]
        decree = try row["source"]
    }
}
