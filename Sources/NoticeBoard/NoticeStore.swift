import Database
import Foundation
import Office

/// Every statement about notices and their files.
enum NoticeStore {
    private static let columns: SQL = """
        n.id, n.title, n.kind, n.body, n.reference_number, n.case_file_id, n.event_on,
        n.collection_code, n.revises, n.origin,
        n.posted_on, n.posted_at, n.hangs_until, n.taken_down_on, n.early_reason, n.served_before_on from tenant.notices n
        """

    /// What hangs on that day, newest first.
    static func hanging(on day: Day, in tenant: TenantTransaction) async throws -> [Notice] {
        try await tenant.rows(
            """
            select \(columns)
            where n.posted_on is not null and n.taken_down_on is null
                and (n.hangs_until is null or n.hangs_until >= \(day)) and n.posted_on <= \(day)
            order by n.posted_on desc, n.id desc limit 500
            """,
            Notice.init
        )
    }

    /// The few posted last of what hangs on that day.
    static func newest(on day: Day, rowsMax: Int, in tenant: TenantTransaction) async throws
        -> [(id: UUID, title: String, kind: NoticeKind, posted: Day)]
    {
        try await tenant.rows(
            """
            select n.id, n.title, n.kind, n.posted_on from tenant.notices n
            where n.posted_on is not null and n.taken_down_on is null
                and (n.hangs_until is null or n.hangs_until >= \(day)) and n.posted_on <= \(day)
            order by n.posted_on desc, n.id desc limit \(rowsMax)
            """
        ) { row in
            (
                id: try row["id"], title: try row["title"],
                kind: NoticeKind(rawValue: try row["kind"]) ?? .other,
                posted: try row["posted_on"]
            )
        }
    }

    /// What no longer hangs, newest first; of these kinds, or of all where none is named.
    static func archive(
        on day: Day,
        kinds: [NoticeKind] = [],
        before: (posted: Day, id: UUID)?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [Notice] {
        let wanted = kinds.map(\.rawValue)
        guard let before else {
            return try await tenant.rows(
                """
                select \(columns)
                where n.posted_on is not null and (n.taken_down_on is not null or n.hangs_until < \(day))
                    and (cardinality(\(wanted)::text[]) = 0 or n.kind = any (\(wanted)::text[]))
                order by n.posted_on desc, n.id desc limit \(rowsMax)
                """,
                Notice.init
            )
        }
        return try await tenant.rows(
            """
            select \(columns)
            where n.posted_on is not null and (n.taken_down_on is not null or n.hangs_until < \(day))
                and (cardinality(\(wanted)::text[]) = 0 or n.kind = any (\(wanted)::text[]))
                and (n.posted_on, n.id) < (\(before.posted), \(before.id))
            order by n.posted_on desc, n.id desc limit \(rowsMax)
            """,
            Notice.init
        )
    }

    /// Drafts, newest first.
    static func drafts(in tenant: TenantTransaction) async throws -> [Notice] {
        try await tenant.rows(
            """
            select \(columns) where n.posted_on is null and n.discarded_at is null
            order by n.id desc limit 100
            """,
            Notice.init
        )
    }

    static func notice(_ id: UUID, in tenant: TenantTransaction) async throws -> Notice? {
        try await tenant.first("select \(columns) where n.id = \(id) and n.discarded_at is null", Notice.init)
    }

    static func lock(_ id: UUID, in tenant: TenantTransaction) async throws -> Notice {
        guard
            let notice = try await tenant.first(
                "select \(columns) where n.id = \(id) and n.discarded_at is null for update",
                Notice.init
            )
        else { throw PlainRefusal.missing }
        return notice
    }

    /// Those whose last day has passed and whose taking down nobody has recorded.
    static func overdue(on day: Day, in tenant: TenantTransaction) async throws -> [Notice] {
        try await tenant.rows(
            """
            select \(columns) where n.posted_on is not null and n.taken_down_on is null
                and n.hangs_until < \(day) order by n.posted_on, n.id limit 100 for update skip locked
            """,
            Notice.init
        )
    }

    static func files(of notices: [UUID], in tenant: TenantTransaction) async throws -> [UUID: [AttachedFile]]
    {
        let rows = try await tenant.rows(
            """
            select notice_id, digest, name, media_type, bytes from tenant.notice_files
            where notice_id = any (\(notices)::uuid[]) order by notice_id, position
            """
        ) { row in
            (
                try row["notice_id"] as UUID,
                AttachedFile(
                    digest: try row["digest"],
                    name: try row["name"],
                    mediaType: try row["media_type"],
                    bytes: try row["bytes"]
                )
            )
        }
        return Dictionary(grouping: rows, by: \.0).mapValues { $0.map(\.1) }
    }

    static func revision(in tenant: TenantTransaction) async throws -> Int {
        try await tenant.first("select revision from tenant.board_revision") { row in
            try row["revision"] as Int
        } ?? 0
    }

    /// The instant of the last change that the public can see; nil before the first.
    static func changed(in tenant: TenantTransaction) async throws -> Date? {
        try await tenant.first(
            "select changed_at from tenant.board_revision where changed_at is not null"
        ) { row in try row["changed_at"] }
    }

    /// What was posted first to correct this one.
    static func correction(of id: UUID, in tenant: TenantTransaction) async throws -> Notice? {
        try await tenant.first(
            """
            select \(columns) where n.revises = \(id) and n.posted_on is not null
            order by n.posted_on, n.posted_at limit 1
            """,
            Notice.init
        )
    }

    // Writing

    static func draft(_ notice: NoticeDraft, id: UUID, by name: String, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.notices (id, title, kind, body, reference_number, case_file_id, event_on,
                collection_code, revises, origin, drafted_by)
            values (\(id), \(notice.title), \(notice.kind.rawValue), \(notice.body), \(notice.referenceNumber),
                \(notice.caseFileID), \(notice.event), \(notice.collectionCode), \(notice.revises),
                \(notice.origin), \(name))
            """
        )
    }

    static func change(_ id: UUID, to notice: NoticeDraft, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.notices set title = \(notice.title), kind = \(notice.kind.rawValue),
                body = \(notice.body), reference_number = \(notice.referenceNumber), event_on = \(notice.event),
                collection_code = \(notice.collectionCode)
            where id = \(id) and posted_on is null and discarded_at is null
            """
        )
    }

    static func discard(_ id: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.notices set discarded_at = clock_timestamp()
            where id = \(id) and posted_on is null and discarded_at is null
            """
        )
    }

    /// Of a draft; the database keeps the files of what was posted.
    static func leaveOut(_ digest: String, of id: UUID, in tenant: TenantTransaction) {
        tenant.require(1, "delete from tenant.notice_files where notice_id = \(id) and digest = \(digest)")
    }

    /// Which of these files the office's notices name, for the collector.
    static func named(_ digests: [String], in tenant: TenantTransaction) async throws -> Set<String> {
        Set(
            try await tenant.rows(
                "select distinct digest from tenant.notice_files where digest = any (\(digests)::text[])"
            ) { row in try row["digest"] as String }
        )
    }

    static func attach(_ file: AttachedFile, to id: UUID, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.notice_files (notice_id, position, digest, name, media_type, bytes)
            select \(id)::uuid, coalesce(max(position), -1) + 1, \(file.digest), \(file.name), \(file.mediaType),
                \(file.bytes)::bigint
            from tenant.notice_files where notice_id = \(id)::uuid
            having not bool_or(digest = \(file.digest)) is true
            """
        )
    }

    static func post(
        _ id: UUID,
        on day: Day,
        until: Day?,
        servedBefore: Day?,
        caseFile: UUID?,
        by name: String,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.notices set posted_on = \(day), posted_at = clock_timestamp(), posted_by = \(name),
                hangs_until = \(until), served_before_on = \(servedBefore), case_file_id = \(caseFile)
            where id = \(id) and posted_on is null
            """
        )
        turn(in: tenant)
    }

    static func takeDown(
        _ id: UUID,
        on day: Day,
        by name: String,
        reason: String?,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.notices set taken_down_on = \(day), taken_down_by = \(name), early_reason = \(reason)
            where id = \(id) and posted_on is not null and taken_down_on is null
            """
        )
        turn(in: tenant)
    }

    private static func turn(in tenant: TenantTransaction) {
        tenant.run(
            "update tenant.board_revision set revision = revision + 1, changed_at = clock_timestamp()"
        )
    }
}

/// A notice as it is being written.
struct NoticeDraft: Sendable {
    var title: String
    var kind: NoticeKind
    var body: String
    var referenceNumber = ""
    var caseFileID: UUID?
    var event: Day?
    var collectionCode = ""
    var revises: UUID?
    /// The other office that asks to have it posted.
    var origin: String?
}

extension Notice {
    init(row: Row) throws {
        id = try row["id"]
        title = try row["title"]
        kind = NoticeKind(rawValue: try row["kind"]) ?? .other
        body = try row["body"]
        referenceNumber = try row["reference_number"]
        caseFileID = try row["case_file_id"]
        event = try row["event_on"]
        collectionCode = try row["collection_code"]
        revises = try row["revises"]
        origin = try row["origin"]
        posted = try row["posted_on"]
        postedAt = try row["posted_at"]
        hangsUntil = try row["hangs_until"]
        takenDown = try row["taken_down_on"]
        earlyReason = try row["early_reason"]
        servedBefore = try row["served_before_on"]
    }
}
