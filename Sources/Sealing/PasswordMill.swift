import Workshop

/// Hashes passwords, at most two at once, on threads of their own.
///
/// At most 64 wait; beyond that ``Busy`` is thrown and the server answers 503.
package final class PasswordMill: Sendable {
    /// Too many passwords wait.
    package struct Busy: Error, Equatable {}

    private let crew: Crew
    private let cost: PasswordHash.Cost
    private let dummy: PasswordHash

    package init(cost: PasswordHash.Cost = .standard, waitingMax: Int = 64) {
        self.cost = cost
        crew = Crew(name: "passwords", threads: 2, waitingMax: waitingMax)
        dummy = .dummy(cost: cost)
    }

    /// Hashes a new password; throws ``Busy`` or ``PasswordTooLong``.
    package func hash(_ password: String) async throws -> PasswordHash {
        try await grind { [cost] in try PasswordHash.make(password, cost: cost) }
    }

    /// Whether the password fits the stored hash; false, after the same time, for an account without one.
    ///
    /// Throws ``Busy``. A password that is too long fits nothing.
    package func verify(_ password: String, against stored: PasswordHash?) async throws -> Bool {
        let hash = stored ?? dummy
        do {
            let fits = try await grind { try hash.fits(password) }
            return fits && stored != nil
        } catch is PasswordTooLong {
            return false
        }
    }

    /// Whether the hash was made with other parameters than those of today, and should be made anew at sign-in.
    package func isOutdated(_ hash: PasswordHash) -> Bool { hash.cost != cost }

    private func grind<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value
    {
        do {
            return try await crew.run(work)
        } catch is Crew.Busy {
            throw Busy()
        }
    }
}
