import HTTPTypes
import Hummingbird
import Office

/// `GET /api/openapi.json`: the route table as OpenAPI 3.1.
///
/// One handler has two faces: every path answers JSON where `Accept` asks for it.
package struct OpenAPIRoutes: Sendable {
    private let described: [Route]

    package init(describing routes: [Route]) { described = routes }

    package var routes: [Route] {
        [.open(.get, "/api/openapi.json", on: [.region, .office], "Popis rozhraní", document)]
    }

    private struct Document: Encodable {
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
            let parameters: [Parameter]
            let requestBody: Body?
            let responses: [String: Answer]
            let security: [[String: [String]]]?
        }

        struct Parameter: Encodable {
            private enum CodingKeys: String, CodingKey {
                case name, required, schema
                case place = "in"
            }
            let name: String
            let place = "path"
            let required = true
            let schema = ["type": "string"]
        }

        struct Content: Encodable {
            let schema: Schema
        }

        struct Body: Encodable {
            let content: [String: Content]
        }

        struct Answer: Encodable {
            let description: String
            var content: [String: Content]?
        }

        struct Components: Encodable {
            let securitySchemes = ["bearer": ["type": "http", "scheme": "bearer"]]
        }

        /// RFC 9457, as ``ProblemDocument`` writes it.
        static let problem = Answer(
            description: "Odmítnuto; title je věta pro člověka, fields věty k jednotlivým polím",
            content: [
                "application/problem+json": Content(
                    schema: .record(
                        [
                            "type": .string(format: "uri"), "title": .string(format: nil), "status": .integer,
                            "instance": .string(format: nil), "fields": .anything,
                        ],
                        required: ["status", "title", "type"]
                    )
                )
            ]
        )

        let openapi = "3.1.0"
        let info: Info
        let paths: [String: [String: Operation]]
        let components = Components()
    }

    @Sendable private func document(_ request: Request, _ visit: Visit) async throws -> Response {
        let face: Route.Face = visit.office == nil ? .region : .office
        var paths: [String: [String: Document.Operation]] = [:]
        for route in described + routes where route.faces.contains(face) {
            let parts = route.path.split(separator: "/", omittingEmptySubsequences: false)
            let path = parts.map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(
                separator: "/"
            )
            let isOpen = route.access == .anyone || route.access == .signature
            paths[path, default: [:]][route.method.rawValue.lowercased()] = Document.Operation(
                summary: route.summary,
                access: route.access.name,
                parameters: parts.filter { $0.hasPrefix(":") }.map {
                    Document.Parameter(name: String($0.dropFirst()))
                },
                requestBody: body(of: route),
                responses: [
                    route.method == .get ? "200" : "2XX": Document.Answer(description: "Podařilo se"),
                    "3XX": Document.Answer(description: "Pokračuje na adrese v hlavičce Location"),
                    "4XX": Document.problem, "5XX": Document.problem,
                ],
                security: isOpen ? nil : [["bearer": []]]
            )
        }
        return try Response.json(
            Document(
                info: Document.Info(
                    description: face == .region ? "Rozhraní kraje" : "Rozhraní úřadu"
                ),
                paths: paths
            )
        )
    }

    private func body(of route: Route) -> Document.Body? {
        guard route.method != .get else { return nil }
        let content = Document.Content(schema: route.takes ?? .anything)
        var types = ["application/json"]
        if route.access != .signature { types.append("application/x-www-form-urlencoded") }
        if route.bodyMax >= Limits.uploadBytesMax { types = ["multipart/form-data"] }
        return Document.Body(content: Dictionary(uniqueKeysWithValues: types.map { ($0, content) }))
    }
}
