import Database
import Foundation
import Support
import Testing

/// Whoever goes away takes its statements along and leaves the connection as it was.
@Suite(.timeLimit(.minutes(2))) struct `A caller who is cancelled` {
    @Test func `before it began asks for nothing`() async throws {
        try await Bench.oneConnection { bench in
            let before = try await bench.backend()
            let id = UUID()
            let database = bench.database
            let office = bench.office
            let gone = Task {
                while !Task.isCancelled { await Task.yield() }
                try await database.tenant(office, as: .system) { tenant in
                    tenant.run("insert into tenant.inbox (message_id, kind) values (\(id), 'zkouska')")
                }
            }
            gone.cancel()
            await #expect(throws: CancellationError.self) { try await gone.value }
            #expect(try await bench.noted().isEmpty)
            #expect(try await bench.backend() == before)
        }
    }

    @Test func `while it waits for a connection leaves the line`() async throws {
        try await Bench.oneConnection { bench in
            let before = try await bench.backend()
            let ids = (0..<3).map { _ in UUID() }
            try await bench.lockingInbox {
                Task { [bench] in try await bench.note(ids[0]) }
                try await bench.waitForLock()
                let leaving = Task { [bench] in try await bench.note(ids[1]) }
                Task { [bench] in try await bench.note(ids[2]) }
                try await eventually("two do not wait") { bench.database.load[0].waiting == 2 }
                leaving.cancel()
                await #expect(throws: CancellationError.self) { try await leaving.value }
                #expect(bench.database.load[0].waiting == 1)
            }
            try await eventually("who waits is not served") {
                try await bench.noted() == [ids[0], ids[2]]
            }
            #expect(try await bench.backend() == before)
        }
    }

    @Test func `while all of it is under way stops it, and nothing is half done`() async throws {
        try await Bench.oneConnection { bench in
            let before = try await bench.backend()
            let id = UUID()
            try await bench.lockingInbox {
                let gone = Task { [bench] in try await bench.note(id) }
                try await bench.waitForLock()
                gone.cancel()
                await #expect(throws: CancellationError.self) { try await gone.value }
                // The lock is still held by somebody else: only the cancel can have ended it.
                try await bench.waitForLock(0)
            }
            #expect(try await bench.noted().isEmpty)
            #expect(try await bench.backend() == before, "the same connection serves the next")
        }
    }

    @Test func `between two statements asks for no more`() async throws {
        try await Bench.oneConnection { bench in
            let before = try await bench.backend()
            var make: Script = ""
            make.append("create sequence %I.asked", Script.Identifier(bench.office))
            make.append("grant usage on sequence %I.asked to %I", .init(bench.office), .init(bench.office))
            try await bench.cell.owner().execute(make)
            let database = bench.database
            let office = bench.office
            let (answered, answer) = AsyncStream<Void>.makeStream()
            let gone = Task {
                try await database.tenant(office, as: .system) { tenant in
                    _ = try await tenant.rows("select nextval('tenant.asked') as n") { row in
                        try row["n"] as Int
                    }
                    answer.finish()
                    while !Task.isCancelled { await Task.yield() }
                    _ = try await tenant.rows("select nextval('tenant.asked') as n") { row in
                        try row["n"] as Int
                    }
                }
            }
            for await _ in answered {}
            gone.cancel()
            await #expect(throws: CancellationError.self) { try await gone.value }
            // A sequence does not go back with its transaction: it tells what was asked.
            let asked = try await bench.database.tenant(office, as: .system) { tenant in
                try await tenant.first("select nextval('tenant.asked') as n") { row in
                    try row["n"] as Int
                }
            }
            #expect(asked == 2)
            #expect(try await bench.backend() == before)
        }
    }

    /// At any moment, on one connection shared with people who stay: what threw did not happen, what returned did,
    /// and nobody else is hit by a cancel that was not theirs.
    @Test(arguments: [true, false]) func `at any moment hurts nobody else`(_ isWhole: Bool) async throws {
        try await Bench.oneConnection { bench in
            let before = try await bench.backend()
            var done: Set<UUID> = []
            var ended = 0
            for round in 0..<150 {
                let id = UUID()
                let going = Task { [bench] in
                    if isWhole { return try await bench.note(id) }
                    try await bench.database.tenant(bench.office, as: .system) { tenant in
                        tenant.run("insert into tenant.inbox (message_id, kind) values (\(id), 'zkouska')")
                        try await tenant.flush()
                        _ = try await tenant.rows("select 1 as one") { row in try row["one"] as Int }
                    }
                }
                let kept = UUID()
                let staying = Task { [bench] in try await bench.note(kept) }
                // Some before they began, the others further and further on their way.
                if round >= 50 { try await Task.sleep(for: .microseconds((round - 50) * 20)) }
                going.cancel()
                do {
                    try await going.value
                    done.insert(id)
                } catch is CancellationError {
                    ended += 1
                }
                try await staying.value
                done.insert(kept)
            }
            #expect(try await bench.noted() == done)
            #expect(ended > 0, "nobody was cancelled")
            #expect(try await bench.backend() == before)
            #expect(bench.database.load[0].lent == 0)
        }
    }
}
