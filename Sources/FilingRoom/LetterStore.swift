import Database
import Foundation
import Office

/// What becomes of the office's own documents: drafted, made out, sent, delivered, in force, or taken back.
enum LetterStore {
    /// Sent out on its day; what came back may go out once more, also elsewhere.
    static func dispatch(
        _ document: UUID,
        on day: Day,
        by means: DispatchMeans,
        to address: String?,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.documents set dispatched_on = \(day), dispatched_by = \(means.rawValue),
                sent_to = \(address), returned_on = null, returned_why = '', notice_id = null,
                issued_on = coalesce(issued_on, dispatched_on, \(day))
            where id = \(document) and direction = 'outgoing'
                and (dispatched_on is null or returned_on is not null) and cancelled_on is null
                and abandoned_on is null
            """
        )
    }

    /// It reached nobody and goes out no more.
    static func abandon(_ document: UUID, on day: Day, why: String, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.documents set abandoned_on = \(day), abandoned_why = \(why)
            where id = \(document) and direction = 'outgoing'
                and (dispatched_on is null or returned_on is not null) and cancelled_on is null
                and abandoned_on is null
            """
        )
    }

    /// Drafted for the board: dispatched when it is posted, not before.
    static func hang(_ notice: UUID, of document: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.documents set notice_id = \(notice), issued_on = coalesce(issued_on, dispatched_on),
                dispatched_on = null,
                dispatched_by = \(DispatchMeans.publicNotice.rawValue), sent_to = null, returned_on = null,
                returned_why = ''
            where id = \(document) and direction = 'outgoing'
                and (dispatched_on is null or returned_on is not null) and cancelled_on is null
                and abandoned_on is null
            """
        )
    }

    /// Of what came: a notice shows it to everybody; that serves nobody here.
    static func show(_ notice: UUID, of document: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.documents set notice_id = \(notice) where id = \(document) and direction = 'incoming'"
        )
    }

    /// Its draft was thrown away, or it was posted as what serves nobody: it waits to be sent once more.
    ///
    /// Nothing where the board did not serve it.
    static func unhang(_ notice: UUID, in tenant: TenantTransaction) {
        tenant.run(
            """
            update tenant.documents set notice_id = null, dispatched_by = null
            where notice_id = \(notice) and dispatched_on is null and cancelled_on is null and exists (
                select from tenant.case_files f where f.id = case_file_id and f.closed_on is null
            )
            """
        )
    }

    static func posted(_ document: UUID, on day: Day, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.documents set dispatched_on = \(day), issued_on = coalesce(issued_on, dispatched_on, \(day))
            where id = \(document)
            """
        )
    }

    static func deliver(
        _ document: UUID,
        on day: Day,
        by way: DeliveryWay,
        proof: String,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.documents set delivered_on = \(day), delivered_by = \(way.rawValue),
                delivery_proof = \(proof)
            where id = \(document) and dispatched_on <= \(day) and delivered_on is null
                and returned_on is null
            """
        )
    }

    static func comeBack(_ document: UUID, on day: Day, why: String, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.documents set returned_on = \(day), returned_why = \(why)
            where id = \(document) and dispatched_on <= \(day) and delivered_on is null
                and returned_on is null
            """
        )
    }

    /// Taken back before it went out: its number stays used.
    static func cancel(_ document: UUID, on day: Day, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.documents set cancelled_on = \(day), notice_id = null, dispatched_by = null
            where id = \(document) and direction = 'outgoing' and dispatched_on is null and cancelled_on is null
            """
        )
    }

    static func noteForce(
        _ document: UUID,
        from day: Day,
        by ground: ForceGround,
        proof: String?,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.documents set final_on = \(day), final_by = \(ground.rawValue), final_proof = \(proof)
            where id = \(document) and delivered_on <= \(day) and final_on is null
            """
        )
    }

    // The reply that is being written

    static func keep(_ draft: Registry.Reply, of caseFile: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.case_files set draft_kind = \(draft.kind.rawValue), draft_subject = \(draft.subject),
                draft_text = \(draft.text)
            where id = \(caseFile)
            """
        )
    }

    static func dropDraft(of caseFile: UUID, in tenant: TenantTransaction) {
        tenant.run(
            """
            update tenant.case_files set draft_kind = null, draft_subject = null, draft_text = null
            where id = \(caseFile) and draft_kind is not null
            """
        )
    }

    static func draft(of caseFile: UUID, in tenant: TenantTransaction) async throws -> Registry.Reply? {
        try await tenant.first(
            """
            select draft_kind, draft_subject, draft_text from tenant.case_files
            where id = \(caseFile) and draft_kind is not null
            """
        ) { row in
            Registry.Reply(
                kind: ReplyKind(rawValue: try row["draft_kind"]) ?? .notice,
                subject: try row["draft_subject"],
                text: try row["draft_text"]
            )
        }
    }
}
