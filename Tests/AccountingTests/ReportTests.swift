import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import Accounting

@Suite struct `The books` {
    @Test func `come to a trial balance whose sides agree, carried over the year`() async throws {
        let bench = try await BooksBench()
        let before = try #require(Day("2025-03-01"))
        try await bench.book(BooksBench.entry(1_000, "231", "606", on: before))
        try await bench.book(BooksBench.entry(300, "502", "231"))
        try await bench.book(BooksBench.entry(50, "231", "606", on: BooksBench.today + 30))
        let lines = try await bench.read {
            try await BooksStore.trialBalance(through: BooksBench.today, in: $0)
        }
        func of(_ account: String) -> BalanceLine? { lines.first { $0.account == account } }
        #expect(of("231")?.opening == Money(hellers: 1_000))
        #expect(of("231")?.closing == Money(hellers: 700))
        #expect(of("606") == nil, "revenues of the year before do not carry over")
        #expect(of("502")?.debit == Money(hellers: 300))
        let debit = lines.reduce(0) { $0 + $1.debit.hellers }
        #expect(debit == lines.reduce(0) { $0 + $1.credit.hellers } && debit == 300)
        let year = try await bench.read {
            try await BooksStore.trialBalance(through: try #require(Day("2026-12-31")), in: $0)
        }
        #expect(year.first { $0.account == "606" }?.credit == Money(hellers: 50))
    }

    @Test func `are read by an accountant: entry, ledger page by page, balance with pictures`() async throws {
        let bench = try await BooksBench()
        for number in 1...53 { try await bench.book(BooksBench.entry(100 * number)) }
        let door = try bench.door()
        let first = try await door.ask(.get, "/ucetnictvi/ucet/502?rok=2026", as: bench.accountant)
        #expect(first.status == .ok && first.body.contains("50/2026") && !first.body.contains("51/2026"))
        #expect(first.body.contains("1\u{a0}431,00"))
        let next = try await door.ask(.get, "/ucetnictvi/ucet/502?rok=2026&za=50-0", as: bench.accountant)
        #expect(next.body.contains("53/2026") && !next.body.contains(">50/2026"))
        #expect((try await door.ask(.get, "/ucetnictvi/ucet/000", as: bench.accountant)).status == .notFound)
        let balance = try await door.ask(.get, "/ucetnictvi/predvaha?rok=2026", as: bench.accountant)
        #expect(balance.body.contains("<svg class=\"bar\"") && balance.body.contains("1\u{a0}431,00"))
        let journal = try await door.ask(.get, "/ucetnictvi", as: bench.accountant)
        #expect(journal.body.contains("53/2026") && journal.body.contains("za=2026-4"))
    }

    @Test func `are kept by form and by machine`() async throws {
        let bench = try await BooksBench()
        let door = try bench.door()
        let id = UUID.v7().uuidString.lowercased()
        let typed =
            "id=\(id)&day=2026-06-15&text=Nákup&account=502&account=321&debit=1 500,50&debit=&credit=&credit="
        let wrong = try await door.ask(.post, "/ucetnictvi/zapis", as: bench.accountant, body: typed)
        #expect(wrong.status == .unprocessableContent && wrong.body.contains("1 500,50"))
        let form = "\(typed)1500,50"
        #expect(
            (try await door.ask(.post, "/ucetnictvi/zapis", as: bench.accountant, body: form)).status
                == .seeOther
        )
        #expect(
            (try await door.ask(.post, "/ucetnictvi/zapis", as: bench.accountant, body: form)).status
                == .seeOther
        )
        let json = """
            {"id": "\(UUID.v7())", "day": "2026-06-15", "text": "Strojem",
             "lines": [{"account": "502", "debit": 100}, {"account": "321", "credit": 100}]}
            """
        let made = try await door.ask(.post, "/api/entries", as: bench.accountant, body: json, json: true)
        #expect(made.status == .created)
        let again = try await door.ask(.post, "/api/entries", as: bench.accountant, body: json, json: true)
        #expect(again.status == .ok)
        let clerk = try await door.ask(.post, "/api/entries", as: bench.clerk, body: json, json: true)
        #expect(clerk.status == .notFound)
        #expect(try await bench.numbers() == [2, 1])
        let bad = try await door.ask(
            .post,
            "/ucetnictvi/uzamknout",
            as: bench.accountant,
            body: "until=2030-01-01"
        )
        #expect(bad.status == .unprocessableContent)
    }

    @Test func `prescribe a fee once, pay it once, and undo both only in order`() async throws {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe()
        let today = Day(of: Date())
        #expect(fee.variableSymbol == "\(today.year)000001")
        #expect(try await bench.numbers().count == 1)
        let door = try bench.door(on: today)
        let body = "symbol=\(fee.variableSymbol)&day=\(today)&document=45"
        let unknown = try await door.ask(
            .post,
            "/ucetnictvi/uhrada",
            as: bench.accountant,
            body: "symbol=1&day=\(today)"
        )
        #expect(unknown.status == .unprocessableContent)
        #expect(
            (try await door.ask(.post, "/ucetnictvi/uhrada", as: bench.accountant, body: body)).status
                == .seeOther
        )
        #expect(
            (try await door.ask(.post, "/ucetnictvi/uhrada", as: bench.accountant, body: body)).status
                == .conflict
        )
        let journal = try await bench.read { try await BooksStore.journal(before: nil, rowsMax: 10, in: $0) }
        #expect(journal.count == 2)
        func reverse(_ entry: BookedEntry) async throws {
            try await bench.books.reverse(
                entry.id,
                as: .v7(),
                at: bench.office,
                by: bench.accountant,
                on: today,
                today: today
            )
        }
        await #expect(throws: BooksRefusal.prescriptionPaid) { try await reverse(journal[1]) }
        try await reverse(journal[0])
        #expect(try await bench.read { try await ReceivableStore.open(in: $0) }.map(\.id) == [fee.id])
        try await reverse(journal[1])
        #expect(try await bench.read { try await ReceivableStore.open(in: $0) }.isEmpty)
        await #expect(throws: BooksRefusal.cancelled) {
            try await bench.books.pay(
                fee.id,
                document: "výpis 1",
                on: today,
                today: today,
                entry: .v7(),
                at: bench.office,
                by: bench.accountant
            )
        }
        let slip = try await door.ask(.get, "/platba/\(fee.id.uuidString.lowercased())")
        #expect(slip.body.contains("zrušen") && !slip.body.contains("Novák"))
    }

    @Test func `show a payer the account, the symbol and a QR code, and no name`() async throws {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe(48_050)
        let path = "/platba/\(fee.id.uuidString.lowercased())"
        let door = try bench.door()
        #expect((try await door.ask(.get, path)).body.contains("ještě neuvedl číslo účtu"))
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            var profile = try await OfficeStore.profile(in: tenant)
            profile.bankAccount = "19-2000145399/0800"
            try await OfficeStore.save(profile, in: tenant)
        }
        let slip = try await door.ask(.get, path)
        #expect(slip.body.contains("CZ6508000000192000145399") && slip.body.contains("480,50"))
        #expect(slip.body.contains("<svg class=\"qr\"") && !slip.body.contains("Novák"))
        #expect((try await door.ask(.get, "/platba/\(UUID())")).status == .notFound)
        let other = try await BooksBench()
        #expect((try await other.door().ask(.get, path)).status == .notFound)
    }

    @Test func `know no fee but those of the law`() async throws {
        let bench = try await BooksBench()
        let fee = FeePrescription(
            id: .v7(),
            kind: "air",
            payer: "x",
            hellers: 1,
            due: BooksBench.today,
            referenceNumber: "",
            documentID: UUID(),
            clerk: "Eva Správná"
        )
        await #expect(throws: BooksRefusal.unknownFee) {
            try await bench.read { try await bench.books.prescribe(fee, in: $0) }
        }
    }
}

@Suite struct `The lists of the books` {
    @Test func `come from their indexes`() async throws {
        let bench = try await BooksBench()
        let owner = try await bench.cell.owner()
        try await bench.read { tenant in
            tenant.run(
                """
                with made as (
                    insert into tenant.entries (id, year, number, booked_on, text, booked_by)
                    select gen_random_uuid(), 2020 + n % 5, 1 + n / 5, make_date(2020 + n % 5, 3, 1), 'Zápis', 'x'
                    from generate_series(0, 3999) n returning id, year, number
                )
                select count(id) from made
                """
            )
            tenant.run(
                """
                insert into tenant.entry_lines (entry_id, position, year, number, account, debit, credit)
                select e.id, s, e.year, e.number, case s when 0 then '502' else '321' end, 100 * (1 - s), 100 * s
                from tenant.entries e cross join generate_series(0, 1) s
                """
            )
        }
        var analyze: Script = ""
        analyze.append("analyze %I.entries", Script.Identifier(bench.office))
        analyze.append("analyze %I.entry_lines", Script.Identifier(bench.office))
        try await owner.execute(analyze)
        func plan(_ sql: SQL) async throws -> String {
            try await bench.read { tenant in
                try await tenant.rows("explain (analyze, costs off, timing off, summary off) " + sql) { row in
                    try row["QUERY PLAN"] as String
                }.joined(separator: "\n")
            }
        }
        let journal = try await plan(
            """
            select e.id from tenant.entries e where (e.year, e.number) < (2023, 100)
            order by e.year desc, e.number desc limit 51
            """
        )
        #expect(journal.contains("entries_number") && !journal.contains("Rows Removed"), "\(journal)")
        let ledger = try await plan(
            """
            select l.number from tenant.entry_lines l join tenant.entries e on e.id = l.entry_id
            where l.account = '502' and l.year = 2022 and (l.number, l.position) > (100, 0)
            order by l.number, l.position limit 51
            """
        )
        #expect(ledger.contains("entry_lines_account") && !ledger.contains("Seq Scan"), "\(ledger)")
        #expect(!ledger.contains("Rows Removed"), "\(ledger)")
    }
}
