import HTTPTypes
import Office
import Support
import Testing

@testable import Accounting

@Suite struct `Pictures of the books` {
    private func crowns(_ amounts: Int...) -> [Money] { amounts.map { Money(crowns: $0) } }

    @Test func `stand on nothing and hang below it, in proportion`() throws {
        let picture = try #require(BalancePicture(crowns(300, -100, 0)))
        #expect(picture.zero == 90)
        #expect(picture.columns.map(\.y) == [0, 90, 90] && picture.columns.map(\.height) == [90, 30, 0])
        #expect(picture.columns.map(\.isCredit) == [false, true, false])
        #expect(picture.words.contains("únor −100,00"))
        let small = try #require(BalancePicture(crowns(100_000, 1)))
        #expect(small.columns[1].height == 1, "what is there can be seen")
        #expect(BalancePicture(crowns(0, 0)) == nil)
    }

    @Test(arguments: [
        (1, 3, "33\u{A0}%"), (0, 3, "0\u{A0}%"), (1, 1_000, "méně než 1\u{A0}%"), (3, 3, "100\u{A0}%"),
        (0, 0, "0\u{A0}%"),
    ])
    func `are told in percent`(_ part: Int, _ whole: Int, _ text: String) {
        #expect(BooksRoutes.percent(part, of: whole) == text)
    }

    @Test func `go with one way to change the year, and months by name`() async throws {
        let bench = try await BooksBench()
        try await bench.book(BooksBench.entry(30_000, "231", "491"))
        try await bench.book(BooksBench.entry(10_000, "501", "231"))
        let door = try bench.door()
        for path in ["predvaha", "ucet/231", "prijmy-a-vydaje"] {
            let page = try await door.ask(.get, "/ucetnictvi/\(path)?rok=2026", as: bench.accountant)
            #expect(page.body.contains("aria-label=\"Rok\""), "\(path)")
            for year in ["2025", "2027"] {
                #expect(page.body.contains("?rok=\(year)\">\(year)</a>"), "\(path)")
            }
            #expect(page.body.contains("?rok=2026\" aria-current=\"true\">2026</a>"), "\(path)")
        }
        let balance = try await door.ask(.get, "/ucetnictvi/predvaha?rok=2026", as: bench.accountant)
        #expect(balance.body.contains(">květen</a>") && !balance.body.contains(">5.</a>"))
        let ledger = try await door.ask(.get, "/ucetnictvi/ucet/231?rok=2026", as: bench.accountant)
        #expect(ledger.body.contains("květen 0,00, červen 200,00") && !ledger.body.contains("červenec"))
    }

    @Test func `and the names of accounts say with what they were compared`() async throws {
        let bench = try await BooksBench()
        let page = try await bench.door().ask(.get, "/ucetnictvi/ucty", as: bench.accountant)
        #expect(page.body.contains("Oprávky ke stavbám <span class=\"faint small\">název porovnejte"))
        #expect(page.body.contains("<td>Prodaný dlouhodobý hmotný majetek</td>"))
        let chart = try ChartSources(
            CSV("code,name,kind,source\n021,Stavby,A,výkazy\n081,Oprávky ke stavbám,A-,", file: "x")
        )
        #expect(chart.unchecked == ["081"] && chart.checkedCount == 1)
        #expect(chart.isUnchecked("081") && !chart.isUnchecked("081.10"))
    }
}
