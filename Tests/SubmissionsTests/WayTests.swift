import Database
import Foundation
import Office
import Testing

@testable import Submissions

/// The timeline of a submission: one heading for each event, nothing said twice.
@Suite struct `The way of a submission` {
    private func page(
        _ steps: [SubmissionStep],
        _ status: SubmissionStatus = .settled,
        rest: Money? = nil
    ) -> SubmissionPage {
        let submission = Submission(
            id: UUID(),
            code: "K7Q2-9XMD",
            host: "luka",
            serviceCode: "kaceni-drevin",
            serviceName: "Kácení",
            regime: .administrative,
            title: "Kácení",
            answers: "{}",
            attachments: [
                AttachedFile(digest: "ab", name: "zakres.pdf", mediaType: "application/pdf", bytes: 303)
            ],
            submitter: Submitter(kind: .person, name: "Jana"),
            email: nil,
            office: TenantName("m_563510"),
            officeName: "Luka",
            explanation: [],
            confirmation: .withinFiveDays,
            confirmBy: nil,
            confirmedBy: nil,
            confirmedOn: nil,
            acceptedAt: Date(),
            reachedAt: Date(),
            registeredAt: Date(),
            status: status,
            referenceNumber: "LUKA 1/2026",
            assignee: nil,
            filledDigest: "",
            filledBytes: 10
        )
        return SubmissionPage(
            submission,
            steps,
            secret: "",
            isNew: false,
            isStranded: false,
            host: "",
            contact: "",
            payment: rest.flatMap {
                PaymentBox(
                    FeeState(amount: $0, rest: $0, due: Day(of: Date()) + 30, isCancelled: false),
                    link: "/platba/1",
                    today: Day(of: Date())
                )
            }
        )
    }

    private func step(_ status: SubmissionStatus, _ event: SubmissionEvent? = nil, _ note: String)
        -> SubmissionStep
    {
        SubmissionStep(at: Date(), office: "Luka", status: status, note: note, deadline: nil, event: event)
    }

    @Test func `names taking over before the confirmation as what it is, and the delivery`() {
        let steps = page([
            step(.registered, nil, "Zapsáno."), step(.awaitingConfirmation, nil, "Podání ještě potvrďte."),
            step(.awaitingConfirmation, .assigned, "Vaši věc má na starosti Eva."),
            step(.assigned, .confirmed, "Potvrzeno."), step(.assigned, .dispatched, "Vypraveno."),
            step(.assigned, .delivered, "Doručeno."), step(.settled, nil, "Úřad věc vyřídil písemností."),
        ]).steps
        #expect(
            steps.map(\.status) == [
                "přijato", "zaevidováno", "čeká na potvrzení", "přiděleno", "potvrzeno", "vypraveno",
                "doručeno", "vyřízeno",
            ]
        )
        #expect(steps.last?.meaning == "", "the note says it")
        #expect(page([step(.settled, nil, "")]).steps.last?.meaning == "Věc je vyřízená.")
    }

    @Test func `never says that nothing is to be done while a fee or a letter waits`() {
        let fee = [step(.assigned, .feePrescribed, "Předepsáno.")]
        let owing = page(fee, .assigned, rest: Money(crowns: 200)).steps.filter(\.isNext)
        #expect(owing.map(\.status) == ["dál: zaplatíte poplatek", "potom: úřad věc vyřídí"])
        #expect(owing.allSatisfy { !$0.meaning.contains("Nemusíte") })
        let sent = [step(.assigned, .dispatched, "Vypraveno.")]
        #expect(page(sent, .assigned).steps.last?.meaning.contains("převezměte") == true)
        let arrived = page(sent + [step(.assigned, .delivered, "Doručeno.")], .assigned)
        #expect(arrived.steps.last?.meaning == "Nemusíte dělat nic.")
    }

    @Test func `offers no payment of what was cancelled`() {
        var prescribed = step(.assigned, .feePrescribed, "Předepsáno.")
        prescribed.link = "/platba/1"
        let lines = page([prescribed, step(.assigned, .feeCancelled, "Zrušeno."), prescribed], .assigned)
            .steps
        #expect(lines.filter { $0.status == "předepsán poplatek" }.map(\.link) == ["", "/platba/1"])
    }

    @Test func `gives the sizes of files as the office does`() {
        #expect(page([]).files.map(\.size) == ["303\u{a0}B"])
    }
}
