import Office
import Web

/// The form with nothing filled in, for a pen.
struct PaperFormPage: Page {
    static let template = "form-paper"
    let title: String
    let code: String
    let version: Int
    let office: String
    let address: String?
    let sections: [PaperSection]
    let isSigned: Bool
    let privacy: [PrivacyLine]
}

struct PaperSection: Codable, Sendable {
    let title: String
    let lead: String?
    let condition: String?
    let fields: [PaperField]

    init(_ section: FormSection, of form: FormDefinition) {
        title = section.title
        lead = section.lead
        condition = section.visibleWhen.map { form.czech($0, beside: []) }
        fields = PaperField.all(in: section, of: form)
    }
}

/// One question on paper; exactly one of `isLines`, `isChoice` and `isTable` is true.
struct PaperField: Codable, Sendable {
    static let rowsMax = 5

    let label: String
    let help: String?
    /// Said once, before the first of the questions that hang on it.
    private(set) var when: String?
    let isOptional: Bool
    /// Takes the whole width of the sheet.
    var isWide = true
    var options: [String] = []
    /// Lines to write on, each with what belongs there; empty when the label says it.
    var lines: [String] = []
    /// Heads of a table to be filled in, and its empty rows by number.
    var columns: [String] = []
    var rows: [Int] = []
    var isLines = false
    var isChoice = false
    var isTable = false

    /// Neighbours that hang on the same condition stand together, so that it is said once.
    static func all(in section: FormSection, of form: FormDefinition) -> [PaperField] {
        let names = Set(section.fields.map(\.name))
        var before: FormCondition?
        return grouped(section.fields).map { field in
            var asked = PaperField(field, of: form)
            if let condition = field.visibleWhen, condition != before {
                asked.when = form.czech(condition, beside: names)
            }
            before = field.visibleWhen
            return asked
        }
    }

    private static func grouped(_ fields: [FormField]) -> [FormField] {
        var rest = fields[...]
        var sorted: [FormField] = []
        while let first = rest.first {
            guard let condition = first.visibleWhen else {
                sorted.append(first)
                rest.removeFirst()
                continue
            }
            let run = rest.prefix { $0.visibleWhen != nil }
            sorted += run.filter { $0.visibleWhen == condition }
            rest = (run.filter { $0.visibleWhen != condition } + rest.dropFirst(run.count))[...]
        }
        return sorted
    }

    private init(_ field: FormField, of form: FormDefinition) {
        label = field.label
        help = field.help
        isOptional = field.required == nil
        switch field.kind {
        case .text, .integer, .decimal, .date:
            lines = [""]
            isWide = false
        case .longText: lines = ["", "", ""]
        case .files: lines = ["Přikládám"]
        case .place(let rule):
            lines = (rule.address ? ["Ulice a číslo"] : []) + ["PSČ, obec a její část"]
        case .choice(let rule), .choices(let rule): options = rule.options.map(\.label)
        case .consent(let rule): options = [rule.statement]
        case .group(let group):
            isTable = true
            columns = group.fields.map { field in
                field.required == nil ? "\(field.label) (nepovinné)" : field.label
            }
            rows = Array(1...max(group.rowsMin, min(group.rowsMax, Self.rowsMax)))
        }
        isChoice = !options.isEmpty
        isLines = !isChoice && !isTable
    }
}

extension FormDefinition {
    /// When a question is to be answered, in the words of the questions before it.
    ///
    /// A question that stands beside it needs no name.
    func czech(_ condition: FormCondition, beside names: Set<String>) -> String {
        switch condition {
        case .equals(let name, let value), .contains(let name, let value):
            choosing([value], in: name, isNear: names.contains(name))
        case .notEquals(let name, let value):
            choosing(others(than: value, in: name), in: name, isNear: names.contains(name))
        case .isFilled(let name): "vyplníte „\(label(of: name))“"
        case .not(.isFilled(let name)): "nevyplníte „\(label(of: name))“"
        case .all(let conditions):
            conditions.map { czech($0, beside: names) }.joined(separator: " a zároveň ")
        case .any(let conditions): choosing(conditions, beside: names)
        case .not(let condition): "neplatí, že \(czech(condition, beside: names))"
        }
    }

    /// Answers of one question are told together.
    private func choosing(_ conditions: [FormCondition], beside names: Set<String>) -> String {
        let answers = conditions.compactMap { condition in
            if case .equals(let name, let value) = condition { (name, value) } else { nil }
        }
        guard answers.count == conditions.count, Set(answers.map(\.0)).count == 1, let name = answers.first?.0
        else { return conditions.map { czech($0, beside: names) }.joined(separator: " nebo ") }
        return choosing(answers.map(\.1), in: name, isNear: names.contains(name))
    }

    private func choosing(_ values: [String], in name: String, isNear: Bool) -> String {
        if case .consent? = field(named: name)?.kind { return "zaškrtnete „\(label(of: name))“" }
        let answers = values.map { "„\(label(of: $0, in: name))“" }.joined(separator: " nebo ")
        return isNear ? "zvolíte \(answers)" : "u otázky „\(label(of: name))“ zvolíte \(answers)"
    }

    private func others(than value: String, in name: String) -> [String] {
        guard case .choice(let rule)? = field(named: name)?.kind else { return ["jinak než \(value)"] }
        return rule.options.map(\.value).filter { $0 != value }
    }

    private func label(of name: String) -> String { field(named: name)?.label ?? name }

    private func label(of value: String, in name: String) -> String {
        switch field(named: name)?.kind {
        case .choice(let rule), .choices(let rule):
            rule.options.first { $0.value == value }?.label ?? value
        default: value
        }
    }
}
