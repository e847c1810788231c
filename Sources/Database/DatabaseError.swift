/// What the server said when it refused a statement.
package struct ServerError: Error, Sendable, CustomStringConvertible {
    /// Five characters, Appendix A of Postgres' manual.
    package let sqlState: String
    package let message: String
    /// The name of the constraint that refused; our functions set it too.
    package let constraint: String?
    package let detail: String?

    package init(sqlState: String, message: String, constraint: String? = nil, detail: String? = nil) {
        self.sqlState = sqlState
        self.message = message
        self.constraint = constraint
        self.detail = detail
    }

    package var description: String {
        "\(sqlState) \(message)" + (constraint.map { " [\($0)]" } ?? "")
    }

    /// True when the same transaction may succeed if it is simply run again.
    var isPassing: Bool {
        sqlState == "40001" || sqlState == "40P01" || isStalePlan
    }

    /// The server is stopping, starting, short of something, or gave up waiting: later it may succeed.
    ///
    /// Classes 53 and 57, a lock not got, and what is still passing after all attempts.
    package var isPassingTrouble: Bool {
        isPassing || sqlState.hasPrefix("57") || sqlState.hasPrefix("53") || sqlState == "55P03"
            || sqlState == "25P03"
    }

    /// No room on the disk of the database.
    package var isFull: Bool { sqlState == "53100" }

    /// A prepared statement outlived a change of its table.
    var isStalePlan: Bool {
        (sqlState == "0A000" && message.contains("cached plan")) || sqlState == "26000"
    }
}

/// Why the database could not do what was asked, where the statement is not to blame.
package enum DatabaseError: Error, Sendable, CustomStringConvertible {
    /// No connection, or the waiting line is full: try later (503).
    case unavailable(String)
    /// The connection was lost before commit was sent: nothing happened.
    case connectionLost(String)
    /// The connection was lost during commit: ask again by id whether it happened.
    case outcomeUnknown(String)
    /// A statement that must hit exactly `expected` rows hit `actual`: somebody was faster (409).
    case conflict(expected: Int, actual: Int)
    /// The office is not in the routing table.
    case unknownTenant(TenantName)

    package var description: String {
        switch self {
        case .unavailable(let why): "database unavailable: \(why)"
        case .connectionLost(let why): "connection lost: \(why)"
        case .outcomeUnknown(let why): "connection lost during commit: \(why)"
        case .conflict(let expected, let actual): "expected \(expected) rows, hit \(actual)"
        case .unknownTenant(let name): "unknown tenant \(name)"
        }
    }
}
