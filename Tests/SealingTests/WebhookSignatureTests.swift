import Testing

@testable import Sealing

@Suite("Signed deliveries between offices")
struct WebhookSignatureTests {
    static let body = Array("{\"vec\":\"Žádost\"}".utf8)
    static let sent = 1_795_000_000

    func key() throws -> HMACKey { try #require(HMACKey(bytes: Array("0123456789abcdef".utf8))) }

    func verdict(
        body: [UInt8] = body,
        timestamp: String = "\(sent)",
        delivery: String = "d-1",
        signature: String? = nil,
        keys: [HMACKey]? = nil,
        now: Int = sent
    ) throws -> WebhookSignature.Refusal? {
        let keys = try keys ?? [key()]
        let made = WebhookSignature.header(
            body: Self.body,
            timestamp: Self.sent,
            delivery: "d-1",
            key: try key()
        )
        do throws(WebhookSignature.Refusal) {
            try WebhookSignature.verify(
                body: body,
                timestamp: timestamp,
                delivery: delivery,
                signature: signature ?? made ?? "",
                keys: keys,
                secondsNow: now
            )
            return nil
        } catch {
            return error
        }
    }

    @Test("the signature is the HMAC of the documented text")
    func form() throws {
        let expected = hmacSHA256(try key(), "v1:\(Self.sent):d-1:{\"vec\":\"Žádost\"}").hex
        #expect(
            WebhookSignature.header(body: Self.body, timestamp: Self.sent, delivery: "d-1", key: try key())
                == "v1=\(expected)"
        )
    }

    @Test("holds within 300 seconds either way, and not one more")
    func window() throws {
        #expect(try verdict() == nil)
        #expect(try verdict(now: Self.sent + 300) == nil)
        #expect(try verdict(now: Self.sent - 300) == nil)
        #expect(try verdict(now: Self.sent + 301) == .outsideWindow)
        #expect(try verdict(now: Self.sent - 301) == .outsideWindow)
    }

    @Test("breaks with the body, the time, the delivery or the key")
    func wrong() throws {
        #expect(try verdict(body: Self.body + [0x20]) == .wrongSignature)
        #expect(try verdict(timestamp: "\(Self.sent + 1)") == .wrongSignature)
        #expect(try verdict(delivery: "d-2") == .wrongSignature)
        #expect(try verdict(keys: [.random()]) == .wrongSignature)
        #expect(try verdict(keys: []) == .wrongSignature)
    }

    @Test("either of two keys will do while one replaces the other")
    func rotation() throws {
        #expect(try verdict(keys: [.random(), key()]) == nil)
        #expect(try verdict(keys: [key(), .random()]) == nil)
    }

    @Test(
        "what is not a signature, a time or a name is malformed",
        arguments: ["", "v1=", "v2=00", "v1=zz", String(repeating: "0", count: 64)]
    )
    func malformedSignature(text: String) throws {
        #expect(try verdict(signature: text) == .malformed)
    }

    @Test(
        "a time is plain digits",
        arguments: ["", "-5", "+1795000000", "01795000000", "1795000000.0", "1e9"]
    )
    func malformedTime(text: String) throws {
        #expect(try verdict(timestamp: text) == .malformed)
    }

    @Test("a delivery has 1 to 100 safe characters")
    func deliveryName() throws {
        func header(_ delivery: String) throws -> String? {
            WebhookSignature.header(body: [], timestamp: 0, delivery: delivery, key: try key())
        }
        #expect(try header(String(repeating: "a", count: 100)) != nil)
        #expect(try header(String(repeating: "a", count: 101)) == nil)
        #expect(try header("") == nil)
        #expect(try header("a:b") == nil)
        #expect(try header("a\r\nX: y") == nil)
        #expect(try verdict(delivery: "a:b") == .malformed)
    }
}
