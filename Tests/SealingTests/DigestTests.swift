import Foundation
import Testing

@testable import Sealing

@Suite("Digests and signatures")
struct DigestTests {
    // FIPS 180-4, examples of SHA-256.
    static let published: [(String, String)] = [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ]

    @Test("fit the published vectors", arguments: DigestTests.published)
    func vectors(text: String, hex: String) {
        #expect(Digest(of: text).hex == hex)
        #expect(Digest(hex: hex) == Digest(of: text))
        #expect(Digest(hex: hex.uppercased()) == Digest(of: text))
    }

    @Test("are the same piece by piece, and the digester starts anew")
    func pieces() {
        let bytes = (0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        var digester = Digester()
        var rest = bytes[...]
        var size = 1
        while !rest.isEmpty {
            digester.update(rest.prefix(size))
            rest = rest.dropFirst(size)
            size = size * 2 + 1
        }
        #expect(digester.finish() == Digest(of: bytes))
        #expect(digester.finish() == Digest(of: ""))
    }

    @Test("keep 32 bytes, not one more or less")
    func bytes() throws {
        let digest = Digest(of: "x")
        #expect(Digest(bytes: digest.bytes) == digest)
        #expect(Digest(bytes: digest.bytes.dropLast()) == nil)
        #expect(Digest(bytes: digest.bytes + [0]) == nil)
        #expect(Digest(hex: String(digest.hex.dropLast())) == nil)
        #expect(Digest(hex: digest.hex.dropLast() + "g") == nil)
        let json = try JSONEncoder().encode([digest])
        #expect(String(decoding: json, as: UTF8.self) == "[\"\(digest.hex)\"]")
        #expect(try JSONDecoder().decode([Digest].self, from: json) == [digest])
    }

    @Test("differ wherever one bit differs")
    func equality() {
        let digest = Digest(of: "x")
        for index in 0..<32 {
            var bytes = digest.bytes
            bytes[index] ^= 1
            #expect(Digest(bytes: bytes) != digest)
        }
    }

    // RFC 4231, test cases 1 (key of 20 bytes) and 6 (key longer than a block).
    @Test("HMAC fits RFC 4231")
    func hmac() throws {
        let short = try #require(HMACKey(bytes: Array(repeating: 0x0B, count: 20)))
        #expect(
            hmacSHA256(short, "Hi There").hex
                == "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        )
        let long = try #require(HMACKey(bytes: Array(repeating: 0xAA, count: 131)))
        #expect(
            hmacSHA256(long, "Test Using Larger Than Block-Size Key - Hash Key First").hex
                == "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        )
    }

    @Test("a key has at least 16 bytes and does not show itself")
    func keys() throws {
        #expect(HMACKey(bytes: Array(repeating: 1, count: 15)) == nil)
        let key = try #require(HMACKey(bytes: Array(repeating: 1, count: 16)))
        #expect(HMACKey(text: key.text) == key)
        #expect(HMACKey.random() != HMACKey.random())
        var dumped = ""
        dump(key, to: &dumped)
        #expect(!"\(key) \(String(reflecting: key)) \(dumped)".contains(key.text))
    }

    @Test("constant-time comparison compares")
    func comparison() {
        #expect(equalInConstantTime("abc", "abc"))
        #expect(!equalInConstantTime("abc", "abd"))
        #expect(!equalInConstantTime("abc", "abcd"))
        #expect(equalInConstantTime("", ""))
    }

    // RFC 4648, § 10, without the padding.
    @Test(
        "base64url fits RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func base64(plain: String, text: String) {
        #expect(Base64URL.text(Array(plain.utf8)) == text)
        #expect(Base64URL.bytes(text) == Array(plain.utf8))
    }

    @Test(
        "base64url has one text for one sequence of bytes",
        arguments: ["Zg==", "Zh", "Zm9", "A", "Zg\n", "Z+", "Zm/v", "Žg"]
    )
    func base64Refused(text: String) {
        #expect(Base64URL.bytes(text) == nil)
    }

    @Test("base64url uses the two letters that are safe in addresses")
    func base64Letters() {
        #expect(Base64URL.text([0xFB, 0xFF, 0xFE]) == "-__-")
        #expect(Base64URL.bytes("-__-") == [0xFB, 0xFF, 0xFE])
    }
}
