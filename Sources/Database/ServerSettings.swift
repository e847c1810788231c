/// What ePOM asks of the Postgres it runs on.
package struct ServerSettings: Sendable, Equatable {
    package static let versionMin = 150_000
    /// Making or removing an office locks about 1 900 objects in one transaction.
    package static let locksPerTransactionMin = 512

    package var version: Int
    package var encoding: String
    package var connectionsMax: Int
    package var locksPerTransaction: Int
    /// `fsync`, `full_page_writes` and `synchronous_commit` that are off.
    package var durabilityLost: [String]

    package init(
        version: Int,
        encoding: String,
        connectionsMax: Int,
        locksPerTransaction: Int,
        durabilityLost: [String]
    ) {
        self.version = version
        self.encoding = encoding
        self.connectionsMax = connectionsMax
        self.locksPerTransaction = locksPerTransaction
        self.durabilityLost = durabilityLost
    }

    /// Everything that must be put right before ePOM can work, each with what to do; empty when all is well.
    package func faults(connectionsNeeded: Int) -> [String] {
        var faults: [String] = []
        if version < Self.versionMin {
            faults.append("Postgres \(version / 10_000) is too old: use 15 or newer")
        }
        if encoding != "UTF8" {
            faults.append("the database is kept in \(encoding): make it anew with encoding UTF8")
        }
        if locksPerTransaction < Self.locksPerTransactionMin {
            faults.append(
                "max_locks_per_transaction is \(locksPerTransaction): set \(Self.locksPerTransactionMin) or more"
            )
        }
        if connectionsMax < connectionsNeeded {
            faults.append("max_connections is \(connectionsMax): set \(connectionsNeeded) or more")
        }
        return faults
    }

    /// What was confirmed could be lost in a power cut; nil when it could not.
    package var warning: String? {
        guard !durabilityLost.isEmpty else { return nil }
        return
            "off: \(durabilityLost.joined(separator: ", ")). What was confirmed may be lost in a power cut; "
            + "this is for tests only"
    }

    private static let query: SQL = """
        select current_setting('server_version_num')::int as version,
            current_setting('server_encoding') as encoding,
            current_setting('max_connections')::int as connections,
            current_setting('max_locks_per_transaction')::int as locks,
            array(
                select name from pg_catalog.pg_settings
                where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
                order by name
            ) as lost
        """

    private init(row: Row) throws {
        version = try row["version"]
        encoding = try row["encoding"]
        connectionsMax = try row["connections"]
        locksPerTransaction = try row["locks"]
        durabilityLost = try row["lost"]
    }

    package static func read(on connection: AdminConnection) async throws -> ServerSettings? {
        try await connection.rows(query, ServerSettings.init).first
    }

    package static func read(in transaction: Transaction) async throws -> ServerSettings? {
        try await transaction.first(query, ServerSettings.init)
    }
}
