package import Database
import Sealing

/// What `epom log verify` found in one office.
package enum LogVerification: Sendable, Equatable {
    case whole(entries: Int, head: String)
    /// The first entry whose link or number is not what it must be.
    case broken(atNumber: Int)
    /// The chain ends before, or otherwise than, the head says.
    case cut(lastNumber: Int, headNumber: Int)
    /// A chain in itself, which ends before the region saw it end.
    case shortened(lastNumber: Int, anchor: LogAnchor)
    /// A chain in itself, which has another entry where the region noted one; up to `agreed` it is what it was.
    case rewritten(at: LogAnchor, agreed: Int)

    /// Reads the whole log of the office and computes it anew; `anchors` are the region's, read before.
    package static func verify(
        in tenant: TenantTransaction,
        against anchors: [LogAnchor] = []
    ) async throws -> LogVerification {
        var link = HashChain.genesis(of: tenant.tenant.rawValue)
        var number = 0
        var awaited = anchors[...]
        var agreed = 0
        var differing: LogAnchor?
        while true {
            let page = try await LogStore.page(after: number, rowsMax: 2000, in: tenant)
            for line in page {
                let expected = HashChain.link(after: link, entry: line.canonical)
                guard line.number == number + 1, expected.bytes.elementsEqual(line.link) else {
                    return .broken(atNumber: line.number)
                }
                link = expected
                number = line.number
                guard differing == nil, let anchor = awaited.first, anchor.number == number else { continue }
                awaited.removeFirst()
                if link.bytes.elementsEqual(anchor.link) { agreed = number } else { differing = anchor }
            }
            if page.isEmpty { break }
        }
        if let differing { return .rewritten(at: differing, agreed: agreed) }
        if !awaited.isEmpty, let last = anchors.last { return .shortened(lastNumber: number, anchor: last) }
        let head = try await LogStore.head(in: tenant)
        guard let head, head.number == number, link.bytes.elementsEqual(head.link) else {
            return .cut(lastNumber: number, headNumber: head?.number ?? 0)
        }
        return .whole(entries: number, head: link.hex)
    }
}
