import Database
import Foundation
import Identity
import Office
import Region
import Web

/// The hosted offices somebody works for, by the offices' own lists of people.
struct Workplaces: Sendable {
    let book: OfficeBook
    let clerks: any ClerkDirectory
    let hosts: Hosts

    /// An office that cannot be asked just now is left out.
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
        return found.sorted { $0.name < $1.name }
    }
}
