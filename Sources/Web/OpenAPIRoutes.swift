import HTTPTypes
import Hummingbird
import Office

/// `GET /api/openapi.json`: the route table as OpenAPI 3.1.
///
/// One handler has two faces: every path answers JSON where `Accept` asks for it. Schemas come from the types that
/// handlers read and answer, parameters from what the gate lets through.
package struct OpenAPIRoutes: Sendable {
    private let described: [Route]

    package init(describing routes: [Route]) { described = routes }

    package var routes: [Route] {
        [
            .open(.get, "/api/openapi.json", on: [.region, .office], "Popis rozhraní", document)
                .sending("application/json")
        ]
    }

    private static let about = """
        Adresy pod /api/ jsou pro programy: na dotaz odpovídají JSONem a na chybu dokumentem podle RFC 9457. Ostatní \
        adresy jsou stránky, které totéž vydají jako JSON, když hlavička Accept žádá application/json; jejich úkony \
        končí přesměrováním 303. Token se posílá v hlavičce Authorization: Bearer a platí jen na hostiteli, pro \
        který byl vydán. Úkony prohlížeče potřebují navíc pole _token ze stránky; s tokenem v hlavičce, nebo bez \
        přihlášení pod /api/, nejsou potřeba. Pod /api/ jsou dny RRRR-MM-DD v pražském čase, okamžiky podle RFC 3339 a částky \
        celá čísla v haléřích, není-li u pole řečeno jinak. JSON stránek nese hodnoty tak, jak je stránka ukazuje: \
        dny „29. 11. 2026“, částky v korunách „1,50“, čísla po tisících „2 967“; k výpočtům slouží adresy pod \
        /api/. Nejvíc {max} bajtů v těle, není-li u adresy víc.
        """

    @Sendable private func document(_ request: Request, _ visit: Visit) async throws -> Response {
        let face: Route.Face = visit.office == nil ? .region : .office
        var paths: [String: [String: OpenAPIDocument.Operation]] = [:]
        for route in described + routes where route.faces.contains(face) && route.isThere(at: visit.office) {
            let operation = OpenAPIDocument.Operation(route)
            paths[route.template, default: [:]][route.method.rawValue.lowercased()] = operation
        }
        let about = Self.about.replacing("{max}", with: String(Limits.bodyBytesMax))
        return try Response.json(
            OpenAPIDocument(
                info: OpenAPIDocument.Info(
                    description: (face == .region ? "Rozhraní kraje. " : "Rozhraní úřadu. ") + about
                ),
                paths: paths
            )
        )
    }
}

struct OpenAPIDocument: Encodable {
    struct Info: Encodable {
        let title = "ePOM"
        let version = "1"
        let description: String
    }

    struct Operation: Encodable {
        private enum CodingKeys: String, CodingKey {
            case summary, parameters, requestBody, responses, security
            case access = "x-epom-access"
        }
        let summary: String
        let access: String
        let parameters: [Asked]
        let requestBody: Body?
        let responses: [String: Answer]
        let security: [[String: [String]]]?
    }

    struct Asked: Encodable {
        private enum CodingKeys: String, CodingKey {
            case name, required, schema, description
            case place = "in"
        }
        let name: String
        let place: Parameter.Place
        let required: Bool
        let description: String
        let schema: Schema

        init(_ parameter: Parameter) {
            (name, place, required) = (parameter.name, parameter.place, parameter.isRequired)
            (description, schema) = (parameter.czech, parameter.schema)
        }
    }

    struct Content: Encodable {
        let schema: Schema
    }

    struct Body: Encodable {
        let required: Bool
        let content: [String: Content]
    }

    struct Header: Encodable {
        let description: String
        let schema: Schema
    }

    struct Answer: Encodable {
        private enum CodingKeys: String, CodingKey {
            case description, headers, content
            case reference = "$ref"
        }
        var reference: String?
        var description: String?
        var headers: [String: Header]?
        var content: [String: Content]?

        static func of(_ name: String) -> Answer { Answer(reference: "#/components/responses/\(name)") }
    }

    struct Components: Encodable {
        let securitySchemes = ["bearer": ["type": "http", "scheme": "bearer"]]
        let responses = OpenAPIDocument.problems
    }

    /// RFC 9457, as ``ProblemDocument`` writes it.
    private static func problem(_ czech: String, _ headers: [String: Header]? = nil) -> Answer {
        let schema = Schema(of: ProblemDocument.self)
        return Answer(
            description: czech,
            headers: headers,
            content: [
                "application/problem+json": Content(schema: schema), "text/html": Content(schema: .anything),
            ]
        )
    }

    static let problems: [String: Answer] = [
        "Problem": problem("Odmítnuto; title je věta pro člověka, fields věty k jednotlivým polím."),
        "Unauthenticated": problem(
            "Chybí platný token.",
            ["WWW-Authenticate": Header(description: "Bearer", schema: .string(format: nil))]
        ),
        "Missing": problem("Nic takového tu není, nebo k tomu volající nemá přístup."),
        "WrongMethod": problem(
            "Adresa tuto metodu nezná.",
            ["Allow": Header(description: "Metody, které zná.", schema: .string(format: nil))]
        ),
        "Conflict": problem("Stav mezitím neodpovídá tomu, co se žádá, nebo totéž už bylo podáno jinak."),
        "TooLarge": problem("Tělo je příliš velké."),
        "Unsupported": problem("Tělo přišlo v podobě, které adresa nerozumí."),
        "Invalid": problem("Některé pole nebo parametr chybí, nebo mu nerozumíme; fields je jmenuje."),
        "Busy": problem(
            "Zkuste to znovu; nic se neztratilo.",
            ["Retry-After": Header(description: "Za kolik vteřin.", schema: .integer)]
        ),
    ]

    let openapi = "3.1.0"
    let info: Info
    let paths: [String: [String: Operation]]
    let components = Components()
}

extension Route {
    /// The path as OpenAPI writes it: `/psi/{name}`.
    var template: String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
    }

    /// Of the path, in its order, then what the route declares.
    var parameters: [Parameter] {
        let names = path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) }
        let inPath = names.map { name in
            asks.first { $0.place == .path && $0.name == name } ?? Parameter.known[name]
                ?? .path(name, "")
        }
        return inPath + asks.filter { $0.place != .path }
    }
}

extension OpenAPIDocument.Operation {
    init(_ route: Route) {
        let isOpen = route.access == .anyone || route.access == .signature
        self.init(
            summary: route.summary,
            access: route.access.name,
            parameters: route.parameters.map(OpenAPIDocument.Asked.init),
            requestBody: Self.body(of: route),
            responses: Self.responses(of: route),
            security: isOpen ? nil : [["bearer": []]]
        )
    }

    private static func responses(of route: Route) -> [String: OpenAPIDocument.Answer] {
        var answers: [String: OpenAPIDocument.Answer] = [
            "405": .of("WrongMethod"), "503": .of("Busy"), "4XX": .of("Problem"), "5XX": .of("Problem"),
        ]
        for (status, given) in Dictionary(grouping: route.gives, by: \.status.code) {
            answers[String(status)] = OpenAPIDocument.Answer(
                description: status == 202
                    ? "Přijato; jak se pokračuje, je na adrese v Location" : "Podařilo se",
                content: Dictionary(
                    given.map { ($0.mediaType, OpenAPIDocument.Content(schema: $0.schema ?? .anything)) },
                    uniquingKeysWith: { first, other in .init(schema: .any([first.schema, other.schema])) }
                )
            )
        }
        if !route.isInterface {
            if route.method != .get {
                answers["2XX"] = OpenAPIDocument.Answer(description: "Stránka, na které úkon pokračuje")
            }
            answers["3XX"] = OpenAPIDocument.Answer(
                description: "Pokračuje na jiné adrese",
                headers: ["Location": .init(description: "Kde.", schema: .string(format: "uri-reference"))]
            )
        }
        if route.access.isOfSomebody { answers["401"] = .of("Unauthenticated") }
        if route.access.isOfSomebody || route.path.contains(":") { answers["404"] = .of("Missing") }
        if route.method != .get || !route.asks.isEmpty { answers["422"] = .of("Invalid") }
        if route.method != .get {
            for (status, name) in [("409", "Conflict"), ("413", "TooLarge"), ("415", "Unsupported")] {
                answers[status] = .of(name)
            }
        }
        return answers
    }

    private static func body(of route: Route) -> OpenAPIDocument.Body? {
        guard route.method != .get else { return nil }
        let content = OpenAPIDocument.Content(schema: route.takes ?? .anything)
        var types = ["application/json"]
        if route.access != .signature { types.append("application/x-www-form-urlencoded") }
        if route.bodyMax >= Limits.uploadBytesMax { types = ["multipart/form-data"] }
        return OpenAPIDocument.Body(
            required: route.takes != nil,
            content: Dictionary(uniqueKeysWithValues: types.map { ($0, content) })
        )
    }
}
