import Database
import Foundation
import Office
import Support
import Testing

@testable import FilingRoom

/// What a register of a busy office costs to read, as Postgres itself says.
@Suite struct `A register of a hundred thousand documents` {
    private static let filled = Task { try await fill() }

    @Test func `a page touches no more rows than it shows`() async throws {
        let bench = try await Self.filled.value
        for before in [nil, (year: 2026, number: 50_000), (year: 2026, number: 20)] {
            let plan = try await plan(
                of: FilingStore.registerQuery(before: before, direction: nil, rowsMax: 51),
                in: bench
            )
            #expect(!plan.contains("Seq Scan") && !plan.contains("Sort"), "\(plan)")
            #expect(plan.contains("documents_number"), "\(plan)")
            #expect(Self.rowsMax(in: plan) <= 51, "\(plan)")
        }
    }

    @Test func `a search goes by the index of words and looks up only what it shows`() async throws {
        let bench = try await Self.filled.value
        let query = try #require(prefixQuery("vzacn"))
        let rare = try await plan(of: FilingStore.searchQuery(query, before: nil, rowsMax: 51), in: bench)
        #expect(rare.contains("documents_searched") && !rare.contains("Seq Scan on documents"), "\(rare)")
        let found = try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await FilingStore.search(query, rowsMax: 51, in: tenant)
        }
        #expect(found.map(\.number) == [99_000, 66_000, 33_000])
        let next = try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await FilingStore.search(query, before: (2026, 66_000), rowsMax: 51, in: tenant)
        }
        #expect(next.map(\.number) == [33_000])
    }

    @Test func `the clerk's day reads only what is open`() async throws {
        let bench = try await Self.filled.value
        let plan = try await plan(of: FilingStore.openQuery(rowsMax: 200), in: bench)
        #expect(plan.contains("case_files_open") && !plan.contains("Seq Scan"), "\(plan)")
        #expect(Self.rowsMax(in: plan) <= 50, "\(plan)")
    }

    private func plan(of query: SQL, in bench: Bench) async throws -> String {
        let explain: SQL = "explain (analyze, costs off, timing off, summary off) "
        return try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await tenant.rows(explain + query) { row in try row["QUERY PLAN"] as String }
        }
        .joined(separator: "\n")
    }

    /// The most rows that any node of the plan gave out, in all its loops.
    private static func rowsMax(in plan: String) -> Int {
        plan.split(separator: "\n").compactMap { line -> Int? in
            guard let match = line.firstMatch(of: /actual rows=(\d+) loops=(\d+)/) else { return nil }
            return (Int(match.1) ?? .max) * (Int(match.2) ?? 1)
        }
        .max() ?? .max
    }

    private static func fill() async throws -> Bench {
        let bench = try await Bench()
        let owner = try await bench.cell.owner()
        try await owner.execute(
            Script(
                migration: """
                    insert into tenant.senders (id, kind, name, fingerprint)
                    select md5('s' || i)::uuid, 'person', 'Osoba ' || i, 's' || i from generate_series(1, 500) i;
                    insert into tenant.case_files (id, mark, title, regime, opened_on, due_on, routing, settled_on)
                    select md5('c' || i)::uuid, 'S-' || i, 'Věc ' || i, 'administrative', '2026-01-01',
                        date '2026-01-31' + i % 300, '', case when i % 400 > 0 then date '2026-02-01' end
                    from generate_series(1, 20000) i;
                    alter table tenant.documents disable trigger user;
                    insert into tenant.documents (id, case_file_id, year, number, preceding, identifier,
                        reference_number, direction, subject, sender_id, channel, received_at, searched)
                    select md5('d' || i)::uuid, md5('c' || i / 5 % 20000 + 1)::uuid, 2026, i, nullif(i - 1, 0), 'X' || i,
                        'X ' || i || '/2026', case when i % 3 = 0 then 'outgoing' else 'incoming' end,
                        'Věc ' || i, md5('s' || i % 500 + 1)::uuid, 'form', '2026-01-01',
                        to_tsvector('simple', 'vec ' || i || case when i % 33000 = 0 then ' vzacny' else '' end)
                    from generate_series(1, 100000) i;
                    alter table tenant.documents enable trigger user;
                    """,
                schema: bench.office.rawValue
            )
        )
        // As autovacuum would: new words leave the index's list of those not yet sorted in.
        for table in ["documents", "case_files", "senders"] {
            try await owner.execute(
                Script(migration: "vacuum analyze tenant.\(table)", schema: bench.office.rawValue)
            )
        }
        return bench
    }
}
