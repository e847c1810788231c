package import Database
import Foundation
package import Office

/// Every statement about letters that wait to be sent.
package enum LetterStore {
    static func queue(_ mail: MailDraft, when condition: Condition, in region: RegionTransaction) {
        region.run(
            """
            insert into region.letters (id, recipient, subject, body, office)
            select \(UUID.v7())::uuid, \(mail.to), \(mail.subject), \(mail.text), \(mail.office?.rawValue)::text
            where \(condition.sql)
            """
        )
    }

    static func due(in region: RegionTransaction) async throws -> [Letter] {
        try await region.rows(
            """
            select id, recipient, subject, body, office, created_at, attempts from region.letters
            where next_attempt_at <= clock_timestamp() and sent_at is null and given_up_at is null
            order by next_attempt_at limit 20 for update skip locked
            """
        ) { row in
            Letter(
                id: try row["id"],
                recipient: try row["recipient"],
                subject: try row["subject"],
                body: try row["body"],
                office: (try row["office"] as String?).flatMap { TenantName($0) },
                createdAt: try row["created_at"],
                attempts: try row["attempts"]
            )
        }
    }

    /// The last letters, sent or not; for the demo's own page.
    static func newest(rowsMax: Int, in region: RegionTransaction) async throws -> [PostedLetter] {
        try await region.rows(
            """
            select id, recipient, subject, body, created_at, sent_at from region.letters
            order by created_at desc, id desc limit \(rowsMax)
            """
        ) { row in
            PostedLetter(
                id: try row["id"],
                recipient: try row["recipient"],
                subject: try row["subject"],
                body: try row["body"],
                createdAt: try row["created_at"],
                sentAt: try row["sent_at"]
            )
        }
    }

    static func noteSent(_ id: UUID, in region: RegionTransaction) {
        region.run("update region.letters set sent_at = clock_timestamp() where id = \(id)")
    }

    static func noteFailure(
        _ id: UUID,
        why: String,
        seconds: Int,
        isFinal: Bool,
        in region: RegionTransaction
    ) {
        region.run(
            """
            update region.letters
            set attempts = attempts + 1, last_error = \(why),
                next_attempt_at = clock_timestamp() + make_interval(secs => \(seconds)::int),
                given_up_at = case when \(isFinal)::boolean then clock_timestamp() end
            where id = \(id)
            """
        )
    }
}

struct Letter: Sendable {
    let id: UUID
    let recipient: String
    let subject: String
    let body: String
    let office: TenantName?
    let createdAt: Date
    let attempts: Int
}

struct PostedLetter: Sendable {
    let id: UUID
    let recipient: String
    let subject: String
    let body: String
    let createdAt: Date
    let sentAt: Date?
}

/// Puts letters into the outbox, in the transaction of what they tell about.
package struct LetterBox: MailDesk {
    package init() {}
    package func queue(_ mail: MailDraft, when condition: Condition, in region: RegionTransaction) {
        LetterStore.queue(mail, when: condition, in: region)
    }
}
