package import Database
package import Foundation
import Sealing

/// Every statement about an office's transaction log.
package enum LogStore {
    /// The entries about one object, oldest first.
    package static func lines(about object: UUID, in tenant: TenantTransaction) async throws -> [LogLine] {
        try await tenant.rows(
            """
            select number, at, actor, act, object_kind, object_id, detail, link
            from tenant.log_entries where object_id = \(object) order by number
            """,
            LogLine.init
        )
    }

    /// A page of the log, newest first, before the entry `number`.
    package static func page(before number: Int?, rowsMax: Int, in tenant: TenantTransaction) async throws
        -> [LogLine]
    {
        try await tenant.rows(
            """
            select number, at, actor, act, object_kind, object_id, detail, link
            from tenant.log_entries where number < \(number ?? Int.max) order by number desc limit \(rowsMax)
            """,
            LogLine.init
        )
    }

    /// Reads the log in order, in pages, so that memory stays flat.
    static func page(after number: Int, rowsMax: Int, in tenant: TenantTransaction) async throws -> [LogLine]
    {
        try await tenant.rows(
            """
            select number, at, actor, act, object_kind, object_id, detail, link
            from tenant.log_entries where number > \(number) order by number limit \(rowsMax)
            """,
            LogLine.init
        )
    }

    static func head(in tenant: TenantTransaction) async throws -> (number: Int, link: [UInt8])? {
        try await tenant.first("select number, link from tenant.log_head") { row in
            (number: try row["number"], link: try row["link"])
        }
    }

    /// The head, and the link that the entry with this number has now; nil for one that is not there.
    static func head(seeing number: Int, in tenant: TenantTransaction) async throws -> (
        number: Int, link: [UInt8], then: [UInt8]?
    )? {
        try await tenant.first(
            """
            select h.number, h.link, e.link as then_link
            from tenant.log_head h left join tenant.log_entries e on e.number = \(number)
            """
        ) { row in (number: try row["number"], link: try row["link"], then: try row["then_link"]) }
    }
}

extension TenantTransaction {
    /// Appends the entry, in the transaction of the act; call it last before commit.
    package func record(_ entry: LogEntry) {
        run(
            """
            select tenant.record(\(entry.act), \(entry.objectKind), \(entry.objectID), \(entry.detail))
            """
        )
    }
}

extension LogLine {
    init(row: Row) throws {
        number = try row["number"]
        at = try row["at"]
        actor = try row["actor"]
        act = try row["act"]
        objectKind = try row["object_kind"]
        objectID = try row["object_id"]
        detail = try row["detail"]
        link = try row["link"]
    }

    var canonical: CanonicalBytes {
        var bytes = CanonicalBytes()
        bytes.append(number: number)
        bytes.append(number: Int((at.timeIntervalSince1970 * 1_000_000).rounded()))
        bytes.append(text: actor)
        bytes.append(text: act)
        bytes.append(text: objectKind)
        bytes.append(identifier: withUnsafeBytes(of: objectID.uuid) { Array($0) })
        bytes.append(text: detail)
        return bytes
    }
}
