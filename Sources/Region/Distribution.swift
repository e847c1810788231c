package import Database
package import Office
import Web

/// Finds the competent office: pure, from the service, the places, the day and the register.
///
/// Competence in the matter (§ 10 of act 500/2004) is the level of the rule in force on the day, in the place
/// (§ 11) the first of its criteria whose place was given. Where the register does not know the district of a registry or building office, the
/// answer is ``CompetenceFinding/Outcome/undecidable``, handed to the region's desk, never a guess.
/// Throws ``CompetenceRefusal`` when the question lacks what the rule needs.
package func distribute(_ question: CompetenceQuestion, in register: Register) throws -> CompetenceFinding {
    guard let service = register.catalogue.rule(of: question.serviceCode, on: question.day) else {
        guard let first = register.catalogue.history(of: question.serviceCode).last else {
            throw CompetenceRefusal.unknownService(question.serviceCode)
        }
        throw CompetenceRefusal.notYetValid(first.name, first.validFrom)
    }
    var story = Story(service: service, day: question.day)
    switch service.level {
    case .chosenOffice:
        guard let chosen = question.chosen, let office = register.office(chosen) else {
            throw CompetenceRefusal.officeNeeded
        }
        story.add("Úřad si u této služby volíte sami: zvolili jste \(office.name).")
        story.add(service.regime.whenNotCompetent)
        return story.end(at: office)
    case .region:
        guard let region = register.offices.first(where: \.isRegion) else {
            return story.endUndecided("Registr nezná krajský úřad.")
        }
        story.add("Službu vyřizuje krajský úřad.")
        return story.end(at: region)
    case .anyORP:
        guard let chosen = question.chosen.flatMap({ register.office($0) }), !chosen.isRegion else {
            throw CompetenceRefusal.officeNeeded
        }
        guard let orp = register.orp(of: chosen) else {
            return story.endUndecided("Registr nezná úřad obce s rozšířenou působností pro \(chosen.name).")
        }
        story.add(
            "Vyřídí ji kterýkoli úřad obce s rozšířenou působností; pro \(chosen.name) je to \(orp.name)."
        )
        return story.end(at: orp)
    case .municipality, .pou, .orp, .registryOffice, .buildingOffice:
        return try territorial(question, service, register, &story)
    }
}

/// Levels that hang on a place.
private func territorial(
    _ question: CompetenceQuestion,
    _ service: PublicService,
    _ register: Register,
    _ story: inout Story
) throws -> CompetenceFinding {
    guard let criterion = service.criteria.first(where: { question.places[$0] != nil }),
        let place = question.places[criterion]
    else { throw CompetenceRefusal.placeNeeded }
    guard let municipality = register.office(code: place.municipality), !municipality.isRegion else {
        throw CompetenceRefusal.unknownPlace(place.municipality)
    }
    let part = place.part.flatMap { code in
        register.parts(of: municipality.tenant).first { $0.code == code && $0.name != municipality.name }
    }
    let partName = part.map { ", část \($0.name)" } ?? ""
    let (what, law) =
        service.level == .registryOffice
        ? ("místo, kde se událost zapisuje do matriky", service.citation)
        : (criterion.inWords(under: service.regime), service.regime.placeLaw)
    story.add("Rozhoduje \(what) (\(law)): \(municipality.name)\(partName).")
    switch service.level {
    case .municipality:
        story.add(
            "\(municipality.body) tu službu vyřizuje \(municipality.status == .village ? "sama" : "samo")."
        )
        return story.end(at: municipality)
    case .pou:
        guard let office = register.pou(of: municipality) else {
            return story.endUndecided("Registr nezná pověřený obecní úřad pro \(municipality.name).")
        }
        story.add("\(municipality.name) patří do obvodu pověřeného obecního úřadu \(municipality.pouName).")
        return story.end(at: office)
    case .orp:
        guard let office = register.orp(of: municipality) else {
            return story.endUndecided("Registr nezná úřad s rozšířenou působností pro \(municipality.name).")
        }
        story.add(
            "\(municipality.name) patří do obvodu obce s rozšířenou působností \(municipality.orpName)."
        )
        return story.end(at: office)
    case .registryOffice where municipality.hasRegistryOffice == true:
        story.add("\(municipality.name) má vlastní matriční úřad.")
        return story.end(at: municipality)
    case .buildingOffice where municipality.hasBuildingOffice == true:
        story.add("\(municipality.name) má vlastní stavební úřad.")
        return story.end(at: municipality)
    default:
        let kind = service.level == .registryOffice ? "matričního" : "stavebního"
        return story.endUndecided("Registr nezná obvod \(kind) úřadu, do něhož \(municipality.name) patří.")
    }
}

/// The explanation as it grows.
private struct Story {
    let service: PublicService
    private var sentences: [String]

    /// The first day of a rule is told where it is known; otherwise, to what day the rule was taken.
    init(service: PublicService, day: Day) {
        self.service = service
        let rule =
            service.isFirstDayKnown
            ? "pravidlo katalogu platí od \(service.validFrom.czechShort)"
            : "použili jsme pravidlo katalogu ke dni \(day.czechShort)"
        sentences = ["Službu „\(service.name)“ upravuje \(service.citation); \(rule)."]
    }

    mutating func add(_ sentence: String) { sentences.append(sentence) }

    func end(at office: RegisteredOffice) -> CompetenceFinding {
        // The register cannot tell such places; who gets it wrongly has to refer it.
        let special =
            service.exception.isEmpty
            ? []
            : ["Zvláštní případ: \(service.exception). \(service.regime.whenNotCompetent)"]
        return CompetenceFinding(
            outcome: .office(office.tenant),
            service: service,
            officeName: office.name,
            authority: office.authority,
            explanation: (sentences + special).map(\.unbroken)
        )
    }

    func endUndecided(_ why: String) -> CompetenceFinding {
        CompetenceFinding(
            outcome: .undecidable,
            service: service,
            officeName: nil,
            explanation: (sentences + [why]).map(\.unbroken)
        )
    }
}

extension Register {
    func orp(of office: RegisteredOffice) -> RegisteredOffice? {
        offices.first { $0.isORP && $0.orpCode == office.orpCode }
    }

    func pou(of office: RegisteredOffice) -> RegisteredOffice? {
        offices.first { $0.isPOU && $0.pouCode == office.pouCode }
    }
}

extension TerritorialCriterion {
    /// A fee belongs where the person lived while it was owed: who moved away ends it there.
    ///
    /// In self-government there is no proceeding: a municipality looks after its own territory.
    fileprivate func inWords(under regime: Regime) -> String {
        if regime == .selfGovernment { return "obec, na jejímž území to je" }
        let then = regime == .tax ? " v době poplatkové povinnosti" : ""
        return switch self {
        case .residence: "místo trvalého pobytu\(then)"
        case .seat: "sídlo\(then)"
        case .placeOfBusiness: "místo podnikání"
        case .realEstate: "místo nemovitosti"
        case .placeOfActivity: "místo, kde se činnost koná"
        }
    }
}

package enum CompetenceRefusal: Refusal, Equatable {
    case unknownService(String)
    case unknownPlace(String)
    case placeNeeded
    case officeNeeded
    case notYetValid(String, Day)
    case notADay(String)

    package var kind: RefusalKind { .invalid }

    package var code: String {
        switch self {
        case .unknownService: "service-unknown"
        case .unknownPlace: "place-unknown"
        case .placeNeeded: "place-needed"
        case .officeNeeded: "office-needed"
        case .notYetValid: "rule-not-yet-valid"
        case .notADay: "not-a-day"
        }
    }

    package var czech: String {
        switch self {
        case .unknownService(let code): "Službu „\(code)“ katalog nezná."
        case .unknownPlace(let text):
            "Obec „\(text)“ v kraji neznáme, nebo je jich víc. Vyberte ji prosím ze seznamu."
        case .placeNeeded: "Uveďte prosím obec, podle které se příslušný úřad určí."
        case .officeNeeded: "Vyberte prosím úřad, kterému chcete podání zaslat."
        case .notYetValid(let name, let day): "Pravidlo pro službu „\(name)“ platí až od \(day.czechShort)."
        case .notADay(let text):
            "„\(text.prefix(20))“ není den, který by byl v kalendáři. Vyberte ho prosím znovu."
        }
    }
}

extension OfficeBook: OfficeRegister {
    package func competentOffice(for question: CompetenceQuestion) async throws -> CompetenceFinding {
        try distribute(question, in: register)
    }

    package func service(_ code: String, on day: Day) async throws -> PublicService? {
        register.catalogue.rule(of: code, on: day)
    }

    package func name(of office: TenantName) async throws -> String? { register.office(office)?.name }

    package func hasFilingRoom(_ office: TenantName) async throws -> Bool {
        register.hosted[office]?.keeps(Room.filingRoom.rawValue) ?? false
    }
}

extension Regime {
    /// What decides which office is competent in the place, as a person reads it.
    var placeLaw: String {
        switch self {
        case .tax: "§ 13 daňového řádu"
        case .selfGovernment: "§ 35 zákona o obcích"
        default: "§ 11 správního řádu"
        }
    }
}
