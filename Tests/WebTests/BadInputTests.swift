import Foundation
import Testing

@testable import Web

/// What strangers send over a real socket: the right status, a sentence that helps, memory that stays flat.
@Suite(.serialized) struct `Bad input` {
    private static let json = "Content-Type: application/json\r\nAccept: application/json\r\n"
    private static let bearer = "Authorization: Bearer dobry\r\n"

    private static func post(_ path: String, _ headers: String, _ body: String) -> [UInt8] {
        post(path, headers, Array(body.utf8))
    }

    private static func post(_ path: String, _ headers: String, _ body: [UInt8]) -> [UInt8] {
        Array(
            "POST \(path) HTTP/1.1\r\nHost: hora.localhost\r\n\(headers)Content-Length: \(body.count)\r\n\r\n"
                .utf8
        ) + body
    }

    /// Each on a connection of its own.
    private func ask(_ port: Int, _ bytes: [UInt8]) async throws -> String {
        try await onThread {
            let wire = try Wire(port: port)
            wire.send(bytes)
            return wire.answer()
        }
    }

    private func expectProblem(_ answer: String, _ status: Int, _ code: String? = nil) throws {
        #expect(answer.status == status, "\(answer)")
        #expect(answer.header("Content-Type") == "application/problem+json; charset=utf-8")
        let found = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        #expect(found?["status"] as? Int == status)
        #expect((found?["title"] as? String)?.hasSuffix(".") == true)
        if let code { #expect(found?["type"] as? String == "urn:epom:problem:\(code)") }
    }

    private func expectPage(_ answer: String, _ status: Int, _ sentence: String) {
        #expect(answer.status == status, "\(answer)")
        #expect(answer.header("Content-Type") == "text/html; charset=utf-8")
        #expect(answer.body.contains("<html lang=\"cs\""))
        #expect(answer.body.contains(sentence), "\(answer)")
        #expect(answer.header("Content-Security-Policy")?.contains("default-src 'none'") == true)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
    }

    @Test func `as JSON is told in a problem document`() async throws {
        try await TestHouse.open { port in
            let whole = Self.json + Self.bearer
            let good = try await ask(
                port,
                Self.post("/api/psi", whole, #"{"name":"Rek","age":3}"#)
            )
            #expect(good.status == 201)
            let bodies: [(String, Int, String)] = [
                ("", 400, "unreadable"), ("{", 400, "unreadable"), ("[1,2", 400, "unreadable"),
                ("null", 400, "unreadable"), ("\"x\"", 400, "unreadable"),
                (#"{"name":"Rek"}"#, 422, "unreadable-field"),
                (#"{"name":"Rek","age":"tři"}"#, 422, "unreadable-field"),
                (#"{"name":"Rek","age":1e99}"#, 400, "unreadable"),
                (String(repeating: "[", count: 200_000), 400, "unreadable"),
                (
                    #"{"name":"Rek","age":3,"nicknames":"# + String(repeating: "[", count: 100_000)
                        + String(repeating: "]", count: 100_000) + "}", 400, "unreadable"
                ),
            ]
            for (body, status, code) in bodies {
                try expectProblem(try await ask(port, Self.post("/api/psi", whole, body)), status, code)
            }
            let broken = Array(#"{"name":""#.utf8) + [0xC3, 0x28, 0xFF] + Array(#"","age":3}"#.utf8)
            try expectProblem(try await ask(port, Self.post("/api/psi", whole, broken)), 400, "unreadable")
            let typed = Self.bearer + "Accept: application/json\r\nContent-Type: application/xml\r\n"
            try expectProblem(
                try await ask(port, Self.post("/api/psi", typed, "<pes/>")),
                415,
                "unsupported-type"
            )
            try expectProblem(try await ask(port, Self.post("/api/nic", whole, "{}")), 404)
            let stranger = Self.json + "Authorization: Bearer zly\r\n"
            try expectProblem(try await ask(port, Self.post("/api/psi", stranger, "{}")), 401)
            // Nobody's right can be misused by a program without one; another site's page is refused all the same.
            try expectProblem(
                try await ask(port, Self.post("/api/psi", Self.json, "{}")),
                422,
                "unreadable-field"
            )
            for foreign in [
                "Origin: http://zly.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n",
            ] {
                try expectProblem(
                    try await ask(port, Self.post("/api/psi", Self.json + foreign, "{}")),
                    403,
                    "foreign-form"
                )
            }
            let unnamed = try await ask(port, Self.post("/api/moji-psi", Self.json, "{}"))
            try expectProblem(unnamed, 401, "sign-in-needed")
            #expect(unnamed.header("WWW-Authenticate") == "Bearer")
        }
    }

    @Test func `at the addresses for programs is told in a problem document whatever is accepted`()
        async throws
    {
        try await TestHouse.open { port in
            func get(_ path: String, _ method: String = "GET") async throws -> String {
                let head = "\(method) \(path) HTTP/1.1\r\nHost: hora.localhost\r\nAccept: text/html\r\n\r\n"
                return try await ask(port, Array(head.utf8))
            }
            try expectProblem(try await get("/api/nic"), 404)
            try expectProblem(try await get("/api/psi"), 422, "parameters")
            #expect(try await get("/api/psi").body.contains("Jméno psa."))
            let other = try await get("/api/psi?jmeno=Rek&rok=2026")
            try expectProblem(other, 422, "parameters")
            #expect(other.body.contains("Jsou tu: jmeno."))
            #expect(try await get("/api/psi?jmeno=Rek").body == #"{"jmeno":"Rek"}"#)
            // Of a page's address the handler reads what is declared, and no more.
            #expect(
                try await get("/psi?rok=2026&jmeno=%C4%8Cert+a+%26").body == #"{"jmeno":"Čert a &","rok":""}"#
            )
        }
    }

    @Test func `by a method that the address does not know names those it does`() async throws {
        try await TestHouse.open { port in
            func ask(_ method: String, _ path: String) async throws -> String {
                let head = "\(method) \(path) HTTP/1.1\r\nHost: hora.localhost\r\n\r\n"
                return try await self.ask(port, Array(head.utf8))
            }
            let wrong = try await ask("DELETE", "/api/psi")
            try expectProblem(wrong, 405)
            #expect(wrong.header("Allow") == "GET, HEAD, POST")
            expectPage(try await ask("DELETE", "/chyba"), 405, "hlavička Allow")
            #expect(try await ask("GET", "/chyba").header("Allow") == "POST")
            try expectProblem(try await ask("DELETE", "/api/nic"), 404)
        }
    }

    @Test func `as a form is told on a page`() async throws {
        try await TestHouse.open { port in
            let form =
                Self.bearer + "Content-Type: application/x-www-form-urlencoded\r\nAccept: text/html\r\n"
            let good = try await ask(port, Self.post("/psi", form, "name=Rek&age=3"))
            #expect(good.status == 201)
            let many = (0..<5_000).map { "f\($0)=x" }.joined(separator: "&")
            expectPage(try await ask(port, Self.post("/psi", form, many)), 413, "příliš mnoho polí")
            let deep = String(repeating: "a.", count: 200_000) + "a=x&name=Rek&age=3"
            #expect(try await ask(port, Self.post("/psi", form, deep)).status == 201)
            for text in ["name=%", "name=%zz", "name=%C3%28&age=1", "name=%00&age=1"] {
                expectPage(try await ask(port, Self.post("/psi", form, text)), 400, "nerozumíme")
            }
            let raw = Array("name=".utf8) + [0xFF, 0xFE] + Array("&age=1".utf8)
            expectPage(try await ask(port, Self.post("/psi", form, raw)), 400, "nerozumíme")
            let large = "name=" + String(repeating: "x", count: Limits.bodyBytesMax)
            expectPage(try await ask(port, Self.post("/psi", form, large)), 413, "příliš velká")
            expectPage(try await ask(port, Self.post("/chyba", form, "")), 500, "na naší straně")
        }
    }

    @Test func `in the address finds nothing`() async throws {
        try await TestHouse.open { port in
            func get(_ path: String, host: String = "hora.localhost") async throws -> String {
                try await ask(port, Array("GET \(path) HTTP/1.1\r\nHost: \(host)\r\n\r\n".utf8))
            }
            #expect(try await get("/soubory/a.txt").status == 200)
            for path in [
                "/soubory/../../etc/passwd", "/soubory/..%2f..%2fetc%2fpasswd", "/soubory/%2e%2e",
                "/soubory/",
                "/soubory/%00", "/soubory/%ff", "//etc/passwd", "/soubory/a.txt/..",
                "/assets/../../Package.swift",
                "/" + String(repeating: "a/", count: 2_000),
            ] {
                expectPage(try await get(path), 404, "Stránka tu není")
            }
            for host in [
                "nikdo.localhost", "example.org", "hora.localhost.example.org", "10.0.0.1",
                "a.hora.localhost", "hora.localhost:80@example.org", "hora.localhost:x", "hora.localhost:",
                "hora.localhost:80:80", "hora.localhost:123456",
            ] {
                expectPage(try await get("/", host: host), 404, "žádný úřad není")
            }
            expectPage(try await get("/", host: "pozadu.localhost"), 503, "aktualizuje")
            let nameless = try await ask(port, Array("GET / HTTP/1.1\r\n\r\n".utf8))
            #expect([400, 404].contains(nameless.status))
            #expect(try await get("/healthz", host: "kdokoli").status == 200)
            #expect(try await get("/readyz", host: "kdokoli").status == 503)
            #expect(try await get("/metrics").status == 404)
        }
    }

    @Test func `in the head is refused and the connection closed`() async throws {
        try await TestHouse.open { port in
            func rest(_ text: String) async throws -> String {
                try await onThread {
                    let wire = try Wire(port: port)
                    wire.send(text)
                    return wire.rest()
                }
            }
            let start = "GET / HTTP/1.1\r\nHost: hora.localhost\r\n"
            let long = start + "X-A: " + String(repeating: "a", count: Limits.headerBytesMax + 1) + "\r\n\r\n"
            expectPage(try await rest(long), 431, "příliš dlouhou hlavičku")
            let many = (0...Limits.headersMax).map { "X-\($0): a\r\n" }.joined()
            expectPage(try await rest(start + many + "\r\n"), 431, "příliš dlouhou hlavičku")
            let endless = start + String(repeating: "X-A: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n", count: 100_000)
            #expect([431, 0].contains(try await rest(endless).status))
            for text in [
                "\u{0}\u{1}\u{2}", "HALLO / HTTP/1.1\r\n\r\n", "GET  /  HTTP/9.9\r\n\r\n",
                start + "a b: c\r\n\r\n",
            ] {
                expectPage(try await rest(text), 400, "nerozumíme")
            }
            let twice =
                "POST /api/psi HTTP/1.1\r\nHost: hora.localhost\r\nContent-Length: 5\r\n"
                + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
            #expect(try await rest(twice).status == 400)
        }
    }
}
