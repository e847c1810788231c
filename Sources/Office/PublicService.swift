package import Database

/// A service of the catalogue: what a submission asks for, and who may be competent for it.
package struct PublicService: Sendable, Equatable {
    package let code: String
    package let name: String
    package let level: CompetenceLevel
    /// Empty where the place does not matter.
    package let criteria: [TerritorialCriterion]
    package let regime: Regime
    package let confirmation: ConfirmationRule
    /// As the catalogue keeps it: `565/1990 § 2 a 14a`; people read the ``citation``.
    package let law: String
    package let term: String
    package let fee: String
    package let note: String
    /// Where another office is competent all the same, as people read it; the register cannot tell such places.
    package let exception: String
    /// Nobody has yet checked the row against the law; the administrator sees it marked.
    package let isVerified: Bool
    /// The rule holds from this day until the day before the next version of the same service.
    package let validFrom: Day
    /// What this version changed.
    package let change: String
    /// What people call it; only for looking it up.
    package let words: String

    package init(
        code: String,
        name: String,
        level: CompetenceLevel,
        criteria: [TerritorialCriterion],
        regime: Regime,
        confirmation: ConfirmationRule,
        law: String,
        term: String,
        fee: String,
        note: String,
        exception: String = "",
        isVerified: Bool,
        validFrom: Day,
        change: String = "",
        words: String = ""
    ) {
        self.code = code
        self.name = name
        self.level = level
        self.criteria = criteria
        self.regime = regime
        self.confirmation = confirmation
        self.law = law
        self.term = term
        self.fee = fee
        self.note = note
        self.exception = exception
        self.isVerified = isVerified
        self.validFrom = validFrom
        self.change = change
        self.words = words
    }
}

extension PublicService {
    /// Whether ``validFrom`` is a day that a law gave: that of a version that changed something, or a checked one.
    ///
    /// Of the others the catalogue only says that they are old.
    package var isFirstDayKnown: Bool { isVerified || !change.isEmpty }

    /// The act as acts are cited: `zákon č. 565/1990 Sb., § 2 a 14a`.
    package var citation: String {
        let parts = law.split(separator: " ", maxSplits: 1)
        guard let number = parts.first, number.contains("/"), number.allSatisfy({ $0.isNumber || $0 == "/" })
        else { return law }
        let section = parts.count == 2 ? ", \(parts[1])" : ""
        return "zákon č. \(number) Sb.\(section)".unbroken
    }
}

/// The kind of office that is competent for a service (§ 10 of act 500/2004: competence in the matter).
package enum CompetenceLevel: String, Sendable, CaseIterable, Codable, SQLCodable {
    case chosenOffice, anyORP, municipality, pou, orp, registryOffice, buildingOffice, region
}

/// What is asked of the register: who is competent for this service, these places, on this day.
package struct CompetenceQuestion: Sendable, Equatable {
    package var serviceCode: String
    package var places: [TerritorialCriterion: Place]
    /// The office the person chose, where the service lets them choose.
    package var chosen: TenantName?
    package var day: Day

    package init(
        serviceCode: String,
        places: [TerritorialCriterion: Place],
        chosen: TenantName?,
        day: Day
    ) {
        self.serviceCode = serviceCode
        self.places = places
        self.chosen = chosen
        self.day = day
    }
}

/// The competent office and why, in sentences a person can read.
package struct CompetenceFinding: Sendable, Equatable {
    package enum Outcome: Sendable, Equatable {
        case office(TenantName)
        /// The register does not know enough: handed to the region's desk, never guessed.
        case undecidable
    }

    package let outcome: Outcome
    package let service: PublicService
    /// Of the office; nil when undecidable.
    package let officeName: String?
    /// As the office signs itself: `Obecní úřad Luka`.
    package let authority: String?
    package let explanation: [String]

    package init(
        outcome: Outcome,
        service: PublicService,
        officeName: String?,
        authority: String? = nil,
        explanation: [String]
    ) {
        self.authority = authority
        self.outcome = outcome
        self.service = service
        self.officeName = officeName
        self.explanation = explanation
    }
}

/// The region's register, as submissions and forms see it.
package protocol OfficeRegister: Sendable {
    /// A question that cannot be right, such as an unknown service, throws a refusal of kind `invalid`.
    func competentOffice(for question: CompetenceQuestion) async throws -> CompetenceFinding
    /// The service as its rule stands on the day; nil for an unknown code, or before its first rule.
    func service(_ code: String, on day: Day) async throws -> PublicService?
    /// The office's full name in the register, hosted or not.
    func name(of office: TenantName) async throws -> String?
    /// Whether the office's own filing room is hosted here.
    func hasFilingRoom(_ office: TenantName) async throws -> Bool
}
