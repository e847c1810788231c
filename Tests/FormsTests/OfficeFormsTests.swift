import Database
import Files
import Foundation
import HTTPTypes
import Office
import Records
import Sealing
import Support
import Testing

@testable import Forms

@Suite struct `Forms of an office` {
    @Test func `the front page and the list show what is offered`() async throws {
        let town = try await Town()
        let person = town.person()
        let front = try await person.get("/").body
        #expect(front.contains("Ohlášení k místnímu poplatku ze psů") && front.contains("po 8–17"))
        #expect(!front.contains("<dt>Telefon</dt>") && !front.contains("mailto:"))
        #expect(try await person.get("/formulare").body.contains("Ohlášení k místnímu poplatku ze psů"))
        let intro = try await person.get("/formulare/pes-ohlaseni").body
        for said in ["Vaše osobní údaje", "565/1990", "Jak dlouho je máme", "do pěti dnů potvrďte"] {
            #expect(intro.contains(said), "\(said)")
        }
        #expect(try await person.get("/formulare/neni").status == .notFound)
    }

    @Test func `the front page begins with what people need most and with what was posted`() async throws {
        let front = try await Town().person().get("/").body
        let fault = try #require(front.range(of: "/formulare/zavada"))
        let dog = try #require(front.range(of: "/formulare/pes-ohlaseni"))
        let tree = try #require(front.range(of: "/formulare/kaceni-drevin"))
        #expect(fault.lowerBound < dog.lowerBound && dog.lowerBound < tree.lowerBound)
        #expect(front.contains("action=\"/formulare\"") && front.contains("action=\"/sledovani\""))
        #expect(front.contains("pes-ohlaseni"))
    }

    @Test(arguments: [
        ("pes", "pes-ohlaseni"), ("PSA", "pes-ohlaseni"), ("popelnici", "odpad-ohlaseni"),
        ("strom", "kaceni-drevin"), ("stromu", "kaceni-drevin"), ("osvětlení", "zavada"),
        ("díra v silnici", "zavada"), ("silnici", "zavada"), ("výmol", "zavada"), ("psi", "pes-ohlaseni"),
        ("poplatek za psa", "pes-ohlaseni"), ("pejsek", "pes-ohlaseni"), ("pejska venčit", "pes-ohlaseni"),
    ])
    func `a form is found by the word people use`(word: String, code: String) async throws {
        let query = word.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let list = try await Town().person().get("/formulare?co=\(query)").body
        #expect(list.contains("href=\"/formulare/\(code)\""))
        #expect(!list.contains("href=\"/formulare/informace-106\""))
    }

    /// What the page itself gives as examples.
    @Test(arguments: ["/", "/formulare"])
    func `the page's own examples find a form`(path: String) async throws {
        let town = try await Town()
        let page = try await town.person().get(path).body
        let hint = try #require(page.firstMatch(of: /Například ([^<]*)\.<\/p>/)?.1)
        let examples = hint.replacing(" nebo ", with: ", ").split(separator: ", ").map(String.init)
        #expect(examples.count == 4)
        for example in examples {
            let query = example.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let list = try await town.person().get("/formulare?co=\(query)").body
            #expect(!list.contains("tu formulář není"), "\(example)")
        }
    }

    @Test func `what is not found leads on, and is not repeated as markup`() async throws {
        let list = try await Town().person().get("/formulare?co=%3Cb%3Ekoloto%C4%8D").body
        #expect(list.contains("tu formulář není") && list.contains("http://localhost/?q="))
        #expect(list.contains("href=\"/formulare/obecne-podani\"") && !list.contains("<b>kolo"))
    }

    @Test
    func `a matter without a form leads to the general submission, the counter and the competent office`()
        async throws
    {
        let town = try await Town()
        let list = try await town.person().get("/formulare?sluzba=rybarsky-listek").body
        #expect(list.contains("Na věc „rybarsky-listek“ tu elektronický formulář není"))
        #expect(list.contains("Vyřizuje to obecní úřad podle trvalého pobytu."))
        #expect(list.contains("href=\"http://localhost/sluzby/rybarsky-listek\""))
        #expect(list.contains("href=\"/formulare/obecne-podani\"") && list.contains("po 8–17"))
        let fault = try await town.person().get("/formulare?sluzba=zavada").body
        #expect(!fault.contains("elektronický formulář není") && fault.contains("/formulare/zavada"))
    }

    @Test func `the service page says who decides, how it is confirmed and how it is done on paper`()
        async throws
    {
        let town = try await Town()
        let intro = try await town.person().get("/formulare/pes-ohlaseni").body
        #expect(intro.contains("Vyřizuje to obecní úřad podle trvalého pobytu."))
        #expect(intro.contains("§ 71 odst. 3 daňového řádu") && !intro.contains("§ 37 odst. 4"))
        #expect(intro.contains("href=\"/formulare/pes-ohlaseni/tisk\"") && intro.contains("po 8–17"))
        let paper = try await town.person().get("/formulare/pes-ohlaseni/tisk").body
        #expect(
            paper.contains("Podpis podatele")
                && paper.contains("Jen když u otázky „Ohlašuji“ zvolíte „že mám psa“ nebo „změnu údajů“:")
                && paper.contains("Jen když zvolíte „Fyzická osoba“ nebo „Podnikající fyzická osoba“:")
        )
        let form = try Bench.form("pes-ohlaseni")
        for field in form.allFields {
            #expect(paper.contains("<strong>\(field.label)</strong>"), "\(field.label)")
        }
        let tree = try await town.person().get("/formulare/kaceni-drevin").body
        #expect(tree.contains("§ 37 odst. 4 správního řádu"))
    }

    @Test func `the head switches a form off at one office only`() async throws {
        let town = try await Town()
        let head = town.clerk()
        let settings = try await head.get("/nastaveni/formulare").body
        #expect(settings.contains("/nastaveni/formulare/zavada"))
        let preview = try await head.get("/nastaveni/formulare/zavada").body
        #expect(preview.contains("Náhled") && preview.contains("name=\"predmet\""))
        #expect(preview.contains("(platí)"))
        let token = try #require(preview.firstMatch(of: /name="_token" value="([^"]+)"/)?.1)
        let answer = try await head.post(
            "/nastaveni/formulare/zavada",
            "_token=\(token)&on=ne",
            type: "application/x-www-form-urlencoded"
        )
        #expect(answer.status == .seeOther)
        #expect(try await town.person().get("/formulare/zavada").status == .notFound)
        #expect(try await town.person(at: "druha").get("/formulare/zavada").status == .ok)
        #expect(try await town.person().get("/nastaveni/formulare").status == .seeOther)
        // The head of the first office is nobody at the second one.
        let elsewhere = Person(desk: town.desk, host: "druha.localhost", session: "head")
        #expect(try await elsewhere.get("/nastaveni/formulare").status == .notFound)
    }

    @Test
    func `a published version can be neither changed nor taken back, nor published under its number again`()
        async throws
    {
        let town = try await Town()
        let database = town.cell.database
        for statement in ["update", "delete"] {
            await #expect(throws: ServerError.self) {
                try await database.tenant(town.first, as: .system) { office in
                    if statement == "update" {
                        office.run("update tenant.form_versions set code = 'x'")
                    } else {
                        office.run("delete from tenant.form_versions")
                    }
                }
            }
        }
        let form = try TemplateForm(Bench.form("zavada"))
        await #expect(throws: ServerError.self) {
            try await database.tenant(town.first, as: .system) { office in
                // Bytes that are not what the digest says.
                office.run(
                    """
                    insert into tenant.form_versions (digest, code, version, definition)
                    values (\(form.digest.bytes), \("jiny"), \(1), \(Array("{}".utf8)))
                    """
                )
            }
        }
        let json = String(decoding: form.canonical, as: UTF8.self)
        func publish(_ text: String) async throws {
            let form = try TemplateForm(FormDefinition(reading: Array(text.utf8)))
            try await database.tenant(town.first, as: town.head.actor) { office in
                FormStore.publish(form, by: town.head, in: office)
            }
        }
        await #expect(throws: ServerError.self) {
            try await publish(json.replacing(form.title, with: "Jiný název"))
        }
        try await publish(
            json.replacing("\"version\":1", with: "\"version\":2").replacing(form.title, with: "Jiný název")
        )
        try await database.tenant(town.first, as: town.head.actor) { office in
            FormStore.set("zavada", on: true, by: town.head, in: office)
        }
        let lines = try await database.tenant(town.first, as: .system) { try await FormStore.lines(in: $0) }
        #expect(lines.first { $0.code == "zavada" }?.version == 2)
        let other = try await database.tenant(town.second, as: .system) { try await FormStore.lines(in: $0) }
        #expect(other.first { $0.code == "zavada" }?.version == 1)
        let versions = try await database.tenant(town.first, as: .system) { office in
            try await FormStore.versions(of: "zavada", in: office)
        }
        #expect(versions.map(\.version) == [2, 1] && versions.map(\.isOffered) == [true, false])
    }

    @Test func `JSON: definition, answers, the same receipt for the same key, a problem with each field`()
        async throws
    {
        let town = try await Town()
        let person = town.person()
        let list = try await person.get("/api/forms", accept: "application/json").body
        #expect(list.contains("\"code\":\"zavada\""))
        let definition = try await person.get("/api/forms/zavada", accept: "application/json")
        #expect(Digest(of: Array(definition.body.utf8)) == Digest(of: try Bench.form("zavada").canonical))
        let page = try await person.get("/formulare/zavada/vyplnit?navrh=\(DraftKey.issue().text)").body
        let token = try #require(page.firstMatch(of: /name="_token" value="([A-Za-z0-9_-]+)"/)?.1)
        let key = DraftKey.issue().text
        func send(_ json: String, key: String, type: String = "application/json") async throws
            -> Desk.Answer
        {
            try await person.post(
                "/api/forms/zavada",
                json,
                type: type,
                headers: [.accept: "application/json", .formToken: String(token), .idempotencyKey: key]
            )
        }
        let good =
            #"{"druh":"osvetleni","predmet":"Nesvítí","misto":{"obec":"514161","cast":"88650"},"upresneni":"u čp. 5"}"#
        let answer = try await send(good, key: key)
        #expect(answer.status == .accepted, "\(answer.body)")
        #expect(try await send(good, key: key).body == answer.body)
        #expect(try await send(good.replacing("Nesvítí", with: "Svítí"), key: key).status == .conflict)
        let plain = try await send(good, key: DraftKey.issue().text, type: "text/plain")
        #expect(plain.status == .unsupportedMediaType)
        #expect(try await send(good, key: "krátký").status == .unprocessableContent)
        let bad = try await send("{}", key: DraftKey.issue().text)
        #expect(bad.status == .unprocessableContent && bad.body.contains("\"druh\""))
        #expect(try await send("{", key: DraftKey.issue().text).status == .badRequest)
        #expect(town.counter.filings.count == 1)
    }

    @Test func `drafts are forgotten after two weeks`() async throws {
        let town = try await Town()
        let person = town.person()
        let (path, page) = try await person.open("/formulare/zavada/vyplnit")
        _ = try await person.send(page, [("predmet", "Stále tady")], act: "ulozit")
        let broom = DraftBroom(database: town.cell.database)
        try await broom.sweep(now: Date())
        #expect(try await person.get(path).body.contains("Stále tady"))
    }

    /// The collector of the region's files asks this before it takes an upload away.
    @Test func `a draft names its uploads and no others`() async throws {
        let cell = try await TestCell.shared()
        let (own, others) = (Digest(of: "\(UUID())"), Digest(of: "\(UUID())"))
        let file = StagedFile(field: "foto", name: "a.png", bytes: 1, type: .png, digest: own)
        let files = String(decoding: try JSONEncoder().encode([file]), as: UTF8.self)
        try await cell.owner().change(
            """
            insert into region.form_drafts (key, browser, host, form_code, form_digest, answers, files)
            values (\(RandomBytes.make(16)), \(own.bytes), 'luka', 'zavada', \(own.bytes), '{}', \(files))
            """
        )
        let named = try await cell.database.region { try await FormStore.named([others, own], in: $0) }
        #expect(named == [own])
    }
}
