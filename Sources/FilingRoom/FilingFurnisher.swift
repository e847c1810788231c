package import Database
package import Foundation
import Office

/// Gives a new office its filing plan and the desks of its services.
package struct FilingFurnisher: RoomFurnisher {
    private let plan: CSV
    private let routing: CSV

    package init(folder: URL) throws {
        func table(_ name: String) throws -> CSV {
            try CSV(String(contentsOf: folder.appending(path: name), encoding: .utf8), file: name)
        }
        plan = try table("filing-plan.csv")
        routing = try table("routing.csv")
        try FilingTemplateLint.check(plan: plan, routing: routing)
    }

    package var room: String { "FilingRoom" }

    package func furnish(_ script: inout Script, schema: TenantName) throws {
        try FilingPlanStore.furnish(&script, plan: plan, routing: routing, schema: schema.rawValue)
    }
}
