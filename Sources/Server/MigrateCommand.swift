import ArgumentParser
import Database
import Foundation
import Office
import Region
import Sealing

/// `epom migrate`: roles, region and register, then every office.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate",
        abstract: "Brings the database to this program's state; nothing happens when it is there."
    )

    func run() async throws {
        try await speaking {
            let settings = try Settings()
            let ground = try Groundwork(settings)
            let data = try regionData(settings)
            let admin = try AdminConnection(ground.credentials.adminAddress)
            try await checkPostgres(offices: data.offices.count, ground, on: admin)
            try await makeRoles(for: data.offices.map(\.tenant).sorted(), ground, on: admin)
            let owner = try await ground.migrator.owner()
            try await ground.migrator.migrateCellAndRegion(on: owner)
            try await fill(data, ground, on: owner)
            let bar = Bar()
            let outcome = try await ground.migrator.migrateFleet(on: owner) { bar.show($0) }
            bar.end()
            for failure in outcome.failed { print("\(failure.tenant): \(failure.why)") }
            if !outcome.failed.isEmpty {
                try fail(
                    "\(outcome.failed.count) offices are behind; the others work. Run epom migrate again."
                )
            }
        }
    }

    private func checkPostgres(offices: Int, _ ground: Groundwork, on admin: AdminConnection) async throws {
        let planned = ServeCredentials(ground.credentials, shards: Roles.shards(for: offices))
        try requireGood(
            try await ServerSettings.read(on: admin),
            // Three for the administrator and the migrator's workers.
            connectionsNeeded: planned.configuration.connectionsNeeded + 3,
            isLocal: ground.settings.isLocal,
            warns: false
        )
    }

    /// A role for every office of the register, in one batch, and the logins of `epom serve` with passwords.
    private func makeRoles(
        for tenants: [TenantName],
        _ ground: Groundwork,
        on admin: AdminConnection
    ) async throws {
        let shards = Roles.shards(for: tenants.count)
        try Secrets.ensure(in: ground.settings.data)
        if let known = try? ServeCredentials(in: ground.settings.data), known.app.count >= shards,
            known.socket == ground.credentials.socket, known.port == ground.credentials.port
        {
            return try await Roles.ensure(tenants, logins: nil, on: admin)
        }
        let made = ServeCredentials(ground.credentials, shards: shards)
        try await Roles.ensure(tenants, logins: made.logins, on: admin)
        try made.write(in: ground.settings.data)
    }

    private func fill(_ data: RegionData, _ ground: Groundwork, on owner: AdminConnection) async throws {
        let roles = try RoleTemplate(
            folder: ground.settings.home.appending(path: "TenantTemplates/municipality")
        )
        let lists = try codeLists(ground.settings)
        let digest = Digest(of: data.text + roles.text + lists.text).hex
        guard try await CodeStore.loadedDigest(on: owner) != digest else { return }
        try await RegisterStore.fill(data.offices, on: owner)
        try await RegisterStore.fill(data.parts, on: owner)
        try await CatalogueStore.fill(data.services, on: owner)
        let tenants = data.offices.map(\.tenant).sorted()
        try await RegisterStore.fillLogins(
            tenants.enumerated().map { ($1, $0 / Roles.tenantsPerShardMax) },
            on: owner
        )
        try await CodeStore.fillPermissions(roles, on: owner)
        try await CodeStore.fillBudgetItems(lists.items, on: owner)
        try await CodeStore.fillBudgetParagraphs(lists.paragraphs, on: owner)
        try await CodeStore.fillBanks(lists.banks, on: owner)
        try await CodeStore.noteLoaded(digest, on: owner)
    }

    private func codeLists(_ settings: Settings) throws
        -> (items: [CodeStore.Code], paragraphs: [CodeStore.Code], banks: [CodeStore.Code], text: String)
    {
        var text = ""
        func list(_ name: String, day: String = "valid_from", source: String? = "decree") throws
            -> [CodeStore.Code]
        {
            let file = settings.home.appending(path: "RegionData/codes/\(name)")
            let content = try String(contentsOf: file, encoding: .utf8)
            text += content
            return try CSV(content, file: name).lines.map { line in
                guard let validFrom = Day(try line[day]) else { throw line.fault("\(day) is no day") }
                return CodeStore.Code(
                    code: try line["code"],
                    name: try line["name"],
                    validFrom: validFrom,
                    source: try source.map { try line[$0] } ?? ""
                )
            }
        }
        return (
            try list("budget-items.csv"), try list("budget-paragraphs.csv"),
            try list("banks.csv", day: "as_of", source: nil), text
        )
    }
}

/// A progress bar that learns its total with the first step.
private final class Bar: @unchecked Sendable {
    private let lock = NSLock()
    private var bar: ProgressBar?

    func show(_ progress: Migrator.Progress) {
        lock.lock()
        defer { lock.unlock() }
        let bar = bar ?? ProgressBar(total: progress.total)
        self.bar = bar
        bar.reach(progress.done, progress.what)
    }

    func end() { bar?.end() }
}
