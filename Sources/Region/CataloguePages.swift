import Foundation
import Office
import Web

struct CataloguePage: Page {
    static let template = "region-services"
    var title = "Katalog služeb"
    let query: String
    let isUnverifiedOnly: Bool
    let groups: [ServiceGroup]
    let isEmpty: Bool
    let verified: Int
    let total: Int
    let filters: [FilterLink]
}

/// The services of one kind of office.
struct ServiceGroup: Codable, Sendable {
    let level: String
    let services: [ServiceLine]

    /// In the order of the levels, from the municipality's own upwards; those without a service are left out.
    static func all(_ services: [PublicService], in catalogue: Catalogue) -> [ServiceGroup] {
        let order: [CompetenceLevel] = [
            .chosenOffice, .municipality, .registryOffice, .buildingOffice, .pou, .orp, .anyORP, .region,
        ]
        return order.compactMap { level in
            let lines = services.filter { $0.level == level }.map {
                ServiceLine($0, versions: catalogue.history(of: $0.code).count)
            }
            return lines.isEmpty ? nil : ServiceGroup(level: level.czech, services: lines)
        }
    }
}

struct ServiceLine: Codable, Sendable {
    let code: String
    let name: String
    let criteria: String
    let law: String
    let validFrom: String
    /// Nil while the service has one version only.
    let versions: String?
    let exception: String
    let isVerified: Bool

    init(_ service: PublicService, versions count: Int) {
        code = service.code
        name = service.name
        criteria = service.criteria.map(\.czech).joined(separator: ", ")
        law = service.citation
        validFrom = service.validFrom.czechShort
        versions = count > 1 ? Address.counted(count, "znění", "znění", "znění") : nil
        exception = service.exception
        isVerified = service.isVerified
    }
}

/// All versions of a service's rule, newest first.
struct RuleHistoryPage: Page {
    static let template = "region-rule"
    let title: String
    let code: String
    let versions: [RuleVersion]
}

struct RuleVersion: Codable, Sendable {
    let validFrom: String
    /// `2024-07-01`, as forms and addresses say it.
    let day: String
    let span: String
    let isInForce: Bool
    let isFuture: Bool
    let change: String
    let facts: [Fact]
    let isVerified: Bool
    /// Who compared it with the act; nil when nobody here did.
    let checked: String?

    init(_ service: PublicService, lastDay: Day?, check: (on: Day, by: String)?, today: Day) {
        validFrom = service.validFrom.czechShort
        day = service.validFrom.description
        span =
            lastDay.map { "od \(service.validFrom.czechShort) do \($0.czechShort)" }
            ?? "od \(service.validFrom.czechShort)"
        isFuture = today < service.validFrom
        isInForce = !isFuture && (lastDay.map { today <= $0 } ?? true)
        change = service.change
        facts = [
            Fact(name: "Služba", value: service.name),
            Fact(name: "Příslušný úřad", value: service.level.czech),
            Fact(name: "Rozhoduje", value: service.criteria.map(\.czech).joined(separator: ", ")),
            Fact(name: "Zvláštní případ", value: service.exception),
            Fact(name: "Předpis", value: service.citation), Fact(name: "Režim", value: service.regime.czech),
            Fact(name: "Potvrzení totožnosti", value: service.confirmation.czech(under: service.regime)),
            Fact(name: "Lhůta", value: service.term), Fact(name: "Poznámka", value: service.note),
        ].filter { !$0.value.isEmpty }
        isVerified = service.isVerified
        checked = check.map { "\($0.by), \($0.on.czechShort)" }
    }
}

/// A dry run of distribution: the same rules, nothing is sent.
struct DryRunPage: Page {
    static let template = "region-dry-run"
    var title = "Zkouška rozdělování"
    let choice: PlaceChoice
    let day: String
    /// The version that was asked; nil before anything was.
    let rule: RuleVersion?
    let code: String
    let finding: FindingView?
    let error: String?
}

extension Regime {
    var czech: String {
        switch self {
        case .administrative: "správní řád"
        case .tax: "daňový řád"
        case .information: "svobodný přístup k informacím"
        case .selfGovernment: "samospráva"
        case .petition: "petiční právo"
        case .complaint: "stížnost podle správního řádu"
        case .building: "stavební zákon"
        case .byContent: "podle obsahu"
        case .other: "jiný předpis"
        }
    }
}
