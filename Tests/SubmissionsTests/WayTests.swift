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
        regime: Regime = .administrative,
        reached: Date? = Date(),
        confirmBy: Day? = nil,
        isStranded: Bool = false,
        today: Day = Day(of: Date())
    ) -> SubmissionPage {
        SubmissionPage(
            submission(status, regime, reached: reached, confirmBy: confirmBy),
            steps,
            secret: "",
            isNew: false,
            isStranded: isStranded,
            host: "",
            contact: OfficeContact(
                address: "Náves 1, 471 02 Luka (naproti škole)",
                hours: "Po 8–12, 13–17\nSt 8–12, 13–17\n",
                dataBox: "abc2345"
            ),
            payment: rest.flatMap {
                PaymentBox(
                    FeeState(amount: $0, rest: $0, due: Day(of: Date()) + 30, isCancelled: false),
                    link: "/platba/1",
                    today: Day(of: Date())
                )
            },
            today: today
        )
    }

    private func submission(
        _ status: SubmissionStatus,
        _ regime: Regime = .administrative,
        reached: Date? = Date(),
        confirmBy: Day? = nil
    ) -> Submission {
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
            confirmBy: confirmBy,
            confirmedBy: nil,
            confirmedOn: nil,
            acceptedAt: Date(),
            reachedAt: reached,
            registeredAt: reached,
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
        let tax = page(fee, .assigned, rest: Money(crowns: 200), regime: .tax).steps.filter(\.isNext)
        #expect(
            tax.map(\.status) == ["dál: zaplatíte poplatek", "zároveň: úřad věc vyřídí"],
            "settling does not wait for the payment"
        )
        #expect(owing.map(\.status) == ["dál: zaplatíte poplatek", "potom: úřad věc vyřídí"])
        #expect(owing.allSatisfy { !$0.meaning.contains("Nemusíte") })
        let sent = [step(.assigned, .dispatched, "Vypraveno.")]
        #expect(page(sent, .assigned).steps.last?.meaning.contains("převezměte") == true)
        let arrived = page(sent + [step(.assigned, .delivered, "Doručeno.")], .assigned)
        #expect(arrived.steps.last?.meaning == "Nemusíte dělat nic.")
    }

    @Test func `says that a fee is paid, and after the end that it is not`() {
        let settled = [step(.assigned, .feePrescribed, "Předepsáno."), step(.settled, nil, "")]
        let paid = page(settled, rest: Money(crowns: 0), regime: .tax).steps
        #expect(paid.last?.status == "zaplaceno")
        let owing = page(settled, rest: Money(crowns: 200), regime: .tax).steps
        #expect(owing.last?.status == "dál: zaplatíte poplatek" && owing.last?.isNext == true)
    }

    private func rendered(_ page: SubmissionPage) async throws -> String {
        let folders = ["Web", "Submissions"].map { TestCell.root.appending(path: "Sources/\($0)/Pages") }
        let hosts = Hosts(domain: "localhost", scheme: "http", port: 80)
        let pages = try Pages(directories: folders, hosts: hosts, assetsVersion: "1")
        let desk = Desk(CallbackResponder { try pages.answer(page, to: $0, $1) })
        return try await desk.ask(.get, "/", headers: [.accept: "text/html"]).body
    }

    /// § 37(6) of act 500/2004: nothing can be confirmed at an office that has not got it.
    @Test func `asks for no confirmation before it reached its office`() async throws {
        let last = try #require(Day("2026-12-04"))
        for isStranded in [true, false] {
            let ahead = page([], .awaitingConfirmation, reached: nil, confirmBy: last, isStranded: isStranded)
            let told = try await rendered(ahead)
            #expect(ahead.status == "přijato" && !ahead.needsConfirmation)
            #expect(told.contains("Potvrdit ho půjde do 5 dnů od toho dne") && told.contains("zatím ne"))
            #expect(!told.contains("2026 (pá)") && !told.contains("řekněte kód"))
            #expect(!told.contains("úřad podání vidí"))
        }
        let there = page([], .awaitingConfirmation, confirmBy: last)
        let told = try await rendered(there)
        #expect(there.status == "čeká na potvrzení" && told.contains("nejpozději \(last.czech)"))
        #expect(told.contains("do schránky <span class=\"code\">abc2345</span>"))
        #expect(told.contains("(naproti škole); úřední hodiny: Po 8–12, 13–17; St 8–12, 13–17."))
        #expect(told.contains("<dt>Podatel</dt><dd>Jana</dd>"))
    }

    @Test func `tells a decision, its appeal and its legal force, and never what was decided`() throws {
        let (last, force) = (try #require(Day("2026-12-14")), try #require(Day("2026-12-15")))
        var decided = step(.assigned, .decided, "Rozhodnutí č. j. LUKA 2/2026 je doručeno.")
        decided = SubmissionStep(
            at: decided.at,
            office: "Luka",
            status: .assigned,
            note: decided.note,
            deadline: last,
            event: .decided
        )
        let settled = [decided, step(.settled, nil, "")]
        let running = page(settled, today: last)
        #expect(running.meaning.contains("Odvolat se můžete do 14.\u{a0}12.\u{a0}2026"))
        #expect(running.steps.map(\.status) == ["přijato", "doručeno", "vyřízeno"])
        #expect(page(settled, today: last + 1).meaning.contains("Lhůta k odvolání uplynula"))
        let inForce = SubmissionStep(
            at: Date(),
            office: "Luka",
            status: .settled,
            note: "",
            deadline: force,
            event: .inForce
        )
        let done = page(settled + [inForce], today: force)
        #expect(done.meaning.contains("V právní moci je od 15.\u{a0}12.\u{a0}2026"))
        #expect(done.steps.last?.status == "v právní moci")
        // It does not wait for the office to settle the matter.
        let registered = SubmissionStep(
            at: Date(),
            office: "Luka",
            status: .assigned,
            note: "",
            deadline: force,
            event: .assigned
        )
        #expect(page([registered], .assigned).deadline == force.czech)
        let issued = [registered, step(.assigned, .issued, "Vypraveno.")]
        let stages = [issued, issued + [decided], issued + [decided, inForce]].map {
            page($0, .assigned, today: last)
        }
        #expect(
            stages.map(\.status) == ["rozhodnutí vydáno", "rozhodnutí doručeno", "rozhodnutí v právní moci"]
        )
        #expect(stages.map(\.deadline) == [nil, nil, nil], "the office kept its term")
        #expect(
            stages[0].meaning.contains("Převezměte") && stages[1].meaning.contains("Odvolat se můžete do")
        )
        #expect(stages.allSatisfy { $0.steps.last?.status == "dál: úřad věc uzavře" })
        #expect(page([step(.settled, nil, "")]).meaning == "Věc je vyřízená.")
    }

    @Test func `says of what the region handed over only what was entered`() throws {
        let day = try #require(Day("2026-11-20"))
        let handed = SubmissionStep(
            at: day.start,
            office: "Luka",
            status: .filedElsewhere,
            note: "Pracoviště kraje předalo podání úřadu poštou, došlo mu 20. 11. 2026.",
            deadline: nil,
            event: .handedOver
        )
        let page = page([handed], .filedElsewhere, reached: day.start)
        #expect(page.status == "předáno úřadu" && page.meaning.contains("předalo pracoviště kraje"))
        #expect(page.times[1].value == day.czechShort && page.steps[1].at == day.czechShort)
        #expect(!"\(page)".contains("spisové služby"))
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
