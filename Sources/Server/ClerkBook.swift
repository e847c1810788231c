import Database
import Foundation
import Office
import Records
import Synchronization
import Web

/// Who may do what in an office; for reading remembered a few seconds, for acting always asked anew.
final class ClerkBook: ClerkDirectory {
    private static let secondsMax = 10.0
    private static let rememberedMax = 20_000

    private struct Key: Hashable {
        let user: UUID
        let tenant: TenantName
    }

    private let database: Database
    private let remembered = Mutex<[Key: (clerk: Clerk?, until: Date)]>([:])

    init(database: Database) { self.database = database }

    func clerk(_ user: UUID, in tenant: TenantName, fresh: Bool) async throws -> Clerk? {
        let key = Key(user: user, tenant: tenant)
        if !fresh, let known = remembered.withLock({ $0[key] }), known.until > Date() { return known.clerk }
        let clerk = try await database.tenant(tenant, as: .anonymous) { office in
            try await ClerkStore.clerk(user, in: office)
        }
        remembered.withLock { all in
            if all.count >= Self.rememberedMax { all.removeAll() }
            // Somebody who has just joined should not wait.
            all[key] = clerk.map { ($0, Date().addingTimeInterval(Self.secondsMax)) }
        }
        return clerk
    }
}
