import Database
import Foundation
import Office

/// Every statement about what of a case file hangs on the board.
enum PostingStore {
    /// Posted, and once more when it was taken down.
    static func note(_ posting: PostingNote, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.case_postings (notice_id, case_file_id, title, posted_on, taken_down_on, early_reason)
            values (\(posting.noticeID), \(posting.caseFileID), \(posting.title), \(posting.posted),
                \(posting.takenDown), \(posting.earlyReason))
            on conflict (notice_id) do update set taken_down_on = excluded.taken_down_on,
                early_reason = excluded.early_reason
            """
        )
    }

    static func postings(of id: UUID, in tenant: TenantTransaction) async throws -> [PostingNote] {
        try await tenant.rows(
            """
            select notice_id, case_file_id, title, posted_on, taken_down_on, early_reason
            from tenant.case_postings where case_file_id = \(id) order by posted_on
            """
        ) { row in
            PostingNote(
                noticeID: try row["notice_id"],
                caseFileID: try row["case_file_id"],
                title: try row["title"],
                posted: try row["posted_on"],
                takenDown: try row["taken_down_on"],
                earlyReason: try row["early_reason"]
            )
        }
    }

    /// Those of the case files of which something hangs.
    static func hanging(of cases: [UUID], in tenant: TenantTransaction) async throws -> [UUID] {
        try await tenant.rows(
            """
            select distinct case_file_id from tenant.case_postings
            where case_file_id = any (\(cases)::uuid[]) and taken_down_on is null
            """
        ) { row in try row["case_file_id"] }
    }
}
