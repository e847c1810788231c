import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// § 52 of act 280/2009: a tax file is its keeper's and the head's, whichever way one comes to it.
@Suite struct `A tax file` {
    @Test func `is found by nobody else: case, card, file, list, search, person, JSON`() async throws {
        let bench = try await Bench()
        let keeper = try await bench.cell.clerk([.feeClerk], in: bench.office)
        let clerk = try await bench.cell.clerk([.clerk, .registryClerk], in: bench.office)
        let front = try Front(bench, clerks: [keeper, clerk])
        let file = try await bench.deliver(
            bench.delivery(
                service: "pes-ohlaseni",
                regime: .tax,
                title: "Ohlášení psa",
                name: "Tajemná Osoba"
            )
        )
        #expect(file.assignee == keeper.userID)
        let document = try #require(try await bench.documents(of: file.id).first)
        let person = try #require(document.senderID)
        let digest = String(repeating: "ab", count: 32)
        func id(_ id: UUID) -> String { id.uuidString.lowercased() }
        for path in [
            "/spisovna/spis/\(id(file.id))", "/spisovna/dokument/\(id(document.id))",
            "/spisovna/dokument/\(id(document.id))/razitko", "/spisovna/spis/\(id(file.id))/pridat",
            "/spisovna/spis/\(id(file.id))/postoupit", "/spisovna/spis/\(id(file.id))/odpoved",
            "/spisovna/soubor/\(id(document.id))/\(digest)", "/spisovna/osoby/\(id(person))",
        ] {
            #expect(try await front.get(path, as: clerk).status == .notFound, "\(path)")
        }
        for path in [
            "/spisovna", "/spisovna?q=tajemna", "/spisovna/spisy", "/spisovna/osoby?q=tajemna",
            "/dnes?stul=vse",
        ] {
            for accept in ["text/html", "application/json"] {
                let shown = try await front.get(path, as: clerk, accept: accept)
                #expect(shown.status == .ok)
                #expect(
                    !shown.body.contains("Tajemná") && !shown.body.contains("Ohlášení psa"),
                    "\(path) \(accept)"
                )
            }
        }
        #expect(try await front.get("/spisovna", as: clerk).body.contains(document.referenceNumber), "no gap")
        let register = try await front.get("/spisovna", as: clerk, accept: "application/json").body
        #expect(!register.contains(id(file.id)), "no way to it")
        #expect(
            try await front.get("/spisovna/spis/\(id(file.id))", as: keeper).body.contains("Tajemná Osoba")
        )
    }

    @Test func `changes no list of who may not know of it: neither a row nor a page nor a count`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk, .registryClerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let owner = try await bench.cell.owner()
        func fill(_ regime: String, _ count: Int) async throws {
            try await owner.execute(
                Script(
                    migration: """
                        insert into tenant.case_files (id, mark, title, regime, opened_on, due_on, routing, confirm_by,
                            settled_on)
                        select md5('\(regime)' || i)::uuid, '\(regime) ' || i, 'Věc ' || i, '\(regime)', '2026-01-01',
                            date '2026-12-01' + i % 7, '', case when i % 3 = 0 then date '2026-12-05' end,
                            case when i % 2 = 0 then date '2026-02-01' + i % 5 end
                        from generate_series(1, \(count)) i
                        """,
                    schema: bench.office.rawValue
                )
            )
        }
        func lists() async throws -> [String] {
            var bodies = [try await front.get("/dnes?stul=vse", as: clerk, accept: "application/json").body]
            for filter in ["", "moje", "bez", "nepotvrzene", "uzavrit", "administrative", "tax"] {
                var path: String? = "/spisovna/spisy?filtr=\(filter)"
                while let asked = path, bodies.count < 40 {
                    let page = try await front.get(asked, as: clerk, accept: "application/json").body
                    bodies.append(page)
                    let shown = try #require(
                        try JSONSerialization.jsonObject(with: Data(page.utf8)) as? [String: Any]
                    )
                    path = shown["next"] as? String
                }
            }
            return bodies
        }
        try await fill("administrative", 250)
        let before = try await lists()
        #expect(before.count > 9, "lists of several pages")
        try await fill("tax", 250)
        #expect(try await lists() == before)
    }

    @Test func `takes no act of anybody else and is assigned to nobody else`() async throws {
        let bench = try await Bench()
        let keeper = try await bench.cell.clerk([.feeClerk], in: bench.office)
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery(service: "pes-ohlaseni", regime: .tax))
        await #expect(throws: PlainRefusal.missing) {
            try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        }
        await #expect(throws: FilingRefusal.feeKeeperOnly) {
            try await bench.registry.assign(
                file.id,
                to: clerk.userID,
                at: bench.office,
                by: keeper,
                now: Bench.noon
            )
        }
    }

    @Test func `that a matter turns out to be leaves the desk of who may not know of it`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let keeper = try await bench.cell.clerk([.feeClerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        #expect(file.assignee == clerk.userID)
        try await bench.registry.reclassify(file.id, as: .tax, at: bench.office, by: clerk, now: Bench.noon)
        let now = try await bench.caseFile(file.id)
        #expect(now.assignee == keeper.userID && now.due == nil)
        #expect(try await bench.documents(of: file.id).allSatisfy(\.isSecret))
    }
}
