package import Database
package import Foundation
import Office
package import Sealing

/// Every statement about users, sessions, tokens and one-time codes.
package enum UserStore {
    private static let columns: SQL = """
        u.id, u.email, u.name, u.password_hash, u.verified_at is not null as is_verified,
        u.is_region_administrator, u.is_demo
        """

    static func user(email: String, in region: RegionTransaction) async throws -> User? {
        try await region.first("select \(columns) from region.users u where u.email = \(email)", User.init)
    }

    static func user(_ id: UUID, in region: RegionTransaction) async throws -> User? {
        try await region.first("select \(columns) from region.users u where u.id = \(id)", User.init)
    }

    /// Accounts by a part of their address, with how many sessions are open.
    static func search(_ text: String, rowsMax: Int, in region: RegionTransaction) async throws -> [UserLine]
    {
        try await region.rows(
            """
            select \(columns), u.created_at, (
                    select count(*) from region.sessions s where s.user_id = u.id and s.parent is null
                        and s.revoked_at is null and s.expires_at > clock_timestamp()
                ) as sessions
            from region.users u where position(\(text) in u.email) > 0 order by u.email limit \(rowsMax)
            """
        ) { row in
            UserLine(
                user: try User(row: row),
                createdAt: try row["created_at"],
                sessions: try row["sessions"]
            )
        }
    }

    package static func id(email: String, in region: RegionTransaction) async throws -> UUID? {
        try await user(email: email, in: region)?.id
    }

    /// Constraint `users_email` refuses a second account.
    static func add(
        _ id: UUID,
        email: String,
        name: String,
        passwordHash: String?,
        isVerified: Bool,
        in region: RegionTransaction
    ) {
        region.run(
            """
            insert into region.users (id, email, name, password_hash, verified_at)
            values (\(id), \(email), \(name), \(passwordHash),
                case when \(isVerified)::boolean then clock_timestamp() end)
            """
        )
    }

    /// A person of the demo region; made by the owner, since the server may not mark anybody so.
    package static func addDemo(
        _ id: UUID,
        email: String,
        name: String,
        passwordHash: String,
        isAdministrator: Bool,
        on migrator: AdminConnection
    ) async throws {
        try await migrator.change(
            """
            insert into region.users (id, email, name, password_hash, verified_at, is_region_administrator, is_demo)
            values (\(id), \(email), \(name), \(passwordHash), clock_timestamp(), \(isAdministrator), true)
            on conflict (email) do nothing
            """
        )
    }

    package static func hasDemoUsers(in region: RegionTransaction) async throws -> Bool {
        try await region.first("select exists (select from region.users where is_demo) as found") { row in
            try row["found"] as Bool
        } ?? false
    }

    static func verify(_ id: UUID, in region: RegionTransaction) {
        region.run(
            "update region.users set verified_at = coalesce(verified_at, clock_timestamp()) where id = \(id)"
        )
    }

    static func setPassword(of id: UUID, to hash: String, in region: RegionTransaction) {
        region.run(
            """
            update region.users
            set password_hash = \(hash), verified_at = coalesce(verified_at, clock_timestamp())
            where id = \(id)
            """
        )
    }

    // Sessions

    static func open(
        _ digest: Digest,
        of user: UUID,
        parent: Digest?,
        host: String,
        hours: Int,
        in region: RegionTransaction
    ) {
        region.run(
            """
            insert into region.sessions (digest, user_id, parent, host, expires_at)
            values (\(digest.bytes), \(user), \(parent?.bytes), \(host),
                clock_timestamp() + make_interval(hours => \(hours)::int))
            """
        )
    }

    /// The user of a session that is valid on this host; a child ends with its parent.
    static func user(session digest: Digest, host: String, in region: RegionTransaction) async throws -> User?
    {
        try await region.first(
            """
            select \(columns) from region.sessions s
            join region.users u on u.id = s.user_id
            left join region.sessions p on p.digest = s.parent
            where s.digest = \(digest.bytes) and s.host = \(host) and s.revoked_at is null
                and s.expires_at > clock_timestamp() and p.revoked_at is null
            """,
            User.init
        )
    }

    static func user(token digest: Digest, host: String, in region: RegionTransaction) async throws -> User? {
        try await region.first(
            """
            select \(columns) from region.api_tokens t join region.users u on u.id = t.user_id
            where t.digest = \(digest.bytes) and t.host = \(host) and t.revoked_at is null
            """,
            User.init
        )
    }

    package static func addToken(
        _ digest: Digest,
        of user: UUID,
        host: String,
        name: String,
        in region: RegionTransaction
    ) {
        region.run(
            """
            insert into region.api_tokens (digest, user_id, host, name)
            values (\(digest.bytes), \(user), \(host), \(name))
            """
        )
    }

    /// Ends a session with its parent and everything below it.
    static func signOut(_ digest: Digest, in region: RegionTransaction) {
        region.run(
            """
            with top as (
                select coalesce(parent, digest) as digest from region.sessions where digest = \(digest.bytes)
            )
            update region.sessions s set revoked_at = clock_timestamp()
            from top where (s.digest = top.digest or s.parent = top.digest) and s.revoked_at is null
            """
        )
        region.run("select pg_notify('epom', 'sessions')")
    }

    static func signOutEverywhere(_ user: UUID, except digest: Digest?, in region: RegionTransaction) {
        region.run(
            """
            update region.sessions set revoked_at = clock_timestamp()
            where user_id = \(user) and revoked_at is null
                and (\(digest?.bytes)::bytea is null or digest <> \(digest?.bytes)::bytea)
            """
        )
        region.run("select pg_notify('epom', 'sessions')")
    }

    static func sessionCount(of user: UUID, in region: RegionTransaction) async throws -> Int {
        try await region.first(
            """
            select count(*) as open from region.sessions
            where user_id = \(user) and revoked_at is null and expires_at > clock_timestamp()
            """
        ) { row in try row["open"] as Int } ?? 0
    }

    // One-time codes

    static func issue(_ code: OneTimeCode, digest: Digest, minutes: Int, in region: RegionTransaction) {
        region.run(
            """
            insert into region.one_time_codes (digest, purpose, user_id, email, name, tenant, roles, function_title,
                host, browser, session, expires_at)
            values (\(digest.bytes), \(code.purpose), \(code.userID), \(code.email), \(code.name),
                \(code.tenant), \(code.roles.map(\.rawValue)), \(code.functionTitle), \(code.host), \(code.browser?.bytes),
                \(code.session?.bytes), clock_timestamp() + make_interval(mins => \(minutes)::int))
            """
        )
    }

    /// The code while it is good; it stays good.
    static func look(_ digest: Digest, _ purpose: OneTimeCode.Purpose, in region: RegionTransaction)
        async throws
        -> OneTimeCode?
    {
        try await region.first(
            """
            select purpose, user_id, email, name, tenant, roles, function_title, host, browser, session
            from region.one_time_codes
            where digest = \(digest.bytes) and purpose = \(purpose) and used_at is null
                and expires_at > clock_timestamp()
            """,
            OneTimeCode.init
        )
    }

    /// Uses the code up; nil when it is unknown, late or used: of two who try one gets it.
    static func use(_ digest: Digest, _ purpose: OneTimeCode.Purpose, in region: RegionTransaction)
        async throws
        -> OneTimeCode?
    {
        try await region.first(
            """
            update region.one_time_codes set used_at = clock_timestamp()
            where digest = \(digest.bytes) and purpose = \(purpose) and used_at is null
                and expires_at > clock_timestamp()
            returning purpose, user_id, email, name, tenant, roles, function_title, host, browser, session
            """,
            OneTimeCode.init
        )
    }

    /// Those that nobody has accepted or withdrawn; of a person there is one at most.
    static func invitations(to tenant: TenantName, in region: RegionTransaction) async throws -> [Invitation]
    {
        try await region.rows(
            """
            select email, name, roles, function_title, expires_at from region.one_time_codes
            where purpose = 'invite' and tenant = \(tenant) and used_at is null
            order by email limit 200
            """
        ) { row in
            Invitation(
                email: try row["email"],
                name: try row["name"],
                roles: (try row["roles"] as [String]).compactMap(Role.init),
                functionTitle: try row["function_title"] as String? ?? "",
                until: try row["expires_at"]
            )
        }
    }

    /// Who was sent away must not come back by an older letter; returns how many letters work no more.
    static func withdrawInvitations(
        of email: String,
        to tenant: TenantName,
        in region: RegionTransaction
    ) async throws -> Int {
        try await region.rows(
            """
            update region.one_time_codes set used_at = clock_timestamp()
            where purpose = 'invite' and tenant = \(tenant) and email = \(email) and used_at is null
            returning email
            """
        ) { row -> String in try row["email"] }.count
    }

    /// An office takes somebody in.
    package static func note(_ user: UUID, worksFor tenant: TenantName, in region: RegionTransaction) {
        region.run(
            """
            insert into region.workplaces (user_id, tenant) values (\(user), \(tenant)) on conflict do nothing
            """
        )
    }

    /// Offices that have ever taken somebody in; each knows itself whether they still work there.
    package static func workplaces(of user: UUID, in region: RegionTransaction) async throws -> [TenantName] {
        try await region.rows("select tenant from region.workplaces where user_id = \(user)") { row in
            try row["tenant"]
        }
    }

    /// The same of several.
    static func workplaces(of users: [UUID], in region: RegionTransaction) async throws -> [(
        user: UUID, tenant: TenantName
    )] {
        try await region.rows(
            "select user_id, tenant from region.workplaces where user_id = any (\(users)::uuid[])"
        ) { row in (try row["user_id"], try row["tenant"]) }
    }

    /// Nobody can be invited into an office that is no more, or work for it.
    package static func withdrawInvitations(to tenant: TenantName, _ script: inout Script) {
        script.append(statement: "delete from region.workplaces where tenant = \(tenant)")
        script.append(statement: "delete from region.one_time_codes where tenant = \(tenant)")
    }

    // Failures

    static func failures(_ key: String, in region: RegionTransaction) async throws -> Int {
        try await region.first(
            """
            select count(*) as failures from region.failed_attempts
            where key = \(key) and at > clock_timestamp() - interval '15 minutes'
            """
        ) { row in try row["failures"] as Int } ?? 0
    }

    static func noteFailure(_ keys: [String], in region: RegionTransaction) {
        region.run("insert into region.failed_attempts (key) select unnest(\(keys)::text[])")
        region.run("delete from region.failed_attempts where at < clock_timestamp() - interval '1 day'")
    }
}

/// What works once: where it leads and whom it concerns.
struct OneTimeCode: Sendable {
    enum Purpose: String, Sendable, SQLCodable {
        case verify, reset, invite
        case signIn = "sign-in"
    }

    let purpose: Purpose
    var userID: UUID?
    var email = ""
    var name = ""
    var tenant: TenantName?
    var roles: [Role] = []
    /// Of somebody invited.
    var functionTitle = ""
    var host = ""
    var browser: Digest?
    var session: Digest?
}

extension OneTimeCode {
    init(row: Row) throws {
        purpose = try row["purpose"]
        userID = try row["user_id"]
        email = try row["email"]
        name = try row["name"]
        tenant = try row["tenant"]
        roles = (try row["roles"] as [String]).compactMap(Role.init)
        functionTitle = try row["function_title"] as String? ?? ""
        host = try row["host"]
        browser = (try row["browser"] as [UInt8]?).flatMap { Digest(bytes: $0) }
        session = (try row["session"] as [UInt8]?).flatMap { Digest(bytes: $0) }
    }
}

extension User {
    init(row: Row) throws {
        id = try row["id"]
        email = try row["email"]
        name = try row["name"]
        passwordHash = try row["password_hash"]
        isVerified = try row["is_verified"]
        isRegionAdministrator = try row["is_region_administrator"]
        isDemo = try row["is_demo"]
    }
}
