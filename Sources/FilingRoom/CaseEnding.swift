package import Database
import Foundation
package import Office
import Records

// The end of a case, and where it meets the board and the books.

extension CaseWork {
    /// Settles the case; a call, a draft or a reply that was not dispatched stands in the way.
    func settle(
        _ id: UUID,
        how: Settlement,
        note: String,
        filingClass: String?,
        by hand: Hand
    ) async throws {
        try await act(on: id, by: hand) { file, office in
            guard file.state == .open else { throw FilingRefusal.notOpen }
            if how == .unconfirmed {
                guard file.awaitsConfirmation, let last = file.confirmBy, last < hand.today else {
                    throw FilingRefusal.notYetLapsed
                }
            } else {
                guard !file.awaitsConfirmation else { throw FilingRefusal.unconfirmed }
                guard file.takenAt != nil else { throw FilingRefusal.notTaken }
            }
            guard filingClass != nil || file.filingClass != nil else { throw FilingRefusal.noFilingClass }
            let replies = try await ReplyStore.replies(of: id, in: office)
            guard !replies.contains(where: { $0.state == .draft || $0.state == .made }) else {
                throw FilingRefusal.openReply
            }
            if how == .document || how == .referral, replies.isEmpty { throw FilingRefusal.nothingSent }
            CaseFileStore.settle(
                id,
                how: how,
                note: note.trimmingCharacters(in: .whitespacesAndNewlines),
                filingClass: filingClass,
                at: hand.now,
                in: office
            )
            try await report(how.status(), of: file, note: how.sentence, in: office)
            office.record(LogEntry("settled", "case file", id, detail: how.rawValue))
        }
    }

    /// Closes the file: everything is delivered, nothing of it hangs on the board (§ 65(5) of act 499/2004).
    func close(_ id: UUID, by hand: Hand) async throws {
        try await act(on: id, by: hand) { file, office in
            guard file.state == .settled else { throw FilingRefusal.notOpen }
            let replies = try await ReplyStore.replies(of: id, in: office)
            guard replies.allSatisfy({ $0.state == .delivered || $0.state == .returned }) else {
                throw FilingRefusal.undelivered
            }
            let notes = try await CaseFileStore.notes(of: id, in: office)
            let takenDown = Set(notes.filter { $0.takenDown != nil }.compactMap(\.noticeID))
            guard notes.compactMap(\.noticeID).allSatisfy(takenDown.contains) else {
                throw FilingRefusal.posted
            }
            CaseFileStore.close(id, at: hand.now, in: office)
            office.record(LogEntry("closed", "case file", id, detail: file.filingClass ?? ""))
        }
    }

    /// Prescribes a fee in the books, in the same transaction; once for each case file.
    func prescribeFee(_ id: UUID, kind: String, amount: Money, due: Day, by hand: Hand) async throws {
        guard amount.hellers > 0, amount <= Money(crowns: 1_000_000) else {
            throw FilingRefusal.wrong(field: "amount", "Napište prosím částku od haléře do milionu korun.")
        }
        guard due > hand.today else {
            throw FilingRefusal.wrong(field: "due", "Den splatnosti musí být v budoucnu.")
        }
        try await act(on: id, by: hand) { file, office in
            guard file.takenAt != nil else { throw FilingRefusal.notTaken }
            guard file.feeID == nil else {
                throw FilingRefusal.wrong(field: "amount", "Poplatek je v této věci už předepsaný.")
            }
            guard let first = try await RegisterStore.documents(of: id, in: office).first else {
                throw PlainRefusal.missing
            }
            let fee = UUID.v7()
            CaseFileStore.noteFee(fee, of: id, in: office)
            try await receivables.prescribe(
                FeePrescription(
                    id: fee,
                    kind: kind,
                    payer: file.partyName,
                    hellers: amount.hellers,
                    due: due,
                    referenceNumber: file.referenceNumber,
                    documentID: first.id
                ),
                in: office
            )
            CaseFileStore.add(
                CaseNote(hand, "Předepsán poplatek \(amount.czech), splatný \(due.czechShort)."),
                to: id,
                in: office
            )
            office.record(LogEntry("prescribed", "case file", id, detail: "\(kind) \(amount.hellers)"))
        }
    }

    /// Drafts a notice about one document of the case file; its posting is noted here when the board posts it.
    func draftNotice(_ id: UUID, document: UUID, kind: String, title: String, by hand: Hand) async throws
        -> UUID
    {
        try await act(on: id, by: hand, needing: .postNotices) { file, office in
            let documents = try await RegisterStore.documents(of: id, in: office)
            guard let document = documents.first(where: { $0.id == document }) else {
                throw FilingRefusal.wrong(field: "document", "Vyberte prosím dokument ze spisu.")
            }
            let files = try await RegisterStore.components(of: id, in: office)
                .filter { $0.documentID == document.id && $0.kind != .proof }.map(\.file)
            let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
            let notice = try await board.draft(
                NoticeRequest(
                    title: title.isEmpty ? document.title : title,
                    kind: kind,
                    referenceNumber: document.referenceNumber,
                    caseFileID: id,
                    files: files
                ),
                in: office
            )
            CaseFileStore.add(
                CaseNote(hand, "Připraveno k vyvěšení na úřední desku: \(document.referenceNumber)."),
                to: id,
                in: office
            )
            office.record(
                LogEntry("sent to the board", "case file", file.id, detail: notice.uuidString.lowercased())
            )
            return notice
        }
    }
}

/// The case file as the board sees it: what was posted and taken down is noted in it.
package struct PostingBook: CaseFileDesk {
    package init() {}

    /// Throws ``FilingRefusal`` where the file is closed; a file is not closed while something of it hangs.
    package func notePosting(_ note: PostingNote, in tenant: TenantTransaction) async throws {
        let until = note.takenDown.map { ", sejmuto \($0.czechShort)" } ?? ""
        CaseFileStore.add(
            CaseNote(
                id: UUID.v7(),
                at: Date(),
                author: "úřední deska",
                text: "Na úřední desce: \(note.title), vyvěšeno \(note.posted.czechShort)\(until).",
                noticeID: note.noticeID,
                posted: note.posted,
                takenDown: note.takenDown
            ),
            to: note.caseFileID,
            in: tenant
        )
        try await refusing(FilingRefusal.byConstraint) { try await tenant.flush() }
    }
}
