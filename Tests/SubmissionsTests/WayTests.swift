import Database
import Foundation
import Hummingbird
import Office
import Support
import Testing
import Web

@testable import Submissions

/// The timeline of a submission: one heading for each event, nothing said twice.
@Suite struct `The way of a submission` {
    private func page(
        _ steps: [SubmissionStep],
        _ status: SubmissionStatus = .settled,
        rest: Money? = nil,
        regime: Regime = .administrative
    ) -> SubmissionPage {
        SubmissionPage(
            submission(status, regime),
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

    private func submission(_ status: SubmissionStatus, _ regime: Regime = .administrative) -> Submission {
        Submission(
            id: UUID(),
            code: "K7Q2-9XMD",
            host: "luka",
            serviceCode: "kaceni-drevin",
            serviceName: "Kácení",
            regime: regime,
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

    /// The page's own term is told once, not beside every step.
    @Test func `tells the term of the office once`() async throws {
        let due = Day(of: Date()) + 15
        let steps = [SubmissionStatus.registered, .assigned].map {
            SubmissionStep(at: Date(), office: "Luka", status: $0, note: "", deadline: due, event: nil)
        }
        let folders = ["Web", "Submissions"].map { TestCell.root.appending(path: "Sources/\($0)/Pages") }
        let hosts = Hosts(domain: "localhost", scheme: "http", port: 80)
        let pages = try Pages(directories: folders, hosts: hosts, assetsVersion: "1")
        let receipt = page(steps, .assigned)
        let desk = Desk(CallbackResponder { try pages.answer(receipt, to: $0, $1) })
        let shown = try await desk.ask(.get, "/", headers: [.accept: "text/html"]).body
        #expect(shown.components(separatedBy: due.czech).count == 2, "\(shown)")
    }

    /// § 37(6) of act 500/2004 says it of proceedings under that act alone.
    @Test func `says by what law it reaches its office only where one does`() {
        for regime in Regime.allCases {
            let told = page([], .registered, regime: regime).times.map(\.name).joined()
            let isProceedings = [.administrative, .building, .complaint].contains(regime)
            #expect(told.contains("§ 37 odst. 6") == isProceedings, "\(regime)")
        }
    }

    /// The code is on every page of the print, and the office that gets it.
    @Test func `is printed with its code on every page`() throws {
        let kept = "<!doctype html><html><body><header><p>Obecní úřad</p></header><main></main></body></html>"
        let printed = String(
            decoding: PrintedForm(submission(.registered), back: "/podani/1").around(Array(kept.utf8)),
            as: UTF8.self
        )
        #expect(printed.contains("@bottom-left{content:\"Kód podání K7Q2-9XMD\""))
        #expect(printed.contains("counter(page)") && printed.contains("counter(pages)"))
        let first = try #require(printed.range(of: "Kód podání K7Q2-9XMD, příslušný úřad: Luka"))
        let header = try #require(printed.range(of: "<header>"))
        #expect(first.upperBound < header.lowerBound)
        #expect(printed.hasSuffix("</p></body></html>") && printed.contains("Kód podání K7Q2-9XMD, přijato"))
    }

    @Test func `gives the sizes of files as the office does`() {
        #expect(page([]).files.map(\.size) == ["303\u{a0}B"])
    }
}
