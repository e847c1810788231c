import Database
import Foundation
import Office
import Support
import Testing

@testable import NoticeBoard

/// The lists read what they show and little more, also where an archive of years lies behind them.
@Suite struct `The lists of the board` {
    @Test func `come from their indexes`() async throws {
        let bench = try await BoardBench()
        try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
            tenant.run(
                """
                insert into tenant.notices (id, title, kind, body, posted_on, hangs_until, taken_down_on)
                select gen_random_uuid(), 'Staré ' || n, 'other', 'x', date '2016-01-01' + n % 3000,
                    date '2016-01-16' + n % 3000, date '2016-01-17' + n % 3000
                from generate_series(1, 5000) n
                """
            )
        }
        let owner = try await bench.cell.owner()
        var analyze: Script = ""
        analyze.append("analyze %I.notices", Script.Identifier(bench.office))
        try await owner.execute(analyze)
        try await bench.post("Nové")
        func plan(_ sql: SQL) async throws -> String {
            try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
                try await tenant.rows("explain (analyze, costs off, timing off, summary off) " + sql) { row in
                    try row["QUERY PLAN"] as String
                }.joined(separator: "\n")
            }
        }
        let hanging = try await plan(
            """
            select n.id from tenant.notices n
            where n.posted_on is not null and n.taken_down_on is null
                and (n.hangs_until is null or n.hangs_until >= '2026-06-01') and n.posted_on <= '2026-06-01'
            order by n.posted_on desc, n.id desc limit 500
            """
        )
        #expect(hanging.contains("notices_hanging") && !hanging.contains("Seq Scan"), "\(hanging)")
        let archive = try await plan(
            """
            select n.id from tenant.notices n
            where n.posted_on is not null and (n.taken_down_on is not null or n.hangs_until < '2026-06-01')
                and (n.posted_on, n.id) < ('2020-01-01', 'ffffffff-ffff-ffff-ffff-ffffffffffff')
            order by n.posted_on desc, n.id desc limit 51
            """
        )
        #expect(archive.contains("notices_posted_order") && !archive.contains("Seq Scan"), "\(archive)")
        #expect(!archive.contains("Rows Removed"), "\(archive)")
        let drafts = try await plan(
            """
            select n.id from tenant.notices n where n.posted_on is null and n.discarded_at is null
            order by n.id desc limit 100
            """
        )
        #expect(drafts.contains("notices_drafts"), "\(drafts)")
    }
}
