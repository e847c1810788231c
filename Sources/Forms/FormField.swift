import Files
import Office

/// One question of a form.
struct FormField: Sendable, Equatable {
    /// Unique in the form; the name of the answer in a browser's form and in JSON.
    let name: String
    let label: String
    let kind: Kind
    let help: String?
    /// Said in place of the general sentence when a required answer is missing.
    let missing: String?
    let required: Requirement?
    let visibleWhen: FormCondition?
    /// What the answer means to the office, whatever the form calls it.
    let meaning: Meaning?

    enum Kind: Sendable, Equatable {
        case text(TextRule)
        case longText(TextRule)
        case choice(ChoiceRule)
        case choices(ChoiceRule)
        case consent(ConsentRule)
        case integer(NumberRule)
        case decimal(NumberRule)
        case date(DateRule)
        case place(PlaceRule)
        case group(GroupRule)
        case files(FileRule)
    }

    enum Requirement: Sendable, Equatable {
        case always
        case when(FormCondition)
    }

    enum Meaning: String, Codable, Sendable, CaseIterable {
        /// `FO`, `PFO` or `PO`: a natural person, one in business, a legal person.
        case senderKind
        case givenName, familyName, birthDate, businessName, companyNumber, representative
        case residence, seat, businessPlace
        case deliveryAddress, email, phone, dataBox
        case subject
    }
}

/// Length in characters, and one of the named formats.
struct TextRule: Codable, Sendable, Equatable {
    var format: FormFormat?
    var shortest: Int?
    var longest: Int?
    var autocomplete: String?
}

struct ChoiceRule: Codable, Sendable, Equatable {
    struct Option: Codable, Sendable, Equatable {
        let value: String
        let label: String
        var help: String?
        /// What it says of a person's age.
        var age: AgeRule?
    }
    let options: [Option]
}

/// An age that an option claims or denies, by the day of birth that an earlier question asks.
///
/// The local fee belongs to the calendar year (act 565/1990, § 2), so both may be true in the year of the birthday.
struct AgeRule: Codable, Sendable, Equatable {
    let years: Int
    /// The question that asks the day of birth.
    let born: String
    /// The option says that the age is not reached.
    var isUnder: Bool?

    /// The year in which the age is reached, where the option cannot be true this year.
    func yearAgainst(born: Day, today: Day) -> Int? {
        let reached = born.year + years
        return (isUnder == true ? reached < today.year : reached > today.year) ? reached : nil
    }
}

/// A box to tick; what is agreed to stands beside it.
struct ConsentRule: Codable, Sendable, Equatable {
    let statement: String
}

/// Bounds belong to the range; a decimal takes at most `decimals` digits after the comma.
struct NumberRule: Codable, Sendable, Equatable {
    var from: Int?
    var to: Int?
    var unit: String?
    var decimals: Int?
}

/// Bounds relative to the day on which the form is handed in.
struct DateRule: Codable, Sendable, Equatable {
    struct Offset: Codable, Sendable, Equatable {
        var years: Int?
        var days: Int?
    }
    var earliest: Offset?
    var latest: Offset?
    /// An earlier question for a day, before which this one cannot be.
    var notBefore: String?
    var autocomplete: String?

    /// A day as people write it, of somebody's birth where that is asked.
    var example: String { autocomplete == "bday" ? "12.\u{A0}4.\u{A0}1961" : "5.\u{A0}3.\u{A0}2024" }
}

/// A municipality of the region and its part; postcode narrows the choice.
struct PlaceRule: Codable, Sendable, Equatable {
    /// A street and number, or a house number, is asked too.
    var address: Bool
    /// A place outside the region may be written in words.
    var elsewhere: Bool
    /// Which criterion of territorial competence the place decides, in the words of act 500/2004, § 11.
    var criterion: TerritorialCriterion?
    /// Only then does it decide; otherwise it is an address like any other, and may lie anywhere.
    var decidesWhen: FormCondition?

    /// What it decides and whether it may lie outside of the region, by the answers before it.
    func standing(_ values: (String) -> [String]) -> (criterion: TerritorialCriterion?, elsewhere: Bool) {
        let decides = decidesWhen?.holds(values) ?? true
        return (decides ? criterion : nil, elsewhere || !decides)
    }
}

/// Rows of the same few fields.
struct GroupRule: Codable, Sendable, Equatable {
    let rowTitle: String
    let rowsMin: Int
    let rowsMax: Int
    let fields: [FormField]
}

struct FileRule: Codable, Sendable, Equatable {
    let countMax: Int
    /// Of each file.
    let bytesMax: Int
    let accept: [MediaType]
}

extension FormField: Codable {
    private enum CodingKeys: String, CodingKey {
        case name, label, help, missing, required, visibleWhen, meaning
        case text, longText, choice, choices, consent, integer, decimal, date, place, group, files
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .name)
        label = try container.decode(String.self, forKey: .label)
        help = try container.decodeIfPresent(String.self, forKey: .help)
        missing = try container.decodeIfPresent(String.self, forKey: .missing)
        required = try container.decodeIfPresent(Requirement.self, forKey: .required)
        visibleWhen = try container.decodeIfPresent(FormCondition.self, forKey: .visibleWhen)
        meaning = try container.decodeIfPresent(Meaning.self, forKey: .meaning)
        kind = try Self.kind(in: container)
    }

    private static func kind(in container: KeyedDecodingContainer<CodingKeys>) throws -> Kind {
        var kinds: [Kind] = []
        func take<Rule: Decodable>(_ key: CodingKeys, _ make: (Rule) -> Kind) throws {
            if let rule = try container.decodeIfPresent(Rule.self, forKey: key) { kinds.append(make(rule)) }
        }
        try take(.text, Kind.text)
        try take(.longText, Kind.longText)
        try take(.choice, Kind.choice)
        try take(.choices, Kind.choices)
        try take(.consent, Kind.consent)
        try take(.integer, Kind.integer)
        try take(.decimal, Kind.decimal)
        try take(.date, Kind.date)
        try take(.place, Kind.place)
        try take(.group, Kind.group)
        try take(.files, Kind.files)
        guard let kind = kinds.first, kinds.count == 1 else {
            throw DecodingError.dataCorruptedError(
                forKey: .name,
                in: container,
                debugDescription: "pole musí mít právě jeden druh"
            )
        }
        return kind
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(name, forKey: .name)
        try container.encode(label, forKey: .label)
        try container.encodeIfPresent(help, forKey: .help)
        try container.encodeIfPresent(missing, forKey: .missing)
        try container.encodeIfPresent(required, forKey: .required)
        try container.encodeIfPresent(visibleWhen, forKey: .visibleWhen)
        try container.encodeIfPresent(meaning, forKey: .meaning)
        switch kind {
        case .text(let rule): try container.encode(rule, forKey: .text)
        case .longText(let rule): try container.encode(rule, forKey: .longText)
        case .choice(let rule): try container.encode(rule, forKey: .choice)
        case .choices(let rule): try container.encode(rule, forKey: .choices)
        case .consent(let rule): try container.encode(rule, forKey: .consent)
        case .integer(let rule): try container.encode(rule, forKey: .integer)
        case .decimal(let rule): try container.encode(rule, forKey: .decimal)
        case .date(let rule): try container.encode(rule, forKey: .date)
        case .place(let rule): try container.encode(rule, forKey: .place)
        case .group(let rule): try container.encode(rule, forKey: .group)
        case .files(let rule): try container.encode(rule, forKey: .files)
        }
    }
}

extension FormField {
    /// Whether it needs an answer beside these others.
    func isRequired(_ values: (String) -> [String]) -> Bool {
        switch required {
        case nil: false
        case .always: true
        case .when(let condition): condition.holds(values)
        }
    }
}

extension FormField.Requirement: Codable {
    /// Written `true`, or as the condition under which the answer is required.
    init(from decoder: any Decoder) throws {
        if let flag = try? decoder.singleValueContainer().decode(Bool.self) {
            guard flag else {
                throw DecodingError.dataCorrupted(
                    .init(
                        codingPath: decoder.codingPath,
                        debugDescription: "nepovinné pole klíč required nemá"
                    )
                )
            }
            self = .always
        } else {
            self = .when(try FormCondition(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .always:
            var container = encoder.singleValueContainer()
            try container.encode(true)
        case .when(let condition): try condition.encode(to: encoder)
        }
    }
}
