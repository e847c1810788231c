import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// What a clerk writes before and after it becomes a document, and the sheet that comes of it.
@Suite struct `A letter that is being written` {
    private func started(_ regime: Regime = .administrative, service: String = "kaceni-drevin") async throws
        -> (
            bench: Bench, clerk: Clerk, front: Front, file: CaseFile, path: String
        )
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery(service: service, regime: regime))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        return (bench, clerk, try Front(bench, clerks: [clerk]), file, path)
    }

    @Test func `is kept as a draft until it is made out`() async throws {
        let (bench, clerk, front, file, path) = try await started()
        let form = ["kind": "resolution", "subject": "Odložení", "text": "Věc se [odkládá]."]
        let kept = form.merging(["act": "koncept"]) { $1 }
        #expect(try await front.post("\(path)/odpoved", kept, as: clerk).status == .seeOther)
        #expect(try await bench.documents(of: file.id).count == 1, "a draft is no document")
        #expect(try await front.get(path, as: clerk).body.contains("Rozepsaná písemnost: usnesení"))
        let page = try await front.get("\(path)/odpoved", as: clerk).body
        #expect(page.contains("Věc se [odkládá].") && page.contains("value=\"resolution\" selected"))
        #expect(try await front.post("\(path)/odpoved", form, as: clerk).status.code == 422)
        let whole = form.merging(["text": "Věc se odkládá."]) { $1 }
        #expect(try await front.post("\(path)/odpoved", whole, as: clerk).status == .seeOther)
        #expect(!(try await front.get(path, as: clerk).body.contains("Rozepsaná písemnost")))
        #expect(try await bench.documents(of: file.id).count == 2)
    }

    @Test func `is taken back before it goes out, and its number is not given again`() async throws {
        let (bench, clerk, front, file, path) = try await started()
        let wrong = try await bench.reply(.decision, in: file.id, by: clerk)
        let letter = "/spisovna/dokument/\(wrong.uuidString.lowercased())"
        #expect(try await front.post("\(letter)/zrusit", as: clerk).status == .seeOther)
        let right = try await bench.reply(.decision, in: file.id, by: clerk)
        #expect(try await bench.documents(of: file.id).map(\.number) == [1, 2, 3])
        let sent = try await front.post(
            "\(letter)/vypravit",
            ["means": "post", "day": "2026-11-24"],
            as: clerk
        )
        #expect(sent.status == .conflict, "what was taken back is not sent")
        #expect(try await front.get(path, as: clerk).body.contains("zrušeno vyhotovení"))
        #expect(try await front.get("/spisovna", as: clerk).body.contains("<span class=\"state\">zrušeno"))
        try await bench.dispatch(right, by: clerk)
        let late = "/spisovna/dokument/\(right.uuidString.lowercased())/zrusit"
        #expect(try await front.post(late, as: clerk).status == .conflict)
        try await bench.deliver(right, by: clerk)
        try await bench.settle(file.id, .document, by: clerk)
        // The one that was taken back needs no proof of delivery.
        try await bench.registry.close(file.id, at: bench.office, by: clerk, today: Bench.today + 30)
    }

    @Test func `of a tree is a decision under its act, sent into own hands`() async throws {
        let (bench, clerk, front, file, path) = try await started()
        let page = try await front.get("\(path)/odpoved", as: clerk).body
        #expect(page.contains("value=\"decision\" selected"))
        #expect(page.contains("§ 8 odst. 1 zákona č. 114/1992 Sb.") && page.contains("náhradní výsadba"))
        _ = try await bench.reply(.decision, in: file.id, by: clerk)
        #expect(
            try await front.get(path, as: clerk).body.contains("<option value=\"postInHands\" selected>")
        )
        let other = try await started(.selfGovernment, service: "zavada")
        let plain = try await other.front.get("\(other.path)/odpoved", as: other.clerk).body
        #expect(plain.contains("value=\"notice\" selected"))
    }

    @Test func `stands on the sheet with the authority it can be appealed to`() async throws {
        let (bench, clerk, front, file, path) = try await started()
        for kind in ["decision", "resolution"] {
            let page = try await front.get("\(path)/odpoved?druh=\(kind)", as: clerk).body
            let text = try #require(page.firstMatch(of: /<textarea[^>]*>([^<]+)</)).1
            let filled = String(text).replacing(/\[[^\]]*\]/, with: "doplněno")
                .replacing("&quot;", with: "\"")
            let sent = try await front.post(
                "\(path)/odpoved",
                ["kind": kind, "subject": "Kácení", "text": filled],
                as: clerk
            )
            #expect(sent.status == .seeOther, "\(sent.body)")
            let document = try #require(try await bench.documents(of: file.id).last)
            let card = try await front.get(
                "/spisovna/dokument/\(document.id.uuidString.lowercased())",
                as: clerk
            )
            let link = try #require(card.body.firstMatch(of: /\/spisovna\/soubor\/[^"]+/))
            let sheet = try await front.get(String(link.0), as: clerk).body
            #expect(sheet.contains("jeho oznámení ke Krajskému úřadu Libereckého kraje, a to u našeho úřadu"))
            #expect(!sheet.contains("Krajskému úřadu Krajský"))
        }
    }

    @Test func `threatens with an end of proceedings only where proceedings run`() async throws {
        func call(_ regime: Regime) async throws -> String {
            let (_, clerk, front, _, path) = try await started(regime, service: "zavada")
            return try await front.get("\(path)/odpoved?druh=supplement", as: clerk).body
        }
        let application = try await call(.administrative)
        #expect(application.contains("správní řád, Vás vyzýváme") && application.contains("řízení zastaví"))
        let fault = try await call(.selfGovernment)
        #expect(fault.contains("správní řád, Vás vyzýváme") && !fault.contains("zastaví"))
        #expect(!fault.contains("§ 45"))
    }

    @Test func `loses nothing that was typed about its delivery`() async throws {
        let (bench, clerk, front, file, _) = try await started()
        let letter = try await bench.reply(.decision, in: file.id, by: clerk)
        try await bench.dispatch(letter, by: clerk, means: .postInHands)
        let path = "/spisovna/dokument/\(letter.uuidString.lowercased())"
        let early = try await front.post(
            "\(path)/doruceno",
            ["way": "refused", "day": "2026-11-23", "proof": "RR 12 345"],
            as: clerk
        )
        #expect(early.status.code == 422)
        let id = letter.uuidString.lowercased()
        #expect(early.body.contains("id=\"e-\(id)\" name=\"day\" value=\"2026-11-23\" aria-invalid=\"true\""))
        #expect(early.body.contains("<p class=\"error\" id=\"e-\(id)-e\">Doručeno nemůže být dřív"))
        #expect(early.body.contains("value=\"RR 12 345\""))
        #expect(early.body.contains("<option value=\"refused\" selected>"))
        let back = try await front.post(
            "\(path)/vraceno",
            ["day": "2026-11-25", "why": "odstěhován"],
            as: clerk
        )
        #expect(back.body.contains("Tento den teprve přijde.") && back.body.contains("value=\"odstěhován\""))
    }

    @Test func `says of a day whether it cannot be read, is still to come, or is before the submission`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(confirmBy: Bench.today + 5))
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())/potvrdit"
        for (day, sentence) in [
            ("", "Den zapište jako datum"), ("20. listopadu", "Den zapište jako datum"),
            ("2026-11-25", "Tento den teprve přijde"),
            (
                "2026-11-20",
                "Podání přišlo až 24.\u{a0}11.\u{a0}2026; potvrzení nemůže být starší."
            ),
        ] {
            let answer = try await front.post(path, ["means": "inPerson", "day": day], as: clerk)
            #expect(answer.status.code == 422)
            #expect(answer.body.contains("<p class=\"error\" id=\"confirmed-e\">\(sentence)"), "\(day)")
            #expect(answer.body.contains("value=\"\(day)\""))
        }
    }
}

@Suite struct `A form beside a case file` {
    @Test(arguments: [(50_000, false), (50_001, true)])
    func `says of a text that is too long how long it may be`(_ count: Int, _ isRefused: Bool) async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let answer = try await front.post(
            "/spisovna/spis/\(file.id.uuidString.lowercased())/odpoved",
            ["kind": "notice", "subject": "Sdělení", "text": String(repeating: "á", count: count)],
            as: clerk
        )
        #expect((answer.status == .unprocessableContent) == isRefused)
        let sentence = "Zkraťte text na nejvýše 50\u{a0}000 znaků; má jich 50\u{a0}001."
        #expect(answer.body.contains(sentence) == isRefused)
        #expect(!answer.body.contains("Napište prosím text"))
    }

    @Test func `has each error at its field and keeps what was typed`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        for (place, form, field, kept) in [
            ("\(path)/pridat", ["subject": "Nákres", "paperAttachments": "dvě"], "paperAttachments", "dvě"),
            ("\(path)/pridat", ["subject": "Nákres", "time": "25:00"], "time", "25:00"),
            (
                "\(path)/odpoved", ["kind": "notice", "subject": "", "text": "Psáno dlouho."], "subject",
                "Psáno"
            ),
            ("\(path)/postoupit", ["office": "Frýdlant", "reason": ""], "reason", "Frýdlant"),
            ("\(path)/postoupit", ["office": "Nikde", "reason": "Leží jinde."], "office", "Leží jinde."),
            ("\(path)/nazev", ["title": "x"], "title", "value=\"x\""),
            ("\(path)/znak", ["plan": ""], "plan", "Vyberte prosím spisový znak"),
        ] {
            let page = try await front.post(place, form, as: clerk)
            #expect(page.status.code == 422, "\(place)")
            #expect(page.body.contains("<p class=\"error\" id=\"\(field)-e\">"), "\(place) \(field)")
            #expect(page.body.contains(kept), "\(place) keeps \(kept)")
        }
    }
}

@Suite struct `A number of the register` {
    @Test(arguments: [
        ("OUBIPO 5/2026", NumberQuery("oubipo 5 / 2026")), ("5", NumberQuery(" 5 ")),
        ("S-OUBIPO 5/2026", NumberQuery("OUBIPO 5/2026")),
    ])
    func `is read as people write it`(text: String, query: NumberQuery?) {
        #expect(query != nil && NumberQuery(text) == query)
        #expect(NumberQuery("lípa 5 m") == nil && NumberQuery("kácení") == nil)
        #expect(NumberQuery("5")?.isWhole == false && NumberQuery("5/2026")?.isWhole == true)
    }

    @Test func `finds that document and no other`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        for number in 1...12 { try await bench.deliver(bench.delivery(title: "Věc číslo \(number) z 5")) }
        let abbreviation = try await bench.documents(of: bench.deliver(bench.delivery()).id)[0]
            .referenceNumber.split(separator: " ")[0]
        func found(_ query: String) async throws -> [String] {
            let asked = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let page = try await front.get("/spisovna?q=\(asked)", as: clerk).body
            return page.matches(of: /<td class="nowrap">([^<]+ [0-9]+\/2026)</).map { String($0.1) }
        }
        #expect(try await found("\(abbreviation) 5") == ["\(abbreviation) 5/2026"])
        #expect(try await found("5/2026") == ["\(abbreviation) 5/2026"])
        let words = try await found("5")
        #expect(words.first == "\(abbreviation) 5/2026" && words.count == 12)
    }
}
