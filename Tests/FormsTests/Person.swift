import Foundation
import HTTPTypes
import Sealing
import Support
import Web

/// Somebody with a browser that knows no scripts: reads pages, fills in what they show, presses buttons.
struct Person: Sendable {
    let desk: Desk
    let host: String
    var session: String?
    var nonce = Token.random(.bits128).text

    init(desk: Desk, host: String, session: String? = nil) {
        (self.desk, self.host, self.session) = (desk, host, session)
    }

    private var cookie: String {
        "epom-browser=\(nonce)" + (session.map { "; epom=\($0)" } ?? "")
    }

    func get(_ path: String, accept: String = "text/html") async throws -> Desk.Answer {
        try await desk.ask(.get, path, host: host, headers: [.cookie: cookie, .accept: accept])
    }

    /// Opens an address and follows redirections to the page that is shown.
    func open(_ path: String) async throws -> (path: String, page: String) {
        var path = path
        for _ in 0..<5 {
            let answer = try await get(path)
            guard let next = answer.headers[.location] else { return (path, answer.body) }
            path = next
        }
        return (path, "")
    }

    func post(
        _ path: String,
        _ body: String,
        type: String,
        headers: [HTTPField.Name: String] = [:]
    ) async throws -> Desk.Answer {
        var all: [HTTPField.Name: String] = [
            .cookie: cookie, .accept: "text/html", .contentType: type, .origin: "http://\(host)",
        ]
        for (name, value) in headers { all[name] = value }
        return try await desk.ask(.post, path, host: host, headers: all, body: body)
    }

    struct Upload {
        let field: String
        let name: String
        let text: String
    }

    /// Sends the form of a page: what it holds, with these changes, by that button.
    ///
    /// An empty list unticks every box of a name. With `last` the changes end with the button themselves.
    func send(
        _ page: String,
        _ changes: [(String, String)] = [],
        untick: Set<String> = [],
        act: String = "dal",
        files: [Upload] = [],
        last: Bool = false
    ) async throws -> Desk.Answer {
        guard let action = page.firstMatch(of: /method="post" action="([^"]*vyplnit[^"]*)"/)?.1 else {
            return try await get("/no-form-on-the-page")
        }
        let changed = Set(changes.map(\.0))
        var pairs = Self.inputs(of: page).filter { !changed.contains($0.0) && !untick.contains($0.0) }
        pairs += changes
        if !last { pairs.append(("_act", act)) }
        var body = ""
        for (name, value) in pairs {
            body += "--B\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        for file in files {
            body +=
                "--B\r\nContent-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\"\r\n"
            body += "Content-Type: application/octet-stream\r\n\r\n\(file.text)\r\n"
        }
        body += "--B--\r\n"
        return try await post(plain(String(action)), body, type: "multipart/form-data; boundary=B")
    }

    /// Hands in from the page of review.
    func handIn(_ page: String) async throws -> Desk.Answer {
        guard let action = page.firstMatch(of: /action="(\/formulare\/[a-z0-9-]+\/podat)"/)?.1 else {
            return try await get("/no-review")
        }
        let pairs = Self.inputs(of: page).map { "\($0.0)=\($0.1)" }.joined(separator: "&")
        return try await post(String(action), pairs, type: "application/x-www-form-urlencoded")
    }

    /// What a browser would send of a page: hidden and typed inputs, ticked boxes, chosen options, texts.
    static func inputs(of page: String) -> [(String, String)] {
        guard let form = page.firstMatch(of: /(?s)<form class="(?:fill|actions)".*?<\/form>/)?.0 else {
            return []
        }
        var pairs: [(String, String)] = []
        for match in form.matches(of: /<input ([^>]*)>/) {
            let input = String(match.1)
            guard let name = attribute("name", input), attribute("type", input) != "file" else { continue }
            let isBox = ["radio", "checkbox"].contains(attribute("type", input) ?? "text")
            if !isBox || input.hasSuffix(" checked") { pairs.append((name, attribute("value", input) ?? "")) }
        }
        for match in form.matches(of: /(?s)<textarea ([^>]*)>(.*?)<\/textarea>/) {
            if let name = attribute("name", String(match.1)) {
                pairs.append((name, plain(String(match.2))))
            }
        }
        for match in form.matches(of: /(?s)<select ([^>]*)>(.*?)<\/select>/) {
            guard let name = attribute("name", String(match.1)) else { continue }
            let chosen = match.2.firstMatch(of: /<option value="([^"]*)" selected>/)?.1 ?? ""
            pairs.append((name, String(chosen)))
        }
        return pairs
    }

    private static func attribute(_ name: String, _ tag: String) -> String? {
        guard let start = tag.range(of: "\(name)=\"") else { return nil }
        return plain(String(tag[start.upperBound...].prefix { $0 != "\"" }))
    }
}

/// HTML's escapes undone.
func plain(_ text: String) -> String {
    text.replacing("&quot;", with: "\"").replacing("&lt;", with: "<").replacing("&gt;", with: ">")
        .replacing("&#39;", with: "'").replacing("&amp;", with: "&")
}

extension HTTPField.Name {
    static var idempotencyKey: HTTPField.Name {
        guard let name = HTTPField.Name("Idempotency-Key") else { preconditionFailure("a plain name") }
        return name
    }
    static var formToken: HTTPField.Name {
        guard let name = HTTPField.Name("X-Form-Token") else { preconditionFailure("a plain name") }
        return name
    }
}
