import Database
import Foundation
import HTTPTypes
import Office
import Sealing
import Support
import Testing

@testable import Forms

@Suite struct `Filling in` {
    static let fault: [(String, String)] = [
        ("druh", "osvetleni"), ("predmet", "Nesvítí lampa"), ("misto.obec", "Luka"),
    ]

    @Test func `a form without scripts: conditions, faults, review, one receipt`() async throws {
        let town = try await Town()
        let person = town.person()
        var (_, page) = try await person.open("/formulare/pes-ohlaseni/vyplnit")
        #expect(!page.contains("name=\"jmeno\"") && !page.contains("name=\"nazev\""))

        // Another answer, another set of questions.
        var answer = try await person.send(page, [("ukon", "vznik"), ("osoba", "PO")], act: "obnovit")
        #expect(answer.status == .seeOther)
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(!page.contains("name=\"jmeno\"") && page.contains("name=\"nazev\""))
        answer = try await person.send(page, [("nazev", "Spolek & syn"), ("osoba", "FO")], act: "obnovit")
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("name=\"jmeno\"") && !page.contains("name=\"nazev\""))

        // Faults stand beside their fields and in the summary, and what was typed stays.
        answer = try await person.send(page, [("jmeno", "Jana <b>"), ("email", "to není adresa")])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.body.contains("data-summary") && answer.body.contains("href=\"#prijmeni\""))
        #expect(answer.body.contains("id=\"prijmeni-e\""))
        #expect(answer.body.contains("value=\"Jana &lt;b&gt;\"") && answer.body.contains("to není adresa"))

        // Back to the company: its name was not forgotten while it was hidden.
        answer = try await person.send(answer.body, [("osoba", "PO")], act: "obnovit")
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("value=\"Spolek &amp; syn\""))
    }

    @Test func `step by step: back keeps, the last step leads to the review`() async throws {
        let town = try await Town()
        let person = town.person()
        var (_, page) = try await person.open("/formulare/pes-ohlaseni/vyplnit?zpusob=kroky")
        #expect(page.contains("Krok 1 z "))
        var answer = try await person.send(page)
        #expect(answer.status == .unprocessableContent)
        answer = try await person.send(page, [("ukon", "vznik")])
        #expect(answer.headers[.location]?.hasSuffix("krok=2") == true)
        page = try await person.open(answer.headers[.location] ?? "").page
        answer = try await person.send(page, [("osoba", "FO"), ("jmeno", "Jana")], act: "zpet")
        #expect(answer.headers[.location]?.hasSuffix("krok=1") == true)
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("value=\"vznik\" checked"))
        answer = try await person.send(page, act: "jinak")
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("value=\"Jana\"") && page.contains("value=\"vznik\" checked"))
    }

    @Test func `a step that is mended leads back to the review`() async throws {
        let town = try await Town()
        let person = town.person()
        let path = "/formulare/pes-ohlaseni/vyplnit?navrh=\(DraftKey.issue().text)&krok=1&oprava=ano"
        let page = try await person.open(path).page
        #expect(page.contains("Zkontrolovat a podat"))
        // What is wrong on the step is mended there first.
        let faulty = try await person.send(page)
        #expect(faulty.status == .unprocessableContent && faulty.body.contains("oprava=ano"))
        let answer = try await person.send(faulty.body, [("ukon", "vznik")])
        #expect(answer.headers[.location]?.contains("/kontrola?") == true)
        // Without it the next step comes.
        let next = try await person.send(page.replacing("&amp;oprava=ano", with: ""), [("ukon", "vznik")])
        #expect(next.headers[.location]?.hasSuffix("krok=2") == true)
    }

    @Test func `an answer that is too long comes back to be shortened`() async throws {
        let town = try await Town()
        let person = town.person()
        let page = try await person.open("/formulare/obecne-podani/vyplnit").page
        let long = String(repeating: "Píšu o hřbitově. ", count: 6_000)
        let answer = try await person.send(page, [("predmet", "Hřbitov"), ("obsah", long)])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.body.contains("na nejvýše 10\u{A0}000 znaků; má jich 101\u{A0}999."))
        #expect(answer.body.contains(long.trimmingCharacters(in: .whitespaces)))
        #expect(answer.body.contains("value=\"Hřbitov\""))
        let huge = try await person.send(page, [("obsah", String(repeating: "a", count: 1_100_000))])
        #expect(huge.status == .contentTooLarge && huge.body.contains("má dohromady přes 524\u{A0}kB"))
        #expect(!huge.body.contains("Přílohy zmenšete"))
    }

    @Test func `questions that an answer brings are asked before they are missed`() async throws {
        let town = try await Town()
        let person = town.person()
        var (_, page) = try await person.open(
            "/formulare/pes-ohlaseni/vyplnit?navrh=AAAAAAAAAAAAAAAAAAAAAA&krok=2"
        )
        #expect(page.contains("name=\"ukon\"") || page.contains("name=\"osoba\""))
        var answer = try await person.send(page, [("osoba", "FO")])
        #expect(answer.status == .seeOther)
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("name=\"jmeno\"") && !page.contains("class=\"error\""))
        answer = try await person.send(page)
        #expect(answer.status == .unprocessableContent && answer.body.contains("href=\"#jmeno\""))
    }

    @Test func `what the script asks for is shown and not kept`() async throws {
        let town = try await Town()
        let person = town.person()
        let (path, page) = try await person.open("/formulare/pes-ohlaseni/vyplnit")
        let answer = try await person.send(page, [("ukon", "vznik"), ("jmeno-psa", "Rek")], act: "ukazat")
        #expect(answer.status == .ok && !answer.body.contains("class=\"error\""))
        #expect(!page.contains("name=\"od\"") && answer.body.contains("name=\"od\""))
        #expect(answer.body.contains("value=\"Rek\""))
        let kept = try await person.get(path).body
        #expect(!kept.contains("value=\"Rek\"") && !kept.contains("name=\"od\""))
    }

    @Test func `the postcode narrows the municipalities, the municipality offers its parts`() async throws {
        let town = try await Town()
        let person = town.person()
        var (_, page) = try await person.open("/formulare/zavada/vyplnit")
        var answer = try await person.send(page, [("misto.psc", "472 01")], act: "obnovit")
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("value=\"Luka\"") && page.contains("<option value=\"88650\">Týn</option>"))
        answer = try await person.send(page, [("misto.cast", "88650")], act: "obnovit")
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("<option value=\"88650\" selected>"))
        answer = try await person.send(page)
        #expect(answer.body.contains("href=\"#druh\"") && !answer.body.contains("href=\"#misto.cast\""))
    }

    @Test func `without a script a place shows what it offers where the person is`() async throws {
        let town = try await Town()
        let offers: [([(String, String)], String, String)] = [
            (
                [("misto.obec", "Pěn")], "Názvu „Pěn“ odpovídá více obcí.",
                "<option value=\"564303\">Pěnčín (okres Liberec)</option>"
            ),
            ([("misto.obec", "luk")], "Našli jsme obec Luka. Vyberte ještě její část.", "value=\"Luka\""),
            ([("misto.psc", "472 01")], "Našli jsme obec Luka.", "<option value=\"88650\">Týn</option>"),
            ([("misto.psc", "999 99")], "PSČ 999 99 v kraji neznáme.", "value=\"999 99\""),
            ([("misto.obec", "Lhota")], "Obec „Lhota“ v kraji neznáme.", "value=\"Lhota\""),
            ([], "Napište PSČ nebo začátek názvu obce", "value=\"Nesvítí\""),
        ]
        for (typed, said, shown) in offers {
            let person = town.person()
            let (_, page) = try await person.open("/formulare/zavada/vyplnit")
            #expect(page.contains("name=\"_refresh\" value=\"misto\""))
            let answer = try await person.send(
                page,
                typed + [("predmet", "Nesvítí"), ("_refresh", "misto")],
                act: "",
                last: true
            )
            let place = try #require(answer.headers[.location])
            #expect(answer.status == .seeOther && place.hasSuffix("&nabidka=misto#misto"))
            let offered = try await person.get(place).body
            let group = try #require(
                offered.firstMatch(of: /(?s)<fieldset class="field" id="misto".*?<\/fieldset>/)
            ).0
            #expect(group.contains("role=\"status\">\(said)"), "\(group)")
            #expect(group.contains(" size=\"3\"") == said.contains("více obcí"))
            #expect(offered.contains(shown) && offered.contains("value=\"Nesvítí\""))
            // It is said once, not for ever.
            let again = String(place.prefix { $0 != "#" }).replacing("&nabidka=misto", with: "")
            #expect(try await !person.get(again).body.contains("role=\"status\">\(said)"))
        }
        // So are the questions that another answer brings.
        let person = town.person()
        let (_, page) = try await person.open("/formulare/pes-ohlaseni/vyplnit")
        let answer = try await person.send(
            page,
            [("osoba", "FO"), ("_refresh", "osoba")],
            act: "",
            last: true
        )
        #expect(answer.headers[.location]?.hasSuffix("#osoba") == true)
    }

    @Test func `handed in twice, by back button and by retry: one filing, the same receipt`() async throws {
        let town = try await Town()
        let person = town.person()
        let (path, page) = try await person.open("/formulare/zavada/vyplnit")
        var answer = try await person.send(page, Self.fault + [("misto.cast", "88650")])
        #expect(answer.status == .unprocessableContent)
        answer = try await person.send(answer.body, [("upresneni", "u čp. 5")])
        #expect(answer.status == .seeOther)
        let review = try await person.open(answer.headers[.location] ?? "").page
        #expect(review.contains("Ještě nic neodešlo") && review.contains("u čp. 5"))
        let receipt = try await person.handIn(review).headers[.location]
        #expect(receipt?.hasPrefix("/podani/") == true)
        #expect(try await person.handIn(review).headers[.location] == receipt)
        #expect(try await person.get(path).headers[.location] == receipt)
        #expect(try await person.send(page, [("predmet", "jiný")]).headers[.location] == receipt)
        #expect(town.counter.filings.count == 1)
        let filing = try #require(town.counter.filings.first)
        let filled = String(decoding: filing.filledForm, as: UTF8.self)
        #expect(filled.contains("Nesvítí lampa") && filled.contains("<header>\n<p>Úřad obce prvni</p>"))
        #expect(filled.contains("podáno na stránkách: "))
        #expect(filing.places.values.map(\.municipality) == ["514161"])
        // The draft forgot what was typed, and nobody but this browser can read where the receipt is.
        let owner = try await town.cell.owner()
        let rows = try await owner.rows(
            "select answers, receipt from region.form_drafts where receipt is not null"
        ) { row -> [String] in [try row["answers"], try row["receipt"]] }
        #expect(!rows.isEmpty && rows.allSatisfy { $0[0] == "{}" && !$0[1].contains("podani") })
    }

    @Test func `a draft belongs to one browser on one office's host`() async throws {
        let town = try await Town()
        let person = town.person()
        let (path, page) = try await person.open("/formulare/zavada/vyplnit")
        _ = try await person.send(page, [("predmet", "Tajné")], act: "ulozit")
        #expect(try await person.get(path).body.contains("Tajné"))
        let stranger = town.person()
        #expect(try await stranger.get(path).body.contains("Tajné") == false)
        // The same browser, with the same cookie, at another office.
        var elsewhere = town.person(at: "druha")
        elsewhere.nonce = person.nonce
        #expect(try await elsewhere.get(path).body.contains("Tajné") == false)
        // A stranger who guessed the key cannot write over it either.
        let other = try await stranger.get(path).body
        #expect(try await stranger.send(other, [("predmet", "cizí")], act: "ulozit").status == .conflict)
        #expect(try await person.get(path).body.contains("Tajné"))
        #expect(try await person.get("/formulare/zavada").body.contains("rozepsaný formulář"))
        #expect(try await stranger.get("/formulare/zavada").body.contains("rozepsaný formulář") == false)
    }

    @Test func `files: kept, refused by content, removed, too large without losing anything`() async throws {
        let town = try await Town()
        let person = town.person()
        let (path, page) = try await person.open("/formulare/obecne-podani/vyplnit")
        let field = try #require(page.firstMatch(of: /<input type="file" id="([^"]+)"/)?.1)
        let pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
        var answer = try await person.send(
            page,
            [("predmet", "Prosba")],
            act: "ulozit",
            files: [.init(field: String(field), name: "C:\\x\\žádost.pdf", text: pdf)]
        )
        #expect(answer.status == .seeOther, "\(answer.body.prefix(2000))")
        var shown = try await person.get(path).body
        #expect(shown.contains("dost.pdf") && shown.contains("value=\"Prosba\""))
        // A program in a document's clothes.
        answer = try await person.send(
            shown,
            [("predmet", "Prosba 2")],
            files: [.init(field: String(field), name: "faktura.pdf", text: "MZ\u{0}\u{1}" + pdf)]
        )
        #expect(answer.status == .unprocessableContent)
        // Named with the reason at its question, beside whatever else is wrong.
        #expect(
            answer.body.contains(
                "<a href=\"#\(field)\">Soubor „faktura.pdf“ jsme nepřidali. Soubor je program"
            )
        )
        #expect(answer.body.contains("id=\"\(field)-e\">Soubor „faktura.pdf“ jsme nepřidali."))
        #expect(answer.body.contains("<a href=\"#osoba\">"))
        #expect(answer.body.contains("value=\"Prosba 2\""))
        // 21 MB: more than one file may have.
        answer = try await person.send(
            shown,
            [("predmet", "Prosba 3")],
            files: [
                .init(
                    field: String(field),
                    name: "v.pdf",
                    text: pdf + String(repeating: "a", count: 21_000_000)
                )
            ]
        )
        #expect(answer.status == .unprocessableContent && answer.body.contains("value=\"Prosba 3\""))
        #expect(
            answer.body.contains(
                "id=\"\(field)-e\">Soubor „v.pdf“ jsme nepřidali. Soubor je větší než 20 MB."
            )
        )
        shown = try await person.get(path).body
        #expect(shown.contains("value=\"Prosba 3\""))
        let key = try #require(shown.firstMatch(of: /name="_remove" value="([a-z0-9-]+:[0-9a-f]{64})"/)?.1)
        _ = try await person.send(shown, [("_remove", String(key))])
        #expect(try await person.get(path).body.contains("dost.pdf") == false)
    }

    @Test func `the database restarts meanwhile: the page keeps what was typed, and takes it later`()
        async throws
    {
        let doorway = try await Doorway()
        let town = try await Town(through: doorway.database)
        let person = town.person()
        let (path, page) = try await person.open("/formulare/zavada/vyplnit?zpusob=kroky")
        try await doorway.close()
        var answer = try await person.send(page, [("predmet", "Nesvítí lampa u čp. 5")])
        #expect(answer.status == .serviceUnavailable, "\(answer.status)")
        #expect(answer.body.contains("Nesvítí lampa u čp. 5") && answer.body.contains("nezavírejte"))
        let quiet = try await person.send(page, [("predmet", "x")], act: "samo")
        #expect(quiet.status == .serviceUnavailable)
        try doorway.open()
        answer = try await person.send(answer.body, act: "ulozit")
        #expect(answer.status == .seeOther)
        #expect(try await person.get(path).body.contains("Nesvítí lampa u čp. 5"))
        #expect(try await person.send(page, [("predmet", "x")], act: "samo").status == .noContent)
    }

    @Test func `5 000 fields and an upload of 2 GB are refused`() async throws {
        let town = try await Town()
        let person = town.person()
        let (_, page) = try await person.open("/formulare/zavada/vyplnit")
        _ = try await person.send(page, [("predmet", "Nesvítí lampa")], act: "ulozit")
        let many = (0..<5_000).map { ("p\($0)", "1") }
        #expect(try await person.send(page, many).status == .contentTooLarge)
        let action = try #require(page.firstMatch(of: /method="post" action="([^"]*vyplnit[^"]*)"/)?.1)
        let token = try #require(page.firstMatch(of: /name="_token" value="([^"]+)"/)?.1)
        let answer = try await person.post(
            plain(String(action)),
            "--B\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n\(token)\r\n--B\r\n",
            type: "multipart/form-data; boundary=B",
            headers: [.contentLength: "2000000000"]
        )
        #expect(answer.status == .contentTooLarge)
        // The limit, and the form with what was kept of it.
        #expect(answer.body.contains("nejvýše může jít o 100\u{A0}MB"))
        #expect(answer.body.contains("vrátíte zpět"))
        #expect(answer.body.contains("value=\"Nesvítí lampa\""))
    }
}
