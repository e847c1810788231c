import Office

/// A form as far as it is filled in: which part is on the page, what is wrong with it, where its buttons lead.
struct FilledSheet {
    let form: OfferedForm
    let draft: FormDraft
    /// Counted from one; nil when the whole form is on one page.
    let step: Int?
    let shown: [FormSection]
    /// One step is mended for the review, which comes again after it.
    let mends: Bool
    private(set) var window: DraftWindow
    private let validator: FormValidator
    private(set) var faults: [FieldFault] = []
    /// Shown although conditions on answers that could not be read may hide them.
    private(set) var forced: Set<String> = []
    /// The database did not take it: the page itself is the only place where the answers are.
    private(set) var isLost = false
    /// The place for which municipalities are offered.
    private(set) var offering: String?
    /// Why the page came back although nothing on it is at fault.
    private(set) var refusal: String?

    init(
        _ form: OfferedForm,
        _ draft: FormDraft,
        step: Int?,
        _ validator: FormValidator,
        mends: Bool = false
    ) {
        self.form = form
        self.draft = draft
        self.validator = validator
        self.mends = mends && step != nil
        window = DraftWindow(draft)
        shown = validator.shownSections(draft.answers, files: draft.files)
        let last = max(shown.count, 1)
        self.step = step.map { min(max($0, 1), last) }
    }

    var isFaulty: Bool { !faults.isEmpty || refusal != nil }

    /// Those of this page only.
    mutating func showFaults() {
        guard case .faults(let found) = validator.judge(draft.answers, files: draft.files) else { return }
        let names = Set(sections.map(\.name))
        faults = found.filter { names.contains($0.section) }
    }

    /// Nobody is blamed for a question that was not on the page: true when only such are open, and they come now.
    mutating func forgive(allBut asked: Set<String>) -> Bool {
        guard !faults.isEmpty, !asked.isEmpty else { return false }
        faults.removeAll { fault in
            let field = fault.name.lastIndex(of: ".").map { String(fault.name[..<$0]) } ?? fault.name
            let isAsked =
                asked.contains(fault.name) || asked.contains(field)
                || asked.contains { $0.hasPrefix(fault.name + ".") }
            return !isAsked
        }
        return faults.isEmpty
    }

    /// Files that were not taken; what a rule says of the same question is less than that.
    mutating func add(_ refusals: [FieldFault]) {
        let names = Set(refusals.map(\.name))
        faults = faults.filter { !names.contains($0.name) } + refusals
    }

    /// The page that asked for more stays the same page.
    mutating func stay(in window: DraftWindow?) { self.window = window ?? self.window }

    mutating func offer(_ place: String) { offering = place }

    mutating func refuse(_ why: String) { refusal = why }

    mutating func lose(_ typed: TypedForm) {
        isLost = true
        stay(in: typed.window)
        forced = typed.asked
        let files = typed.files.isEmpty ? "" : " Soubory pak prosím vyberte znovu."
        refusal =
            "Odpovědi se teď nepodařilo uložit. Jsou na této stránce: nezavírejte ji a za chvíli ji odešlete znovu."
            + files
    }

    /// Of the page.
    var sections: [FormSection] {
        guard let step else { return shown }
        if isLost {
            return form.definition.sections.filter { $0.fields.contains { forced.contains($0.name) } }
        }
        return shown.isEmpty ? [] : [shown[step - 1]]
    }

    // Where its buttons lead

    private var path: String { "/formulare/\(form.definition.code)" }

    func address(step: Int?) -> String {
        let whole = "\(path)/vyplnit?navrh=\(draft.key.text)"
        return step.map { "\(whole)&krok=\($0)" } ?? whole
    }

    var address: String { address(step: step) + (mends ? "&oprava=ano" : "") }

    /// The page shows what it brought where the person was: a browser without a script starts at the top.
    func address(at question: String?) -> String {
        guard let question, let field = form.definition.field(named: FieldView.plainName(of: question)) else {
            return address
        }
        guard case .place = field.kind else { return "\(address)#\(question)" }
        return "\(address)&nabidka=\(question)#\(question)"
    }

    var otherAddress: String { address(step: step == nil ? 1 : nil) }
    var addressBack: String { address(step: step.map { max($0 - 1, 1) }) }
    var addressOnward: String {
        if let step, step < shown.count, !mends { return address(step: step + 1) }
        return "\(path)/kontrola?navrh=\(draft.key.text)\(step == nil ? "" : "&zpusob=kroky")"
    }

    /// Where a person mends the first of these faults.
    func addressOfFault(_ faults: [FieldFault], bySteps: Bool) -> String {
        guard bySteps, let first = faults.first,
            let index = shown.firstIndex(where: { $0.name == first.section })
        else { return address(step: nil) + "&chyby=ano" }
        return address(step: index + 1) + "&chyby=ano"
    }

    func page(_ places: Places, prefill: Prefill, controller: String, token: String) -> FormFillPage {
        let viewer = FormViewer(
            definition: form.definition,
            answers: draft.answers,
            judged: validator.judgedValues(draft.answers, files: draft.files),
            files: draft.files,
            faults: faults,
            places: places,
            forced: forced,
            prefill: prefill,
            offering: offering
        )
        let isLast = step.map { $0 >= shown.count } ?? true
        return FormFillPage(
            title: form.definition.title,
            code: form.definition.code,
            draft: draft.key.text,
            window: window.text,
            sections: sections.map(viewer.view).filter { !$0.fields.isEmpty },
            errors: faults.map { FaultLine(field: $0.name, sentence: $0.czech) },
            hasErrors: !faults.isEmpty,
            action: address,
            municipalities: places.municipalities.map { places.label(of: $0) },
            step: step,
            stepText: step.map { "Krok \($0) z \(shown.count)" } ?? "",
            stepCount: shown.count,
            hasBack: (step ?? 1) > 1,
            next: isLast || mends ? "Zkontrolovat a podat" : "Pokračovat",
            otherWay: step == nil ? "Vyplnit po krocích" : "Vyplnit na jedné stránce",
            refusal: refusal,
            token: token,
            privacy: form.definition.privacy.lines(controller)
        )
    }
}
