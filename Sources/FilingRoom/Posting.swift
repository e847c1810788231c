import Database
import Foundation
import Office
import Records

// What of a case file goes to the board: what the office made out, and what another office sends to be posted.

extension Registry {
    /// Drafts a notice about the document, or about the newest that the office made out; the notice's id.
    ///
    /// What people wrote is not for the board: their names and reasons would hang there. A document that has a
    /// notice already has no second one. What still has to go out goes out by it, if it is posted as what serves.
    func post(_ id: UUID, _ wanted: UUID? = nil, at tenant: TenantName, by clerk: Clerk) async throws -> UUID
    {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, by: clerk, in: office)
            guard file.closed == nil else { throw FilingRefusal.closed }
            guard file.regime != .tax else { throw FilingRefusal.secretNotPosted }
            let documents = try await FilingStore.documents(of: file.id, in: office)
            let found =
                wanted == nil
                ? documents.last { !$0.isIncoming && $0.cancelled == nil }
                : documents.first { $0.id == wanted && $0.cancelled == nil }
            guard let document = found, !document.isIncoming || document.isForBoard else {
                throw Self.nothingToPost
            }
            let postings = try await PostingStore.postings(of: file.id, in: office)
            if let notice = document.noticeID, document.returned == nil,
                postings.first(where: { $0.noticeID == notice })?.takenDown == nil
            {
                return notice
            }
            let notice = try await draftNotice(of: document, document.noticeKind, in: office)
            if document.isIncoming {
                LetterStore.show(notice, of: document.id, in: office)
            } else if document.awaitsDispatch {
                LetterStore.hang(notice, of: document.id, in: office)
            }
            office.record(LogEntry("drafted notice", "case file", id, detail: document.referenceNumber))
            return notice
        }
    }

    private static let nothingToPost = PlainRefusal(
        .conflict,
        "nothing-to-post",
        "Ve spisu zatím není písemnost úřadu, kterou by šlo vyvěsit. Vyhotovte ji, nebo založte oznámení na úřední desce."
    )

    func draftNotice(of document: Document, _ kind: String, in office: TenantTransaction) async throws
        -> UUID
    {
        guard let board else { throw FilingRefusal.noBoard }
        let components = try await FilingStore.components(of: [document.id], in: office)
        let files = components.map(\.file).filter { !document.isIncoming || $0.isForBoard }
        let theirs = document.stamp.senderReference
        return try await board.draft(
            NoticeRequest(
                title: document.noticeTitle,
                kind: kind,
                referenceNumber: document.isIncoming && !theirs.isEmpty ? theirs : document.referenceNumber,
                caseFileID: document.caseFileID,
                files: files,
                origin: document.isIncoming ? document.sender : nil
            ),
            in: office
        )
    }
}

extension AttachedFile {
    /// A message or a container of one names who wrote to whom; what it carries is attached by hand.
    fileprivate var isForBoard: Bool {
        !["message/rfc822", "application/pkcs7-mime", "text/html"].contains(mediaType)
    }
}

extension Document {
    /// Of what came: another office or an executor may ask to have it posted, a person does not.
    var isForBoard: Bool {
        isIncoming && channel != Channel.form.rawValue
            && [.legalPerson, .entrepreneur].contains(senderKind)
    }

    /// A draft of its notice waits to be posted, and it goes out with that.
    var awaitsPosting: Bool { awaitsDispatch && returned == nil && noticeID != nil }

    /// What it probably is on the board, by its own words; the clerk who posts it chooses.
    var noticeKind: String {
        let words = folded(subject)
        guard isIncoming else { return "other" }
        if words.contains("drazeb") { return "auction" }
        if words.contains("opatreni obecne povahy") {
            return words.contains("navrh") ? "measure_draft" : "measure"
        }
        return words.contains("vyhlask") ? "public_decree" : "other"
    }

    /// Of a document of the office its kind stands first: a decision is not the application.
    var noticeTitle: String {
        guard !isIncoming, let kind = ReplyKind(rawValue: kind) else { return subject }
        return "\(kind.czech.atStart): \(subject)".cut(300)
    }

    /// Of what came and was brought to the board: how far that is.
    func posted(_ posting: PostingNote?) -> String? {
        guard isIncoming, noticeID != nil else { return nil }
        guard let posting else { return "Koncept oznámení čeká na vyvěšení na úřední desce." }
        let down = posting.takenDown.map { ", sejmuto \($0.czechShort)" } ?? ", visí"
        return "Vyvěšeno \(posting.posted.czechShort)\(down)."
    }

    /// What its text may tell of the person it goes to.
    ///
    /// `person` wrote first, and is written to.
    static func namesWarning(to person: Document?) -> String {
        switch person?.senderKind {
        case .legalPerson: return "Před zveřejněním zkontrolujte, zda v ní nejsou osobní údaje."
        default:
            let isPlaced = person?.senderAddress?.isEmpty == false
            return
                "Obsahuje osobní údaje (\(isPlaced ? "jméno, adresu" : "jméno")); zveřejněte ji jen tehdy, když to zákon žádá, jinak soubor vynechte."
        }
    }
}
