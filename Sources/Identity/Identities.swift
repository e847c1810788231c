package import Database
import Foundation
package import Office
package import Sealing
package import Web

/// What can be done with accounts; the routes only speak HTTP.
package struct Identities: Sendable {
    static let failuresPerAccountMax = 10
    static let failuresPerAddressMax = 60
    static let sessionHours = 12
    static let invitationDays = 14
    /// Within a quarter of an hour: nobody's mailbox is flooded by somebody else.
    static let lettersPerAddressMax = 3
    static let signUpsPerHostMax = 20

    let database: Database
    let mill: PasswordMill
    let mail: any MailDesk
    let hosts: Hosts
    let guardian: Guard
    let allowsDemo: Bool

    package init(
        database: Database,
        mill: PasswordMill,
        mail: any MailDesk,
        hosts: Hosts,
        guardian: Guard,
        allowsDemo: Bool
    ) {
        self.database = database
        self.mill = mill
        self.mail = mail
        self.hosts = hosts
        self.guardian = guardian
        self.allowsDemo = allowsDemo
    }

    // Sign-up

    /// Sends a letter either way, so that nobody learns who has an account.
    ///
    /// `address` is the network address it came from.
    func signUp(email: String, name: String, password: String, address: String) async throws {
        let (email, name) = try AccountRules.account(email: email, name: name, password: password)
        try await database.region { region in
            let key = "sign-up \(address)"
            guard try await UserStore.failures(key, in: region) < Self.signUpsPerHostMax else {
                throw IdentityRefusal.tooManyAttempts
            }
            UserStore.noteFailure([key], in: region)
        }
        let hash = try await mill.hash(password).text
        let token = Token.random()
        try await database.region { region in
            if let known = try await UserStore.user(email: email, in: region) {
                guard try await mayWrite(to: email, in: region) else { return }
                if known.isVerified {
                    mail.queue(Letters.accountExists(email, hosts), in: region)
                } else {
                    askToVerify(known, in: region)
                }
                return
            }
            UserStore.noteFailure(["letter \(email)"], in: region)
            let id = UUID.v7()
            UserStore.add(id, email: email, name: name, passwordHash: hash, isVerified: false, in: region)
            UserStore.issue(
                OneTimeCode(purpose: .verify, userID: id, email: email),
                digest: token.digest,
                minutes: 48 * 60,
                in: region
            )
            mail.queue(Letters.verify(email, token, hosts), in: region)
        }
    }

    /// Counts a letter about an account; false when the address had enough of them for now.
    private func mayWrite(to email: String, in region: RegionTransaction) async throws -> Bool {
        let key = "letter \(email)"
        guard try await UserStore.failures(key, in: region) < Self.lettersPerAddressMax else { return false }
        UserStore.noteFailure([key], in: region)
        return true
    }

    private func askToVerify(_ user: User, in region: RegionTransaction) {
        let token = Token.random()
        UserStore.issue(
            OneTimeCode(purpose: .verify, userID: user.id, email: user.email),
            digest: token.digest,
            minutes: 48 * 60,
            in: region
        )
        mail.queue(Letters.verify(user.email, token, hosts), in: region)
    }

    func verify(_ token: String) async throws {
        guard let digest = Token(token)?.digest else { throw IdentityRefusal.codeUsed }
        try await database.region { region in
            guard let code = try await UserStore.use(digest, .verify, in: region), let user = code.userID
            else {
                throw IdentityRefusal.codeUsed
            }
            UserStore.verify(user, in: region)
        }
    }

    // Sign-in

    /// A new session of the region's host; the same answer and time for a wrong password and an unknown account.
    func signIn(email: String, password: String, address: String, host: String) async throws -> Token {
        let email = EmailAddress(email)?.text ?? ""
        let keys = ["account \(email)", "address \(address)"]
        let user = try await database.region { region -> User? in
            guard try await UserStore.failures(keys[0], in: region) < Self.failuresPerAccountMax,
                try await UserStore.failures(keys[1], in: region) < Self.failuresPerAddressMax
            else { throw IdentityRefusal.tooManyAttempts }
            return try await UserStore.user(email: email, in: region)
        }
        let hash = user?.passwordHash.flatMap { PasswordHash($0) }
        guard try await mill.verify(password, against: hash), let user else {
            try await database.region { UserStore.noteFailure(keys, in: $0) }
            throw IdentityRefusal.wrongPassword
        }
        guard user.isVerified else {
            // The first link may be late or lost: who knows the password gets another one.
            try await database.region { region in
                if try await mayWrite(to: user.email, in: region) { askToVerify(user, in: region) }
            }
            throw IdentityRefusal.notVerified
        }
        guard allowsDemo || !user.isDemo else { throw IdentityRefusal.demoElsewhere }
        var renewed: String?
        if let hash, mill.isOutdated(hash) { renewed = try await mill.hash(password).text }
        let token = Token.random()
        try await database.region { region in
            if let renewed { UserStore.setPassword(of: user.id, to: renewed, in: region) }
            UserStore.open(
                token.digest,
                of: user.id,
                parent: nil,
                host: host,
                hours: Self.sessionHours,
                in: region
            )
        }
        return token
    }

    /// A code for an office's host: 60 seconds, once, for this browser only.
    func codeForOffice(_ session: Digest, of user: UUID, host: String, browser: Digest) async throws -> Token
    {
        let token = Token.random()
        try await database.region { region in
            UserStore.issue(
                OneTimeCode(purpose: .signIn, userID: user, host: host, browser: browser, session: session),
                digest: token.digest,
                minutes: 1,
                in: region
            )
        }
        return token
    }

    /// The office's host exchanges the code for a child session; a stolen code lacks the browser's half.
    func exchange(_ code: String, host: String, nonce: String) async throws -> Token {
        guard let digest = Token(code)?.digest, let browser = Token(nonce)?.digest else {
            throw IdentityRefusal.codeUsed
        }
        let token = Token.random()
        try await database.region { region in
            guard let found = try await UserStore.use(digest, .signIn, in: region), found.host == host,
                found.browser == browser, let user = found.userID, let parent = found.session
            else { throw IdentityRefusal.codeUsed }
            UserStore.open(
                token.digest,
                of: user,
                parent: parent,
                host: host,
                hours: Self.sessionHours,
                in: region
            )
        }
        return token
    }

    func signOut(_ session: Digest) async throws {
        try await database.region { UserStore.signOut(session, in: $0) }
        guardian.forgetAll()
    }

    // A forgotten password

    func requestReset(email: String) async throws {
        guard let email = EmailAddress(email)?.text else { throw IdentityRefusal.badEmail }
        let token = Token.random()
        try await database.region { region in
            guard try await mayWrite(to: email, in: region) else { return }
            guard let user = try await UserStore.user(email: email, in: region) else { return }
            UserStore.issue(
                OneTimeCode(purpose: .reset, userID: user.id, email: email),
                digest: token.digest,
                minutes: 60,
                in: region
            )
            mail.queue(Letters.reset(email, token, hosts), in: region)
        }
    }

    func canReset(_ token: String) async throws -> Bool {
        guard let digest = Token(token)?.digest else { return false }
        return try await database.region { try await UserStore.look(digest, .reset, in: $0) != nil }
    }

    /// Sets the password and ends every session of the account.
    func reset(_ token: String, password: String) async throws {
        guard let digest = Token(token)?.digest else { throw IdentityRefusal.codeUsed }
        let owner = try await database.region { region in
            guard let code = try await UserStore.look(digest, .reset, in: region), let id = code.userID,
                let owner = try await UserStore.user(id, in: region)
            else { throw IdentityRefusal.codeUsed }
            return owner
        }
        if let fault = PasswordRules.fault(of: password, email: owner.email, name: owner.name) {
            throw IdentityRefusal.weakPassword(fault)
        }
        let hash = try await mill.hash(password).text
        try await database.region { region in
            guard let code = try await UserStore.use(digest, .reset, in: region), let user = code.userID
            else {
                throw IdentityRefusal.codeUsed
            }
            UserStore.setPassword(of: user, to: hash, in: region)
            UserStore.signOutEverywhere(user, except: nil, in: region)
        }
        guardian.forgetAll()
    }
}
