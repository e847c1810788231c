import Database
import Foundation
import Office
import Records

/// Every statement about the filing plan and about to whose desk a service goes.
enum FilingPlanStore {
    static func rules(in tenant: TenantTransaction) async throws -> [RoutingRule] {
        try await tenant.rows(
            "select service, role, clerk_id, plan_code from tenant.routing_rules order by service",
            RoutingRule.init
        )
    }

    static func set(_ rule: RoutingRule, by user: UUID, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.routing_rules (service, role, clerk_id, plan_code)
            values (\(rule.service), \(rule.role), \(rule.clerk), \(rule.planCode))
            on conflict (service) do update set role = excluded.role, clerk_id = excluded.clerk_id,
                plan_code = excluded.plan_code
            """
        )
        tenant.record(
            LogEntry("routed", "routing rule", user, detail: "\(rule.service) \(rule.role.rawValue)")
        )
    }

    /// Groups and their lowest levels, as the archive approves them.
    static func wholePlan(in tenant: TenantTransaction) async throws -> [PlanLine] {
        let lines = try await tenant.rows(
            "select code, parent, title, disposal_sign, retention_years, trigger from tenant.plan_entries"
        ) { row in
            let sign = try row["disposal_sign"] as String?
            let years = try row["retention_years"] as Int?
            return PlanLine(
                code: try row["code"],
                title: try row["title"],
                regime: sign.map { "\($0)/\(years ?? 0)" } ?? "",
                isGroup: sign == nil,
                group: try row["parent"]
            )
        }
        return lines.sorted { PlanOrder($0.code) < PlanOrder($1.code) }
    }

    static func rule(of service: String, in tenant: TenantTransaction) -> Answer<RoutingRule> {
        tenant.later(
            "select service, role, clerk_id, plan_code from tenant.routing_rules where service = \(service)"
        ) { row in
            RoutingRule(
                service: try row["service"],
                role: try row["role"],
                clerk: try row["clerk_id"],
                planCode: try row["plan_code"]
            )
        }
    }

    static func plan(in tenant: TenantTransaction) async throws -> [PlanEntry] {
        try await tenant.rows(
            """
            select code, title, disposal_sign, retention_years from tenant.plan_entries
            where disposal_sign is not null
            """
        ) { row in
            PlanEntry(
                code: try row["code"],
                title: try row["title"],
                sign: try row["disposal_sign"],
                years: try row["retention_years"]
            )
        }
        .sorted { PlanOrder($0.code) < PlanOrder($1.code) }
    }

    // Template

    static func furnish(_ script: inout Script, plan: CSV, routing: CSV, schema: String) throws {
        script.insert(
            into: "tenant.plan_entries",
            "code, parent, title, disposal_sign, retention_years, trigger",
            rows: try plan.lines.map { line in
                let parent = try line["parent"]
                let sign = try line["disposal_sign"]
                return [
                    try line["code"], parent.isEmpty ? nil as String? : parent, try line["title"],
                    sign.isEmpty ? nil as String? : sign, Int(try line["retention_years"]),
                    try line["trigger"],
                ]
            },
            schema: schema
        )
        script.insert(
            into: "tenant.routing_rules",
            "service, role, plan_code, note",
            rows: try routing.lines.map { line in
                let code = try line["plan_code"]
                return [
                    try line["service"], try line["role"], code.isEmpty ? nil as String? : code,
                    try line["note"],
                ]
            },
            schema: schema
        )
    }
}

extension RoutingRule {
    fileprivate init(row: Row) throws {
        service = try row["service"]
        role = try row["role"]
        clerk = try row["clerk_id"]
        planCode = try row["plan_code"]
    }
}
