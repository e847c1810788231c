import Database
import Foundation
import Office
import Sealing
import Support
import Testing
import Web

@testable import Identity

private struct Box: MailDesk {
    func queue(_ mail: MailDraft, when condition: Condition, in region: RegionTransaction) {
        LetterBox().queue(mail, when: condition, in: region)
    }
}

@Suite struct SignInTests {
    private let region = "localhost:8080"
    private let office = "luka.localhost:8080"

    private func identities(_ cell: TestCell, allowsDemo: Bool = true) -> Identities {
        Identities(
            database: cell.database,
            mill: PasswordMill(),
            mail: Box(),
            hosts: Hosts(domain: "localhost", scheme: "http", port: 8080),
            guardian: Guard(database: cell.database, allowsDemo: allowsDemo),
            allowsDemo: allowsDemo
        )
    }

    private func person(_ cell: TestCell, _ identities: Identities, demo: Bool = false) async throws -> String
    {
        let email = "\(UUID().uuidString.lowercased())@example.org"
        let hash = try await identities.mill.hash("spravne heslo").text
        let id = UUID.v7()
        if demo {
            let owner = try await cell.owner()
            try await UserStore.addDemo(
                id,
                email: email,
                name: "Zkušební Osoba",
                passwordHash: hash,
                isAdministrator: false,
                on: owner
            )
        } else {
            try await cell.database.region { region in
                UserStore.add(
                    id,
                    email: email,
                    name: "Zkušební Osoba",
                    passwordHash: hash,
                    isVerified: true,
                    in: region
                )
            }
        }
        return email
    }

    private func signIn(_ identities: Identities, _ email: String, _ password: String = "spravne heslo")
        async throws
        -> Token
    {
        try await identities.signIn(
            email: email,
            password: password,
            address: UUID().uuidString,
            host: region
        )
    }

    /// The way to an office's host and what ends it.
    @Test func aChildSessionLivesAndEndsWithItsParent() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let email = try await person(cell, identities)
        let parent = try await signIn(identities, email)
        let user = try #require(try await visitor(identities, parent, region)).userID
        let nonce = Token.random(.bits128)
        let code = try await identities.codeForOffice(
            parent.digest,
            of: user,
            host: office,
            browser: nonce.digest
        )
        let child = try await identities.exchange(code.text, host: office, nonce: nonce.text)
        #expect(try await visitor(identities, child, office)?.userID == user)
        #expect(try await visitor(identities, child, "detrichov.localhost:8080") == nil)
        #expect(try await visitor(identities, child, region) == nil)
        #expect(try await visitor(identities, parent, office) == nil)
        try await identities.signOut(parent.digest)
        #expect(try await visitor(identities, child, office) == nil)
        #expect(try await visitor(identities, parent, region) == nil)
    }

    private func visitor(_ identities: Identities, _ token: Token, _ host: String) async throws -> Visitor? {
        try await identities.guardian.visitor(token: token.text, isBearer: false, host: host, fresh: true)
    }

    @Test func aStolenOrSecondCodeOpensNothing() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let email = try await person(cell, identities)
        let parent = try await signIn(identities, email)
        let user = try #require(try await visitor(identities, parent, region)).userID
        let nonce = Token.random(.bits128)
        func code() async throws -> String {
            try await identities.codeForOffice(parent.digest, of: user, host: office, browser: nonce.digest)
                .text
        }
        let stolen = try await code()
        await #expect(throws: IdentityRefusal.codeUsed) {
            try await identities.exchange(stolen, host: office, nonce: Token.random(.bits128).text)
        }
        let elsewhere = try await code()
        await #expect(throws: IdentityRefusal.codeUsed) {
            try await identities.exchange(elsewhere, host: "detrichov.localhost:8080", nonce: nonce.text)
        }
        let once = try await code()
        let won = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    (try? await identities.exchange(once, host: office, nonce: nonce.text)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(won == 1)
    }

    @Test func guessingIsStopped() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let email = try await person(cell, identities)
        for _ in 0..<Identities.failuresPerAccountMax {
            await #expect(throws: IdentityRefusal.wrongPassword) {
                try await signIn(identities, email, "spatne heslo")
            }
        }
        await #expect(throws: IdentityRefusal.tooManyAttempts) { try await signIn(identities, email) }
    }

    @Test func anUnknownAccountIsAnsweredAlike() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        await #expect(throws: IdentityRefusal.wrongPassword) {
            try await signIn(identities, "nikdo@example.org")
        }
        try await identities.signUp(
            email: "nikdo2@example.org",
            name: "Nikdo Známý",
            password: "dlouhe heslo",
            address: "198.51.100.7"
        )
        try await identities.signUp(
            email: "nikdo2@example.org",
            name: "Nikdo Známý",
            password: "dlouhe heslo",
            address: "198.51.100.7"
        )
        await #expect(throws: IdentityRefusal.notVerified) {
            try await signIn(identities, "nikdo2@example.org", "dlouhe heslo")
        }
    }

    /// Somebody made an account under another's address and waits until they are invited somewhere.
    @Test func anInvitationTakesAnUnverifiedAccountFromWhoMadeIt() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let office = try await cell.office()
        let email = "\(UUID().uuidString.lowercased())@example.org"
        try await identities.signUp(
            email: email,
            name: "Někdo Jiný",
            password: "heslo nekoho jineho",
            address: UUID().uuidString
        )
        _ = try await invite(identities, email, "Nová Úřednice", [.clerk], to: office)
        let letters = try await cell.owner().rows(
            "select body from region.letters where recipient = \(email) order by id desc"
        ) { row -> String in try row["body"] }
        let link = try #require(letters.compactMap { $0.firstMatch(of: /pozvanka\/([\w-]{43})/) }.first)
        let token = String(link.1)
        #expect(try await identities.invitation(token).hasAccount == false)
        await #expect(throws: IdentityRefusal.weakPassword(.short)) {
            try await identities.accept(token, password: "")
        }
        try await identities.accept(token, password: "heslo nove urednice")
        await #expect(throws: IdentityRefusal.wrongPassword) {
            try await signIn(identities, email, "heslo nekoho jineho")
        }
        _ = try await signIn(identities, email, "heslo nove urednice")
        // The region's pages lead there; no other office is asked who works for it.
        let taken = try await cell.database.region { region in
            let user = try #require(try await UserStore.user(email: email, in: region))
            return try await UserStore.workplaces(of: user.id, in: region)
        }
        #expect(taken == [office])
    }

    private func invite(
        _ identities: Identities,
        _ email: String,
        _ name: String,
        _ roles: [Role],
        to office: TenantName
    ) async throws -> Bool {
        try await identities.invite(
            try Invitee(name: name, email: email),
            roles: roles,
            to: office,
            officeName: "Obecní úřad Luka",
            from: nil
        )
    }

    @Test func anInvitationThatWasWithdrawnOpensNothing() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let (office, other) = (try await cell.office(), try await cell.office())
        let email = "\(UUID().uuidString.lowercased())@example.org"
        var tokens: [String] = []
        for tenant in [office, other] {
            _ = try await invite(identities, email, "Bývalá Úřednice", [.clerk], to: tenant)
            let letters = try await cell.owner().rows(
                "select body from region.letters where recipient = \(email) order by id desc limit 1"
            ) { row -> String in try row["body"] }
            let link = try #require(letters.first?.firstMatch(of: /pozvanka\/([\w-]{43})/))
            tokens.append(String(link.1))
        }
        try await identities.withdraw(email, from: office)
        await #expect(throws: IdentityRefusal.codeUsed) {
            try await identities.accept(tokens[0], password: "heslo byvale urednice")
        }
        try await identities.accept(tokens[1], password: "heslo byvale urednice")
    }

    private func letters(_ cell: TestCell, to email: String) async throws -> [String] {
        try await cell.owner().rows(
            "select body from region.letters where recipient = \(email) order by created_at"
        ) { row -> String in try row["body"] }
        .compactMap { $0.firstMatch(of: /pozvanka\/([\w-]{43})/).map { String($0.1) } }
    }

    @Test func anInvitationIsAwaitedRenewedAndAccepted() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let (office, other) = (try await cell.office(), try await cell.office())
        let email = "\(UUID().uuidString.lowercased())@example.org"
        func ask() async throws {
            _ = try await invite(identities, email, "Nová Starostka", [.head], to: office)
        }
        try await ask()
        try await ask()
        let waiting = try await identities.pending(at: office)
        #expect(waiting.map(\.email) == [email] && waiting.map(\.roles) == [[.head]])
        #expect(waiting.first?.isLapsed(Date()) == false)
        #expect(waiting.first?.isLapsed(Date().addingTimeInterval(15 * 86_400)) == true)
        #expect(try await identities.pending(at: other).isEmpty)

        func renew(at office: TenantName, for corrected: Invitee? = nil) async throws -> Bool {
            try await identities.renew(email, for: corrected, at: office, officeName: "Luka", from: nil)
        }
        #expect(try await renew(at: other) == false)
        #expect(try await renew(at: office))
        let tokens = try await letters(cell, to: email)
        #expect(tokens.count == 3 && Set(tokens).count == 3)
        for old in tokens.dropLast() {
            await #expect(throws: IdentityRefusal.codeUsed) { try await identities.invitation(old) }
        }
        try await ask()
        let newest = try #require(try await letters(cell, to: email).last)
        await #expect(throws: IdentityRefusal.codeUsed) {
            try await identities.invitation(try #require(tokens.last))
        }
        try await identities.accept(newest, password: "heslo nove starostky")
        #expect(try await identities.pending(at: office).isEmpty)
        #expect(try await renew(at: office) == false, "it was accepted")
    }

    /// Asked to less than before, a person must not come in as what the older letter says.
    @Test func aNewerInvitationEndsTheOlder() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let (office, other) = (try await cell.office(), try await cell.office())
        let email = "\(UUID().uuidString.lowercased())@example.org"
        func ask(_ roles: [Role], to tenant: TenantName) async throws -> Bool {
            try await invite(identities, email, "Petr Malý", roles, to: tenant)
        }
        #expect(try await ask([.head, .accountant], to: office) == false)
        #expect(try await ask([.clerk], to: other) == false, "another office is another matter")
        #expect(try await ask([.registryClerk], to: office))
        let tokens = try await letters(cell, to: email)
        await #expect(throws: IdentityRefusal.codeUsed) {
            try await identities.accept(tokens[0], password: "zelený strom u potoka")
        }
        #expect(try await identities.accept(tokens[1], password: "zelený strom u potoka").roles == [.clerk])
        #expect(try await identities.accept(tokens[2], password: "").roles == [.registryClerk])
    }

    @Test func ofInvitationsSentAtOnceOneWorks() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let office = try await cell.office()
        let email = "\(UUID().uuidString.lowercased())@example.org"
        let sent = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (try? await invite(identities, email, "Petr Malý", [.clerk], to: office)) != nil
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(sent >= 1)
        var open = 0
        for token in try await letters(cell, to: email) {
            if (try? await identities.invitation(token)) != nil { open += 1 }
        }
        #expect(open == 1)
    }

    @Test func aMistypedAddressIsCorrected() async throws {
        let cell = try await TestCell.shared()
        let identities = identities(cell)
        let office = try await cell.office()
        let (wrong, right) = ("\(UUID())@example.org".lowercased(), "\(UUID())@example.org".lowercased())
        _ = try await invite(identities, wrong, "Nová Starostka", [.head], to: office)
        let corrected = try Invitee(name: "Nová Starostka", email: right)
        #expect(
            try await identities.renew(wrong, for: corrected, at: office, officeName: "Luka", from: "Kraj")
        )
        let waiting = try await identities.pending(at: office)
        #expect(waiting.map(\.email) == [right] && waiting.map(\.roles) == [[.head]])
        await #expect(throws: IdentityRefusal.codeUsed) {
            try await identities.invitation(try #require(try await letters(cell, to: wrong).first))
        }
        let token = try #require(try await letters(cell, to: right).first)
        #expect(try await identities.invitation(token).0.email == right)
    }

    @Test func demoAccountsServeOnLocalhostOnly() async throws {
        let cell = try await TestCell.shared()
        let email = try await person(cell, identities(cell), demo: true)
        let parent = try await signIn(identities(cell), email)
        let earnest = identities(cell, allowsDemo: false)
        await #expect(throws: IdentityRefusal.demoElsewhere) { try await signIn(earnest, email) }
        #expect(try await visitor(earnest, parent, region) == nil)
    }

    @Test(arguments: ["//zly.example", "/\\zly.example", "https://zly.example", "javascript:x", ""])
    func theWayBackStaysHere(_ path: String) { #expect(IdentityRoutes.localPath(path) == "/") }
}
