package import Database
import Foundation
package import Office

/// The board's last few notices, as a front page shows them.
extension Board {
    package struct Newest: Sendable {
        package let title: String
        package let link: String
        package let kind: String
        package let posted: Day
    }

    package func newest(on day: Day, countMax: Int, in tenant: TenantTransaction) async throws -> [Newest] {
        try await NoticeStore.newest(on: day, rowsMax: countMax, in: tenant).map { notice in
            Newest(
                title: notice.title,
                link: "/uredni-deska/\(notice.id.uuidString.lowercased())",
                kind: notice.kind.czech,
                posted: notice.posted
            )
        }
    }
}
