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

    /// The sender of the name register; the same particulars are the same row.
    static func sender(_ submitter: Submitter, in tenant: TenantTransaction) -> Answer<UUID> {
        let fingerprint = [
            submitter.kind.rawValue, folded(submitter.name), submitter.birthDate?.description ?? "",
            submitter.ico ?? "", folded(submitter.address),
        ].joined(separator: "|")
        return tenant.later(
            """
            insert into tenant.senders as s (id, kind, name, birth_date, ico, address, email, phone, data_box,
                fingerprint)
            values (\(UUID.v7()), \(submitter.kind.rawValue), \(submitter.name), \(submitter.birthDate),
                \(submitter.ico), \(submitter.address), \(submitter.email ?? ""), \(submitter.phone ?? ""),
                \(submitter.dataBox ?? ""), \(fingerprint))
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
                due_law, assignee, routing, submission_id, submission_code, confirmation, confirm_by, ordinal)
            values (\(file.id), \(file.mark), \(file.title), \(file.serviceCode), \(file.regime),
                \(file.planCode), \(file.opened), \(file.due), \(file.dueLaw), \(file.assignee),
                \(file.routing), \(file.submissionID), \(file.submissionCode), \(file.confirmation),
                \(file.confirmBy), \(file.submissionID == nil ? 0 : file.confirmBy == nil ? 1 : 2))
            """
        )
    }

    static func add(_ document: NewDocument, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.documents (id, case_file_id, year, number, preceding, identifier, reference_number,
                direction, subject, sender_id, channel, received_at, kind, author, answers, searched)
            values (\(document.id), \(document.caseFileID), \(document.year), \(document.number),
                \(document.number == 1 ? nil : document.number - 1), \(document.identifier), \(document.referenceNumber), \(document.direction),
                \(document.subject), \(document.senderID), \(document.channel.rawValue),
                \(document.receivedAt), \(document.kind), \(document.author), \(document.answers),
                to_tsvector('simple', \(document.searched)))
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
        to clerk: UUID,
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

    static func confirm(_ id: UUID, by means: ConfirmationMeans, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set confirmed_by = \(means) where id = \(id) and confirmed_by is null"
        )
    }

    static func settle(_ id: UUID, on day: Day, how: String, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.case_files set settled_on = \(day), settled_how = \(how)
            where id = \(id) and settled_on is null
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

    /// The clock stands from the day a supplement was called for; nil lets it run until `due`.
    static func pause(_ id: UUID, on day: Day?, due: Day?, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set paused_on = \(day), due_on = \(due) where id = \(id)"
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

    static func dispatch(_ document: UUID, on day: Day, by means: DispatchMeans, in tenant: TenantTransaction)
    {
        tenant.require(
            1,
            """
            update tenant.documents set dispatched_on = \(day), dispatched_by = \(means.rawValue)
            where id = \(document) and direction = 'outgoing' and dispatched_on is null
            """
        )
    }

    static func deliver(_ document: UUID, on day: Day, proof: String, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.documents set delivered_on = \(day), delivery_proof = \(proof)
            where id = \(document) and dispatched_on <= \(day) and delivered_on is null
            """
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

    private static let caseColumns: SQL = """
        f.id, f.mark, f.title, f.service_code, f.regime, f.plan_code, f.opened_on, f.due_on, f.due_law,
        f.assignee, f.taken_on, f.routing, f.submission_id, f.submission_code, f.confirmation, f.confirm_by, f.confirmed_by,
        f.settled_on, f.settled_how, f.closed_on, f.paused_on, f.fee_id
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
            "select \(caseColumns) from tenant.case_files f where f.submission_id = \(submission) for update",
            CaseFile.init
        )
    }

    /// Open ones, those due first; the clerk's day.
    static func openCases(rowsMax: Int, in tenant: TenantTransaction) async throws -> [CaseFile] {
        try await tenant.rows(openQuery(rowsMax: rowsMax), CaseFile.init)
    }

    static func openQuery(rowsMax: Int) -> SQL {
        """
        select \(caseColumns) from tenant.case_files f
        where f.settled_on is null order by f.due_on, f.id limit \(rowsMax)
        """
    }

    static func documents(of caseFile: UUID, in tenant: TenantTransaction) async throws -> [Document] {
        try await tenant.rows(
            "select \(documentColumns) where d.case_file_id = \(caseFile) order by d.number",
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
        d.channel, d.received_at, d.kind, d.dispatched_on, d.dispatched_by, d.delivered_on, d.delivery_proof,
        d.answers, s.name as sender, s.address as sender_address, s.email as sender_email,
        s.data_box as sender_data_box
        from tenant.documents d left join tenant.senders s on s.id = d.sender_id
        """

    /// The register, newest first, after the number `before` of its year; one direction or both.
    static func register(
        before: (year: Int, number: Int)?,
        direction: String?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) -> Answer<RegisterLine> {
        tenant.later(
            registerQuery(before: before, direction: direction, rowsMax: rowsMax),
            RegisterLine.init
        )
    }

    /// Reads the index of numbers backwards, so it touches no more documents than it shows.
    static func registerQuery(before: (year: Int, number: Int)?, direction: String?, rowsMax: Int) -> SQL {
        let year = before?.year ?? 9999
        let number = before?.number ?? 0
        let first: SQL = "select \(lineColumns) where (d.year, d.number) < (\(year)::int, \(number)::int)"
        let last: SQL = " order by d.year desc, d.number desc limit \(rowsMax)"
        guard let direction else { return first + last }
        return first + " and d.direction = \(direction)" + last
    }

    /// Documents whose words begin with those of the query, newest first, after the number `before` of its year.
    static func search(
        _ query: String,
        before: (year: Int, number: Int)? = nil,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [RegisterLine] {
        try await tenant.rows(searchQuery(query, before: before, rowsMax: rowsMax), RegisterLine.init)
    }

    /// What is found by the index of words is numbered first; only what is shown is looked up.
    static func searchQuery(_ query: String, before: (year: Int, number: Int)?, rowsMax: Int) -> SQL {
        let year = before?.year ?? 9999
        let number = before?.number ?? 0
        return """
            with found as materialized (
                select id from (
                    select f.id, f.year, f.number from tenant.documents f
                    where f.searched @@ to_tsquery('simple', \(query)) offset 0
                ) numbered
                where (year, number) < (\(year)::int, \(number)::int)
                order by year desc, number desc limit \(rowsMax)
            )
            select \(lineColumns) join found on found.id = d.id
            order by d.year desc, d.number desc
            """
    }

    private static let lineColumns: SQL = """
        d.case_file_id, d.year, d.number, d.reference_number, d.direction, d.subject, d.channel, d.received_at,
        d.kind, s.name as sender, f.settled_on is not null as is_settled
        from tenant.documents d
        join tenant.case_files f on f.id = d.case_file_id
        left join tenant.senders s on s.id = d.sender_id
        """
}
