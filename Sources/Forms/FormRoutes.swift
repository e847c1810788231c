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
    let register: any OfficeRegister
    let front: @Sendable (TenantName, Day) async throws -> OfficeFront
    let usage: FormUsage

    /// `places` is the register of the day, `front` what the office says of itself, `usage` how often each form
    /// was handed in at an office.
    package init(
        database: Database,
        files: FileStore,
        desk: any SubmissionDesk,
        pages: Pages,
        cookies: CookieJar,
        places: @escaping @Sendable () -> Places,
        register: any OfficeRegister,
        front: @escaping @Sendable (TenantName, Day) async throws -> OfficeFront,
        usage: @escaping @Sendable (TenantName) async throws -> [String: Int]
    ) {
        self.database = database
        self.files = files
        shelf = FormShelf(database: database)
        intake = FormIntake(desk: desk, register: register)
        self.pages = pages
        self.cookies = cookies
        self.places = places
        self.register = register
        self.front = front
        self.usage = FormUsage(read: usage)
    }

    static let room = "Forms"
    private static let draft = Parameter.query("navrh", "Klíč rozepsaného formuláře, 22 znaků base64url.")
    private static let step = Parameter.query("krok", "Krok formuláře od 1.")
    private static let mending = Parameter.query("oprava", "ano: krok se opravuje a pak se vrátí kontrola.")

    package var routes: [Route] {
        [
            .open(.get, "/", "Úvodní stránka úřadu", frontPage).showing(OfficeFrontPage.self),
            .open(.get, "/formulare", room: Self.room, "Formuláře úřadu", list)
                .asking(
                    .query("sluzba", "Kód služby, jejíž formuláře se hledají."),
                    .query("co", "Hledaná slova, nejvýše 100 znaků.")
                ).showing(FormListPage.self),
            .open(.get, "/formulare/:code", room: Self.room, "O formuláři", intro)
                .showing(FormIntroPage.self),
            .open(.get, "/formulare/:code/tisk", room: Self.room, "Prázdný formulář k tisku", paper)
                .showing(PaperFormPage.self),
            .open(.get, "/formulare/:code/vyplnit", room: Self.room, "Vyplnění formuláře", fill)
                .asking(
                    Self.draft,
                    Self.step,
                    Self.mending,
                    .query("zpusob", "kroky: vyplňuje se po krocích."),
                    .query("chyby", "ano: ukáže, co chybí."),
                    .query("nabidka", "Pole, u něhož se mají nabídnout místa.")
                ).showing(FormFillPage.self),
            .open(
                .post,
                "/formulare/:code/vyplnit",
                room: Self.room,
                bodyMax: Limits.uploadBytesMax,
                "Uloží rozepsaný formulář",
                save
            ).asking(Self.draft, Self.step, Self.mending).lasting,
            .open(.get, "/formulare/:code/kontrola", room: Self.room, "Kontrola před podáním", review)
                .asking(Self.draft, .query("zpusob", "kroky: vyplňuje se po krocích."))
                .showing(FormReviewPage.self),
            .open(.post, "/formulare/:code/podat", room: Self.room, "Podá formulář", handIn)
                .asking(Self.draft).lasting,
            .open(.get, "/api/forms", room: Self.room, "Formuláře úřadu", apiList).giving([Listed].self),
            .open(
                .get,
                "/api/forms/:code",
                room: Self.room,
                "Definice formuláře; co čeká který druh pole, říká POST",
                apiDefinition
            )
            .asking(Self.code).sending("application/json"),
            .open(.post, "/api/forms/:code", room: Self.room, "Podá formulář jako JSON", apiHandIn)
                .asking(Self.code, Self.key).taking(Self.answers).giving(HandedIn.self, .accepted),
            .needs(.manageForms, .get, "/nastaveni/formulare", room: Self.room, "Formuláře úřadu", settings)
                .showing(FormSettingsPage.self),
            .needs(
                .manageForms,
                .get,
                "/nastaveni/formulare/:code",
                room: Self.room,
                "Náhled formuláře a jeho verze",
                preview
            ).showing(FormPreviewPage.self),
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
}

/// What an office says of itself on its front page.
package struct OfficeFront: Sendable {
    package var hours = ""
    package var address = ""
    package var email = ""
    package var phone = ""
    package var dataBox = ""
    package var acceptedFormats = ""
    package var carriers = ""
    /// What was posted last on its notice board.
    package var notices: [FrontNotice] = []

    package init() {}
}

package struct FrontNotice: Codable, Sendable {
    let title: String
    let link: String
    let kind: String
    let posted: String

    package init(title: String, link: String, kind: String, posted: String) {
        (self.title, self.link, self.kind, self.posted) = (title, link, kind, posted)
    }
}
