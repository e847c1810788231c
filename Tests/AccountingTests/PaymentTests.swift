import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import Accounting

@Suite struct `A payment` {
    private static let today = Day(of: Date())

    private func post(_ bench: BooksBench, _ path: String, _ body: String) async throws -> Desk.Answer {
        try await bench.door(on: Self.today).ask(.post, path, as: bench.accountant, body: body)
    }

    @Test(arguments: [
        (PaymentMeans.bank, "45", "výpis 45"), (.bank, " 45/2026 ", "výpis 45/2026"),
        (.cash, "12", "příjmový doklad 12"), (.bank, "výpis 45, položka 2", "výpis 45, položka 2"),
        (.cash, "PPD 7", "PPD 7"), (.bank, "  ", ""), (.bank, String(repeating: "x", count: 41), ""),
    ])
    func `has a document of its own`(_ means: PaymentMeans, _ typed: String, _ document: String) {
        #expect(means.document(typed) == (document.isEmpty ? nil : document))
    }

    @Test func `tells everything that is wrong at once and keeps what was typed`() async throws {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe()
        let path = "/ucetnictvi/pohledavka/\(fee.id.uuidString.lowercased())/uhrada"
        for address in [path, "/ucetnictvi/uhrada"] {
            let body = "symbol=99&amount=dvě&day=\(Self.today + 1)&document=&means=ucet"
            let told = try await post(bench, address, body)
            #expect(told.status == .unprocessableContent)
            #expect(told.body.contains("Den nemůže být v budoucnosti."))
            #expect(told.body.contains("value=\"dvě\"") && told.body.contains("value=\"\(Self.today + 1)\""))
            for field in ["day", "amount", "document"] {
                #expect(told.body.contains("<a href=\"#\(field)\">"), "\(address): \(field)")
                #expect(told.body.contains("id=\"\(field)-e\""), "\(address): \(field)")
            }
        }
        let pairing = try await post(bench, "/ucetnictvi/uhrada", "symbol=99&day=\(Self.today)&document=1")
        #expect(pairing.body.contains("value=\"99\"") && pairing.body.contains("id=\"symbol-e\""))
        let over = try await post(
            bench,
            "/ucetnictvi/uhrada",
            "symbol=\(fee.variableSymbol)&amount=501&day=\(Self.today)&document=1"
        )
        #expect(over.status == .unprocessableContent && over.body.contains("id=\"amount-e\""))
        #expect(over.body.contains("value=\"\(fee.variableSymbol)\"") && over.body.contains("value=\"501\""))
        #expect(try await bench.numbers() == [1])
    }

    @Test func `is asked for before it is booked, and pressed twice it is booked once`() async throws {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe()
        let path = "/ucetnictvi/pohledavka/\(fee.id.uuidString.lowercased())/uhrada"
        let door = try bench.door(on: Self.today)
        let page = try await door.ask(.get, path, as: bench.accountant)
        #expect(
            page.status == .ok && page.body.contains("value=\"500,00\"") && page.body.contains("Jan Novák")
        )
        let id = UUID.v7()
        for _ in 0..<2 {
            let body = "entry=\(id)&amount=200&day=\(Self.today)&document=12&means=pokladna"
            #expect(try await post(bench, path, body).status == .seeOther)
        }
        let paid = try await bench.read { try await ReceivableStore.receivable(fee.id, in: $0) }
        #expect(paid?.paid == Money(crowns: 200))
        let entry = try #require(try await bench.read { try await BooksStore.entry(id, in: $0) })
        #expect(entry.document == "příjmový doklad 12" && entry.answeredBy == "Anna Účetní")
        let lines = try await bench.read { try await BooksStore.lines(of: id, in: $0) }
        #expect(lines.map(\.account) == ["261", "315"] && lines[0].item == "1341")
        let prescription = try await post(bench, "/ucetnictvi/zapis/\(fee.entry)/storno", "day=\(Self.today)")
        #expect(prescription.status == .conflict && prescription.body.contains("částečně uhrazená"))
        let later = try await post(bench, "/ucetnictvi/zapis/\(id)/storno", "day=\(Self.today + 1)")
        #expect(later.status == .unprocessableContent && later.body.contains("v budoucnosti"))
        #expect(later.body.contains("value=\"\(Self.today + 1)\""))
        let gone = try await door.ask(.get, "/ucetnictvi/pohledavka/\(UUID())/uhrada", as: bench.accountant)
        #expect(gone.status == .notFound)
    }

    @Test func `and a lock are no matter of the future, and keep their day`() async throws {
        let bench = try await BooksBench()
        let early = try await post(bench, "/ucetnictvi/uzamknout", "until=\(Self.today + 1)")
        #expect(early.status == .unprocessableContent && early.body.contains("v budoucnosti"))
        #expect(early.body.contains("id=\"until-e\"") && early.body.contains("id=\"sure-e\""))
        #expect(early.body.contains("name=\"until\" value=\"\(Self.today + 1)\""))
        let bad = try await post(bench, "/ucetnictvi/uzamknout", "until=x&sure=on")
        #expect(bad.body.contains("Den zapište jako datum.") && bad.body.contains("value=\"on\" checked"))
    }
}

@Suite struct `An accounting document` {
    @Test func `names who answers for the case and who booked it`() async throws {
        let bench = try await BooksBench()
        let head = try await bench.cell.clerk([.head], named: "Jiří Starosta", in: bench.office)
        let door = try bench.door()
        let typed =
            "day=2026-06-15&text=Nákup&document=FA 1&party=Papír&account=502&account=321&debit=5&debit=&credit=&credit=5"
        let id = UUID.v7().uuidString.lowercased()
        let stranger = try await door.ask(
            .post,
            "/ucetnictvi/zapis",
            as: bench.accountant,
            body: "id=\(id)&answers=\(UUID())&\(typed)"
        )
        #expect(stranger.status == .unprocessableContent && stranger.body.contains("id=\"answers-e\""))
        let booked = try await door.ask(
            .post,
            "/ucetnictvi/zapis",
            as: bench.accountant,
            body: "id=\(id)&answers=\(head.userID.uuidString.lowercased())&\(typed)"
        )
        #expect(booked.status == .seeOther)
        let page = try await door.ask(.get, "/ucetnictvi/zapis/\(id)", as: bench.accountant)
        #expect(page.body.contains("<dt>Za případ odpovídá</dt><dd>Jiří Starosta</dd>"))
        #expect(page.body.contains("<dt>Zaúčtoval(a)</dt><dd>Anna Účetní, "))
        #expect(page.body.contains("Jiří Starosta se podepisuje na doklad"))
        let journal = try await door.ask(.get, "/ucetnictvi", as: bench.accountant)
        #expect(journal.body.contains("<td data-label=\"Má dáti\">502</td><td data-label=\"Dal\">321</td>"))
        #expect(journal.body.contains("data-label=\"Částka\">5,00</td>"))
    }

    @Test func `tells everything that is wrong with a new entry at once`() async throws {
        let bench = try await BooksBench()
        let told = try await bench.door().ask(
            .post,
            "/ucetnictvi/zapis",
            as: bench.accountant,
            body: "id=\(UUID.v7())&day=x&text=&account=502&debit=5&credit="
        )
        #expect(told.status == .unprocessableContent)
        for field in ["day", "text", "lines"] {
            #expect(told.body.contains("<a href=\"#\(field)\">"), "\(field)")
            #expect(told.body.contains("id=\"\(field)-e\""), "\(field)")
        }
        let account = try await bench.door().ask(
            .post,
            "/ucetnictvi/ucty",
            as: bench.accountant,
            body: "code=23110&name="
        )
        #expect(account.body.contains("id=\"code-e\"") && account.body.contains("id=\"name-e\""))
        #expect(account.body.contains("value=\"23110\""))
    }

    @Test(arguments: [
        (["502"], "502"), (["042", "501", "502"], "042, 501, 502"),
        (["042", "501", "502", "518"], "042 a další 3"),
    ])
    func `is summed up in one line of the journal`(_ accounts: [String], _ shown: String) {
        #expect(EntrySum.short(accounts) == shown)
    }
}
