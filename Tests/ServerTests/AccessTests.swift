import Database
import Foundation
import Office
import Sealing
import Support
import Testing

/// Every route asked by everybody; the answers are a golden table that somebody has read.
///
/// A body that no act accepts goes along with every act, so that nothing is changed and the status says how far
/// the person came: 404 not at all, `sign in` as nobody, 4xx as far as the rules of the act.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `Who may do what` {
    private struct Interface: Decodable {
        struct Operation: Decodable {}
        let paths: [String: [String: Operation]]
    }

    private struct Line: Sendable {
        let method: String
        let path: String
        var note = ""
        let asked: String
        var headers: [String: String] = [:]
        var body = ""
    }

    @Test func `at an office`() async throws {
        let there = try await Neighbours.shared.value
        let village = there.one
        let ids = Self.ids(village)
        let lines = try await routes(there.house, village.host).map { method, path in
            Line(
                method: method,
                path: path,
                asked: try filled(path, method: method, ids),
                headers: Self.headers["\(method) \(path)"] ?? [:],
                body: Self.bodies["\(method) \(path)"] ?? ""
            )
        }
        // A file under the tax code is another matter (§ 52 of act 280/2009).
        let secret = [
            ("GET", "/spisovna/spis/{id}", "/spisovna/spis/\(village.caseFile.tax)"),
            ("GET", "/spisovna/spis/{id}/historie", "/spisovna/spis/\(village.caseFile.tax)/historie"),
            ("GET", "/spisovna/spis/{id}/pridat", "/spisovna/spis/\(village.caseFile.tax)/pridat"),
            ("GET", "/spisovna/spis/{id}/odpoved", "/spisovna/spis/\(village.caseFile.tax)/odpoved"),
            ("POST", "/spisovna/spis/{id}/vyridit", "/spisovna/spis/\(village.caseFile.tax)/vyridit"),
            ("POST", "/spisovna/spis/{id}/vyvesit", "/spisovna/spis/\(village.caseFile.tax)/vyvesit"),
            ("GET", "/spisovna/dokument/{id}", "/spisovna/dokument/\(village.taxDocument)"),
            ("GET", "/spisovna/dokument/{id}/razitko", "/spisovna/dokument/\(village.taxDocument)/razitko"),
            ("GET", "/spisovna/osoby/{id}", "/spisovna/osoby/\(village.payer)"),
        ].map { Line(method: $0, path: $1, note: " (tax)", asked: $2) }
        try await expect(lines + secret, at: village.host, there, "access-office.txt")
    }

    @Test func `at the region`() async throws {
        let there = try await Neighbours.shared.value
        let (job, undecided) = try await leftForTheRegion(there)
        let ids = [
            "/kraj/ulohy": ["id": job], "/api/jobs": ["id": job], "/kraj/podani": ["id": undecided],
            "/kraj/doruceni": [
                "id": UUID().uuidString.lowercased(), "digest": String(repeating: "0", count: 64),
            ],
            "/api/submissions": ["id": undecided],
            "/kraj/uzivatele": ["id": UUID().uuidString.lowercased()],
            "/podani": ["code": there.one.receipt.code, "secret": there.one.receipt.secret],
            "/sluzby": ["code": "zavada"], "/kraj/sluzby": ["code": "zavada"],
            "/kraj/obce/{code}/napojeni": ["code": "564028"], "/kraj/obce/{code}/klic": ["code": "564028"],
            "/kraj/obce/{code}/casti": ["code": "564028"], "/kraj/obce": ["code": "514195"],
            "/api/tenants": ["code": "564028"], "/assets": ["version": "0", "name": "epom.css"],
            "": ["token": Token.random().text],
        ]
        let lines = try await routes(there.house, there.house.regionHost).map { method, path in
            Line(
                method: method,
                path: path,
                asked: try filled(path, method: method, ids),
                headers: Self.headers["\(method) \(path)"] ?? [:],
                body: Self.bodies["\(method) \(path)"] ?? ""
            )
        }
        try await expect(lines, at: there.house.regionHost, there, "access-region.txt")
    }

    /// Each room may be missing: what the head of such an office can ask is there, or it is not; it never fails.
    @Test func `by the head of an office without a filing room`() async throws {
        let there = try await Neighbours.shared.value
        let house = there.house
        for (code, schema) in [("564028", "m_564028"), ("78", "k_78")] {
            let host = try house.host(code)
            let head = try await house.person("head", named: "Vedoucí Jinde", at: [house.regionHost, host])
            try await house.employ(head, as: [.head], in: schema)
            for (method, path) in try await routes(house, host) where method == "GET" {
                let asked = try filled(path, method: method, Self.ids(there.one))
                let answer = try await house.ask(
                    asked.replacing("{draft}", with: Token.random(.bits128).text),
                    with: head,
                    at: host
                )
                #expect(answer.status < 500, "\(path) at \(schema): \(answer.status) \(answer.body)")
            }
            let today = try await house.ask("/dnes", with: head, at: host)
            #expect(today.status == 200, "\(schema): \(today.body)")
        }
    }

    @Test func `by other methods than the table names`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one) = (there.house, there.one)
        for path in ["/", "/spisovna", "/deska/\(one.notice.draft)", "/uredni-deska"] {
            for method in ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"] {
                let answer = try await house.ask(path, by: method, with: one.head, at: one.host)
                #expect([400, 404, 405, 501].contains(answer.status), "\(method) \(path): \(answer.status)")
                // The head of the page names who asks.
                let said = answer.body.components(separatedBy: "<main").last ?? ""
                #expect(!said.contains(one.word), "\(method) \(path)")
            }
            // What HEAD says is what GET would say, to the same people.
            for caller in [one.head, .nobody, there.citizen] {
                let whole = try await house.ask(path, with: caller, at: one.host)
                let head = try await house.ask(path, by: "HEAD", with: caller, at: one.host)
                #expect(head.status == whole.status && head.body.isEmpty, "\(path) by \(caller.part)")
            }
        }
    }

    /// Beside the route table, and the same on every host.
    @Test func `what the server says of itself`() async throws {
        let there = try await Neighbours.shared.value
        for host in there.hosts + ["nikdo.localhost"] {
            #expect(await there.house.ask("/healthz", host: host).status == 200)
            #expect(await there.house.ask("/readyz", host: host).status == 200)
            #expect(await there.house.ask("/metrics", host: host).status == 404)
        }
    }

    // Asking

    private func routes(_ house: House, _ host: String) async throws -> [(method: String, path: String)] {
        let interface = try await house.ask("/api/openapi.json", host: host).json(Interface.self)
        return interface.paths.flatMap { path, operations in
            operations.keys.map { (method: $0.uppercased(), path: path) }
        }.sorted { ($0.path, $0.method) < ($1.path, $1.method) }
    }

    /// Acts that end sessions come last, or nobody would be there to ask on.
    private static let ending = ["/ucet/odhlasit-ostatni", "/odhlaseni"]

    private func expect(_ lines: [Line], at host: String, _ there: Neighbours, _ golden: String) async throws
    {
        let house = there.house
        let own = try await there.staff(of: there.one)
        let neighbour = try await there.staff(of: there.other).first { $0.part == "head" }
        let citizen = try await house.person("citizen", named: "Občan Zkušební", at: there.hosts)
        let administrator = try await house.person(
            "administrator",
            named: "Správce Zkušební",
            at: there.hosts,
            isAdministrator: true
        )
        let callers = [.nobody, citizen] + own + [try #require(neighbour), administrator]
        let asking = lines.filter { !Self.ending.contains($0.path) }
        let pairs = asking.flatMap { line in callers.map { (line, $0) } }
        var answers = try await each(of: pairs) { line, caller in try await ask(line, caller, host, house) }
        for path in Self.ending {
            for line in lines where line.path == path {
                for caller in callers { answers.append(try await ask(line, caller, host, house)) }
            }
        }
        let last = Self.ending.flatMap { path in lines.filter { $0.path == path } }
        let cells = stride(from: 0, to: answers.count, by: callers.count).map {
            Array(answers[$0..<$0 + callers.count])
        }
        let names = callers.map { $0.id == neighbour?.id ? "neighbour" : Self.short[$0.part] ?? $0.part }
        let all = zip(asking + last, cells).sorted {
            ($0.0.path + $0.0.note, $0.0.method) < ($1.0.path + $1.0.note, $1.0.method)
        }
        let rows = all.map { line, cells in
            Self.row(line.method.padding(to: 6) + line.path + line.note, cells)
        }
        let text = ([Self.row("", names)] + rows).joined(separator: "\n")
        try expectGolden(text + "\n", golden)
    }

    private func ask(_ line: Line, _ caller: Caller, _ host: String, _ house: House) async throws -> String {
        let answer = try await house.ask(
            line.asked.replacing("{draft}", with: Token.random(.bits128).text),
            by: line.method,
            with: caller,
            at: host,
            headers: line.headers,
            body: line.body
        )
        expectGuarded(answer, line, caller)
        let goesToSignIn =
            answer.status == 303 && answer.header("Location")?.hasPrefix("/prihlaseni?zpet=") == true
        return goesToSignIn ? "sign in" : String(answer.status)
    }

    /// What may lie in a cache that people share, where nobody has signed in or nobody's page differs.
    private static let shared = ["/assets/", "/uredni-deska", "/znak/"]

    /// The same for every answer, whatever it says.
    private func expectGuarded(_ answer: Answer, _ line: Line, _ caller: Caller) {
        let what: Comment = "\(line.method) \(line.path) by \(caller.part)"
        #expect(answer.header("Content-Security-Policy")?.contains("default-src 'none'") == true, what)
        #expect(answer.header("X-Content-Type-Options") == "nosniff", what)
        #expect(answer.header("Referrer-Policy") == "same-origin", what)
        for (name, value) in answer.head where name.lowercased() == "set-cookie" {
            #expect(value.contains("; HttpOnly") && value.contains("; SameSite=Lax"), what)
            #expect(!value.lowercased().contains("domain="), what)
        }
        guard answer.header("Cache-Control")?.contains("public") == true else { return }
        #expect(Self.shared.contains { line.path.hasPrefix($0) } && answer.cookies.isEmpty, what)
        #expect(line.path != "/uredni-deska" || caller.sessions.isEmpty, what)
    }

    private static let short = ["registryClerk": "registry", "feeClerk": "fees", "accountant": "books"]

    private static func row(_ name: String, _ cells: [String]) -> String {
        let line = name.padding(to: 56) + cells.map { $0.padding(to: 10) }.joined()
        return line.replacing(/[ ]+$/, with: "")
    }

    // What is asked for

    static func ids(_ village: Village) -> [String: [String: String]] {
        [
            "/spisovna/spis": ["id": village.caseFile.closed], "/spisovna/dokument": ["id": village.document],
            "/spisovna/soubor": ["document": village.document, "digest": village.digest],
            "/spisovna/osoby": ["id": village.person],
            "/uredni-deska": ["id": village.notice.posted, "digest": village.noticeFile],
            "/deska": ["id": village.notice.posted, "digest": village.noticeFile],
            "/deska/{id}/opravit": ["id": village.notice.draft],
            "/ucetnictvi/zapis": ["id": village.entry], "/ucetnictvi/ucet": ["account": "501"],
            "/ucetnictvi/pohledavka": ["id": village.receivable], "/platba": ["id": village.receivable],
            "/formulare": ["code": "zavada"], "/api/forms": ["code": "zavada"],
            "/nastaveni/formulare": ["code": "zavada"], "/nastaveni/krok": ["step": "hours"],
            "/nastaveni/krok/{step}/zpet": ["step": "plan"],
            "/nastaveni/lide": ["id": village.head.id.uuidString.lowercased()],
            "/podani": ["code": village.receipt.code, "secret": village.receipt.secret],
            "/assets": ["version": "0", "name": "epom.css"], "/znak": ["digest": village.arms],
        ]
    }

    /// The parameters of the longest prefix that has them.
    private func filled(_ path: String, method: String, _ ids: [String: [String: String]]) throws -> String {
        let values = ids.filter { path.hasPrefix($0.key) }.max { $0.key.count < $1.key.count }?.value ?? [:]
        var asked = path
        for parameter in path.matches(of: /{([a-z]+)}/) {
            let value = try #require(
                values[String(parameter.1)],
                "\(path) is new: say what \(parameter.0) is to be here"
            )
            asked = asked.replacing(parameter.0, with: value)
        }
        return asked + (Self.queries["\(method) \(path)"] ?? "")
    }

    private static let queries = [
        "POST /formulare/{code}/vyplnit": "?navrh={draft}", "GET /formulare/{code}/vyplnit": "?navrh={draft}",
        "GET /formulare/{code}/kontrola": "?navrh={draft}",
        "GET /api/competent-office": "?sluzba=obecne-podani&urad=Luka",
    ]

    private static let headers = [
        "POST /api/submissions/{id}/status": ["Content-Type": "application/json"]
    ]

    /// Where an empty form would do something.
    private static let bodies = [
        "POST /api/tenants": "code=514195", "POST /ucetnictvi/zapis/{id}/storno": "day=x",
        "POST /api/submissions/{id}/status": #"{"office": "m_564028", "status": "settled"}"#,
    ]

    /// A finished order, and a submission whose office nobody could find.
    private func leftForTheRegion(_ there: Neighbours) async throws -> (job: String, undecided: String) {
        let owner = try await there.house.owner()
        let (job, undecided) = (UUID.v7(), UUID.v7())
        try await owner.change(
            """
            insert into region.provisioning_jobs (id, tenant, rooms, head_email, head_name, requested_by,
                started_at, finished_at)
            values (\(job), 'm_546631', '{Forms}', 'x@example.org', 'X', \(there.administrator.id), now(), now())
            """
        )
        try await owner.change(
            """
            insert into region.submissions (id, code, secret_digest, host, idempotency_key, body_digest, form_code,
                form_digest, service_code, service_name, regime, title, answers, filled_form, attachments,
                submitter, explanation, confirmation, accepted_at, status, office_name)
            select \(undecided), \(String(undecided.uuidString.suffix(8))), sha256(uuid_send(\(undecided))), host,
                uuid_send(\(undecided)), body_digest, form_code, form_digest, service_code, service_name, regime,
                title, answers, filled_form, attachments, submitter, explanation, confirmation, accepted_at,
                'received', ''
            from region.submissions where code = \(there.one.receipt.code)
            """
        )
        return (job.uuidString.lowercased(), undecided.uuidString.lowercased())
    }
}

extension String {
    fileprivate func padding(to length: Int) -> String {
        count >= length ? self + " " : padding(toLength: length, withPad: " ", startingAt: 0)
    }
}
