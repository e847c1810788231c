import Synchronization
import Testing

@testable import Sealing

private let salt = "AAAAAAAAAAAAAAAAAAAAAA"
private let digest = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

@Suite("Passwords")
struct PasswordTests {
    /// Cheap, so that the tests of behaviour are quick.
    static let cheap = PasswordHash.Cost(logN: 4, r: 1, p: 1)

    // RFC 7914, § 12.
    @Test("scrypt fits RFC 7914")
    func scrypt() throws {
        let second = try PasswordHash.scrypt(
            secret: "password".utf8CString.dropLast(),
            salt: Array("NaCl".utf8),
            cost: #require(PasswordHash.Cost(logN: 10, r: 8, p: 16)),
            count: 64
        )
        #expect(
            Hex.text(second)
                == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162"
                + "2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640"
        )
    }

    @Test("a hash describes itself and fits its password only")
    func standard() throws {
        let hash = try PasswordHash.make("Žluťoučký kůň", cost: .standard)
        #expect(hash.text.hasPrefix("scrypt$15$8$3$"))
        #expect(hash.text.utf8.count == 14 + 22 + 1 + 43)
        let read = try #require(PasswordHash(hash.text))
        #expect(read == hash)
        #expect(try read.fits("Žluťoučký kůň"))
        #expect(try !read.fits("Žluťoučký kun"))
        #expect(!"\(hash)".contains("$"))
    }

    @Test("the same password has another hash under another salt")
    func otherSalt() throws {
        let cost = try #require(Self.cheap)
        #expect(try PasswordHash.make("a", cost: cost) != PasswordHash.make("a", cost: cost))
    }

    @Test("composed and decomposed letters are the same password")
    func normalForm() throws {
        let hash = try PasswordHash.make("\u{10D}", cost: #require(Self.cheap))
        #expect(try hash.fits("c\u{30C}"))
        #expect(try !hash.fits("c"))
    }

    @Test("1024 bytes are the longest password")
    func length() throws {
        let cost = try #require(Self.cheap)
        let longest = String(repeating: "x", count: PasswordHash.passwordBytesMax)
        #expect(try PasswordHash.make(longest, cost: cost).fits(longest))
        #expect(throws: PasswordTooLong()) { try PasswordHash.make(longest + "x", cost: cost) }
    }

    @Test("a well-formed hash is read")
    func read() {
        #expect(PasswordHash("scrypt$15$8$3$\(salt)$\(digest)") != nil)
        #expect(PasswordHash("scrypt$16$8$16$\(salt)$\(digest)") != nil)
    }

    @Test(
        "a malformed hash, or one that would cost too much, is refused",
        arguments: [
            "", "scrypt", "bcrypt$15$8$3$\(salt)$\(digest)", "scrypt$15$8$3$\(salt)",
            "scrypt$x$8$3$\(salt)$\(digest)",
            "scrypt$15$8$3$\(salt)A$\(digest)", "scrypt$15$8$3$\(salt)$\(digest)A",
            "scrypt$0$8$3$\(salt)$\(digest)",
            "scrypt$17$8$3$\(salt)$\(digest)", "scrypt$16$9$3$\(salt)$\(digest)",
            "scrypt$15$8$17$\(salt)$\(digest)",
            "scrypt$99999999$8$3$\(salt)$\(digest)", "scrypt$15$0$3$\(salt)$\(digest)",
            "scrypt$15$8$3$\(salt)$\(digest)$",
        ]
    )
    func unreadable(text: String) {
        #expect(PasswordHash(text) == nil)
    }

    @Test("the mill hashes and verifies, and knows outdated hashes")
    func mill() async throws {
        let mill = PasswordMill(cost: try #require(Self.cheap))
        let hash = try await mill.hash("heslo")
        #expect(try await mill.verify("heslo", against: hash))
        #expect(try await !mill.verify("Heslo", against: hash))
        #expect(try await !mill.verify("heslo", against: nil))
        #expect(try await !mill.verify(String(repeating: "x", count: 1025), against: hash))
        #expect(!mill.isOutdated(hash))
        #expect(PasswordMill().isOutdated(hash))
    }

    @Test("an unknown account takes as long as a wrong password")
    func sameTime() async throws {
        let mill = PasswordMill()
        let hash = try await mill.hash("heslo")
        /// The least of several, so that whatever else runs here does not count.
        func cost(of hash: PasswordHash?) async throws -> Duration {
            var least = Duration.seconds(60)
            for _ in 0..<5 {
                let took = try await ContinuousClock().measure {
                    _ = try await mill.verify("jiné", against: hash)
                }
                least = min(least, took)
            }
            return least
        }
        let wrong = try await cost(of: hash)
        let unknown = try await cost(of: nil)
        #expect(unknown > wrong / 4 && wrong > unknown / 4)
        #expect(unknown > .milliseconds(20))
    }

    @Test("beyond two at work and the queue the mill is busy")
    func busy() async throws {
        let mill = PasswordMill(waitingMax: 3)
        let outcomes = await withTaskGroup(of: Bool?.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        return try await mill.verify("heslo", against: nil)
                    } catch is PasswordMill.Busy {
                        return nil
                    } catch {
                        Issue.record(error)
                        return true
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        let refused = outcomes.count { $0 == nil }
        // Five have a place; one or two may end before the last comes.
        #expect((1...7).contains(refused))
        #expect(!outcomes.contains(true))
        #expect(try await !mill.verify("heslo", against: nil))
    }
}
