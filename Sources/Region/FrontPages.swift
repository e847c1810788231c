import Office
import Web

/// The region's front page: find your office, or what you need to get done.
struct FrontPage: Page {
    static let template = "region-front"
    var title = "Virtuální úřady obcí Libereckého kraje"
    let query: String
    let hasQuery: Bool
    let offices: [FoundOffice]
    let services: [ServiceLink]
    let nothingFound: Bool
    let hosted: [FoundOffice]
}

struct FoundOffice: Codable, Sendable {
    let name: String
    let district: String
    /// Nil when the office is not here yet.
    let url: String?
}

struct ServiceLink: Codable, Sendable {
    let name: String
    let link: String
    /// Who handles it, in words.
    let office: String
}

/// One service: whose it is, what it costs, how long it takes, and where to hand it in.
struct ServicePage: Page {
    static let template = "region-service"
    let title: String
    let code: String
    let facts: [Fact]
    /// Nobody has compared these with the law yet (DOMAIN, § 11a.11).
    let isUnverified: Bool
    let note: String
    let needsPlace: Bool
    let choice: PlaceChoice
    let finding: FindingView?
    let error: String?
}

/// What the person is asked so that the competent office can be found.
struct PlaceChoice: Codable, Sendable {
    struct Option: Codable, Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }

    struct Criterion: Codable, Sendable {
        let name: String
        let label: String
        let hint: String
        let municipality: String
        /// Parts of the chosen municipality; empty until it is chosen or when it has only one.
        let parts: [Option]
        let hasParts: Bool
    }

    let services: [Option]
    let criteria: [Criterion]
    let municipalities: [String]
    let choosesOffice: Bool
    let officeLabel: String
    let office: String
}

struct FindingView: Codable, Sendable {
    let isDecided: Bool
    let office: String
    let explanation: [String]
    /// The form at the office; nil when it is not hosted.
    let link: String?
    let isHosted: Bool
}

extension TerritorialCriterion {
    var czech: String {
        switch self {
        case .residence: "Obec trvalého pobytu"
        case .seat: "Obec sídla"
        case .placeOfBusiness: "Obec místa podnikání"
        case .realEstate: "Obec, kde je nemovitost"
        case .placeOfActivity: "Obec, kde se to děje"
        }
    }

    /// Name of the field in addresses.
    var field: String {
        switch self {
        case .residence: "pobyt"
        case .seat: "sidlo"
        case .placeOfBusiness: "podnikani"
        case .realEstate: "nemovitost"
        case .placeOfActivity: "cinnost"
        }
    }
}

extension CompetenceLevel {
    var czech: String {
        switch self {
        case .chosenOffice: "úřad, který si zvolíte"
        case .anyORP: "kterýkoli úřad obce s rozšířenou působností"
        case .municipality: "obecní úřad"
        case .pou: "pověřený obecní úřad"
        case .orp: "úřad obce s rozšířenou působností"
        case .registryOffice: "matriční úřad"
        case .buildingOffice: "stavební úřad"
        case .region: "krajský úřad"
        }
    }
}
