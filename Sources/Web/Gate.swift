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
    let workplaces: (any WorkplaceDirectory)?

    /// Without `workplaces` the region's pages lead nobody to their office.
    package init(
        tokens: FormTokens,
        cookies: CookieJar,
        hosts: Hosts,
        doorkeeper: any Doorkeeper,
        clerks: any ClerkDirectory,
        workplaces: (any WorkplaceDirectory)? = nil
    ) {
        self.tokens = tokens
        self.cookies = cookies
        self.hosts = hosts
        self.doorkeeper = doorkeeper
        self.clerks = clerks
        self.workplaces = workplaces
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
            // A page is long in use; what was typed into it must not go with the session or with an old token.
            let asksSignIn = route.access.isOfSomebody && visit.visitor == nil
            // What everybody may send, such as a password, is written into no page.
            let isGivenBack = route.access.isOfSomebody || route.isLasting
            if isGivenBack, !isOurs || asksSignIn, !request.prefersJSON {
                let unsent = try await UnsentForm(
                    request,
                    bodyMax: route.bodyMax,
                    isSignedIn: visit.visitor != nil,
                    asksSignIn: asksSignIn,
                    token: tokens.token(host: visit.authority, binding: again(visit, request.uri.path))
                )
                if !unsent.isEmpty { throw unsent }
            }
            guard isOurs else { throw PlainRefusal.staleForm }
        }
        if let office = visit.office, let visitor = visit.visitor {
            visit.clerk = try await clerks.clerk(visitor.userID, in: office.tenant, fresh: isUnsafe)
        }
        await findWorkplaces(request, &visit)
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
            await findWorkplaces(request, &known)
        } catch {
            return visit
        }
        return known
    }

    /// Programs are shown no head of a page.
    private func findWorkplaces(_ request: Request, _ visit: inout Visit) async {
        guard visit.office == nil, let visitor = visit.visitor, !visitor.usesBearer, !request.prefersJSON
        else {
            return
        }
        visit.workplaces = await workplaces?.workplaces(of: visitor.userID) ?? []
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

    /// Of an upload the token is the first field, so that the rest can be streamed; an address would keep it for
    /// whoever looks at it later.
    ///
    /// Any other body is held in memory before anybody knows who sent it, and is small whatever the route allows.
    private func formToken(_ request: inout Request) async throws -> String? {
        if let header = request.headers[.formToken] { return header }
        let type = request.headers[.contentType]?.lowercased() ?? ""
        if type.hasPrefix("multipart/form-data") {
            // A page that was open while the program was brought up to date has it in its address still.
            if let token = request.uri.queryParameters["_token"] { return String(token) }
            return try await Self.firstField(of: &request)
        }
        guard type.hasPrefix("application/x-www-form-urlencoded") else { return nil }
        let body = try await Input.body(of: request, bytesMax: Limits.bodyBytesMax)
        request.body = RequestBody(buffer: body)
        return try Input.pairs(in: body).last { $0.name == "_token" }?.value
    }
}

extension Gate {
    /// More than a head and a token need.
    private static let firstFieldBytesMax = 4 << 10

    /// Reads no more than it must, and puts what it read before the rest again.
    static func firstField(of request: inout Request) async throws -> String? {
        var begun = ByteBuffer()
        var rest = request.body.makeAsyncIterator()
        var token: String?
        while token == nil, begun.readableBytes < firstFieldBytesMax, let chunk = try await rest.next() {
            begun.writeImmutableBuffer(chunk)
            token = await field(in: begun, of: request)
        }
        request.body = RequestBody(asyncSequence: BegunBody(begun, rest))
        return token.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// Nil while it has not come whole; empty where the first field is another one.
    private static func field(in begun: ByteBuffer, of request: Request) async -> String? {
        var beginning = request
        beginning.body = RequestBody(buffer: begun)
        do {
            let multipart = try Multipart(beginning, bytesMax: .max)
            guard let part = try await multipart.next() else { return "" }
            guard part.name == "_token", part.fileName == nil else { return "" }
            return String(decoding: try await part.collect(bytesMax: firstFieldBytesMax), as: UTF8.self)
        } catch {
            return nil
        }
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
