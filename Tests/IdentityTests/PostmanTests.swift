import Database
import Foundation
import Logging
import Office
import Post
import Support
import Synchronization
import Testing

@testable import Identity

/// Keeps what would have been sent.
private final class Mailbox: MailTransport {
    private let kept = Mutex<[Mail]>([])

    func send(_ mail: Mail) async throws { kept.withLock { $0.append(mail) } }

    func mail(to recipient: String) -> Mail? {
        kept.withLock { $0.first { $0.to == MailAddress(recipient) } }
    }
}

@Suite struct PostmanTests {
    /// Whoever answers a letter of an office writes to the office, and not to the machine that sent it.
    @Test func anAnswerGoesToTheOfficeWhoseLetterItIs() async throws {
        let cell = try await TestCell.shared()
        let mailbox = Mailbox()
        let offices = ["m_514161", "m_564028", "m_563510"].map { TenantName($0) }
        let asked: [(String, TenantName?)] = (offices + [nil]).map { ("\(UUID())@example.org", $0) }
        try await cell.database.region { region in
            for (to, office) in asked {
                LetterBox().queue(MailDraft(to: to, subject: "Zpráva", text: "x", office: office), in: region)
            }
        }
        let postman = Postman(
            database: cell.database,
            transport: mailbox,
            sender: try #require(MailAddress("neodpovidat@kraj.example")),
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            replies: { ["m_514161": "podatelna@luka.example", "m_564028": "není adresa"][$0.rawValue] }
        )
        while try await postman.sendDue() > 0 {}
        let replies = try asked.map { try #require(mailbox.mail(to: $0.0)).replyTo }
        #expect(replies == [MailAddress("podatelna@luka.example"), nil, nil, nil])
        let sent = String(decoding: try #require(mailbox.mail(to: asked[0].0)).bytes, as: UTF8.self)
        #expect(sent.contains("Reply-To: <podatelna@luka.example>\r\n"))
    }
}
