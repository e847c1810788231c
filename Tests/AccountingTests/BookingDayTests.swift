import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import Accounting

@Suite struct `The day of an entry` {
    private static let today = BooksBench.today

    private func entry(on day: Day, _ debit: String = "502", item: String = "") -> NewEntry {
        var entry = BooksBench.entry(100, debit, "321", on: day)
        entry.lines[0].item = item
        return entry
    }

    @Test func `is today at the latest`() throws {
        try BookingDay.check(Self.today, today: Self.today)
        #expect(throws: BooksRefusal.future) { try BookingDay.check(Self.today + 1, today: Self.today) }
    }

    @Test func `of a reversal is no earlier than that of its entry`() throws {
        try BookingDay.checkReversal(Self.today, of: Self.today)
        #expect(throws: BooksRefusal.reversalEarly) {
            try BookingDay.checkReversal(Self.today - 1, of: Self.today)
        }
        #expect(BookingDay.reversal(of: Self.today - 9, today: Self.today) == Self.today)
        #expect(BookingDay.reversal(of: Self.today + 9, today: Self.today) == Self.today + 9)
    }

    @Test func `in another year is asked for`() throws {
        let (first, last) = (try #require(Day("2026-01-01")), try #require(Day("2025-12-31")))
        #expect(entry(on: first).doubts(today: Self.today).isEmpty)
        #expect(entry(on: last).doubts(today: Self.today) == [.otherYear])
        try entry(on: last).check(today: Self.today, sure: ["otherYear"])
        #expect(throws: BooksRefusal.self) {
            try entry(on: last).check(today: Self.today, sure: ["unclassified"])
        }
        // An answer to a doubt is none about the future.
        #expect(throws: BooksRefusal.future) {
            try entry(on: Self.today + 300).check(today: Self.today, sure: BookingDoubt.names)
        }
    }

    @Test func `before the prescription that it pays is asked for`() {
        let paid = entry(on: Self.today, "231", item: "1341")
        #expect(paid.doubts(today: Self.today, prescribed: Self.today).isEmpty)
        #expect(paid.doubts(today: Self.today, prescribed: Self.today + 1) == [.beforePrescription])
    }

    @Test func `and money without an item, too`() {
        #expect(entry(on: Self.today, "231").doubts(today: Self.today) == [.unclassified])
        #expect(entry(on: Self.today, "231", item: "1341").doubts(today: Self.today).isEmpty)
        // A reversal has the lines of its original, and puts right what was not asked then.
        var reversal = entry(on: Self.today, "231")
        reversal.reverses = UUID()
        #expect(reversal.doubts(today: Self.today).isEmpty)
    }

    @Test func `is kept by the database, whoever writes`() async throws {
        let bench = try await BooksBench()
        let tomorrow = Day(of: Date()) + 1
        await #expect(throws: BooksRefusal.future) {
            try await bench.book(BooksBench.entry(100, on: tomorrow))
        }
        let original = BooksBench.entry(100)
        try await bench.book(original)
        var early = BooksBench.entry(100, "321", "502", on: Self.today - 1)
        early.reverses = original.id
        await #expect(throws: BooksRefusal.reversalEarly) { try await bench.book(early) }
        early.day = Self.today
        try await bench.book(early)
    }
}

@Suite struct `A doubt about an entry` {
    private static let lines = "account=231&account=491&debit=5&debit=&credit=&credit=5"

    private func post(_ bench: BooksBench, _ path: String, _ body: String) async throws -> Desk.Answer {
        try await bench.door().ask(.post, path, as: bench.accountant, body: body)
    }

    @Test func `is shown with a box to tick, and booked once it is ticked`() async throws {
        let bench = try await BooksBench()
        let typed =
            "day=2019-01-01&text=Pozdě&account=231&account=606&debit=5&debit=&credit=&credit=5&id=\(UUID.v7())"
        let asked = try await post(bench, "/ucetnictvi/zapis", typed)
        #expect(asked.status == .unprocessableContent)
        for doubt in ["otherYear", "unclassified"] {
            #expect(
                asked.body.contains("id=\"\(doubt)\" name=\"sure\" value=\"\(doubt)\" aria-invalid"),
                "\(doubt)"
            )
            #expect(asked.body.contains("<a href=\"#\(doubt)\">"), "\(doubt)")
        }
        #expect(asked.body.contains("Účtujete do roku 2019"))
        let half = try await post(bench, "/ucetnictvi/zapis", typed + "&sure=otherYear")
        #expect(half.status == .unprocessableContent && half.body.contains("value=\"otherYear\" checked"))
        #expect(try await bench.numbers().isEmpty)
        let booked = try await post(bench, "/ucetnictvi/zapis", typed + "&sure=otherYear&sure=unclassified")
        #expect(booked.status == .seeOther)
        #expect(try await bench.numbers() == [1])
    }

    @Test func `is not asked of a locked period, where no answer would help`() async throws {
        let bench = try await BooksBench()
        let end = try #require(Day("2025-12-31"))
        try await bench.books.lock(until: end, at: bench.office, by: bench.accountant)
        let typed = "day=2025-12-31&text=Pozdě&\(Self.lines)&id=\(UUID.v7())"
        let refused = try await post(bench, "/ucetnictvi/zapis", typed)
        #expect(refused.body.contains("uzamčené") && !refused.body.contains("id=\"otherYear\""))
    }

    @Test func `of a future day is none: it is refused`() async throws {
        let bench = try await BooksBench()
        let typed = "day=2026-06-16&text=Brzy&\(Self.lines)&id=\(UUID.v7())&sure=otherYear"
        let refused = try await post(bench, "/ucetnictvi/zapis", typed)
        #expect(refused.status == .unprocessableContent && refused.body.contains("id=\"day-e\""))
        #expect(refused.body.contains("Den nemůže být v budoucnosti."))
    }

    @Test func `is told to programs by its name`() async throws {
        let bench = try await BooksBench()
        func json(_ sure: String) -> String {
            """
            {"id": "\(UUID.v7())", "day": "2025-12-31", "text": "Strojem", \(sure)
             "lines": [{"account": "502", "debit": 100}, {"account": "321", "credit": 100}]}
            """
        }
        let door = try bench.door()
        let asked = try await door.ask(
            .post,
            "/api/entries",
            as: bench.accountant,
            body: json(""),
            json: true
        )
        #expect(asked.status == .unprocessableContent && asked.body.contains("\"otherYear\":"))
        let booked = try await door.ask(
            .post,
            "/api/entries",
            as: bench.accountant,
            body: json("\"sure\": [\"otherYear\"],"),
            json: true
        )
        #expect(booked.status == .created, "\(booked.body)")
    }

    @Test func `of a payment before its prescription is answered by its box`() async throws {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe()
        let (today, door) = (Day(of: Date()), try bench.door(on: Day(of: Date())))
        let body = "symbol=\(fee.variableSymbol)&document=45&day=\(today - 1)"
        let asked = try await door.ask(.post, "/ucetnictvi/uhrada", as: bench.accountant, body: body)
        #expect(asked.status == .unprocessableContent && asked.body.contains("id=\"beforePrescription\""))
        let sure = BookingDoubt.names.map { "&sure=\($0)" }.joined()
        let paid = try await door.ask(.post, "/ucetnictvi/uhrada", as: bench.accountant, body: body + sure)
        #expect(paid.status == .seeOther)
    }

    @Test func `of a reversal before its entry is refused, and the page offers no earlier day`() async throws
    {
        let bench = try await BooksBench()
        let entry = BooksBench.entry(100)
        try await bench.book(entry)
        let path = "/ucetnictvi/zapis/\(entry.id.uuidString.lowercased())"
        let early = try await post(bench, "\(path)/storno", "day=2026-06-14")
        #expect(early.status == .unprocessableContent && early.body.contains("dřív než zápis"))
        let before = try bench.door(on: BooksBench.today - 10)
        let page = try await before.ask(.get, path, as: bench.accountant)
        #expect(page.body.contains("id=\"storno\" name=\"day\" value=\"2026-06-15\""))
    }
}

@Suite struct `A line of an entry` {
    private func post(_ bench: BooksBench, _ lines: String) async throws -> Desk.Answer {
        let body = "id=\(UUID.v7())&day=2026-06-15&text=Nákup&\(lines)"
        return try await bench.door().ask(.post, "/ucetnictvi/zapis", as: bench.accountant, body: body)
    }

    @Test func `is marked where the fault is`() async throws {
        let bench = try await BooksBench()
        // Both amounts on one line is that line's fault, not a missing line.
        let both = try await post(bench, "account=502&debit=5&credit=5")
        #expect(both.body.contains("1. řádek: Každý řádek má částku jen na jedné straně."))
        #expect(!both.body.contains("aspoň dva řádky"))
        #expect(both.body.contains("<tr class=\"faulty\" id=\"line-1\">"))
        let amount = try await post(bench, "account=502&account=321&debit=5&debit=&credit=&credit=pět")
        #expect(amount.body.contains("id=\"line-2\"") && !amount.body.contains("id=\"line-1\""))
        let account = try await post(bench, "account=502&account=777&debit=5&debit=&credit=&credit=5")
        #expect(account.body.contains("id=\"line-2\"") && account.body.contains("rozvrhu není"))
    }

    @Test func `that is missing or unbalanced is told below the lines`() async throws {
        let bench = try await BooksBench()
        let page = try await post(bench, "account=502&account=321&debit=5&debit=&credit=&credit=4")
        let table = try #require(page.body.range(of: "</tbody>"))
        let fault = try #require(page.body.range(of: "id=\"lines-e\""))
        #expect(table.upperBound < fault.lowerBound)
        #expect(page.body.contains("<a href=\"#lines\">"))
    }
}
