package import HTTPTypes
package import Hummingbird
package import Office

/// A row of the route table: what is asked, on which host, who may ask it, what answers.
package struct Route: Sendable {
    package typealias Handler = @Sendable (Request, Visit) async throws -> Response
    package typealias ClerkHandler = @Sendable (Request, Visit, Clerk) async throws -> Response
    package typealias VisitorHandler = @Sendable (Request, Visit, Visitor) async throws -> Response

    package enum Face: String, Sendable, CaseIterable {
        case region
        case office
    }

    package enum Access: Sendable, Equatable {
        case anyone
        case signedIn
        case clerk(Permission)
        case regionAdministrator
        /// The caller proves itself by a signature over the body.
        case signature

        /// Whether only somebody who has signed in gets further.
        var isOfSomebody: Bool { self != .anyone && self != .signature }

        package var name: String {
            switch self {
            case .anyone: "anyone"
            case .signedIn: "signed in"
            case .clerk(let permission): permission.rawValue
            case .regionAdministrator: "region administrator"
            case .signature: "signature"
            }
        }
    }

    package let method: HTTPRequest.Method
    package let path: String
    package let faces: Set<Face>
    package let access: Access
    /// One Czech sentence for the interface's description.
    package let summary: String
    /// The room an office must keep for the route to exist there.
    package var room: String?
    /// Uploads may be larger than other bodies, and are streamed.
    package var bodyMax = Limits.bodyBytesMax
    /// Takes the token of a page whose session has ended meanwhile: nothing typed is lost by that.
    private(set) var isLasting = false
    /// What the handler reads from a form or JSON, for the interface's description.
    package private(set) var takes: Schema?
    /// What it reads beside the body and the path.
    package private(set) var asks: [Parameter] = []
    package private(set) var gives: [Given] = []
    let answer: Handler

    /// One form of an answer that succeeds.
    package struct Given: Sendable {
        package let status: HTTPResponse.Status
        package let mediaType: String
        /// Nil where the answer is no JSON.
        package let schema: Schema?
        /// Of a page the template, of which no other may be answered.
        let template: String?
    }

    /// For programs: JSON in, JSON out, every refusal a problem document.
    package var isInterface: Bool { path.hasPrefix("/api/") }

    /// The same route, described by the type that its handler decodes.
    package func taking<Value: Decodable>(_ type: Value.Type) -> Route {
        var route = self
        route.takes = Schema(of: type)
        return route
    }

    /// The same route, whose body has fields that no type names.
    package func taking(_ schema: Schema) -> Route {
        var route = self
        route.takes = schema
        return route
    }

    /// The same route, with what it reads of the address and of the head.
    package func asking(_ parameters: Parameter...) -> Route { asking(parameters: parameters) }

    package func asking(parameters: [Parameter]) -> Route {
        var route = self
        route.asks += parameters
        return route
    }

    /// The same route, described by the page that it shows: HTML for people, the same value as JSON for programs.
    package func showing<Shown: Page>(_ page: Shown.Type) -> Route {
        var route = self
        route.gives += [
            Given(
                status: .ok,
                mediaType: "application/json",
                schema: Schema(of: page),
                template: page.template
            ), Given(status: .ok, mediaType: "text/html", schema: nil, template: nil),
        ]
        return route
    }

    /// The same route, described by the type of what it answers as JSON.
    package func giving<Value: Codable>(_ type: Value.Type, _ status: HTTPResponse.Status = .ok) -> Route {
        var route = self
        route.gives.append(
            Given(status: status, mediaType: "application/json", schema: Schema(of: type), template: nil)
        )
        return route
    }

    /// The same route, which answers something that is not JSON, such as `text/csv`.
    package func sending(_ mediaType: String) -> Route {
        var route = self
        route.gives.append(Given(status: .ok, mediaType: mediaType, schema: nil, template: nil))
        return route
    }

    /// The same route, for long forms that are filled in without rights; the origin is checked all the same.
    package var lasting: Route {
        var route = self
        route.isLasting = true
        return route
    }

    package static func open(
        _ method: HTTPRequest.Method,
        _ path: String,
        on faces: Set<Face> = [.office],
        room: String? = nil,
        bodyMax: Int = Limits.bodyBytesMax,
        _ summary: String,
        _ answer: @escaping Handler
    ) -> Route {
        Route(
            method: method,
            path: path,
            faces: faces,
            access: .anyone,
            summary: summary,
            room: room,
            bodyMax: bodyMax,
            answer: answer
        )
    }

    package static func signedIn(
        _ method: HTTPRequest.Method,
        _ path: String,
        on faces: Set<Face>,
        _ summary: String,
        _ answer: @escaping VisitorHandler
    ) -> Route {
        Route(method: method, path: path, faces: faces, access: .signedIn, summary: summary) {
            request,
            visit in
            try await answer(request, visit, try visit.signedIn)
        }
    }

    /// The handler receives the clerk who has the permission; others see 404, strangers are sent to sign in.
    package static func needs(
        _ permission: Permission,
        _ method: HTTPRequest.Method,
        _ path: String,
        room: String? = nil,
        bodyMax: Int = Limits.bodyBytesMax,
        _ summary: String,
        _ answer: @escaping ClerkHandler
    ) -> Route {
        Route(
            method: method,
            path: path,
            faces: [.office],
            access: .clerk(permission),
            summary: summary,
            room: room,
            bodyMax: bodyMax
        ) { request, visit in
            _ = try visit.signedIn
            guard let clerk = visit.clerk, clerk.may(permission) else { throw PlainRefusal.missing }
            return try await answer(request, visit, clerk)
        }
    }

    package static func administrator(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        _ answer: @escaping VisitorHandler
    ) -> Route {
        Route(
            method: method,
            path: path,
            faces: [.region],
            access: .regionAdministrator,
            summary: summary
        ) { request, visit in
            let visitor = try visit.signedIn
            guard visitor.isRegionAdministrator else { throw PlainRefusal.missing }
            return try await answer(request, visit, visitor)
        }
    }

    /// For other offices' machines; the handler checks the signature itself.
    package static func machine(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ summary: String,
        _ answer: @escaping Handler
    ) -> Route {
        Route(
            method: method,
            path: path,
            faces: [.region],
            access: .signature,
            summary: summary,
            answer: answer
        )
    }
}

/// Everything that bounds what a request may ask of the server.
package enum Limits {
    package static let bodyBytesMax = 512 * 1024
    /// Of one sending; each file has a limit of its own, beyond which it is read past and not kept.
    package static let uploadBytesMax = 100_000_000
    package static let fieldsMax = 2000
    package static let rowsPerPageMax = 50
    package static let headerBytesMax = 16 * 1024
    package static let headersMax = 100
}
