import Foundation
import Sealing
import Testing

@testable import Post

@Suite("Deliveries to other systems")
struct WebhookClientTests {
    struct Request: Decodable {
        let path: String
        let headers: [String: String]
        let body: String
    }

    func address(_ server: LocalServer, _ path: String, scheme: String = "http") throws -> WebhookAddress {
        try #require(WebhookAddress("\(scheme)://localhost:\(server.port)\(path)"))
    }

    @Test("carry a signature that the receiver can verify")
    func signed() async throws {
        let server = try LocalServer("http_server.py")
        let key = HMACKey.random()
        let body = Array("{\"vec\":\"Žádost\"}".utf8)
        let answer = try await WebhookClient().deliver(
            to: address(server, "/prijem"),
            delivery: "d-1",
            body: body,
            key: key,
            secondsNow: 1_795_459_325
        )
        #expect(answer.status == 202)
        #expect(answer.contentType == "application/json")
        #expect(String(decoding: answer.body, as: UTF8.self) == "{\"length\": \(body.count)}")
        let request: Request = try server.noted(1)
        #expect(request.headers["content-type"] == "application/json")
        #expect(Array(request.body.utf8) == body)
        try WebhookSignature.verify(
            body: Array(request.body.utf8),
            timestamp: try #require(request.headers["x-epom-timestamp"]),
            delivery: try #require(request.headers["x-epom-delivery"]),
            signature: try #require(request.headers["x-epom-signature"]),
            keys: [key],
            secondsNow: 1_795_459_325
        )
    }

    @Test("are sent whole, also large ones, without waiting for leave")
    func large() async throws {
        let server = try LocalServer("http_server.py")
        let body = Array("\"".utf8) + [UInt8](repeating: 0x61, count: 3 << 20) + Array("\"".utf8)
        let clock = ContinuousClock()
        let start = clock.now
        let answer = try await WebhookClient().post(to: address(server, "/prijem"), body: body)
        #expect(String(decoding: answer.body, as: UTF8.self) == "{\"length\": \(body.count)}")
        #expect(clock.now - start < .seconds(60))
        #expect(try server.noted(1, as: Request.self).headers["expect"] == nil)
    }

    @Test("give back any status, and how long to wait", arguments: [400, 409, 429, 500, 503])
    func statuses(status: Int) async throws {
        let server = try LocalServer("http_server.py")
        let answer = try await WebhookClient().post(to: address(server, "/stav?kod=\(status)"), body: [])
        #expect(answer.status == status)
        #expect(answer.retryAfterSeconds == 17)
        #expect(String(decoding: answer.body, as: UTF8.self) == "{\"chyba\": \"x\"}")
    }

    @Test("follow nobody elsewhere")
    func redirects() async throws {
        let server = try LocalServer("http_server.py")
        let answer = try await WebhookClient().post(to: address(server, "/jinam"), body: [])
        #expect(answer.status == 302)
        #expect(server.notedCount == 1)
    }

    @Test("take the largest answer allowed and refuse one byte more")
    func answerSize() async throws {
        let server = try LocalServer("http_server.py")
        var limits = WebhookClient.Limits()
        limits.answerBytesMax = 5000
        let client = WebhookClient(limits: limits)
        for path in ["/velke", "/velke-bez-delky"] {
            #expect(
                try await client.post(to: address(server, "\(path)?bytes=5000"), body: []).body.count == 5000
            )
            await #expect(throws: WebhookFailure.answerTooLarge(bytesMax: 5000)) {
                try await client.post(to: address(server, "\(path)?bytes=5001"), body: [])
            }
        }
    }

    @Test("give up in time")
    func timeout() async throws {
        let server = try LocalServer("http_server.py")
        var limits = WebhookClient.Limits()
        limits.totalSeconds = 0.3
        let client = WebhookClient(limits: limits)
        let clock = ContinuousClock()
        let start = clock.now
        await #expect(throws: WebhookFailure.timedOut) {
            try await client.post(to: address(server, "/pomalu?s=600"), body: [])
        }
        #expect(clock.now - start < .seconds(300))
        #expect(try await client.post(to: address(server, "/pomalu?s=0"), body: []).status == 200)
    }

    @Test("say why nobody was reached")
    func unreachable() async throws {
        let server = try LocalServer("http_server.py")
        for path in [
            "http://localhost:\(try MailTransportTests.closedPort())/",
            "http://localhost:\(server.port)/zavri",
        ] {
            do {
                _ = try await WebhookClient().post(to: #require(WebhookAddress(path)), body: [])
                Issue.record("somebody answered")
            } catch let failure as WebhookFailure {
                guard case .unreachable(let reason) = failure else {
                    Issue.record("\(failure)")
                    continue
                }
                #expect(!reason.isEmpty)
            }
        }
    }

    @Test("trust only a valid certificate of the right name")
    func certificates() async throws {
        func outcome(_ certificate: TestCertificate, trusted: String?) async throws -> Result<Int, any Error>
        {
            let server = try LocalServer(
                "http_server.py",
                ["--cert", certificate.certificate, "--key", certificate.key]
            )
            let client = WebhookClient(trustedCertificates: trusted)
            do {
                return .success(
                    try await client.post(to: address(server, "/prijem", scheme: "https"), body: []).status
                )
            } catch {
                #expect(server.notedCount == 0)
                return .failure(error)
            }
        }
        func isUntrusted(_ result: Result<Int, any Error>) -> Bool {
            if case .failure(WebhookFailure.untrusted) = result { true } else { false }
        }
        let right = try TestCertificate()
        let wrong = try TestCertificate(name: "jinde.example")
        #expect(try await outcome(right, trusted: right.certificate).get() == 202)
        #expect(isUntrusted(try await outcome(right, trusted: nil)))
        #expect(isUntrusted(try await outcome(wrong, trusted: wrong.certificate)))
        let plain = try LocalServer("http_server.py")
        let result = await Result {
            try await WebhookClient().post(to: address(plain, "/", scheme: "https"), body: []).status
        }
        #expect(isUntrusted(result))
    }

    @Test("refuse headers that would add another")
    func headers() async throws {
        let server = try LocalServer("http_server.py")
        for header in [("X-A", "b\r\nX-C: d"), ("X-A\n", "b"), ("", "b"), ("X-A", "č")] {
            await #expect(throws: WebhookFailure.malformed) {
                try await WebhookClient().post(to: address(server, "/prijem"), body: [], headers: [header])
            }
        }
        await #expect(throws: WebhookFailure.malformed) {
            try await WebhookClient().deliver(
                to: address(server, "/prijem"),
                delivery: "a\nb",
                body: [],
                key: .random(),
                secondsNow: 0
            )
        }
        #expect(server.notedCount == 0)
    }

    @Test(
        "an address that may be sent to",
        arguments: [
            "https://spis.frydlant.example/epom", "https://spis.example:8443/a?b=c",
            "http://localhost:8090/in",
            "http://127.0.0.1/", "http://[::1]:1/", "http://spis.localhost:1/",
        ]
    )
    func allowed(text: String) {
        #expect(WebhookAddress(text)?.text == text)
    }

    @Test(
        "an address that may not",
        arguments: [
            "", "http://spis.example/", "ftp://a.example/", "file:///etc/passwd", "https://", "https:///x",
            "https://a b/",
            "https://user:pw@a.example/", "http://localhost@evil.example/",
            "http://localhost\\@evil.example/",
            "http://localhost.evil.example/", "https://a.example/#x", "https://ž.example/",
            "gopher://localhost/",
            "http://127.0.0.1.evil.example/", "https://a/" + String(repeating: "x", count: 2000),
        ]
    )
    func notAllowed(text: String) {
        #expect(WebhookAddress(text) == nil)
    }

    @Test("plain HTTP elsewhere only when the network is said to be trusted")
    func plain() {
        #expect(WebhookAddress("http://10.0.0.5/epom", plainAllowed: true) != nil)
        #expect(WebhookAddress("ftp://10.0.0.5/epom", plainAllowed: true) == nil)
    }
}

extension Result where Failure == any Error {
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}
