import Database
import Foundation
import HTTPTypes
import Messages
import Office
import Support
import Testing

@testable import FilingRoom

/// A request for information, or an ordinary letter: answered as it was asked for, and closed honestly.
@Suite struct `An answer` {
    private let text = "Náklady byly 12 < 13 & víc.\nDruhá řádka.\n\nDruhý odstavec."

    private func asked(_ bench: Bench, _ answers: String) async throws -> CaseFile {
        var delivery = bench.delivery(service: "informace-106", regime: .information, title: "Kaplička")
        delivery.answers = answers
        return try await bench.deliver(delivery)
    }

    private func answered(_ kind: ReplyKind, in file: CaseFile, _ bench: Bench, by clerk: Clerk) async throws
        -> UUID
    {
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        return try await bench.registry.reply(
            Registry.Reply(kind: kind, subject: "Kaplička", text: text),
            in: file.id,
            at: bench.office,
            by: clerk,
            now: Bench.noon
        )
    }

    private func mails(_ bench: Bench) async throws -> [OfficeMail] {
        try await bench.cell.database.relay { relay in
            try await relay.rows(
                """
                select body::text as body from relay.outbox
                where sender = \(bench.office.rawValue) and kind = \(OfficeMail.kind)
                    and body->>'subject' not like 'Nové podání%'
                """
            ) { row in
                try JSONDecoder().decode(OfficeMail.self, from: Data((try row["body"] as String).utf8))
            }
        }
    }

    @Test func `asked for by e-mail is shown so, goes so with its text, and the file closes without a proof`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await asked(bench, #"{"zpusob": ["email"], "email": ["jana@example.cz"]}"#)
        let reply = try await answered(.information, in: file, bench, by: clerk)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("<dt>Odpověď chce</dt><dd>e-mailem (jana@example.cz)</dd>"))
        #expect(page.contains("<option value=\"email\" selected>e-mailem</option>"))
        let sent = try await front.post(
            "/spisovna/dokument/\(reply.uuidString.lowercased())/vypravit",
            ["means": "email", "day": Bench.today.description, "to": ""],
            as: clerk
        )
        #expect(sent.status == .seeOther, "\(sent.body)")
        let mail = try #require(try await mails(bench).first)
        #expect(mail.to == "jana@example.cz" && mail.documentID == reply)
        #expect(mail.text.contains("Poskytnutí informace\n\nKaplička\n\n\(text)\n\n\(clerk.publicName)"))
        let document = try #require(try await bench.documents(of: file.id).last)
        #expect(mail.subject.contains("č. j. \(document.referenceNumber)"))
        #expect(document.way?.contains("e-mailem na jana@example.cz") == true)
        try await bench.settle(file.id, .document, by: clerk)
        let settled = try await front.get(path, as: clerk).body
        #expect(settled.contains("Uzavřít spis") && !settled.contains("Zapsat doručení"))
        try await bench.close(file.id, by: clerk)
        #expect(try await bench.caseFile(file.id).closed == Bench.today)
    }

    @Test func `by ordinary post closes without a proof, and a decision does not`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await asked(bench, "{}")
        let reply = try await answered(.information, in: file, bench, by: clerk)
        try await bench.dispatch(reply, by: clerk, means: .post)
        try await bench.settle(file.id, .document, by: clerk)
        let sums = try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await RegisterListStore.letters(of: [file.id], in: tenant)
        }
        #expect(sums[file.id] == LetterSum(delivered: 1), "the lists know the same")
        try await bench.close(file.id, by: clerk)

        let refused = try await asked(bench, "{}")
        let decision = try await answered(.decision, in: refused, bench, by: clerk)
        try await bench.dispatch(decision, by: clerk, means: .post)
        try await bench.settle(refused.id, .document, by: clerk)
        await #expect(throws: FilingRefusal.withoutProof) { try await bench.close(refused.id, by: clerk) }
    }

    @Test func `an e-mail serves nothing that must be served, and nothing of a fee goes so`() async throws {
        for kind in ReplyKind.allCases {
            for regime in Regime.allCases {
                let offered = DispatchMeans.offered(for: kind, under: regime).contains(.email)
                #expect(offered == (kind.isOrdinary(under: regime) && regime != .tax), "\(kind) \(regime)")
            }
            #expect(
                !kind.isOrdinary(under: .administrative) || [.information, .notice, .setAside].contains(kind)
            )
        }
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.head], in: bench.office)
        let file = try await asked(bench, #"{"zpusob": ["email"], "email": ["jana@example.cz"]}"#)
        let decision = try await answered(.decision, in: file, bench, by: clerk)
        await #expect(throws: FilingRefusal.notByEmail) {
            try await bench.dispatch(decision, by: clerk, means: .email)
        }
        // Not even past the rule: the database keeps it.
        await #expect(throws: (any Error).self) {
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                LetterStore.dispatch(decision, on: Bench.today, by: .email, to: "a@example.cz", in: tenant)
            }
        }
        let fee = try await bench.deliver(bench.delivery(service: "pes-ohlaseni", regime: .tax))
        let notice = try await answered(.notice, in: fee, bench, by: clerk)
        await #expect(throws: FilingRefusal.notByEmail) {
            try await bench.dispatch(notice, by: clerk, means: .email, to: "jana@example.cz")
        }
        #expect(try await mails(bench).isEmpty)
    }

    @Test func `goes to whom it can: who has a data box by law there, an unknown address nowhere`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        var delivery = bench.delivery(regime: .selfGovernment)
        delivery.submitter = Submitter(kind: .legalPerson, name: "Spolek Lípa", ico: "27074358")
        let file = try await bench.deliver(delivery)
        let person = try #require(try await bench.documents(of: file.id).first)
        #expect(DispatchMeans.usual(for: .decision, under: .administrative, to: person) == .dataBox)
        #expect(DispatchMeans.usual(for: .decision, under: .administrative, to: nil) == .postInHands)
        #expect(DispatchMeans.usual(for: .supplement, under: .administrative, to: nil) == .postInHands)
        #expect(DispatchMeans.usual(for: .notice, under: .other, to: nil) == .post)
        let reply = try await answered(.notice, in: file, bench, by: clerk)
        await #expect(throws: FilingRefusal.noAddress) { try await bench.dispatch(reply, by: clerk) }
        await #expect(throws: FilingRefusal.noEmail) {
            try await bench.dispatch(reply, by: clerk, means: .email, to: "neni")
        }
        try await bench.dispatch(reply, by: clerk, to: "Nová 2, Luka")
        #expect(try await bench.documents(of: file.id).last?.way?.contains("poštou na Nová 2, Luka") == true)
    }

    @Test func `to nobody is not made out; the person is told at the submission instead`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        var delivery = bench.delivery(service: "zavada", regime: .selfGovernment, title: "Díra v cestě")
        delivery.submitter = Submitter(kind: .anonymous, name: "bez uvedení jména")
        let file = try await bench.deliver(delivery)
        await #expect(throws: FilingRefusal.nobodyToAnswer) {
            _ = try await answered(.notice, in: file, bench, by: clerk)
        }
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("Věc vyřiďte a napište sdělení podateli."))
        #expect(page.contains("Sdělení podateli") && page.contains("<h3>Vyřídit</h3>"))
        #expect(!page.contains("<a class=\"button\" href=\"\(path)/odpoved\">"), "not as the first thing")
        try await bench.settle(file.id, .noted, by: clerk)
        try await bench.close(file.id, by: clerk)
        // Who left an e-mail alone can be written to.
        delivery = bench.delivery(service: "zavada", regime: .selfGovernment)
        delivery.submitter = Submitter(kind: .anonymous, name: "bez uvedení jména", email: "kdo@example.cz")
        let reachable = try await bench.deliver(delivery)
        let reply = try await answered(.notice, in: reachable, bench, by: clerk)
        try await bench.dispatch(reply, by: clerk, means: .email)
        #expect(try await mails(bench).map(\.to) == ["kdo@example.cz"])
    }

    @Test func `that came back is sent elsewhere or given up, and the matter can be settled then`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(regime: .selfGovernment))
        let reply = try await answered(.notice, in: file, bench, by: clerk)
        func comeBack(_ id: UUID) async throws {
            try await bench.registry.comeBack(
                id,
                on: Bench.today,
                why: "adresát neznámý",
                at: bench.office,
                by: clerk,
                today: Bench.today
            )
        }
        try await bench.dispatch(reply, by: clerk)
        try await comeBack(reply)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("nebo od doručení upusťte") && page.contains("Vrácená písemnost"))
        try await bench.dispatch(reply, by: clerk, to: "Nová 2, Luka")
        try await comeBack(reply)
        let form = "/spisovna/dokument/\(reply.uuidString.lowercased())/upustit"
        #expect(try await front.post(form, ["why": ""], as: clerk).status == .unprocessableContent)
        #expect(try await front.post(form, ["why": "podatel se odstěhoval"], as: clerk).status == .seeOther)
        await #expect(throws: FilingRefusal.alreadyDispatched) { try await bench.dispatch(reply, by: clerk) }
        let after = try await front.get(path, as: clerk).body
        #expect(after.contains("Od doručení úřad") && after.contains("podatel se odstěhoval"))
        #expect(after.contains("<h3>Vyřídit</h3>"))
        try await bench.settle(file.id, .document, by: clerk)
        try await bench.close(file.id, by: clerk)
    }

    @Test func `what must be served is never given up while there is somebody`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        let decision = try await answered(.decision, in: file, bench, by: clerk)
        func abandon(_ id: UUID) async throws {
            try await bench.registry.abandon(
                id,
                why: "neznámý",
                at: bench.office,
                by: clerk,
                today: Bench.today
            )
        }
        await #expect(throws: FilingRefusal.notAbandonable) { try await abandon(decision) }
        try await bench.dispatch(decision, by: clerk)
        try await bench.registry.comeBack(
            decision,
            on: Bench.today,
            why: "adresát neznámý",
            at: bench.office,
            by: clerk,
            today: Bench.today
        )
        await #expect(throws: FilingRefusal.notAbandonable) { try await abandon(decision) }
    }
}
