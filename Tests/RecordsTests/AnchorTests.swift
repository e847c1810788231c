import Database
import Foundation
import Logging
import Support
import Testing

@testable import Records

/// A log that somebody with all rights cut off or wrote anew, so that it is a chain again.
@Suite struct `The region's notes of where a log ended` {
    private struct Bench {
        let cell: TestCell
        let office: TenantName
        let witness: LogWitness

        init() async throws {
            cell = try await TestCell.shared()
            office = try await cell.office()
            witness = LogWitness(
                database: cell.database,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        }

        func record(_ count: Int) async throws {
            for _ in 0..<count {
                try await cell.database.tenant(office, as: .system) {
                    $0.record(LogEntry("seen", "document", UUID()))
                }
            }
        }

        func anchors() async throws -> [LogAnchor] {
            try await cell.database.region { try await AnchorStore.anchors(of: office, in: $0) }
        }

        func verify(_ anchors: [LogAnchor]? = nil) async throws -> LogVerification {
            let known = if let anchors { anchors } else { try await self.anchors() }
            return try await cell.database.tenant(office, as: .system) {
                try await LogVerification.verify(in: $0, against: known)
            }
        }

        /// As whoever owns the tables; the names are put in as in a migration.
        func tamper(_ text: String) async throws {
            try await cell.superuser().execute(Script(migration: text, schema: office.rawValue))
        }

        /// Cuts everything behind an entry, and makes the head agree.
        func cut(after number: Int) async throws {
            try await tamper(
                """
                delete from tenant.log_entries where number > \(number);
                update tenant.log_head set (number, link) = (
                    select number, link from tenant.log_entries where number = \(number));
                """
            )
        }

        /// Writes so many entries by the office's own function, so that they are a chain.
        func write(_ count: Int) async throws {
            try await tamper(
                """
                select set_config('epom.actor', 'nobody', false);
                select tenant.record('unseen', 'document', gen_random_uuid(), '') from generate_series(1, \(count));
                """
            )
        }
    }

    private func isWhole(_ found: LogVerification, _ entries: Int) -> Bool {
        if case .whole(entries, _) = found { true } else { false }
    }

    @Test func `move with the log, and a log that grew is whole`() async throws {
        let bench = try await Bench()
        #expect(try await bench.witness.look(at: [bench.office]).isEmpty)
        #expect(try await bench.anchors().isEmpty, "an empty log has no head to note")
        try await bench.record(3)
        #expect(try await bench.witness.look(at: [bench.office]).isEmpty)
        #expect(try await bench.witness.look(at: [bench.office]).isEmpty)
        #expect(try await bench.anchors().map(\.number) == [3], "noted once")
        try await bench.record(2)
        #expect(try await bench.witness.look(at: [bench.office]).isEmpty)
        try await bench.record(1)
        #expect(try await bench.anchors().map(\.number) == [3, 5])
        #expect(isWhole(try await bench.verify(), 6))
    }

    @Test func `show an end that was cut off`() async throws {
        let bench = try await Bench()
        try await bench.record(5)
        try await bench.witness.look(at: [bench.office])
        try await bench.cut(after: 3)
        #expect(isWhole(try await bench.verify([]), 3), "the chain alone cannot show it")
        let anchor = try #require(try await bench.anchors().last)
        #expect(try await bench.verify() == .shortened(lastNumber: 3, anchor: anchor))
        // Neither the next look nor what is done meanwhile covers it up.
        #expect(try await bench.witness.look(at: [bench.office]) == [bench.office])
        #expect(bench.witness.doubtful == 1)
        try await bench.record(4)
        #expect(try await bench.witness.look(at: [bench.office]) == [bench.office])
        #expect(try await bench.anchors() == [anchor])
        #expect(try await bench.verify() == .rewritten(at: anchor, agreed: 0))
    }

    @Test func `show the last entries written anew`() async throws {
        let bench = try await Bench()
        try await bench.record(4)
        try await bench.witness.look(at: [bench.office])
        try await bench.record(3)
        try await bench.witness.look(at: [bench.office])
        try await bench.cut(after: 5)
        try await bench.write(2)
        #expect(isWhole(try await bench.verify([]), 7))
        let anchors = try await bench.anchors()
        #expect(anchors.map(\.number) == [4, 7])
        #expect(try await bench.verify() == .rewritten(at: anchors[1], agreed: 4))
        #expect(try await bench.witness.look(at: [bench.office]) == [bench.office])
    }

    @Test func `show the whole log written anew`() async throws {
        let bench = try await Bench()
        try await bench.record(3)
        try await bench.witness.look(at: [bench.office])
        try await bench.tamper(
            """
            delete from tenant.log_entries;
            update tenant.log_head set number = 0, link = sha256(
                int4send(10) || 'epom-log-1'::bytea
                || int4send(octet_length(':schema')) || convert_to(':schema', 'UTF8'));
            """
        )
        let anchor = try #require(try await bench.anchors().first)
        #expect(try await bench.verify() == .shortened(lastNumber: 0, anchor: anchor))
        try await bench.write(8)
        #expect(isWhole(try await bench.verify([]), 8))
        #expect(try await bench.verify() == .rewritten(at: anchor, agreed: 0))
    }

    @Test func `of an older copy say how much is missing`() async throws {
        let bench = try await Bench()
        try await bench.record(2)
        try await bench.witness.look(at: [bench.office])
        let older = try await bench.anchors()
        try await bench.record(3)
        try await bench.witness.look(at: [bench.office])
        let newer = try await bench.anchors()
        try await bench.cut(after: 2)
        // A copy has its own notes and is whole by them; by those of today it is three entries short.
        #expect(isWhole(try await bench.verify(older), 2))
        #expect(try await bench.verify(newer) == .shortened(lastNumber: 2, anchor: newer[1]))
    }

    @Test func `cannot be changed by those who write the log, nor by those who note`() async throws {
        let bench = try await Bench()
        try await bench.record(1)
        try await bench.witness.look(at: [bench.office])
        let before = try await bench.anchors()
        for statement: SQL in [
            "insert into region.log_anchors (tenant, number, link) values ('m_900000', 9, sha256('x'))",
            "select number from region.log_anchors",
        ] {
            let error = await #expect(throws: ServerError.self) {
                try await bench.cell.database.tenant(bench.office, as: .system) { $0.run(statement) }
            }
            #expect(error?.sqlState == "42501")
        }
        for statement: SQL in [
            "update region.log_anchors set number = number + 1 where tenant = \(bench.office)",
            "delete from region.log_anchors where tenant = \(bench.office)",
        ] {
            let error = await #expect(throws: ServerError.self) {
                try await bench.cell.database.region { $0.run(statement) }
            }
            #expect(error?.sqlState == "42501")
        }
        let error = await #expect(throws: ServerError.self) {
            try await bench.cell.database.region {
                $0.run(
                    """
                    insert into region.log_anchors (tenant, number, link)
                    values (\(bench.office), 1, sha256('another'))
                    """
                )
            }
        }
        #expect(error?.constraint == "log_anchors_once")
        #expect(try await bench.anchors() == before)
    }
}
