import Foundation
import Office

/// Something on the official notice board, from draft to archive.
struct Notice: Sendable, Equatable {
    let id: UUID
    let title: String
    let kind: NoticeKind
    let body: String
    let referenceNumber: String
    let caseFileID: UUID?
    let event: Day?
    let revises: UUID?
    let posted: Day?
    /// The last day on which it hangs; nil until a newer one takes its place.
    let hangsUntil: Day?
    let takenDown: Day?
    let earlyReason: String?

    /// What people see on a day: posted, and not yet past its last day or taken down.
    func hangs(on day: Day) -> Bool {
        guard let posted, takenDown == nil else { return false }
        return posted <= day && hangsUntil.map { day <= $0 } ?? true
    }

    /// Whether people may read its text and files, or only that it hung.
    func isReadable(on day: Day) -> Bool { posted != nil && (hangs(on: day) || !kind.namesPeople) }

    /// Nil for a draft.
    var period: NoticePeriod? { posted.map { NoticePeriod(kind: kind, posted: $0, event: event) } }
}
