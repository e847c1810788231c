import Foundation
import HTTPTypes
import Hummingbird
import Messages
import Office
import Web

/// What the links in letters lead to: a verified e-mail, a new password, an accepted invitation.
extension IdentityRoutes {
    @Sendable func verify(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            try await identities.verify(try visit.parameter("token"))
        } catch IdentityRefusal.codeUsed where !request.prefersJSON {
            return try spent(
                "Odkaz už neplatí, nebo jste ho otevřeli podruhé. Je-li účet ověřený, stačí se přihlásit. Není-li, "
                    + "přihlaste se také: pošleme vám nový odkaz.",
                "/prihlaseni",
                "Přihlásit se",
                to: request,
                visit
            )
        }
        return try pages.answer(
            MessagePage(
                title: "E-mail je ověřený",
                sentences: ["Účet je připravený, můžete se přihlásit."],
                link: "/prihlaseni",
                linkText: "Přihlásit se"
            ),
            to: request,
            visit
        )
    }

    /// A letter's link that works no more, and the way on from there.
    private func spent(
        _ sentence: String,
        _ link: String,
        _ linkText: String,
        to request: Request,
        _ visit: Visit
    ) throws -> Response {
        let page = MessagePage(
            title: "Tento odkaz už neplatí",
            sentences: [sentence],
            link: link,
            linkText: linkText
        )
        return try pages.answer(page, to: request, visit, status: .gone)
    }

    @Sendable func forgottenPage(_ request: Request, _ visit: Visit) async throws -> Response {
        try pages.answer(ForgottenPage(errors: [], hasErrors: false), to: request, visit)
    }

    @Sendable func forgotten(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Form: Decodable { var email: String }
        let form = try await Input.decode(Form.self, from: request)
        do {
            try await identities.requestReset(email: form.email)
        } catch let refusal as IdentityRefusal where !request.prefersJSON {
            let page = ForgottenPage(errors: faults(refusal), hasErrors: true)
            return try pages.answer(page, to: request, visit, status: refusal.kind.status)
        }
        return try sent(
            "Podívejte se do e-mailu",
            "Je-li u nás účet s tímto e-mailem, poslali jsme na něj zprávu s odkazem.",
            to: request,
            visit
        )
    }

    @Sendable func newPasswordPage(_ request: Request, _ visit: Visit) async throws -> Response {
        let token = try visit.parameter("token")
        let path = "/nove-heslo/\(token)"
        guard try await identities.canReset(token) else {
            guard !request.prefersJSON else { throw IdentityRefusal.codeUsed }
            return try spentReset(to: request, visit)
        }
        return try pages.answer(
            NewPasswordPage(path: path, errors: [], faults: [:], hasErrors: false),
            to: request,
            visit
        )
    }

    @Sendable func newPassword(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Form: Decodable { var password: String }
        let token = try visit.parameter("token")
        let form = try await Input.decode(Form.self, from: request)
        do {
            try await identities.reset(token, password: form.password)
        } catch let IdentityRefusal.weakPassword(fault) where !request.prefersJSON {
            let page = NewPasswordPage(
                path: "/nove-heslo/\(token)",
                errors: faults(IdentityRefusal.weakPassword(fault)),
                faults: ["password": fault.czech],
                hasErrors: true
            )
            return try pages.answer(page, to: request, visit, status: .unprocessableContent)
        } catch IdentityRefusal.codeUsed where !request.prefersJSON {
            return try spentReset(to: request, visit)
        }
        var response = Response.seeOther("/prihlaseni")
        response.flash("Heslo je změněné a ostatní zařízení odhlášená. Přihlaste se prosím.", cookies)
        return response
    }

    private func spentReset(to request: Request, _ visit: Visit) throws -> Response {
        try spent(
            "Odkaz na nové heslo platí hodinu a jen jednou. Nechte si prosím poslat nový.",
            "/zapomenute-heslo",
            "Poslat nový odkaz",
            to: request,
            visit
        )
    }

    @Sendable func invitationPage(_ request: Request, _ visit: Visit) async throws -> Response {
        do {
            return try await answer(invitation: try visit.parameter("token"), nil, to: request, visit)
        } catch IdentityRefusal.codeUsed where !request.prefersJSON {
            return try spentInvitation(to: request, visit)
        }
    }

    private func spentInvitation(to request: Request, _ visit: Visit) throws -> Response {
        try spent(
            "Pozvánka platí dva týdny a jen jednou. Přijali-li jste ji už, přihlaste se. Jinak požádejte vedoucího "
                + "úřadu o novou.",
            "/prihlaseni",
            "Přihlásit se",
            to: request,
            visit
        )
    }

    private func answer(
        invitation token: String,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit
    ) async throws -> Response {
        let (code, hasAccount) = try await identities.invitation(token)
        var office = ""
        if let tenant = code.tenant { office = try await register.name(of: tenant) ?? "" }
        let page = InvitationPage(
            title: "Pozvánka: \(office)",
            path: "/pozvanka/\(token)",
            email: code.email,
            name: code.name,
            roles: code.roles.map(\.czech).joined(separator: ", "),
            needsPassword: !hasAccount,
            errors: refusal.map(faults) ?? [],
            faults: refusal?.fields ?? [:],
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable func accept(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Form: Decodable { var password: String? }
        let token = try visit.parameter("token")
        let form = try await Input.decode(Form.self, from: request)
        do {
            let accepted = try await identities.accept(token, password: form.password ?? "")
            bell.ring()
            // Signing in at the office itself, so that the first page is the work there.
            let start = accepted.roles.contains(.head) ? "/nastaveni" : "/dnes"
            let office = accepted.tenant.flatMap(addressOf).map {
                "\($0)/prihlaseni?zpet=\(Self.escaped(start))"
            }
            var response = Response.seeOther(office ?? "/prihlaseni")
            cookies.set(.email, Self.escaped(accepted.email), secondsMax: 900, on: &response)
            response.flash("Pozvánka je přijatá. Přihlaste se a úřad se vám otevře.", cookies)
            return response
        } catch let IdentityRefusal.weakPassword(fault) where !request.prefersJSON {
            return try await answer(
                invitation: token,
                IdentityRefusal.weakPassword(fault),
                to: request,
                visit
            )
        } catch IdentityRefusal.codeUsed where !request.prefersJSON {
            return try spentInvitation(to: request, visit)
        }
    }
}
