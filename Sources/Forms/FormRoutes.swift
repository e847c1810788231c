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

    package var routes: [Route] {
        [
            .open(.get, "/", "Úvodní stránka úřadu", frontPage),
            .open(.get, "/formulare", room: Self.room, "Formuláře úřadu", list),
            .open(.get, "/formulare/:code", room: Self.room, "O formuláři", intro),
            .open(.get, "/formulare/:code/tisk", room: Self.room, "Prázdný formulář k tisku", paper),
            .open(.get, "/formulare/:code/vyplnit", room: Self.room, "Vyplnění formuláře", fill),
            .open(
                .post,
                "/formulare/:code/vyplnit",
                room: Self.room,
                bodyMax: Limits.uploadBytesMax,
                "Uloží rozepsaný formulář",
                save
            ).lasting,
            .open(.get, "/formulare/:code/kontrola", room: Self.room, "Kontrola před podáním", review),
            .open(.post, "/formulare/:code/podat", room: Self.room, "Podá formulář", handIn).lasting,
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

package struct FrontNotice: Encodable, Sendable {
    let title: String
    let link: String
    let kind: String
    let posted: String

    package init(title: String, link: String, kind: String, posted: String) {
        (self.title, self.link, self.kind, self.posted) = (title, link, kind, posted)
    }
}
