import Office

/// A form as data: what is asked, of whom, when, and what must be true of the answers.
///
/// A published version never changes: the SHA-256 of ``canonical`` is its identity.
struct FormDefinition: Codable, Sendable, Equatable {
    let code: String
    let version: Int
    let title: String
    /// The code of the public service that a filled form asks for.
    let service: String
    let lead: String
    /// Words by which people look for it, where the title does not have them.
    let keywords: [String]?
    /// Who the form is for.
    let audience: String
    /// What to have at hand.
    let bring: [String]
    /// How long the office has, in words; the clock itself hangs on the service's regime.
    let duration: String
    let fee: String
    /// How the same is done without a computer.
    let counter: String
    let privacy: PrivacyNotice
    let confirmation: ConfirmationRule
    let sections: [FormSection]

    var searched: [String] { [title, lead, audience] + (keywords ?? []) }
}

/// What article 13 of the GDPR asks to be told; the controller is the office that shows the form.
struct PrivacyNotice: Codable, Sendable, Equatable {
    let purpose: String
    let law: String
    let retention: String
    let rights: String
}

/// One step of a form: the fields that belong together under one heading.
struct FormSection: Codable, Sendable, Equatable {
    let name: String
    let title: String
    let lead: String?
    let visibleWhen: FormCondition?
    let fields: [FormField]
}

/// How much of everything a form and its answers may hold.
enum FormLimits {
    static let fieldsMax = 400
    static let sectionsMax = 40
    static let keywordsMax = 30
    static let optionsMax = 300
    static let rowsMax = 50
    static let filesMax = 20
    static let fileBytesMax = 20_000_000
    static let conditionDepthMax = 4
    static let conditionLeavesMax = 20
    static let definitionBytesMax = 500_000
    /// 5 000 pairs are refused.
    static let pairsMax = 4_999
    static let nameBytesMax = 120
    /// The most that a field may let people write.
    static let longestMax = 20_000
    /// What is longer than its field allows is read all the same, so that it comes back and can be shortened.
    static let valueBytesMax = 1 << 20
    static let jsonDepthMax = 6
}

extension FormDefinition {
    /// Every field, also those of repeated rows, in the order in which they are asked.
    var allFields: [FormField] {
        sections.flatMap(\.fields).flatMap { field in
            if case .group(let group) = field.kind { [field] + group.fields } else { [field] }
        }
    }

    func field(named name: String) -> FormField? { allFields.first { $0.name == name } }
}
