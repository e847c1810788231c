import Database
import Foundation
import Office
import Sealing
import Synchronization

/// Forms at hand: definitions by digest, which never change, and for a few seconds what an office offers.
///
/// Bounded; another process notices a switch after at most ``secondsMax``.
final class FormShelf: Sendable {
    static let secondsMax = 5.0
    static let definitionsMax = 256
    static let officesMax = 2_000

    private struct Offer {
        let lines: [FormLine]
        let readAt: Date
    }

    private struct State {
        var definitions: [Digest: FormDefinition] = [:]
        var offers: [TenantName: Offer] = [:]
    }

    private let database: Database
    private let state = Mutex(State())

    init(database: Database) { self.database = database }

    func lines(of tenant: TenantName, at now: Date) async throws -> [FormLine] {
        let known = state.withLock { $0.offers[tenant] }
        if let known, (0..<Self.secondsMax).contains(now.timeIntervalSince(known.readAt)) {
            return known.lines
        }
        let read = try await unlessDown {
            try await database.tenant(tenant, as: .anonymous) { try await FormStore.lines(in: $0) }
        }
        // While the database does not answer, whoever is filling in a form may go on.
        guard let lines = read ?? known?.lines else { throw PlainRefusal.busy }
        guard read != nil else { return lines }
        state.withLock { state in
            if state.offers.count >= Self.officesMax { state.offers.removeAll() }
            state.offers[tenant] = Offer(lines: lines, readAt: now)
        }
        return lines
    }

    /// Called after a switch, so that this process sees it at once.
    func forget(_ tenant: TenantName) { state.withLock { $0.offers[tenant] = nil } }

    /// The form of that code in its newest switched version; throws ``PlainRefusal/missing``.
    func form(_ code: String, of tenant: TenantName, at now: Date) async throws -> OfferedForm {
        guard let line = try await lines(of: tenant, at: now).first(where: { $0.code == code }) else {
            throw PlainRefusal.missing
        }
        let definition = try await definition(line.digest, of: tenant)
        return OfferedForm(digest: line.digest, definition: definition, isOn: line.isOn)
    }

    /// Checks the bytes against the digest before it believes them.
    func definition(_ digest: Digest, of tenant: TenantName) async throws -> FormDefinition {
        if let known = known(digest) { return known }
        let bytes = try await database.tenant(tenant, as: .anonymous) { tenant in
            try await FormStore.definition(digest, in: tenant)
        }
        guard let bytes, Digest(of: bytes) == digest else { throw PlainRefusal.missing }
        let definition = try FormDefinition(reading: bytes)
        state.withLock { state in
            if state.definitions.count >= Self.definitionsMax { state.definitions.removeAll() }
            state.definitions[digest] = definition
        }
        return definition
    }

    /// What is already read, for the moments when the database does not answer.
    func known(_ digest: Digest) -> FormDefinition? { state.withLock { $0.definitions[digest] } }
}
