import Foundation
import Office
import Sealing
import Support
import Testing

/// What `/api/openapi.json` says is enough to call the interface, and what comes back is what it says.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `The interface as described` {
    private typealias Record = [String: Any]
    private struct Operation {
        let method: String
        let path: String
        let said: Record
        var parameters: [Record] { said["parameters"] as? [Record] ?? [] }
        var isInterface: Bool { path.hasPrefix("/api/") && path != "/api/openapi.json" }
        var name: Comment { "\(method) \(path)" }

        /// The schema of a successful answer as JSON, whichever of the statuses it has.
        var given: [String: Any]? {
            let answers = said["responses"] as? [String: Record] ?? [:]
            return ["200", "201", "202"].compactMap { status in
                ((answers[status]?["content"] as? Record)?["application/json"] as? Record)?["schema"]
                    as? Record
            }.first
        }
    }

    private func operations(_ house: House, _ host: String) async throws -> [Operation] {
        let answer = await house.ask("/api/openapi.json", host: host)
        let document = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        )
        let paths = try #require(document["paths"] as? [String: [String: Record]])
        return paths.flatMap { path, methods in
            methods.map { Operation(method: $0.uppercased(), path: path, said: $1) }
        }
    }

    @Test func `names every parameter, body and answer`() async throws {
        let there = try await Neighbours.shared.value
        for host in [there.one.host, there.house.regionHost] {
            for operation in try await operations(there.house, host) {
                for parameter in operation.parameters {
                    #expect((parameter["description"] as? String)?.isEmpty == false, operation.name)
                    #expect(parameter["schema"] is Record, operation.name)
                }
                let answers = try #require(operation.said["responses"] as? [String: Record])
                #expect(answers["4XX"] != nil && answers["405"] != nil, operation.name)
                if operation.method == "GET" {
                    #expect(answers["200"]?["content"] != nil || answers["3XX"] != nil, operation.name)
                }
                guard operation.isInterface else { continue }
                #expect(operation.given != nil, operation.name)
                guard operation.method == "POST" else { continue }
                let body = operation.said["requestBody"] as? Record
                let json = (body?["content"] as? Record)?["application/json"] as? Record
                #expect((json?["schema"] as? Record)?["type"] as? String == "object", operation.name)
            }
        }
    }

    @Test func `answers what it describes at an office`() async throws {
        let there = try await Neighbours.shared.value
        let ids = `Who may do what`.ids(there.one)
        try await expectAnswers(as: there.one.head, at: there.one.host, there, ids, atLeast: 30)
    }

    @Test func `answers what it describes at the region`() async throws {
        let there = try await Neighbours.shared.value
        let ids = [
            "/sluzby": ["code": "zavada"], "/kraj/sluzby": ["code": "zavada"],
            "/kraj/obce": ["code": "514195"],
            "/kraj/obce/{code}/napojeni": ["code": "564028"], "/api/tenants": ["code": "564028"],
            "/podani": ["code": there.one.receipt.code, "secret": there.one.receipt.secret],
        ]
        try await expectAnswers(
            as: there.administrator,
            at: there.house.regionHost,
            there,
            ids,
            atLeast: 12
        )
    }

    /// Every page and resource that there is an example of, against its own description.
    private func expectAnswers(
        as caller: Caller,
        at host: String,
        _ there: Neighbours,
        _ ids: [String: [String: String]],
        atLeast: Int
    ) async throws {
        var seen = 0
        for operation in try await operations(there.house, host) where operation.method == "GET" {
            guard let schema = operation.given, !schema.isEmpty else { continue }
            let values =
                ids.filter { operation.path.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value
                ?? [:]
            var path = operation.path
            for (name, value) in values { path = path.replacing("{\(name)}", with: value) }
            guard !path.contains("{"), path != "/api/competent-office" else { continue }
            let answer = await there.house.ask(
                path,
                by: "GET",
                bearing: caller,
                at: host,
                headers: ["Accept": "application/json"]
            )
            guard answer.status == 200 else { continue }
            seen += 1
            let body = try JSONSerialization.jsonObject(with: Data(answer.body.utf8))
            let faults = JSONSchema(schema: schema).faults(of: body)
            #expect(faults.isEmpty, "\(operation.path): \(faults.prefix(5))")
        }
        #expect(seen >= atLeast, "\(seen)")
    }

    @Test func `leads from the list of services to the competent office`() async throws {
        let there = try await Neighbours.shared.value
        let (house, host) = (there.house, there.house.regionHost)
        struct Service: Decodable {
            let code: String
            let asks: [String]
        }
        struct Competent: Decodable {
            let tenant: String?
        }
        struct Problem: Decodable {
            let fields: [String: String]
        }
        for service in try await house.ask("/api/services", host: host).json([Service].self) {
            let address = "/api/competent-office?sluzba=\(service.code)"
            guard let place = service.asks.last else {
                #expect(await house.ask(address, host: host).status == 200, "\(service.code)")
                continue
            }
            let refused = await house.ask(address, host: host)
            #expect(refused.status == 422)
            #expect(Set(try refused.json(Problem.self).fields.keys) == Set(service.asks))
            let found = await house.ask("\(address)&\(place)=\(there.one.code)", host: host)
            #expect(found.status == 200, "\(service.code): \(found.body)")
            #expect(try found.json(Competent.self).tenant != nil || service.code != "zavada")
        }
        for (query, field) in [("", "sluzba"), ("?service=zavada", "service"), ("?sluzba=nic", "sluzba")] {
            let answer = await house.ask("/api/competent-office\(query)", host: host)
            #expect(answer.status == 422 && answer.isJSON, "\(query)")
            #expect(try answer.json(Problem.self).fields[field] != nil, "\(answer.body)")
        }
    }

    @Test func `takes a form of nobody, and says which header is missing`() async throws {
        let there = try await Neighbours.shared.value
        func file(_ headers: [String: String]) async -> Answer {
            let place = #"{"obec": "\#(there.one.code)"}"#
            return await there.house.ask(
                Ask(
                    method: "POST",
                    path: "/api/forms/zavada",
                    host: there.one.host,
                    headers: headers.merging(["Content-Type": "application/json"]) { $1 },
                    body:
                        #"{"druh": "zelen", "predmet": "Strom", "popis": "Spadl.", "misto": \#(place), "upresneni": "u mostu"}"#
                )
            )
        }
        let refused = await file([:])
        #expect(refused.status == 422 && refused.body.contains("Idempotency-Key"), "\(refused.body)")
        #expect(refused.header("Content-Type") == "application/problem+json; charset=utf-8")
        let taken = await file(["Idempotency-Key": Token.random(.bits128).text])
        #expect(taken.status == 202, "\(taken.body)")
    }

    @Test func `says amounts in haléře`() async throws {
        let there = try await Neighbours.shared.value
        let answer = await there.house.ask("/api/openapi.json", host: there.one.host)
        #expect(answer.body.contains("Má dáti v haléřích: 150050 je 1 500,50 Kč."))
        let booked = await there.house.ask(
            "/api/entries",
            by: "POST",
            bearing: there.one.head,
            at: there.one.host,
            headers: ["Content-Type": "application/json"],
            body: """
                {"id": "\(UUID.v7())", "day": "\(Day(of: Date()))", "text": "Moc", "lines": [
                 {"account": "501", "debit": 9000000000000000}, {"account": "321", "credit": 9000000000000000}]}
                """
        )
        #expect(booked.status == 422 && booked.body.contains("celé číslo v haléřích"), "\(booked.body)")
    }
}
