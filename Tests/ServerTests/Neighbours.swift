import Database
import Foundation
import Office
import Sealing
import Testing

/// One region whose two villages have a word of their own in everything that is theirs.
///
/// Several suites ask it; none changes what another counts on.
struct Neighbours: Sendable {
    let house: House
    let one: Village
    let other: Village
    let citizen: Caller
    let administrator: Caller

    static let shared = Task {
        do { return try await Neighbours() } catch { throw Unbuilt(cause: error) }
    }

    /// Not an expectation: one that many tests wait for would be told once and forgotten by the others.
    private struct Unbuilt: Error {
        let cause: any Error
    }

    private init() async throws {
        let house = try await House.demo("neighbours")
        self.house = house
        let hosts = [house.regionHost, try house.host("546631"), try house.host("546607")]
        let citizen = try await house.person("citizen", named: "Občanka Zkušební", at: hosts)
        self.citizen = citizen
        administrator = try await house.person(
            "administrator",
            named: "Správa Zkušební",
            at: hosts,
            isAdministrator: true
        )
        async let one = Village("546631", word: "Plavuň", hosts: hosts, citizen, house)
        async let other = Village("546607", word: "Kostřava", hosts: hosts, citizen, house)
        (self.one, self.other) = try await (one, other)
    }

    var hosts: [String] { [house.regionHost, one.host, other.host] }

    /// One person for each part that an office has, known at every host.
    func staff(of village: Village) async throws -> [Caller] {
        var people: [Caller] = []
        for role in Role.allCases {
            let person = try await house.person(role.rawValue, named: "Úřad \(role.rawValue)", at: hosts)
            try await house.employ(person, as: [role], in: village.schema)
            people.append(person)
        }
        return people
    }
}

/// An office with at least one thing of each kind, each of them marked by the village's word.
struct Village: Sendable {
    let code: String
    let schema: String
    let host: String
    let word: String
    let head: Caller
    /// Handed in by a citizen: code and secret.
    let receipt: (code: String, secret: String)
    let caseFile: (open: String, closed: String, tax: String)
    let document: String
    let taxDocument: String
    let digest: String
    /// Of the name register: who handed in, and who owes a fee.
    let person: String
    let payer: String
    let notice: (posted: String, draft: String)
    let noticeFile: String
    let entry: String
    let receivable: String
    let draft: (key: String, owner: Caller)
    /// Digest of its coat of arms.
    let arms: String

    private struct Receipt: Decodable {
        let code: String
        let secret: String
    }

    private static let png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    private static let pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

    init(_ code: String, word: String, hosts: [String], _ citizen: Caller, _ house: House) async throws {
        let (schema, host) = ("m_\(code)", try house.host(code))
        (self.code, self.schema, self.host, self.word) = (code, schema, host, word)
        let head = try await house.person("head", named: "\(word) Starosta", at: hosts)
        try await house.employ(head, as: [.head], in: schema)
        self.head = head
        func found(_ text: String) async throws -> String {
            try await house.psql(as: "epom_root", text).trimmingCharacters(in: .whitespacesAndNewlines)
        }
        @discardableResult
        func act(_ path: String, _ body: String, headers: [String: String] = [:]) async throws -> String {
            let answer = await house.ask(
                path,
                by: "POST",
                bearing: head,
                at: host,
                headers: headers,
                body: body
            )
            try #require(
                [200, 201, 202, 303].contains(answer.status),
                "\(path): \(answer.status) \(answer.body)"
            )
            return answer.header("Location")?.split(separator: "/").last.map(String.init) ?? ""
        }
        _ = try await found("update \(schema).office set street = '\(word) 1'")

        let picture = Array(Data(base64Encoded: Self.png) ?? Data()) + Array(word.utf8)
        let token = try #require(head.tokens[host])
        let painted = await house.ask(
            Ask(
                method: "POST",
                path: "/nastaveni/vzhled",
                host: host,
                headers: [
                    "Authorization": "Bearer \(token.text)",
                    "Content-Type": "multipart/form-data; boundary=X",
                ],
                bytes: Array(
                    "--X\r\nContent-Disposition: form-data; name=\"p\"; filename=\"a.png\"\r\n\r\n".utf8
                )
                    + picture + Array("\r\n--X--\r\n".utf8)
            )
        )
        try #require(painted.status == 303, "\(painted.body)")
        arms = Digest(of: picture).hex

        // Two faults are handed in; one of them is settled and closed.
        var receipts: [Receipt] = []
        for subject in ["Zlomená lavička \(word)", "Rozbité okno \(word)"] {
            let answer = try await house.ask(
                "/api/forms/zavada",
                by: "POST",
                with: citizen,
                at: host,
                headers: [
                    "Accept": "application/json", "Content-Type": "application/json",
                    "Idempotency-Key": Token.random(.bits128).text,
                ],
                body: """
                    {"druh": "zelen", "predmet": "\(subject)", "popis": "Leží tu \(word).",
                     "misto": {"obec": "\(code)"}, "upresneni": "u hřiště"}
                    """
            )
            try #require(answer.status == 202, "\(answer.body)")
            receipts.append(try answer.json(Receipt.self))
        }
        receipt = (receipts[0].code, receipts[0].secret)
        var files: [String] = []
        for receipt in receipts {
            files.append(
                try await eventually("it is not registered") {
                    let id = try await found(
                        "select id from \(schema).case_files where submission_code = '\(receipt.code)'"
                    )
                    return id.isEmpty ? nil : id
                }
            )
        }
        let plan = try await found(
            "select code from \(schema).plan_entries where disposal_sign is not null order by code limit 1"
        )
        let closed = files[0]
        try await act("/spisovna/spis/\(closed)/prevzit", "")
        try await act("/spisovna/spis/\(closed)/znak", form(["plan": plan]))
        try await act("/spisovna/spis/\(closed)/vyridit", form(["how": "noted"]))
        try await act("/spisovna/spis/\(closed)/uzavrit", "")
        document = try await found("select id from \(schema).documents where case_file_id = '\(closed)'")
        digest = try await found(
            "select digest from \(schema).components where document_id = '\(document)' limit 1"
        )

        // A fee: its file is secret, and it is prescribed.
        let today = Day(of: Date())
        let tax = try await act(
            "/spisovna/novy",
            form(["subject": "Pes \(word)", "sender": "\(word) Poplatník", "regime": "tax"])
        )
        try await act("/spisovna/spis/\(tax)/prevzit", "")
        try await act(
            "/spisovna/spis/\(tax)/predepsat",
            form(["kind": "dog", "amount": "200", "due": "\(today + 30)"])
        )
        caseFile = (files[1], closed, tax)
        taxDocument = try await found("select id from \(schema).documents where case_file_id = '\(tax)'")
        payer = try await found("select id from \(schema).senders where name = '\(word) Poplatník'")
        try await act("/spisovna/novy", form(["subject": "Dopis \(word)", "sender": "\(word) Pisatel"]))
        person = try await found("select id from \(schema).senders where name = '\(word) Pisatel'")
        receivable = try await found(
            """
            select id from \(schema).receivables
            where id = (select fee_id from \(schema).case_files where id = '\(tax)')
            """
        )

        let posted = try await act(
            "/deska/nove",
            form(["title": "Oznámení \(word)", "kind": "other", "body": "Text \(word)"])
        )
        try await act(
            "/deska/\(posted)/soubor",
            "--X\r\nContent-Disposition: form-data; name=\"soubor\"; filename=\"\(word).pdf\"\r\n\r\n"
                + Self.pdf + "\r\n--X--\r\n",
            headers: ["Content-Type": "multipart/form-data; boundary=X"]
        )
        try await act("/deska/\(posted)/vyvesit", form(["until": "\(today + 20)"]))
        let draft = try await act(
            "/deska/nove",
            form(["title": "Koncept \(word)", "kind": "other", "body": "Koncept \(word)"])
        )
        notice = (posted, draft)
        noticeFile = try await found(
            "select digest from \(schema).notice_files where notice_id = '\(posted)'"
        )

        entry = UUID.v7().uuidString.lowercased()
        try await act(
            "/api/entries",
            """
            {"id": "\(entry)", "day": "\(today)", "text": "Nákup \(word)", "party": "\(word)",
             "lines": [{"account": "501", "debit": 1000}, {"account": "321", "credit": 1000}]}
            """
        )

        let key = Token.random(.bits128).text
        let kept = try await house.ask(
            "/formulare/zavada/vyplnit?navrh=\(key)",
            by: "POST",
            with: citizen,
            at: host,
            body: form(["_asked": "popis", "popis": "Rozepsáno: \(word)", "_act": "ulozit"])
        )
        try #require(kept.status == 303, "\(kept.body)")
        self.draft = (key, citizen)
    }
}
