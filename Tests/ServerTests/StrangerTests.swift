import Foundation
import Sealing
import Support
import Testing

/// What nobody should send, sent to the program as it is run: it says what is wrong, and its memory stays flat.
///
/// `Bad input` tries the reader of requests by itself; here are the addresses that people really ask, with a
/// database behind them.
@Suite(.timeLimit(.minutes(5))) struct `What strangers send to the program` {
    private static let json = ["Content-Type": "application/json", "Accept": "application/json"]
    private static let multipart = ["Content-Type": "multipart/form-data; boundary=X"]

    private func expectSaid(
        _ answer: Answer,
        _ status: Int,
        _ sentence: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(
            answer.status == status && answer.body.contains(sentence),
            "\(answer.status) \(answer.body)",
            sourceLocation: sourceLocation
        )
        #expect(
            !answer.body.contains("PlainRefusal") && !answer.body.contains("Error("),
            sourceLocation: sourceLocation
        )
    }

    private static func part(_ name: String, _ value: String) -> String {
        "--X\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
    }

    @Test func `as a form`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one) = (there.house, there.one)
        let fill = "/formulare/zavada/vyplnit?navrh=\(Token.random(.bits128).text)"
        func post(
            _ path: String,
            _ body: String,
            _ headers: [String: String] = [:],
            as caller: Caller = .nobody
        )
            async throws -> Answer
        {
            try await house.ask(path, by: "POST", with: caller, at: one.host, headers: headers, body: body)
        }
        let many = (0..<5_000).map { "f\($0)=x" }.joined(separator: "&")
        let manyParts = (0..<5_000).map { Self.part("f\($0)", "x") }.joined() + "--X--\r\n"
        let same = String(repeating: "kept=x&", count: 5_000)
        for (path, caller) in [
            (fill, Caller.nobody), ("/sledovani", .nobody), ("/spisovna/novy", one.head),
            ("/ucetnictvi/zapis", one.head), ("/nastaveni/urad", one.head), ("/deska/nove", one.head),
        ] {
            expectSaid(try await post(path, many, as: caller), 413, "příliš mnoho polí")
        }
        expectSaid(try await post("/spisovna/novy", same, as: one.head), 413, "příliš mnoho polí")
        for (path, caller) in [
            (fill, Caller.nobody), ("/spisovna/novy", one.head),
            ("/deska/\(one.notice.draft)/soubor", one.head),
        ] {
            let answer = try await post(path, manyParts, Self.multipart, as: caller)
            expectSaid(answer, 413, "příliš mnoho polí")
        }
        // Deep names cost nothing, whoever reads them.
        let deep = String(repeating: "a.", count: 100_000) + "a=x"
        for (path, caller) in [
            (fill, Caller.nobody), ("/ucetnictvi/zapis", one.head), ("/deska/nove", one.head),
        ] {
            let answer = try await post(path, deep, as: caller)
            #expect([303, 413, 422].contains(answer.status), "\(path): \(answer.status)")
        }
        for broken in ["predmet=%zz", "predmet=%C3%28", "predmet=%00", "predmet=%"] {
            for path in [fill, "/sledovani"] {
                expectSaid(try await post(path, broken), 400, "nerozumíme")
            }
        }
        let cut =
            Self.part("predmet", "x") + "--X\r\nContent-Disposition: form-data; name=\"foto\"; filename=\"a\""
        expectSaid(try await post(fill, cut, Self.multipart), 400, "nerozumíme")
        expectSaid(
            try await post(fill, "", ["Content-Type": "multipart/form-data"]),
            415,
            "v podobě, které nerozumíme"
        )
        let long = String(repeating: "x", count: 600 * 1024)
        // Also where files may be larger: only those are streamed.
        for path in ["/sledovani", fill] {
            expectSaid(try await post(path, "predmet=\(long)", ["X-Form-Token": ""]), 413, "příliš velká")
            expectSaid(try await post(path, "predmet=\(long)"), 413, "příliš velká")
        }
        expectSaid(
            try await post(fill, Self.part("predmet", long) + "--X--\r\n", Self.multipart),
            413,
            "má dohromady přes 524\u{A0}kB"
        )
    }

    @Test func `as JSON`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one) = (there.house, there.one)
        let nested = String(repeating: "[", count: 100_000)
        let bodies: [(String, Set<Int>)] = [
            ("", [400, 422]), ("{", [400]), ("[1,2", [400, 422]), ("null", [400, 422]),
            ("\"x\"", [400, 422]),
            (nested, [400, 422]), (#"{"predmet": \#(nested)"#, [400, 422]), (#"{"id": 1e999}"#, [400, 422]),
            (#"{"a": "\u0000"}"#, [400, 422]), (#"{"a": "\ud800"}"#, [400, 422]),
            ("{\(String(repeating: #""a":1,"#, count: 50_000))\"b\":2}", [400, 413, 422]),
        ]
        for (body, allowed) in bodies {
            let filed = try await house.ask(
                "/api/forms/zavada",
                by: "POST",
                with: .nobody,
                at: one.host,
                headers: Self.json.merging(["Idempotency-Key": Token.random(.bits128).text]) { $1 },
                body: body
            )
            let booked = await house.ask(
                "/api/entries",
                by: "POST",
                bearing: one.head,
                at: one.host,
                headers: Self.json,
                body: body
            )
            for answer in [filed, booked] {
                #expect(
                    allowed.contains(answer.status),
                    "\(body.prefix(40)): \(answer.status) \(answer.body)"
                )
                #expect(answer.header("Content-Type") == "application/problem+json; charset=utf-8")
            }
        }
        for type in ["application/xml", "text/plain", "image/png"] {
            let answer = await house.ask(
                "/api/entries",
                by: "POST",
                bearing: one.head,
                at: one.host,
                headers: ["Content-Type": type],
                body: "<x/>"
            )
            expectSaid(answer, 415, "unsupported-type")
        }
    }

    @Test func `in the address`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one) = (there.house, there.one)
        for path in [
            "/spisovna/soubor/\(one.document)/..%2f..%2fsecrets.json",
            "/spisovna/soubor/\(one.document)/%2e%2e%2f%2e%2e%2fcredentials.json",
            "/spisovna/soubor/..%2f..%2f/\(one.digest)", "/spisovna/soubor/\(one.document)/\(one.digest)%00",
            "/spisovna/soubor/\(one.document)/\(one.digest.uppercased())x",
            "/deska/\(one.notice.posted)/soubor/..%5c..%5csecrets.json",
            "/uredni-deska/\(one.notice.posted)/soubor/%2fetc%2fpasswd", "/uredni-deska/%ff",
            "/uredni-deska/\(one.notice.posted)%00", "/assets/0/..%2f..%2fPackage.swift",
            "/assets/..%2f..%2f/Package.swift", "/assets/0/epom.css%00", "/formulare/..%2fzavada",
            "/formulare/%c3%28", "/api/forms/zavada%00", "/podani/%ff/%fe", "/platba/%00",
            "/ucetnictvi/ucet/..%2f501", "/ucetnictvi/ucet/%00", "/nastaveni/formulare/%ff",
            "/kraj", "/../etc/passwd", "//zly.example/", "/%2e%2e/%2e%2e/etc/passwd",
        ] {
            expectSaid(try await house.ask(path, with: one.head, at: one.host), 404, "Stránka tu není")
        }
        for query in ["q=%ff", "q=%00", "q=%", "q=%c3%28", "q=" + String(repeating: "%ff", count: 2_000)] {
            for path in ["/spisovna", "/spisovna/osoby", "/uredni-deska"] {
                let answer = try await house.ask("\(path)?\(query)", with: one.head, at: one.host)
                expectSaid(answer, 400, "nerozumíme")
            }
        }
        // What cannot be a place in a list begins it anew, or is not there; it is never a fault of ours.
        for path in [
            "/spisovna?za=9223372036854775808-1", "/spisovna?za=2147483648-1", "/spisovna?za=-1--1",
            "/spisovna?rok=x",
            "/spisovna?za=1-99999999999", "/spisovna/spisy?za=9999-99-99_\(one.caseFile.open)",
            "/spisovna/spisy?filtr=%27%3B--", "/ucetnictvi?za=9223372036854775807-9223372036854775807",
            "/ucetnictvi/pohledavky?za=0001-01-01_\(one.receivable)", "/ucetnictvi/ucet/501?rok=99999999999",
            "/ucetnictvi/ucet/501?rok=-5", "/ucetnictvi/predvaha?rok=999999", "/ucetnictvi/denik.csv?rok=0",
            "/nastaveni/protokol?pred=9223372036854775807",
            "/uredni-deska/archiv?za=9999999-01-01_\(one.notice.posted)",
            "/formulare/zavada/vyplnit?navrh=\(one.draft.key)&krok=9223372036854775807",
            "/formulare/zavada/vyplnit?navrh=\(one.draft.key)&krok=-1",
            "/spisovna?q=" + String(repeating: "a", count: 8_000),
            "/spisovna/osoby?q=%27%20or%20%271%27%3D%271", "/spisovna?q=%3A%2A%20%26%20%21",
            "/dnes?stul=%F0%9F%92%A9",
        ] {
            let answer = try await house.ask(path, with: one.head, at: one.host)
            #expect([200, 400, 404, 422].contains(answer.status), "\(path): \(answer.status)")
        }
        for host in [
            "nikdo.localhost", "zly.example", "10.0.0.1", "", "[::1]:\(house.port)", "x.\(one.host)",
        ] {
            let answer = await house.ask("/dnes", host: host)
            #expect([400, 404].contains(answer.status), "\(host): \(answer.status)")
        }
    }

    /// Heads that flood, bodies that are announced or never end, and clients that drip, all at once.
    @Test func `as a connection, and memory stays flat`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one) = (there.house, there.one)
        let start =
            "POST /formulare/zavada/vyplnit?navrh=\(Token.random(.bits128).text) HTTP/1.1\r\nHost: \(one.host)\r\n"
        let browser = Token.random(.bits128).text
        let token = try house.formToken(one.host, binding: Array(browser.utf8))
        let open =
            start
            + "Cookie: epom-browser=\(browser)\r\nOrigin: http://\(one.host)\r\nX-Form-Token: \(token)\r\n"
            + "Content-Type: multipart/form-data; boundary=X\r\n"
        let before = try house.residentBytes()
        async let slow = dripping([start, open], house)

        for (length, sentence) in [("2147483648", "příliš velká"), ("9223372036854775807", "příliš velká")] {
            let answer = await house.send(
                Array("\(open)Expect: 100-continue\r\nContent-Length: \(length)\r\n\r\n".utf8)
            )
            expectSaid(answer, 413, sentence)
            #expect(answer.header("Connection") == "close")
        }
        let flood = start + (0..<101).map { "X-\($0): a\r\n" }.joined() + "\r\n"
        expectSaid(await house.send(Array(flood.utf8)), 431, "příliš dlouhou hlavičku")
        let wide = start + "X-A: " + String(repeating: "a", count: 20_000) + "\r\n\r\n"
        expectSaid(await house.send(Array(wide.utf8)), 431, "příliš dlouhou hlavičku")
        for text in [
            "\u{0}\u{1}\r\n\r\n", "GET /\u{0} HTTP/1.1\r\nHost: \(one.host)\r\n\r\n", "HALLO\r\n\r\n",
        ] {
            expectSaid(await house.send(Array(text.utf8)), 400, "nerozumíme")
        }
        var raw = Array("GET /uredni-deska/".utf8) + [0xC3, 0x28, 0xFF]
        raw += Array(" HTTP/1.1\r\nHost: \(one.host)\r\nConnection: close\r\n\r\n".utf8)
        #expect([400, 404].contains(await house.send(raw).status))

        // A file that never ends goes to the disk and no further than the limit; answers that never end stop early.
        for (endless, limit, said) in [
            ("foto\"; filename=\"a.png", 112 << 20, "příliš velká"), ("popis", 16 << 20, "má dohromady přes"),
        ] {
            let poured = try await each(of: Array(0..<3)) { _ in try await pour(open, endless, house) }
            for (answer, sent) in poured {
                expectSaid(answer, 413, said)
                #expect(sent < limit, "\(sent)")
            }
        }
        let many = (0..<4_000).map { Self.part("f\($0)", String(repeating: "a", count: 1_000)) }.joined()
        let heavy = try await each(of: Array(0..<6)) { _ in
            await house.send(
                Array("\(open)Content-Length: \(many.utf8.count + 7)\r\n\r\n\(many)--X--\r\n".utf8)
            )
        }
        for answer in heavy { expectSaid(answer, 413, "má dohromady přes") }
        for (number, answer) in try await slow.enumerated() {
            #expect(answer.status == (number % 2 == 0 ? 0 : 408), "\(answer.status) \(answer.body)")
        }
        #expect(await house.ask("/", host: one.host).status == 200)
        let grown = try house.residentBytes() - before
        #expect(grown < 64 << 20, "\(grown >> 20) MB more")
    }

    private func pour(_ open: String, _ name: String, _ house: House) async throws -> (Answer, Int) {
        let port = house.port
        return try await onThread {
            guard let line = Line(port: port) else { return (Answer.lost, 0) }
            line.send(Array("\(open)Transfer-Encoding: chunked\r\n\r\n".utf8))
            let head = "--X\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n"
            line.send(Array("\(String(head.utf8.count, radix: 16))\r\n\(head)\r\n".utf8))
            let piece = Array("10000\r\n".utf8) + [UInt8](repeating: 0x61, count: 65_536) + [13, 10]
            var sent = 0
            while sent < 256 << 20, line.send(piece) { sent += 65_536 }
            return (line.answer(), sent)
        }
    }

    /// Two hundred heads that never end, and bodies of a byte a second.
    private func dripping(_ starts: [String], _ house: House) async throws -> [Answer] {
        let port = house.port
        return try await each(of: Array(0..<8), lanes: 8) { number in
            try await onThread {
                let lines = (0..<25).compactMap { _ in Line(port: port) }
                let isBody = number % 2 == 1
                let head = starts[number % 2] + (isBody ? "Content-Length: 100000\r\n\r\n" : "")
                for line in lines { line.send(Array(head.utf8)) }
                for count in 0..<30 {
                    let still = lines.map { $0.send(Array((isBody ? "x" : "X-\(count): a\r\n").utf8)) }
                    guard still.contains(true) else { break }
                    sleep(1)
                }
                return lines[0].answer()
            }
        }
    }
}
