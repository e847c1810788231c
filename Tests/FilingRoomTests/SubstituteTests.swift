import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import FilingRoom

/// Who may have a matter on the desk: whoever could open its case file.
@Suite struct `Somebody without a part in the filing room` {
    private func path(_ clerk: Clerk) -> String { "/nastaveni/lide/\(clerk.userID.uuidString.lowercased())" }

    @Test func `is neither offered nor taken as a substitute, and one who loses the part is pointed out`()
        async throws
    {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], named: "Karel Starosta", in: bench.office)
        let jana = try await bench.cell.clerk([.clerk], named: "Jana Referentka", in: bench.office)
        let eva = try await bench.cell.clerk([.accountant], named: "Eva Účetní", in: bench.office)
        let petr = try await bench.cell.clerk([.registryClerk], named: "Petr Podatelna", in: bench.office)
        let front = try Front(bench, clerks: [head])
        func stands(_ clerk: Clerk) -> [String: String] {
            ["act": "absence", "from": "2026-11-24", "substitute": clerk.userID.uuidString]
        }
        let page = try await front.get("/nastaveni/lide", as: head).body
        let list = page.components(separatedBy: "id=\"s-\(jana.userID.uuidString.lowercased())\"").last
        let offered = try #require(list?.components(separatedBy: "</select>").first)
        #expect(offered.contains("Petr Podatelna") && !offered.contains("Eva Účetní"))
        let refused = try await front.post(path(jana), stands(eva), as: head)
        #expect(refused.status.code == 422 && refused.body.contains("roli pro spisovou službu"))
        // Among those who keep the books alone anybody will do.
        #expect(try await front.post(path(eva), stands(petr), as: head).status == .seeOther)
        #expect(try await front.post(path(jana), stands(petr), as: head).status == .seeOther)
        #expect(!(try await front.get("/nastaveni/lide", as: head).body.contains("zástupce nemá roli")))
        let moved = ["act": "roles", "roles": "accountant", "functionTitle": "účetní"]
        #expect(try await front.post(path(petr), moved, as: head).status == .seeOther)
        #expect(try await front.get("/nastaveni/lide", as: head).body.contains("zástupce nemá roli"))
        let file = try await bench.deliver(bench.delivery())
        #expect(file.assignee == head.userID && file.routing.contains("věc má vedoucí úřadu"))
    }

    @Test func `is not offered a case, nor named by a rule, and what lies with them is told`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], named: "Karel Starosta", in: bench.office)
        let jana = try await bench.cell.clerk([.clerk], named: "Jana Referentka", in: bench.office)
        let eva = try await bench.cell.clerk([.accountant], named: "Eva Účetní", in: bench.office)
        let front = try Front(bench, clerks: [head])
        let file = try await bench.deliver(bench.delivery())
        #expect(file.assignee == jana.userID)
        let spis = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let people = try await front.get(spis, as: head).body.components(separatedBy: "name=\"clerk\"")
        let offered = try #require(people.last?.components(separatedBy: "</select>").first)
        #expect(offered.contains("Jana Referentka") && !offered.contains("Eva Účetní"))
        await #expect(throws: FilingRefusal.notOfFilingRoom) {
            try await bench.registry.assign(
                file.id,
                to: eva.userID,
                at: bench.office,
                by: head,
                now: Bench.noon
            )
        }
        let rule = ["service": "kaceni-drevin", "role": "clerk", "clerk": eva.userID.uuidString]
        #expect(try await front.post("/nastaveni/smerovani", rule, as: head).status.code == 422)
        let moved = try await front.post(
            path(jana),
            ["act": "roles", "roles": "accountant", "functionTitle": "účetní"],
            as: head
        )
        #expect(moved.status == .seeOther)
        let flash = moved.headers[values: .setCookie].joined()
        #expect(flash.removingPercentEncoding?.contains("Na stole má dál otevřené věci (1)") == true)
        #expect(
            try await bench.cell.database.tenant(bench.office, as: .system) {
                try await ClerkStore.clerk(jana.userID, in: $0)?.functionTitle
            } == "účetní"
        )
    }
}
