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

struct PaperSection: Encodable, Sendable {
    let title: String
    let lead: String?
    let condition: String?
    let fields: [PaperField]

    init(_ section: FormSection, of form: FormDefinition) {
        title = section.title
        lead = section.lead
        condition = section.visibleWhen.map { form.czech($0) }
        fields = section.fields.map { PaperField($0, of: form) }
    }
}

/// One question on paper; exactly one of the `is…` is true.
struct PaperField: Encodable, Sendable {
    static let rowsMax = 3

    let label: String
    let help: String?
    let condition: String?
    let isOptional: Bool
    var options: [String] = []
    /// Lines to write on, each with what belongs there; empty when the label says it.
    var lines: [String] = []
    var rows: [PaperRow] = []
    var isLines = false
    var isChoice = false
    var isRows = false

    init(_ field: FormField, of form: FormDefinition) {
        label = field.label
        help = field.help
        condition = field.visibleWhen.map { form.czech($0) }
        isOptional = field.required == nil
        switch field.kind {
        case .text, .integer, .decimal, .date: lines = [""]
        case .longText: lines = ["", "", ""]
        case .files: lines = ["Přikládám"]
        case .place(let rule):
            lines = (rule.address ? ["Ulice a číslo"] : []) + ["PSČ, obec a její část"]
        case .choice(let rule), .choices(let rule): options = rule.options.map(\.label)
        case .consent(let rule): options = [rule.statement]
        case .group(let group):
            isRows = true
            rows = (1...max(group.rowsMin, min(group.rowsMax, Self.rowsMax))).map { number in
                PaperRow(
                    title: "\(group.rowTitle) \(number)",
                    fields: group.fields.map { PaperField($0, of: form) }
                )
            }
        }
        isChoice = !options.isEmpty
        isLines = !isChoice && !isRows
    }
}

struct PaperRow: Encodable, Sendable {
    let title: String
    let fields: [PaperField]
}

extension FormDefinition {
    /// When a question is to be answered, in the words of the questions before it.
    func czech(_ condition: FormCondition) -> String {
        switch condition {
        case .equals(let name, let value), .contains(let name, let value): choosing([value], in: name)
        case .notEquals(let name, let value): choosing(others(than: value, in: name), in: name)
        case .isFilled(let name): "vyplníte „\(label(of: name))“"
        case .not(.isFilled(let name)): "nevyplníte „\(label(of: name))“"
        case .all(let conditions): conditions.map { czech($0) }.joined(separator: " a zároveň ")
        case .any(let conditions): conditions.map { czech($0) }.joined(separator: " nebo ")
        case .not(let condition): "neplatí, že \(czech(condition))"
        }
    }

    private func choosing(_ values: [String], in name: String) -> String {
        if case .consent? = field(named: name)?.kind { return "zaškrtnete „\(label(of: name))“" }
        let answers = values.map { "„\(label(of: $0, in: name))“" }.joined(separator: " nebo ")
        return "u otázky „\(label(of: name))“ zvolíte \(answers)"
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
