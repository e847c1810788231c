import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import Accounting

@Suite struct `The journal` {
    @Test func `takes no entry that does not balance, by the database itself`() async throws {
        let bench = try await BooksBench()
        func raw(_ debit: Int, _ credit: Int) async throws {
            let id = UUID.v7()
            try await bench.cell.database.tenant(bench.office, as: bench.accountant.actor) { tenant in
                tenant.run(
                    """
                    insert into tenant.entries (id, year, number, booked_on, text, booked_by)
                    values (\(id), 2026, 1, '2026-06-15', 'přímo', 'nikdo')
                    """
                )
                tenant.run(
                    """
                    insert into tenant.entry_lines (entry_id, position, year, number, account, debit)
                    values (\(id), 0, 2026, 1, '502', \(debit))
                    """
                )
                tenant.run(
                    """
                    insert into tenant.entry_lines (entry_id, position, year, number, account, credit)
                    values (\(id), 1, 2026, 1, '321', \(credit))
                    """
                )
            }
        }
        await #expect { try await raw(100, 101) } throws: {
            ($0 as? ServerError)?.constraint == "entries_balance"
        }
        await #expect { try await raw(0, 0) } throws: {
            ($0 as? ServerError)?.constraint == "entry_lines_side"
        }
        #expect(try await bench.numbers().isEmpty)
        try await raw(100, 100)
        #expect(try await bench.numbers() == [1])
    }

    @Test func `takes no entry without lines and no line for an entry that stands`() async throws {
        let bench = try await BooksBench()
        await #expect {
            try await bench.read { tenant in
                tenant.run(
                    """
                    insert into tenant.entries (id, year, number, booked_on, text, booked_by)
                    values (\(UUID()), 2026, 1, '2026-06-15', 'prázdný', 'nikdo')
                    """
                )
            }
        } throws: { ($0 as? ServerError)?.constraint == "entries_balance" }
        let entry = BooksBench.entry(100)
        try await bench.book(entry)
        await #expect {
            try await bench.read { tenant in
                tenant.run(
                    """
                    insert into tenant.entry_lines (entry_id, position, year, number, account, debit)
                    values (\(entry.id), 7, 2026, 1, '502', 5), (\(entry.id), 8, 2026, 1, '502', 5)
                    """
                )
            }
        } throws: { ($0 as? ServerError)?.constraint == "entries_append_only" }
    }

    @Test func `only grows`() async throws {
        let bench = try await BooksBench()
        try await bench.book(BooksBench.entry(100))
        let attempts: [SQL] = [
            "update tenant.entries set text = 'jiný'", "delete from tenant.entries",
            "update tenant.entry_lines set debit = 1", "delete from tenant.entry_lines",
            "update tenant.accounts set name = 'x'", "delete from tenant.accounts",
            "delete from tenant.receivables",
        ]
        for attempt in attempts {
            await #expect { try await bench.read { $0.run(attempt) } } throws: {
                ($0 as? ServerError)?.sqlState == "42501"
            }
        }
    }

    @Test func `holds one entry of many booked at once under one id`() async throws {
        let bench = try await BooksBench()
        let entry = BooksBench.entry(12_345)
        let made = try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<20 { group.addTask { try await bench.book(entry) } }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(made == 1)
        #expect(try await bench.numbers() == [1])
        var other = entry
        other.text = "Něco jiného"
        await #expect(throws: BooksRefusal.otherEntry) { try await bench.book(other) }
    }

    @Test func `numbers each year without a gap, whoever books at once`() async throws {
        let bench = try await BooksBench()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<40 {
                group.addTask {
                    // Every fifth does not balance and must leave no hole.
                    if number.isMultiple(of: 5) {
                        _ = try? await bench.book(BooksBench.entry(100, "000"))
                    } else {
                        try await bench.book(BooksBench.entry(100 + number))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try await bench.numbers().sorted() == Array(1...32))
        try await bench.book(BooksBench.entry(1, on: try #require(Day("2025-12-31"))))
        #expect(try await bench.numbers().count == 33)
    }

    @Test func `refuses with a sentence what it cannot take`() async throws {
        let bench = try await BooksBench()
        await #expect(throws: BooksRefusal.unknownAccount) {
            try await bench.book(BooksBench.entry(1, "000"))
        }
        await #expect(throws: BooksRefusal.badBudget) {
            var entry = BooksBench.entry(100)
            entry.lines[0].item = "13"
            try await bench.book(entry)
        }
        await #expect(throws: BooksRefusal.unbalanced(Money(hellers: 1))) {
            var entry = BooksBench.entry(100)
            entry.lines[0].debit = Money(hellers: 101)
            try await bench.book(entry)
        }
        await #expect(throws: BooksRefusal.badAmount) {
            try await bench.book(BooksBench.entry(NewEntry.amountMax.hellers + 1))
        }
        try await bench.book(BooksBench.entry(NewEntry.amountMax.hellers))
        await #expect(throws: BooksRefusal.oneSide) {
            try await bench.book(BooksBench.entry(-5))
        }
    }

    @Test func `is corrected only by a reversal, once`() async throws {
        let bench = try await BooksBench()
        let entry = BooksBench.entry(777)
        try await bench.book(entry)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    do {
                        try await bench.books.reverse(
                            entry.id,
                            as: .v7(),
                            at: bench.office,
                            by: bench.accountant,
                            on: BooksBench.today,
                            today: BooksBench.today
                        )
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(outcomes == 1)
        #expect(try await bench.numbers() == [2, 1])
        let lines = try await bench.read {
            try await BooksStore.trialBalance(through: BooksBench.today, in: $0)
        }
        #expect(lines.allSatisfy { $0.closing == Money(hellers: 0) && $0.debit == $0.credit })
    }

    @Test func `takes nothing into a locked period, which never opens again`() async throws {
        let bench = try await BooksBench()
        let end = try #require(Day("2026-05-31"))
        try await bench.books.lock(until: end, at: bench.office, by: bench.accountant)
        await #expect(throws: BooksRefusal.locked) { try await bench.book(BooksBench.entry(1, on: end)) }
        try await bench.book(BooksBench.entry(1, on: end + 1))
        await #expect(throws: BooksRefusal.lockedAlready) {
            try await bench.books.lock(until: end - 1, at: bench.office, by: bench.accountant)
        }
        await #expect(throws: ServerError.self) {
            try await bench.read {
                $0.run("insert into tenant.book_locks (is_this, locked_until) values (true, '2000-01-01')")
            }
        }
    }

    @Test func `asks for the right to keep books, and shows another office nothing`() async throws {
        let mine = try await BooksBench()
        let other = try await BooksBench()
        let entry = BooksBench.entry(4_321)
        try await mine.book(entry)
        await #expect(throws: ServerError.self) {
            try await mine.books.change(at: mine.office, by: mine.clerk) { tenant in
                try await mine.books.book(BooksBench.entry(1), by: "x", in: tenant)
            }
        }
        let path = "/ucetnictvi/zapis/\(entry.id.uuidString.lowercased())"
        #expect((try await mine.door().ask(.get, path, as: mine.accountant)).status == .ok)
        #expect((try await mine.door().ask(.get, path, as: mine.clerk)).status == .notFound)
        #expect((try await other.door().ask(.get, path, as: other.accountant)).status == .notFound)
        #expect(try await other.numbers().isEmpty)
        let balance = try await other.door().ask(.get, "/ucetnictvi/predvaha", as: other.accountant)
        #expect(!balance.body.contains("43,21"))
    }
}
