import Database
import Foundation
import Support
import Synchronization
import Testing

/// Pieces of work that come at once, with the real Postgres under them.
@Suite(.timeLimit(.minutes(2))) struct `What is gathered` {
    /// Notes of one office, a transaction for all that came together.
    private struct Notes {
        let bench: Bench
        let sizes = Sizes()

        func gathering(piecesMax: Int = 8, underWayMax: Int = 1, waitingMax: Int = 100) -> Gathering<
            UUID, Bool
        > {
            Gathering(piecesMax: piecesMax, underWayMax: underWayMax, waitingMax: waitingMax) {
                [bench, sizes] ids in
                let made = try await bench.database.tenant(bench.office, as: .system) { tenant in
                    sizes.add(ids.count)
                    tenant.run("set local lock_timeout = '60s'")
                    return ids.map { id in
                        tenant.later(
                            """
                            insert into tenant.inbox (message_id, kind)
                            values (\(id), case when \(id) = \(Self.refused) then null else 'zkouska' end)
                            on conflict do nothing returning message_id
                            """
                        ) { row in try row["message_id"] as UUID }
                    }
                }
                return try made.map { try $0.first != nil }
            }
        }

        /// The office has no place for this one.
        static let refused = UUID()
    }

    /// How many pieces each transaction had.
    private final class Sizes: Sendable {
        private let sizes = Mutex<[Int]>([])
        var all: [Int] { sizes.withLock { $0 } }
        func add(_ size: Int) { sizes.withLock { $0.append(size) } }
    }

    @Test func `goes alone when nothing else comes, and together when the database is slower`() async throws {
        try await Bench.with({ $0.appConnections = 2 }) { bench in
            let notes = Notes(bench: bench)
            let gathering = notes.gathering()
            let ids = (0..<20).map { _ in UUID() }
            #expect(try await gathering.outcome(of: ids[0]))
            #expect(notes.sizes.all == [1])
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                try await bench.lockingInbox {
                    group.addTask { try await gathering.outcome(of: ids[1]) }
                    try await bench.waitForLock()
                    // The first again and eighteen others, while one is under way.
                    for id in [ids[0]] + ids[2...] {
                        group.addTask { try await gathering.outcome(of: id) }
                    }
                    try await eventually("not all of them wait") { gathering.waiting == 19 }
                }
                return try await group.reduce(into: [false: 0, true: 0]) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == [true: 19, false: 1], "what was there before is not new")
            #expect(notes.sizes.all == [1, 1, 8, 8, 3])
            #expect(try await bench.noted() == Set(ids))
        }
    }

    @Test func `fails for no neighbour`() async throws {
        try await Bench.with({ $0.appConnections = 2 }) { bench in
            let notes = Notes(bench: bench)
            let gathering = notes.gathering()
            let ids = (0..<5).map { _ in UUID() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await bench.lockingInbox {
                    group.addTask { _ = try await gathering.outcome(of: ids[0]) }
                    try await bench.waitForLock()
                    for id in ids[1...] {
                        group.addTask {
                            let isNew = try await gathering.outcome(of: id)
                            #expect(isNew)
                        }
                    }
                    group.addTask {
                        let error = await #expect(throws: ServerError.self) {
                            try await gathering.outcome(of: Notes.refused)
                        }
                        #expect(error?.sqlState == "23502")
                    }
                    try await eventually("not all of them wait") { gathering.waiting == 5 }
                }
                try await group.waitForAll()
            }
            #expect(notes.sizes.all == [1, 5, 1, 1, 1, 1, 1])
            #expect(try await bench.noted() == Set(ids))
        }
    }

    @Test func `is bounded, and recovers`() async throws {
        try await Bench.with({ $0.appConnections = 2 }) { bench in
            let gathering = Notes(bench: bench).gathering(waitingMax: 2)
            let ids = (0..<4).map { _ in UUID() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await bench.lockingInbox {
                    group.addTask { _ = try await gathering.outcome(of: ids[0]) }
                    try await bench.waitForLock()
                    for id in ids[1...2] { group.addTask { _ = try await gathering.outcome(of: id) } }
                    try await eventually("not all of them wait") { gathering.waiting == 2 }
                    let error = await #expect(throws: DatabaseError.self) {
                        try await gathering.outcome(of: ids[3])
                    }
                    guard case .unavailable? = error else {
                        Issue.record("\(String(describing: error))")
                        return
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await gathering.outcome(of: ids[3]))
            #expect(try await bench.noted() == Set(ids))
        }
    }
}
