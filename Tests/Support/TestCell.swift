package import Database
package import Foundation
import Logging
package import Office
import Sealing
import Synchronization

/// A real Postgres for one test process: a database of its own, migrated, with as many offices as are asked for.
///
/// `ops/postgres start --test var/test` must run; `EPOM_TEST_DATA` names another folder.
package struct TestCell: Sendable {
    package let database: Database
    package let migrator: Migrator
    package let name: String
    private let address: AdminConnection.Address
    private let configuration: Database.Configuration

    /// The one of this process.
    package static func shared() async throws -> TestCell { try await made.value }

    private static let made = Task { try await TestCell("") }

    /// One that nobody else of this process meets, for those who take whatever waits in it.
    package static func apart(_ purpose: String) async throws -> TestCell {
        // The roles are the cluster's: only one may make them.
        _ = try await made.value
        return try await TestCell("_\(purpose)")
    }

    private let offices = Offices()
    private static let shards = Mutex<[TenantName: Int]>([:])
    /// As many as one login may serve.
    private static let codes = (900_000..<900_000 + Roles.tenantsPerShardMax).compactMap {
        TenantName("m_\($0)")
    }

    /// How many offices of a cell were given out.
    private final class Offices: Sendable {
        private let used = Mutex(0)
        func next() -> Int {
            used.withLock { used in
                defer { used += 1 }
                return used
            }
        }
    }

    private struct Credentials: Decodable {
        let socket: String
        let port: Int
    }

    /// The root of this checkout.
    package static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../..").standardizedFileURL

    private init(_ suffix: String) async throws {
        let folder =
            ProcessInfo.processInfo.environment["EPOM_TEST_DATA"].map { URL(filePath: $0) }
            ?? Self.root.appending(path: "var/test")
        let file = try Data(contentsOf: folder.appending(path: "credentials.json"))
        let credentials = try JSONDecoder().decode(Credentials.self, from: file)
        func login(_ role: String) -> Database.Login { Database.Login(role: role, password: nil) }
        func address(_ role: String, _ database: String) -> AdminConnection.Address {
            AdminConnection.Address(
                host: credentials.socket,
                port: credentials.port,
                database: database,
                login: login(role)
            )
        }
        name = "epom_test_\(ProcessInfo.processInfo.processIdentifier)\(suffix)"
        let admin = try AdminConnection(address("epom_admin", "epom"))
        guard let identifier = Script.Identifier(name) else { throw DatabaseError.unavailable(name) }
        var drop: Script = ""
        drop.append("drop database if exists %I", identifier)
        try await admin.execute(drop)
        var make: Script = ""
        make.append("create database %I owner epom_owner", identifier)
        try await admin.execute(make)
        try await Roles.ensure(Self.codes, logins: nil, on: admin)
        let plan = try MigrationPlan(root: Self.root.appending(path: "Migrations")) { Digest(of: $0).hex }
        self.address = address("epom_migrator", name)
        migrator = Migrator(plan: plan, address: self.address)
        let owner = try await migrator.owner()
        try await migrator.migrateCellAndRegion(on: owner)
        var permissions: Script = ""
        permissions.insert(
            into: "codes.role_permissions",
            "role, permission",
            rows: Role.allCases.flatMap { role in role.permissions.map { [role.rawValue, $0.rawValue] } },
            schema: ""
        )
        try await migrator.run(permissions, on: owner)
        var configuration = Database.Configuration(
            host: credentials.socket,
            port: credentials.port,
            database: name,
            app: [login("epom_app_00")],
            region: login("epom_region"),
            relay: login("epom_relay")
        )
        // Every suite of the process comes at once.
        configuration.waitingMax = 10_000
        configuration.waitMax = .seconds(60)
        self.configuration = configuration
        database = Database(configuration, logger: Logger(label: "test"))
    }

    /// Connections of one's own to the same database, with other limits; `stop()` it when it is no longer needed.
    package func database(_ change: (inout Database.Configuration) -> Void) -> Database {
        var configuration = configuration
        change(&configuration)
        let database = Database(configuration, logger: Logger(label: "test"))
        database.route(Self.shards.withLock { $0 })
        return database
    }

    /// A new office with these rooms; `furnishers` and `furnish` add data in the same transaction.
    package func office(
        rooms: [String] = [],
        furnishers: [any RoomFurnisher] = [],
        furnish: (inout Script) -> Void = { _ in }
    ) async throws -> TenantName {
        let number = offices.next()
        guard number < Self.codes.count else {
            throw DatabaseError.unavailable("no office is left for this test")
        }
        let tenant = Self.codes[number]
        let message = try migrator.creation(of: tenant, rooms: rooms) { script in
            script.insert(
                into: "tenant.office",
                "code, name, kind, abbreviation",
                rows: [
                    [
                        String(tenant.rawValue.dropFirst(2)), "Zkušební obec \(number)", "municipality",
                        "OBEC\(number)",
                    ]
                ],
                schema: tenant.rawValue
            )
            for furnisher in furnishers { try furnisher.furnish(&script, schema: tenant) }
            furnish(&script)
        }
        try await migrator.run(message, on: try await owner())
        let routes = Self.shards.withLock { shards in
            shards[tenant] = 0
            return shards
        }
        database.route(routes)
        return tenant
    }

    /// A person with these roles in the office.
    package func clerk(
        _ roles: [Role],
        named name: String = "Zkušební Úřednice",
        in tenant: TenantName
    ) async throws -> Clerk {
        let id = UUID()
        try await database.tenant(tenant, as: .system) { transaction in
            transaction.run(
                """
                insert into tenant.clerks (user_id, name, email, function_title, roles)
                values (\(id), \(name), \("\(id)@example.org"), \("referentka"), \(roles.map(\.rawValue)))
                """
            )
        }
        return Clerk(userID: id, name: name, functionTitle: "referentka", roles: Set(roles))
    }

    /// A connection as the owner of everything, for checks that no office could make.
    package func owner() async throws -> AdminConnection { try await migrator.owner() }

    /// Where its Postgres listens, for programs of Postgres.
    package var socket: (host: String, port: Int) { (address.host, address.port) }

    /// A connection that may do anything, as whoever has the machine.
    package func superuser() throws -> AdminConnection {
        var address = address
        address.login = Database.Login(role: "epom_root", password: nil)
        return try AdminConnection(address)
    }
}
