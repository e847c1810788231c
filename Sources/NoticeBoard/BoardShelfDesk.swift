import Database
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Sealing
import Synchronization
import Web

/// Pages of boards at hand by (office, revision, Prague day, look); the revision is asked at most once a second.
final class BoardShelf: Sendable {
    private static let keptMax = 500
    /// The revision is asked no more often.
    static let secondsMax = 1.0

    struct Kept: Sendable {
        let revision: Int
        let day: Day
        let look: OfficeLook
        let body: ByteBuffer
        let tag: String
        var checkedAt: Date
    }

    private let kept = Mutex<[TenantName: Kept]>([:])

    func page(
        _ tenant: TenantName,
        _ day: Day,
        _ look: OfficeLook,
        _ now: Date,
        revision: (TenantName) async throws -> Int,
        make: () async throws -> [UInt8]
    ) async throws -> Kept {
        let known = kept.withLock { $0[tenant] }.flatMap { $0.day == day && $0.look == look ? $0 : nil }
        if let known, (0..<Self.secondsMax).contains(now.timeIntervalSince(known.checkedAt)) {
            return known
        }
        let current = try await revision(tenant)
        if var known, known.revision == current {
            known.checkedAt = now
            put(known, tenant)
            return known
        }
        let bytes = try await make()
        let fresh = Kept(
            revision: current,
            day: day,
            look: look,
            body: ByteBuffer(bytes: bytes),
            tag: "\"\(Digest(of: bytes).hex.prefix(32))\"",
            checkedAt: now
        )
        put(fresh, tenant)
        return fresh
    }

    private func put(_ page: Kept, _ tenant: TenantName) {
        kept.withLock { all in
            if all.count >= Self.keptMax { all.removeAll() }
            all[tenant] = page
        }
    }
}

extension BoardShelf.Kept {
    func answer(to request: Request, type: String) -> Response {
        let headers: HTTPFields = [
            .contentType: type, .eTag: tag, .cacheControl: "public, max-age=0, must-revalidate",
            .vary: "Cookie, Accept",
        ]
        if request.headers[.ifNoneMatch].map(names) == true {
            return Response(status: .notModified, headers: headers)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// A list of tags or `*`; compared weakly (RFC 9110, 13.1.2), as a proxy that compresses marks them.
    private func names(_ header: String) -> Bool {
        header.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            .contains { $0 == "*" || $0 == tag || $0 == "W/\(tag)" }
    }
}
