import Database
import Foundation
import Office
import Support
import Testing

@testable import Messages

extension MessageTests {
    @Suite struct `The outbox` {
        @Test func `has a message exactly if its act was committed`() async throws {
            let office = try await PostOffice()
            let (kept, thrown, refused) = (UUID(), UUID(), UUID())
            try await office.post(about: kept)
            struct ChangedMind: Error {}
            await #expect(throws: ChangedMind.self) {
                let message = try office.message(about: thrown)
                try await office.cell.database.tenant(office.sender, as: .system) { tenant in
                    tenant.post(message)
                    try await tenant.flush()
                    throw ChangedMind()
                }
            }
            await #expect(throws: ServerError.self) {
                let message = try office.message(about: refused)
                try await office.cell.database.tenant(office.sender, as: .system) { tenant in
                    tenant.post(message)
                    tenant.run("update tenant.office set abbreviation = 'malá'")
                }
            }
            let waiting = try await office.waiting(about: kept)
            #expect(waiting.map(\.sender) == [office.sender.rawValue])
            #expect(waiting.map(\.recipient) == [office.recipient.rawValue])
            #expect(try await office.waiting(about: thrown).isEmpty)
            #expect(try await office.waiting(about: refused).isEmpty)
        }

        @Test func `takes no second message with the same place in the order`() async throws {
            let office = try await PostOffice()
            let subject = UUID()
            try await office.post(about: subject)
            let error = await #expect(throws: ServerError.self) { try await office.post(about: subject) }
            #expect(error?.constraint == "outbox_order")
            // Another office may have said its own first word about it.
            try await office.cell.database.tenant(office.recipient, as: .system) { tenant in
                tenant.post(try office.message(about: subject))
            }
            #expect(try await office.waiting(about: subject).count == 2)
        }

        /// Row-level security: whoever writes, writes in their own name.
        @Test(arguments: ["epom_region", "epom_owner", "epom_relay", "m_999999"])
        func `refuses a sender who is somebody else`(_ forged: String) async throws {
            let office = try await PostOffice()
            let message = try office.message(about: UUID())
            let forge: SQL = """
                insert into relay.outbox (id, sender, recipient, subject_id, ordinal, kind, body)
                values (\(message.id), \(forged), 'region', \(message.subjectID), 1, 'zkouska', '{}')
                """
            let error = await #expect(throws: ServerError.self) {
                try await office.cell.database.tenant(office.sender, as: .system) { $0.run(forge) }
            }
            #expect(error?.sqlState == "42501")
            if forged != "epom_region" {
                await #expect(throws: ServerError.self) {
                    try await office.cell.database.region { $0.run(forge) }
                }
            }
            #expect(try await office.waiting(about: message.subjectID).isEmpty)
        }

        @Test func `is closed to offices that would read, change or take back`() async throws {
            let office = try await PostOffice()
            let message = try await office.post(about: UUID())
            for statement: SQL in [
                "select id from relay.outbox", "delete from relay.outbox where id = \(message.id)",
                "update relay.outbox set sender = current_user where id = \(message.id)",
            ] {
                let error = await #expect(throws: ServerError.self, "\(statement.text)") {
                    try await office.cell.database.tenant(office.sender, as: .system) { $0.run(statement) }
                }
                #expect(error?.sqlState == "42501")
            }
            // The region may hurry a message, and neither change nor withdraw it; the relay writes none.
            for statement: SQL in [
                "delete from relay.outbox where id = \(message.id)",
                "update relay.outbox set body = '{}' where id = \(message.id)",
                "update relay.outbox set recipient = 'region' where id = \(message.id)",
            ] {
                let error = await #expect(throws: ServerError.self, "\(statement.text)") {
                    try await office.cell.database.region { $0.run(statement) }
                }
                #expect(error?.sqlState == "42501")
            }
            let error = await #expect(throws: ServerError.self) {
                let other = try office.message(about: UUID())
                try await office.cell.database.relay { $0.post(other) }
            }
            #expect(error?.sqlState == "42501")
            #expect(try await office.waiting(about: message.subjectID).count == 1)
        }
    }

    @Suite struct `The pause after a failure` {
        @Test(arguments: [(-1, 1), (0, 1), (1, 2), (2, 4), (9, 512), (10, 900), (1000, 900)])
        func `doubles up to a quarter of an hour`(_ failures: Int, _ seconds: Int) {
            #expect(Backoff.seconds(after: failures) == seconds)
        }
    }
}
