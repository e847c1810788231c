import Database
import Files
import Foundation
import HTTPTypes
import Office
import Sealing
import Support
import Testing

@testable import FilingRoom

@Suite struct `A letter and the board` {
    private func caution(_ reference: String, of file: UUID, at bench: Bench) async throws -> String? {
        try await bench.cell.database.tenant(bench.office, as: .system) { office in
            try await CaseNotes().caution(reference, of: file, in: office)
        }
    }

    @Test func `what was served already is not posted without a warning, and says what it is`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let reply = try await bench.reply(in: file.id, by: clerk)
        let reference = try #require(try await bench.documents(of: file.id).last).referenceNumber
        let before = try #require(try await caution(reference, of: file.id, at: bench))
        #expect(before.contains("osobní údaje") && !before.contains("doručena"))
        try await bench.dispatch(reply, by: clerk)
        try await bench.deliver(reply, by: clerk)
        let after = try #require(try await caution(reference, of: file.id, at: bench))
        #expect(after.contains("už byla doručena 24.\u{a0}11.\u{a0}2026"))
        #expect(try await caution("JINÉ 1/2026", of: file.id, at: bench) == nil)
        _ = try await bench.registry.post(file.id, at: bench.office, by: clerk)
        #expect(bench.board.drafted.map(\.title) == ["Rozhodnutí: Kácení lípy"])
    }

    @Test func `what people wrote is not offered to the board, nor prefilled there`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(confirmBy: Bench.today + 5))
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        #expect(!(try await front.get(path, as: clerk)).body.contains("\(path)/vyvesit"))
        #expect(try await front.post("\(path)/vyvesit", as: clerk).status == .conflict)
        #expect(bench.board.drafted.isEmpty)
        try await bench.reply(in: file.id, by: clerk)
        #expect(try await front.get(path, as: clerk).body.contains("\(path)/vyvesit"))
        #expect(try await front.post("\(path)/vyvesit", as: clerk).status == .seeOther)
        #expect(bench.board.drafted.map(\.title) == ["Rozhodnutí: Kácení lípy"])
    }

    private func draft(of document: UUID, at bench: Bench) async throws -> UUID? {
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await FilingStore.document(document, in: tenant)?.noticeID
        }
    }

    @Test func `a decision has one draft, whichever way the clerk goes, and is sent when it is posted`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let letter = try await bench.reply(in: file.id, by: clerk)
        let notice = try await bench.registry.post(file.id, at: bench.office, by: clerk)
        let again = try await bench.registry.dispatch(
            letter,
            on: Bench.today,
            by: Registry.Envelope(means: .publicNotice),
            at: bench.office,
            by: clerk,
            today: Bench.today
        )
        #expect(again == notice && bench.board.drafted.count == 1)
        #expect(try await bench.registry.post(file.id, at: bench.office, by: clerk) == notice)
        let waiting = try await front.get(path, as: clerk).body
        #expect(waiting.contains("Písemnost má koncept oznámení pro úřední desku."))
        #expect(waiting.contains("Čeká na vyvěšení na úřední desce."))
        let reference = try #require(try await bench.documents(of: file.id).last).referenceNumber
        #expect(try await caution(reference, of: file.id, at: bench)?.contains("vypraví") == true)
        try await bench.note(
            PostingNote(
                noticeID: notice,
                caseFileID: file.id,
                title: "Rozhodnutí",
                posted: Bench.today,
                takenDown: nil
            )
        )
        let sent = try await bench.documents(of: file.id).last
        #expect(sent?.dispatched == Bench.today && sent?.dispatchedBy == "publicNotice")
        let hung = try await front.get(path, as: clerk).body
        #expect(!hung.contains("ještě nevypravená") && !hung.contains("Vypravte ji"))
    }

    @Test func `a draft thrown away, or posted as what serves nobody, leaves the letter to be sent`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let letter = try await bench.reply(in: file.id, by: clerk)
        let first = try await bench.registry.post(file.id, at: bench.office, by: clerk)
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await CaseNotes().noteDiscarding(first, of: file.id, in: tenant)
        }
        #expect(try await draft(of: letter, at: bench) == nil)
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("koncept oznámení pro úřední desku zahozen"))
        #expect(page.contains("Vyhotovená, ještě nevypravená."))
        let second = try await bench.registry.post(file.id, at: bench.office, by: clerk)
        #expect(second != first && bench.board.drafted.count == 2)
        try await bench.note(
            PostingNote(
                noticeID: second,
                caseFileID: file.id,
                title: "Pro informaci",
                posted: Bench.today,
                takenDown: nil,
                serves: false
            )
        )
        let document = try #require(try await bench.documents(of: file.id).last)
        #expect(document.dispatched == nil && document.noticeID == nil && document.awaitsDispatch)
        try await bench.dispatch(letter, by: clerk)
    }

    @Test func `what another office sends is brought to the board with its files and its origin`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        func enter(_ subject: String, _ kind: String, _ sender: String) async throws -> String {
            let bytes = Array("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n".utf8)
            let file = try await bench.registry.files.write(
                owner: .office(bench.office),
                bytes: bytes,
                accepting: [.pdf]
            )
            let entered = try await front.post(
                "/spisovna/novy",
                [
                    "subject": subject, "senderKind": kind, "sender": sender, "regime": "other",
                    "channel": "dataBox", "senderReference": "KULK 77/2026",
                    "kept": "\(file.digest.hex)|application/pdf|\(bytes.count)|vyhlaska.pdf",
                ],
                as: clerk
            )
            #expect(entered.status == .seeOther, "\(entered.body)")
            return try #require(entered.headers[.location])
        }
        let path = try await enter("Veřejná vyhláška: změna ÚP", "legalPerson", "Krajský úřad")
        let id = try #require(UUID(uuidString: String(path.suffix(36))))
        let document = try #require(try await bench.documents(of: id).first)
        let form = ["document": document.id.uuidString]
        #expect(try await front.get(path, as: clerk).body.contains("action=\"\(path)/vyvesit\""))
        #expect(try await front.post("\(path)/vyvesit", form, as: clerk).status == .seeOther)
        let request = try #require(bench.board.drafted.last)
        #expect(request.title == "Veřejná vyhláška: změna ÚP" && request.kind == "public_decree")
        #expect(request.origin == "Krajský úřad" && request.referenceNumber == "KULK 77/2026")
        #expect(request.files.map(\.name) == ["vyhlaska.pdf"])
        let drafted = try await front.get(path, as: clerk).body
        #expect(drafted.contains("Koncept oznámení čeká na vyvěšení"))
        #expect(!drafted.contains("action=\"\(path)/vyvesit\""), "it has a draft")
        let notice = try #require(try await draft(of: document.id, at: bench))
        for (takenDown, words) in [
            (nil, "Vyvěšeno 24.\u{a0}11.\u{a0}2026, visí."), (Bench.today + 16, "sejmuto"),
        ] {
            try await bench.note(
                PostingNote(
                    noticeID: notice,
                    caseFileID: id,
                    title: "Vyhláška",
                    posted: Bench.today,
                    takenDown: takenDown,
                    serves: false
                )
            )
            #expect(try await front.get(path, as: clerk).body.contains(words))
        }
        let kept = try #require(try await bench.documents(of: id).first)
        #expect(kept.dispatched == nil && kept.delivered == nil, "it is served by the other office")

        // What a person wrote is not, whoever asks.
        let letter = try await enter("Stížnost na souseda", "person", "Jan Pisatel")
        let other = try #require(UUID(uuidString: String(letter.suffix(36))))
        let written = try #require(try await bench.documents(of: other).first)
        #expect(!(try await front.get(letter, as: clerk).body.contains("/vyvesit\"")))
        let refused = ["document": written.id.uuidString]
        #expect(try await front.post("\(letter)/vyvesit", refused, as: clerk).status == .conflict)
        // Nor a document of another case file.
        #expect(try await front.post("\(letter)/vyvesit", form, as: clerk).status == .conflict)
    }

    @Test(arguments: [
        ("Dražební vyhláška č. j. 12 EX", "auction"), ("Návrh opatření obecné povahy", "measure_draft"),
        ("Oznámení o konání sbírky", "other"), ("VEŘEJNÁ VYHLÁŠKA", "public_decree"),
    ])
    func `the kind of another office's notice is read from its words`(_ subject: String, _ kind: String)
        async throws
    {
        let bench = try await Bench()
        let file = try await bench.deliver(bench.delivery(title: subject))
        let document = try #require(try await bench.documents(of: file.id).first)
        #expect(document.noticeKind == kind)
        #expect(!document.isForBoard, "a person handed it in by a form")
    }

    @Test func `warns of names where there are some`() async throws {
        let bench = try await Bench()
        var delivery = bench.delivery()
        func warning() async throws -> String {
            delivery.submissionID = UUID.v7()
            let file = try await bench.deliver(delivery)
            return Document.namesWarning(to: try await bench.documents(of: file.id).first)
        }
        #expect(try await warning().contains("(jméno, adresu)"))
        delivery.submitter.name = "Bez Adresy"
        delivery.submitter.address = ""
        #expect(try await warning().contains("(jméno);"))
        delivery.submitter.kind = .legalPerson
        delivery.submitter.name = "Lesy, s. p."
        #expect(try await warning() == "Před zveřejněním zkontrolujte, zda v ní nejsou osobní údaje.")
    }

    @Test func `the register names the addressee of what the office sent`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(name: "Ludmila Příjemná"))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.reply(in: file.id, by: clerk)
        #expect(try await front.get("/spisovna", as: clerk).body.contains("pro: Ludmila Příjemná"))
    }
}
