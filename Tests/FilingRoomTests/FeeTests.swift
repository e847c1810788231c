import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

@Suite struct `A fee of a case file` {
    private static let answers =
        #"{"ukon":["vznik"],"dalsi":["prvni"],"nad65":["ne"],"osvobozeni":["ztp"],"obecni-uleva":["čl. 5"]}"#

    @Test(arguments: [
        ("{}", 2250), (#"{"dalsi":["prvni"]}"#, 1500), (#"{"dalsi":["dalsi"],"nad65":["ne"]}"#, 2250),
        (#"{"dalsi":["prvni"],"nad65":["ano"]}"#, 200), (#"{"dalsi":["dalsi"],"nad65":["ano"]}"#, 300),
        ("not json", 2250),
    ])
    func `for a dog has a most that the law sets`(answers: String, crowns: Int) {
        #expect(FeeFacts(answers: answers).dogMax == Money(crowns: crowns))
    }

    @Test func `shows what the filing says and nothing that it does not`() {
        #expect(
            FeeFacts(answers: Self.answers).czech
                == "Podání uvádí: první pes, držiteli není nad 65 let, žádá o osvobození, žádá o úlevu podle vyhlášky."
        )
        #expect(FeeFacts(answers: "{}").czech == nil)
        #expect(
            FeeFacts(answers: #"{"dalsi":["prvni"],"nad65":["ano"]}"#).dogLaw
                == "Poplatek za psa a rok smí být, je-li držiteli nad 65 let, nejvýše 200,00\u{a0}Kč (§ 2 zákona č. 565/1990 Sb.)."
        )
    }

    @Test func `is prescribed up to its most, shown, cancelled and prescribed anew`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk, .feeClerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        var delivery = bench.delivery(service: "pes-ohlaseni", regime: .tax, title: "Ohlášení psa")
        delivery.answers = Self.answers
        let file = try await bench.deliver(delivery)
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        #expect(try await front.get(path, as: clerk).body.contains("první pes, držiteli není nad 65 let"))

        let form = ["kind": "dog", "amount": "1500,01", "due": "2026-12-31"]
        let much = try await front.post("\(path)/predepsat", form, as: clerk)
        #expect(much.status.code == 422)
        #expect(much.body.contains("nejvýše 1\u{a0}500,00\u{a0}Kč (§ 2 zákona č. 565/1990 Sb.)"))
        #expect(much.body.contains("value=\"1500,01\"") && much.body.contains("value=\"2026-12-31\""))
        #expect(much.body.contains("id=\"amount-e\""), "the error stands at the field")
        #expect(bench.books.prescribed.isEmpty)

        let most = form.merging(["amount": "1500"]) { $1 }
        #expect(try await front.post("\(path)/predepsat", most, as: clerk).status == .seeOther)
        let first = try #require(bench.books.prescribed.first)
        #expect(first.clerk == clerk.name)
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("/platba/\(first.id.uuidString.lowercased())") && page.contains("nezaplaceno"))
        #expect(page.contains("\(path)/zrusit-predpis"))

        #expect(try await front.post("\(path)/zrusit-predpis", as: clerk).status == .seeOther)
        #expect(bench.books.cancelled == [first.id: clerk.name])
        #expect(try await front.post("\(path)/zrusit-predpis", as: clerk).status.code == 409)
        try await bench.settle(file.id, .noted, by: clerk)
        #expect(try await front.post("\(path)/predepsat", most, as: clerk).status == .seeOther)
        #expect(bench.books.prescribed.count == 2)
        let told = try await bench.reports(about: file.submissionID)
        #expect(told.compactMap(\.event) == [.assigned, .feePrescribed, .feeCancelled, .feePrescribed])
        #expect(told.last?.status == .settled, "a settled submission stays settled")
    }
}
