import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import Web

@Suite struct `The description of the interface` {
    private struct Dog: Codable {
        enum Size: String, Codable, CaseIterable {
            case small, large
        }
        let id: UUID
        let name: String
        let size: Size
        let weight: Double?
        let born: Date?
        let walks: [Walk]
        let isTagged: Bool
    }

    private struct Walk: Codable {
        let minutes: Int
    }

    private static let walk = Schema.record(["minutes": .integer], required: ["minutes"])

    @Test func `takes its schemas from the types that handlers read`() {
        #expect(
            Schema(of: Dog.self)
                == .record(
                    [
                        "id": .string(format: "uuid"), "name": .string(format: nil),
                        "size": .choice(["small", "large"]), "weight": .number,
                        "born": .string(format: "date-time"), "walks": .list(Self.walk), "isTagged": .boolean,
                    ],
                    required: ["id", "isTagged", "name", "size", "walks"]
                )
        )
        #expect(Schema(of: [Walk].self) == .list(Self.walk))
        #expect(Schema(of: String.self) == .string(format: nil))
    }

    @Test(arguments: [("localhost", Route.Face.region), ("hora.localhost", .office)])
    func `is valid and names every route of its host`(host: String, face: Route.Face) async throws {
        let table = TestHouse.routes.map {
            $0.path == "/api/psi" && $0.method == .post ? $0.taking(Dog.self).giving(Dog.self) : $0
        }
        let routes = table + OpenAPIRoutes(describing: table).routes
        let desk = Desk(try TestHouse.reception(routes))
        let answer = try await desk.ask(.get, "/api/openapi.json", host: host)
        #expect(answer.status == .ok)
        #expect(answer.headers[.contentType] == "application/json; charset=utf-8")
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        )
        #expect(document["openapi"] as? String == "3.1.0")
        let info = try #require(document["info"] as? [String: Any])
        #expect(info["title"] is String && info["version"] is String)
        let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
        var named = 0
        for route in routes where route.faces.contains(face) {
            let path = route.path.replacing("/:name", with: "/{name}")
            let operation = try #require(paths[path]?[route.method.rawValue.lowercased()], "\(path)")
            named += 1
            #expect(operation["summary"] as? String == route.summary)
            #expect((operation["responses"] as? [String: Any])?.isEmpty == false)
            let declared = Set(
                (operation["parameters"] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
            )
            #expect(declared == Set(route.parameters.map(\.name)))
            #expect(declared.contains("name") == path.contains("{name}"))
            #expect((operation["requestBody"] != nil) == (route.method != .get))
        }
        #expect(named == paths.values.map(\.count).reduce(0, +))
        if face == .office {
            #expect(answer.body.contains(#""enum":["small","large"]"#))
            #expect(paths["/api/prilohy"]?["post"].map { "\($0)" }?.contains("multipart/form-data") == true)
        }
    }
}
