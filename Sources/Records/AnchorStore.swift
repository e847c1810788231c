package import Database
package import Foundation

/// Every statement about the heads of offices' logs that the region has noted (decision 0016).
package enum AnchorStore {
    /// The last one of each of these offices.
    static func last(of offices: [TenantName], in region: RegionTransaction) async throws
        -> [TenantName: LogAnchor]
    {
        let rows = try await region.rows(
            """
            select o.name as tenant, a.number, a.link, a.noted_at
            from unnest(\(offices.map(\.rawValue))::text[]) as o (name)
            cross join lateral (
                select number, link, noted_at from region.log_anchors
                where tenant = o.name order by number desc limit 1
            ) a
            """
        ) { row in (try row["tenant"] as TenantName, try LogAnchor(row: row)) }
        return Dictionary(rows, uniquingKeysWith: { $1 })
    }

    /// All of one office, in the order of the log.
    package static func anchors(of office: TenantName, in region: RegionTransaction) async throws
        -> [LogAnchor]
    {
        try await region.rows(
            """
            select number, link, noted_at from region.log_anchors where tenant = \(office) order by number
            """,
            LogAnchor.init
        )
    }

    /// Notes a head; what another server noted at the same number stands.
    static func note(
        _ head: (number: Int, link: [UInt8]),
        of office: TenantName,
        in region: RegionTransaction
    ) {
        region.run(
            """
            insert into region.log_anchors (tenant, number, link)
            values (\(office), \(head.number), \(head.link)) on conflict do nothing
            """
        )
    }

    /// An office that was given up before its first number may be made again, and then has another log.
    package static func forget(_ office: TenantName, _ script: inout Script) {
        script.append(statement: "delete from region.log_anchors where tenant = \(office)")
    }
}

/// Where the region saw an office's log end.
package struct LogAnchor: Sendable, Equatable {
    package let number: Int
    package let link: [UInt8]
    package let notedAt: Date
}

extension LogAnchor {
    init(row: Row) throws {
        number = try row["number"]
        link = try row["link"]
        notedAt = try row["noted_at"]
    }
}
