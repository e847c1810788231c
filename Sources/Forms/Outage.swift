import Database

/// What was asked for, or nil when the database does not answer now; every other error is thrown.
func unlessDown<Answer>(_ ask: () async throws -> Answer) async throws -> Answer? {
    do {
        return try await ask()
    } catch let failure as DatabaseError where failure.isOutage {
        return nil
    } catch let refused as ServerError where refused.isOutage {
        return nil
    }
}

extension DatabaseError {
    fileprivate var isOutage: Bool {
        switch self {
        case .unavailable, .connectionLost, .outcomeUnknown: true
        case .conflict, .unknownTenant: false
        }
    }
}

extension ServerError {
    /// Connection exceptions, lack of resources, and a server that shuts down or starts.
    fileprivate var isOutage: Bool {
        ["08", "53", "57"].contains(String(sqlState.prefix(2)))
    }
}
