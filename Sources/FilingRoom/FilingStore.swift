import Database
import Foundation
import Office

/// Every statement about case files, documents, senders and the register's numbers.
enum FilingStore {
    // Numbers

    /// The next number of the year's register; locks the counter until commit, so that there is no gap.
    static func nextNumber(_ year: Int, in tenant: TenantTransaction) -> Answer<Int> {
        tenant.later(
            """
            insert into tenant.register_counters as c (year, last) values (\(year), 1)
            on conflict (year) do update set last = c.last + 1
            returning last
            """
        ) { row in try row["last"] }
    }

    // Writing

    /// Two are one person only when more than the name says so.
    ///
    /// Without a birth date and a company number the contacts must be the same too, or an answer would go to a namesake;
    /// a name alone joins nobody.
    static func fingerprint(of submitter: Submitter) -> String {
        let known = [submitter.birthDate?.description ?? "", submitter.ico ?? ""]
        var parts = [submitter.kind.rawValue, folded(submitter.name)] + known + [folded(submitter.address)]
        if known.allSatisfy(\.isEmpty) {
            let contacts = [submitter.email, submitter.phone, submitter.dataBox].map { folded($0 ?? "") }
            parts += contacts
            if (contacts + [submitter.address]).allSatisfy(\.isEmpty) { parts.append(UUID.v7().uuidString) }
        }
        return parts.joined(separator: "|")
    }

    /// The sender of the name register; the same particulars are the same row.
    static func sender(_ submitter: Submitter, in tenant: TenantTransaction) -> Answer<UUID> {
        let fingerprint = fingerprint(of: submitter)
        return tenant.later(
            """
            insert into tenant.senders as s (id, kind, name, birth_date, ico, address, email, phone, data_box,
                fingerprint, searched)
            values (\(UUID.v7()), \(submitter.kind.rawValue), \(submitter.name), \(submitter.birthDate),
                \(submitter.ico), \(submitter.address), \(submitter.email ?? ""), \(submitter.phone ?? ""),
                \(submitter.dataBox ?? ""), \(fingerprint),
                to_tsvector('simple', \(searchable(submitter.name, submitter.ico ?? ""))))
            on conflict (fingerprint) do update set
                email = coalesce(nullif(excluded.email, ''), s.email),
                phone = coalesce(nullif(excluded.phone, ''), s.phone),
                data_box = coalesce(nullif(excluded.data_box, ''), s.data_box)
            returning id
            """
        ) { row in try row["id"] }
    }

    static func open(_ file: NewCaseFile, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.case_files (id, mark, title, service_code, regime, plan_code, opened_on, due_on,
                due_law, assignee, routing, submission_id, submission_code, confirmation, confirm_by, hop,
                referred_from, ordinal)
            values (\(file.id), \(file.mark), \(file.title), \(file.serviceCode), \(file.regime),
                \(file.planCode), \(file.opened), \(file.due), \(file.dueLaw), \(file.assignee),
                \(file.routing), \(file.submissionID), \(file.submissionCode), \(file.confirmation),
                \(file.confirmBy), \(file.hop), \(file.referredFrom),
                \(file.submissionID == nil ? 0 : file.hop * 1000 + (file.confirmBy == nil ? 1 : 2)))
            """
        )
    }

    static func add(_ document: NewDocument, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.documents (id, case_file_id, year, number, preceding, identifier, reference_number,
                direction, subject, sender_id, channel, received_at, kind, author, answers, sheets, paper_attachments,
                other_attachments, sender_reference, is_secret, searched)
            values (\(document.id), \(document.caseFileID), \(document.year), \(document.number),
                \(document.number == 1 ? nil : document.number - 1), \(document.identifier), \(document.referenceNumber), \(document.direction),
                \(document.subject), \(document.senderID), \(document.channel.rawValue),
                \(document.receivedAt), \(document.kind), \(document.author), \(document.answers),
                \(document.stamp.sheets), \(document.stamp.paperAttachments), \(document.stamp.otherAttachments),
                \(document.stamp.senderReference), \(document.isSecret), to_tsvector('simple', \(document.searched)))
            """
        )
        for (position, file) in document.files.enumerated() {
            tenant.run(
                """
                insert into tenant.components (document_id, position, digest, name, media_type, bytes)
                values (\(document.id), \(position), \(file.digest), \(file.name), \(file.mediaType),
                    \(file.bytes))
                """
            )
        }
    }

    /// `taken` is nil when the new clerk has yet to take it over.
    static func assign(
        _ id: UUID,
        to clerk: UUID?,
        taken: Day?,
        routing: String,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.case_files set assignee = \(clerk), taken_on = \(taken), routing = \(routing)
            where id = \(id) and settled_on is null
            """
        )
    }

    static func confirm(
        _ id: UUID,
        by means: ConfirmationMeans,
        on day: Day,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.case_files set confirmed_by = \(means), confirmed_on = \(day)
            where id = \(id) and confirmed_by is null
            """
        )
    }

    /// Only under a regime that knows the way, whoever asks.
    static func settle(_ id: UUID, on day: Day, by way: SettlingWay, in tenant: TenantTransaction) {
        let regimes = Regime.allCases.filter {
            way == .referred || SettlingRule.of($0).ways.contains(way)
        }
        tenant.require(
            1,
            """
            update tenant.case_files set settled_on = \(day), settled_how = \(way.czech)
            where id = \(id) and settled_on is null
                and regime = any (string_to_array(\(regimes.map(\.rawValue).joined(separator: " ")), ' '))
            """
        )
    }

    /// Nobody confirmed it: it is as if nothing had come.
    static func lapse(_ id: UUID, on day: Day, record: String, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.case_files set settled_on = \(day), settled_how = \(record)
            where id = \(id) and settled_on is null and confirmed_by is null
            """
        )
    }

    static func close(_ id: UUID, on day: Day, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.case_files set closed_on = \(day)
            where id = \(id) and closed_on is null and settled_on is not null
            """
        )
    }

    /// The clock stands from the day a supplement was called for.
    static func pause(_ id: UUID, on day: Day, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set paused_on = \(day) where id = \(id) and paused_on is null"
        )
    }

    static func resume(_ id: UUID, pausedDays: Int, due: Day?, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.case_files set paused_on = null, paused_days = \(pausedDays), due_on = \(due)
            where id = \(id) and paused_on is not null
            """
        )
    }

    static func extend(_ id: UUID, _ extended: ExtendedClock, on day: Day, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.case_files set extended_on = \(day), extended_days = \(extended.days),
                extended_why = \(extended.why), due_on = \(extended.due)
            where id = \(id) and extended_on is null
            """
        )
    }

    /// Under another law: its clock begins anew from the day the matter came; what is secret follows.
    ///
    /// What came by hand unsigned waits no longer for a confirmation where that law asks none.
    static func reclassify(
        _ id: UUID,
        as regime: Regime,
        due: Day?,
        dueLaw: String,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.case_files set regime = \(regime), due_on = \(due), due_law = \(dueLaw),
                extended_on = null, extended_days = 0, extended_why = '',
                confirm_by = case when submission_id is null and confirmed_by is null
                    and not \(regime.asksConfirmation) then null else confirm_by end
            where id = \(id)
            """
        )
        tenant.run(
            "update tenant.documents set is_secret = \(regime == .tax) where case_file_id = \(id)"
        )
    }

    static func rename(_ id: UUID, to title: String, in tenant: TenantTransaction) {
        tenant.require(1, "update tenant.case_files set title = \(title) where id = \(id)")
    }

    static func refer(_ id: UUID, to office: String, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set referred_to = \(office) where id = \(id) and referred_to is null"
        )
    }

    static func move(_ document: UUID, to file: CaseFile, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.documents set case_file_id = \(file.id), is_secret = \(file.regime == .tax)
            where id = \(document)
            """
        )
    }

    static func note(fee: UUID, of id: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set fee_id = \(fee) where id = \(id) and fee_id is null"
        )
    }

    static func setPlan(_ code: String, of id: UUID, in tenant: TenantTransaction) {
        tenant.require(1, "update tenant.case_files set plan_code = \(code) where id = \(id)")
    }

    /// Only a settled file that is closed; what stands in it stays as it was.
    static func reopen(_ id: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set closed_on = null where id = \(id) and closed_on is not null"
        )
    }

    /// The prescription was cancelled: another may follow.
    static func forgetFee(of id: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set fee_id = null where id = \(id) and fee_id is not null"
        )
    }

    /// The place of the next message about the case's submission in their order.
    static func nextOrdinal(of id: UUID, in tenant: TenantTransaction) async throws -> Int {
        let next = try await tenant.first(
            "update tenant.case_files set ordinal = ordinal + 1 where id = \(id) returning ordinal"
        ) { row in try row["ordinal"] as Int }
        guard let next else { throw PlainRefusal.missing }
        return next
    }

    // Reading

    static let caseColumns: SQL = """
        f.id, f.mark, f.title, f.service_code, f.regime, f.plan_code, f.opened_on, f.due_on, f.due_law,
        f.assignee, f.taken_on, f.routing, f.submission_id, f.submission_code, f.confirmation, f.confirm_by, f.confirmed_by,
        f.confirmed_on, f.settled_on, f.settled_how, f.closed_on, f.paused_on, f.paused_days, f.extended_on, f.extended_days,
        f.extended_why, f.hop, f.referred_from, f.referred_to, f.fee_id
        """

    /// Locks the case file, so that two clerks do not act on it at once.
    static func lock(_ id: UUID, in tenant: TenantTransaction) async throws -> CaseFile {
        let found = try await tenant.first(
            "select \(caseColumns) from tenant.case_files f where f.id = \(id) for update",
            CaseFile.init
        )
        guard let found else { throw PlainRefusal.missing }
        return found
    }

    static func caseFile(_ id: UUID, in tenant: TenantTransaction) async throws -> CaseFile? {
        try await tenant.first(
            "select \(caseColumns) from tenant.case_files f where f.id = \(id)",
            CaseFile.init
        )
    }

    static func caseFile(submission: UUID, in tenant: TenantTransaction) async throws -> CaseFile? {
        try await tenant.first(
            """
            select \(caseColumns) from tenant.case_files f where f.submission_id = \(submission)
            order by f.hop desc limit 1 for update
            """,
            CaseFile.init
        )
    }

    /// By its mark, or by its number alone: `S-OBEC 12/2026`, `12/2026`.
    static func caseFile(marked mark: String, of abbreviation: String, in tenant: TenantTransaction)
        async throws -> CaseFile?
    {
        try await tenant.first(
            """
            select \(caseColumns) from tenant.case_files f
            where f.mark in (\(mark), 'S-' || \(abbreviation)::text || ' ' || \(mark)::text) for update
            """,
            CaseFile.init
        )
    }

    /// The open case file of the document with this number; nil for a tax file, which is not for the board (§ 52 DŘ).
    static func openCase(
        of referenceNumber: String,
        _ number: Int,
        _ year: Int,
        in tenant: TenantTransaction
    ) async throws -> UUID? {
        try await tenant.first(
            """
            select f.id from tenant.documents d join tenant.case_files f on f.id = d.case_file_id
            where d.year = \(year) and d.number = \(number)
                and lower(d.reference_number) = lower(\(referenceNumber)::text)
                and not d.is_secret and f.closed_on is null
            """
        ) { row in try row["id"] }
    }

    static func documents(of caseFile: UUID, in tenant: TenantTransaction) async throws -> [Document] {
        try await tenant.rows(
            "select \(documentColumns) where d.case_file_id = \(caseFile) order by d.year, d.number",
            Document.init
        )
    }

    static func document(_ id: UUID, in tenant: TenantTransaction) async throws -> Document? {
        try await tenant.first("select \(documentColumns) where d.id = \(id)", Document.init)
    }

    static func components(of documents: [UUID], in tenant: TenantTransaction) async throws -> [Component] {
        try await tenant.rows(
            """
            select document_id, digest, name, media_type, bytes from tenant.components
            where document_id = any (\(documents)::uuid[]) order by document_id, position
            """
        ) { row in
            Component(
                documentID: try row["document_id"],
                file: AttachedFile(
                    digest: try row["digest"],
                    name: try row["name"],
                    mediaType: try row["media_type"],
                    bytes: try row["bytes"]
                )
            )
        }
    }

    private static let documentColumns: SQL = """
        d.id, d.case_file_id, d.year, d.number, d.identifier, d.reference_number, d.direction, d.subject,
        d.channel, d.received_at, d.kind, d.dispatched_on, d.dispatched_by, d.delivered_on, d.delivered_by,
        d.delivery_proof, d.notice_id, d.returned_on, d.returned_why, d.sheets, d.paper_attachments,
        d.other_attachments, d.sender_reference, d.is_secret, d.answers, d.cancelled_on, d.final_on, d.final_by,
        d.final_proof, coalesce(d.issued_on, d.dispatched_on) as issued_on, d.sent_to, d.abandoned_on, d.abandoned_why,
        d.sender_id, s.name as sender,
        s.kind as sender_kind, s.birth_date as sender_birth_date, s.ico as sender_ico, s.address as sender_address, s.email as sender_email,
        s.data_box as sender_data_box
        from tenant.documents d left join tenant.senders s on s.id = d.sender_id
        """

    /// What the board serves by this notice.
    static func document(servedBy notice: UUID, in tenant: TenantTransaction) async throws -> Document? {
        try await tenant.first("select \(documentColumns) where d.notice_id = \(notice)", Document.init)
    }
}
