import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import Accounting

@Suite struct `What the books keep and give out` {
    private func post(_ bench: BooksBench, _ path: String, _ body: String, on day: Day = BooksBench.today)
        async throws -> Desk.Answer
    {
        try await bench.door(on: day).ask(.post, path, as: bench.accountant, body: body)
    }

    @Test func `carries the results of earlier years on 431, so that openings balance`() async throws {
        let bench = try await BooksBench()
        let before = try #require(Day("2025-12-31"))
        try await bench.book(BooksBench.entry(1_000, "231", "606", on: before))
        try await bench.book(BooksBench.entry(400, "502", "231", on: before))
        let lines = try await bench.read {
            try await BooksStore.trialBalance(through: BooksBench.today, in: $0)
        }
        func opening(_ account: String) -> Int? { lines.first { $0.account == account }?.opening.hellers }
        #expect(opening("231") == 600 && opening("431") == -600 && opening("606") == nil)
        #expect(lines.reduce(0) { $0 + $1.opening.hellers } == 0)
        let ledger = try await bench.read { try await BooksStore.opening("431", 2026, in: $0) }
        #expect(ledger == Money(hellers: -600))
        // Closed by entries, the same stands there.
        try await bench.book(BooksBench.entry(1_000, "606", "493", on: before))
        try await bench.book(BooksBench.entry(400, "493", "502", on: before))
        try await bench.book(BooksBench.entry(600, "493", "431", on: before))
        let closed = try await bench.read { try await BooksStore.opening("431", 2026, in: $0) }
        #expect(closed == Money(hellers: -600))
    }

    @Test func `books what stands off the balance sheet only against its own class`() async throws {
        let bench = try await BooksBench()
        await #expect(throws: BooksRefusal.offBalance) {
            try await bench.book(BooksBench.entry(100, "999", "321"))
        }
        try await bench.book(BooksBench.entry(100, "902", "999"))
        await #expect {
            try await bench.read { tenant in
                let id = UUID()
                tenant.run(
                    """
                    insert into tenant.entries (id, year, number, booked_on, text, booked_by)
                    values (\(id), 2026, 9, '2026-06-15', 'přímo', 'nikdo')
                    """
                )
                tenant.run(
                    """
                    insert into tenant.entry_lines (entry_id, position, year, number, account, debit, credit)
                    values (\(id), 0, 2026, 9, '902', 5, 0), (\(id), 1, 2026, 9, '321', 0, 5)
                    """
                )
            }
        } throws: { ($0 as? ServerError)?.constraint == "entries_off_balance" }
    }

    @Test func `shows cash that no budget item sorts`() async throws {
        let bench = try await BooksBench()
        try await bench.book(BooksBench.entry(70_000, "231", "491"))
        try await bench.book(BooksBench.entry(30_000, "261", "231"))
        let report = "/ucetnictvi/prijmy-a-vydaje?rok=2026"
        let before = try await bench.door().ask(.get, report, as: bench.accountant)
        #expect(!before.body.contains("Nezatříděno"))
        let loose = BooksBench.entry(50_000, "501", "231")
        try await bench.book(loose)
        let after = try await bench.door().ask(.get, report, as: bench.accountant)
        #expect(after.body.contains("odešlo 500,00"))
        let page = "/ucetnictvi/zapis/\(loose.id.uuidString.lowercased())"
        let entry = try await bench.door().ask(.get, page, as: bench.accountant)
        #expect(entry.body.contains("nemají položku") && entry.body.contains("označení dokladu a účastník"))
    }

    @Test func `takes the budget's codes on cash accounts only, and only known ones`() async throws {
        let bench = try await BooksBench()
        var entry = BooksBench.entry(100, "502", "231")
        entry.lines[1].paragraph = "6171"
        entry.lines[1].item = "5154"
        try await bench.book(entry)
        var elsewhere = BooksBench.entry(100, "502", "231")
        elsewhere.lines[0].item = "5154"
        await #expect(throws: BooksRefusal.budgetElsewhere) { try await bench.book(elsewhere) }
        var unknown = BooksBench.entry(100, "502", "231")
        unknown.lines[1].item = "9999"
        await #expect(throws: BooksRefusal.unknownCode("9999")) { try await bench.book(unknown) }
        await #expect {
            try await bench.read { tenant in
                let id = UUID()
                tenant.run(
                    """
                    insert into tenant.entries (id, year, number, booked_on, text, booked_by)
                    values (\(id), 2026, 9, '2026-06-15', 'přímo', 'nikdo')
                    """
                )
                tenant.run(
                    """
                    insert into tenant.entry_lines (entry_id, position, year, number, account, debit, item)
                    values (\(id), 0, 2026, 9, '502', 5, '5154')
                    """
                )
            }
        } throws: { ($0 as? ServerError)?.constraint == "entry_lines_cash" }
        let page = try await bench.door().ask(
            .get,
            "/ucetnictvi/prijmy-a-vydaje?rok=2026",
            as: bench.accountant
        )
        #expect(page.body.contains("5154") && page.body.contains("1,00"))
    }

    @Test func `adds analytical accounts, of the kind of their synthetic one`() async throws {
        let bench = try await BooksBench()
        let made = try await post(bench, "/ucetnictvi/ucty", "code=231.10&name=Běžný účet u spořitelny")
        #expect(made.status == .seeOther)
        #expect(
            (try await post(bench, "/ucetnictvi/ucty", "code=231.10&name=Znovu")).status == .conflict
        )
        for wrong in ["231", "231.", "23.1", "231.1234567", "231.1a", "000.1"] {
            let answer = try await post(bench, "/ucetnictvi/ucty", "code=\(wrong)&name=Účet")
            #expect(answer.status == .unprocessableContent, "\(wrong)")
        }
        var entry = BooksBench.entry(100, "502", "231.10")
        entry.lines[1].item = "5154"
        try await bench.book(entry)
        let chart = try await bench.door().ask(.get, "/ucetnictvi/ucty?q=231", as: bench.accountant)
        #expect(chart.body.contains("231.10") && chart.body.contains("aktivum"))
    }

    @Test func `shows on an entry what its document has to say`() async throws {
        let bench = try await BooksBench()
        var entry = BooksBench.entry(123_456)
        entry.document = "FV 77"
        entry.party = "Dodavatel"
        try await bench.book(entry)
        let path = "/ucetnictvi/zapis/\(entry.id.uuidString.lowercased())"
        let page = try await bench.door().ask(.get, path, as: bench.accountant)
        for particular in ["FV 77", "Dodavatel", "1\u{a0}234,56", "Elektřina", "Anna Účetní", "1/2026"] {
            #expect(page.body.contains(particular), "\(particular)")
        }
        let reversed = try await post(bench, "\(path)/storno", "day=2026-06-15")
        let reversal = try #require(reversed.headers[.location])
        let door = try bench.door()
        #expect((try await door.ask(.get, path, as: bench.accountant)).body.contains(reversal))
        #expect((try await door.ask(.get, reversal, as: bench.accountant)).body.contains(path))
    }

    @Test func `gives journal, ledger and balance to a spreadsheet`() async throws {
        let bench = try await BooksBench()
        var entry = BooksBench.entry(150_050)
        entry.text = "=1+1; \"uvozovky\""
        try await bench.book(entry)
        let door = try bench.door()
        let journal = try await door.ask(.get, "/ucetnictvi/denik.csv?rok=2026", as: bench.accountant)
        #expect(journal.headers[.contentType]?.hasPrefix("text/csv") == true)
        #expect(journal.body.unicodeScalars.first == "\u{FEFF}")
        #expect(journal.body.contains("\"'=1+1; \"\"uvozovky\"\"\""))
        #expect(journal.body.contains(";1500,50;0,00;"))
        let ledger = try await door.ask(
            .get,
            "/ucetnictvi/ucet/321/pohyby.csv?rok=2026",
            as: bench.accountant
        )
        #expect(ledger.body.contains(";0,00;1500,50;-1500,50\r\n"))
        let balance = try await door.ask(.get, "/ucetnictvi/predvaha.csv?rok=2026", as: bench.accountant)
        #expect(balance.body.contains("321;Dodavatelé;0,00;0,00;1500,50;-1500,50\r\n"))
        for file in ["denik.csv", "predvaha.csv", "ucet/321/pohyby.csv"] {
            #expect((try await door.ask(.get, "/ucetnictvi/\(file)", as: bench.clerk)).status == .notFound)
        }
    }

    @Test func `takes a fee in parts, and never more than it is`() async throws {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe(50_000)
        let today = Day(of: Date())
        func pay(_ amount: String, document: String = "45") async throws -> Desk.Answer {
            try await post(
                bench,
                "/ucetnictvi/uhrada",
                "symbol=\(fee.variableSymbol)&day=\(today)&amount=\(amount)&document=\(document)",
                on: today
            )
        }
        #expect((try await pay("200")).status == .seeOther)
        let over = try await pay("300,01")
        #expect(over.status == .unprocessableContent && over.body.contains("300,00"))
        #expect((try await pay("0")).status == .unprocessableContent)
        let slip = try await bench.door(on: today).ask(
            .get,
            "/platba/\(fee.id.uuidString.lowercased())"
        )
        #expect(slip.body.contains("300,00") && !slip.body.contains("Novák"))
        let twice = try await pay("300")
        #expect(twice.status == .conflict && twice.body.contains("výpis 45, položka 2"))
        #expect((try await pay("300", document: "46")).status == .seeOther)
        let paid = try await bench.read { try await ReceivableStore.receivable(fee.id, in: $0) }
        #expect(paid?.isPaid == true)
        let sums = try await bench.read { try await ReceivableStore.sums(on: today, in: $0) }
        #expect(sums[.paid]?.amount == Money(crowns: 500) && sums[.open]?.count == 0)
        let late = try await bench.read { try await ReceivableStore.sums(on: today + 400, in: $0) }
        #expect(late[.late]?.count == 0)
        let list = try await bench.door(on: today).ask(
            .get,
            "/ucetnictvi/pohledavky?stav=uhrazene",
            as: bench.accountant
        )
        #expect(list.body.contains(fee.variableSymbol) && list.body.contains("uhrazeno"))
        // Two at once: one of them meets the rest that is left.
        let other = try await bench.prescribe(10_000)
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<6 {
                group.addTask {
                    do {
                        try await bench.books.pay(
                            other.id,
                            Money(crowns: 60),
                            document: "výpis \(number)",
                            on: today,
                            today: today,
                            entry: .v7(),
                            at: bench.office,
                            by: bench.accountant
                        )
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(outcomes == 1)
    }

    @Test func `asks whether the accountant is sure before it locks for good`() async throws {
        let bench = try await BooksBench()
        let unsure = try await post(bench, "/ucetnictvi/uzamknout", "until=2026-05-31")
        #expect(unsure.status == .unprocessableContent && unsure.body.contains("otevřít"))
        #expect(
            (try await post(bench, "/ucetnictvi/uzamknout", "until=2026-05-31&sure=on")).status == .seeOther
        )
    }

    @Test func `has every account the guide chart needs, each once`() throws {
        let file = TestCell.root.appending(path: "TenantTemplates/municipality/chart-of-accounts.csv")
        let chart = try CSV(String(contentsOf: file, encoding: .utf8), file: "chart-of-accounts.csv")
        let codes = try chart.lines.map { try $0["code"] }
        #expect(Set(codes).count == codes.count && codes == codes.sorted())
        for code in ["453", "906", "916", "955", "956", "966", "491", "492", "493", "231", "315", "606"] {
            #expect(codes.contains(code), "\(code)")
        }
    }
}
