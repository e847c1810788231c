package import Database
package import Files
import Foundation
import HTTPTypes
import Hummingbird
package import Office
import Sealing
package import Web

/// What a person sees of the form container: the front page, the forms, filling them in and handing them in.
package struct FormRoutes: Sendable {
    let database: Database
    let files: FileStore
    let shelf: FormShelf
    let intake: FormIntake
    let pages: Pages
    let cookies: CookieJar
    let places: @Sendable () -> Places
    let front: @Sendable (TenantName) async throws -> OfficeFront

    /// `places` is the register of the day; `front` is what the office says of itself.
    package init(
        database: Database,
        files: FileStore,
        desk: any SubmissionDesk,
        pages: Pages,
        cookies: CookieJar,
        places: @escaping @Sendable () -> Places,
        front: @escaping @Sendable (TenantName) async throws -> OfficeFront
    ) {
        self.database = database
        self.files = files
        shelf = FormShelf(database: database)
        intake = FormIntake(desk: desk)
        self.pages = pages
        self.cookies = cookies
        self.places = places
        self.front = front
    }

    static let room = "Forms"

    package var routes: [Route] {
        [
            .open(.get, "/", "Úvodní stránka úřadu", frontPage),
            .open(.get, "/formulare", room: Self.room, "Formuláře úřadu", list),
            .open(.get, "/formulare/:code", room: Self.room, "O formuláři", intro),
            .open(.get, "/formulare/:code/vyplnit", room: Self.room, "Vyplnění formuláře", fill),
            .open(
                .post,
                "/formulare/:code/vyplnit",
                room: Self.room,
                bodyMax: Limits.uploadBytesMax,
                "Uloží rozepsaný formulář",
                save
            ),
            .open(.get, "/formulare/:code/kontrola", room: Self.room, "Kontrola před podáním", review),
            .open(.post, "/formulare/:code/podat", room: Self.room, "Podá formulář", handIn),
            .open(.get, "/api/forms", room: Self.room, "Formuláře úřadu", apiList),
            .open(.get, "/api/forms/:code", room: Self.room, "Definice formuláře", apiDefinition),
            .open(.post, "/api/forms/:code", room: Self.room, "Podá formulář jako JSON", apiHandIn),
            .needs(.manageForms, .get, "/nastaveni/formulare", room: Self.room, "Formuláře úřadu", settings),
            .needs(
                .manageForms,
                .post,
                "/nastaveni/formulare/:code",
                room: Self.room,
                "Zapne nebo vypne formulář",
                switchForm
            ),
        ]
    }

    // Before filling in

    private func links(_ tenant: TenantName, _ now: Date, service: String = "") async throws -> [FormLink] {
        var links: [FormLink] = []
        for line in try await shelf.lines(of: tenant, at: now) where line.isOn {
            let form = try await shelf.definition(line.digest, of: tenant)
            guard service.isEmpty || form.service == service || form.service == "obecne-podani" else {
                continue
            }
            links.append(FormLink(title: form.title, lead: form.lead, link: "/formulare/\(form.code)"))
        }
        return links.sorted { folded($0.title) < folded($1.title) }
    }

    @Sendable private func frontPage(_ request: Request, _ visit: Visit) async throws -> Response {
        let office = try visit.here
        let front = try await front(office.tenant)
        let forms = office.keeps(Self.room) ? try await links(office.tenant, visit.now) : []
        let page = OfficeFrontPage(
            title: office.name,
            forms: forms,
            hasForms: !forms.isEmpty,
            hours: front.hours,
            address: front.address,
            email: front.email,
            phone: front.phone,
            dataBox: front.dataBox,
            acceptedFormats: front.acceptedFormats,
            isBare: front.hours.isEmpty && front.address.isEmpty && front.email.isEmpty
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable private func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let service = try Input.query("sluzba", of: request)
        let forms = try await links(try visit.here.tenant, visit.now, service: service)
        return try pages.answer(FormListPage(forms: forms, isEmpty: forms.isEmpty), to: request, visit)
    }

    func offered(_ visit: Visit) async throws -> OfferedForm {
        let form = try await shelf.form(
            try visit.parameter("code"),
            of: try visit.here.tenant,
            at: visit.now
        )
        guard form.isOn else { throw PlainRefusal.missing }
        return form
    }

    func owner(_ visit: Visit) -> DraftOwner { DraftOwner(browser: visit.browser, host: visit.authority) }

    @Sendable private func intro(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit).definition
        let owner = owner(visit)
        let draft = try await database.region { region in
            try await FormStore.newestDraft(of: form.code, owner, in: region)
        }
        return try pages.answer(FormIntroPage(form, draft: draft), to: request, visit)
    }

    // Filling in

    @Sendable private func fill(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        guard let key = DraftKey(try Input.query("navrh", of: request)) else {
            let way = try Input.query("zpusob", of: request) == "kroky" ? "&krok=1" : ""
            return .seeOther(
                "/formulare/\(form.definition.code)/vyplnit?navrh=\(DraftKey.issue().text)\(way)"
            )
        }
        let draft = try await draft(key, form, visit)
        if let receipt = draft.receipt { return .seeOther(receipt) }
        let step = Int(try Input.query("krok", of: request))
        let showsFaults = try Input.query("chyby", of: request) == "ano"
        var faults: [FieldFault] = []
        if showsFaults { faults = self.faults(form, draft, step: step, visit) }
        return try answer(form, draft, step: step, faults: faults, refusal: nil, to: request, visit)
    }

    /// What was typed, or an empty draft under the key that was issued with the page.
    func draft(_ key: DraftKey, _ form: OfferedForm, _ visit: Visit) async throws -> FormDraft {
        let owner = owner(visit)
        let found = try await database.region { try await FormStore.draft(key, of: owner, in: $0) }
        if let found, found.formCode == form.definition.code { return found }
        return FormDraft(
            key: key,
            formCode: form.definition.code,
            formDigest: form.digest,
            answers: FormAnswers(),
            files: [],
            receipt: nil,
            changedAt: visit.now
        )
    }

    func validator(_ form: OfferedForm, _ visit: Visit) -> FormValidator {
        FormValidator(definition: form.definition, today: visit.today, places: places())
    }

    private func faults(_ form: OfferedForm, _ draft: FormDraft, step: Int?, _ visit: Visit) -> [FieldFault] {
        guard case .faults(let faults) = validator(form, visit).judge(draft.answers, files: draft.files)
        else {
            return []
        }
        guard let step, let section = shownSections(form, draft, visit).dropFirst(step - 1).first else {
            return faults
        }
        return faults.filter { $0.section == section.name }
    }

    private func shownSections(_ form: OfferedForm, _ draft: FormDraft, _ visit: Visit) -> [FormSection] {
        validator(form, visit).shownSections(draft.answers, files: draft.files)
    }

    func answer(
        _ form: OfferedForm,
        _ draft: FormDraft,
        step: Int?,
        faults: [FieldFault],
        refusal: String?,
        to request: Request,
        _ visit: Visit
    ) throws -> Response {
        let shown = shownSections(form, draft, visit)
        let places = places()
        let viewer = FormViewer(
            definition: form.definition,
            answers: draft.answers,
            files: draft.files,
            faults: faults,
            places: places
        )
        let current = step.map { min(max($0, 1), max(shown.count, 1)) }
        let sections = current.map { [shown[$0 - 1]] } ?? shown
        let page = FormFillPage(
            title: form.definition.title,
            code: form.definition.code,
            draft: draft.key.text,
            sections: sections.map(viewer.view),
            errors: faults.map { FaultLine(field: $0.name, sentence: $0.czech) },
            hasErrors: !faults.isEmpty,
            action: Self.address(form, draft, step: current),
            municipalities: places.municipalities.map { places.label(of: $0) },
            step: current,
            stepText: current.map { "Krok \($0) z \(shown.count)" } ?? "",
            stepCount: shown.count,
            back: current.flatMap { $0 > 1 ? Self.address(form, draft, step: $0 - 1) : nil },
            next: current.map { $0 < shown.count } == true ? "Pokračovat" : "Zkontrolovat a podat",
            otherWay: Self.address(form, draft, step: current == nil ? 1 : nil),
            otherWayText: current == nil ? "Vyplnit po krocích" : "Vyplnit na jedné stránce",
            refusal: refusal
        )
        let isFaulty = !faults.isEmpty || refusal != nil
        return try pages.answer(page, to: request, visit, status: isFaulty ? .unprocessableContent : .ok)
    }

    static func address(_ form: OfferedForm, _ draft: FormDraft, step: Int?) -> String {
        let path = "/formulare/\(form.definition.code)/vyplnit?navrh=\(draft.key.text)"
        return step.map { "\(path)&krok=\($0)" } ?? path
    }

    /// Keeps what was typed whatever else happens, then goes on, back, or shows what is wrong.
    @Sendable private func save(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        guard let key = DraftKey(try Input.query("navrh", of: request)) else { throw PlainRefusal.missing }
        let step = Int(try Input.query("krok", of: request))
        var draft = try await draft(key, form, visit)
        if let receipt = draft.receipt { return .seeOther(receipt) }
        let shown = shownSections(form, draft, visit)
        let names =
            step.flatMap { shown.dropFirst($0 - 1).first }.map { $0.fields.map(\.name) }
            ?? shown.flatMap(\.fields).map(\.name)
        let typed = try await read(request, form, draft)
        // A box that was unticked sends nothing, so what this page asked is replaced, not merged.
        let others = draft.answers.filtered { name in
            !names.contains { name == $0 || name.hasPrefix($0 + ".") }
        }
        draft.answers = others.merged(with: typed.answers)
        draft.files = draft.files.filter { !typed.removed.contains($0.digest.hex) } + typed.files
        draft.formDigest = form.digest
        if let group = typed.addedRow {
            let next = (draft.answers.rows(of: group).max() ?? 0) + 1
            draft.answers.set("\(group).\(next)._", [""])
        }
        let owner = owner(visit)
        let kept = draft
        try await database.region { try FormStore.keep(kept, of: owner, in: $0) }
        if let refusal = typed.refusal {
            return try answer(form, draft, step: step, faults: [], refusal: refusal, to: request, visit)
        }
        if typed.act == "obnovit" || typed.addedRow != nil || !typed.removed.isEmpty {
            return .seeOther(Self.address(form, draft, step: step))
        }
        let faults = faults(form, draft, step: step, visit)
        guard faults.isEmpty else {
            return try answer(form, draft, step: step, faults: faults, refusal: nil, to: request, visit)
        }
        let count = shownSections(form, draft, visit).count
        if let step, step < count { return .seeOther(Self.address(form, draft, step: step + 1)) }
        return .seeOther("/formulare/\(form.definition.code)/kontrola?navrh=\(key.text)")
    }

    // Handing in

    @Sendable private func review(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        guard let key = DraftKey(try Input.query("navrh", of: request)) else { throw PlainRefusal.missing }
        let draft = try await draft(key, form, visit)
        if let receipt = draft.receipt { return .seeOther(receipt) }
        guard case .valid(let answers) = validator(form, visit).judge(draft.answers, files: draft.files)
        else {
            return .seeOther(Self.address(form, draft, step: nil) + "&chyby=ano")
        }
        return try pages.answer(FormReviewPage(form.definition, draft, answers), to: request, visit)
    }

    @Sendable private func handIn(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Form: Decodable { var draft: String }
        let form = try await offered(visit)
        guard let key = DraftKey(try await Input.decode(Form.self, from: request).draft) else {
            throw PlainRefusal.missing
        }
        let draft = try await draft(key, form, visit)
        if let receipt = draft.receipt { return .seeOther(receipt) }
        guard case .valid(let answers) = validator(form, visit).judge(draft.answers, files: draft.files)
        else {
            return .seeOther(Self.address(form, draft, step: nil) + "&chyby=ano")
        }
        let office = try visit.here
        let receipt = try await intake.handIn(
            answers,
            of: form,
            key: key,
            host: office.tenant,
            officeName: office.name,
            user: visit.visitor?.userID
        )
        let owner = owner(visit)
        try await database.region { FormStore.handIn(key, receipt: receipt.path, of: owner, in: $0) }
        return .seeOther(receipt.path)
    }
}

/// What an office says of itself on its front page.
package struct OfficeFront: Sendable {
    package var hours = ""
    package var address = ""
    package var email = ""
    package var phone = ""
    package var dataBox = ""
    package var acceptedFormats = ""

    package init() {}
}

extension FormIntroPage {
    init(_ form: FormDefinition, draft: FormDraft?) {
        self.init(
            title: form.title,
            code: form.code,
            lead: form.lead,
            audience: form.audience,
            bring: form.bring,
            duration: form.duration,
            fee: form.fee,
            counter: form.counter,
            confirmation: form.confirmation.sentence,
            purpose: form.privacy.purpose,
            law: form.privacy.law,
            retention: form.privacy.retention,
            rights: form.privacy.rights,
            hasDraft: draft != nil,
            draftLink: draft.map { "/formulare/\(form.code)/vyplnit?navrh=\($0.key.text)" } ?? ""
        )
    }
}

extension FormReviewPage {
    init(_ form: FormDefinition, _ draft: FormDraft, _ answers: ValidAnswers) {
        self.init(
            title: "Zkontrolujte a podejte",
            code: form.code,
            draft: draft.key.text,
            sections: answers.sections.map { section in
                ReviewSection(
                    title: section.title,
                    lines: section.blocks.flatMap { block in
                        (block.heading.isEmpty ? [] : [.init(label: block.heading, text: "")])
                            + block.lines.map { .init(label: $0.label, text: $0.text) }
                    }
                )
            },
            files: answers.files.map(\.name),
            hasFiles: !answers.files.isEmpty,
            confirmation: form.confirmation.sentence,
            edit: "/formulare/\(form.code)/vyplnit?navrh=\(draft.key.text)"
        )
    }
}
