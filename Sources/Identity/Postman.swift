package import Database
import Foundation
package import Logging
import Messages
package import Post

/// Takes letters from the outbox to the mail server; a server that is down delays them and loses none.
package struct Postman: Sendable {
    private let database: Database
    private let transport: any MailTransport
    private let sender: MailAddress
    private let logger: Logger
    private let replies: @Sendable (TenantName) async -> String?

    /// `replies` gives the address where an office reads its mail; answers to the letters of others go to `sender`.
    package init(
        database: Database,
        transport: any MailTransport,
        sender: MailAddress,
        logger: Logger,
        replies: @escaping @Sendable (TenantName) async -> String?
    ) {
        self.replies = replies
        self.database = database
        self.transport = transport
        self.sender = sender
        self.logger = logger
    }

    /// Works until the task is cancelled.
    package func run() async throws {
        while true {
            do {
                while try await sendDue() > 0 {}
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                logger.warning("letters wait", metadata: ["why": "\(error)"])
            }
            try await Task.sleep(for: .milliseconds(500))
        }
    }

    /// Sends what is due now; returns how many letters were taken.
    package func sendDue() async throws -> Int {
        try await database.region { region in
            let letters = try await LetterStore.due(in: region)
            for letter in letters {
                do {
                    guard let to = MailAddress(letter.recipient) else {
                        throw MailFailure.permanent("no address")
                    }
                    try await transport.send(
                        Mail(
                            from: sender,
                            to: to,
                            replyTo: await replyTo(letter),
                            subject: letter.subject,
                            text: letter.body,
                            date: letter.createdAt,
                            messageID: letter.id.uuidString.lowercased()
                        )
                    )
                    LetterStore.noteSent(letter.id, in: region)
                } catch let failure as MailFailure {
                    var isFinal = letter.attempts > 20
                    if case .permanent = failure { isFinal = true }
                    logger.notice("letter not sent", metadata: ["why": "\(failure)"])
                    LetterStore.noteFailure(
                        letter.id,
                        why: "\(failure)",
                        seconds: Backoff.seconds(after: letter.attempts),
                        isFinal: isFinal,
                        in: region
                    )
                }
            }
            return letters.count
        }
    }

    private func replyTo(_ letter: Letter) async -> MailAddress? {
        guard let office = letter.office else { return nil }
        return await replies(office).flatMap { MailAddress($0) }
    }
}
