import Database
import Foundation
import Office
import Records

/// Every statement about who deals with what: desks and the rules that lead to them.
enum RoutingStore {
    static func routing(in tenant: TenantTransaction) async throws -> Routing {
        let desks = tenant.later("select code, name, role, holder_id from tenant.desks order by code") {
            row in
            CaseDesk(
                code: try row["code"],
                name: try row["name"],
                role: try row["role"],
                holder: try row["holder_id"]
            )
        }
        let rules = tenant.later(
            """
            select service_code, service_name, regime, desk_code, filing_class from tenant.routing_rules
            order by service_name collate "cs-CZ-x-icu"
            """
        ) { row in
            RoutingRule(
                service: try row["service_code"],
                name: try row["service_name"],
                regime: try row["regime"],
                desk: try row["desk_code"],
                filingClass: try row["filing_class"]
            )
        }
        let people = try await ClerkStore.all(in: tenant)
        return Routing(desks: try desks.rows, rules: try rules.rows, people: people)
    }

    static func setHolder(of desk: String, to clerk: UUID?, in tenant: TenantTransaction) {
        tenant.require(1, "update tenant.desks set holder_id = \(clerk) where code = \(desk)")
    }

    static func setRule(_ rule: RoutingRule, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.routing_rules (service_code, service_name, regime, desk_code, filing_class)
            values (\(rule.service), \(rule.name), \(rule.regime), \(rule.desk), \(rule.filingClass))
            on conflict (service_code) do update set desk_code = excluded.desk_code,
                filing_class = excluded.filing_class
            """
        )
    }
}
