import Database
import Foundation
import Office
import Region
import Synchronization
import Web

/// The hosted offices somebody works for, by the offices' own lists of people.
///
/// Every office is asked, so for the heads of pages an answer is remembered some minutes.
final class Workplaces: WorkplaceDirectory {
    private static let lasts = Duration.seconds(300)
    private static let rememberedMax = 10_000

    private let book: OfficeBook
    private let clerks: any ClerkDirectory
    private let hosts: Hosts
    private let remembered = Mutex<[UUID: (found: [Workplace], asked: ContinuousClock.Instant)]>([:])

    init(book: OfficeBook, clerks: any ClerkDirectory, hosts: Hosts) {
        (self.book, self.clerks, self.hosts) = (book, clerks, hosts)
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
        for (tenant, hosted) in register.hosted where office == nil || office == tenant {
            guard let clerk = try? await clerks.clerk(user, in: tenant, fresh: false), !clerk.roles.isEmpty
            else { continue }
            found.append(
                Workplace(
                    tenant: tenant,
                    name: hosted.name,
                    url: hosts.officeURL(hosted.slug),
                    path: hosted.rooms.contains("FilingRoom") ? "/dnes" : "/"
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
