import Database
import Foundation
import Logging
import Office
import Support
import Synchronization
import Testing

@testable import Messages

/// Offices that write to each other, in a cell that no other test relays.
struct PostOffice: Sendable {
    static let kind = "zkouska"
    private static let made = Task { try await TestCell.apart("messages") }

    let cell: TestCell
    let sender: TenantName
    let recipient: TenantName

    init() async throws {
        cell = try await Self.made.value
        sender = try await cell.office()
        recipient = try await cell.office()
        try await cell.owner().change("delete from relay.outbox")
    }

    struct Note: Codable { let ordinal: Int }

    func message(about subject: UUID, _ ordinal: Int = 1) throws -> Message {
        try Message(
            to: .office(recipient),
            about: subject,
            ordinal: ordinal,
            kind: Self.kind,
            body: Note(ordinal: ordinal)
        )
    }

    @discardableResult
    func post(about subject: UUID, _ ordinal: Int = 1) async throws -> Message {
        let message = try message(about: subject, ordinal)
        try await cell.database.tenant(sender, as: .system) { $0.post(message) }
        return message
    }

    func relay(
        _ taker: Hand,
        database: Database? = nil,
        bell: Bell = Bell(),
        _ change: (inout Relay.Limits) -> Void = { _ in }
    ) -> Relay {
        var limits = Relay.Limits()
        change(&limits)
        return Relay(
            database: database ?? cell.database,
            takers: [taker],
            bell: bell,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            limits: limits
        )
    }

    /// What of a subject has not been delivered.
    func waiting(about subject: UUID) async throws -> [WaitingMessage] {
        try await cell.database.region { try await OutboxStore.waiting(about: subject, rowsMax: 100, in: $0) }
            .sorted { $0.id.uuidString < $1.id.uuidString }
    }

    /// Makes all due now, as an administrator would.
    func replay() async throws {
        try await cell.database.region { OutboxStore.replayAll(to: recipient, in: $0) }
    }

    /// The ordinals of a subject in the order in which their effects happened.
    func effects(about subject: UUID) async throws -> [Int] {
        try await cell.database.tenant(recipient, as: .system) { tenant in
            try await tenant.rows(
                "select detail from tenant.log_entries where object_id = \(subject) order by number"
            ) { row in Int(try row["detail"] as String) ?? -1 }
        }
    }
}

/// Takes messages in as an office does, and remembers what came.
final class Hand: MessageTaker {
    struct Failure: Error, CustomStringConvertible {
        var description = "the office is closed"
    }

    private struct State {
        var came: [UUID] = []
        var underWay: Set<UUID> = []
        var doubles = 0
    }

    let kinds: Set<String> = [PostOffice.kind]
    private let database: Database
    private let before: @Sendable (IncomingMessage) async throws -> Void
    private let after: @Sendable (IncomingMessage) async throws -> Void
    private let state = Mutex(State())

    init(
        _ office: PostOffice,
        before: @escaping @Sendable (IncomingMessage) async throws -> Void = { _ in },
        after: @escaping @Sendable (IncomingMessage) async throws -> Void = { _ in }
    ) {
        database = office.cell.database
        self.before = before
        self.after = after
    }

    /// Every message that came, as often as it came.
    var came: [UUID] { state.withLock { $0.came } }
    /// How often one came while it was here already.
    var doubles: Int { state.withLock { $0.doubles } }

    func take(_ message: IncomingMessage) async throws {
        state.withLock { state in
            state.came.append(message.id)
            if !state.underWay.insert(message.id).inserted { state.doubles += 1 }
        }
        defer { state.withLock { _ = $0.underWay.remove(message.id) } }
        try await before(message)
        guard let office = TenantName(message.recipient) else { throw PlainRefusal.missing }
        let note = try message.read(PostOffice.Note.self)
        try await database.tenant(office, as: .part("relay")) { tenant in
            guard try await InboxStore.takeIn(message, in: tenant) else { return }
            tenant.run(
                "select tenant.record('came', 'message', \(message.subjectID), \(String(note.ordinal)))"
            )
        }
        try await after(message)
    }
}

/// On until somebody turns it off.
final class Switch: Sendable {
    private let state = Mutex(true)
    var isOn: Bool { state.withLock { $0 } }

    /// True for the one who turned it off.
    @discardableResult
    func turnOff() -> Bool {
        state.withLock { state in
            defer { state = false }
            return state
        }
    }
}
