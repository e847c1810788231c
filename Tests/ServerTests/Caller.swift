import Database
import Foundation
import Office
import Sealing

/// Somebody who asks at any host: with a session there, with a token for programs, or as nobody.
struct Caller: Sendable {
    /// What the tables of who may do what call them.
    let part: String
    let id: UUID
    let name: String
    let email: String
    /// The browser's own cookie, which drafts and forms of people without a session are bound to.
    let browser = Token.random(.bits128).text
    /// By host.
    var sessions: [String: Token] = [:]
    var tokens: [String: Token] = [:]

    static let nobody = Caller(part: "nobody", id: UUID(), name: "", email: "")

    /// The same person as another host knows them: by what they hold for this one.
    func bringing(_ host: String, to other: String) -> Caller {
        var caller = self
        caller.sessions = [other: sessions[host] ?? Token.random()]
        caller.tokens = [other: tokens[host] ?? Token.random()]
        return caller
    }
}

extension House {
    /// A person with sessions and tokens at these hosts, as signing in would have made them.
    func person(_ part: String, named name: String, at hosts: [String], isAdministrator: Bool = false)
        async throws -> Caller
    {
        let id = UUID.v7()
        var caller = Caller(
            part: part,
            id: id,
            name: name,
            email: "\(id.uuidString.lowercased())@example.org"
        )
        let owner = try await owner()
        try await owner.change(
            """
            insert into region.users (id, email, name, verified_at, is_region_administrator)
            values (\(id), \(caller.email), \(name), clock_timestamp(), \(isAdministrator))
            """
        )
        for host in hosts {
            let (session, token) = (Token.random(), Token.random())
            try await owner.change(
                """
                insert into region.sessions (digest, user_id, host, expires_at)
                values (\(session.digest.bytes), \(id), \(host), clock_timestamp() + interval '1 hour')
                """
            )
            try await owner.change(
                """
                insert into region.api_tokens (digest, user_id, host, name)
                values (\(token.digest.bytes), \(id), \(host), 'test')
                """
            )
            caller.sessions[host] = session
            caller.tokens[host] = token
        }
        return caller
    }

    /// Makes the person one of the office's people.
    func employ(_ caller: Caller, as roles: [Role], in schema: String) async throws {
        var script: Script = ""
        script.insert(
            into: "tenant.clerks",
            "user_id, name, email, function_title, roles",
            rows: [[caller.id, caller.name, caller.email, "zkouška", roles.map(\.rawValue)]],
            schema: schema
        )
        try await owner().execute(script)
    }

    /// As clicked in a page of that host, with everything a browser sends along.
    ///
    /// Who is patient asks again after "busy", which says nothing of what was asked.
    func ask(
        _ path: String,
        by method: String = "GET",
        with caller: Caller,
        at host: String,
        headers: [String: String] = [:],
        body: String = "",
        isPatient: Bool = true
    ) async throws -> Answer {
        var cookies = "epom-browser=\(caller.browser)"
        var binding = Array(caller.browser.utf8)
        if let session = caller.sessions[host] {
            cookies += "; epom=\(session.text)"
            binding = session.digest.bytes
        }
        var usual = ["Cookie": cookies, "Accept": "text/html"]
        if method != "GET" {
            usual["Origin"] = "http://\(host)"
            usual["Sec-Fetch-Site"] = "same-origin"
            usual["X-Form-Token"] = try formToken(host, binding: binding)
            usual["Content-Type"] = "application/x-www-form-urlencoded"
        }
        let headers = usual.merging(headers) { $1 }.filter { !$0.value.isEmpty }
        let asked = Ask(method: method, path: path, host: host, headers: headers, body: body)
        return isPatient ? await askPatiently(asked) : await ask(asked)
    }

    /// As a program with the caller's token for that host.
    func ask(
        _ path: String,
        by method: String = "GET",
        bearing caller: Caller,
        at host: String,
        headers: [String: String] = [:],
        body: String = "",
        isPatient: Bool = true
    ) async -> Answer {
        var usual = ["Accept": "application/json"]
        if let token = caller.tokens[host] { usual["Authorization"] = "Bearer \(token.text)" }
        if method != "GET" {
            usual["Content-Type"] =
                body.hasPrefix("{") ? "application/json" : "application/x-www-form-urlencoded"
        }
        let headers = usual.merging(headers) { $1 }
        let asked = Ask(method: method, path: path, host: host, headers: headers, body: body)
        return isPatient ? await askPatiently(asked) : await ask(asked)
    }

    private func askPatiently(_ asked: Ask) async -> Answer {
        for _ in 0..<40 {
            let answer = await ask(asked)
            guard answer.status == 503 else { return answer }
            try? await Task.sleep(for: .milliseconds(250))
        }
        return await ask(asked)
    }
}

/// The fields of a form as browsers send them.
func form(_ fields: KeyValuePairs<String, String>) -> String {
    fields.map { name, value in
        "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
    }.joined(separator: "&")
}

/// Asks of everything, a few at a time; the answers come in the order of the items.
func each<Item: Sendable, Value: Sendable>(
    of items: [Item],
    lanes: Int = 8,
    _ body: @escaping @Sendable (Item) async throws -> Value
) async throws -> [Value] {
    try await withThrowingTaskGroup(of: (Int, Value).self) { group in
        var found: [Int: Value] = [:]
        for (index, item) in items.enumerated() {
            if index >= lanes, let (done, value) = try await group.next() { found[done] = value }
            group.addTask { (index, try await body(item)) }
        }
        for try await (done, value) in group { found[done] = value }
        return items.indices.compactMap { found[$0] }
    }
}
