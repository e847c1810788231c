import Database
import Foundation
import Office
import Synchronization

/// How often each form was handed in, so that what people need most comes first; read again every ten minutes.
final class FormUsage: Sendable {
    static let secondsMax = 600.0
    static let officesMax = 2_000

    private let read: @Sendable (TenantName) async throws -> [String: Int]
    private let known = Mutex<[TenantName: (counts: [String: Int], at: Date)]>([:])

    init(read: @escaping @Sendable (TenantName) async throws -> [String: Int]) { self.read = read }

    /// Empty where nobody can count now: the order of a list is not worth a page that fails.
    func counts(at office: TenantName, _ now: Date) async -> [String: Int] {
        let last = known.withLock { $0[office] }
        if let last, (0..<Self.secondsMax).contains(now.timeIntervalSince(last.at)) { return last.counts }
        guard let counts = try? await read(office) else { return last?.counts ?? [:] }
        known.withLock { known in
            if known.count >= Self.officesMax { known.removeAll() }
            known[office] = (counts, now)
        }
        return counts
    }
}
