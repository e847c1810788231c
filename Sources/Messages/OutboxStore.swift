package import Database
package import Foundation
import Office

/// Every statement about the messages that wait in a cell.
package enum OutboxStore {
    /// Puts a message into the sender's outbox, in the sender's own transaction.
    static func post(_ message: Message, in transaction: Transaction) {
        transaction.run(
            """
            insert into relay.outbox (id, recipient, subject_id, ordinal, kind, body)
            values (\(message.id), \(message.recipient.description), \(message.subjectID), \(message.ordinal),
                \(message.kind), \(message.body)::jsonb)
            """
        )
    }

    /// Due messages, of each sender and subject only the first; who else relays skips them until commit.
    static func due(_ rowsMax: Int, in relay: RelayTransaction) async throws -> [Envelope] {
        try await relay.rows(
            """
            select o.id, o.sender::text as sender, o.recipient, o.subject_id, o.kind, o.body::text as body,
                o.attempts
            from relay.outbox o
            where o.next_attempt_at <= clock_timestamp()
                and not exists (
                    select from relay.outbox e
                    where e.sender = o.sender and e.subject_id = o.subject_id and e.ordinal < o.ordinal
                )
            order by o.next_attempt_at
            limit \(rowsMax)
            for update of o skip locked
            """
        ) { row in
            Envelope(
                message: IncomingMessage(
                    id: try row["id"],
                    sender: try row["sender"],
                    recipient: try row["recipient"],
                    subjectID: try row["subject_id"],
                    kind: try row["kind"],
                    body: try row["body"]
                ),
                attempts: try row["attempts"]
            )
        }
    }

    /// Asks for nothing, so that the transaction does not idle out.
    static func stayAwake(in relay: RelayTransaction) async throws {
        _ = try await relay.rows("select 1 as one") { row in try row["one"] as Int }
    }

    /// What was delivered has its history in the logs of both sides.
    static func delete(_ delivered: [UUID], in relay: RelayTransaction) {
        relay.run("delete from relay.outbox where id = any (\(delivered)::uuid[])")
    }

    static func postpone(_ id: UUID, bySeconds seconds: Int, why: String, in relay: RelayTransaction) {
        relay.run(
            """
            update relay.outbox
            set attempts = attempts + 1, last_error = \(why),
                failures = array_append(
                    failures[greatest(1, cardinality(failures) - 18):],
                    to_char(clock_timestamp() at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z "') || \(why)::text
                ),
                next_attempt_at = clock_timestamp() + make_interval(secs => \(seconds)::int)
            where id = \(id)
            """
        )
    }

    /// Tells the relays of other servers that something was posted.
    static func notify(_ payload: String, in region: RegionTransaction) {
        region.run("select pg_notify(\(Database.Channel.epom.rawValue), \(payload))")
    }

    // The administrator's view

    /// Messages that wait longer than a moment, or about one subject; newest first, before the id `before`.
    package static func waiting(
        about subject: UUID? = nil,
        before: UUID? = nil,
        rowsMax: Int,
        in region: RegionTransaction
    ) async throws -> [WaitingMessage] {
        try await region.rows(
            """
            select id, sender::text as sender, recipient, subject_id, kind, created_at, attempts,
                next_attempt_at, last_error
            from relay.outbox
            where (\(before)::uuid is null or id < \(before)::uuid)
                and (subject_id = \(subject)::uuid
                    or \(subject)::uuid is null
                    and (attempts > 0 or created_at < clock_timestamp() - interval '10 seconds'))
            order by id desc limit \(rowsMax)
            """
        ) { row in try WaitingMessage(row: row) }
    }

    /// One message with what each try said; nil when it was delivered meanwhile.
    package static func story(of id: UUID, in region: RegionTransaction) async throws -> MessageStory? {
        try await region.first(
            """
            select id, sender::text as sender, recipient, subject_id, kind, created_at, attempts,
                next_attempt_at, last_error, failures
            from relay.outbox where id = \(id)
            """
        ) { row in
            MessageStory(
                message: try WaitingMessage(row: row),
                failures: (try row["failures"] as [String]).map { line in
                    let halves = line.split(separator: " ", maxSplits: 1)
                    return MessageStory.Failure(
                        at: try? Date(String(halves.first ?? ""), strategy: .iso8601),
                        why: halves.count > 1 ? String(halves[1]) : ""
                    )
                }
            )
        }
    }

    /// What waits for each office, and since when; and how many messages were tried in vain.
    package static func queues(in region: RegionTransaction) async throws
        -> (offices: [TenantName: (waiting: Int, subjects: Int, since: Date)], stuck: Int)
    {
        let rows = try await region.rows(
            """
            select recipient, count(*) as waiting, count(distinct subject_id) as subjects,
                min(created_at) as since,
                count(*) filter (where attempts > 0) as stuck
            from relay.outbox group by recipient
            """
        ) { row in
            (
                office: TenantName(try row["recipient"] as String), waiting: try row["waiting"] as Int,
                subjects: try row["subjects"] as Int, since: try row["since"] as Date,
                stuck: try row["stuck"] as Int
            )
        }
        var offices: [TenantName: (waiting: Int, subjects: Int, since: Date)] = [:]
        for row in rows {
            guard let office = row.office else { continue }
            offices[office] = (waiting: row.waiting, subjects: row.subjects, since: row.since)
        }
        return (offices, rows.reduce(0) { $0 + $1.stuck })
    }

    /// Makes a message due now; false when it is no longer there, because it was delivered.
    package static func replay(_ id: UUID, in region: RegionTransaction) async throws -> Bool {
        try await region.rows(
            "update relay.outbox set next_attempt_at = clock_timestamp() where id = \(id) returning id"
        ) { row -> UUID in try row["id"] }.count == 1
    }

    /// The same for everything on the way to an office, because it can take it now.
    package static func replayAll(to office: TenantName, in region: RegionTransaction) {
        region.run(
            "update relay.outbox set next_attempt_at = clock_timestamp() where recipient = \(office)"
        )
    }

    /// Makes everything due now that was tried in vain; returns how many messages.
    package static func replayStuck(in region: RegionTransaction) async throws -> Int {
        try await region.rows(
            """
            update relay.outbox set next_attempt_at = clock_timestamp() where attempts > 0 returning id
            """
        ) { row -> UUID in try row["id"] }.count
    }

    /// For the metrics: how many messages wait and for how long the oldest has.
    package static func load(in region: RegionTransaction) async throws -> (
        waiting: Int, oldestSeconds: Double
    ) {
        let load = try await region.first(
            """
            select count(*) as waiting,
                coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0)::text as oldest
            from relay.outbox
            """
        ) { row in
            (waiting: try row["waiting"] as Int, oldestSeconds: Double(try row["oldest"] as String) ?? 0)
        }
        return load ?? (0, 0)
    }
}

extension Transaction {
    /// Sends a message with this transaction: it is posted exactly if the transaction commits.
    ///
    /// The sender is the transaction's own role; row-level security refuses any other. Ring the ``Bell`` after
    /// commit, or the message waits for the sweep of the next second.
    package func post(_ message: Message) { OutboxStore.post(message, in: self) }
}

/// A message in the relay's hands.
struct Envelope: Sendable {
    let message: IncomingMessage
    let attempts: Int
}

/// A message that has not been delivered, as the administrator sees it.
package struct WaitingMessage: Sendable {
    package let id: UUID
    package let sender: String
    package let recipient: String
    package let subjectID: UUID
    package let kind: String
    package let createdAt: Date
    package let attempts: Int
    package let nextAttemptAt: Date
    package let lastError: String?
}

extension WaitingMessage {
    init(row: Row) throws {
        id = try row["id"]
        sender = try row["sender"]
        recipient = try row["recipient"]
        subjectID = try row["subject_id"]
        kind = try row["kind"]
        createdAt = try row["created_at"]
        attempts = try row["attempts"]
        nextAttemptAt = try row["next_attempt_at"]
        lastError = try row["last_error"]
    }
}

/// A message that waits, and the last twenty tries.
package struct MessageStory: Sendable {
    package struct Failure: Sendable {
        package let at: Date?
        package let why: String
    }

    package let message: WaitingMessage
    /// Oldest first.
    package let failures: [Failure]
}
