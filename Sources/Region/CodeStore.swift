package import Database
package import Office

/// Every statement about the code lists of a cell, which the migrator fills and every office reads.
package enum CodeStore {
    /// What each role may do, so that an office can check it in its own transaction.
    package static func fillPermissions(_ roles: RoleTemplate, on migrator: AdminConnection)
        async throws
    {
        let pairs = roles.permissions.flatMap { role, permissions in
            permissions.map { (role.rawValue, $0.rawValue) }
        }
        try await migrator.change(
            """
            with wanted as (
                select role, permission
                from unnest(\(pairs.map(\.0))::text[], \(pairs.map(\.1))::text[]) as t (role, permission)
            ), gone as (
                delete from codes.role_permissions p
                where not exists (
                    select from wanted w where w.role = p.role and w.permission = p.permission
                )
            )
            insert into codes.role_permissions (role, permission)
            select role, permission from wanted on conflict do nothing
            """
        )
    }

    /// Budget items or paragraphs (decree 412/2021) as they are valid from a day.
    package struct Code: Sendable {
        package let code: String
        package let name: String
        package let validFrom: Day
        package let source: String

        package init(code: String, name: String, validFrom: Day, source: String) {
            (self.code, self.name, self.validFrom, self.source) = (code, name, validFrom, source)
        }
    }

    package static func fillBudgetItems(_ codes: [Code], on migrator: AdminConnection) async throws {
        try await migrator.change(
            "insert into codes.budget_items (code, name, valid_from, source) \(rows(codes))"
        )
    }

    package static func fillBudgetParagraphs(_ codes: [Code], on migrator: AdminConnection) async throws {
        try await migrator.change(
            "insert into codes.budget_paragraphs (code, name, valid_from, source) \(rows(codes))"
        )
    }

    /// The whole list of the national bank; what it has no more goes.
    package static func fillBanks(_ codes: [Code], on migrator: AdminConnection) async throws {
        try await migrator.change(
            """
            with wanted as (
                select code, name, as_of::date as as_of from unnest(
                    \(codes.map(\.code))::text[], \(codes.map(\.name))::text[],
                    \(codes.map(\.validFrom.description))::text[]
                ) as t (code, name, as_of)
            ), gone as (
                delete from codes.banks b where not exists (select from wanted w where w.code = b.code)
            )
            insert into codes.banks (code, name, as_of) select code, name, as_of from wanted
            on conflict (code) do update set name = excluded.name, as_of = excluded.as_of
            """
        )
    }

    private static func rows(_ codes: [Code]) -> SQL {
        """
        select code, name, valid_from::date, source from unnest(
            \(codes.map(\.code))::text[], \(codes.map(\.name))::text[],
            \(codes.map(\.validFrom.description))::text[], \(codes.map(\.source))::text[]
        ) as t (code, name, valid_from, source)
        on conflict (code, valid_from) do update set name = excluded.name, source = excluded.source
        """
    }

    // Which data files were loaded

    package static func loadedDigest(on migrator: AdminConnection) async throws -> String? {
        try await migrator.rows("select digest from cell.data_files where name = 'RegionData'") { row in
            try row["digest"] as String
        }.first
    }

    package static func noteLoaded(_ digest: String, on migrator: AdminConnection) async throws {
        try await migrator.change(
            """
            insert into cell.data_files (name, digest) values ('RegionData', \(digest))
            on conflict (name) do update set digest = excluded.digest, loaded_at = clock_timestamp()
            """
        )
    }
}
