import Database
import Foundation
import Office
import Records

/// Every statement about case files and their notes.
enum CaseFileStore {
    static func open(
        _ file: CaseFile,
        year: Int,
        number: Int,
        reportsSent: Int,
        in tenant: TenantTransaction
    ) {
        tenant.run(
            """
            insert into tenant.case_files (id, year, number, reference, title, service_code, service_name, regime,
                filing_class, party_id, party_name, reference_number, reached_at, desk_code, assignee_id,
                assigned_why, due_on, confirm_by, submission_id, submission_code, explanation, reports_sent)
            values (\(file.id), \(year), \(number), \(file.reference), \(file.title), \(file.serviceCode),
                \(file.serviceName), \(file.regime), \(file.filingClass), \(file.partyID), \(file.partyName),
                \(file.referenceNumber), \(file.reachedAt), \(file.deskCode), \(file.assignee),
                \(file.assignedWhy), \(file.due), \(file.confirmBy), \(file.submissionID),
                \(file.submissionCode), \(file.explanation), \(reportsSent))
            """
        )
    }

    static func caseFile(_ id: UUID, in tenant: TenantTransaction) async throws -> CaseFile? {
        try await tenant.first(
            """
            select id, reference, title, service_code, service_name, regime, filing_class, party_id, party_name,
                reference_number, reached_at, state, desk_code, assignee_id, assigned_why, taken_at, due_on,
                supplement_by, confirm_by, confirmed_by, confirmed_at, settled_at, settled_how, settled_note,
                closed_at, submission_id, submission_code, explanation, fee_id
            from tenant.case_files where id = \(id)
            """,
            CaseFile.init
        )
    }

    /// The same, and nobody changes it until this transaction ends.
    static func locked(_ id: UUID, in tenant: TenantTransaction) async throws -> CaseFile {
        let found = try await tenant.first(
            """
            select id, reference, title, service_code, service_name, regime, filing_class, party_id, party_name,
                reference_number, reached_at, state, desk_code, assignee_id, assigned_why, taken_at, due_on,
                supplement_by, confirm_by, confirmed_by, confirmed_at, settled_at, settled_how, settled_note,
                closed_at, submission_id, submission_code, explanation, fee_id
            from tenant.case_files where id = \(id) for update
            """,
            CaseFile.init
        )
        guard let found else { throw PlainRefusal.missing }
        if found.state == .closed { throw FilingRefusal.closed }
        return found
    }

    static func id(ofSubmission submission: UUID, in tenant: TenantTransaction) async throws -> UUID? {
        try await tenant.first("select id from tenant.case_files where submission_id = \(submission)") {
            row in
            try row["id"]
        }
    }

    // Acts; the file was locked in the same transaction

    static func assign(
        _ id: UUID,
        desk: String,
        to clerk: UUID?,
        why: String,
        isTaken: Bool,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.case_files set desk_code = \(desk), assignee_id = \(clerk), assigned_why = \(why),
                taken_at = case when \(isTaken) then clock_timestamp() end
            where id = \(id)
            """
        )
    }

    static func describe(
        _ id: UUID,
        title: String,
        regime: Regime,
        filingClass: String?,
        due: Day?,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.case_files set title = \(title), regime = \(regime), filing_class = \(filingClass),
                due_on = \(due)
            where id = \(id)
            """
        )
    }

    static func confirm(
        _ id: UUID,
        by means: ConfirmationMeans,
        at instant: Date,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.case_files set confirmed_by = \(means), confirmed_at = \(instant) where id = \(id)
            """
        )
    }

    /// The clock stands while the person supplements the submission; it runs again when the day is nil.
    static func awaitSupplement(_ id: UUID, until day: Day?, due: Day?, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set supplement_by = \(day), due_on = \(due) where id = \(id)"
        )
    }

    static func settle(
        _ id: UUID,
        how: Settlement,
        note: String,
        filingClass: String?,
        at instant: Date,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.case_files set state = 'settled', settled_at = \(instant), settled_how = \(how),
                settled_note = \(note), filing_class = coalesce(\(filingClass), filing_class),
                supplement_by = null
            where id = \(id)
            """
        )
    }

    static func close(_ id: UUID, at instant: Date, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.case_files set state = 'closed', closed_at = \(instant) where id = \(id)"
        )
    }

    static func noteFee(_ fee: UUID, of id: UUID, in tenant: TenantTransaction) {
        tenant.require(1, "update tenant.case_files set fee_id = \(fee) where id = \(id)")
    }

    /// Takes the next ordinal of what is told to the region about this submission.
    static func nextReport(of id: UUID, in tenant: TenantTransaction) async throws -> Int {
        let ordinal = try await tenant.first(
            """
            update tenant.case_files set reports_sent = reports_sent + 1 where id = \(id) returning reports_sent
            """
        ) { row in try row["reports_sent"] as Int }
        guard let ordinal else { throw PlainRefusal.missing }
        return ordinal
    }

    // Notes

    static func add(_ note: CaseNote, to id: UUID, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.case_notes (id, case_file_id, author, text, notice_id, posted_on, taken_down_on)
            values (\(note.id), \(id), \(note.author), \(note.text), \(note.noticeID), \(note.posted),
                \(note.takenDown))
            """
        )
    }

    static func notes(of id: UUID, in tenant: TenantTransaction) async throws -> [CaseNote] {
        try await tenant.rows(
            """
            select id, at, author, text, notice_id, posted_on, taken_down_on from tenant.case_notes
            where case_file_id = \(id) order by at limit 500
            """
        ) { row in
            CaseNote(
                id: try row["id"],
                at: try row["at"],
                author: try row["author"],
                text: try row["text"],
                noticeID: try row["notice_id"],
                posted: try row["posted_on"],
                takenDown: try row["taken_down_on"]
            )
        }
    }

    // Lists

    /// Everything unfinished, terms that run out first in front; an office's own work, so it is little.
    static func unfinished(_ state: CaseState, rowsMax: Int, in tenant: TenantTransaction) async throws
        -> [CaseLine]
    {
        try await tenant.rows(
            """
            select id, year, number, reference, title, party_name, reference_number, state, desk_code,
                assignee_id, taken_at, reached_at, due_on, supplement_by, confirm_by, confirmed_by
            from tenant.case_files
            where state <> 'closed' and state = \(state) order by due_on limit \(rowsMax)
            """,
            CaseLine.init
        )
    }

    /// A page of all case files, newest first.
    static func page(
        after place: RegisterPlace?,
        state: CaseState?,
        assignee: UUID?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [CaseLine] {
        try await tenant.rows(
            """
            select id, year, number, reference, title, party_name, reference_number, state, desk_code,
                assignee_id, taken_at, reached_at, due_on, supplement_by, confirm_by, confirmed_by
            from tenant.case_files
            where (year, number) < (\(place?.year ?? 10_000)::int, \(place?.number ?? 1)::int)
                and (\(state)::text is null or state = \(state)::text)
                and (\(assignee)::uuid is null or assignee_id = \(assignee)::uuid)
            order by year desc, number desc limit \(rowsMax)
            """,
            CaseLine.init
        )
    }

    /// The newest case files of one person of the name register.
    static func files(of party: UUID, named name: String, rowsMax: Int, in tenant: TenantTransaction)
        async throws
        -> [CaseLine]
    {
        try await tenant.rows(
            """
            select id, year, number, reference, title, party_name, reference_number, state, desk_code,
                assignee_id, taken_at, reached_at, due_on, supplement_by, confirm_by, confirmed_by
            from tenant.case_files where party_id = \(party) order by year desc, number desc limit \(rowsMax)
            """,
            CaseLine.init
        )
    }
}

extension CaseLine {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"],
            year: try row["year"],
            number: try row["number"],
            reference: try row["reference"],
            title: try row["title"],
            partyName: try row["party_name"],
            referenceNumber: try row["reference_number"],
            state: try row["state"],
            deskCode: try row["desk_code"],
            assignee: try row["assignee_id"],
            takenAt: try row["taken_at"],
            reachedAt: try row["reached_at"],
            due: try row["due_on"],
            supplementBy: try row["supplement_by"],
            confirmBy: try row["confirm_by"],
            isConfirmed: try row["confirmed_by"] as ConfirmationMeans? != nil
        )
    }
}

extension CaseFile {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"],
            reference: try row["reference"],
            title: try row["title"],
            serviceCode: try row["service_code"],
            serviceName: try row["service_name"],
            regime: try row["regime"],
            filingClass: try row["filing_class"],
            partyID: try row["party_id"],
            partyName: try row["party_name"],
            referenceNumber: try row["reference_number"],
            reachedAt: try row["reached_at"],
            state: try row["state"],
            deskCode: try row["desk_code"],
            assignee: try row["assignee_id"],
            assignedWhy: try row["assigned_why"],
            takenAt: try row["taken_at"],
            due: try row["due_on"],
            supplementBy: try row["supplement_by"],
            confirmBy: try row["confirm_by"],
            confirmedBy: try row["confirmed_by"],
            confirmedAt: try row["confirmed_at"],
            settledAt: try row["settled_at"],
            settledHow: try row["settled_how"],
            settledNote: try row["settled_note"],
            closedAt: try row["closed_at"],
            submissionID: try row["submission_id"],
            submissionCode: try row["submission_code"],
            explanation: try row["explanation"],
            feeID: try row["fee_id"]
        )
    }
}
