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
                bodyMax: FormLimits.uploadBytesMax,
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
                .get,
                "/nastaveni/formulare/:code",
                room: Self.room,
                "Náhled formuláře a jeho verze",
                preview
            ),
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
            hours: Self.told(front.hours),
            address: Self.told(front.address),
            email: Self.told(front.email),
            phone: Self.told(front.phone),
            dataBox: Self.told(front.dataBox),
            acceptedFormats: Self.told(front.acceptedFormats),
            isBare: front.hours.isEmpty && front.address.isEmpty && front.email.isEmpty
        )
        return try pages.answer(page, to: request, visit)
    }

    private static func told(_ text: String) -> String? { text.isEmpty ? nil : text }

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
