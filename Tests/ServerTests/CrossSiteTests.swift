import Database
import Foundation
import Office
import Sealing
import Support
import Testing

/// Pages of others, stolen codes, ended sessions: refused, and nothing happens.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `From another site` {
    @Test func `a page of one office posts nothing at another`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let clerk = try await house.person("head", named: "Oběť Zkušební", at: there.hosts)
        try await house.employ(clerk, as: [.head], in: other.schema)
        let session = try #require(clerk.sessions[other.host])
        let right = try house.formToken(other.host, binding: session.digest.bytes)
        let attacker = try #require(one.head.sessions[one.host])
        let wrong = [
            try house.formToken(one.host, binding: session.digest.bytes),
            try house.formToken(one.host, binding: attacker.digest.bytes),
            try house.formToken(other.host, binding: attacker.digest.bytes),
            try house.formToken(other.host, binding: Array(clerk.browser.utf8)),
            try house.formToken(house.regionHost, binding: session.digest.bytes), "", "x",
        ]
        func post(_ headers: [String: String], token: String = right) async throws -> Answer {
            try await house.ask(
                "/deska/nove",
                by: "POST",
                with: clerk,
                at: other.host,
                headers: headers.merging(["X-Form-Token": ""]) { $1 },
                body: form(["title": "Podvržené oznámení", "kind": "other", "body": "x", "_token": token])
            )
        }
        let forged: [([String: String], String)] = [
            (["Origin": "http://\(one.host)", "Sec-Fetch-Site": "same-site"], right),
            (["Origin": "http://\(one.host)", "Sec-Fetch-Site": "same-origin"], right),
            (["Origin": "http://\(house.regionHost)"], right), (["Origin": "null"], right),
            (["Origin": "https://\(other.host)"], right), (["Origin": "http://zly.example"], right),
            (["Origin": "http://\(other.host).zly.example"], right),
            (["Origin": "", "Sec-Fetch-Site": "same-site"], right),
            (["Origin": "", "Sec-Fetch-Site": "cross-site"], right),
            (["Origin": "", "Sec-Fetch-Site": "none"], right), (["Origin": "", "Sec-Fetch-Site": ""], right),
        ]
        for (headers, token) in forged {
            let answer = try await post(headers, token: token)
            #expect(answer.status == 403 && answer.body.contains("z jiné stránky"), "\(headers)")
        }
        for token in wrong {
            let answer = try await post([:], token: token)
            #expect(answer.status == 403 && answer.body.contains("Stránka mezitím zestárla"), "\(token)")
        }
        let made: SQL = "select count(*) as n from m_546607.notices where title = 'Podvržené oznámení'"
        #expect(try await house.count(made) == 0)
        // With all of it right the very same is done, so that the refusals above say something.
        #expect(try await post([:]).status == 303)
        #expect(try await post(["Origin": "", "Sec-Fetch-Site": "same-origin"]).status == 303)
        #expect(try await house.count(made) == 2)
    }

    /// A bearer's token is no cookie: nobody's browser sends it along, and cookies beside it count for nothing.
    @Test func `a token in a header stands alone`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one) = (there.house, there.one)
        let session = try #require(one.head.sessions[one.host])
        for header in ["Bearer zly", "Bearer \(Token.random().text)", "Basic eDp4", "Bearer \(session.text)"]
        {
            let answer = await house.ask(
                "/dnes",
                host: one.host,
                headers: ["Authorization": header, "Cookie": "epom=\(session.text)"]
            )
            #expect(answer.status == 401, "\(header)")
        }
        let token = try #require(one.head.tokens[one.host])
        let asCookie = await house.ask("/dnes", host: one.host, headers: ["Cookie": "epom=\(token.text)"])
        #expect(asCookie.status == 303)
    }

    @Test func `a code for signing in works once, here, soon, and in this browser`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let account = try house.account("head", of: one.schema)
        let browser = Browser(house)
        try await browser.signIn(account)
        /// A code on its way to the office, and the browser's half of it.
        func code() async throws -> (path: String, nonce: String) {
            let start = await browser.get("/prihlaseni?zpet=/dnes", at: one.host)
            let sent = await browser.get(try await browser.local(start))
            try #require(sent.status == 303)
            return (
                try await browser.local(sent), try #require(await browser.cookie("epom-signin", at: one.host))
            )
        }
        @Sendable func exchange(_ path: String, nonce: String?, at host: String) async -> Answer {
            await house.ask(path, host: host, headers: nonce.map { ["Cookie": "epom-signin=\($0)"] } ?? [:])
        }
        func expectNothing(_ answer: Answer, _ comment: Comment, _ line: SourceLocation = #_sourceLocation) {
            #expect(answer.status == 410, comment, sourceLocation: line)
            #expect(answer.cookies["epom"] == nil, comment, sourceLocation: line)
        }
        let once = try await code()
        #expect(await exchange(once.path, nonce: once.nonce, at: one.host).cookies["epom"] != nil)
        expectNothing(await exchange(once.path, nonce: once.nonce, at: one.host), "used twice")

        let elsewhere = try await code()
        expectNothing(
            await exchange(elsewhere.path, nonce: elsewhere.nonce, at: other.host),
            "at another host"
        )

        let stolen = try await code()
        expectNothing(await exchange(stolen.path, nonce: nil, at: one.host), "without the browser's half")
        let other2 = try await code()
        let wrong = Token.random(.bits128).text
        expectNothing(await exchange(other2.path, nonce: wrong, at: one.host), "from another browser")

        let late = try await code()
        try await house.owner().execute(
            "update region.one_time_codes set expires_at = now() - interval '1 second' where purpose = 'sign-in'"
        )
        expectNothing(await exchange(late.path, nonce: late.nonce, at: one.host), "late")
        expectNothing(await exchange("/prihlaseni/kod?kod=x&zpet=/", nonce: wrong, at: one.host), "invented")

        let best = try await code()
        let won = try await each(of: Array(0..<8)) { _ in
            await exchange(best.path, nonce: best.nonce, at: one.host).cookies["epom"] != nil
        }
        #expect(won.count { $0 } == 1, "of eight at once one gets in")
    }

    /// Names of hosts that only look like an office's would take the code, and with it the person's rights.
    @Test func `nobody is sent to another site`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one) = (there.house, there.one)
        let account = try house.account("head", of: one.schema)
        let browser = Browser(house)
        try await browser.signIn(account)
        let state = Token.random(.bits128).digest.hex
        let slug = one.host.split(separator: ":")[0]
        for host in [
            "zly.example", "\(one.host)@zly.example", "\(slug):x@zly.example", "\(slug)@zly.example",
            "\(slug):80@zly.example", "zly.example#.\(slug)", "zly.example/.\(slug)", "zly.example?.\(slug)",
            "\(slug).zly.example", "\(slug):1", "\(slug):80:80", "\(slug):", "zly\\.\(slug)", " \(slug)",
            "\(one.host)/", "\(one.host)\\@zly.example", house.regionHost, "nikdo.localhost", "",
        ] {
            let asked = host.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let answer = await browser.get("/prihlaseni?pro=\(asked)&stav=\(state)&zpet=/")
            let location = answer.header("Location") ?? ""
            #expect(host.isEmpty ? location == "/ucet" : answer.status == 404, "\(host): \(location)")
        }
        let good = await browser.get("/prihlaseni?pro=\(one.host)&stav=\(state)&zpet=/dnes")
        #expect(good.header("Location")?.hasPrefix("http://\(one.host)/prihlaseni/kod?kod=") == true)

        for back in [
            "//zly.example", "/\\zly.example", "https://zly.example", "javascript:alert(1)", "\\/zly.example",
            "/%09/zly.example", "%2F%2Fzly.example", "/%5Czly.example", "%00/x",
            "/%0d%0aLocation:%20//zly.example",
        ] {
            let start = await house.ask("/prihlaseni?zpet=\(back)", host: one.host)
            // What is no text at all is told so.
            guard start.status != 400 || !back.hasPrefix("%00") else { continue }
            let onward = await browser.get(try await browser.local(start))
            let code = await browser.get("/prihlaseni?zpet=\(back)")
            for answer in [start, onward, code] {
                let host = (answer.header("Location") ?? "/").split(separator: "?")[0]
                #expect(
                    host.hasPrefix("/") && !host.hasPrefix("//") || host.hasPrefix("http://\(one.host)/")
                        || host.hasPrefix("http://\(house.regionHost)/"),
                    "\(back): \(host)"
                )
                #expect(answer.header("Location")?.contains("zly.example") != true || answer.status == 400)
            }
        }
    }

    @Test func `who signs out at the region is signed out everywhere`() async throws {
        let there = try await Neighbours.shared.value
        let house = there.house
        let account = try house.account("head", of: there.other.schema)
        let browser = Browser(house)
        try await browser.signIn(account, at: there.other.host)
        #expect(await browser.get("/dnes", at: there.other.host).status == 200)
        let child = try #require(await browser.cookie("epom", at: there.other.host))
        await browser.get("/ucet")
        let out = await browser.post("/odhlaseni")
        #expect(out.status == 303 && out.cookies["epom"]?.isEmpty == true)
        for (accept, status) in [("text/html", 303), ("application/json", 401)] {
            let answer = await house.ask(
                "/dnes",
                host: there.other.host,
                headers: ["Cookie": "epom=\(child)", "Accept": accept]
            )
            #expect(answer.status == status)
        }
        let posted = await house.ask(
            Ask(
                method: "POST",
                path: "/deska/nove",
                host: there.other.host,
                headers: [
                    "Cookie": "epom=\(child)", "Origin": "http://\(there.other.host)",
                    "X-Form-Token": try house.formToken(
                        there.other.host,
                        binding: try #require(Token(child)).digest.bytes
                    ), "Content-Type": "application/x-www-form-urlencoded",
                ],
                body: form(["title": "Po odhlášení", "kind": "other"])
            )
        )
        #expect(posted.status == 401)
        let made: SQL = "select count(*) as n from m_546607.notices where title = 'Po odhlášení'"
        #expect(try await house.count(made) == 0)
    }

    @Test func `who was dismissed acts no more at once, and reads no more soon`() async throws {
        let there = try await Neighbours.shared.value
        let (house, village) = (there.house, there.other)
        let clerk = try await house.person("clerk", named: "Bývalá Zkušební", at: there.hosts)
        try await house.employ(clerk, as: [.clerk], in: village.schema)
        func act() async throws -> Int {
            try await house.ask("/deska/nove", by: "POST", with: clerk, at: village.host).status
        }
        #expect(try await house.ask("/spisovna", with: clerk, at: village.host).status == 200)
        #expect(try await act() == 422)
        let dismissed = await house.ask(
            "/nastaveni/lide/\(clerk.id.uuidString.lowercased())",
            by: "POST",
            bearing: village.head,
            at: village.host,
            body: form(["act": "dismiss"])
        )
        #expect(dismissed.status == 303, "\(dismissed.body)")
        #expect(try await act() == 404)
        let began = ContinuousClock.now
        try await eventually("it goes on reading") {
            try await house.ask("/spisovna", with: clerk, at: village.host).status == 404 ? true : nil
        }
        #expect(ContinuousClock.now - began < .seconds(30))
    }
}
