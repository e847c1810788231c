import Database
import Foundation
import Sealing

/// What the command line and the migrator stand on; `epom serve` never makes one.
struct Groundwork: Sendable {
    let settings: Settings
    let credentials: AdminCredentials
    let plan: MigrationPlan
    let migrator: Migrator

    init(_ settings: Settings) throws {
        self.settings = settings
        credentials = try AdminCredentials(in: settings.data)
        plan = try MigrationPlan(root: settings.home.appending(path: "Migrations")) { Digest(of: $0).hex }
        migrator = Migrator(plan: plan, address: credentials.migratorAddress)
    }
}
