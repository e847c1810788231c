package import Database
package import Foundation
import HTTPTypes
import Hummingbird
package import Messages
package import Office
import Sealing
package import Web

/// Accounts, sign-in on the region's host and its child sessions on the offices' hosts.
package struct IdentityRoutes: Sendable {
    let identities: Identities
    let pages: Pages
    let cookies: CookieJar
    let register: any OfficeRegister
    /// Where an office that is hosted here has its pages.
    let addressOf: @Sendable (TenantName) -> String?
    let bell: Bell
    /// The offices that somebody works for, or only the given one of them.
    let workplaces: @Sendable (UUID, TenantName?) async -> [Workplace]

    package init(
        identities: Identities,
        pages: Pages,
        cookies: CookieJar,
        register: any OfficeRegister,
        addressOf: @escaping @Sendable (TenantName) -> String?,
        bell: Bell,
        workplaces: @escaping @Sendable (UUID, TenantName?) async -> [Workplace]
    ) {
        self.identities = identities
        self.pages = pages
        self.cookies = cookies
        self.register = register
        self.addressOf = addressOf
        self.bell = bell
        self.workplaces = workplaces
    }

    package var routes: [Route] {
        [
            .open(.get, "/prihlaseni", on: [.region, .office], "Přihlášení", signInPage)
                .asking(
                    .query("zpet", "Cesta, kam se po přihlášení vrátit."),
                    .query("pro", "Úřad, kam se přihlašuje."),
                    .query("stav", "Tajemství prohlížeče na úřadě.")
                ).showing(SignInPage.self),
            .open(.post, "/prihlaseni", on: [.region], "Přihlásí", signIn).taking(SignInForm.self),
            .open(.get, "/prihlaseni/kod", on: [.office], "Dokončí přihlášení na úřadě", exchange)
                .asking(
                    .query("kod", "Jednorázový kód z kraje."),
                    .query("zpet", "Cesta, kam se vrátit."),
                    .query("stav", "Tajemství prohlížeče.")
                ),
            .open(.post, "/odhlaseni", on: [.region, .office], "Odhlásí všude", signOut),
            .open(.get, "/registrace", on: [.region], "Založení účtu", signUpPage)
                .showing(SignUpPage.self),
            .open(.post, "/registrace", on: [.region], "Založí účet", signUp).taking(SignUpForm.self),
            .open(.get, "/overeni/:token", on: [.region], "Ověří e-mail", verify)
                .showing(MessagePage.self),
            .open(.get, "/zapomenute-heslo", on: [.region], "Zapomenuté heslo", forgottenPage)
                .showing(ForgottenPage.self),
            .open(.post, "/zapomenute-heslo", on: [.region], "Pošle odkaz na nové heslo", forgotten),
            .open(.get, "/nove-heslo/:token", on: [.region], "Nové heslo", newPasswordPage)
                .showing(NewPasswordPage.self),
            .open(.post, "/nove-heslo/:token", on: [.region], "Nastaví nové heslo", newPassword),
            .open(.get, "/pozvanka/:token", on: [.region], "Pozvánka do úřadu", invitationPage)
                .showing(InvitationPage.self),
            .open(.post, "/pozvanka/:token", on: [.region], "Přijme pozvánku", accept),
            .signedIn(.get, "/ucet", on: [.region], "Můj účet", account).showing(AccountPage.self),
            .signedIn(
                .post,
                "/ucet/odhlasit-ostatni",
                on: [.region],
                "Odhlásí ostatní zařízení",
                signOutOthers
            ),
        ]
    }

    // Sign-in

    func faults(_ refusal: any Refusal) -> [FieldFault] {
        let fields = refusal.fields.isEmpty ? ["email": refusal.czech] : refusal.fields
        let order = ["name", "email", "password"]
        return fields.sorted { (order.firstIndex(of: $0.key) ?? 9) < (order.firstIndex(of: $1.key) ?? 9) }
            .map { FieldFault(field: $0.key, sentence: $0.value) }
    }

    @Sendable private func signInPage(_ request: Request, _ visit: Visit) async throws -> Response {
        let back = Self.localPath(try Input.query("zpet", of: request))
        guard visit.office == nil else {
            return startAtOffice(visit, back: back == "/" ? Self.referrer(request, visit, pages.hosts) : back)
        }
        let office = try Input.query("pro", of: request)
        let state = try Input.query("stav", of: request)
        if let visitor = visit.visitor, !visitor.usesBearer {
            return try await go(visitor, to: office, state: state, back: back)
        }
        return try answer(known(request), back, office, state, nil, to: request, visit)
    }

    /// The address of who has just come by an invitation here.
    private func known(_ request: Request) -> String {
        let email = cookies.value(.email, in: request)?.removingPercentEncoding ?? ""
        return EmailAddress(email)?.text ?? ""
    }

    /// The browser keeps one half in a cookie of the office's host, the region learns only its digest.
    private func startAtOffice(_ visit: Visit, back: String) -> Response {
        let nonce = Token.random(.bits128)
        let query = [
            ("pro", visit.authority), ("stav", nonce.digest.hex), ("zpet", back),
        ].map { "\($0.0)=\(Self.escaped($0.1))" }.joined(separator: "&")
        var response = Response.seeOther("\(pages.hosts.regionURL)/prihlaseni?\(query)")
        cookies.set(.signIn, nonce.text, secondsMax: 900, on: &response)
        return response
    }

    private func answer(
        _ email: String,
        _ back: String,
        _ office: String,
        _ state: String,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit
    ) throws -> Response {
        let page = SignInPage(
            email: email,
            back: back,
            office: office,
            state: state,
            errors: refusal.map(faults) ?? [],
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    private struct SignInForm: Decodable {
        var email: String
        var password: String
        var back: String?
        var office: String?
        var state: String?
    }

    @Sendable private func signIn(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await Input.decode(SignInForm.self, from: request)
        let back = Self.localPath(form.back ?? "")
        do {
            let token = try await identities.signIn(
                email: form.email,
                password: form.password,
                address: visit.remoteAddress,
                host: visit.authority
            )
            guard
                let visitor = try await identities.guardian.visitor(
                    token: token.text,
                    isBearer: false,
                    host: visit.authority,
                    fresh: true
                )
            else { throw IdentityRefusal.wrongPassword }
            var response = try await go(
                visitor,
                to: form.office ?? "",
                state: form.state ?? "",
                back: back
            )
            cookies.set(.session, token.text, secondsMax: nil, on: &response)
            cookies.set(.email, "", secondsMax: 0, on: &response)
            return response
        } catch let refusal as IdentityRefusal where !request.prefersJSON {
            return try answer(
                form.email,
                back,
                form.office ?? "",
                form.state ?? "",
                refusal,
                to: request,
                visit
            )
        }
    }

    /// To the page asked for: here, or by a code on the office's host.
    private func go(_ visitor: Visitor, to office: String, state: String, back: String) async throws
        -> Response
    {
        guard !office.isEmpty else {
            guard back == "/" else { return .seeOther(back) }
            if visitor.isRegionAdministrator { return .seeOther("/kraj") }
            return .seeOther(await workplaces(visitor.userID, nil).isEmpty ? "/moje-podani" : "/ucet")
        }
        // The code goes to the very host that we serve, never to one that only reads like it.
        guard case .office(let slug) = pages.hosts.place(of: office),
            office == pages.hosts.officeAuthority(slug),
            let browser = Digest(hex: state), let session = Digest(bytes: visitor.sessionDigest)
        else { throw PlainRefusal.missing }
        let code = try await identities.codeForOffice(
            session,
            of: visitor.userID,
            host: office,
            browser: browser
        )
        return .seeOther(
            "\(pages.hosts.officeURL(slug))/prihlaseni/kod?kod=\(code.text)&zpet=\(Self.escaped(back))"
        )
    }

    @Sendable private func exchange(_ request: Request, _ visit: Visit) async throws -> Response {
        let back = Self.localPath(try Input.query("zpet", of: request))
        let token = try await identities.exchange(
            try Input.query("kod", of: request),
            host: visit.authority,
            nonce: cookies.value(.signIn, in: request) ?? ""
        )
        var response = Response.seeOther(try await landing(back, token, visit))
        cookies.set(.session, token.text, secondsMax: nil, on: &response)
        cookies.set(.signIn, "", secondsMax: 0, on: &response)
        return response
    }

    /// Who works here and asked for no other page begins with the day's work.
    private func landing(_ back: String, _ token: Token, _ visit: Visit) async throws -> String {
        guard back == "/", let office = visit.office,
            let visitor = try await identities.guardian.visitor(
                token: token.text,
                isBearer: false,
                host: visit.authority,
                fresh: true
            )
        else { return back }
        return await workplaces(visitor.userID, office.tenant).first?.path ?? back
    }

    @Sendable private func signOut(_ request: Request, _ visit: Visit) async throws -> Response {
        if let visitor = visit.visitor, let session = Digest(bytes: visitor.sessionDigest) {
            try await identities.signOut(session)
        }
        var response = Response.seeOther("/")
        cookies.set(.session, "", secondsMax: 0, on: &response)
        response.flash("Jste odhlášeni na všech úřadech.", cookies)
        return response
    }

    // Accounts

    @Sendable private func signUpPage(_ request: Request, _ visit: Visit) async throws -> Response {
        try pages.answer(
            SignUpPage(email: "", name: "", errors: [], faults: [:], hasErrors: false),
            to: request,
            visit
        )
    }

    private struct SignUpForm: Decodable {
        var email: String
        var name: String
        var password: String
    }

    @Sendable private func signUp(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await Input.decode(SignUpForm.self, from: request)
        do {
            try await identities.signUp(
                email: form.email,
                name: form.name,
                password: form.password,
                address: visit.remoteAddress
            )
        } catch let refusal as IdentityRefusal where !request.prefersJSON {
            let page = SignUpPage(
                email: form.email,
                name: form.name,
                errors: faults(refusal),
                faults: refusal.fields,
                hasErrors: true
            )
            return try pages.answer(page, to: request, visit, status: refusal.kind.status)
        }
        return try sent("Ještě ověřte e-mail", "Poslali jsme vám zprávu s odkazem.", to: request, visit)
    }

    func sent(_ title: String, _ sentence: String, to request: Request, _ visit: Visit) throws -> Response {
        try pages.answer(
            MessagePage(
                title: title,
                sentences: [
                    "\(sentence) Otevřete jej prosím; když nepřijde do několika minut, "
                        + "podívejte se do nevyžádané pošty."
                ]
            ),
            to: request,
            visit
        )
    }

    @Sendable private func account(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let sessions = try await identities.database.region { region in
            try await UserStore.sessionCount(of: visitor.userID, in: region)
        }
        let workplaces = await workplaces(visitor.userID, nil)
        return try pages.answer(
            AccountPage(
                name: visitor.name,
                email: visitor.email,
                sessions: sessions,
                isAdministrator: visitor.isRegionAdministrator,
                workplaces: workplaces,
                hasWorkplaces: !workplaces.isEmpty
            ),
            to: request,
            visit
        )
    }

    @Sendable private func signOutOthers(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        try await identities.database.region { region in
            UserStore.signOutEverywhere(
                visitor.userID,
                except: Digest(bytes: visitor.sessionDigest),
                in: region
            )
        }
        identities.guardian.forgetAll()
        var response = Response.seeOther("/ucet")
        response.flash("Ostatní zařízení jsou odhlášená.", cookies)
        return response
    }

    /// The page of this host from which a person went to sign in.
    private static func referrer(_ request: Request, _ visit: Visit, _ hosts: Hosts) -> String {
        let origin = hosts.origin(of: visit.authority)
        guard let page = request.headers[.referer], page.hasPrefix(origin + "/") else { return "/" }
        return localPath(String(page.dropFirst(origin.count)))
    }

    /// Only a path of this host: an address of another site would be an open redirect.
    static func localPath(_ text: String) -> String {
        let isLocal =
            text.hasPrefix("/") && !text.hasPrefix("//") && !text.contains("\\")
            && text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        return isLocal ? text : "/"
    }

    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
