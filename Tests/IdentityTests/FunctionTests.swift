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

/// § 69(1) of act 500/2004: decisions give the function of who signed them.
@Suite struct `The function of somebody invited` {
    @Test(arguments: [("matrikářka", "matrikářka"), ("", "vedoucí úřadu")])
    func `comes into the office as it was said, over a newer letter too`(_ said: String, _ known: String)
        async throws
    {
        let cell = try await TestCell.shared()
        let identities = Identities(
            database: cell.database,
            mill: PasswordMill(),
            mail: Box(),
            hosts: Hosts(domain: "localhost", scheme: "http", port: 8080),
            guardian: Guard(database: cell.database, allowsDemo: true),
            allowsDemo: true
        )
        let office = try await cell.office()
        let email = "\(UUID().uuidString.lowercased())@example.org"
        var invitee = try Invitee(name: "Jana Nová", email: email)
        invitee.functionTitle = said
        _ = try await identities.invite(
            invitee,
            roles: [.head],
            to: office,
            officeName: "Luka",
            from: nil
        )
        #expect(try await identities.renew(email, for: nil, at: office, officeName: "Luka", from: nil))
        #expect(try await identities.pending(at: office).map(\.functionTitle) == [said])
        let letter = try await cell.owner().rows(
            "select body from region.letters where recipient = \(email) order by created_at desc limit 1"
        ) { row -> String in try row["body"] }.first
        let link = try #require(letter?.firstMatch(of: /pozvanka\/([\w-]{43})/))
        try await identities.accept(String(link.1), password: "heslo nove matrikarky")
        let titles = try await cell.database.relay { relay in
            try await relay.rows(
                """
                select body ->> 'functionTitle' as title from relay.outbox
                where recipient = \(office.rawValue) and body ->> 'email' = \(email)
                """
            ) { row -> String in try row["title"] }
        }
        #expect(titles == [known])
    }
}
