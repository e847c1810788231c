package import Database
import Foundation
package import Office
package import Sealing

/// Every statement about submissions, their steps, and offices with systems of their own.
package enum SubmissionStore {
    /// Accepts a submission and, where its office is known, its delivery: one statement, once for each key.
    ///
    /// The answer has a row when it is new.
    static func accept(
        _ new: NewSubmission,
        delivery: NewDelivery?,
        in region: RegionTransaction
    ) -> Answer<UUID> {
        region.later(
            """
            with made as (
                insert into region.submissions (id, code, secret_digest, host, idempotency_key, body_digest,
                    form_code, form_digest, service_code, service_name, regime, title, answers, filled_form,
                    attachments, submitter, email, user_id, office, office_name, explanation, confirmation,
                    confirm_by, accepted_at, reached_at, status)
                values (\(new.id), \(new.code), \(new.secretDigest.bytes), \(new.host),
                    \(new.filing.idempotencyKey), \(new.bodyDigest.bytes), \(new.filing.formCode),
                    \(new.filing.formDigest), \(new.filing.serviceCode), \(new.serviceName), \(new.regime),
                    \(new.filing.title), \(new.filing.answers), \(new.filing.filledForm), \(new.attachments),
                    \(new.submitter), \(new.filing.submitter.email), \(new.filing.userID), \(new.office),
                    \(new.officeName), \(new.explanation), \(new.confirmation), \(new.confirmBy),
                    \(new.acceptedAt), \(new.reachedAt), \(new.status))
                on conflict (host, idempotency_key) do nothing
                returning id
            ), posted as (
                insert into relay.outbox (id, recipient, subject_id, ordinal, kind, body)
                select \(delivery?.id)::uuid, \(delivery?.recipient)::text, made.id, 1,
                    \(Delivery.kind)::text, \(delivery?.body)::jsonb
                from made where \(delivery?.id)::uuid is not null
            )
            select id from made
            """
        ) { row in try row["id"] }
    }

    static func isKept(_ id: UUID) -> Condition {
        Condition("exists (select from region.submissions where id = \(id))")
    }

    /// What an earlier request with the same key made.
    static func earlier(host: String, key: [UInt8], in region: RegionTransaction) async throws
        -> (id: UUID, code: String, bodyDigest: [UInt8], acceptedAt: Date)?
    {
        try await region.first(
            """
            select id, code, body_digest, accepted_at from region.submissions
            where host = \(host) and idempotency_key = \(key)
            """
        ) { row in
            (
                id: try row["id"], code: try row["code"], bodyDigest: try row["body_digest"],
                acceptedAt: try row["accepted_at"]
            )
        }
    }

    private static let columns: SQL = """
        s.id, s.code, s.host, s.service_code, s.service_name, s.regime, s.title, s.answers, s.attachments,
        s.submitter, s.email, s.office, s.office_name, s.explanation, s.confirmation, s.confirm_by,
        s.confirmed_by, s.confirmed_on, s.accepted_at, s.reached_at, s.registered_at, s.status, s.reference_number, s.assignee,
        encode(sha256(s.filled_form), 'hex') as filled_digest, octet_length(s.filled_form) as filled_bytes
        """

    static func submission(_ id: UUID, in region: RegionTransaction) async throws -> Submission? {
        try await region.first(
            "select \(columns) from region.submissions s where s.id = \(id)",
            Submission.init
        )
    }

    /// Needs code and secret both: the code alone opens nothing.
    static func submission(code: String, secret: Digest, in region: RegionTransaction) async throws
        -> Submission?
    {
        try await region.first(
            """
            select \(columns) from region.submissions s
            where s.code = \(code) and s.secret_digest = \(secret.bytes)
            """,
            Submission.init
        )
    }

    /// How often each form was handed in at an office.
    package static func usage(at office: TenantName, in region: RegionTransaction) async throws
        -> [String: Int]
    {
        let rows = try await region.rows(
            """
            select form_code, count(*) as filed from (
                select form_code from region.submissions where host = \(office.rawValue) limit 5000
            ) as handed_in group by form_code
            """
        ) { row in (code: try row["form_code"] as String, filed: try row["filed"] as Int) }
        return Dictionary(rows.map { ($0.code, $0.filed) }, uniquingKeysWith: +)
    }

    static func filledForm(_ id: UUID, in region: RegionTransaction) async throws -> [UInt8]? {
        try await region.first("select filled_form from region.submissions where id = \(id)") { row in
            try row["filled_form"] as [UInt8]
        }
    }

    /// Which of these files a submission has among its attachments; the collector of the region's store asks.
    package static func named(_ digests: [Digest], in region: RegionTransaction) async throws -> Set<Digest> {
        let found = try await region.rows(
            """
            select wanted from unnest(\(digests.map(\.hex))::text[]) as wanted
            where exists (
                select from region.submissions
                where attachments <> '[]'
                    and attachments::jsonb @> jsonb_build_array(jsonb_build_object('digest', wanted))
            )
            """
        ) { row -> String in try row["wanted"] }
        return Set(found.compactMap { Digest(hex: $0) })
    }

    static func steps(of id: UUID, in region: RegionTransaction) async throws -> [SubmissionStep] {
        try await region.rows(
            """
            select at, office, status, note, deadline, link, event from region.submission_steps
            where submission_id = \(id) order by id
            """
        ) { row in
            SubmissionStep(
                at: try row["at"],
                office: try row["office"],
                status: try row["status"],
                note: try row["note"],
                deadline: try row["deadline"],
                link: try row["link"],
                event: try row["event"]
            )
        }
    }

    /// Newest first; `before` is the last id of the page before.
    static func own(_ user: UUID, before: UUID?, rowsMax: Int, in region: RegionTransaction) async throws
        -> [SubmissionLine]
    {
        try await region.rows(
            """
            select id, code, title, office, office_name, status, confirm_by, confirmed_by, accepted_at, reached_at
            from region.submissions
            where user_id = \(user) and (\(before)::uuid is null or id < \(before)::uuid)
            order by id desc limit \(rowsMax)
            """,
            SubmissionLine.init
        )
    }

    /// Those whose office the rules could not decide.
    static func undecided(in region: RegionTransaction) async throws -> [SubmissionLine] {
        try await region.rows(
            """
            select id, code, title, office, office_name, status, confirm_by, confirmed_by, accepted_at, reached_at
            from region.submissions
            where office is null order by id limit 50
            """,
            SubmissionLine.init
        )
    }

    // Steps

    static func addStep(_ step: SubmissionStep, to id: UUID, in region: RegionTransaction) {
        region.run(
            """
            insert into region.submission_steps (id, submission_id, at, office, status, note, deadline, link, event)
            values (\(UUID.v7()), \(id), \(step.at), \(step.office), \(step.status), \(step.note),
                \(step.deadline), \(step.link), \(step.event))
            """
        )
    }

    /// With its arrival the term of confirmation begins: nobody could confirm what no office had (§ 37(6) of act
    /// 500/2004).
    static func apply(_ report: StatusReport, in region: RegionTransaction) {
        region.require(
            1,
            """
            update region.submissions set
                status = case
                    when status in ('awaitingConfirmation', 'closedWithoutAction')
                        and \(report.confirmedBy)::text is null
                        and \(report.status)::text in ('registered', 'assigned') then status
                    else \(report.status) end,
                reference_number = coalesce(\(report.referenceNumber), reference_number),
                assignee = coalesce(\(report.assignee), assignee),
                confirmed_by = coalesce(\(report.confirmedBy), confirmed_by),
                confirmed_on = coalesce(\(report.dayConfirmed), confirmed_on),
                registered_at = case when \(report.referenceNumber)::text is not null and \(report.isDated)
                    then coalesce(registered_at, \(report.at)) else registered_at end,
                confirm_by = case when reached_at is null and confirm_by is not null and confirmed_by is null
                    then \(confirmationEnd(accepted: Day(of: report.at)))::date else confirm_by end,
                reached_at = coalesce(reached_at, \(report.at))
            where id = \(report.submissionID)
            """
        )
    }

    /// The region's desk decided; the next message about it takes the next ordinal.
    ///
    /// `reached` is nil for an office whose registry is not here. The term of confirmation begins anew: nobody
    /// could confirm what no office had (§ 37(4) and (6) of act 500/2004).
    static func decide(
        _ id: UUID,
        office: TenantName,
        name: String,
        reason: String,
        reached: Date?,
        confirmBy: Day?,
        in region: RegionTransaction
    ) async throws -> Int? {
        try await region.rows(
            """
            update region.submissions set office = \(office), office_name = \(name),
                explanation = explanation || \(reason)::text, reached_at = \(reached), ordinal = ordinal + 1,
                confirm_by = case when confirm_by is null then null else \(confirmBy)::date end,
                status = case when status = 'received' then 'referred' else status end
            where id = \(id) and office is null returning ordinal
            """
        ) { row in try row["ordinal"] as Int }.first
    }

    /// Another office has it from now on; nil when it was referred before and nobody consented.
    static func refer(
        _ id: UUID,
        to office: TenantName,
        name: String,
        reason: String,
        reached: Date?,
        confirmBy: Day?,
        isConsented: Bool,
        in region: RegionTransaction
    ) async throws -> (ordinal: Int, hops: Int)? {
        try await region.rows(
            """
            update region.submissions set office = \(office), office_name = \(name),
                explanation = explanation || \(reason)::text, reached_at = \(reached), registered_at = null,
                reference_number = null, assignee = null, hops = hops + 1, ordinal = ordinal + 1,
                confirm_by = coalesce(\(confirmBy)::date, confirm_by),
                status = case when \(confirmBy)::date is null then 'referred' else 'awaitingConfirmation' end
            where id = \(id) and (hops = 0 or \(isConsented)) returning ordinal, hops
            """
        ) { row in (ordinal: try row["ordinal"] as Int, hops: try row["hops"] as Int) }.first
    }

    /// Those that reached an office and nobody confirmed in time become closed; returns them with the ordinal of their message.
    static func lapse(before today: Day, in region: RegionTransaction) async throws
        -> [(id: UUID, office: TenantName?, officeName: String, regime: Regime, lastDay: Day, ordinal: Int)]
    {
        try await region.rows(
            """
            update region.submissions set status = 'closedWithoutAction', ordinal = ordinal + 1
            where id in (
                select id from region.submissions
                where status = 'awaitingConfirmation' and confirm_by < \(today) and reached_at is not null
                order by confirm_by limit 100
                for update skip locked
            )
            returning id, office, office_name, regime, confirm_by, ordinal
            """
        ) { row in
            (
                id: try row["id"], office: try row["office"], officeName: try row["office_name"],
                regime: try row["regime"], lastDay: try row["confirm_by"], ordinal: try row["ordinal"]
            )
        }
    }

    // Offices with systems of their own

    static func webhook(of office: TenantName, in region: RegionTransaction) async throws -> Webhook? {
        try await region.first(
            "select office, address, signing_key from region.webhooks where office = \(office) and is_on"
        ) { row in
            guard let key = HMACKey(text: try row["signing_key"] as String) else { return nil as Webhook? }
            return Webhook(office: try row["office"], address: try row["address"], key: key)
        } ?? nil
    }

    package static func setWebhook(
        of office: TenantName,
        address: String,
        key: String,
        in region: RegionTransaction
    ) {
        region.run(
            """
            insert into region.webhooks (office, address, signing_key)
            values (\(office), \(address), \(key))
            on conflict (office) do update set address = excluded.address, signing_key = excluded.signing_key
            """
        )
    }

    /// All that are set up, whether they are on or not.
    static func connection(of office: TenantName, in region: RegionTransaction) async throws -> Connection? {
        try await region.first(
            "select office, address, is_on from region.webhooks where office = \(office)"
        ) { row in
            Connection(office: try row["office"], address: try row["address"], isOn: try row["is_on"])
        }
    }

    static func isConnected(_ office: TenantName, in region: RegionTransaction) async throws -> Bool {
        try await region.first("select from region.webhooks where office = \(office) and is_on") { _ in true }
            ?? false
    }

    /// Offices whose own systems are connected and on.
    package static func connected(in region: RegionTransaction) async throws -> Set<TenantName> {
        Set(
            try await region.rows("select office from region.webhooks where is_on") { row in
                try row["office"] as TenantName
            }
        )
    }

    /// False when there is nothing to change.
    static func connect(_ office: TenantName, address: String, isOn: Bool, in region: RegionTransaction)
        async throws -> Bool
    {
        try await region.rows(
            """
            update region.webhooks set address = \(address), is_on = \(isOn) where office = \(office)
            returning office
            """
        ) { row in try row["office"] as TenantName }.count == 1
    }

    /// Nothing is to be brought any more of a submission that was noted as handed over, in this transaction or before.
    ///
    /// False when the message is no longer there, or the note is missing.
    static func closeDelivery(_ message: UUID, in region: RegionTransaction) async throws -> Bool {
        try await region.first("select region.close_delivery(\(message)) as is_closed") { row in
            try row["is_closed"] as Bool
        } ?? false
    }

    /// What was handed in for each office (nil: for the region's desk to decide) in each month since a day.
    package static func months(since first: Day, in region: RegionTransaction) async throws
        -> [(office: TenantName?, month: Day, count: Int)]
    {
        try await region.rows(
            """
            select office, date_trunc('month', accepted_at at time zone 'Europe/Prague')::date as month,
                count(*) as submissions
            from region.submissions where id >= \(UUID.v7(at: first.start - 1)) and accepted_at >= \(first.start)
            group by office, month
            """
        ) { row in (office: try row["office"], month: try row["month"], count: try row["submissions"]) }
    }

    package static func undecidedCount(in region: RegionTransaction) async throws -> Int {
        try await region.first("select count(*) as waiting from region.submissions where office is null") {
            row in try row["waiting"] as Int
        } ?? 0
    }

    /// False when the same signed call was taken before.
    static func takeCall(_ delivery: String, of office: TenantName, in region: RegionTransaction) async throws
        -> Bool
    {
        region.run("delete from region.webhook_calls where at < clock_timestamp() - interval '1 hour'")
        return try await region.rows(
            """
            insert into region.webhook_calls (office, delivery) values (\(office), \(delivery))
            on conflict do nothing returning office
            """
        ) { row in try row["office"] as TenantName }.count == 1
    }
}
