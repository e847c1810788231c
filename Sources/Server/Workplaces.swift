import Database
import Foundation
import Identity
import Office
import Region
import Synchronization
import Web

/// The hosted offices somebody works for: those that once took them in and have them among their people still.
///
/// For the heads of pages an answer is remembered a minute.
final class Workplaces: WorkplaceDirectory {
    private static let lasts = Duration.seconds(60)
    private static let rememberedMax = 10_000

    private let database: Database
    private let book: OfficeBook
    private let clerks: any ClerkDirectory
    private let hosts: Hosts
    private let remembered = Mutex<[UUID: (found: [Workplace], asked: ContinuousClock.Instant)]>([:])

    init(database: Database, book: OfficeBook, clerks: any ClerkDirectory, hosts: Hosts) {
        (self.database, self.book, self.clerks, self.hosts) = (database, book, clerks, hosts)
    }

    func workplaces(of user: UUID) async -> [Workplace] {
        if let known = remembered.withLock({ $0[user] }), ContinuousClock.now - known.asked < Self.lasts {
            return known.found
        }
        return await of(user, at: nil)
    }

    /// Asked anew; an office that cannot be asked just now is left out.
    func of(_ user: UUID, at office: TenantName?) async -> [Workplace] {
        let register = book.register
        var found: [Workplace] = []
        var known = office.map { [$0] }
        if known == nil {
            known = try? await database.region { try await UserStore.workplaces(of: user, in: $0) }
        }
        guard let known else { return [] }
        for tenant in known {
            guard let hosted = register.hosted[tenant] else { continue }
            guard let clerk = try? await clerks.clerk(user, in: tenant, fresh: false), !clerk.roles.isEmpty
            else { continue }
            found.append(
                Workplace(
                    tenant: tenant,
                    name: hosted.name,
                    url: hosts.officeURL(hosted.slug),
                    path: "/dnes"
                )
            )
        }
        found.sort { $0.name < $1.name }
        if office == nil {
            let answer = found
            remembered.withLock { all in
                if all.count >= Self.rememberedMax { all.removeAll() }
                all[user] = (answer, ContinuousClock.now)
            }
        } else if let joined = found.first {
            remembered.withLock { all in
                if all[user]?.found.contains(joined) == false { all[user] = nil }
            }
        }
        return found
    }
}
