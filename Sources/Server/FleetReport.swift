import Database
import Foundation
import Messages
import Office
import Region
import Submissions

/// The figures of the console, gathered from the rooms that know them and kept for a minute.
actor FleetReport: FleetReporter {
    private static let secondsMax = 60.0
    private static let monthsShown = 12

    private let database: Database
    private let files: URL
    private var kept: (figures: FleetFigures, at: Date)?
    private var bytesInDatabase: [TenantName: Int] = [:]
    private var bytesOnDisk: (bytes: [TenantName: Int], at: Date)?

    init(database: Database, files: URL) {
        self.database = database
        self.files = files
    }

    /// Queues are always read anew: after a replay the administrator looks at once.
    func figures() async throws -> FleetFigures {
        let now = Date()
        var figures: FleetFigures
        if let kept, now.timeIntervalSince(kept.at) < Self.secondsMax {
            figures = kept.figures
        } else {
            figures = try await gather(today: Day(of: now))
            kept = (figures, now)
        }
        let (queues, undecided, connected) = try await database.region { region in
            (
                try await OutboxStore.queues(in: region),
                try await SubmissionStore.undecidedCount(in: region),
                try await SubmissionStore.connected(in: region)
            )
        }
        figures.stuck = queues.stuck
        figures.undecided = undecided
        for (office, queue) in queues.offices {
            figures.offices[office, default: .init()].waiting = queue.waiting
            figures.offices[office, default: .init()].waitingSubmissions = queue.subjects
            figures.offices[office, default: .init()].waitingSince = queue.since
        }
        for office in connected { figures.offices[office, default: .init()].isConnected = true }
        return figures
    }

    private func gather(today: Day) async throws -> FleetFigures {
        let firsts = months(Self.monthsShown, until: today)
        guard let first = firsts.first else { return FleetFigures() }
        let counts = try await database.region { region in
            try await SubmissionStore.months(since: first, in: region)
        }
        let sizes = try await sizes()
        var figures = FleetFigures()
        figures.months = firsts.map { month in
            let sum = counts.filter { $0.month == month }.reduce(0) { $0 + $1.count }
            return FleetFigures.Month(first: month, submissions: sum)
        }
        for count in counts {
            if let office = count.office {
                figures.offices[office, default: .init()].submissions += count.count
            }
        }
        for (office, bytes) in sizes { figures.offices[office, default: .init()].databaseBytes = bytes }
        for (office, bytes) in await filesOnDisk() {
            figures.offices[office, default: .init()].fileBytes = bytes
        }
        return figures
    }

    /// A table that is just being migrated lets nobody measure it: the sizes of before will do.
    private func sizes() async throws -> [TenantName: Int] {
        do {
            bytesInDatabase = try await database.region { try await HostingStore.sizes(in: $0) }
        } catch let refused as ServerError where refused.isPassingTrouble {}
        return bytesInDatabase
    }

    /// Walking the store takes seconds where there are many files, so it is done rarely and aside.
    private func filesOnDisk() async -> [TenantName: Int] {
        let now = Date()
        if let known = bytesOnDisk, now.timeIntervalSince(known.at) < 10 * Self.secondsMax {
            return known.bytes
        }
        let root = files
        let bytes = await Task.detached(priority: .background) { Self.measure(root) }.value
        bytesOnDisk = (bytes, now)
        return bytes
    }

    private static func measure(_ root: URL) -> [TenantName: Int] {
        var sums: [TenantName: Int] = [:]
        let walk = FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: [.fileSizeKey, .isRegularFileKey]
        )
        let depth = root.pathComponents.count
        while let file = walk?.nextObject() as? URL {
            guard file.pathComponents.count > depth + 1, let owner = TenantName(file.pathComponents[depth]),
                let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize
            else { continue }
            sums[owner, default: 0] += size
        }
        return sums
    }
}
