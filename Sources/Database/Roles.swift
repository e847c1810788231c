/// The roles of a cell: what `epom serve` logs in as, and one role for every office of the register.
///
/// Made in one batch by the administrator, so that hosting an office later changes no role and stalls no pool.
package enum Roles {
    package static let tenantsPerShardMax = 250

    /// Logins whose passwords `epom serve` must know.
    package struct Logins: Sendable {
        package var app: [Database.Login]
        package var region: Database.Login
        package var relay: Database.Login

        package init(app: [Database.Login], region: Database.Login, relay: Database.Login) {
            self.app = app
            self.region = region
            self.relay = relay
        }
    }

    package static func appRole(_ shard: Int) -> String {
        shard < 10 ? "epom_app_0\(shard)" : "epom_app_\(shard)"
    }

    /// How many logins so many offices need.
    package static func shards(for tenants: Int) -> Int {
        max(1, (tenants + tenantsPerShardMax - 1) / tenantsPerShardMax)
    }

    /// Makes what is missing and sets the passwords; nothing is sent when all is there and `logins` is nil.
    package static func ensure(
        _ tenants: [TenantName],
        logins: Logins?,
        on admin: AdminConnection
    ) async throws {
        let present = Set(
            try await admin.rows("select rolname::text as name from pg_roles") { row -> String in
                try row["name"]
            }
        )
        var script: Script = "begin;\n"
        var isEmpty = true
        func add(_ literal: StaticString, _ names: Script.Identifier...) {
            isEmpty = false
            switch names.count {
            case 1: script.append(literal, names[0])
            default: script.append(literal, names[0], names[1])
            }
        }
        for name in ["epom_tenant"] where !present.contains(name) {
            if let role = Script.Identifier(name) { add("create role %I nologin", role) }
        }
        for name in ["epom_region", "epom_relay"] where !present.contains(name) {
            if let role = Script.Identifier(name) { add("create role %I login noinherit", role) }
        }
        for shard in 0..<shards(for: tenants.count) where !present.contains(appRole(shard)) {
            if let role = Script.Identifier(appRole(shard)) { add("create role %I login noinherit", role) }
        }
        guard let group = Script.Identifier("epom_tenant") else { return }
        for (index, tenant) in tenants.enumerated() where !present.contains(tenant.rawValue) {
            let role = Script.Identifier(tenant)
            add("create role %I nologin", role)
            add("grant %I to %I", group, role)
            if let app = Script.Identifier(appRole(index / tenantsPerShardMax)) {
                add("grant %I to %I", role, app)
            }
        }
        if let logins {
            isEmpty = false
            for login in logins.app + [logins.region, logins.relay] {
                guard let role = Script.Identifier(login.role), let password = login.password else {
                    continue
                }
                script.setPassword(of: role, to: password)
            }
        }
        guard !isEmpty else { return }
        script.append("commit")
        try await admin.execute(script)
    }
}
