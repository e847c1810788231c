package import Database
import Foundation
package import Logging
import Synchronization

/// Notes with the region where each office's log ends, so that a log cut off or rewritten since then shows.
///
/// The office's role cannot write there, and the region's can neither change nor remove what it noted.
package final class LogWitness: Sendable {
    /// What was done in an office since the last look has no witness yet.
    package static let pause = Duration.seconds(600)
    /// A server that has just started has better things to do.
    private static let firstPause = Duration.seconds(60)

    private let database: Database
    private let logger: Logger
    private let found = Mutex(0)

    package init(database: Database, logger: Logger) {
        self.database = database
        self.logger = logger
    }

    /// How many logs did not follow from what was noted of them, at the last look.
    package var doubtful: Int { found.withLock { $0 } }

    package func run(_ offices: @Sendable () -> [TenantName]) async throws {
        var pause = Self.firstPause
        while true {
            try await Task.sleep(for: pause)
            pause = Self.pause
            do {
                try await look(at: offices())
            } catch let failure where !(failure is CancellationError) {
                logger.warning("heads of logs not noted", metadata: ["why": "\(failure)"])
            }
        }
    }

    /// Notes the heads that have moved; returns the offices whose log no longer has what was noted last.
    ///
    /// Of those nothing is noted: what was seen before goes on telling.
    @discardableResult
    package func look(at offices: [TenantName]) async throws -> [TenantName] {
        let last = try await database.region { try await AnchorStore.last(of: offices, in: $0) }
        var moved: [(office: TenantName, head: (number: Int, link: [UInt8]))] = []
        var doubtful: [TenantName] = []
        for office in offices {
            let anchor = last[office]
            let seen = try await database.tenant(office, as: .part("log witness")) { tenant in
                try await LogStore.head(seeing: anchor?.number ?? 0, in: tenant)
            }
            guard let seen else { continue }
            if let anchor, seen.number < anchor.number || seen.then != anchor.link {
                doubtful.append(office)
                logger.error(
                    "log is not what it was: run epom log verify",
                    metadata: ["office": "\(office)", "noted": "\(anchor.number)", "ends": "\(seen.number)"]
                )
            } else if seen.number > anchor?.number ?? 0 {
                moved.append((office, (seen.number, seen.link)))
            }
        }
        if !moved.isEmpty {
            let noted = moved
            try await database.region { region in
                for (office, head) in noted { AnchorStore.note(head, of: office, in: region) }
            }
        }
        found.withLock { $0 = doubtful.count }
        return doubtful
    }
}
