import Database
import Support
import Testing

/// An office must stay light: thousands of them share a cluster (ARCHITECTURE, "Isolation").
@Suite struct `An office with the four rooms` {
    @Test func `has at most 45 tables and 300 relations`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office(rooms: ["FilingRoom", "NoticeBoard", "Accounting", "Forms"])
        let counted = try await cell.database.tenant(office, as: .system) { tenant in
            // A toast table comes with its index.
            try await tenant.first(
                """
                select count(c.oid) filter (where c.relkind = 'r') as tables,
                    count(c.oid) + count(c.reltoastrelid) filter (where c.reltoastrelid <> 0) * 2 as relations
                from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname = \(office.rawValue)
                """
            ) { row in (tables: try row["tables"] as Int, relations: try row["relations"] as Int) }
        }
        let size = try #require(counted)
        #expect(size.tables <= 45, "\(size.tables) tables")
        #expect(size.relations <= 300, "\(size.relations) relations")
        #expect(size.tables > 15, "\(size.tables) tables, \(size.relations) relations")
    }
}
