import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// Where a matter goes that is another office's, by the act of its regime.
@Suite struct `What is not for this office` {
    @Test func `goes by a resolution, a fee and a petition by a letter, a request for information nowhere`() {
        #expect(ReferralAct(under: .administrative) == .resolution)
        #expect(ReferralAct(under: .tax) == .taxLetter && ReferralAct(under: .petition) == .petitionLetter)
        #expect(ReferralAct(under: .information) == nil)
        #expect(AppealPeriod(.referral, delivered: Bench.today, under: .administrative) != nil)
        for regime in [Regime.tax, .petition] {
            #expect(AppealPeriod(.referral, delivered: Bench.today, under: regime) == nil)
        }
        // Seven days; 1 December 2026 is a Tuesday, and the 24th is a holiday before two more.
        #expect(ReferralAct.lastDayToSetAside(reached: Bench.today) == Day("2026-12-01"))
        #expect(Day("2026-12-17").map(ReferralAct.lastDayToSetAside) == Day("2026-12-28"))
    }

    @Test func `a request for information is set aside with a letter that says so`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(service: "informace-106", regime: .information))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: clerk).body
        #expect(!page.contains("Postoupit jinému úřadu") && page.contains("Odložit, nepatří-li"))
        #expect(page.contains("sdělte to do 1.\u{a0}12.\u{a0}2026"))
        let wrong = try await front.post(
            "\(path)/postoupit",
            ["office": "Frýdlant", "reason": "Patří Frýdlantu."],
            as: clerk
        )
        #expect(wrong.status == .conflict && wrong.body.contains("Žádost o informace se nepostupuje"))
        #expect(try await bench.documents(of: file.id).count == 1)
        await #expect(throws: FilingRefusal.notToldAside) {
            try await bench.settle(file.id, .setAside, by: clerk)
        }
        let pattern = try await front.get("\(path)/odpoved?druh=setAside", as: clerk).body
        #expect(pattern.contains("§ 14 odst. 5 písm. c) zákona č. 106/1999 Sb. odkládáme"))
        let reply = try await bench.reply(.setAside, in: file.id, by: clerk)
        try await bench.dispatch(reply, by: clerk)
        #expect(
            try await front.get(path, as: clerk).body.contains(
                "<option value=\"setAside\">odložením</option>"
            )
        )
        try await bench.settle(file.id, .setAside, by: clerk)
        let settled = try await bench.caseFile(file.id)
        #expect(settled.settledHow == "odložením" && settled.told == .closedWithoutAction)
        #expect(try await bench.reports(about: file.submissionID).last?.status == .closedWithoutAction)
        try await bench.close(file.id, by: clerk)
    }

    @Test func `nothing but a request for information is set aside`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        await #expect(throws: FilingRefusal.notSetAside) {
            _ = try await bench.reply(.setAside, in: file.id, by: clerk)
        }
        for regime in Regime.allCases where regime != .information {
            #expect(!SettlingRule.of(regime).ways.contains(.setAside), "\(regime)")
        }
    }

    @Test func `a petition goes on by a letter under its own act`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(regime: .petition, title: "Petice za školu"))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        #expect(
            try await front.get("\(path)/postoupit", as: clerk).body.contains("postoupí petici do pěti dnů")
        )
        let sent = try await front.post(
            "\(path)/postoupit",
            ["office": "Frýdlant", "reason": "Škola je ve Frýdlantu."],
            as: clerk
        )
        #expect(sent.status == .seeOther)
        let document = try #require(try await bench.documents(of: file.id).last)
        let card = try await front.get("/spisovna/dokument/\(document.id.uuidString.lowercased())", as: clerk)
        let link = try #require(card.body.firstMatch(of: /\/spisovna\/soubor\/[^"]+/))
        let letter = try await front.get(String(link.0), as: clerk).body
        #expect(
            letter.contains("§ 5 odst. 2 zákona č. 85/1990 Sb.") && letter.contains("<h1>Postoupení</h1>")
        )
        #expect(!letter.contains("Výrok") && !letter.contains("odvolání"))
    }
}
