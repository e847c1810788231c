package import Database
package import Foundation
import Office

/// What a new filing room is given: its filing plan, its desks, and which service belongs to which desk.
package struct FilingFurnisher: RoomFurnisher {
    private let classes: [FilingClass]
    private let desks: [CaseDesk]
    private let rules: [RoutingRule]

    package let room = "FilingRoom"

    /// Reads `filing-plan.csv`, `desks.csv` and `routing.csv` of the folder (`TenantTemplates/municipality`);
    /// throws ``CSV/Fault`` with file and line where they do not fit together.
    package init(folder: URL) throws {
        func table(_ name: String) throws -> CSV {
            try CSV(String(contentsOf: folder.appending(path: name), encoding: .utf8), file: name)
        }
        classes = try Self.classes(table("filing-plan.csv"))
        let lowest = Set(classes.filter(\.isLowest).map(\.code))
        desks = try table("desks.csv").lines.map { line in
            guard let role = Role(rawValue: try line["role"]) else { throw line.fault("no such role") }
            return CaseDesk(code: try line["code"], name: try line["name"], role: role, holder: nil)
        }
        let codes = Set(desks.map(\.code))
        rules = try table("routing.csv").lines.map { line in
            guard codes.contains(try line["desk"]) else { throw line.fault("no such desk") }
            guard lowest.contains(try line["filing_class"]) else {
                throw line.fault("the filing class is not one of the lowest")
            }
            guard let regime = Regime(rawValue: try line["regime"]) else {
                throw line.fault("no such regime")
            }
            return RoutingRule(
                service: try line["service"],
                name: try line["name"],
                regime: regime,
                desk: try line["desk"],
                filingClass: try line["filing_class"]
            )
        }
        guard rules.contains(where: { $0.service == RoutingRule.everythingElse }) else {
            throw CSV.Fault(file: "routing.csv", line: 1, why: "no rule * for everything else")
        }
    }

    /// Parents first, as the foreign key wants them; a group has no regime, the lowest level always has.
    private static func classes(_ table: CSV) throws -> [FilingClass] {
        var classes: [FilingClass] = []
        for line in table.lines {
            let mark = try line["disposal_mark"]
            let years = Int(try line["retention_years"])
            guard mark.isEmpty == (years == nil), ["", "A", "S"].contains(mark) else {
                throw line.fault("mark and years belong together")
            }
            let parent = try line["parent"]
            guard parent.isEmpty || classes.contains(where: { $0.code == parent }) else {
                throw line.fault("the parent \(parent) does not come before")
            }
            classes.append(
                FilingClass(
                    code: try line["code"],
                    parent: parent.isEmpty ? nil : parent,
                    name: try line["name"],
                    disposalMark: mark.isEmpty ? nil : mark,
                    retentionYears: years,
                    trigger: try line["trigger"],
                    note: try line["note"]
                )
            )
        }
        let parents = Set(classes.compactMap(\.parent))
        for one in classes where one.isLowest == parents.contains(one.code) {
            throw CSV.Fault(
                file: "filing-plan.csv",
                line: 1,
                why: "\(one.code): the regime is on the lowest level only"
            )
        }
        return classes
    }

    package func furnish(_ script: inout Script, schema: TenantName) throws {
        FilingPlanStore.furnish(classes: classes, desks: desks, rules: rules, &script, schema: schema)
    }
}
