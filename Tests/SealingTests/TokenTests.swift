import Testing

@testable import Sealing

@Suite("Secrets and codes that people hold")
struct TokenTests {
    @Test("a token has 22 or 43 letters and is read back")
    func lengths() throws {
        let short = Token.random(.bits128)
        let long = Token.random()
        #expect(short.text.count == 22)
        #expect(long.text.count == 43)
        #expect(Token(short.text) == short)
        #expect(Token(long.text)?.digest == long.digest)
        #expect(long.digest == Digest(of: try #require(Base64URL.bytes(long.text))))
    }

    @Test("any other length is no token", arguments: [0, 15, 17, 31, 33])
    func refused(count: Int) {
        #expect(Token(Base64URL.text(RandomBytes.make(count))) == nil)
    }

    @Test("a token does not show itself")
    func hidden() {
        let token = Token.random()
        var dumped = ""
        dump(token, to: &dumped)
        #expect(!"\(token) \(String(reflecting: token)) \(dumped)".contains(token.text))
    }

    @Test("a derived secret is the same each time, and another for another purpose, name or key")
    func derived() {
        let key = HMACKey.random()
        func secret(_ key: HMACKey, _ purpose: String, _ name: String) -> String {
            ReadableSecret(derivedFrom: key, purpose: purpose, name: name).text
        }
        let first = secret(key, "tracking", "1")
        #expect(first == secret(key, "tracking", "1"))
        #expect(first != secret(key, "tracking", "2"))
        #expect(first != secret(key, "confirming", "1"))
        #expect(first != secret(key, "tracking1", ""))
        #expect(first != secret(.random(), "tracking", "1"))
    }

    @Test("a secret is read back however it was copied, and hides itself")
    func readable() throws {
        let secret = ReadableSecret(derivedFrom: .random(), purpose: "tracking", name: "1")
        #expect(secret.text.count == 19 && secret.text.split(separator: "-").map(\.count) == [4, 4, 4, 4])
        for copied in [
            secret.text, secret.text.lowercased(), secret.text.replacing("-", with: " "),
            secret.text.replacing("-", with: "–"), " \(secret.text.replacing("-", with: "")) ",
        ] {
            #expect(ReadableSecret(copied)?.digest == secret.digest, "\(copied)")
        }
        #expect(ReadableSecret(secret.text.dropLast()) == nil)
        #expect(ReadableSecret(secret.text + "A") == nil)
        #expect(ReadableSecret("O" + secret.text.dropFirst()) == nil)
        var dumped = ""
        dump(secret, to: &dumped)
        #expect(!"\(secret) \(String(reflecting: secret)) \(dumped)".contains(secret.text))
    }

    @Test("random bytes differ and have their count")
    func random() {
        #expect(RandomBytes.make(0).isEmpty)
        #expect(RandomBytes.make(33).count == 33)
        #expect(Set((0..<1000).map { _ in RandomBytes.make(16) }).count == 1000)
    }

    @Test("a code is made of the bytes below 240 alone")
    func codeFromBytes() throws {
        let code = try #require(ReadableCode(randomBytes: [0, 1, 7, 8, 240, 255, 29, 30, 239, 238]))
        #expect(code.text == "239A-Z2ZY")
        #expect(ReadableCode(randomBytes: [0, 1, 2, 3, 4, 5, 6, 255]) == nil)
    }

    @Test("the letters are thirty and none is mistaken for another")
    func letters() {
        #expect(Set(ReadableCode.letters).count == 30)
        #expect(Set(ReadableCode.letters).isDisjoint(with: "ILOU01"))
    }

    @Test(
        "a code is read however it was typed",
        arguments: [
            "K7Q2-9XMD", "k7q29xmd", " k7q2 9xmd ", "K7Q2–9XMD", "k-7-q-2-9-x-m-d", "K7Q2\u{00A0}9XMD",
        ]
    )
    func codeTyped(text: String) {
        #expect(ReadableCode(text)?.text == "K7Q2-9XMD")
    }

    @Test(
        "what is no code is refused",
        arguments: ["", "K7Q2-9XM", "K7Q2-9XMDD", "K7Q2-9XM0", "I7Q2-9XMD", "Ķ7Q2-9XMD", "K7Q2_9XMD"]
    )
    func codeRefused(text: String) {
        #expect(ReadableCode(text) == nil)
    }

    @Test("random codes use every letter")
    func codesRandom() {
        let codes = (0..<500).map { _ in ReadableCode.random() }
        #expect(Set(codes).count == 500)
        #expect(Set(codes.flatMap { $0.text }).count == 31)
        #expect(codes.allSatisfy { ReadableCode($0.text) == $0 })
    }
}
