package import Database
import Foundation
import Office
import Synchronization
package import Web

/// The register and what is hosted, kept in memory: a few hundred offices that change a few times a year.
///
/// Renewed when the database says that something changed, and every ten seconds in case nobody heard it.
package final class OfficeBook: Sendable {
    private let database: Database
    /// The last migration this server knows, by folder such as `tenant/Base`.
    private let heads: [String: Int]
    private let current = Mutex(Register.empty)

    package init(database: Database, heads: [String: Int]) {
        self.database = database
        self.heads = heads
    }

    package var register: Register { current.withLock { $0 } }

    /// Reads everything anew and tells the pool in which login each office lives.
    package func renew() async throws {
        let heads = heads
        let (register, shards) = try await database.region { region in
            let offices = try await RegisterStore.all(in: region)
            let parts = try await RegisterStore.allParts(in: region)
            let services = try await CatalogueStore.services(in: region)
            let rooms = try await HostingStore.hosted(in: region)
            let applied = try await RegisterStore.heads(in: region)
            let shards = try await RegisterStore.logins(in: region)
            let register = Register(
                offices: offices,
                parts: parts,
                services: services,
                rooms: rooms,
                applied: applied,
                heads: heads
            )
            return (register, shards)
        }
        database.route(Dictionary(shards.map { ($0.tenant, $0.shard) }, uniquingKeysWith: { $1 }))
        current.withLock { known in
            let stamp = known.stamp + 1
            known = register
            known.stamp = stamp
        }
    }

    /// Listens until it is cancelled; a renewal that fails keeps what is known.
    package func run() async throws {
        let notifications = database.notifications(on: .epom)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                for await notification in notifications {
                    if notification == .heard("offices") || notification == .interrupted {
                        try? await self.renew()
                    }
                }
            }
            group.addTask {
                while true {
                    try await Task.sleep(for: .seconds(10))
                    try? await self.renew()
                }
            }
            try await group.next()
            group.cancelAll()
        }
    }
}

/// The register at one moment.
package struct Register: Sendable {
    /// Grows with every reading.
    package fileprivate(set) var stamp = 0
    package let offices: [RegisteredOffice]
    package let catalogue: Catalogue
    package let hosted: [TenantName: HostedOffice]
    package let parts: [MunicipalPart]
    private let byTenant: [TenantName: RegisteredOffice]
    private let versionsByTenant: [TenantName: [RoomVersion]]
    private let hostedBySlug: [String: HostedOffice]
    private let partsByTenant: [TenantName: [MunicipalPart]]
    /// Names that more than one municipality has.
    let sharedNames: Set<String>

    static let empty = Register(offices: [], parts: [], services: [], rooms: [:], applied: [], heads: [:])

    init(
        offices: [RegisteredOffice],
        parts: [MunicipalPart],
        services: [PublicService],
        rooms: [TenantName: [String]],
        applied: [MigrationHead],
        heads: [String: Int]
    ) {
        self.offices = offices
        self.parts = inNaturalOrder(parts)
        catalogue = Catalogue(services)
        byTenant = Dictionary(offices.map { ($0.tenant, $0) }, uniquingKeysWith: { $1 })
        partsByTenant = Dictionary(grouping: self.parts, by: \.tenant)
        sharedNames = Set(
            Dictionary(grouping: offices.filter { !$0.isRegion }, by: \.name).filter { $1.count > 1 }.keys
        )
        let reached = Dictionary(grouping: applied, by: \.schema)
            .mapValues { Dictionary($0.map { ($0.folder, $0.head) }, uniquingKeysWith: { $1 }) }
        var hosted: [TenantName: HostedOffice] = [:]
        var versions: [TenantName: [RoomVersion]] = [:]
        for (tenant, rooms) in rooms {
            guard let office = byTenant[tenant] else { continue }
            let known = (["Base"] + rooms.sorted()).map { room in
                RoomVersion(
                    room: Room(rawValue: room)?.czech ?? "základ úřadu",
                    applied: reached[tenant.rawValue]?["tenant/\(room)"] ?? 0,
                    newest: heads["tenant/\(room)"] ?? 0
                )
            }
            versions[tenant] = known
            hosted[tenant] = HostedOffice(
                tenant: tenant,
                slug: office.slug,
                name: office.name,
                body: office.body,
                authority: office.authority,
                rooms: Set(rooms),
                state: known.contains(where: \.isBehind) ? .behind : .ready
            )
        }
        self.hosted = hosted
        versionsByTenant = versions
        hostedBySlug = Dictionary(hosted.values.map { ($0.slug, $0) }, uniquingKeysWith: { $1 })
    }

    package func office(_ tenant: TenantName) -> RegisteredOffice? { byTenant[tenant] }

    /// By code of the register: `546631`, or `78` for a region.
    package func office(code: String) -> RegisteredOffice? {
        (TenantName("m_\(code)") ?? TenantName("k_\(code)")).flatMap { byTenant[$0] }
    }

    /// The regional office, when it is what somebody meant.
    func region(meant text: String) -> RegisteredOffice? {
        offices.first { $0.isRegion && (folded($0.name) == folded(text) || $0.code == text) }
    }

    /// How far the tables of each of its rooms are; empty when it is not hosted.
    func versions(of tenant: TenantName) -> [RoomVersion] { versionsByTenant[tenant] ?? [] }

    package func hosted(slug: String) -> HostedOffice? { hostedBySlug[slug] }
    package func parts(of tenant: TenantName) -> [MunicipalPart] { partsByTenant[tenant] ?? [] }
}

/// The last migration of a room's tables against the last that this server knows.
struct RoomVersion: Sendable, Codable {
    let room: String
    let applied: Int
    let newest: Int
    let isBehind: Bool

    init(room: String, applied: Int, newest: Int) {
        (self.room, self.applied, self.newest) = (room, applied, newest)
        isBehind = applied < newest
    }
}

extension OfficeBook: OfficeDirectory {
    package func office(slug: String) async throws -> HostedOffice? { register.hosted(slug: slug) }
}
