import Database
import Foundation
import Office

/// A class of the filing plan; only the lowest have a regime.
struct FilingClass: Sendable, Equatable {
    let code: String
    let parent: String?
    let name: String
    /// `A` goes to the archive, `S` is destroyed.
    let disposalMark: String?
    let retentionYears: Int?
    let trigger: String
    let note: String

    var isLowest: Bool { disposalMark != nil }
    var regimeText: String { disposalMark.map { "\($0)/\(retentionYears ?? 0)" } ?? "" }
}

/// Every statement about the filing plan.
enum FilingPlanStore {
    static func classes(in tenant: TenantTransaction) async throws -> [FilingClass] {
        try await tenant.rows(
            """
            select code, parent_code, name, disposal_mark, retention_years, trigger_event, note
            from tenant.filing_classes
            order by string_to_array(code, '.')::int[] limit 1000
            """
        ) { row in
            FilingClass(
                code: try row["code"],
                parent: try row["parent_code"],
                name: try row["name"],
                disposalMark: try row["disposal_mark"],
                retentionYears: try row["retention_years"],
                trigger: try row["trigger_event"],
                note: try row["note"]
            )
        }
    }

    static func furnish(
        classes: [FilingClass],
        desks: [CaseDesk],
        rules: [RoutingRule],
        _ script: inout Script,
        schema: TenantName
    ) {
        script.insert(
            into: "tenant.filing_classes",
            "code, parent_code, name, disposal_mark, retention_years, trigger_event, note",
            rows: classes.map { one in
                [
                    one.code, one.parent, one.name, one.disposalMark, one.retentionYears, one.trigger,
                    one.note,
                ] as [any SQLEncodable]
            },
            schema: schema.rawValue
        )
        script.insert(
            into: "tenant.desks",
            "code, name, role",
            rows: desks.map { [$0.code, $0.name, $0.role.rawValue] as [any SQLEncodable] },
            schema: schema.rawValue
        )
        script.insert(
            into: "tenant.routing_rules",
            "service_code, service_name, regime, desk_code, filing_class",
            rows: rules.map { rule in
                [rule.service, rule.name, rule.regime, rule.desk, rule.filingClass] as [any SQLEncodable]
            },
            schema: schema.rawValue
        )
    }
}
