import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// What a list offers of a case file is what its page offers.
@Suite struct `A case file near its end` {
    private func settled(_ bench: Bench, by clerk: Clerk) async throws -> CaseFile {
        let file = try await bench.deliver(
            bench.delivery(service: "zavada", regime: .selfGovernment, title: "Díra v cestě")
        )
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.settle(file.id, .noted, by: clerk)
        return try await bench.caseFile(file.id)
    }

    @Test func `is not offered to be closed while something of it hangs`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await settled(bench, by: clerk)
        for path in ["/dnes", "/spisovna/spisy?filtr=uzavrit"] {
            #expect(try await front.get(path, as: clerk).body.contains("Uzavřít spis"), "\(path)")
        }
        let posting = bench.posting(of: file.id, takenDown: nil)
        try await bench.note(posting)
        for path in ["/dnes", "/spisovna/spisy?filtr=uzavrit"] {
            let page = try await front.get(path, as: clerk).body
            #expect(page.contains("Visí na desce") && !page.contains("Uzavřít spis"), "\(path)")
        }
        #expect(file.closingWait(LetterSum(hangs: true), on: Bench.today) == .board)
        #expect(file.part(LetterSum(hangs: true), today: Bench.today) == .waiting)
        let page = try await front.get("/spisovna/spis/\(file.id.uuidString.lowercased())", as: clerk).body
        #expect(page.contains("Spis uzavřete, až bude sejmuta.") && !page.contains(">Uzavřít spis</button>"))
    }

    @Test func `waits for its letters in the same order everywhere`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await settled(bench, by: clerk)
        let all = LetterSum(undispatched: 1, undelivered: 1, hangs: true, decided: Bench.today)
        #expect(file.closingWait(all, on: Bench.today) == .dispatch)
        #expect(file.closingWait(LetterSum(undelivered: 1, hangs: true), on: Bench.today) == .delivery)
        let decided = LetterSum(hangs: true, decided: Bench.today)
        #expect(file.closingWait(decided, on: Bench.today + 15) == .appeal)
        #expect(file.closingWait(decided, on: Bench.today + 16) == .board)
        #expect(file.closingWait(LetterSum(), on: Bench.today) == nil)
    }

    @Test func `that is closed is found among the closed, newest first`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await settled(bench, by: clerk)
        let path = "/spisovna/spisy?filtr=uzavrene"
        #expect(try await !front.get(path, as: clerk).body.contains("Díra v cestě"))
        try await bench.close(file.id, by: clerk)
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("Díra v cestě") && page.contains("aria-current=\"true\">uzavřené"))
        #expect(page.contains("uzavřeno"))
    }

    @Test func `shows all that happened to it, what is older folded`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        for number in 1...14 {
            try await bench.registry.rename(file.id, to: "Lípa \(number)", at: bench.office, by: clerk)
        }
        let page = try await front.get("/spisovna/spis/\(file.id.uuidString.lowercased())", as: clerk).body
        #expect(page.contains("<summary>Starší zápisy (3)</summary>"))
        #expect(page.contains("zapsáno do deníku"), "how it began is there too")
    }

    @Test func `of an unknown regime it is asked for first, and no clock is said not to exist`() async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(service: "obecne-podani", regime: .byContent))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("<h3>Určit režim</h3>") && page.contains("Určete, podle čeho se věc vyřizuje."))
        #expect(page.contains("zatím neurčená") && !page.contains("zákon žádnou obecnou nestanoví"))
        #expect(try await front.get("/dnes", as: clerk).body.contains("Určit režim"))
        _ = try await front.post("\(path)/rezim", ["regime": "other"], as: clerk)
        let known = try await front.get(path, as: clerk).body
        #expect(!known.contains("<h3>Určit režim</h3>") && known.contains("zákon žádnou obecnou nestanoví"))
    }

    @Test
    func `a document to be sent has its form where the next thing stands, and the plan folds once it is set`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(service: "zavada", regime: .selfGovernment))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let reply = try await bench.reply(.notice, in: file.id, by: clerk)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: clerk).body
        let now = try #require(page.components(separatedBy: "case-content").first)
        #expect(now.contains("action=\"/spisovna/dokument/\(reply.uuidString.lowercased())/vypravit\""))
        try await bench.dispatch(reply, by: clerk)
        try await bench.settle(file.id, .document, by: clerk)
        let settled = try await front.get(path, as: clerk).body
        #expect(settled.contains("<details><summary>Zařadit do plánu"), "it is filed already")
    }
}
