package import Database
package import Foundation
import Office

/// Every statement about the register of offices and about what is hosted.
package enum RegisterStore {
    private static let columns: SQL = """
        o.tenant, o.code, o.kind, o.name, o.slug, o.orp_code, o.orp_name, o.pou_code, o.pou_name, o.district,
        o.population, o.postcodes, o.is_orp, o.is_pou, o.has_registry_office, o.has_building_office,
        o.is_designated, t.rooms
        from region.offices o left join region.tenants t on t.tenant = o.tenant
        """

    package static func all(in region: RegionTransaction) async throws -> [RegisteredOffice] {
        try await region.rows(
            #"select \#(columns) order by o.name collate "cs-CZ-x-icu", o.tenant"#,
            RegisteredOffice.init
        )
    }

    package static func office(code: String, in region: RegionTransaction) async throws -> RegisteredOffice? {
        try await region.first("select \(columns) where o.code = \(code)", RegisteredOffice.init)
    }

    package static func office(slug: String, in region: RegionTransaction) async throws -> RegisteredOffice? {
        try await region.first("select \(columns) where o.slug = \(slug)", RegisteredOffice.init)
    }

    package static func parts(of tenant: TenantName, in region: RegionTransaction) async throws
        -> [MunicipalPart]
    {
        try await region.rows(
            """
            select code, tenant, name, postcode from region.parts where tenant = \(tenant)
            order by name collate "cs-CZ-x-icu", code
            """,
            MunicipalPart.init
        )
    }

    package static func allParts(in region: RegionTransaction) async throws -> [MunicipalPart] {
        try await region.rows("select code, tenant, name, postcode from region.parts", MunicipalPart.init)
    }

    /// The last migration of every folder of every schema of the cell.
    package static func heads(in region: RegionTransaction) async throws -> [MigrationHead] {
        try await region.rows(
            "select schema_name, folder, max(number) as head from cell.migrations group by schema_name, folder"
        ) { row in
            MigrationHead(schema: try row["schema_name"], folder: try row["folder"], head: try row["head"])
        }
    }

    package static func logins(in region: RegionTransaction) async throws -> [(
        tenant: TenantName, shard: Int
    )] {
        try await region.rows("select tenant, shard from cell.logins") { row in
            (tenant: try row["tenant"], shard: try row["shard"])
        }
    }

    package static func confirmOffices(
        registry: Bool,
        building: Bool,
        of tenant: TenantName,
        in region: RegionTransaction
    ) {
        region.require(
            1,
            """
            update region.offices set has_registry_office = \(registry), has_building_office = \(building)
            where tenant = \(tenant)
            """
        )
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

    package static func jobs(rowsMax: Int, in region: RegionTransaction) async throws -> [ProvisioningJob] {
        try await region.rows(
            """
            select id, tenant, rooms, head_email, head_name, requested_by, finished_at, error
            from region.provisioning_jobs order by requested_at desc limit \(rowsMax)
            """,
            ProvisioningJob.init
        )
    }

    package static func job(_ id: UUID, in region: RegionTransaction) async throws -> ProvisioningJob? {
        try await region.first(
            """
            select id, tenant, rooms, head_email, head_name, requested_by, finished_at, error
            from region.provisioning_jobs where id = \(id)
            """,
            ProvisioningJob.init
        )
    }
}

/// A part of a municipality (část obce) by its RÚIAN code.
package struct MunicipalPart: Sendable, Equatable {
    package let code: String
    package let tenant: TenantName
    package let name: String
    package let postcode: String
}

package struct MigrationHead: Sendable {
    package let schema: String
    package let folder: String
    package let head: Int
}

/// An office that an administrator asked for and the migrator makes.
package struct ProvisioningJob: Sendable {
    package let id: UUID
    package let tenant: TenantName
    package let rooms: [String]
    package let headEmail: String
    package let headName: String
    package let requestedBy: UUID
    package var isFinished = false
    package var error: String?
}

extension ProvisioningJob {
    package init(row: Row) throws {
        id = try row["id"]
        tenant = try row["tenant"]
        rooms = try row["rooms"]
        headEmail = try row["head_email"]
        headName = try row["head_name"]
        requestedBy = try row["requested_by"]
        isFinished = try row["finished_at"] as Date? != nil
        error = try row["error"]
    }
}

extension MunicipalPart {
    init(row: Row) throws {
        code = try row["code"]
        tenant = try row["tenant"]
        name = try row["name"]
        postcode = try row["postcode"]
    }
}

extension RegisteredOffice {
    init(row: Row) throws {
        tenant = try row["tenant"]
        code = try row["code"]
        isRegion = try row["kind"] as String == "region"
        name = try row["name"]
        slug = try row["slug"]
        orpCode = try row["orp_code"]
        orpName = try row["orp_name"]
        pouCode = try row["pou_code"]
        pouName = try row["pou_name"]
        district = try row["district"]
        population = try row["population"]
        postcodes = try row["postcodes"]
        isORP = try row["is_orp"]
        isPOU = try row["is_pou"]
        hasRegistryOffice = try row["has_registry_office"]
        hasBuildingOffice = try row["has_building_office"]
        isDesignated = try row["is_designated"]
        hosted = (try row["rooms"] as [String]?).map { Hosting(rooms: $0, isReady: true) }
    }
}
