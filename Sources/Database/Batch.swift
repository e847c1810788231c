/// A statement ready to be sent: its text already speaks of a real schema.
struct Statement: Sendable {
    let text: String
    let values: [SQLValue]
    /// Statements used once (`deallocate all`) are not worth preparing.
    var prepares = true
}

/// What came back for one batch, statement by statement.
struct BatchOutcome: Sendable {
    /// Nil from the first failure on.
    var results: [ResultSet?] = []
    var failure: (any Error)?
}

/// Statements that go out in one flush and end in one sync.
struct Batch: Sendable {
    /// Grows on every wire, so that a cancel finds the batch it was meant for and no other.
    var number: UInt64 = 0
    let statements: [Statement]
    let reply: @Sendable (BatchOutcome) -> Void
}
