import Database
import Office
import Records
import Synchronization
import Web

/// How the offices look, remembered for some seconds: a head on every page must not ask the database each time.
final class LookBook: OfficeWardrobe {
    private static let lasts = Duration.seconds(10)
    private static let rememberedMax = 10_000

    private let database: Database
    private let remembered = Mutex<[TenantName: (look: OfficeLook, asked: ContinuousClock.Instant)]>([:])

    init(database: Database) { self.database = database }

    func look(of tenant: TenantName) async -> OfficeLook {
        let now = ContinuousClock.now
        let (last, isFresh) = remembered.withLock { all in
            guard let known = all[tenant] else { return (OfficeLook?.none, false) }
            guard now - known.asked > Self.lasts else { return (known.look, true) }
            // One asks; who comes meanwhile takes what was known.
            all[tenant]?.asked = now
            return (known.look, false)
        }
        if let last, isFresh { return last }
        do {
            let look = try await database.tenant(tenant, as: .anonymous) {
                try await OfficeStore.look(in: $0)
            }
            remembered.withLock { all in
                if all.count >= Self.rememberedMax { all.removeAll() }
                all[tenant] = (look, now)
            }
            return look
        } catch {
            return last ?? .plain
        }
    }

    func forget(_ tenant: TenantName) {
        remembered.withLock { all in
            if let known = all[tenant] { all[tenant] = (known.look, known.asked - Self.lasts * 2) }
        }
    }
}
