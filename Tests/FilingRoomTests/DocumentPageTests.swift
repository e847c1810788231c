import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

@Suite struct `What the pages of a document say` {
    @Test func `a stamp is put on paper alone, and the time is told in seconds`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        func pages(_ id: UUID) async throws -> (card: String, stamp: String) {
            let document = try #require(try await bench.documents(of: id).first)
            let path = "/spisovna/dokument/\(document.id.uuidString.lowercased())"
            return (
                try await front.get(path, as: clerk).body,
                try await front.get("\(path)/razitko", as: clerk).body
            )
        }
        let form = try await pages(
            try await bench.deliver(bench.delivery(reached: Bench.noon.addingTimeInterval(7))).id
        )
        #expect(form.stamp.contains("12:00:07") && !form.stamp.contains("nalepte na listinu"))
        #expect(form.stamp.contains("razítko se na něj nedává"))
        #expect(form.card.contains("Údaje o doručení k tisku") && !form.card.contains("Podací razítko"))
        let entered = try await front.post(
            "/spisovna/novy",
            ["subject": "Dopis", "sender": "Jan Pisatel", "channel": "paper", "sheets": "2"],
            as: clerk
        )
        let place = try #require(entered.headers[.location])
        let paper = try await pages(try #require(UUID(uuidString: String(place.suffix(36)))))
        #expect(paper.stamp.contains("nalepte na listinu") && paper.card.contains("Podací razítko k tisku"))
    }

    @Test func `the day of arrival promises a term only where there may be one`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(confirmBy: Bench.today + 5))
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())/pridat?vyznam=signedPrint"
        let print = try await front.get(path, as: clerk).body
        #expect(print.contains("Den, kdy písemnost došla úřadu.") && !print.contains("běží lhůta"))
        let new = try await front.get("/spisovna/novy", as: clerk).body
        #expect(new.contains("Má-li věc zákonnou lhůtu, počítá se od něj."))
    }

    @Test func `the regime of a fee is judged by the tax code`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.feeClerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        for (regime, law) in [
            (Regime.tax, "§ 70 odst. 2 daňového řádu"), (.administrative, "§ 37 odst. 1 správního řádu"),
        ] {
            let file = try await bench.deliver(bench.delivery(regime: regime))
            try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
            let page = try await front.get("/spisovna/spis/\(file.id.uuidString.lowercased())", as: clerk)
                .body
            let hint = try #require(page.firstMatch(of: /id="regime-h">[^<]*/)).output
            #expect(hint.contains(law), "\(hint)")
        }
    }
}
