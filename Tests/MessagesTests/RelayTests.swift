import Database
import Foundation
import Office
import Support
import Testing

@testable import Messages

/// One after another: a relay that drains takes every message of the cell.
@Suite(.serialized, .timeLimit(.minutes(3))) struct MessageTests {}

extension MessageTests {
    @Suite struct `The relay` {
        @Test func `brings again what was taken in and not acknowledged, and it happens once`() async throws {
            let office = try await PostOffice()
            let subject = UUID()
            let message = try await office.post(about: subject)
            let isFirst = Switch()
            let hand = Hand(
                office,
                after: { _ in
                    // As if the process had died between the office's commit and ours.
                    if isFirst.turnOff() { throw Hand.Failure() }
                }
            )
            let relay = office.relay(hand)
            try await relay.drain()
            #expect(try await office.effects(about: subject) == [1])
            #expect(try await office.waiting(about: subject).map(\.attempts) == [1])
            try await office.replay()
            try await relay.drain()
            #expect(hand.came == [message.id, message.id])
            #expect(try await office.effects(about: subject) == [1], "the inbox drops the double")
            #expect(try await office.waiting(about: subject).isEmpty)
            #expect(relay.counted == Relay.Counts(delivered: 1, failed: 1))
        }

        @Test func `keeps the order of a subject, and what is stuck holds up nobody else`() async throws {
            let office = try await PostOffice()
            let (stuck, other) = (UUID(), UUID())
            // The order is that of the ordinals, not of the commits.
            for ordinal in [3, 1, 2] { try await office.post(about: stuck, ordinal) }
            for ordinal in [2, 1] { try await office.post(about: other, ordinal) }
            let isClosed = Switch()
            let hand = Hand(office) { message in
                if message.subjectID == stuck, isClosed.isOn { throw Hand.Failure() }
            }
            let relay = office.relay(hand)
            try await relay.drain()
            #expect(try await office.effects(about: other) == [1, 2])
            #expect(try await office.effects(about: stuck).isEmpty)
            let waiting = try await office.waiting(about: stuck)
            #expect(waiting.count == 3)
            #expect(waiting.map(\.attempts).sorted() == [0, 0, 1], "those behind it were not tried")

            // Stuck as the administrator sees it, with the reason.
            let queues = try await office.cell.database.region { try await OutboxStore.queues(in: $0) }
            #expect(queues.stuck == 1)
            #expect(queues.offices[office.recipient]?.waiting == 3)
            let first = try #require(waiting.first { $0.attempts == 1 })
            #expect(first.lastError == "the office is closed")
            let story = try await office.cell.database.region {
                try await OutboxStore.story(of: first.id, in: $0)
            }
            #expect(story?.failures.map(\.why) == ["the office is closed"])

            isClosed.turnOff()
            try await office.cell.owner().change(
                "update relay.outbox set next_attempt_at = now() + interval '1 hour' where id = \(first.id)"
            )
            #expect(try await relay.drain() == 0, "its pause is not over")
            try await office.replay()
            #expect(try await relay.drain() == 3)
            #expect(try await office.effects(about: stuck) == [1, 2, 3])
        }

        @Test func `waits longer after each failure`() async throws {
            let office = try await PostOffice()
            let subject = UUID()
            try await office.post(about: subject)
            let relay = office.relay(Hand(office) { _ in throw Hand.Failure() })
            for failures in 0..<6 {
                try await relay.drain()
                let message = try #require(try await office.waiting(about: subject).first)
                #expect(message.attempts == failures + 1)
                let pause = try await office.cell.owner().rows(
                    """
                    select extract(epoch from next_attempt_at - split_part(failures[cardinality(failures)], ' ', 1)
                        ::timestamptz)::int as seconds
                    from relay.outbox where id = \(message.id)
                    """
                ) { row in try row["seconds"] as Int }
                // The failure is told to the second.
                let expected = Backoff.seconds(after: failures)
                #expect(pause.allSatisfy { (expected...expected + 1).contains($0) }, "\(pause), \(failures)")
                try await office.replay()
            }
            #expect(try await office.effects(about: subject).isEmpty)
        }

        @Test func `leaves what nobody knows, and says so`() async throws {
            let office = try await PostOffice()
            let subject = UUID()
            let message = try Message(
                to: .region,
                about: subject,
                ordinal: 1,
                kind: "neznamy",
                body: PostOffice.Note(ordinal: 1)
            )
            try await office.cell.database.tenant(office.sender, as: .system) { $0.post(message) }
            try await office.relay(Hand(office)).drain()
            let waiting = try await office.waiting(about: subject)
            #expect(waiting.map(\.lastError) == ["nobody takes neznamy"])
        }

        @Test func `moves nothing while it is held, and all once it is released`() async throws {
            let office = try await PostOffice()
            let subject = UUID()
            let hand = Hand(office)
            let bell = Bell()
            let relay = office.relay(hand, bell: bell) { $0.sweep = .milliseconds(20) }
            relay.hold()
            let running = Task { await relay.run() }
            defer { running.cancel() }
            try await office.post(about: subject)
            bell.ring()
            try await Task.sleep(for: .milliseconds(300))
            #expect(hand.came.isEmpty)
            #expect(try await office.waiting(about: subject).map(\.attempts) == [0])
            relay.release()
            try await eventually("it is not delivered") {
                try await office.waiting(about: subject).isEmpty
            }
            #expect(try await office.effects(about: subject) == [1])
            running.cancel()
            await running.value
        }

        /// Each relay has connections of its own, as on several servers.
        @Test func `several of them bring each message to one hand at a time, in order and once`()
            async throws
        {
            let office = try await PostOffice()
            let subjects = (0..<20).map { _ in UUID() }
            let hand = Hand(
                office,
                before: { _ in try await Task.sleep(for: .milliseconds(Int.random(in: 0...4))) },
                after: { _ in if Int.random(in: 0..<6) == 0 { throw Hand.Failure() } }
            )
            let databases = (0..<3).map { _ in
                office.cell.database { configuration in
                    configuration.appConnections = 1
                    configuration.regionConnections = 1
                }
            }
            defer { for database in databases { database.stop() } }
            let relays = databases.map { database in
                office.relay(hand, database: database) { limits in
                    limits.sweep = .milliseconds(5)
                    limits.batchMax = 7
                }
            }
            let running = relays.map { relay in Task { await relay.run() } }
            for ordinal in 1...4 {
                for subject in subjects { try await office.post(about: subject, ordinal) }
            }
            try await eventually("some stay on their way") {
                try await office.replay()
                return try await office.cell.owner().rows("select count(*) as n from relay.outbox") { row in
                    try row["n"] as Int
                } == [0]
            }
            for one in running { one.cancel() }
            for one in running { await one.value }
            #expect(hand.doubles == 0)
            #expect(hand.came.count >= 80)
            for subject in subjects {
                #expect(try await office.effects(about: subject) == [1, 2, 3, 4])
            }
            #expect(relays.count { $0.counted.delivered > 0 } > 1, "the work was shared")
        }

        @Test func `whose session is ended half-way loses nothing`() async throws {
            let office = try await PostOffice()
            let subject = UUID()
            try await office.post(about: subject)
            let superuser = try office.cell.superuser()
            let isFirst = Switch()
            // A connection of its own, so that nobody else's session is ended.
            let database = office.cell.database { $0.relayConnections = 1 }
            defer { database.stop() }
            let session = try await database.relay { relay in
                try await relay.first("select pg_backend_pid() as pid") { row in try row["pid"] as Int }
            }
            let hand = Hand(office) { _ in
                guard isFirst.turnOff() else { return }
                _ = try await superuser.rows("select pg_terminate_backend(\(session)::int) as done") { row in
                    try row["done"] as Bool
                }
            }
            let relay = office.relay(hand, database: database)
            await #expect(throws: DatabaseError.self) { try await relay.drain() }
            #expect(try await office.waiting(about: subject).count == 1)
            #expect(try await relay.drain() == 1)
            #expect(try await office.effects(about: subject) == [1])
        }

        @Test func `outlasts an office that is slower than a transaction may idle`() async throws {
            let office = try await PostOffice()
            let subject = UUID()
            try await office.post(about: subject)
            let database = office.cell.database { $0.idleTimeout = .seconds(2) }
            defer { database.stop() }
            let hand = Hand(office) { _ in try await Task.sleep(for: .seconds(5)) }
            let relay = office.relay(hand, database: database) { $0.heartbeat = .milliseconds(200) }
            #expect(try await relay.drain() == 1)
            #expect(hand.came.count == 1)
            #expect(try await office.waiting(about: subject).isEmpty)
        }
    }
}
