import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// § 71(2) of act 500/2004: a decision is issued when it is handed over for delivery.
@Suite struct `A decision that was issued` {
    @Test func `stops the clock on the case, today and in the lists, whatever becomes of it`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let call = try await bench.reply(.notice, in: file.id, by: clerk)
        try await bench.dispatch(call, by: clerk)
        #expect(
            try await front.get(path, as: clerk).body.contains("zbývá 34 dnů"),
            "a notice decides nothing"
        )
        let letter = try await bench.reply(in: file.id, by: clerk)
        #expect(try await front.get(path, as: clerk).body.contains("zbývá 34 dnů"), "made out is not issued")
        try await bench.dispatch(letter, by: clerk, means: .postInHands, to: "Lípová 1")
        func expectIssued(_ what: Comment) async throws {
            for place in [path, "/dnes", "/spisovna/spisy"] {
                let body = try await front.get(place, as: clerk).body
                #expect(
                    body.contains("vydáno 24.\u{a0}11.\u{a0}2026") && !body.contains("zbývá 34 dnů"),
                    what
                )
            }
        }
        try await expectIssued("sent")
        #expect(!(try await front.get(path, as: clerk).body.contains("\(path)/prodlouzit")))
        await #expect(throws: FilingRefusal.notExtensible) {
            try await bench.registry.extend(
                file.id,
                reason: "complex",
                at: bench.office,
                by: clerk,
                now: Bench.noon
            )
        }
        try await bench.registry.comeBack(
            letter,
            on: Bench.today,
            why: "adresát neznámý",
            at: bench.office,
            by: clerk,
            today: Bench.today
        )
        try await expectIssued("come back")
        _ = try await bench.registry.dispatch(
            letter,
            on: Bench.today,
            by: Registry.Envelope(means: .publicNotice),
            at: bench.office,
            by: clerk,
            today: Bench.today
        )
        try await expectIssued("drafted for the board")
        let again = try await bench.reply(in: file.id, by: clerk)
        try await bench.registry.cancel(again, at: bench.office, by: clerk, today: Bench.today)
        try await expectIssued("made out again")
    }

    @Test func `is what the term of a proceeding was for, and no other term`() {
        let day = Bench.today
        for regime in Regime.allCases {
            let ends = [.administrative, .building].contains(regime)
            #expect(RegimeClock(regime)?.name == "vydat rozhodnutí" || !ends)
            #expect(regime.issued(day) == (ends ? day : nil) && regime.issued(nil) == nil, "\(regime)")
        }
    }
}

@Suite struct `What a person is told when a document settles the matter` {
    @Test func `that it is on its way, that it was delivered, or that it was sent`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        func told(_ kind: ReplyKind, delivers: Bool, _ regime: Regime = .administrative) async throws
            -> String
        {
            let file = try await bench.deliver(bench.delivery(regime: regime))
            try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
            let letter = try await bench.reply(kind, in: file.id, by: clerk)
            try await bench.dispatch(letter, by: clerk)
            if delivers { try await bench.deliver(letter, by: clerk) }
            try await bench.settle(file.id, .document, by: clerk)
            return try #require(try await bench.reports(about: file.submissionID).last?.note)
        }
        #expect(
            try await told(.decision, delivers: false)
                == "Úřad věc vyřídil písemností, kterou vám doručuje."
        )
        #expect(
            try await told(.decision, delivers: true)
                == "Úřad věc vyřídil písemností, která byla doručena 24.\u{a0}11.\u{a0}2026."
        )
        #expect(
            try await told(.notice, delivers: false, .other)
                == "Úřad věc vyřídil písemností, kterou vám poslal 24.\u{a0}11.\u{a0}2026."
        )
    }
}
