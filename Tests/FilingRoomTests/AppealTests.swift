import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// From delivery to legal force, and back into a file that was closed.
@Suite struct `A decision that was delivered` {
    private func decided(_ bench: Bench, _ clerk: Clerk, _ kind: ReplyKind = .decision) async throws -> (
        file: CaseFile, letter: UUID
    ) {
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let letter = try await bench.reply(kind, in: file.id, by: clerk)
        try await bench.dispatch(letter, by: clerk)
        try await bench.deliver(letter, by: clerk)
        try await bench.settle(file.id, .document, by: clerk)
        return (file, letter)
    }

    @Test func `can be appealed against for fifteen days, of a fee thirty, moved behind holidays`() throws {
        let day = try #require(Day("2026-11-24"))
        let decision = try #require(AppealPeriod(.decision, delivered: day, under: .administrative))
        #expect(decision.last == Day("2026-12-09") && decision.force == Day("2026-12-10"))
        // Fifteen days from the 9th end on Christmas Eve and move behind the holidays and a Sunday.
        let christmas = try #require(
            AppealPeriod(.resolution, delivered: Day("2026-12-09") ?? day, under: .administrative)
        )
        #expect(christmas.last == Day("2026-12-28"))
        #expect(AppealPeriod(.decision, delivered: day, under: .tax)?.last == Day("2026-12-28"))
        #expect(AppealPeriod(.notice, delivered: day, under: .administrative) == nil)
        #expect(AppealPeriod(.referral, delivered: day, under: .tax) == nil)
        #expect(
            decision.sentence
                == "Rozhodnutí nenabude právní moci dřív než 10.\u{a0}12.\u{a0}2026 (§ 73 a § 83 správního řádu); do té doby spis neuzavírejte."
        )
    }

    @Test func `holds the file open to the last day of the appeal and not a day longer`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let (file, _) = try await decided(bench, clerk)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("nenabude právní moci dřív než 10.\u{a0}12.\u{a0}2026"))
        #expect(!page.contains("\(path)/uzavrit"), "closing is not offered")
        let last = try #require(Day("2026-12-09"))
        for day in [Bench.today, last] {
            await #expect(throws: FilingRefusal.self) {
                try await bench.registry.close(file.id, at: bench.office, by: clerk, today: day)
            }
        }
        try await bench.registry.close(file.id, at: bench.office, by: clerk, today: last + 1)
        #expect(try await bench.caseFile(file.id).closed == last + 1)
    }

    @Test func `is in force at once for who waived the appeal`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let (file, letter) = try await decided(bench, clerk, .resolution)
        let path = "/spisovna/dokument/\(letter.uuidString.lowercased())/pravni-moc"
        let early = try await front.post(path, ["day": "2026-11-24", "ground": "lapse"], as: clerk)
        #expect(early.status.code == 422)
        #expect(early.body.contains("Právní moc nemohla nastat dřív než 10.\u{a0}12.\u{a0}2026."))
        func note(_ more: [String: String]) async throws -> Support.Desk.Answer {
            try await front.post(
                path,
                ["day": "2026-11-24", "ground": "waiver"].merging(more) { $1 },
                as: clerk
            )
        }
        // Nothing is chosen for the clerk, and nothing is in force by a day alone.
        let page = try await front.get("/spisovna/spis/\(file.id.uuidString.lowercased())", as: clerk).body
        let choice = try #require(page.firstMatch(of: /name="ground"[\s\S]*?<\/select>/)).output
        #expect(choice.contains("<option value=\"\">vyberte</option>") && !choice.contains("selected"))
        let unchosen = try await note(["ground": ""])
        #expect(unchosen.status.code == 422 && unchosen.body.contains("Vyberte, proč rozhodnutí nabylo"))
        #expect(try await note([:]).body.contains("Napište č. j. dokumentu ve spisu"))
        #expect(
            try await note(["proof": "protokol u přepážky"]).body.contains("Zapište den, kdy byl protokol")
        )
        #expect(try await note(["proof": "OBEC 999/2026"]).body.contains("s tímto č. j. ve spisu není"))
        let before = ["proof": "protokol u přepážky", "proven": "2026-11-23"]
        #expect(try await note(before).body.contains("až po oznámení rozhodnutí"))
        let noted = try await note(["proof": "protokol u přepážky", "proven": "2026-11-24"])
        #expect(noted.status == .seeOther, "\(noted.body)")
        try await bench.close(file.id, by: clerk)
        let document = try #require(try await bench.documents(of: file.id).last)
        #expect(document.inForce == Bench.today && document.forceGround == .waiver)
        let after = try await front.get("/spisovna/spis/\(file.id.uuidString.lowercased())", as: clerk).body
        #expect(
            after.contains(
                "v právní moci od 24.\u{a0}11.\u{a0}2026: vzdání se odvolání (protokol u přepážky, 24.\u{a0}11.\u{a0}2026)"
            )
        )
    }

    @Test func `is never in force before the day of the waiver or of what was decided`() throws {
        let delivered = try #require(Day("2026-11-24"))
        let period = try #require(AppealPeriod(.decision, delivered: delivered, under: .administrative))
        func earliest(_ ground: ForceGround, _ proven: Day?) -> Day? {
            ground.earliest(after: period, delivered: delivered, proven: proven)
        }
        #expect(earliest(.lapse, nil) == Day("2026-12-10"))
        #expect(earliest(.waiver, nil) == nil && earliest(.appeal, nil) == nil)
        #expect(
            earliest(.waiver, delivered) == delivered && earliest(.waiver, delivered + 3) == delivered + 3
        )
        #expect(earliest(.appeal, delivered - 1) == delivered)
    }

    @Test func `a waiver that came into the file proves by its number, from its own day on`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let (file, letter) = try await decided(bench, clerk)
        let added = try await front.post(
            "/spisovna/spis/\(file.id.uuidString.lowercased())/pridat",
            ["meaning": "other", "subject": "Vzdání se odvolání", "day": "2026-11-24"],
            as: clerk
        )
        #expect(added.status == .seeOther, "\(added.body)")
        let came = try #require(try await bench.documents(of: file.id).last { $0.isIncoming })
        func note(from day: Day) async throws {
            try await bench.registry.noteForce(
                of: letter,
                from: day,
                by: Registry.Force(ground: .waiver, proof: " \(came.referenceNumber.lowercased()) "),
                at: bench.office,
                by: clerk,
                today: Bench.today + 5
            )
        }
        await #expect(throws: FilingRefusal.forceTooEarly(Bench.today)) {
            try await note(from: Bench.today - 1)
        }
        try await note(from: Bench.today)
        let document = try #require(try await bench.documents(of: file.id).first { $0.id == letter })
        #expect(document.forceProof == "č. j. \(came.referenceNumber)")
    }

    @Test func `is told to the person when it came`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let (file, letter) = try await decided(bench, clerk)
        try await bench.registry.noteForce(
            of: letter,
            from: Bench.today,
            by: Registry.Force(ground: .waiver, proof: "protokol o jednání", proven: Bench.today),
            at: bench.office,
            by: clerk,
            today: Bench.today
        )
        let told = try await bench.reports(about: file.submissionID)
        #expect(told.map(\.event) == [nil, .assigned, .issued, .decided, nil, .inForce])
        #expect(told[3].note?.contains("je doručeno 24.\u{a0}11.\u{a0}2026 doručenkou") == true)
        #expect(told[3].note?.contains("lze do 9.\u{a0}12.\u{a0}2026 (§ 83 odst. 1") == true)
        #expect(told[3].deadline == Day("2026-12-09"))
        #expect(told[5].deadline == Bench.today && told[5].status == .settled)
        #expect(told[5].note?.hasSuffix("je v právní moci od 24.\u{a0}11.\u{a0}2026.") == true)
    }

    @Test func `brings a late paper into a closed file only after that is opened with a reason`() async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let (file, _) = try await decided(bench, clerk)
        try await bench.registry.close(file.id, at: bench.office, by: clerk, today: Bench.today + 40)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let shut = try await front.get("\(path)/pridat", as: clerk).body
        #expect(shut.contains("je uzavřený") && shut.contains("\(path)/otevrit"))
        #expect(!shut.contains("name=\"subject\""), "nothing is typed in vain")
        // A document of another file is not moved into it either, and it says why.
        let other = try await bench.deliver(bench.delivery())
        let document = try #require(try await bench.documents(of: other.id).first)
        let moved = try await front.post(
            "/spisovna/dokument/\(document.id.uuidString.lowercased())/presunout",
            ["mark": file.mark],
            as: clerk
        )
        #expect(moved.status == .conflict)
        #expect(moved.body.contains("Spis \(file.mark) je uzavřený."))
        #expect(moved.body.contains("value=\"\(file.mark)\""), "what was typed stays")

        let bare = try await front.post("\(path)/otevrit", ["why": " "], as: clerk)
        #expect(bare.status.code == 422 && bare.body.contains("Napište prosím důvod"))
        let opened = try await front.post("\(path)/otevrit", ["why": "došlo odvolání"], as: clerk)
        #expect(opened.status == .seeOther)
        let again = try await bench.caseFile(file.id)
        #expect(again.state == .settled)
        let added = try await front.post(
            "\(path)/pridat",
            ["meaning": "other", "subject": "Odvolání", "day": "2026-11-24"],
            as: clerk
        )
        #expect(added.status == .seeOther, "\(added.body)")
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("znovu otevřeno") && page.contains("došlo odvolání"))
        let reply = try await bench.reply(.notice, in: file.id, by: clerk)
        try await bench.registry.cancel(reply, at: bench.office, by: clerk, today: Bench.today)
    }
}
