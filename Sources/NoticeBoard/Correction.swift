import Database
import Foundation
import Office

/// The other notice of a correction, as a page tells of it: by its day, since its title may name somebody.
struct Correction: Codable, Sendable {
    let link: String
    let posted: String
    /// The one that was corrected came down because of it.
    let isReplacing: Bool
}

/// What a notice corrects, and what was posted to correct it.
struct Corrections: Sendable {
    let former: Notice?
    let later: Notice?
    /// Whether the notice itself came down because of the later one.
    private let isReplaced: Bool

    static func of(_ notice: Notice, in tenant: TenantTransaction) async throws -> Corrections {
        var former: Notice?
        if let id = notice.revises { former = try await NoticeStore.notice(id, in: tenant) }
        let later = notice.posted == nil ? nil : try await NoticeStore.correction(of: notice.id, in: tenant)
        return Corrections(former: former, later: later, isReplaced: notice.isReplaced)
    }

    func corrects(under path: String) -> Correction? {
        former.map { Self.link(to: $0, under: path, isReplacing: $0.isReplaced) }
    }

    func corrected(under path: String) -> Correction? {
        later.map { Self.link(to: $0, under: path, isReplacing: isReplaced) }
    }

    private static func link(to notice: Notice, under path: String, isReplacing: Bool) -> Correction {
        Correction(
            link: "\(path)/\(notice.id.uuidString.lowercased())",
            posted: notice.posted?.czech ?? "",
            isReplacing: isReplacing
        )
    }
}
