import Foundation
import Office
import Testing

@testable import Submissions

@Suite struct `A letter about a submission` {
    private func letter(
        _ news: News,
        reference: String? = "OUBIPO 4/2026",
        confirmBy: Day? = nil,
        duties: Duties = Duties()
    ) -> Letter {
        Letter(
            news,
            office: "Bílý Potok",
            reference: reference,
            code: "K7Q2-9XMD",
            confirmBy: confirmBy,
            duties: duties,
            link: "https://kraj.example/podani/K7Q2-9XMD/heslo"
        )
    }

    private func news(
        _ status: SubmissionStatus,
        _ event: SubmissionEvent? = nil,
        before: SubmissionStatus = .assigned
    ) -> News? {
        News(
            StatusReport(submissionID: UUID(), status: status, event: event, at: Date()),
            before: before,
            isArrival: false
        )
    }

    @Test func `says office, number, what happened and what to do`() throws {
        let fee = letter(try #require(news(.assigned, .feePrescribed)))
        #expect(fee.subject == "Bílý Potok: zaplaťte poplatek (č. j. OUBIPO 4/2026)")
        #expect(fee.text.contains("Zaplaťte ho prosím.") && fee.text.contains("/podani/K7Q2-9XMD/heslo"))
        #expect(!fee.text.contains("Kč") && !fee.text.contains("Nemusíte nic dělat"))
    }

    @Test func `asks for the confirmation or says there is nothing to do, never both`() throws {
        let last = try #require(Day("2026-11-30"))
        let waiting = letter(.accepted, reference: nil, confirmBy: last)
        #expect(waiting.subject == "Bílý Potok: podání jsme přijali (podání K7Q2-9XMD)")
        #expect(waiting.text.contains("nejpozději 30. 11. 2026") || waiting.text.contains(last.czech))
        #expect(!waiting.text.contains("Nemusíte nic dělat"))
        let ahead = Letter(
            .accepted,
            office: "Frýdlant",
            reference: nil,
            code: "K7Q2-9XMD",
            confirmBy: nil,
            confirmsLater: true,
            link: ""
        )
        #expect(ahead.text.contains("do 5 dnů od toho dne ho potvrďte"))
        #expect(!ahead.text.contains("nejpozději") && !ahead.text.contains("Nemusíte nic dělat"))
        let confirmed = letter(try #require(news(.assigned, .confirmed)))
        #expect(confirmed.text.contains("Nemusíte nic dělat.") && !confirmed.text.contains("potvrďte"))
    }

    private func step(_ event: SubmissionEvent?) -> SubmissionStep {
        SubmissionStep(at: Date(), office: "", status: .assigned, note: "", deadline: nil, event: event)
    }

    @Test func `that the matter is settled forgets neither a fee nor what the office sent`() throws {
        let settled = try #require(news(.settled))
        let steps = [step(nil), step(.assigned), step(.feePrescribed), step(.dispatched)]
        let both = letter(settled, duties: Duties(steps, isFinal: true)).text
        #expect(both.contains("Nezaplatili-li jste ještě předepsaný poplatek"))
        #expect(both.contains("Písemnost, kterou vám úřad v této věci doručuje"))
        #expect(!both.contains("Nemusíte nic dělat"))
        let has = letter(settled, duties: Duties(steps + [step(.delivered)], isFinal: true)).text
        #expect(has.contains("Nezaplatili-li") && !has.contains("převezměte"), "what was delivered they have")
        let decision = [step(.issued), step(.decided), step(.inForce)]
        #expect(
            letter(settled, duties: Duties(Array(decision[..<1]), isFinal: true)).text.contains("převezměte")
        )
        #expect(!letter(settled, duties: Duties(decision, isFinal: true)).text.contains("převezměte"))
        let second = steps + [step(.delivered), step(.dispatched)]
        #expect(letter(settled, duties: Duties(second, isFinal: true)).text.contains("převezměte"))
        let cancelled = steps.dropLast() + [step(.feeCancelled)]
        #expect(
            letter(settled, duties: Duties(Array(cancelled), isFinal: true)).text
                .contains("Nemusíte nic dělat.")
        )
        let supplemented = try #require(news(.assigned, .supplemented))
        let running = letter(supplemented, duties: Duties(steps, isFinal: false)).text
        #expect(running.contains("zaplaťte ho") && !running.contains("doručuje,"))
    }

    @Test func `goes only where something changes for the person`() {
        #expect(news(.registered, before: .received) == nil)
        #expect(news(.awaitingConfirmation, before: .registered) == nil)
        #expect(news(.assigned, before: .registered) == nil)
        #expect(news(.assigned, .reclassified) == nil)
        #expect(news(.assigned, .assigned, before: .registered) == nil)
        #expect(news(.settled, .delivered, before: .settled) == nil)
        #expect(news(.settled, .decided, before: .settled) == nil)
        #expect(news(.settled, .inForce, before: .settled)?.headline == "rozhodnutí je v právní moci")
        #expect(news(.settled, before: .settled) == nil)
        #expect(news(.settled) != nil)
        #expect(news(.awaitingConfirmation, .feePrescribed, before: .awaitingConfirmation) != nil)
    }
}
