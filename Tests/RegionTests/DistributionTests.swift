import Database
import Foundation
import Office
import Support
import Testing

@testable import Region

/// A service of the given level, as the catalogue would have it.
private func rule(
    _ code: String,
    _ level: CompetenceLevel,
    _ criteria: [TerritorialCriterion] = [],
    from day: String = "2006-01-01",
    exception: String = ""
) throws -> PublicService {
    PublicService(
        code: code,
        name: "Služba \(code)",
        level: level,
        criteria: criteria,
        regime: .administrative,
        confirmation: .none,
        law: "500/2004 § 11",
        term: "",
        fee: "0",
        note: "",
        exception: exception,
        isVerified: true,
        validFrom: try #require(Day(day))
    )
}

@Suite struct DistributionTests {
    private static let data: RegionData = {
        guard let data = try? RegionData(folder: TestCell.root.appending(path: "RegionData")) else {
            preconditionFailure("RegionData cannot be read")
        }
        return data
    }()

    private static let register = Self.register(data.services)

    private static func register(
        _ services: [PublicService],
        offices: [RegisteredOffice] = data.offices
    ) -> Register {
        Register(
            offices: offices,
            parts: data.parts,
            services: services,
            rooms: [:],
            applied: [],
            heads: [:]
        )
    }

    private func ask(
        _ service: String,
        _ places: [TerritorialCriterion: Place] = [:],
        chosen: String? = nil,
        on day: String = "2026-11-24",
        in register: Register = Self.register
    ) throws -> CompetenceFinding {
        try distribute(
            CompetenceQuestion(
                serviceCode: service,
                places: places,
                chosen: chosen.flatMap { TenantName($0) },
                day: try #require(Day(day))
            ),
            in: register
        )
    }

    /// What people read of the catalogue: sentences, and acts as acts are cited.
    @Test func theCatalogueIsReadable() throws {
        let data = try RegionData(folder: TestCell.root.appending(path: "RegionData"))
        for service in data.services {
            for text in [service.term, service.note, service.exception, service.change] {
                let bare = text.matches(of: /\d+\/\d{4}(?! Sb\.)/).map { String($0.0) }
                #expect(bare.isEmpty, "\(service.code): \(text)")
            }
            #expect(service.citation.hasPrefix("zákon č.\u{A0}"), "\(service.code): \(service.law)")
            let isSentence = service.note.first?.isUppercase != false && (service.note.last ?? ".") == "."
            #expect(isSentence, "\(service.code): \(service.note)")
        }
        let finding = try ask("pes-ohlaseni", [.residence: Place(municipality: "546631")])
        let told =
            "Službu „Ohlášení k místnímu poplatku ze psů“ upravuje zákon č. 565/1990 Sb., § 2 a 14a; "
            + "použili jsme pravidlo katalogu ke dni 24.\u{A0}11.\u{A0}2026."
        #expect(finding.explanation.first == told.unbroken)
        #expect(finding.service.facts.map(\.value).contains("zákon č. 565/1990 Sb., § 2 a 14a".unbroken))
    }

    @Test func everyMunicipalityIsCalledWhatItIs() throws {
        let offices = Self.register.offices
        func name(_ code: String) throws -> [String] {
            let office = try #require(offices.first { $0.code == code })
            return [office.body, office.authority, String(office.abbreviation.prefix(2))]
        }
        #expect(try name("546631") == ["Obec Bílý Potok", "Obecní úřad Bílý Potok", "OU"])
        #expect(try name("564028") == ["Město Frýdlant", "Městský úřad Frýdlant", "MU"])
        #expect(try name("78") == ["Liberecký kraj", "Krajský úřad Libereckého kraje", "KU"])
        let holany = try #require(offices.first { $0.name == "Holany" })
        #expect(try name(holany.code) == ["Městys Holany", "Úřad městyse Holany", "UM"])
        let liberec = try #require(offices.first { $0.name == "Liberec" })
        #expect(try name(liberec.code) == ["Statutární město Liberec", "Magistrát města Liberec", "MU"])
        // A town has its town's office also where it has no commissioned one.
        let ralsko = try #require(offices.first { $0.name == "Ralsko" })
        #expect(!ralsko.isPOU)
        #expect(try name(ralsko.code) == ["Město Ralsko", "Městský úřad Ralsko", "MU"])
        let counts = Dictionary(grouping: offices.filter { !$0.isRegion }, by: \.status).mapValues(\.count)
        #expect(counts == [.village: 172, .marketTown: 4, .town: 37, .statutoryCity: 2])
        #expect(
            offices.filter { $0.isORP || $0.isPOU }.allSatisfy {
                $0.status == .town || $0.status == .statutoryCity
            }
        )
    }

    @Test func theRegisterHoldsTheWholeRegion() {
        #expect(Self.register.offices.count == 216)
        #expect(Self.register.parts.count == 768)
        #expect(Set(Self.register.offices.map(\.slug)).count == 216)
        #expect(Self.register.offices.filter(\.isORP).count == 10)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let level: CompetenceLevel
        let criterion: TerritorialCriterion
        let place: String
        /// Nil: the region's desk decides.
        let office: String?
        var testDescription: String { "\(level) by \(criterion) in \(place)" }
    }

    /// Every level that hangs on a place, by every criterion: Bílý Potok (546631) lies in POÚ and ORP Frýdlant
    /// (564028), Luka (514161) in POÚ Doksy (561495) and ORP Česká Lípa (561380).
    private static let places: [(CompetenceLevel, String, String?)] = [
        (.municipality, "546631", "m_546631"), (.municipality, "564028", "m_564028"),
        (.pou, "546631", "m_564028"), (.pou, "514161", "m_561495"), (.orp, "514161", "m_561380"),
        (.orp, "561380", "m_561380"), (.registryOffice, "546631", nil), (.buildingOffice, "546631", nil),
        (.registryOffice, "564028", nil), (.buildingOffice, "564028", nil),
    ]

    private static let cases: [Case] = TerritorialCriterion.allCases.flatMap { criterion in
        places.map { Case(level: $0.0, criterion: criterion, place: $0.1, office: $0.2) }
    }

    @Test(arguments: cases)
    func aPlaceLeadsToItsOffice(_ one: Case) throws {
        let register = Self.register([try rule("zkouska", one.level, [one.criterion])])
        let finding = try ask("zkouska", [one.criterion: Place(municipality: one.place)], in: register)
        let wanted = one.office.flatMap { TenantName($0) }
        #expect(finding.outcome == wanted.map { .office($0) } ?? .undecidable)
        #expect((finding.officeName == nil) == (one.office == nil))
        let law = one.level == .registryOffice ? "zapisuje do matriky" : "§\u{a0}11"
        #expect(finding.explanation.contains { $0.contains(law) })
    }

    /// § 11(1) of act 500/2004: who asks decides which of the places counts.
    @Test func thePlaceThatWasGivenDecides() throws {
        let register = Self.register([
            try rule("zkouska", .municipality, [.residence, .placeOfBusiness, .seat])
        ])
        for (criterion, words) in [
            (TerritorialCriterion.residence, "trvalého pobytu"), (.placeOfBusiness, "místo podnikání"),
            (.seat, "sídlo"),
        ] {
            let finding = try ask("zkouska", [criterion: Place(municipality: "514161")], in: register)
            #expect(finding.outcome == .office(try #require(TenantName("m_514161"))))
            #expect(finding.explanation.contains { $0.contains(words) })
        }
        #expect(throws: CompetenceRefusal.placeNeeded) {
            try ask("zkouska", [.realEstate: Place(municipality: "514161")], in: register)
        }
    }

    /// § 10e of act 565/1990: the owner of an empty house owes it where the house lies; § 2: a dog's holder where they
    /// lived then.
    @Test(arguments: ["2015-03-01", "2026-11-24"])
    func aFeeGoesWhereItIsOwed(_ day: String) throws {
        let (residence, house) = (Place(municipality: "546607"), Place(municipality: "546631"))
        let both = try ask("odpad-ohlaseni", [.residence: residence, .realEstate: house], on: day)
        #expect(both.outcome == .office(try #require(TenantName("m_546631"))))
        #expect(both.explanation.contains { $0.contains("Rozhoduje místo nemovitosti (§\u{a0}13") })
        let registered = try ask("odpad-ohlaseni", [.residence: residence], on: day)
        #expect(registered.outcome == .office(try #require(TenantName("m_546607"))))
        let dog = try ask("pes-ohlaseni", [.residence: residence], on: day)
        #expect(dog.explanation.contains { $0.contains("trvalého pobytu v době poplatkové povinnosti") })
    }

    @Test func `a municipality looks after its own territory, without a proceeding`() throws {
        let lamp = try ask("zavada", [.placeOfActivity: Place(municipality: "564028")])
        let told = "Rozhoduje obec, na jejímž území to je (§ 35 zákona o obcích): Frýdlant.".unbroken
        #expect(lamp.explanation.contains(told))
        #expect(lamp.explanation.allSatisfy { !$0.contains("správního řádu") })
    }

    /// What follows where an office is not competent hangs on the regime.
    ///
    /// That nobody compared a rule is for the administrator to read.
    /// A dry run keeps the place when another service asks for another one.
    @Test func aTypedPlaceIsCarriedToAnotherService() throws {
        let catalogue = Self.register.catalogue
        let day = try #require(Day("2026-11-24"))
        func question(_ code: String, _ typed: [String: String]) throws -> CompetenceQuestion? {
            let service = try #require(catalogue.rule(of: code, on: day))
            return try Asked({ typed[$0] ?? "" }, service: service, day: day, isCarried: true)
                .question(in: Self.register)
        }
        let luka = Place(municipality: "514161")
        #expect(try question("rybarsky-listek", ["cinnost": "Luka"])?.places == [.residence: luka])
        #expect(try question("rybarsky-listek", ["urad": "Luka"])?.places == [.residence: luka])
        #expect(try question("ridicsky-prukaz", ["pobyt": "Luka"])?.chosen?.rawValue == "m_514161")
        // What it asks itself comes first.
        let own = ["pobyt": "Luka", "cinnost": "Frýdlant"]
        #expect(try question("rybarsky-listek", own)?.places == [.residence: luka])
        #expect(try question("rybarsky-listek", [:]) == nil)
        let before = try #require(Day("1999-01-01"))
        #expect(catalogue.inForce(on: before).isEmpty)
        let codes = Set(catalogue.newest(on: before).map(\.code))
        #expect(codes == Set(catalogue.inForce(on: day).map(\.code)))
    }

    @Test func theRegimeSaysWhatFollows() throws {
        let asked: [(String, String)] = [
            ("informace-106", "§ 14 odst. 5 písm. c) zákona č. 106/1999 Sb."),
            ("obecne-podani", "§ 12 správního řádu"),
            ("petice", "§ 12 správního řádu"),
        ]
        for (service, law) in asked {
            let told = try ask(service, chosen: "m_546631").explanation.joined(separator: " ")
            #expect(told.contains(law.unbroken), "\(service): \(told)")
            #expect(told.contains("§\u{a0}12") == law.hasPrefix("§ 12"))
        }
        #expect(Regime.tax.whenNotCompetent.contains("§ 75 daňového řádu"))
        let fee = try ask("pes-ohlaseni", [.residence: Place(municipality: "546631")])
        #expect(fee.explanation.allSatisfy { !$0.contains("správního") && !$0.contains("neporovnal") })
        #expect(Regime.allCases.filter { $0.arrivalLaw != nil } == [.administrative, .complaint, .building])
    }

    @Test func theExplanationNamesThePart() throws {
        let part = try #require(
            Self.data.parts.first { $0.tenant.rawValue == "m_564460" && $0.name == "Rašovka" }
        )
        let finding = try ask(
            "kaceni-drevin",
            [.realEstate: Place(municipality: "564460", part: part.code)]
        )
        #expect(finding.explanation.contains { $0.contains("Šimonovice, část Rašovka") })
    }

    /// What the register cannot tell is said, with what happens then.
    @Test func aSpecialCaseIsTold() throws {
        let finding = try ask("kaceni-drevin", [.realEstate: Place(municipality: "577456")])
        #expect(finding.explanation.last?.contains("Správa KRNAP") == true)
        #expect(finding.explanation.last?.contains("§\u{a0}12") == true)
        let plain = try ask("pes-ohlaseni", [.residence: Place(municipality: "577456")])
        #expect(plain.explanation.allSatisfy { !$0.contains("Zvláštní případ") })
    }

    @Test func aConfirmedOfficeDecides() throws {
        let offices = Self.data.offices.map {
            $0.code == "546631" ? $0.confirmed(registry: true, building: false) : $0
        }
        let register = Self.register(Self.data.services, offices: offices)
        let place = Place(municipality: "546631")
        #expect(
            try ask("matricni-doklad", [.placeOfActivity: place], in: register).outcome
                == .office(try #require(TenantName("m_546631")))
        )
        // That it has no building office does not say which office is competent.
        #expect(
            try ask("povoleni-zameru", [.realEstate: place], in: register).outcome == .undecidable
        )
    }

    @Test func aChosenOfficeIsTakenAsChosen() throws {
        let town = try #require(TenantName("m_564028"))
        #expect(try ask("obecne-podani", chosen: "m_564028").outcome == .office(town))
        #expect(try ask("ridicsky-prukaz", chosen: "m_546631").outcome == .office(town))
        #expect(try ask("kraj-dotace").outcome == .office(try #require(TenantName("k_78"))))
        for service in ["obecne-podani", "ridicsky-prukaz"] {
            #expect(throws: CompetenceRefusal.officeNeeded) { try ask(service) }
            #expect(throws: CompetenceRefusal.officeNeeded) { try ask(service, chosen: "m_999999") }
        }
        #expect(throws: CompetenceRefusal.officeNeeded) { try ask("ridicsky-prukaz", chosen: "k_78") }
    }

    /// The last day of a version and the first of the next.
    @Test(arguments: [
        ("2018-06-30", CompetenceLevel.orp), ("2018-07-01", .anyORP), ("2026-11-24", .anyORP),
        ("2006-01-01", .orp),
    ])
    func theVersionOfTheDayDecides(_ day: String, _ level: CompetenceLevel) throws {
        let finding = try ask(
            "ridicsky-prukaz",
            [.residence: Place(municipality: "514161")],
            chosen: "m_546631",
            on: day
        )
        #expect(finding.service.level == level)
        let office = level == .orp ? "m_561380" : "m_564028"
        #expect(finding.outcome == .office(try #require(TenantName(office))))
        // The first version is only known to be old, so the day it was taken to is told.
        let told =
            level == .orp ? "ke dni \(try #require(Day(day)).czechShort)" : "platí od 1.\u{A0}7.\u{A0}2018"
        #expect(finding.explanation[0].contains(told), "\(finding.explanation[0])")
    }

    @Test func thereIsNoRuleBeforeTheFirst() throws {
        let place = [TerritorialCriterion.realEstate: Place(municipality: "546631")]
        #expect(
            throws: CompetenceRefusal.notYetValid(
                "Žádost o stavební povolení",
                try #require(Day("2007-01-01"))
            )
        ) { try ask("povoleni-zameru", place, on: "2006-12-31") }
        #expect(try ask("povoleni-zameru", place, on: "2007-01-01").service.law.hasPrefix("183/2006"))
        #expect(throws: CompetenceRefusal.unknownService("neni")) { try ask("neni", place) }
    }

    @Test func aMissingPlaceIsAskedFor() {
        #expect(throws: CompetenceRefusal.placeNeeded) { try ask("pes-ohlaseni") }
        for code in ["000000", "78"] {
            #expect(throws: CompetenceRefusal.unknownPlace(code)) {
                try ask("pes-ohlaseni", [.residence: Place(municipality: code)])
            }
        }
    }
}

@Suite struct CatalogueTests {
    @Test func versionsFollowEachOther() throws {
        let catalogue = Catalogue([
            try rule("b", .orp, [.seat], from: "2024-07-01"),
            try rule("b", .pou, [.seat], from: "2010-03-01"),
            try rule("a", .region, from: "2030-01-01"),
        ])
        let day = { (text: String) in try #require(Day(text)) }
        #expect(catalogue.history(of: "b").map(\.level) == [.orp, .pou])
        #expect(catalogue.rule(of: "b", on: try day("2010-02-28")) == nil)
        #expect(catalogue.rule(of: "b", on: try day("2024-06-30"))?.level == .pou)
        #expect(catalogue.rule(of: "b", on: try day("2024-07-01"))?.level == .orp)
        #expect(
            catalogue.lastDay(of: try #require(catalogue.history(of: "b").last)) == (try day("2024-06-30"))
        )
        #expect(catalogue.lastDay(of: try #require(catalogue.history(of: "b").first)) == nil)
        #expect(catalogue.inForce(on: try day("2026-11-24")).map(\.code) == ["b"])
        #expect(catalogue.inForce(on: try day("2030-01-01")).map(\.code) == ["b", "a"])
    }

    /// A rewritten rule has not been checked by anybody; another text beside it leaves the check.
    @Test func aCheckFallsWithItsRule() async throws {
        let cell = try await TestCell.shared()
        let owner = try await cell.owner()
        let first = try rule("zkouska-overeni", .orp, [.seat])
        try await CatalogueStore.fill([first], on: owner)
        try await cell.database.region { region in
            CatalogueStore.note(
                check: (on: first.validFrom, by: "Alena"),
                of: first.code,
                validFrom: first.validFrom,
                in: region
            )
        }
        func isChecked() async throws -> Bool {
            try await cell.database.region { region in
                try await CatalogueStore.check(of: first.code, validFrom: first.validFrom, in: region) != nil
            }
        }
        try await CatalogueStore.fill([first], on: owner)
        #expect(try await isChecked())
        try await CatalogueStore.fill([try rule("zkouska-overeni", .pou, [.seat])], on: owner)
        #expect(try await !isChecked())
    }
}
