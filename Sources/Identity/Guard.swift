package import Database
import Foundation
import Sealing
import Synchronization
package import Web

/// Knows who stands behind a token: the region's sessions, remembered for a few seconds for reading only.
package final class Guard: Doorkeeper {
    private static let secondsMax = 15.0
    private static let rememberedMax = 20_000

    private struct Key: Hashable {
        let digest: Digest
        let host: String
        let isBearer: Bool
    }

    private let database: Database
    private let allowsDemo: Bool
    private let remembered = Mutex<[Key: (visitor: Visitor, until: Date)]>([:])

    /// `allowsDemo` only where the domain is localhost.
    package init(database: Database, allowsDemo: Bool) {
        self.database = database
        self.allowsDemo = allowsDemo
    }

    package func visitor(token: String, isBearer: Bool, host: String, fresh: Bool) async throws -> Visitor? {
        guard let digest = Token(token)?.digest else { return nil }
        let key = Key(digest: digest, host: host, isBearer: isBearer)
        if !fresh, let known = remembered.withLock({ $0[key] }), known.until > Date() { return known.visitor }
        let user = try await database.region { region in
            isBearer
                ? try await UserStore.user(token: digest, host: host, in: region)
                : try await UserStore.user(session: digest, host: host, in: region)
        }
        guard let user, allowsDemo || !user.isDemo else {
            remembered.withLock { $0[key] = nil }
            return nil
        }
        let visitor = Visitor(
            userID: user.id,
            name: user.name,
            email: user.email,
            isRegionAdministrator: user.isRegionAdministrator,
            sessionDigest: digest.bytes,
            usesBearer: isBearer
        )
        remembered.withLock { known in
            if known.count >= Self.rememberedMax { known.removeAll() }
            known[key] = (visitor, Date().addingTimeInterval(Self.secondsMax))
        }
        return visitor
    }

    package func forgetAll() { remembered.withLock { $0.removeAll() } }

    /// Forgets at once when somebody signs out anywhere, or when that may have been missed.
    package func run() async {
        for await notification in database.notifications(on: .epom)
        where notification == .heard("sessions") || notification == .interrupted { forgetAll() }
    }
}
