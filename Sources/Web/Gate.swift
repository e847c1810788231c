import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Sealing

/// What every route is asked before its handler: room, form token, rights.
package struct Gate: Sendable {
    let tokens: FormTokens
    let cookies: CookieJar
    let hosts: Hosts
    let doorkeeper: any Doorkeeper
    let clerks: any ClerkDirectory

    package init(
        tokens: FormTokens,
        cookies: CookieJar,
        hosts: Hosts,
        doorkeeper: any Doorkeeper,
        clerks: any ClerkDirectory
    ) {
        self.tokens = tokens
        self.cookies = cookies
        self.hosts = hosts
        self.doorkeeper = doorkeeper
        self.clerks = clerks
    }

    func admit(_ request: Request, _ visit: Visit, through route: Route) async throws -> Response {
        visit.trace.route = route.path
        var visit = visit
        var request = request
        if let room = route.room, visit.office?.keeps(room) != true { throw PlainRefusal.missing }
        let isUnsafe = request.method != .get && request.method != .head
        try await recognise(request, &visit, fresh: isUnsafe || route.access == .regionAdministrator)
        if isUnsafe, route.access != .signature, visit.visitor?.usesBearer != true {
            let isOurs = try await checkForm(&request, visit, route)
            // A page of somebody signed in is long in use; what was typed into it must not go with the session.
            if route.access.isOfSomebody, !isOurs || visit.visitor == nil, !request.prefersJSON {
                let unsent = try await UnsentForm(
                    request,
                    path: request.uri.path,
                    bodyMax: route.bodyMax,
                    isSignedIn: visit.visitor != nil,
                    token: tokens.token(host: visit.authority, binding: again(visit, request.uri.path))
                )
                if !unsent.isEmpty { throw unsent }
            }
            guard isOurs else { throw PlainRefusal.staleForm }
        }
        if let office = visit.office, let visitor = visit.visitor {
            visit.clerk = try await clerks.clerk(visitor.userID, in: office.tenant, fresh: isUnsafe)
        }
        return try await route.answer(request, visit)
    }

    /// The visit with who makes it, as far as that is known: for pages that no route answers.
    func known(_ request: Request, _ visit: Visit) async -> Visit {
        guard request.headers[.authorization] != nil || cookies.value(.session, in: request) != nil else {
            return visit
        }
        var known = visit
        do {
            try await recognise(request, &known, fresh: false)
            if let office = known.office, let visitor = known.visitor {
                known.clerk = try await clerks.clerk(visitor.userID, in: office.tenant, fresh: false)
            }
        } catch {
            return visit
        }
        return known
    }

    private func recognise(_ request: Request, _ visit: inout Visit, fresh: Bool) async throws {
        if let bearer = request.headers[.authorization] {
            guard bearer.lowercased().hasPrefix("bearer ") else { throw PlainRefusal.unauthenticated }
            let token = String(bearer.dropFirst(7))
            guard
                let visitor = try await doorkeeper.visitor(
                    token: token,
                    isBearer: true,
                    host: visit.authority,
                    fresh: fresh
                )
            else { throw PlainRefusal.unauthenticated }
            visit.visitor = visitor
            return
        }
        if let token = cookies.value(.session, in: request) {
            visit.visitor = try await doorkeeper.visitor(
                token: token,
                isBearer: false,
                host: visit.authority,
                fresh: fresh
            )
        }
        visit.makeFormToken = {
            [tokens, authority = visit.authority, browser = visit.browser, binding = binding(of: visit)]
            isLasting in
            tokens.token(host: authority, binding: isLasting ? Array(browser.utf8) : binding)
        }
    }

    private func binding(of visit: Visit) -> [UInt8] {
        visit.visitor?.sessionDigest ?? Array(visit.browser.utf8)
    }

    /// What a form is bound to that was given back after its session: this browser and this address.
    private func again(_ visit: Visit, _ path: String) -> [UInt8] {
        Array("again:\(path):\(visit.browser)".utf8)
    }

    /// `Origin` (else `Sec-Fetch-Site`) must name exactly this host; whether the form's token is ours too.
    private func checkForm(_ request: inout Request, _ visit: Visit, _ route: Route) async throws -> Bool {
        if let origin = request.headers[.origin] {
            guard origin.lowercased() == hosts.origin(of: visit.authority) else {
                throw PlainRefusal.foreignForm
            }
        } else {
            guard request.headers[.secFetchSite] == "same-origin" else { throw PlainRefusal.foreignForm }
        }
        let token = try await formToken(&request)
        guard let token else { return false }
        var bindings = [binding(of: visit), again(visit, request.uri.path)]
        if route.isLasting { bindings.append(Array(visit.browser.utf8)) }
        return bindings.contains { tokens.accepts(token, host: visit.authority, binding: $0) }
    }

    /// Uploads carry the token in their address, so that the body can be streamed.
    ///
    /// Any other body is held in memory before anybody knows who sent it, and is small whatever the route allows.
    private func formToken(_ request: inout Request) async throws -> String? {
        if let header = request.headers[.formToken] { return header }
        let type = request.headers[.contentType]?.lowercased() ?? ""
        if type.hasPrefix("multipart/form-data") {
            return request.uri.queryParameters["_token"].map(String.init)
        }
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return nil }
        let body = try await Input.body(of: request, bytesMax: Limits.bodyBytesMax)
        request.body = RequestBody(buffer: body)
        return try Input.pairs(in: body).last { $0.name == "_token" }?.value
    }
}

extension HTTPField.Name {
    /// The token of a form for requests made by script.
    static var formToken: HTTPField.Name { named("X-Form-Token") }
    static var secFetchSite: HTTPField.Name { named("Sec-Fetch-Site") }

    static func named(_ name: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(name) else { preconditionFailure("\(name) is no name of a field") }
        return name
    }
}
