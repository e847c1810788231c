import Database
import Foundation
import Office
import Support
import Testing

@testable import FilingRoom

/// What a register of a busy office costs to read, as Postgres itself says.
@Suite(.serialized) struct RegisterListTests {
    private static let filled = Task { try await fill() }

    private static let filters = [
        RegisterFilter(), RegisterFilter(direction: "incoming"),
        RegisterFilter(direction: "outgoing", year: 2026),
        RegisterFilter(year: 2026), RegisterFilter(year: 2020),
    ]

    @Test(arguments: filters, [true, false])
    func `a page touches no more rows than it shows`(_ filter: RegisterFilter, _ fees: Bool) async throws {
        let bench = try await Self.filled.value
        for before in [nil, (year: 2026, number: 50_000), (year: 2026, number: 20)] {
            let plan = try await plan(
                of: RegisterListStore.registerQuery(filter, before: before, seesFees: fees, rowsMax: 51),
                in: bench
            )
            #expect(!plan.contains("Seq Scan") && !plan.contains("Sort"), "\(plan)")
            let index = filter.direction.map { "documents_\($0)" } ?? "documents_number"
            #expect(plan.contains(index), "\(plan)")
            #expect(!plan.contains("Rows Removed"), "\(plan)")
            #expect(Self.rowsMax(in: plan) <= 51, "\(plan)")
        }
    }

    @Test(arguments: [
        (CaseFilter.open, "case_files_open"), (.unassigned, "case_files_unassigned"),
        (.desk(RegisterListTests.busy), "case_files_desk"), (.regime(.information), "case_files_regime"),
        (.unconfirmed, "case_files_unconfirmed"), (.toClose, "case_files_to_close"),
        (.closed, "case_files_put_away"),
    ])
    func `a page of case files reads its own index and no more`(_ filter: CaseFilter, _ index: String)
        async throws
    {
        let bench = try await Self.filled.value
        let place = CasePlace(day: Day("2026-03-01"), id: UUID())
        for after in [nil, place, CasePlace(day: nil, id: UUID())] {
            let plan = try await plan(
                of: RegisterListStore.casesQuery(filter, after: after, seesFees: true, rowsMax: 21),
                in: bench
            )
            #expect(plan.contains(index), "\(plan)")
            #expect(!plan.contains("Seq Scan") && !plan.contains("Sort"), "\(plan)")
            #expect(!plan.contains("Rows Removed"), "\(plan)")
            #expect(Self.rowsMax(in: plan) <= 21, "\(plan)")
        }
    }

    /// Whose desk is full in the office of this suite.
    static let busy = UUID(uuidString: "7d793037-a076-4b7b-8b4a-7d7930370000") ?? UUID()

    @Test func `a search goes by the index of words and looks up only what it shows`() async throws {
        let bench = try await Self.filled.value
        let query = try #require(prefixQuery("vzacn"))
        let rare = try await plan(
            of: RegisterListStore.searchQuery(query, before: nil, seesFees: true, rowsMax: 51),
            in: bench
        )
        #expect(rare.contains("documents_searched") && !rare.contains("Seq Scan on documents"), "\(rare)")
        let found = try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await RegisterListStore.search(query, seesFees: true, rowsMax: 51, in: tenant)
        }
        #expect(found.map(\.number) == [99_000, 66_000, 33_000])
        let next = try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await RegisterListStore.search(
                query,
                before: (2026, 66_000),
                seesFees: true,
                rowsMax: 51,
                in: tenant
            )
        }
        #expect(next.map(\.number) == [33_000])
    }

    @Test func `the clerk's day reads only what is open`() async throws {
        let bench = try await Self.filled.value
        let plan = try await plan(
            of: RegisterListStore.casesQuery(.open, after: nil, seesFees: true, rowsMax: 200),
            in: bench
        )
        #expect(plan.contains("case_files_open") && !plan.contains("Seq Scan"), "\(plan)")
        #expect(Self.rowsMax(in: plan) <= 200, "\(plan)")
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
                    insert into tenant.senders (id, kind, name, fingerprint, searched)
                    select md5('s' || i)::uuid, 'person', 'Osoba ' || i, 's' || i,
                        to_tsvector('simple', 'osoba ' || i) from generate_series(1, 500) i;
                    insert into tenant.case_files (id, mark, title, regime, opened_on, due_on, routing, assignee,
                        confirm_by, settled_on, closed_on)
                    select md5('c' || i)::uuid, 'S-' || i, 'Věc ' || i,
                        case when i % 7 = 0 then 'information' else 'administrative' end, '2026-01-01',
                        case when i % 11 > 0 then date '2026-01-31' + i % 300 end, '',
                        case when i % 5 > 0 then uuid '\(busy)' end,
                        case when i % 13 = 0 then date '2026-01-06' + i % 300 end,
                        case when i % 4 > 0 then date '2026-02-01' + i % 200 end,
                        case when i % 4 > 1 then date '2026-03-01' + i % 200 end
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
