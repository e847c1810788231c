import Foundation
import Sealing
import Testing

@testable import Post

@Suite("The networks a delivery may go to")
struct NetworkPolicyTests {
    private func octets(_ text: String) -> [UInt8] {
        var four = in_addr()
        if inet_pton(AF_INET, text, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
        var sixteen = in6_addr()
        return inet_pton(AF_INET6, text, &sixteen) == 1 ? withUnsafeBytes(of: sixteen) { Array($0) } : []
    }

    @Test(
        "the public internet",
        arguments: ["8.8.8.8", "172.15.0.1", "172.32.0.1", "100.63.0.1", "193.86.1.1", "2a00:1450::1"]
    )
    func open(text: String) {
        #expect(NetworkPolicy.open.allows(octets(text)))
        #expect(NetworkPolicy.local.allows(octets(text)))
    }

    @Test(
        "neighbours and special addresses",
        arguments: [
            "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1", "255.255.255.255", "fe80::1", "fc00::1", "fd00::1", "ff02::1", "::", "2001:db8::1",
            "::ffff:10.0.0.1", "64:ff9b::10.0.0.1", "2002:a00:1::", "keine",
        ]
    )
    func closed(text: String) {
        #expect(!NetworkPolicy.open.allows(octets(text)))
        #expect(!NetworkPolicy.local.allows(octets(text)))
        #expect(NetworkPolicy.any.allows(octets(text)))
    }

    @Test("this machine", arguments: ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"])
    func local(text: String) {
        #expect(!NetworkPolicy.open.allows(octets(text)))
        #expect(NetworkPolicy.local.allows(octets(text)))
    }

    @Test(
        "an address of a forbidden network is known before anything is sent, however it is written",
        arguments: [
            "https://127.0.0.1/", "https://127.1/", "https://2130706433/", "https://0x7f.0.0.1/",
            "https://localhost/x", "https://LOCALHOST./", "https://a.localhost:8443", "https://[::1]/",
            "https://[::ffff:127.0.0.1]/",
        ]
    )
    func saidToThisMachine(text: String) throws {
        let address = try #require(WebhookAddress(text))
        #expect(!NetworkPolicy.open.allows(address))
        #expect(NetworkPolicy.local.allows(address), "the demo's foreign offices are here")
    }

    @Test(
        "and so is one of a neighbour",
        arguments: [
            "https://10.0.0.1/prijem", "https://172.16.0.1", "https://192.168.1.1:8443/",
            "https://169.254.169.254/",
            "https://[fe80::1]/", "https://[fd00::1]/", "https://0.0.0.0/", "https://[::]/", "https://10.1/",
        ]
    )
    func saidToNeighbours(text: String) throws {
        let address = try #require(WebhookAddress(text))
        #expect(!NetworkPolicy.open.allows(address) && !NetworkPolicy.local.allows(address))
    }

    @Test("a name and a public address wait for the delivery")
    func saidToOthers() throws {
        for text in ["https://spis.frydlant.example/prijem", "https://8.8.8.8/", "https://[2a00:1450::1]/"] {
            #expect(NetworkPolicy.open.allows(try #require(WebhookAddress(text))), "\(text)")
        }
        #expect(WebhookAddress("https://127%2e0%2e0%2e1/") == nil)
        #expect(WebhookAddress("https://[fe80::1%25eth0]/") == nil)
    }

    @Test("nothing is sent where the policy forbids")
    func refused() async throws {
        let server = try LocalServer("http_server.py")
        let address = try #require(WebhookAddress("http://localhost:\(server.port)/prijem"))
        await #expect(throws: WebhookFailure.forbiddenNetwork) {
            try await WebhookClient(network: .open).post(to: address, body: [])
        }
        #expect(server.notedCount == 0)
        #expect(try await WebhookClient(network: .local).post(to: address, body: []).status == 202)
    }

    @Test(
        "an answer accepts, refuses or asks for patience",
        arguments: [
            (200, #"{"reference":" MUFR 1/2026 "}"#, WebhookVerdict.accepted(reference: "MUFR 1/2026")),
            (202, "{}", .later(afterSeconds: 7)), (200, "<html>", .later(afterSeconds: 7)),
            (201, #"{"reference":"a\nb"}"#, .later(afterSeconds: 7)),
            (422, #"{"reason":"chybí příloha"}"#, .refused(reason: "chybí příloha")),
            (404, "", .refused(reason: "404")), (302, "", .later(afterSeconds: 7)),
            (401, "", .later(afterSeconds: 7)), (429, "", .later(afterSeconds: 7)),
            (503, "", .later(afterSeconds: 7)),
        ]
    )
    func verdict(status: Int, body: String, expected: WebhookVerdict) {
        let answer = WebhookAnswer(
            status: status,
            contentType: nil,
            retryAfterSeconds: 7,
            body: Array(body.utf8)
        )
        #expect(WebhookVerdict(answer) == expected)
    }
}
