import Foundation
import Sealing
import Testing

/// A person's browser: cookies by host, and the form token of the page it looks at.
actor Browser {
    private let house: House
    private var jar: [String: [String: String]] = [:]
    private var tokens: [String: String] = [:]

    init(_ house: House) { self.house = house }

    /// As clicked in a page; redirects are followed by hand.
    @discardableResult
    func get(_ path: String, at host: String? = nil) async -> Answer {
        await ask(Ask(path: path, host: host ?? house.regionHost))
    }

    @discardableResult
    func post(
        _ path: String,
        _ fields: [(String, String)] = [],
        at host: String? = nil,
        headers: [String: String] = [:]
    ) async -> Answer {
        let host = host ?? house.regionHost
        let all = fields + [("_token", tokens[host] ?? "")]
        let body = all.map { "\($0.0)=\(escaped($0.1))" }.joined(separator: "&")
        let usual = [
            "Origin": "http://\(host)", "Sec-Fetch-Site": "same-origin",
            "Content-Type": "application/x-www-form-urlencoded",
        ]
        let headers = usual.merging(headers) { $1 }.filter { !$0.value.isEmpty }
        return await ask(Ask(method: "POST", path: path, host: host, headers: headers, body: body))
    }

    func ask(_ ask: Ask) async -> Answer {
        var ask = ask
        let cookies = jar[ask.host] ?? [:]
        if !cookies.isEmpty, ask.headers["Cookie"] == nil {
            ask.headers["Cookie"] = cookies.map { "\($0.key)=\($0.value)" }.joined(separator: "; ")
        }
        let answer = await house.ask(ask)
        for (name, value) in answer.cookies {
            jar[ask.host, default: [:]][name] = value.isEmpty ? nil : value
        }
        if let token = answer.body.firstMatch(of: /name="_token" value="([^"]+)"/) {
            tokens[ask.host] = String(token.1)
        }
        return answer
    }

    func cookie(_ name: String, at host: String) -> String? { jar[host]?[name] }
    func keep(_ name: String, _ value: String, at host: String) { jar[host, default: [:]][name] = value }
    func token(at host: String) -> String? { tokens[host] }

    /// Signs in at the region, or by way of it at an office, as a person does.
    func signIn(_ account: House.Demo.Account, at host: String? = nil) async throws {
        var page = "/prihlaseni"
        var hidden: [(String, String)] = []
        if let host {
            let start = await get("/prihlaseni?zpet=/dnes", at: host)
            page = try local(start)
        }
        let form = await get(page)
        for name in ["back", "office", "state"] {
            if let value = form.body.firstMatch(of: try Regex("name=\"\(name)\" value=\"([^\"]*)\"")) {
                hidden.append((name, String(value[1].substring ?? "")))
            }
        }
        let signed = await post(
            "/prihlaseni",
            [("email", account.email), ("password", account.password)] + hidden
        )
        try #require(signed.status == 303, "\(signed.status) \(signed.body)")
        guard let host else { return }
        let exchanged = await get(try local(signed), at: host)
        try #require(exchanged.status == 303 && cookie("epom", at: host) != nil, "\(exchanged.body)")
    }

    /// Path and query of a redirect.
    func local(_ answer: Answer) throws -> String {
        let location = try #require(answer.header("Location"))
        guard let host = location.range(of: "://") else { return location }
        let rest = location[host.upperBound...]
        return rest.firstIndex(of: "/").map { String(rest[$0...]) } ?? "/"
    }

    private func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }
}
