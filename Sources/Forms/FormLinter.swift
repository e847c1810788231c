/// What must be true of a form before it may be published.
struct FormLinter: Sendable {
    /// Codes of the public services that exist.
    let services: Set<String>

    /// Everything wrong with the definition, in Czech; empty when it may be published.
    func findings(in form: FormDefinition) -> [String] {
        var findings: [String] = []
        func expect(_ isTrue: Bool, _ finding: @autoclosure () -> String) {
            if !isTrue { findings.append(finding()) }
        }
        expect(
            Self.isName(form.code),
            "Kód formuláře „\(form.code)“ smí mít jen malá písmena, číslice a pomlčky."
        )
        expect(form.version >= 1, "Verze formuláře musí být aspoň 1.")
        expect(services.contains(form.service), "Služba „\(form.service)“ není v katalogu služeb.")
        let texts = [
            ("title", form.title), ("lead", form.lead), ("audience", form.audience),
            ("duration", form.duration),
            ("fee", form.fee), ("counter", form.counter), ("privacy.purpose", form.privacy.purpose),
            ("privacy.law", form.privacy.law), ("privacy.retention", form.privacy.retention),
            ("privacy.rights", form.privacy.rights),
        ]
        for (key, text) in texts { expect(!Self.isBlank(text), "Doplňte text „\(key)“.") }
        let keywords = form.keywords ?? []
        expect(
            keywords.count <= FormLimits.keywordsMax && !keywords.contains(where: Self.isBlank),
            "Slov pro hledání smí být nejvýše \(FormLimits.keywordsMax) a žádné nesmí být prázdné."
        )
        expect(!form.sections.isEmpty, "Formulář nemá žádnou část.")
        expect(
            form.sections.count <= FormLimits.sectionsMax,
            "Formulář má více než \(FormLimits.sectionsMax) částí."
        )
        expect(
            form.allFields.count <= FormLimits.fieldsMax,
            "Formulář má více než \(FormLimits.fieldsMax) polí."
        )
        findings += doubles(form.sections.map(\.name)).map { "Dvě části mají stejný název „\($0)“." }
        findings += doubles(form.allFields.map(\.name)).map { "Dvě pole mají stejný název „\($0)“." }
        findings += doubles(form.allFields.compactMap(\.meaning).map(\.rawValue)).map {
            "Význam „\($0)“ mají dvě pole."
        }
        var known = KnownFields()
        for section in form.sections { findings += self.findings(in: section, &known) }
        return findings
    }

    /// Fields that a later condition may name, with the values they can have, if those are listed.
    private struct KnownFields {
        var options: [String: [String]?] = [:]
        /// Questions for a day, outside of rows.
        var days: Set<String> = []
    }

    private func findings(in section: FormSection, _ known: inout KnownFields) -> [String] {
        var findings: [String] = []
        if !Self.isName(section.name) {
            findings.append("Název části „\(section.name)“ smí mít jen malá písmena, číslice a pomlčky.")
        }
        if Self.isBlank(section.title) { findings.append("Část „\(section.name)“ nemá nadpis.") }
        if section.fields.isEmpty { findings.append("Část „\(section.name)“ nemá žádné pole.") }
        findings += check(section.visibleWhen, of: "části „\(section.name)“", known)
        for field in section.fields { findings += self.findings(in: field, &known, isInGroup: false) }
        return findings
    }

    private func findings(in field: FormField, _ known: inout KnownFields, isInGroup: Bool) -> [String] {
        var findings: [String] = []
        let place = "pole „\(field.name)“"
        if !Self.isName(field.name) {
            findings.append("Název \(place) smí mít jen malá písmena, číslice a pomlčky a začíná písmenem.")
        }
        if Self.isBlank(field.label) { findings.append("Chybí popisek \(place).") }
        findings += check(field.visibleWhen, of: place, known)
        if case .when(let condition) = field.required { findings += check(condition, of: place, known) }
        switch field.kind {
        case .text(let rule), .longText(let rule): findings += self.findings(in: rule, of: place)
        case .choice(let rule), .choices(let rule):
            findings += self.findings(in: rule, of: place)
            let ages = rule.options.compactMap(\.age)
            findings += ages.compactMap { check(day: $0.born, of: place, known) }
            if case .choices = field.kind, !ages.isEmpty {
                findings.append("Věk lze žádat jen u výběru jedné možnosti: \(place).")
            }
        case .consent(let rule):
            if Self.isBlank(rule.statement) { findings.append("Souhlas \(place) nemá znění.") }
        case .integer(let rule), .decimal(let rule):
            if let from = rule.from, let to = rule.to, from > to {
                findings.append("Meze \(place) jsou obráceně.")
            }
            if let decimals = rule.decimals, !(1...6).contains(decimals) {
                findings.append("Počet desetin \(place) je mimo 1 až 6.")
            }
        case .date(let rule):
            let today = DateRule.Offset()
            let bounds = [rule.earliest ?? today, rule.latest ?? today]
            if bounds.contains(where: { abs($0.years ?? 0) > 150 || abs($0.days ?? 0) > 50_000 }) {
                findings.append("Meze data \(place) jsou příliš daleko.")
            }
            if let first = rule.notBefore, let finding = check(day: first, of: place, known) {
                findings.append(finding)
            }
            if !isInGroup { known.days.insert(field.name) }
        case .place, .files:
            if isInGroup { findings.append("Opakované řádky nemohou obsahovat místo ani soubory: \(place).") }
            if case .files(let rule) = field.kind { findings += self.findings(in: rule, of: place) }
            if case .place(let rule) = field.kind { findings += check(rule.decidesWhen, of: place, known) }
        case .group(let group): findings += self.findings(in: group, of: field, known, isInGroup: isInGroup)
        }
        known.options[field.name] = .some(field.kind.optionValues)
        return findings
    }

    private func findings(in rule: TextRule, of place: String) -> [String] {
        let longest = rule.longest ?? 1
        guard (rule.shortest ?? 0) <= longest || rule.longest == nil,
            (1...FormLimits.longestMax).contains(longest)
        else { return ["Délka \(place) je mimo meze."] }
        return []
    }

    private func findings(in rule: ChoiceRule, of place: String) -> [String] {
        var findings = doubles(rule.options.map(\.value)).map {
            "Dvě možnosti \(place) mají hodnotu „\($0)“."
        }
        if !(2...FormLimits.optionsMax).contains(rule.options.count) {
            findings.append("Počet možností \(place) je mimo 2 až \(FormLimits.optionsMax).")
        }
        if rule.options.contains(where: { Self.isBlank($0.label) || Self.isBlank($0.value) }) {
            findings.append("Některá možnost \(place) nemá hodnotu nebo popisek.")
        }
        return findings
    }

    private func findings(in rule: FileRule, of place: String) -> [String] {
        var findings: [String] = []
        if !(1...FormLimits.filesMax).contains(rule.countMax) {
            findings.append("Počet souborů \(place) je mimo 1 až \(FormLimits.filesMax).")
        }
        if !(1...FormLimits.fileBytesMax).contains(rule.bytesMax) {
            findings.append("Velikost souboru \(place) je nejvýše \(Czech.bytes(FormLimits.fileBytesMax)).")
        }
        if rule.accept.isEmpty { findings.append("U \(place) chybí druhy souborů.") }
        return findings
    }

    private func findings(
        in group: GroupRule,
        of field: FormField,
        _ known: KnownFields,
        isInGroup: Bool
    ) -> [String] {
        var findings: [String] = []
        let place = "pole „\(field.name)“"
        if isInGroup { findings.append("Opakované řádky nemohou obsahovat další řádky: \(place).") }
        if group.fields.isEmpty { findings.append("Opakované řádky \(place) nemají žádné pole.") }
        if Self.isBlank(group.rowTitle) { findings.append("Opakované řádky \(place) nemají nadpis řádku.") }
        if group.rowsMin < 0 || group.rowsMin > group.rowsMax
            || !(1...FormLimits.rowsMax).contains(group.rowsMax)
        {
            findings.append("Počet řádků \(place) je mimo 1 až \(FormLimits.rowsMax).")
        }
        var inside = known
        for inner in group.fields { findings += self.findings(in: inner, &inside, isInGroup: true) }
        return findings
    }

    private func check(day name: String, of place: String, _ known: KnownFields) -> String? {
        known.days.contains(name) ? nil : "Pravidlo \(place) čeká datum „\(name)“, které před ním není."
    }

    private func check(_ condition: FormCondition?, of place: String, _ known: KnownFields) -> [String] {
        guard let condition else { return [] }
        var findings: [String] = []
        if condition.depth > FormLimits.conditionDepthMax
            || condition.fields.count > FormLimits.conditionLeavesMax
        {
            findings.append("Podmínka \(place) je příliš složitá.")
        }
        for name in Set(condition.fields).sorted() where known.options[name] == nil {
            findings.append("Podmínka \(place) se ptá na pole „\(name)“, které před ním není.")
        }
        for (name, value) in condition.comparisons {
            if let options = known.options[name] ?? nil, !options.contains(value) {
                findings.append("Podmínka \(place) čeká hodnotu „\(value)“, kterou pole „\(name)“ nemá.")
            }
        }
        return findings
    }

    private func doubles(_ names: [String]) -> [String] {
        Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    }

    /// A small letter, then small letters, digits and hyphens, at most 40.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, (0x61...0x7A).contains(first), text.utf8.count <= 40 else {
            return false
        }
        return text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }
}

extension FormField.Kind {
    fileprivate var optionValues: [String]? {
        switch self {
        case .choice(let rule), .choices(let rule): rule.options.map(\.value)
        case .consent: ["ano"]
        default: nil
        }
    }
}

extension FormCondition {
    fileprivate var comparisons: [(String, String)] {
        switch self {
        case .equals(let field, let value), .notEquals(let field, let value), .contains(let field, let value):
            [(field, value)]
        case .isFilled: []
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.comparisons)
        case .not(let condition): condition.comparisons
        }
    }
}
