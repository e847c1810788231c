import Database
import Office
import Support
import Testing

/// Thousands of offices share a cluster, so what one weighs is bounded.
@Suite struct `An office with its four rooms` {
    @Test func `has at most 45 tables and 300 relations`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office(rooms: ["FilingRoom", "NoticeBoard", "Accounting", "Forms"])
        let weight = try await cell.database.tenant(office, as: .system) { tenant in
            try await tenant.first(
                """
                with own as (
                    select oid, relkind, reltoastrelid from pg_class
                    where relnamespace = \(office.rawValue)::regnamespace
                )
                select (select count(*) from own where relkind = 'r') as tables,
                    (select count(*) from own)
                        + (select 2 * count(*) from own where reltoastrelid > 0) as relations
                """
            ) { row in (tables: try row["tables"] as Int, relations: try row["relations"] as Int) }
        }
        #expect((1...45).contains(weight?.tables ?? 0), "\(weight?.tables ?? 0) tables")
        #expect((1...300).contains(weight?.relations ?? 0), "\(weight?.relations ?? 0) relations")
    }
}
