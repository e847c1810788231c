import Database
import Foundation
import Office

/// Every statement about replies.
enum ReplyStore {
    static func write(_ reply: Reply, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.replies (id, case_file_id, kind, title, body, party_id, author_id, supplement_days)
            values (\(reply.id), \(reply.caseFileID), \(reply.kind), \(reply.title), \(reply.body),
                \(reply.partyID), \(reply.author), \(reply.supplementDays))
            """
        )
    }

    static func rewrite(_ reply: Reply, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.replies set kind = \(reply.kind), title = \(reply.title), body = \(reply.body),
                author_id = \(reply.author), supplement_days = \(reply.supplementDays),
                written_at = clock_timestamp()
            where id = \(reply.id) and state = 'draft'
            """
        )
    }

    static func discard(_ id: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            "update tenant.replies set state = 'discarded' where id = \(id) and state = 'draft'"
        )
    }

    static func makeOut(_ id: UUID, as document: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.replies set state = 'made', document_id = \(document)
            where id = \(id) and state = 'draft'
            """
        )
    }

    static func dispatch(_ id: UUID, by means: DispatchMeans, on day: Day, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.replies set state = 'dispatched', dispatched_by = \(means), dispatched_on = \(day)
            where id = \(id) and state = 'made'
            """
        )
    }

    static func deliver(
        _ id: UUID,
        on day: Day,
        isReturned: Bool,
        proof: String,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.replies set state = case when \(isReturned) then 'returned' else 'delivered' end,
                delivered_on = \(day), proof = \(proof)
            where id = \(id) and state = 'dispatched'
            """
        )
    }

    static func reply(_ id: UUID, in tenant: TenantTransaction) async throws -> Reply {
        let found = try await tenant.first(
            """
            select id, case_file_id, kind, title, body, party_id, author_id, state, supplement_days, document_id,
                dispatched_on, dispatched_by, delivered_on, proof
            from tenant.replies where id = \(id) and state <> 'discarded'
            """,
            Reply.init
        )
        guard let found else { throw PlainRefusal.missing }
        return found
    }

    static func replies(of caseFile: UUID, in tenant: TenantTransaction) async throws -> [Reply] {
        try await tenant.rows(
            """
            select id, case_file_id, kind, title, body, party_id, author_id, state, supplement_days, document_id,
                dispatched_on, dispatched_by, delivered_on, proof
            from tenant.replies where case_file_id = \(caseFile) and state <> 'discarded'
            order by written_at limit 200
            """,
            Reply.init
        )
    }
}

extension Reply {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"],
            caseFileID: try row["case_file_id"],
            kind: try row["kind"],
            title: try row["title"],
            body: try row["body"],
            partyID: try row["party_id"],
            author: try row["author_id"],
            state: try row["state"],
            supplementDays: try row["supplement_days"],
            documentID: try row["document_id"],
            dispatched: try row["dispatched_on"],
            dispatchedBy: try row["dispatched_by"],
            delivered: try row["delivered_on"],
            proof: try row["proof"]
        )
    }
}
