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
        let standings = try await standings(of: offices)
        let doubtful = standings.filter(\.isDoubtful)
        for standing in doubtful {
            let noted = standing.anchor?.number ?? 0
            logger.error(
                "log is not what it was: run epom log verify",
                metadata: [
                    "office": "\(standing.office)", "noted": "\(noted)", "ends": "\(standing.entries)",
                ]
            )
        }
        let moved = standings.filter { !$0.isDoubtful && $0.entries > $0.anchor?.number ?? 0 }
        if !moved.isEmpty {
            try await database.region { region in
                for standing in moved {
                    AnchorStore.note((standing.entries, standing.link), of: standing.office, in: region)
                }
            }
        }
        found.withLock { $0 = doubtful.count }
        return doubtful.map(\.office)
    }

    /// How each log stands against what was noted of it last; nothing is noted by that.
    package func standings(of offices: [TenantName]) async throws -> [LogStanding] {
        let last = try await database.region { try await AnchorStore.last(of: offices, in: $0) }
        var standings: [LogStanding] = []
        for office in offices {
            let anchor = last[office]
            let seen = try await database.tenant(office, as: .part("log witness")) { tenant in
                try await LogStore.head(seeing: anchor?.number ?? 0, in: tenant)
            }
            guard let seen else { continue }
            standings.append(
                LogStanding(
                    office: office,
                    entries: seen.number,
                    link: seen.link,
                    anchor: anchor,
                    isDoubtful: anchor.map { seen.number < $0.number || seen.then != $0.link } ?? false
                )
            )
        }
        return standings
    }
}

/// Where an office's log ends, and whether it still has what the region noted last.
package struct LogStanding: Sendable {
    package let office: TenantName
    package let entries: Int
    let link: [UInt8]
    package let anchor: LogAnchor?
    package let isDoubtful: Bool
}
