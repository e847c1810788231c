import CPostgres
import Foundation

/// One connection in pipeline mode; touched by the switchboard's thread only.
final class Wire {
    enum State: Equatable {
        case down
        case connecting
        case ready
    }

    private enum Expected {
        case preparation(key: String)
        case statement
        case housekeeping
        case sync
    }

    let id: Int
    private(set) var state = State.down
    private(set) var wantsWrite = false
    private(set) var connectedAt = ContinuousClock.now
    private(set) var lastFailure = ""
    private(set) var notices: [String] = []

    private let conninfo: String
    private var connection: OpaquePointer?
    private var prepared: [String: String] = [:]
    private var preparedOrder: [String] = []
    private var preparedCount = 0
    private var expected: [Expected] = []
    private var expectedHead = 0
    private var current: Batch?
    private var outcome = BatchOutcome()
    /// Enough for the statements of some fifty offices; a plan costs Postgres about 10 kB.
    private let preparedMax = 1000

    init(id: Int, conninfo: String) {
        self.id = id
        self.conninfo = conninfo
    }

    var descriptor: Int32 { connection.map { PQsocket($0) } ?? -1 }
    var isBusy: Bool { current != nil }

    // Life of the connection

    func connect() {
        disconnect()
        guard let started = PQconnectStart(conninfo) else {
            lastFailure = "cannot start a connection"
            return
        }
        connection = started
        // Where nobody listens it is refused at once, and has to be let go all the same.
        guard PQstatus(started) != CONNECTION_BAD else { return fail(errorMessage) }
        state = .connecting
        wantsWrite = true
    }

    /// One step of connecting; true once the connection is ready.
    func proceed() -> Bool {
        guard let connection else { return false }
        switch PQconnectPoll(connection) {
        case PGRES_POLLING_OK:
            PQsetnonblocking(connection, 1)
            PQenterPipelineMode(connection)
            wantsWrite = false
            state = .ready
            connectedAt = .now
            return true
        case PGRES_POLLING_READING:
            wantsWrite = false
        case PGRES_POLLING_WRITING:
            wantsWrite = true
        default:
            lastFailure = errorMessage
            disconnect()
        }
        return false
    }

    func disconnect() {
        if let connection { PQfinish(connection) }
        connection = nil
        state = .down
        prepared = [:]
        preparedOrder = []
        expected = []
        expectedHead = 0
    }

    func fail(_ why: String) {
        lastFailure = why
        disconnect()
        guard let batch = current else { return }
        current = nil
        outcome.failure = DatabaseError.connectionLost(why)
        batch.reply(outcome)
    }

    /// A handle with which another thread may ask the server to cancel what runs here.
    func cancelHandle() -> OpaquePointer? { connection.flatMap { PQgetCancel($0) } }

    private var errorMessage: String {
        connection.map { String(cString: PQerrorMessage($0)).trimmingCharacters(in: .whitespacesAndNewlines) }
            ?? "no connection"
    }

    // Sending

    func send(_ batch: Batch) {
        guard let connection, state == .ready, current == nil else {
            let why = current == nil ? "connection is down: \(lastFailure)" : "connection is busy"
            batch.reply(BatchOutcome(results: [], failure: DatabaseError.connectionLost(why)))
            return
        }
        current = batch
        outcome = BatchOutcome()
        outcome.results.reserveCapacity(batch.statements.count)
        for statement in batch.statements {
            if statement.prepares {
                let name = prepare(statement, on: connection)
                withParameters(statement.values) { count, values, lengths, formats in
                    _ = PQsendQueryPrepared(connection, name, count, values, lengths, formats, 0)
                }
            } else {
                if statement.text == "deallocate all" { forgetPlans() }
                _ = PQsendQueryParams(connection, statement.text, 0, nil, nil, nil, nil, 0)
            }
            expected.append(.statement)
        }
        PQpipelineSync(connection)
        expected.append(.sync)
        flush()
    }

    func flush() {
        guard let connection else { return }
        switch PQflush(connection) {
        case 0: wantsWrite = false
        case 1: wantsWrite = true
        default: fail(errorMessage)
        }
    }

    /// The name under which the statement is, or is now being, prepared.
    private func prepare(_ statement: Statement, on connection: OpaquePointer) -> String {
        if let name = prepared[statement.text] { return name }
        if prepared.count >= preparedMax, let oldest = preparedOrder.first {
            preparedOrder.removeFirst()
            if let name = prepared.removeValue(forKey: oldest) {
                _ = PQsendQueryParams(connection, "deallocate \(name)", 0, nil, nil, nil, nil, 0)
                expected.append(.housekeeping)
            }
        }
        preparedCount += 1
        let name = "s\(preparedCount)"
        _ = PQsendPrepare(connection, name, statement.text, 0, nil)
        prepared[statement.text] = name
        preparedOrder.append(statement.text)
        expected.append(.preparation(key: statement.text))
        return name
    }

    private func forgetPlans() {
        prepared = [:]
        preparedOrder = []
    }

    // Receiving

    func receive() {
        guard let connection else { return }
        guard PQconsumeInput(connection) == 1 else { return fail(errorMessage) }
        while let notification = PQnotifies(connection) {
            notices.append(String(cString: notification.pointee.extra))
            PQfreemem(notification)
        }
        while expectedHead < expected.count, PQisBusy(connection) == 0 {
            // A null ends the results of one statement; the next call starts the next one's.
            guard let result = PQgetResult(connection) else {
                if PQstatus(connection) == CONNECTION_BAD { return fail(errorMessage) }
                continue
            }
            take(ResultSet(result))
        }
        if PQstatus(connection) == CONNECTION_BAD { fail(errorMessage) }
    }

    func takeNotices() -> [String] {
        defer { notices = [] }
        return notices
    }

    private func take(_ result: ResultSet) {
        let status = PQresultStatus(result.pointer)
        if status == PGRES_PIPELINE_SYNC {
            return finish()
        }
        let awaited = expected[expectedHead]
        // What is refused only at the end of the transaction comes before the sync's own result.
        if case .sync = awaited {} else { expectedHead += 1 }
        let succeeded = status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK
        if !succeeded, status != PGRES_PIPELINE_ABORTED, outcome.failure == nil {
            outcome.failure = result.serverError
        }
        switch awaited {
        case .statement:
            outcome.results.append(succeeded ? result : nil)
        case .preparation(let key):
            if !succeeded { forget(key) }
        case .housekeeping, .sync:
            break
        }
    }

    private func forget(_ key: String) {
        prepared[key] = nil
        preparedOrder.removeAll { $0 == key }
    }

    private func finish() {
        expected.removeAll(keepingCapacity: true)
        expectedHead = 0
        guard let batch = current else { return }
        current = nil
        let done = outcome
        outcome = BatchOutcome()
        batch.reply(done)
    }
}

extension ResultSet {
    /// Every refusal of Postgres has a state; libpq's own has none.
    var isFromServer: Bool { PQresultErrorField(pointer, Int32(UInt8(ascii: "C"))) != nil }

    var serverError: ServerError {
        func field(_ code: Character) -> String? {
            guard let ascii = code.asciiValue, let text = PQresultErrorField(pointer, Int32(ascii)) else {
                return nil
            }
            return String(cString: text)
        }
        return ServerError(
            sqlState: field("C") ?? "XX000",
            message: field("M") ?? "unknown error",
            constraint: field("n"),
            detail: field("D")
        )
    }
}

/// Lends the values as C arrays for the length of `body`.
func withParameters(
    _ values: [SQLValue],
    _ body: (
        Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
    ) -> Void
) {
    guard !values.isEmpty else { return body(0, nil, nil, nil) }
    var arena: [UInt8] = []
    var offsets: [Int] = []
    var lengths: [Int32] = []
    var formats: [Int32] = []
    for value in values {
        switch value {
        case .null:
            offsets.append(-1)
            lengths.append(0)
            formats.append(0)
        case .text(var text):
            offsets.append(arena.count)
            lengths.append(0)
            formats.append(0)
            text.withUTF8 { arena.append(contentsOf: $0) }
            arena.append(0)
        case .bytes(let bytes):
            offsets.append(arena.count)
            lengths.append(Int32(bytes.count))
            formats.append(1)
            arena.append(contentsOf: bytes)
            arena.append(0)
        }
    }
    arena.withUnsafeBytes { arena in
        let start = arena.baseAddress?.assumingMemoryBound(to: CChar.self)
        let pointers = offsets.map { offset in offset < 0 ? nil : start.map { $0 + offset } }
        pointers.withUnsafeBufferPointer { pointers in
            body(Int32(values.count), pointers.baseAddress, lengths, formats)
        }
    }
}
