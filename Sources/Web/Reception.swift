import Database
package import Foundation
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import Office
import Sealing

/// The front door: finds the office by the host, asks its router, and answers decently whatever happens.
package struct Reception: HTTPResponder {
    package typealias Context = Visit

    private let gate: Gate
    private let hosts: Hosts
    private let pages: Pages
    private let cookies: CookieJar
    private let directory: any OfficeDirectory
    private let wardrobe: (any OfficeWardrobe)?
    private let regionDesk: any HTTPResponder<Visit>
    private let officeDesk: any HTTPResponder<Visit>
    private let isReady: @Sendable () async -> Bool
    private let clock: @Sendable () -> Date
    private let metrics: Metrics
    package let hatch: Hatch
    private let regionHeaders: SecurityHeaders
    private let officeHeaders: SecurityHeaders

    /// Without a wardrobe every office looks plain.
    ///
    /// `clock` is read once for each request; tests set it.
    package init(
        routes: [Route],
        gate: Gate,
        pages: Pages,
        directory: any OfficeDirectory,
        wardrobe: (any OfficeWardrobe)? = nil,
        isReady: @escaping @Sendable () async -> Bool,
        metrics: Metrics = Metrics(),
        clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.gate = gate
        hosts = gate.hosts
        cookies = gate.cookies
        self.pages = pages
        self.directory = directory
        self.wardrobe = wardrobe
        self.isReady = isReady
        self.clock = clock
        self.metrics = metrics
        hatch = Hatch(metrics: metrics)
        regionHeaders = SecurityHeaders(hosts: gate.hosts, isRegion: true)
        officeHeaders = SecurityHeaders(hosts: gate.hosts, isRegion: false)
        regionDesk = Self.desk(routes.filter { $0.faces.contains(.region) }, gate)
        officeDesk = Self.desk(routes.filter { $0.faces.contains(.office) }, gate)
    }

    private static func desk(_ routes: [Route], _ gate: Gate) -> any HTTPResponder<Visit> {
        let router = Router(context: Visit.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: Astray())
        for route in routes {
            router.on(RouterPath(route.path), method: route.method) { request, visit in
                try await gate.admit(request, visit, through: route)
            }
        }
        return router.buildResponder()
    }

    package func respond(to request: Request, context: Visit) async throws -> Response {
        let began = ContinuousClock.now
        var visit = context
        visit.now = clock()
        visit.authority = request.head.authority?.lowercased() ?? ""
        var response: Response
        do {
            response = try await answer(request, &visit)
        } catch {
            if Self.isMissing(error) { visit = await gate.known(request, visit) }
            response = answer(error, to: request, visit)
        }
        finish(&response, request, visit)
        // Refusals too: what stood behind a head would be read as the next answer.
        if request.method == .head { response = response.createHeadResponse() }
        note(response, request, visit, began)
        if let kept = visit.trace.kept, response.status == .ok, response.headers[.setCookie] == nil,
            let key = Hatch.Key(request.head)
        {
            hatch.keep(
                kept.body,
                response.headers,
                until: kept.until,
                route: visit.trace.route,
                for: key
            )
        }
        return response
    }

    /// Where nothing is, who is signed in still wants the way back to their office.
    private static func isMissing(_ error: any Error) -> Bool {
        if let refusal = error as? any Refusal { return refusal.kind == .missing }
        return (error as? Astray.Stopped)?.status == .notFound
    }

    /// Counts and logs the pattern of the route, never the address itself: it may hold a secret.
    private func note(
        _ response: Response,
        _ request: Request,
        _ visit: Visit,
        _ began: ContinuousClock.Instant
    ) {
        let passed = (ContinuousClock.now - began).components
        let seconds = Double(passed.seconds) + Double(passed.attoseconds) / 1e18
        metrics.note(
            method: request.method.rawValue,
            route: visit.trace.route,
            status: response.status.code,
            seconds: seconds
        )
        visit.logger.debug(
            "answered",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(visit.trace.route)",
                "status": "\(response.status.code)", "office": "\(visit.office?.tenant.rawValue ?? "")",
                "ms": "\(Int(seconds * 1000))",
            ]
        )
    }

    private func answer(_ request: Request, _ visit: inout Visit) async throws -> Response {
        switch request.uri.path {
        case "/healthz":
            return Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
        case "/readyz":
            let ready = await isReady()
            return Response(
                status: ready ? .ok : .serviceUnavailable,
                body: ResponseBody(byteBuffer: ByteBuffer(string: ready ? "ready\n" : "not ready\n"))
            )
        default: break
        }
        visit.browser = cookies.value(.browser, in: request) ?? Token.random(.bits128).text
        visit.flash = cookies.value(.flash, in: request)?.removingPercentEncoding
        let desk = try await desk(for: request, &visit)
        let known = visit
        return try await visit.whileHere(request) { try await desk.respond(to: request, context: known) }
    }

    private func desk(for request: Request, _ visit: inout Visit) async throws -> any HTTPResponder<Visit> {
        // Also a page that says that nobody is here wants its looks.
        if request.uri.path.hasPrefix("/assets/") { return regionDesk }
        switch hosts.place(of: visit.authority) {
        case .region:
            return regionDesk
        case .office(let slug):
            guard let office = try await directory.office(slug: slug) else {
                throw PlainRefusal.unknownOffice
            }
            visit.office = office
            guard office.state == .ready else { throw PlainRefusal.officeBehind }
            if let wardrobe { visit.look = await wardrobe.look(of: office.tenant) }
            return officeDesk
        case .unknown:
            throw PlainRefusal.unknownOffice
        }
    }

    private func answer(_ error: any Error, to request: Request, _ visit: Visit) -> Response {
        if let unsent = error as? UnsentForm { return unsent.answer(pages, visit) }
        let trouble = Trouble.of(error, logger: visit.logger)
        let wantsPage = !request.prefersJSON
        // Who came with a token is a program: sent to sign in, it would bring the same token there, for ever.
        if trouble.status == .unauthorized, wantsPage, [.get, .head].contains(request.method),
            request.headers[.authorization] == nil
        {
            let back =
                request.uri.description.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            return .seeOther("/prihlaseni?zpet=\(back)")
        }
        guard wantsPage else {
            return (try? trouble.problem(path: request.uri.path)) ?? Response(status: .internalServerError)
        }
        let page = trouble.page(back: back(request, visit))
        var response = Response.html(pages.html(page, visit), status: trouble.status)
        trouble.decorate(&response)
        return response
    }

    /// The page of this host that a form was sent from, as the browser says.
    private func back(_ request: Request, _ visit: Visit) -> String? {
        let origin = hosts.origin(of: visit.authority) + "/"
        guard let page = request.headers[.referer], page.hasPrefix(origin) else { return nil }
        return "/\(page.dropFirst(origin.count))"
    }

    private func finish(_ response: inout Response, _ request: Request, _ visit: Visit) {
        (visit.office == nil ? regionHeaders : officeHeaders).apply(to: &response)
        guard response.headers[.cacheControl]?.contains("public") != true, !visit.browser.isEmpty else {
            return
        }
        if cookies.value(.browser, in: request) == nil,
            response.headers[.contentType]?.hasPrefix("text/html") == true
        {
            cookies.set(.browser, visit.browser, secondsMax: 30 * 86_400, on: &response)
        }
        if visit.flash != nil, response.status == .ok {
            cookies.set(.flash, "", secondsMax: 0, on: &response)
        }
    }
}

/// The same on every answer of a host; put together once.
struct SecurityHeaders: Sendable {
    private let policy: String
    private let others: [HTTPField]

    /// The region's sign-in form ends at an office's host; an office's forms may reach the region only, and so may
    /// the page of a host that is nobody's.
    init(hosts: Hosts, isRegion: Bool) {
        let targets = isRegion ? "\(hosts.regionURL) \(hosts.anyOfficeURL)" : hosts.regionURL
        policy = [
            "default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:",
            "connect-src 'self'", "font-src 'self'", "form-action 'self' \(targets)",
            "frame-ancestors 'none'", "base-uri 'none'",
        ].joined(separator: "; ")
        var others = [
            HTTPField(name: .xContentTypeOptions, value: "nosniff"),
            HTTPField(name: .referrerPolicy, value: "same-origin"),
            HTTPField(name: .permissionsPolicy, value: "camera=(), microphone=(), geolocation=()"),
            HTTPField(name: .crossOriginOpenerPolicy, value: "same-origin"),
            HTTPField(name: .crossOriginResourcePolicy, value: "same-origin"),
        ]
        if hosts.scheme == "https" {
            others.append(HTTPField(name: .strictTransportSecurity, value: "max-age=31536000"))
        }
        self.others = others
    }

    func apply(to response: inout Response) {
        if response.headers[.contentSecurityPolicy] == nil {
            response.headers[.contentSecurityPolicy] = policy
        }
        response.headers.append(contentsOf: others)
    }
}

extension HTTPField.Name {
    fileprivate static var referrerPolicy: HTTPField.Name { named("Referrer-Policy") }
    fileprivate static var permissionsPolicy: HTTPField.Name { named("Permissions-Policy") }
    fileprivate static var crossOriginOpenerPolicy: HTTPField.Name { named("Cross-Origin-Opener-Policy") }
    fileprivate static var crossOriginResourcePolicy: HTTPField.Name { named("Cross-Origin-Resource-Policy") }
}

extension Response {
    /// A message that the next page shows once.
    package mutating func flash(_ sentence: String, _ cookies: CookieJar) {
        let encoded = sentence.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        cookies.set(.flash, encoded, secondsMax: 60, on: &self)
    }
}
