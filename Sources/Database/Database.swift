package import Foundation
package import Logging

/// The doors to Postgres: one for each tier.
///
/// Holds only the app, region and relay credentials; making schemas and roles is the migrator's work.
package final class Database: Sendable {
    /// How to reach one login: libpq's own words, without a password in any log.
    package struct Login: Sendable {
        package let role: String
        package let password: String?

        package init(role: String, password: String?) {
            self.role = role
            self.password = password
        }
    }

    package struct Configuration: Sendable {
        package var host: String
        package var port: Int
        package var database: String
        package var app: [Login]
        package var region: Login
        package var relay: Login
        package var appConnections = 8
        package var regionConnections = 16
        package var relayConnections = 2
        /// How many may wait for a connection of one login, and for how long.
        package var waitingMax = 512
        package var waitMax = Duration.seconds(5)
        package var statementTimeout = Duration.seconds(5)
        package var idleTimeout = Duration.seconds(10)

        /// With the one that listens; the migrator and people with psql come on top.
        package var connectionsNeeded: Int {
            app.count * appConnections + regionConnections + relayConnections + 1
        }

        package init(host: String, port: Int, database: String, app: [Login], region: Login, relay: Login) {
            self.host = host
            self.port = port
            self.database = database
            self.app = app
            self.region = region
            self.relay = relay
        }

        func conninfo(_ login: Login) -> String {
            let milliseconds = { (duration: Duration) in
                duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
            }
            let options = [
                "search_path=", "timezone=UTC", "datestyle=ISO", "jit=off", "lock_timeout=3000",
                "client_min_messages=error",
                "statement_timeout=\(milliseconds(statementTimeout))",
                "idle_in_transaction_session_timeout=\(milliseconds(idleTimeout))",
            ].map { "-c \($0)" }.joined(separator: " ")
            return Conninfo.text([
                ("host", host), ("port", String(port)), ("dbname", database), ("user", login.role),
                ("password", login.password), ("options", options), ("client_encoding", "UTF8"),
                ("application_name", "epom"), ("connect_timeout", "5"), ("tcp_user_timeout", "15000"),
            ])
        }
    }

    private let switchboard: Switchboard
    private let app: [Pool]
    private let regionPool: Pool
    private let relayPool: Pool
    private let routing: Routing
    private let listener: Listener
    private let logger: Logger
    private let attemptsMax = 3
    /// After a migration every connection may have plans to forget, and each attempt clears one.
    private let staleAttemptsMax = 20

    package init(_ configuration: Configuration, logger: Logger) {
        self.logger = logger
        let switchboard = Switchboard()
        self.switchboard = switchboard
        routing = Routing()
        var wires = 0
        func pool(_ login: Login, _ connections: Int) -> Pool {
            var limits = Pool.Limits()
            limits.connections = connections
            limits.waitingMax = configuration.waitingMax
            limits.waitMax = configuration.waitMax
            defer { wires += connections }
            return Pool(
                switchboard: switchboard,
                firstWire: wires,
                conninfo: configuration.conninfo(login),
                limits: limits
            )
        }
        app = configuration.app.map { pool($0, configuration.appConnections) }
        regionPool = pool(configuration.region, configuration.regionConnections)
        relayPool = pool(configuration.relay, configuration.relayConnections)
        listener = Listener(
            switchboard: switchboard,
            wire: wires,
            conninfo: configuration.conninfo(configuration.region)
        )
        switchboard.start()
    }

    package func stop() { switchboard.hand(.stop) }

    /// Connections up, lent and waited for, by pool.
    package var load: [(pool: String, up: Int, lent: Int, waiting: Int)] {
        let named =
            app.enumerated().map { ("app_\($0.offset)", $0.element) }
            + [("region", regionPool), ("relay", relayPool)]
        return named.map { name, pool in (name, pool.load.up, pool.load.lent, pool.load.waiting) }
    }

    // The three doors

    /// Runs `body` as the office's own role, on behalf of `actor`.
    ///
    /// With `permission` the office itself checks in this very transaction that the actor has it; otherwise
    /// `ServerError` with constraint `clerk_permission` is thrown and nothing happened.
    package func tenant<Result>(
        _ tenant: TenantName,
        as actor: Actor,
        needing permission: String? = nil,
        _ body: (TenantTransaction) async throws -> Result
    ) async throws -> Result {
        let shard = try routing.shard(of: tenant)
        guard shard < app.count else { throw DatabaseError.unavailable("no login for shard \(shard)") }
        var prologue = [guardStatement(role: tenant.rawValue, actor: actor)]
        if let permission {
            prologue.append(
                Statement(
                    text: "select \(tenant.rawValue).require_permission($1::uuid, $2)",
                    values: [actor.userID.sqlValue, .text(permission)]
                )
            )
        }
        let pool = app[shard]
        return try await run({ TenantTransaction(tenant: tenant, pool: pool, prologue: prologue) }, body)
    }

    package func region<Result>(
        as actor: Actor = .system,
        _ body: (RegionTransaction) async throws -> Result
    ) async throws -> Result {
        let prologue = [
            Statement(text: "select set_config('epom.actor', $1, true)", values: [.text(actor.text)])
        ]
        return try await run(
            { RegionTransaction(pool: regionPool, key: nil, schema: nil, prologue: prologue) },
            body
        )
    }

    package func relay<Result>(_ body: (RelayTransaction) async throws -> Result) async throws -> Result {
        try await run({ RelayTransaction(pool: relayPool, key: nil, schema: nil, prologue: []) }, body)
    }

    /// Which login serves which office; read from `region.tenants` and renewed by its owner.
    package func route(_ shards: [TenantName: Int]) { routing.replace(shards) }

    private func guardStatement(role: String, actor: Actor) -> Statement {
        Statement(
            text: "select set_config('role', $1, true), set_config('epom.actor', $2, true)",
            values: [.text(role), .text(actor.text)]
        )
    }

    private func run<Kind: Transaction, Result>(
        _ make: () -> Kind,
        _ body: (Kind) async throws -> Result
    ) async throws -> Result {
        var attempt = 1
        while true {
            let transaction = make()
            do {
                let result = try await body(transaction)
                try await transaction.commit()
                transaction.giveBack()
                return result
            } catch {
                let refused = error as? ServerError
                await transaction.rollback(forgettingPlans: refused?.isStalePlan ?? false)
                transaction.giveBack()
                let attemptsMax = refused?.isStalePlan == true ? staleAttemptsMax : attemptsMax
                guard refused?.isPassing == true, attempt < attemptsMax else { throw error }
                logger.info("transaction runs again", metadata: ["state": "\(refused?.sqlState ?? "")"])
                attempt += 1
            }
        }
    }

    // Notifications

    /// What is notified on `channel`; an element `.interrupted` says that some may have been missed.
    ///
    /// All who hear share one connection.
    package func notifications(on channel: Channel) -> AsyncStream<Notification> { listener.hear(channel) }

    package enum Channel: String, Sendable { case epom }

    package enum Notification: Sendable, Equatable {
        case heard(String)
        case interrupted
    }
}

/// Who acts, as the transaction log will name them.
package struct Actor: Sendable, Hashable {
    package let text: String
    package let userID: UUID?

    package static let system = Actor(text: "system", userID: nil)
    package static let anonymous = Actor(text: "anonymous", userID: nil)
    package static func person(_ id: UUID) -> Actor { Actor(text: id.uuidString.lowercased(), userID: id) }
    package static func part(_ name: StaticString) -> Actor { Actor(text: "\(name)", userID: nil) }
}

/// The routing table: in which login shard an office lives.
private final class Routing: @unchecked Sendable {
    private let lock = NSLock()
    private var shards: [TenantName: Int] = [:]

    func replace(_ shards: [TenantName: Int]) {
        lock.lock()
        self.shards = shards
        lock.unlock()
    }

    func shard(of tenant: TenantName) throws -> Int {
        lock.lock()
        defer { lock.unlock() }
        guard let shard = shards[tenant] else { throw DatabaseError.unknownTenant(tenant) }
        return shard
    }
}

/// libpq's `key='value'` notation.
enum Conninfo {
    static func text(_ pairs: [(String, String?)]) -> String {
        pairs.compactMap { key, value in
            value.map { value in
                let escaped = value.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
                return "\(key)='\(escaped)'"
            }
        }
        .joined(separator: " ")
    }
}
