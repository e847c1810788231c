import COpenSSL
import Foundation

/// A password as it is stored: scrypt (RFC 7914) with its parameters and salt.
///
/// Making and verifying one takes about 0.2 s and 32 MiB and blocks; only ``PasswordMill`` does it.
package struct PasswordHash: Sendable, Equatable, CustomStringConvertible {
    /// How hard scrypt works: N = 2^`logN`, r, p.
    package struct Cost: Sendable, Equatable {
        package let logN: Int
        package let r: Int
        package let p: Int

        /// N=2^15 r=8 p=3, 32 MiB: the choice for OpenSSL 3.0, which has no Argon2.
        package static let standard = Cost(trusted: 15, 8, 3)

        /// Nil outside what the server is ready to spend on one password: 64 MiB, p ≤ 16.
        package init?(logN: Int, r: Int, p: Int) {
            guard (1...19).contains(logN), (1...32).contains(r), (1...16).contains(p),
                128 * r << logN <= 64 << 20
            else { return nil }
            self.init(trusted: logN, r, p)
        }

        private init(trusted logN: Int, _ r: Int, _ p: Int) {
            self.logN = logN
            self.r = r
            self.p = p
        }

        var bytesMax: UInt64 { UInt64(128 * r << logN) + UInt64(256 * r * p) + (1 << 20) }
    }

    /// Longer passwords are refused before any work is done.
    package static let passwordBytesMax = 1024
    static let saltBytes = 16
    static let hashBytes = 32

    package let cost: Cost
    let salt: [UInt8]
    let hash: [UInt8]

    init(cost: Cost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// Reads `scrypt$15$8$3$salt$hash`, salt and hash in base64url without padding.
    package init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let logN = Int(parts[1]), let r = Int(parts[2]),
            let p = Int(parts[3]), let cost = Cost(logN: logN, r: r, p: p),
            let salt = Base64URL.bytes(parts[4]), salt.count == Self.saltBytes,
            let hash = Base64URL.bytes(parts[5]), hash.count == Self.hashBytes
        else { return nil }
        self.init(cost: cost, salt: salt, hash: hash)
    }

    package var text: String {
        "scrypt$\(cost.logN)$\(cost.r)$\(cost.p)$\(Base64URL.text(salt))$\(Base64URL.text(hash))"
    }

    package var description: String { "PasswordHash(…)" }

    /// Hashes a password under a new salt; throws ``PasswordTooLong``.
    static func make(_ password: String, cost: Cost) throws -> PasswordHash {
        let salt = RandomBytes.make(saltBytes)
        return PasswordHash(cost: cost, salt: salt, hash: try derive(password, salt: salt, cost: cost))
    }

    /// What an account that does not exist is verified against; no password fits it.
    static func dummy(cost: Cost) -> PasswordHash {
        PasswordHash(cost: cost, salt: RandomBytes.make(saltBytes), hash: RandomBytes.make(hashBytes))
    }

    func fits(_ password: String) throws -> Bool {
        equalInConstantTime(hash, try Self.derive(password, salt: salt, cost: cost))
    }

    /// scrypt over the password in normal form NFC: a Mac types "č" otherwise than Windows does.
    private static func derive(_ password: String, salt: [UInt8], cost: Cost) throws -> [UInt8] {
        guard password.utf8.count <= passwordBytesMax else { throw PasswordTooLong() }
        let secret = Array(password.precomposedStringWithCanonicalMapping.utf8).map { CChar(bitPattern: $0) }
        return try scrypt(secret: secret, salt: salt, cost: cost, count: hashBytes)
    }

    static func scrypt(secret: [CChar], salt: [UInt8], cost: Cost, count: Int) throws -> [UInt8] {
        var derived = [UInt8](repeating: 0, count: count)
        let made = EVP_PBE_scrypt(
            secret,
            secret.count,
            salt,
            salt.count,
            1 << UInt64(cost.logN),
            UInt64(cost.r),
            UInt64(cost.p),
            cost.bytesMax,
            &derived,
            derived.count
        )
        guard made == 1 else { throw NoMemoryForPassword() }
        return derived
    }
}

/// The password is longer than ``PasswordHash/passwordBytesMax``.
package struct PasswordTooLong: Error, Equatable {}

/// scrypt did not get its memory from the system.
package struct NoMemoryForPassword: Error, Equatable {}
