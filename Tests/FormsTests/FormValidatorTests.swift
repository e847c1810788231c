import Files
import Foundation
import Office
import Sealing
import Testing

@testable import Forms

@Suite struct `Validator` {
    @Test(arguments: [
        (#""integer":{"from":1,"to":20}"#, "1", true), (#""integer":{"from":1,"to":20}"#, "20", true),
        (#""integer":{"from":1,"to":20}"#, "0", false), (#""integer":{"from":1,"to":20}"#, "21", false),
        (#""integer":{}"#, "1,5", false), (#""integer":{}"#, "1 000", true), (#""integer":{}"#, "−5", true),
        (#""decimal":{"to":10}"#, "10,00", true), (#""decimal":{"to":10}"#, "10,01", false),
        (#""decimal":{}"#, "1,234", false), (#""decimal":{"decimals":3}"#, "1.234", true),
        (#""date":{"latest":{"days":0}}"#, "2026-11-23", true),
        (#""date":{"latest":{"days":0}}"#, "24. 11. 2026", false),
        (#""date":{"earliest":{"years":-1}}"#, "23.11.2025", true),
        (#""date":{"earliest":{"years":-1}}"#, "22.11.2025", false), (#""date":{}"#, "30. 2. 2026", false),
        (#""text":{"longest":3}"#, "žlu", true), (#""text":{"longest":3}"#, "žluť", false),
        (#""text":{"shortest":3}"#, "abc", true), (#""text":{"shortest":3}"#, "ab", false),
        (#""choice":{"options":[{"value":"a","label":"A"},{"value":"b","label":"B"}]}"#, "b", true),
        (#""choice":{"options":[{"value":"a","label":"A"},{"value":"b","label":"B"}]}"#, "c", false),
    ])
    func `holds each bound to the last value that suffices`(kind: String, value: String, isGood: Bool) throws
    {
        let form = try Bench.form(fields: #"{"name":"x","label":"Údaj",\#(kind)}"#)
        #expect(try Bench.faults(form, [("x", value)]).isEmpty == isGood)
    }

    @Test(arguments: [
        (FormFormat.email, "Jana.Novakova@Obec.CZ", "Jana.Novakova@obec.cz"), (.email, "jana@obec", ""),
        (.email, "jana novakova@obec.cz", ""), (.email, "jana@obec..cz", ""), (.email, "jána@obec.cz", ""),
        (.phone, "777 123 456", "+420777123456"), (.phone, "+420 777 123 456", "+420777123456"),
        (.phone, "00420777123456", "+420777123456"), (.phone, "+49 30 1234567", "+49301234567"),
        (.phone, "77712345", ""), (.phone, "telefon", ""), (.postcode, "471 62", "47162"),
        (.postcode, "871 62", ""),
        (.companyNumber, "00262978", "00262978"), (.companyNumber, "262978", "00262978"),
        (.companyNumber, "00262979", ""), (.companyNumber, "0", ""),
        (.birthNumber, "736028/5163", "736028/5163"),
        (.birthNumber, "7360285163", "736028/5163"), (.birthNumber, "736028/5164", ""),
        (.birthNumber, "531231123", "531231/123"), (.birthNumber, "701331/123", ""),
        (.bankAccount, "19-2000145399/0800", "19-2000145399/0800"),
        (.bankAccount, "2000145399/0800", "2000145399/0800"),
        (.bankAccount, "2000145398/0800", ""), (.bankAccount, "2000145399", ""),
        (.dataBox, "ABC2DE3", "abc2de3"),
        (.dataBox, "abc2de", ""), (.parcel, "st.45", "st. 45"), (.parcel, "112 / 3", "112/3"),
        (.parcel, "0/3", ""),
        (.chip, "203 098 100 123 456", "203098100123456"), (.chip, "20309810012345", ""),
    ])
    func `named formats`(format: FormFormat, text: String, normal: String) {
        #expect(format.normal(text) ?? "" == normal)
    }

    @Test func `every fault names its input and says what to do`() throws {
        let faults = try Bench.faults(
            Bench.form("pes-ohlaseni"),
            [("osoba", "FO"), ("ukon", "vznik"), ("email", "x")]
        )
        let byName = Dictionary(grouping: faults, by: \.name).mapValues { $0[0].czech }
        #expect(byName["jmeno-psa"] == "Napište jméno psa.")
        #expect(byName["pobyt.obec"] == "Vyberte obec v části „Adresa, kde jste přihlášeni“.")
        #expect(byName["narozeni"] == "Vyplňte datum narození.")
        #expect(byName["email"]?.hasPrefix("Opravte e-mail") == true)
        #expect(byName["nazev"] == nil)
        #expect(faults.allSatisfy { $0.czech.hasSuffix(".") })
    }

    @Test func `answers of hidden and unknown fields are dropped`() throws {
        let valid = try Bench.valid(
            Bench.form("zavada"),
            [
                ("druh", "osvetleni"), ("predmet", "Nesvítí lampa"), ("misto.obec", "514161"),
                ("misto.cast", "88650"),
                ("upresneni", "u čp. 5"), ("neznamy", "x"), ("_csrf", "y"),
            ]
        )
        #expect(valid.values["neznamy"] == nil && valid.values["_csrf"] == nil)
        let form = try Bench.form(
            fields: #"""
                {"name":"a1","label":"A","choice":{"options":[{"value":"1","label":"J"},{"value":"2","label":"D"}]}},
                {"name":"b1","label":"B","text":{},"visibleWhen":{"field":"a1","equals":"1"}},
                {"name":"c1","label":"C","text":{},"required":true,"visibleWhen":{"field":"b1","isFilled":true}}
                """#
        )
        // `b1` is hidden, so what hangs on it is hidden too, whatever was sent.
        #expect(try Bench.valid(form, [("a1", "2"), ("b1", "x"), ("c1", "y")]).values == ["a1": ["2"]])
        #expect(try Bench.faults(form, [("a1", "1"), ("b1", "x")]).map(\.name) == ["c1"])
    }

    @Test func `a place is understood by code, by name and by postcode`() throws {
        let form = try Bench.form(
            fields:
                #"{"name":"m","label":"Místo","place":{"address":false,"elsewhere":true,"criterion":"realEstate"}}"#
        )
        func judged(_ pairs: [(String, String)]) throws -> String {
            let found = try Bench.faults(form, pairs)
            if let fault = found.first { return "\(fault.name): \(fault.czech)" }
            return try Bench.valid(form, pairs).sections[0].blocks[0].lines[0].text
        }
        #expect(try judged([("m.obec", "514161"), ("m.cast", "88650")]) == "Týn, 472 01 Luka")
        #expect(try judged([("m.obec", "luka"), ("m.cast", "tyn")]) == "Týn, 472 01 Luka")
        #expect(try judged([("m.psc", "468 04")]) == "Proseč nad Nisou, 468 04 Jablonec nad Nisou")
        #expect(try judged([("m.obec", "Pěnčín"), ("m.psc", "463 45")]) == "463 45 Pěnčín (okres Liberec)")
        #expect(try judged([("m.obec", "Pěnčín (okres Liberec)")]) == "463 45 Pěnčín (okres Liberec)")
        #expect(try judged([("m.obec", "Pencin")]).contains("více. Napište jednu z nich"))
        #expect(try judged([("m.obec", "Luka")]) == "m.cast: Vyberte část obce Luka v části „Místo“.")
        #expect(
            try judged([("m.obec", "Luka"), ("m.cast", "Proseč")]).hasPrefix("m.cast: Vyberte část obce Luka")
        )
        #expect(try judged([("m.obec", "Brno")]).hasPrefix("m.obec: Obec „Brno“ v kraji neznáme."))
        #expect(try judged([("m.psc", "100 00")]).hasPrefix("m.obec: Vyberte obec"))
        #expect(try judged([("m.jinde", "Dlouhá 5, 602 00 Brno")]) == "Dlouhá 5, 602 00 Brno")
        let valid = try Bench.valid(form, [("m.obec", "Luka"), ("m.cast", "Luka")])
        #expect(valid.placesByCriterion[.realEstate]?.municipality == "514161")
        #expect(valid.placesByCriterion[.realEstate]?.part == "88641")
    }

    @Test func `rows lose their gaps, empty ones vanish, faults keep the numbers of the page`() throws {
        let form = try Bench.form(
            fields: #"""
                {"name":"r","label":"Řádky","required":true,"group":{"rowTitle":"Řádek","rowsMin":1,"rowsMax":2,"fields":[
                {"name":"a","label":"A","text":{},"required":true},{"name":"b","label":"B","integer":{}}]}}
                """#
        )
        let valid = try Bench.valid(
            form,
            [("r.3.a", "tři"), ("r.3.b", "3"), ("r.0.a", ""), ("r.7.a", "sedm")]
        )
        #expect(
            valid.values["r.0.a"] == ["tři"] && valid.values["r.1.a"] == ["sedm"]
                && valid.values["r"] == ["2"]
        )
        #expect(valid.sections[0].blocks.map(\.heading) == ["Řádek 1", "Řádek 2"])
        #expect(try Bench.faults(form, [("r.3.b", "3")]).map(\.name) == ["r.3.a"])
        #expect(try Bench.faults(form, []).map(\.name) == ["r"])
        #expect(
            try Bench.faults(form, [("r.1.a", "1"), ("r.2.a", "2"), ("r.3.a", "3")]).map(\.name) == ["r"]
        )
    }

    @Test func `files are held to count, size and kind`() throws {
        let form = try Bench.form(
            fields: #"""
                {"name":"p","label":"Přílohy","required":true,
                "files":{"countMax":2,"bytesMax":1000,"accept":["pdf"]}}
                """#
        )
        func faults(_ files: [StagedFile]) throws -> Bool {
            if case .faults = try Bench.validator(form).judge(FormAnswers(), files: files) {
                true
            } else {
                false
            }
        }
        let good = StagedFile(
            field: "p",
            name: "a.pdf",
            bytes: 1000,
            type: .pdf,
            digest: Digest(of: "a")
        )
        let big = StagedFile(
            field: "p",
            name: "b.pdf",
            bytes: 1001,
            type: .pdf,
            digest: Digest(of: "b")
        )
        let odd = StagedFile(
            field: "p",
            name: "c.exe",
            bytes: 1,
            type: .program,
            digest: Digest(of: "c")
        )
        #expect(try faults([]) && faults([big]) && faults([odd]) && faults([good, good, good]))
        #expect(try !faults([good, good]))
    }
}

@Suite struct `Filled forms` {
    @Test func `a dog is announced`() throws {
        let valid = try Bench.valid(
            Bench.form("pes-ohlaseni"),
            Bench.person + [
                ("ukon", "vznik"), ("jmeno-psa", "Rek"), ("plemeno", "kříženec"),
                ("narozeni-psa", "1. 5. 2026"),
                ("od", "2026-11-01"), ("dalsi", "prvni"), ("nad65", "ne"), ("nazev", "nemá tu být"),
            ]
        )
        #expect(valid.meanings[.givenName] == "Jana")
        #expect(valid.meanings[.birthDate] == "1970-03-31")
        #expect(valid.meanings[.residence] == "č. p. 12, Týn, 472 01 Luka")
        #expect(valid.placesByCriterion[.residence]?.part == "88650")
        #expect(valid.values["nazev"] == nil)
    }

    static let dog: [(String, String)] = [
        ("osoba", "FO"), ("jmeno", "Jana"), ("prijmeni", "Nováková"), ("pobyt.obec", "Luka"),
        ("pobyt.cast", "Týn"), ("pobyt.ulice", "č. p. 12"), ("jmeno-psa", "Rek"), ("plemeno", "kříženec"),
        ("dalsi", "prvni"), ("duvod-zaniku", "uhyn"),
    ]

    /// Today is 23 November 2026: the claim is refused where the age cannot be reached this year.
    @Test(arguments: [
        ("2020-05-01", "ano", false), ("1980-01-01", "ano", false), ("1962-01-01", "ano", false),
        ("1961-12-31", "ano", true), ("1940-02-29", "ano", true), ("1980-01-01", "ne", true),
        ("1961-12-31", "ne", true), ("1961-01-01", "ne", true), ("1960-12-31", "ne", false),
        ("1940-01-01", "ne", false),
    ])
    func `an age that cannot be is refused, and no other`(born: String, claim: String, isGood: Bool) throws {
        let faults = try Bench.faults(
            Bench.form("pes-ohlaseni"),
            Self.dog + [
                ("ukon", "vznik"), ("narozeni", born), ("nad65", claim), ("narozeni-psa", "2026-01-01"),
                ("od", "2026-01-01"),
            ]
        )
        #expect(faults.map(\.name) == (isGood ? [] : ["nad65"]))
    }

    @Test(arguments: [
        ("vznik", "od", "2020-01-01", false), ("vznik", "od", "2025-12-31", false),
        ("vznik", "od", "2026-01-01", true), ("zanik", "do", "2025-12-31", false),
        ("zanik", "do", "2026-02-01", true),
    ])
    func `nobody has a dog before it is born`(act: String, name: String, day: String, isGood: Bool) throws {
        let faults = try Bench.faults(
            Bench.form("pes-ohlaseni"),
            Self.dog + [
                ("ukon", act), ("narozeni", "1970-01-01"), ("nad65", "ne"), ("narozeni-psa", "1. 1. 2026"),
                (name, day),
            ]
        )
        #expect(faults.map(\.name) == (isGood ? [] : [name]))
        #expect(isGood || faults[0].czech.contains("Datum narození psa"))
    }

    @Test(arguments: [("31. 2. 2026", "31.\u{A0}2.\u{A0}2026"), ("31042026", "31.\u{A0}4.\u{A0}2026")])
    func `a day that is none is named`(text: String, day: String) throws {
        #expect(Day.impossible(text) == day)
        #expect(Day.impossible("28. 2. 2026") == nil && Day.impossible("zítra") == nil)
        let form = try Bench.form(fields: #"{"name":"x","label":"Den","date":{}}"#)
        #expect(
            try Bench.faults(form, [("x", text)]).map(\.czech) == ["Opravte „Den“: takový den není (\(day))."]
        )
    }

    /// One letter carrying thousands of marks is measured by its scalars.
    @Test func `a text is as long as its scalars`() throws {
        let form = try Bench.form(fields: #"{"name":"x","label":"Text","text":{"longest":100}}"#)
        #expect(try Bench.faults(form, [("x", String(repeating: "ž", count: 100))]) == [])
        let marked = "x" + String(repeating: "\u{30C}", count: 100)
        let said = try Bench.faults(form, [("x", marked)]).map(\.czech)
        #expect(said == ["Zkraťte text „Text“ na nejvýše 100 znaků; má jich 101."])
    }

    @Test func `a tree asks for a drawing, the owner's consent and its girth`() throws {
        let form = try Bench.form("kaceni-drevin")
        let pairs =
            Bench.person + [
                ("misto.obec", "Luka"), ("misto.cast", "Luka"), ("katastr", "Luka"),
                ("parcely.0.parcela", "112/3"),
                ("umisteni", "U plotu"), ("titul", "uzivatel"), ("co", "stromy"), ("stromy.0.druh", "bříza"),
                ("stromy.0.pocet", "1"), ("stromy.0.obvod", "95"), ("duvod", "Suchá"), ("stavba", "ne"),
            ]
        #expect(try Bench.faults(form, pairs).map(\.name) == ["zakres", "souhlas", "opravneni"])
        let files = ["zakres", "souhlas", "opravneni"].map {
            StagedFile(
                field: $0,
                name: "\($0).pdf",
                bytes: 10,
                type: .pdf,
                digest: Digest(of: $0)
            )
        }
        let valid = try Bench.valid(form, pairs, files: files)
        #expect(valid.files.count == 3)
        let filled = FilledForm(office: "Obec Luka", definition: form, answers: valid)
        let html = String(decoding: filled.html, as: UTF8.self)
        #expect(html.contains("<dt>Obvod kmene ve výšce 130 cm</dt><dd>95 cm</dd>"))
        #expect(html.contains(Digest(of: "zakres").hex))
        #expect(html.contains("Podpis podatele"))
        // It is headed with the office that gets it; where it was filled in is said apart.
        #expect(!html.contains("podáno na stránkách"))
        let away = FilledForm(
            office: "Městský úřad Hejnice",
            handedInAt: "Obecní úřad Dětřichov",
            definition: form,
            answers: valid
        )
        let told = String(decoding: away.html, as: UTF8.self)
        #expect(told.contains("<header>\n<p>Městský úřad Hejnice</p>"))
        #expect(told.contains("; podáno na stránkách: Obecní úřad Dětřichov</p>"))
    }

    @Test func `a fault is reported without a name`() throws {
        let valid = try Bench.valid(
            Bench.form("zavada"),
            [
                ("druh", "osvetleni"), ("predmet", "Nesvítí <lampa>"), ("misto.obec", "Luka"),
                ("misto.cast", "Týn"),
                ("upresneni", "u čp. 5"),
            ]
        )
        #expect(valid.meanings == [.subject: "Nesvítí <lampa>"])
        let filled = FilledForm(office: "Obec Luka", definition: try Bench.form("zavada"), answers: valid)
        #expect(String(decoding: filled.html, as: UTF8.self).contains("Nesvítí &lt;lampa&gt;"))
        #expect(!String(decoding: filled.html, as: UTF8.self).contains("Podpis podatele"))
        #expect(
            filled.digest
                == FilledForm(office: "Obec Luka", definition: filled.definition, answers: valid).digest
        )
    }

    @Test func `information is asked for by a company and answered by data box`() throws {
        let pairs = [
            ("osoba", "PO"), ("nazev", "Spolek Luka"), ("ico", "00262978"),
            ("sidlo.jinde", "Dlouhá 5, 602 00 Brno"),
            ("predmet", "Oprava kapličky"), ("obsah", "Kolik stála?"), ("zpusob", "schranka"),
        ]
        let form = try Bench.form("informace-106")
        #expect(try Bench.faults(form, pairs).map(\.name) == ["schranka"])
        let valid = try Bench.valid(form, pairs + [("schranka", "ABC2DE3")])
        #expect(valid.meanings[.dataBox] == "abc2de3")
        #expect(valid.meanings[.seat] == "Dlouhá 5, 602 00 Brno")
    }

    /// Whatever is answered, the judge ends, names only inputs of the form, and what it passes it passes again.
    @Test(arguments: Bench.codes)
    func `fuzz: the judge stands any answers`(code: String) throws {
        let form = try Bench.form(code)
        let validator = try Bench.validator(form)
        var random = SeededRandom(seed: UInt64(code.utf8.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF_FFFF }))
        let words = [
            "", "FO", "PO", "PFO", "ano", "Luka", "514161", "88650", "1", "-3", "2026-11-23", "a@b.cz", "žšč",
            "0",
        ]
        var names = form.allFields.map(\.name)
        names += names.flatMap { ["\($0).obec", "\($0).cast", "\($0).ulice", "\($0).psc", "\($0).jinde"] }
        for case .group(let group) in form.allFields.map(\.kind) {
            for field in form.allFields where field.kind == .group(group) {
                names += group.fields.flatMap {
                    ["\(field.name).0.\($0.name)", "\(field.name).9999.\($0.name)"]
                }
            }
        }
        let options = form.allFields.flatMap { field -> [String] in
            switch field.kind {
            case .choice(let rule), .choices(let rule): rule.options.map(\.value)
            default: []
            }
        }
        for _ in 0..<400 {
            var answers = FormAnswers()
            for name in names where Bool.random(using: &random) {
                guard let value = (words + options).randomElement(using: &random) else { continue }
                try answers.add(name, value)
            }
            switch validator.judge(answers, files: []) {
            case .valid(let valid):
                var again = FormAnswers()
                for (name, list) in valid.values { again.set(name, list) }
                guard case .valid(let second) = validator.judge(again, files: []) else {
                    Issue.record("a valid form must stay valid")
                    continue
                }
                #expect(second.values == valid.values)
            case .faults(let faults):
                let roots = Set(form.allFields.map(\.name))
                #expect(
                    faults.allSatisfy {
                        roots.contains(String($0.name.prefix { $0 != "." })) && !$0.czech.isEmpty
                    }
                )
            }
        }
    }

    @Test(arguments: [
        "1961-04-12", "12. 4. 1961", "12.4.1961", "12/4/1961", "12-4-1961", "12 4 1961", "12041961",
        " 12. 04. 1961 ",
        "12.\u{A0}4.\u{A0}1961",
    ])
    func `a day is read as people write it`(text: String) {
        #expect(Day(czechOrISO: text) == Day(year: 1961, month: 4, day: 12))
    }

    @Test(arguments: [
        "31. 2. 1961", "12. 4. 61", "12. 4.", "1204196", "120419611", "4. duben 1961", "", "12.4.1961.1",
    ])
    func `what is no day is refused`(text: String) {
        #expect(Day(czechOrISO: text) == nil)
    }
}
