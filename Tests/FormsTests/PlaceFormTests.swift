import Office
import Testing

@testable import Forms

/// Which place decides, and what a place is told.
@Suite struct `Places in forms` {
    /// § 10e of act 565/1990: a registered person owes it where registered, the owner of an empty house where it lies.
    @Test func `a waste fee follows its reason, and an address elsewhere is no obstacle`() throws {
        let form = try Bench.form("odpad-ohlaseni")
        let who: [(String, String)] = [
            ("jmeno", "Jana"), ("prijmeni", "Nováková"), ("narozeni", "1970-03-31"), ("den", "2026-11-01"),
        ]
        let luka: [(String, String)] = [
            ("pobyt.obec", "Luka"), ("pobyt.cast", "Týn"), ("pobyt.ulice", "č. p. 12"),
        ]
        let prague = [("pobyt.jinde", "Praha 1, Dlouhá 5")]
        let cottage: [(String, String)] = [
            ("osoba", "FO"), ("misto.obec", "564303"), ("misto.ulice", "č. e. 7"), ("druh", "rekreace"),
        ]
        func places(_ act: String, _ reason: String, _ rest: [(String, String)]) throws
            -> [TerritorialCriterion: String?]
        {
            try Bench.valid(form, who + [("ukon", act), ("duvod", reason)] + rest).placesByCriterion
                .mapValues(\.municipality)
        }
        for home in [luka, prague] {
            #expect(try places("vznik", "nemovitost", home + cottage) == [.realEstate: "564303"])
            #expect(
                try places("zanik", "prihlaseni", home + [("dosavadni-obec.obec", "564303")])
                    == [.residence: "564303"]
            )
        }
        #expect(try places("vznik", "prihlaseni", luka) == [.residence: "514161"])
        let abroad = who + [("ukon", "vznik"), ("duvod", "prihlaseni")] + prague
        #expect(try Bench.faults(form, abroad).map(\.name) == ["pobyt.obec", "pobyt.ulice"], "all at once")
        let company = try Bench.valid(
            form,
            [
                ("ukon", "vznik"), ("duvod", "nemovitost"), ("den", "2026-11-01"), ("osoba", "PO"),
                ("nazev", "Chaty s. r. o."), ("ico", "70891508"), ("sidlo.jinde", "Praha 1, Dlouhá 5"),
                ("zastupce", "Jana Nováková"),
            ] + cottage.dropFirst()
        )
        #expect(company.placesByCriterion.mapValues(\.municipality) == [.realEstate: "564303"])
    }

    /// § 2 of act 565/1990: the fee was owed where the holder lived then, so it ends there.
    @Test func `whoever moved away ends the dog's fee where it was owed`() throws {
        let form = try Bench.form("pes-ohlaseni")
        let dog: [(String, String)] = [
            ("ukon", "zanik"), ("jmeno-psa", "Rek"), ("plemeno", "kříženec"), ("do", "2026-11-01"),
        ]
        let moved = dog + [("duvod-zaniku", "odstehovani")]
        let asked = try Bench.faults(form, moved + Bench.person)
        #expect(asked.map(\.name) == ["dosavadni-obec.obec"])
        let person = Bench.person.filter { !$0.0.hasPrefix("pobyt") }
        let former = [("dosavadni-obec.obec", "564303")]
        for home in [[("pobyt.jinde", "Praha 1, Dlouhá 5")], Bench.person.filter { $0.0.hasPrefix("pobyt") }]
        {
            let valid = try Bench.valid(form, moved + person + home + former)
            #expect(valid.placesByCriterion.mapValues(\.municipality) == [.residence: "564303"])
        }
        let died = try Bench.valid(form, dog + [("duvod-zaniku", "uhyn")] + Bench.person)
        #expect(died.placesByCriterion[.residence]?.municipality == "514161")
        let company = try Bench.valid(
            form,
            moved + [
                ("osoba", "PO"), ("nazev", "Spolek"), ("ico", "70891508"),
                ("sidlo.jinde", "Praha 1, Dlouhá 5"),
                ("zastupce", "Jana Nováková"), ("dosavadni-sidlo.obec", "564303"),
            ]
        )
        #expect(company.placesByCriterion.mapValues(\.municipality) == [.seat: "564303"])
    }

    @Test func `a postcode of elsewhere is told, and no code of a part is`() throws {
        let form = try Bench.form("zavada")
        func faults(_ place: [(String, String)]) throws -> [FieldFault] {
            try Bench.faults(
                form,
                [("druh", "osvetleni"), ("predmet", "Nesvítí lampa"), ("upresneni", "u čp. 5")] + place
            )
        }
        let right = [("misto.obec", "Luka"), ("misto.cast", "88650")]
        for postcode in ["", "472 01", "999 99"] {
            #expect(try faults(right + [("misto.psc", postcode)]).isEmpty)
        }
        let wrong = try faults(right + [("misto.psc", "463 45")])
        #expect(wrong.map(\.name) == ["misto.psc"] && wrong[0].czech.contains("Pěnčín (okres Liberec)"))
        let left = try faults([("misto.obec", "Luka"), ("misto.cast", "55555")])
        #expect(left.map(\.czech) == ["Vyberte část obce Luka; část „Proseč nad Nisou“ nemá."])
        let unknown = try faults([("misto.obec", "Luka"), ("misto.cast", "408387")])
        #expect(unknown.map(\.czech) == ["Vyberte část obce Luka."])
    }
}
