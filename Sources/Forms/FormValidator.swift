import Office

/// The one judge of answers, for every face and every form.
struct FormValidator: Sendable {
    let definition: FormDefinition
    let today: Day
    let places: Places

    /// Judges every shown field in order; answers of hidden and unknown fields are dropped.
    func judge(_ answers: FormAnswers, files: [StagedFile]) -> FormVerdict {
        var pass = FormPass(answers: answers, files: files, today: today, places: places)
        for section in definition.sections { pass.judge(section) }
        guard pass.faults.isEmpty else { return .faults(pass.faults) }
        return .valid(
            ValidAnswers(
                code: definition.code,
                version: definition.version,
                values: pass.values,
                files: files.filter { pass.acceptedFiles.contains($0) },
                sections: pass.sections,
                meanings: pass.meanings,
                placesByCriterion: pass.placesByCriterion
            )
        )
    }

    /// The sections that the answers so far let a person see.
    func shownSections(_ answers: FormAnswers, files: [StagedFile]) -> [FormSection] {
        var pass = FormPass(answers: answers, files: files, today: today, places: places)
        return definition.sections.filter { pass.judge($0) }
    }

    /// The good answers of shown fields, which is what conditions ask.
    func judgedValues(_ answers: FormAnswers, files: [StagedFile]) -> [String: [String]] {
        var pass = FormPass(answers: answers, files: files, today: today, places: places)
        for section in definition.sections { pass.judge(section) }
        return pass.values
    }
}

/// One walk through a form: what is known so far, and what was found.
struct FormPass {
    let answers: FormAnswers
    let files: [StagedFile]
    let today: Day
    let places: Places

    var values: [String: [String]] = [:]
    var faults: [FieldFault] = []
    var sections: [AnsweredSection] = []
    var meanings: [FormField.Meaning: String] = [:]
    var placesByCriterion: [TerritorialCriterion: AnsweredPlace] = [:]
    var acceptedFiles: [StagedFile] = []
    /// The good answers to questions for a day, which later ones are compared with.
    var days: [String: (label: String, day: Day)] = [:]

    private var section = ""

    init(answers: FormAnswers, files: [StagedFile], today: Day, places: Places) {
        (self.answers, self.files, self.today, self.places) = (answers, files, today, places)
    }

    /// False when the section is hidden.
    @discardableResult
    mutating func judge(_ section: FormSection) -> Bool {
        if let condition = section.visibleWhen, !condition.holds({ values[$0] ?? [] }) { return false }
        self.section = section.name
        var blocks = [AnsweredBlock(heading: "", lines: [])]
        for field in section.fields where isShown(field, in: "") {
            if case .group(let group) = field.kind {
                blocks += judge(rowsOf: field, group)
                blocks.append(AnsweredBlock(heading: "", lines: []))
            } else {
                blocks[blocks.count - 1].lines.append(
                    judge(field, at: Spot(asked: field.name, kept: field.name), in: "")
                )
            }
        }
        blocks.removeAll { $0.lines.isEmpty }
        if !blocks.isEmpty {
            sections.append(AnsweredSection(name: section.name, title: section.title, blocks: blocks))
        }
        return true
    }

    /// Where an answer came from and under which name it is kept.
    struct Spot {
        let asked: String
        let kept: String
    }

    private func isShown(_ field: FormField, in row: String) -> Bool {
        field.visibleWhen?.holds(lookup(in: row)) ?? true
    }

    private func lookup(in row: String) -> (String) -> [String] {
        { name in (row.isEmpty ? nil : values[row + name]) ?? values[name] ?? [] }
    }

    mutating func fault(_ name: String, _ label: String, _ czech: String) {
        faults.append(FieldFault(name: name, label: label, section: section, czech: czech))
    }

    // Rows keep the numbers of the page in faults, and get numbers without gaps in values.
    private mutating func judge(rowsOf field: FormField, _ group: GroupRule) -> [AnsweredBlock] {
        let indices = answers.rows(of: field.name).filter { index in
            group.fields.contains { answers.isAnswered("\(field.name).\(index).\($0.name)") }
        }
        let isRequired = field.isRequired(lookup(in: ""))
        if indices.count < group.rowsMin, isRequired || !indices.isEmpty {
            let count = Czech.count(group.rowsMin, "řádek", "řádky", "řádků")
            fault(
                field.name,
                field.label,
                field.missing ?? "Vyplňte v části „\(field.label)“ aspoň \(count)."
            )
        }
        guard indices.count <= group.rowsMax else {
            let count = Czech.count(group.rowsMax, "řádek", "řádky", "řádků")
            fault(
                field.name,
                field.label,
                "V části „\(field.label)“ ponechte nejvýše \(count); ostatní uveďte v příloze."
            )
            return []
        }
        if !indices.isEmpty { values[field.name] = [String(indices.count)] }
        return indices.enumerated().map { number, index in
            let row = "\(field.name).\(number)."
            let lines = group.fields.filter { isShown($0, in: row) }.count
            var block = AnsweredBlock(heading: "\(group.rowTitle) \(number + 1)", lines: [])
            block.lines.reserveCapacity(lines)
            for inner in group.fields where isShown(inner, in: row) {
                let spot = Spot(asked: "\(field.name).\(index).\(inner.name)", kept: row + inner.name)
                block.lines.append(judge(inner, at: spot, in: row))
            }
            return block
        }
    }

    private mutating func judge(_ field: FormField, at spot: Spot, in row: String) -> AnsweredLine {
        let isRequired = field.isRequired(lookup(in: row))
        let faultsBefore = faults.count
        let text: String?
        switch field.kind {
        case .text(let rule): text = judgeText(field, rule, at: spot, isLong: false)
        case .longText(let rule): text = judgeText(field, rule, at: spot, isLong: true)
        case .choice(let rule): text = judgeChoice(field, rule, at: spot)
        case .choices(let rule): text = judgeChoices(field, rule, at: spot)
        case .consent(let rule): text = judgeConsent(rule, at: spot)
        case .integer(let rule): text = judgeNumber(field, rule, decimals: 0, at: spot)
        case .decimal(let rule): text = judgeNumber(field, rule, decimals: rule.decimals ?? 2, at: spot)
        case .date(let rule): text = judgeDate(field, rule, at: spot)
        case .place(let rule): text = judgePlace(field, rule, at: spot, isRequired: isRequired)
        case .files(let rule): text = judgeFiles(field, rule)
        case .group: text = nil
        }
        if text == nil, isRequired, faults.count == faultsBefore {
            fault(field.inputName(spot.asked), field.label, field.missing ?? field.kind.request(field.label))
        }
        if let text, let meaning = field.meaning {
            meanings[meaning] = field.kind.isPlace ? text : values[spot.kept]?.first
        }
        return AnsweredLine(name: spot.asked, label: field.label, text: text ?? "neuvedeno")
    }
}

extension FormAnswers {
    /// The row numbers that occur under a group's name, ascending.
    func rows(of group: String) -> [Int] {
        let prefix = group + "."
        var rows: Set<Int> = []
        for name in values.keys where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            let digits = rest.prefix { $0 != "." }
            if digits.count <= 4, digits.count < rest.count, let row = Int(digits), row >= 0 {
                rows.insert(row)
            }
        }
        return rows.sorted()
    }

    func isAnswered(_ name: String) -> Bool { (values[name] ?? []).contains { !$0.isEmpty } }
}

extension FormField {
    /// The input that takes the focus when this field is at fault.
    func inputName(_ name: String) -> String {
        if case .place = kind { "\(name).obec" } else { name }
    }
}

extension FormField.Kind {
    fileprivate var isPlace: Bool { if case .place = self { true } else { false } }

    func request(_ label: String) -> String {
        switch self {
        case .text, .longText, .integer, .decimal: "Vyplňte pole „\(label)“."
        case .choice: "Vyberte jednu z možností: „\(label)“."
        case .choices: "Zaškrtněte aspoň jednu z možností: „\(label)“."
        case .consent: "Zaškrtněte pole „\(label)“, bez toho nelze podání přijmout."
        case .date:
            label.hasPrefix("Datum ")
                ? "Vyplňte d\(label.dropFirst())." : "Vyplňte datum v poli „\(label)“."
        case .place: "Vyberte obec v části „\(label)“."
        case .files: "Přiložte soubor: „\(label)“."
        case .group: "Vyplňte část „\(label)“."
        }
    }
}
