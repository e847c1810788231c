import Files
import Office
import Sealing

/// One question as a page shows it; exactly one of the `is…` is true.
struct FieldView: Codable, Sendable {
    struct Option: Codable, Sendable {
        let id: String
        let value: String
        let label: String
        let help: String?
        let isChosen: Bool
    }

    struct File: Codable, Sendable {
        let name: String
        let size: String
        let key: String
    }

    struct Row: Codable, Sendable {
        let title: String
        let fields: [FieldView]
    }

    var name: String
    var label: String
    var help: String?
    var error: String?
    var value = ""
    var isOptional = false
    var inputType = "text"
    /// The keyboard that a phone shows.
    var inputMode: String?
    /// A narrow box for a short answer.
    var isShort = false
    var autocomplete: String?
    var unit: String?
    var options: [Option] = []
    var files: [File] = []
    var rows: [Row] = []
    var statement = ""
    var accept = ""
    var countMax = 0
    /// Of one file.
    var bytesMax = 0
    var describedBy: String?
    /// Answering it shows or hides other questions.
    var rules = false

    var isText = false
    var isLong = false
    var isChoice = false
    var isChoices = false
    var isConsent = false
    var isPlace = false
    var isFiles = false
    var isGroup = false
    var canAddRow = false
    var hasFiles = false

    // Of a place
    var postcode = ""
    var municipality = ""
    var street = ""
    var elsewhere = ""
    var asksStreet = false
    var allowsElsewhere = false
    var hasParts = false
    /// The postcode has several municipalities: these.
    var isNarrowed = false
    var near: [Option] = []
    /// Lines of them that stand open, where somebody asked to see them.
    var nearSize: Int?
    var postcodeError: String?
    var municipalityError: String?
    var partError: String?
    var streetError: String?
    /// What was found where municipalities were asked for.
    var offer: String?

    /// Without the row it stands in: `dreviny.0.druh` is asked as `druh`.
    static func plainName(of name: String) -> String {
        name.split(separator: ".").last.map(String.init) ?? name
    }
}

struct SectionView: Codable, Sendable {
    let name: String
    let title: String
    let lead: String?
    let fields: [FieldView]
}

/// Makes views of the fields that the answers let a person see.
struct FormViewer {
    let definition: FormDefinition
    let answers: FormAnswers
    let files: [StagedFile]
    let faults: [String: String]
    let places: Places
    let forced: Set<String>
    let prefill: Prefill
    /// The place for which municipalities are to be offered.
    let offering: String?
    let judged: [String: [String]]
    private let ruling: Set<String>

    /// `judged` are the good answers, which rule what is shown; `forced` fields are shown whatever they say.
    init(
        definition: FormDefinition,
        answers: FormAnswers,
        judged: [String: [String]],
        files: [StagedFile],
        faults: [FieldFault],
        places: Places,
        forced: Set<String> = [],
        prefill: Prefill = .none,
        offering: String? = nil
    ) {
        self.definition = definition
        self.answers = answers
        self.judged = judged
        self.files = files
        self.places = places
        self.forced = forced
        self.prefill = prefill
        self.offering = offering
        self.faults = Dictionary(faults.map { ($0.name, $0.czech) }, uniquingKeysWith: { "\($0) \($1)" })
        var ruling = Set<String>()
        for field in definition.allFields {
            ruling.formUnion(field.visibleWhen?.fields ?? [])
            if case .when(let condition)? = field.required { ruling.formUnion(condition.fields) }
            if case .place(let rule) = field.kind { ruling.formUnion(rule.decidesWhen?.fields ?? []) }
        }
        for section in definition.sections { ruling.formUnion(section.visibleWhen?.fields ?? []) }
        self.ruling = ruling
    }

    func view(of section: FormSection) -> SectionView {
        SectionView(
            name: section.name,
            title: section.title,
            lead: section.lead,
            fields: section.fields.filter { isShown($0, in: "") }.map { view($0, "") }
        )
    }

    private func isShown(_ field: FormField, in row: String) -> Bool {
        guard !forced.contains(row + field.name), !forced.contains(field.name) else { return true }
        return field.visibleWhen?.holds { value($0, in: row) } ?? true
    }

    /// What the answers so far say, first of the same row.
    private func value(_ name: String, in row: String) -> [String] {
        let own = row.isEmpty ? [] : answers[row + name]
        return own.isEmpty ? judged[name] ?? [] : own
    }

    private func view(_ field: FormField, _ row: String) -> FieldView {
        let name = row + field.name
        var view = FieldView(name: name, label: field.label, help: field.help, error: faults[name])
        view.value = answers.first(name)
        if !view.value.isEmpty, view.value == prefill.values[name] {
            view.help =
                (view.help.map { "\($0) " } ?? "") + "Vzali jsme to z vašeho účtu; můžete to změnit."
        }
        view.isOptional = !field.isRequired { value($0, in: row) }
        view.rules = ruling.contains(field.name)
        switch field.kind {
        case .text(let rule):
            view.isText = true
            view.autocomplete = rule.autocomplete
            view.inputType = rule.format == .email ? "email" : rule.format == .phone ? "tel" : "text"
            view.inputMode = rule.format?.inputMode
        case .longText(let rule):
            view.isLong = true
            view.autocomplete = rule.autocomplete
        case .integer(let rule), .decimal(let rule):
            view.isText = true
            view.isShort = true
            view.inputMode = rule.decimals == nil ? "numeric" : "decimal"
            view.unit = rule.unit
        case .date(let rule): fill(&view, rule)
        case .choice(let rule):
            view.isChoice = true
            view.options = options(rule, name)
        case .choices(let rule):
            view.isChoices = true
            view.options = options(rule, name)
        case .consent(let rule):
            view.isConsent = true
            view.statement = rule.statement
            view.options = [
                .init(id: name, value: "ano", label: "", help: nil, isChosen: view.value == "ano")
            ]
        case .place(let rule): fill(&view, rule)
        case .files(let rule):
            view.isFiles = true
            view.countMax = rule.countMax
            view.bytesMax = rule.bytesMax
            view.accept = rule.accept.flatMap(\.extensions).map { ".\($0)" }.joined(separator: ",")
            view.files = files.filter { $0.field == name }.map {
                .init(name: $0.name, size: Czech.bytes($0.bytes), key: $0.key)
            }
            view.hasFiles = !view.files.isEmpty
        case .group(let group): fill(&view, group)
        }
        if view.help != nil || view.error != nil {
            view.describedBy = [view.help == nil ? nil : "\(name)-h", view.error == nil ? nil : "\(name)-e"]
                .compactMap { $0 }.joined(separator: " ")
        }
        return view
    }

    /// A plain box: a browser's own picker speaks its own language and is slow for a day of birth.
    private func fill(_ view: inout FieldView, _ rule: DateRule) {
        view.isText = true
        view.isShort = true
        view.autocomplete = rule.autocomplete
        view.help =
            (view.help.map { "\($0) " } ?? "") + "Napište den, měsíc a rok, například \(rule.example)."
        if let day = Day(czechOrISO: view.value) {
            view.value = day.czechShort.replacing("\u{A0}", with: " ")
        }
    }

    private func options(_ rule: ChoiceRule, _ name: String) -> [FieldView.Option] {
        let chosen = answers[name]
        return rule.options.enumerated().map { index, option in
            .init(
                id: index == 0 ? name : "\(name)-\(index)",
                value: option.value,
                label: option.label,
                help: option.help,
                isChosen: chosen.contains(option.value)
            )
        }
    }

    private func fill(_ view: inout FieldView, _ group: GroupRule) {
        let name = view.name
        view.isGroup = true
        var indices = answers.rows(of: name)
        let wanted = max(group.rowsMin, 1)
        var next = (indices.max() ?? -1) + 1
        while indices.count < wanted {
            indices.append(next)
            next += 1
        }
        view.rows = indices.enumerated().map { position, index in
            let row = "\(name).\(index)."
            let shown = group.fields.filter { isShown($0, in: row) }
            return .init(title: "\(group.rowTitle) \(position + 1)", fields: shown.map { self.view($0, row) })
        }
        view.canAddRow = indices.count < group.rowsMax
    }
}
