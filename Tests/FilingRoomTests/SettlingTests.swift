import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

@Suite struct `How a matter is settled` {
    @Test func `every regime knows a way, and none is open to it without a document that the law asks for`() {
        for regime in Regime.allCases {
            let rule = SettlingRule.of(regime)
            #expect(rule.ways.contains(.document), "\(regime)")
            #expect(!rule.open(sent: [.supplement]).contains(.document), "a call settles nothing: \(regime)")
            #expect(!rule.ways.contains(.referred), "a matter is referred by an act of its own: \(regime)")
        }
        #expect(SettlingRule.of(.administrative).open(sent: []).isEmpty)
        #expect(SettlingRule.of(.administrative).open(sent: [.notice]).isEmpty)
        #expect(SettlingRule.of(.building).open(sent: [.resolution]) == [.document])
        #expect(SettlingRule.of(.petition).open(sent: []).isEmpty)
        #expect(SettlingRule.of(.tax).open(sent: []) == [.noted, .record])
        #expect(!SettlingRule.of(.information).ways.contains(.noted))
    }

    @Test func `an application is decided, not taken note of, and its withdrawal takes a resolution`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        for way in [SettlingWay.noted, .record, .withdrawn] {
            await #expect(throws: FilingRefusal.decisionNeeded) {
                try await bench.settle(file.id, way, by: clerk)
            }
        }
        await #expect(throws: FilingRefusal.nothingSent) {
            try await bench.settle(file.id, .document, by: clerk)
        }
        let notice = try await bench.reply(.notice, in: file.id, by: clerk)
        try await bench.dispatch(notice, by: clerk)
        await #expect(throws: FilingRefusal.decisionNeeded) {
            try await bench.settle(file.id, .document, by: clerk)
        }
        let resolution = try await bench.reply(.resolution, in: file.id, by: clerk)
        try await bench.dispatch(resolution, by: clerk)
        try await bench.settle(file.id, .document, by: clerk)
        #expect(try await bench.caseFile(file.id).settledHow == "dokumentem")
    }

    @Test func `the store does not take a way that the regime has not`() async throws {
        let bench = try await Bench()
        let file = try await bench.deliver(bench.delivery())
        await #expect(throws: (any Error).self) {
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                FilingStore.settle(file.id, on: Bench.today, by: .noted, in: tenant)
            }
        }
        #expect(try await bench.caseFile(file.id).settled == nil)
    }

    @Test func `what nobody filled is not made out`() async throws {
        #expect(
            ReplyTemplate.unfilled(in: "Se [povoluje / nepovoluje] [co], viz [1] a [co].")
                == ["[povoluje / nepovoluje]", "[co]"]
        )
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let answer = try await front.post(
            "/spisovna/spis/\(file.id.uuidString.lowercased())/odpoved",
            ["kind": "decision", "subject": "Kácení", "text": "Kácení se [povoluje / nepovoluje] v zimě."],
            as: clerk
        )
        #expect(answer.status.code == 422)
        #expect(answer.body.contains("nevyplněná místa v [hranatých závorkách]: [povoluje / nepovoluje]"))
        #expect(answer.body.contains("Kácení se [povoluje / nepovoluje] v zimě."), "the text is kept")
        #expect(try await bench.documents(of: file.id).count == 1)
    }
}
