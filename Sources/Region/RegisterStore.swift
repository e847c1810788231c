package import Database
import Office

/// Every statement about the register of offices, their parts and the services of the catalogue.
package enum RegisterStore {
    private static let columns: SQL = """
        o.tenant, o.code, o.kind, o.name, o.status, o.slug, o.orp_code, o.orp_name, o.pou_code, o.pou_name, o.district,
        o.population, o.postcodes, o.is_orp, o.is_pou, o.has_registry_office, o.has_building_office,
        o.is_designated
        from region.offices o
        """

    package static func all(in region: RegionTransaction) async throws -> [RegisteredOffice] {
        try await region.rows(
            #"select \#(columns) order by o.name collate "cs-CZ-x-icu", o.tenant"#,
            RegisteredOffice.init
        )
    }

    /// The same for the migrator.
    package static func offices(on migrator: AdminConnection) async throws -> [RegisteredOffice] {
        try await migrator.rows("select \(columns) order by o.tenant", RegisteredOffice.init)
    }

    package static func office(_ tenant: TenantName, on migrator: AdminConnection) async throws
        -> RegisteredOffice?
    {
        try await migrator.rows("select \(columns) where o.tenant = \(tenant)", RegisteredOffice.init).first
    }

    /// Throws ``HostingRefusal/unknownOffice(_:)``.
    package static func office(code: String, on migrator: AdminConnection) async throws -> RegisteredOffice {
        let found = try await migrator.rows("select \(columns) where o.code = \(code)", RegisteredOffice.init)
        guard let office = found.first else { throw HostingRefusal.unknownOffice(code) }
        return office
    }

    package static func allParts(in region: RegionTransaction) async throws -> [MunicipalPart] {
        try await region.rows(
            #"select code, tenant, name, postcode from region.parts order by name collate "cs-CZ-x-icu", code"#,
            MunicipalPart.init
        )
    }

    /// The last migration of every folder of every schema of the cell.
    package static func heads(in region: RegionTransaction) async throws -> [MigrationHead] {
        try await region.rows(
            "select schema_name, folder, max(number) as head from cell.migrations group by schema_name, folder",
            MigrationHead.init
        )
    }

    package static func heads(of tenant: TenantName, on migrator: AdminConnection) async throws
        -> [MigrationHead]
    {
        try await migrator.rows(
            """
            select schema_name, folder, max(number) as head from cell.migrations
            where schema_name = \(tenant) group by schema_name, folder order by folder
            """,
            MigrationHead.init
        )
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
        region.require(1, confirmation(registry: registry, building: building, of: tenant))
    }

    package static func confirmOffices(
        registry: Bool,
        building: Bool,
        of tenant: TenantName,
        on migrator: AdminConnection
    ) async throws {
        try await migrator.change(confirmation(registry: registry, building: building, of: tenant))
    }

    private static func confirmation(registry: Bool, building: Bool, of tenant: TenantName) -> SQL {
        """
        update region.offices set has_registry_office = \(registry), has_building_office = \(building)
        where tenant = \(tenant)
        """
    }

    // Filled by the migrator from RegionData; what an administrator confirmed stays

    package static func fill(_ offices: [RegisteredOffice], on migrator: AdminConnection) async throws {
        try await migrator.change(
            """
            insert into region.offices (tenant, code, kind, name, status, slug, orp_code, orp_name, pou_code, pou_name,
                district, population, postcodes, is_orp, is_pou, searched)
            select tenant, code, kind, name, status, slug, orp_code, orp_name, pou_code, pou_name, district, population,
                string_to_array(postcodes, ' '), is_orp = 'yes', is_pou = 'yes', searched
            from unnest(
                \(offices.map(\.tenant.rawValue))::text[], \(offices.map(\.code))::text[],
                \(offices.map(\.kind))::text[], \(offices.map(\.name))::text[],
                \(offices.map(\.status.rawValue))::text[], \(offices.map(\.slug))::text[], \(offices.map(\.orpCode))::text[],
                \(offices.map(\.orpName))::text[], \(offices.map(\.pouCode))::text[],
                \(offices.map(\.pouName))::text[], \(offices.map(\.district))::text[],
                \(offices.map(\.population))::int[],
                \(offices.map { $0.postcodes.joined(separator: " ") })::text[],
                \(offices.map { $0.isORP ? "yes" : "no" })::text[],
                \(offices.map { $0.isPOU ? "yes" : "no" })::text[],
                \(offices.map { folded($0.name) })::text[]
            ) as t (tenant, code, kind, name, status, slug, orp_code, orp_name, pou_code, pou_name, district,
                population, postcodes, is_orp, is_pou, searched)
            on conflict (tenant) do update set
                name = excluded.name, status = excluded.status, orp_code = excluded.orp_code, orp_name = excluded.orp_name,
                pou_code = excluded.pou_code, pou_name = excluded.pou_name, district = excluded.district,
                population = excluded.population, postcodes = excluded.postcodes, is_orp = excluded.is_orp,
                is_pou = excluded.is_pou, searched = excluded.searched
            """
        )
    }

    package static func fill(_ parts: [MunicipalPart], on migrator: AdminConnection) async throws {
        try await migrator.change(
            """
            insert into region.parts (code, tenant, name, postcode)
            select code, tenant, name, postcode from unnest(
                \(parts.map(\.code))::text[], \(parts.map(\.tenant.rawValue))::text[],
                \(parts.map(\.name))::text[], \(parts.map(\.postcode))::text[]
            ) as t (code, tenant, name, postcode)
            on conflict (code) do update set
                tenant = excluded.tenant, name = excluded.name, postcode = excluded.postcode
            """
        )
    }

    package static func fillLogins(_ shards: [(TenantName, Int)], on migrator: AdminConnection) async throws {
        try await migrator.change(
            """
            insert into cell.logins (tenant, shard)
            select tenant, shard from unnest(
                \(shards.map(\.0.rawValue))::text[], \(shards.map(\.1))::int[]
            ) as t (tenant, shard)
            on conflict (tenant) do nothing
            """
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

extension MigrationHead {
    init(row: Row) throws {
        schema = try row["schema_name"]
        folder = try row["folder"]
        head = try row["head"]
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
        status = try row["status"]
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
    }
}
