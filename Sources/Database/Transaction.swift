/// Statements that happen together or not at all.
///
/// `run` and `later` only queue; what was queued goes out in one flush with the first statement whose answer
/// is needed now, or with commit. One that is whole in one flush needs neither `begin` nor `commit`: what comes
/// before a sync is one transaction (Postgres, 55.2.4 Pipelining). Not `Sendable`: two tasks can never share one. The body may be run again
/// after a serialization failure, so it must have no effect but SQL.
package class Transaction {
    private let pool: Pool
    private let key: String?
    /// The connection, from the first answer that is needed before the commit.
    private var wire: Int?
    private let schema: String?
    private var queue: [Statement]
    private var pending: [Pending] = []
    private(set) var hasBegun = false
    private(set) var isBroken = false
    /// What was refused here; a body that swallows it must not believe that it committed.
    private var refused: (any Error)?
    private var isClean = true
    private var requiresFlush = false

    private struct Pending {
        let position: Int
        let take: (ResultSet) throws -> Void
    }

    init(pool: Pool, key: String?, schema: String?, prologue: [Statement]) {
        self.pool = pool
        self.key = key
        self.schema = schema
        queue = prologue
        prologueCount = prologue.count
    }

    private var prologueCount: Int

    /// Queues a statement whose answer nobody needs.
    package func run(_ sql: SQL) {
        queue.append(Statement(text: rendered(sql), values: sql.values))
    }

    /// Queues a statement; its answer can be read after the next flush or after the transaction.
    package func later<Value>(_ sql: SQL, _ read: @escaping (Row) throws -> Value) -> Answer<Value> {
        let answer = Answer<Value>()
        pending.append(Pending(position: queue.count) { answer.fill(try $0.read(read)) })
        run(sql)
        return answer
    }

    /// Queues a statement that must hit exactly `count` rows.
    ///
    /// Otherwise the transaction throws ``DatabaseError/conflict(expected:actual:)`` before it commits.
    package func require(_ count: Int, _ sql: SQL) {
        pending.append(
            Pending(position: queue.count) { result in
                guard result.affected == count else {
                    throw DatabaseError.conflict(expected: count, actual: result.affected)
                }
            }
        )
        requiresFlush = true
        run(sql)
    }

    /// The rows of a statement, now.
    package func rows<Value>(_ sql: SQL, _ read: @escaping (Row) throws -> Value) async throws -> [Value] {
        let answer = later(sql, read)
        try await flush()
        return try answer.rows
    }

    /// The first row of a statement, now; nil when there is none.
    package func first<Value>(_ sql: SQL, _ read: @escaping (Row) throws -> Value) async throws -> Value? {
        try await rows(sql, read).first
    }

    /// Sends what is queued and waits for the answers.
    package func flush() async throws {
        guard !queue.isEmpty else { return }
        let outcome = try await exchange(ending: false)
        do {
            try settle(outcome)
        } catch {
            refused = error
            throw error
        }
    }

    func commit() async throws {
        if let refused { throw refused }
        guard hasBegun || queue.count > prologueCount else { return }
        if requiresFlush { try await flush() }
        let outcome = hasBegun ? try await exchange(ending: true) : try await sendWhole()
        if case DatabaseError.connectionLost(let why)? = outcome.failure as? DatabaseError {
            isBroken = true
            throw DatabaseError.outcomeUnknown(why)
        }
        try settle(outcome)
        hasBegun = false
    }

    /// Leaves the connection clean for its next holder, whatever happened before.
    func rollback(forgettingPlans: Bool) async {
        guard hasBegun || forgettingPlans, !isBroken, let wire else { return }
        var statements: [Statement] = []
        // Not prepared: making room for it would be refused in a failed transaction, and so would all behind it.
        if hasBegun { statements.append(Statement(text: "rollback", values: [], prepares: false)) }
        if forgettingPlans {
            statements.append(Statement(text: "deallocate all", values: [], prepares: false))
        }
        isClean = await pool.sendRegardless(statements, on: wire).failure == nil
        hasBegun = false
    }

    /// A lost connection is not lent again until it was made anew, also where its loss has not been noted yet.
    func giveBack() {
        if let wire { pool.give(wire, isClean: isClean && !isBroken) }
        wire = nil
    }

    private func takeQueue() -> [Statement] {
        defer {
            queue = []
            prologueCount = 0
            requiresFlush = false
        }
        return queue
    }

    /// Holds a connection no longer than Postgres works for it; after a failure nothing is left to roll back.
    private func sendWhole() async throws -> BatchOutcome {
        let (outcome, held) = try await pool.sendWhole(takeQueue(), for: key)
        wire = held
        return outcome
    }

    private func exchange(ending: Bool) async throws -> BatchOutcome {
        let wire: Int
        if let held = self.wire { wire = held } else { wire = try await pool.take(for: key) }
        self.wire = wire
        var statements = takeQueue()
        let begins = !hasBegun
        if begins { statements.insert(Statement(text: "begin", values: []), at: 0) }
        if ending { statements.append(Statement(text: "commit", values: [])) }
        hasBegun = true
        var outcome = await pool.send(statements, on: wire)
        if begins, !outcome.results.isEmpty { outcome.results.removeFirst() }
        return outcome
    }

    private func settle(_ outcome: BatchOutcome) throws {
        let awaited = pending
        pending = []
        if let failure = outcome.failure {
            if failure is DatabaseError { isBroken = true }
            if let refused = failure as? ServerError, refused.sqlState == "57014", Task.isCancelled {
                throw CancellationError()
            }
            throw failure
        }
        for item in awaited {
            guard item.position < outcome.results.count, let result = outcome.results[item.position] else {
                throw DatabaseError.connectionLost("an answer is missing")
            }
            try item.take(result)
        }
    }

    private func rendered(_ sql: SQL) -> String {
        guard let schema else { return sql.text }
        return sql.text.replacingReservedName("tenant.", with: schema + ".")
    }
}

/// A transaction run as one office's role, in its own schema, which SQL calls `tenant.`.
package final class TenantTransaction: Transaction {
    package let tenant: TenantName

    init(tenant: TenantName, pool: Pool, prologue: [Statement]) {
        self.tenant = tenant
        super.init(pool: pool, key: tenant.rawValue, schema: tenant.rawValue, prologue: prologue)
    }
}

/// A transaction of the region tier: `region.`, `codes.` and its own rows of `relay.`.
package final class RegionTransaction: Transaction {}

/// A transaction of the relay: it reads every sender's outbox and nothing else.
package final class RelayTransaction: Transaction {}

/// The rows of a statement that was queued; readable once it was flushed.
package final class Answer<Value> {
    private var values: [Value]?

    func fill(_ values: [Value]) { self.values = values }

    package var rows: [Value] {
        get throws {
            guard let values else { throw UnansweredStatement() }
            return values
        }
    }

    package var first: Value? {
        get throws { try rows.first }
    }
}

/// An answer was read before its statement was sent: a programming fault.
package struct UnansweredStatement: Error {}

extension String {
    /// Replaces a reserved schema name where it starts a name, never inside one.
    func replacingReservedName(_ reserved: String, with replacement: String) -> String {
        let needle = Array(reserved.utf8)
        var result: [UInt8] = []
        var source = self
        source.withUTF8 { text in
            result.reserveCapacity(text.count + 64)
            var copied = 0
            var index = 0
            while index + needle.count <= text.count {
                guard text[index] == needle[0], index == 0 || !text[index - 1].continuesName,
                    text[index..<index + needle.count].elementsEqual(needle)
                else {
                    index += 1
                    continue
                }
                result.append(contentsOf: text[copied..<index])
                result.append(contentsOf: replacement.utf8)
                index += needle.count
                copied = index
            }
            result.append(contentsOf: text[copied...])
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var continuesName: Bool {
        switch self {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x5F, 0x2E, 0x22: true
        default: false
        }
    }
}
