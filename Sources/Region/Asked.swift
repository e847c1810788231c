import Database
import Office

/// The address of a service page: which service, which places, which day.
struct Asked: Sendable {
    let service: PublicService
    private let places: [TerritorialCriterion: String]
    private let parts: [TerritorialCriterion: String]
    private let office: String
    let day: Day

    /// Where `isCarried`, a place typed for another service answers whatever this one asks.
    init(
        _ text: (String) throws -> String,
        service: PublicService,
        day: Day,
        isCarried: Bool = false
    ) rethrows {
        self.service = service
        var places: [TerritorialCriterion: String] = [:]
        var parts: [TerritorialCriterion: String] = [:]
        for criterion in service.criteria {
            places[criterion] = try text(criterion.field)
            parts[criterion] = try text("cast-" + criterion.field)
        }
        var office = try text("urad")
        let isAnswered = service.level.isChosen ? !office.isEmpty : places.values.contains { !$0.isEmpty }
        if isCarried, !isAnswered {
            let fields = ["urad"] + TerritorialCriterion.allCases.map(\.field)
            let typed = try fields.map { try text($0) }.first { !$0.isEmpty } ?? ""
            if service.level.isChosen {
                office = typed
            } else if let first = service.criteria.first {
                places[first] = typed
            }
        }
        self.places = places
        self.parts = parts
        self.office = office
        self.day = day
    }

    /// Nil while nothing was chosen; throws a refusal when a name fits no municipality or several.
    func question(in register: Register) throws -> CompetenceQuestion? {
        var found: [TerritorialCriterion: Place] = [:]
        for (criterion, text) in places where !text.isEmpty {
            guard let municipality = register.municipality(meant: text) else {
                throw CompetenceRefusal.unknownPlace(text)
            }
            let part = parts[criterion].flatMap { wanted in
                register.parts(of: municipality.tenant).first { $0.code == wanted }?.code
            }
            found[criterion] = Place(municipality: municipality.code, part: part)
        }
        var chosen: TenantName?
        if service.level.isChosen, !office.isEmpty {
            guard let municipality = register.municipality(meant: office) ?? register.region(meant: office)
            else { throw CompetenceRefusal.unknownPlace(office) }
            chosen = municipality.tenant
        }
        if service.level == .region { chosen = nil } else if found.isEmpty, chosen == nil { return nil }
        return CompetenceQuestion(serviceCode: service.code, places: found, chosen: chosen, day: day)
    }

    func choice(in register: Register) -> PlaceChoice {
        PlaceChoice(
            services: register.catalogue.newest(on: day).map {
                .init(value: $0.code, name: $0.name, isChosen: $0.code == service.code)
            },
            // The whole region has one regional office.
            criteria: service.level == .region
                ? []
                : service.criteria.map { criterion in
                    let text = places[criterion] ?? ""
                    let parts = register.municipality(meant: text).map { register.parts(of: $0.tenant) } ?? []
                    return .init(
                        name: criterion.field,
                        label: service.level == .registryOffice
                            ? "Obec, kde se narození, sňatek nebo úmrtí zapsaly nebo zapíšou"
                            : criterion.czech,
                        hint: hint(of: criterion),
                        municipality: text,
                        parts: parts.count < 2
                            ? []
                            : parts.map {
                                .init(
                                    value: $0.code,
                                    name: $0.name,
                                    isChosen: $0.code == self.parts[criterion]
                                )
                            },
                        hasParts: parts.count > 1
                    )
                },
            municipalities: register.offices.filter { !$0.isRegion }.map { register.label(of: $0) },
            choosesOffice: service.level.isChosen,
            officeLabel: service.level == .anyORP
                ? "Obec, z níž to máte na úřad nejblíž" : "Úřad, kterému chcete psát",
            office: office
        )
    }

    /// Where several places may decide, it depends on who asks (§ 11(1) of act 500/2004).
    private func hint(of criterion: TerritorialCriterion) -> String {
        let who =
            switch criterion {
            case _ where service.criteria.count < 2: ""
            case .realEstate where service.criteria.contains(.residence):
                "Vyplňuje vlastník nemovitosti, kde není nikdo přihlášen; pak rozhoduje ona. "
            case .residence where service.criteria.contains(.realEstate):
                "Vyplňuje, kdo je v obci přihlášen. "
            case .residence: "Vyplňuje člověk, který nepodniká. "
            case .placeOfBusiness: "Vyplňuje podnikatel – fyzická osoba. "
            case .seat: "Vyplňuje firma, spolek nebo jiná právnická osoba. "
            case .realEstate: "Jde-li o nemovitost. "
            case .placeOfActivity: "Jde-li o činnost na místě. "
            }
        return who + "Začněte psát název obce a vyberte ji ze seznamu."
    }
}

extension CompetenceLevel {
    /// The person says which office, or from where.
    var isChosen: Bool { self == .chosenOffice || self == .anyORP }
}
