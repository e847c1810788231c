package import Database
import Sealing

/// What `epom log verify` found in one office.
package enum LogVerification: Sendable, Equatable {
    case whole(entries: Int, head: String)
    /// The first entry whose link or number is not what it must be.
    case broken(atNumber: Int)
    /// The chain ends before, or otherwise than, the head says.
    case cut(lastNumber: Int, headNumber: Int)

    /// Reads the whole log of the office and computes it anew.
    package static func verify(in tenant: TenantTransaction) async throws -> LogVerification {
        var link = HashChain.genesis(of: tenant.tenant.rawValue)
        var number = 0
        while true {
            let page = try await LogStore.page(after: number, rowsMax: 2000, in: tenant)
            for line in page {
                let expected = HashChain.link(after: link, entry: line.canonical)
                guard line.number == number + 1, expected.bytes.elementsEqual(line.link) else {
                    return .broken(atNumber: line.number)
                }
                link = expected
                number = line.number
            }
            if page.isEmpty { break }
        }
        guard let head = try await LogStore.head(in: tenant), head.number == number,
            link.bytes.elementsEqual(head.link)
        else {
            return .cut(lastNumber: number, headNumber: try await LogStore.head(in: tenant)?.number ?? 0)
        }
        return .whole(entries: number, head: link.hex)
    }
}
