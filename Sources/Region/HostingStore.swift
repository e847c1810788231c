package import Database
package import Foundation
import Office

/// Every statement about which offices are hosted, and about those that are being made.
package enum HostingStore {
    /// The rooms of every hosted office.
    package static func hosted(in region: RegionTransaction) async throws -> [TenantName: [String]] {
        let rows = try await region.rows("select tenant, rooms from region.tenants") { row in
            (try row["tenant"] as TenantName, try row["rooms"] as [String])
        }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Bytes of every office's schema in the database, indexes included.
    package static func sizes(in region: RegionTransaction) async throws -> [TenantName: Int] {
        let rows = try await region.rows(
            """
            select n.nspname::text as name, sum(pg_relation_size(c.oid))::bigint as bytes
            from pg_catalog.pg_namespace n join pg_catalog.pg_class c on c.relnamespace = n.oid
            where n.nspname ~ '^[mk]_[0-9]+$' and c.relkind in ('r', 'i', 't') group by n.nspname
            """
        ) { row in (TenantName(try row["name"] as String), try row["bytes"] as Int) }
        return Dictionary(rows.compactMap { row in row.0.map { ($0, row.1) } }, uniquingKeysWith: { $1 })
    }

    /// What makes an office known to the region, in the message that makes its schema.
    ///
    /// The head is invited by a message, so that an office never stands without somebody on the way to it.
    package static func furnish(_ hosting: Hosting, _ script: inout Script) throws {
        let schema = hosting.office.tenant.rawValue
        script.insert(
            into: "tenant.office",
            "code, name, kind, abbreviation, place, postcode",
            rows: [
                [
                    hosting.office.code, hosting.office.name, hosting.office.kind,
                    hosting.office.abbreviation, hosting.office.isRegion ? "" : hosting.office.name,
                    hosting.office.postcodes.first ?? "",
                ]
            ],
            schema: schema
        )
        script.insert(
            into: "region.tenants",
            "tenant, is_designated, rooms",
            rows: [[hosting.office.tenant, hosting.office.isDesignated, hosting.rooms.map(\.rawValue)]],
            schema: schema
        )
        wake(hosting.office.tenant, &script)
        if let head = hosting.head {
            let body = try JSONEncoder().encode(
                OfficeHosted(tenant: hosting.office.tenant, headEmail: head.email, headName: head.name)
            )
            script.insert(
                into: "relay.outbox",
                "id, sender, recipient, subject_id, ordinal, kind, body",
                rows: [
                    [
                        UUID.v7(), "epom_owner", "region", UUID.v7(), 1, OfficeHosted.kind,
                        String(decoding: body, as: UTF8.self),
                    ]
                ],
                schema: schema
            )
        }
        script.append("notify epom, 'offices'")
    }

    /// What makes the rooms an office adds known, in the message that makes their tables.
    package static func furnish(adding rooms: [String], to tenant: TenantName, _ script: inout Script) {
        script.append(
            statement: """
                update region.tenants set rooms = rooms || \(rooms)::text[]
                where tenant = \(tenant)
                """
        )
        wake(tenant, &script)
        script.append("notify epom, 'offices'")
    }

    /// What waited because the office had no filing room is tried again at once.
    private static func wake(_ tenant: TenantName, _ script: inout Script) {
        script.append(
            statement:
                "update relay.outbox set next_attempt_at = clock_timestamp() where recipient = \(tenant)"
        )
    }

    /// What an office takes with it when it is given up before its first number: nothing stays but its files.
    package static func strike(_ tenant: TenantName, _ script: inout Script) {
        script.append(statement: "delete from region.tenants where tenant = \(tenant)")
        script.append("notify epom, 'offices'")
    }

    // Jobs for the migrator

    package static func queue(_ job: ProvisioningJob, in region: RegionTransaction) {
        region.run(
            """
            insert into region.provisioning_jobs (id, tenant, rooms, head_email, head_name, requested_by)
            values (\(job.id), \(job.tenant), \(job.rooms), \(job.headEmail), \(job.headName), \(job.requestedBy))
            """
        )
    }

    private static let jobColumns: SQL = """
        id, tenant, rooms, head_email, head_name, requested_by, requested_at, started_at, finished_at,
        error from region.provisioning_jobs
        """

    package static func recentJobs(in region: RegionTransaction) async throws -> [ProvisioningJob] {
        try await region.rows(
            "select \(jobColumns) order by requested_at desc limit 20",
            ProvisioningJob.init
        )
    }

    static func openJob(of tenant: TenantName, in region: RegionTransaction) async throws -> ProvisioningJob?
    {
        try await region.first(
            "select \(jobColumns) where tenant = \(tenant) and finished_at is null",
            ProvisioningJob.init
        )
    }

    package static func job(_ id: UUID, in region: RegionTransaction) async throws -> ProvisioningJob? {
        try await region.first("select \(jobColumns) where id = \(id)", ProvisioningJob.init)
    }

    /// The oldest job that nobody has finished, noted as begun; one worker at a time takes them.
    package static func nextJob(on migrator: AdminConnection) async throws -> ProvisioningJob? {
        let job = try await migrator.rows(
            "select \(jobColumns) where finished_at is null order by requested_at limit 1",
            ProvisioningJob.init
        ).first
        guard let job else { return nil }
        try await migrator.change(
            "update region.provisioning_jobs set started_at = clock_timestamp() where id = \(job.id)"
        )
        return job
    }

    package static func finish(_ job: UUID, error: String?, on migrator: AdminConnection) async throws {
        _ = try await migrator.rows(
            """
            update region.provisioning_jobs set finished_at = clock_timestamp(), error = \(error)
            where id = \(job) returning id
            """
        ) { row -> UUID in try row["id"] }
    }

    /// The rooms of an office; nil when it is not hosted.
    package static func rooms(of tenant: TenantName, on migrator: AdminConnection) async throws -> [String]? {
        try await migrator.rows("select rooms from region.tenants where tenant = \(tenant)") { row in
            try row["rooms"] as [String]
        }.first
    }

    package static func isHosted(_ tenant: TenantName, on migrator: AdminConnection) async throws -> Bool {
        try await rooms(of: tenant, on: migrator) != nil
    }
}

/// An office that an administrator asked for and the migrator makes.
package struct ProvisioningJob: Sendable {
    package let id: UUID
    package let tenant: TenantName
    package let rooms: [String]
    package let headEmail: String
    package let headName: String
    package let requestedBy: UUID
    package var requestedAt = Date.distantPast
    package var startedAt: Date?
    package var finishedAt: Date?
    /// Why it could not be made, for the administrator; nil when it was.
    package var error: String?
}

extension ProvisioningJob {
    init(row: Row) throws {
        id = try row["id"]
        tenant = try row["tenant"]
        rooms = try row["rooms"]
        headEmail = try row["head_email"]
        headName = try row["head_name"]
        requestedBy = try row["requested_by"]
        requestedAt = try row["requested_at"]
        startedAt = try row["started_at"]
        finishedAt = try row["finished_at"]
        error = try row["error"]
    }
}
