package import Database
import Foundation
import HTTPTypes
import Hummingbird
package import Office
import Records
import Sealing
package import Web

/// The registry of users as the region's administrator sees it: whose account it is, where they work, and the way to
/// end their sessions when somebody else has got in.
package struct UsersRoutes: Sendable {
    private let identities: Identities
    private let pages: Pages
    private let cookies: CookieJar
    private let register: any OfficeRegister
    private let isHosted: @Sendable (TenantName) -> Bool

    package init(
        identities: Identities,
        pages: Pages,
        cookies: CookieJar,
        register: any OfficeRegister,
        isHosted: @escaping @Sendable (TenantName) -> Bool
    ) {
        self.identities = identities
        self.pages = pages
        self.cookies = cookies
        self.register = register
        self.isHosted = isHosted
    }

    package var routes: [Route] {
        [
            .administrator(.get, "/kraj/uzivatele", "Uživatelé podle e-mailu", users)
                .asking(.query("q", "Část e-mailu, aspoň tři znaky.")).showing(UsersPage.self),
            .administrator(
                .post,
                "/kraj/uzivatele/:id/odhlasit",
                "Ukončí všechna přihlášení člověka",
                signOut
            ),
        ]
    }

    private static let shownMax = 20
    private static let queryShortest = 3

    @Sendable private func users(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let query = try Input.query("q", of: request).lowercased()
        let isAsked = query.count >= Self.queryShortest
        let found =
            isAsked
            ? try await identities.database.region {
                try await UserStore.search(query, rowsMax: Self.shownMax + 1, in: $0)
            } : []
        let offices = try await offices(of: found.prefix(Self.shownMax).map(\.user.id))
        let shown = found.prefix(Self.shownMax).map { UserView($0, offices: offices[$0.user.id] ?? []) }
        return try pages.answer(
            UsersPage(
                query: query,
                isAsked: isAsked,
                isShort: !query.isEmpty && !isAsked,
                isEmpty: shown.isEmpty,
                users: shown,
                isCut: found.count > Self.shownMax
            ),
            to: request,
            visit
        )
    }

    /// Each office is asked once and knows itself whom it has; one that cannot be asked just now says so.
    private func offices(of users: [UUID]) async throws -> [UUID: [UserOfficeView]] {
        let known = try await identities.database.region {
            try await UserStore.workplaces(of: users, in: $0)
        }
        var offices: [UUID: [UserOfficeView]] = [:]
        for (tenant, there) in Dictionary(grouping: known, by: \.tenant) where isHosted(tenant) {
            let name = try await register.name(of: tenant) ?? tenant.rawValue
            let asked = there.map(\.user)
            do {
                let clerks = try await identities.database.tenant(tenant, as: .part("console")) {
                    try await ClerkStore.clerks(asked, in: $0)
                }
                for clerk in clerks {
                    let roles = clerk.roles.map(\.czech).sorted().joined(separator: ", ")
                    offices[clerk.userID, default: []].append(UserOfficeView(name: name, roles: roles))
                }
            } catch is DatabaseError {
                let unknown = UserOfficeView(name: name, roles: "role teď zjistit nejde")
                for user in asked { offices[user, default: []].append(unknown) }
            }
        }
        return offices.mapValues { $0.sorted { $0.name < $1.name } }
    }

    @Sendable private func signOut(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let id = try visit.identifier("id")
        let user = try await identities.database.region(as: visitor.actor) { region in
            guard let user = try await UserStore.user(id, in: region) else { throw PlainRefusal.missing }
            // The administrator who looks is not thrown out by their own hand.
            let own = id == visitor.userID ? Digest(bytes: visitor.sessionDigest) : nil
            UserStore.signOutEverywhere(id, except: own, in: region)
            return user
        }
        identities.guardian.forgetAll()
        let query = user.email.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        var response = Response.seeOther("/kraj/uzivatele?q=\(query)")
        response.flash("Všechna přihlášení účtu \(user.email) jsou ukončená.", cookies)
        return response
    }
}

struct UsersPage: Page {
    static let template = "users"
    var title = "Uživatelé"
    let query: String
    let isAsked: Bool
    let isShort: Bool
    let isEmpty: Bool
    let users: [UserView]
    /// There are more than are shown.
    let isCut: Bool
}

struct UserView: Codable, Sendable {
    let id: String
    let name: String
    let email: String
    let isVerified: Bool
    let isAdministrator: Bool
    let since: String
    let sessions: Int
    let offices: [UserOfficeView]

    init(_ line: UserLine, offices: [UserOfficeView]) {
        id = line.user.id.uuidString.lowercased()
        name = line.user.name
        email = line.user.email
        isVerified = line.user.isVerified
        isAdministrator = line.user.isRegionAdministrator
        since = line.createdAt.czech
        sessions = line.sessions
        self.offices = offices
    }
}

struct UserOfficeView: Codable, Sendable {
    let name: String
    let roles: String
}
