package import Database
package import Foundation
import Messages
package import Office
import Records

// What comes to the registry: submissions and lapses from the region, notes of posting from the board.

extension Registry: FilingDesk {
    /// A message that came before is left alone: the number it took then stays the only one.
    package func register(_ delivery: Delivery, message: IncomingMessage, at tenant: TenantName) async throws
    {
        do {
            try await database.tenant(tenant, as: .part("relay")) { office in
                guard try await InboxStore.takeIn(message, in: office) else { throw AlreadyTaken() }
                _ = try await register(
                    Entry(
                        subject: delivery.title,
                        service: delivery.serviceCode,
                        regime: delivery.regime,
                        submitter: delivery.submitter,
                        channel: .form,
                        receivedAt: delivery.reachedAt,
                        files: [delivery.filledForm] + delivery.attachments,
                        delivery: delivery
                    ),
                    by: nil,
                    // What comes by itself is entered as it comes, however long the message was on its way.
                    now: delivery.reachedAt,
                    in: office
                )
            }
        } catch is AlreadyTaken {}
        bell.ring()
    }

    private struct AlreadyTaken: Error {}
}

/// Closes by record what nobody confirmed in time, as the region found.
package struct LapseTaker: MessageTaker {
    private let registry: Registry

    package init(registry: Registry) { self.registry = registry }

    package var kinds: Set<String> { [SubmissionLapsed.kind] }

    package func take(_ message: IncomingMessage) async throws {
        guard message.sender == "epom_region", let tenant = TenantName(message.recipient) else {
            throw PlainRefusal(.forbidden, "forged", "Zprávu neposlal kraj.")
        }
        let lapsed = try message.read(SubmissionLapsed.self)
        try await registry.database.tenant(tenant, as: .part("relay")) { office in
            guard try await InboxStore.takeIn(message, in: office),
                let file = try await FilingStore.caseFile(submission: lapsed.submissionID, in: office),
                file.settled == nil, file.isUnconfirmed
            else { return }
            FilingStore.lapse(
                file.id,
                on: Day(of: Date()),
                record: file.lapseRecord(after: lapsed.lastDay),
                in: office
            )
            office.record(LogEntry("closed by record", "case file", file.id))
        }
    }
}

/// The note of posting returns to the case file (§ 65(3) of act 499/2004).
package struct CaseNotes: CaseFileDesk {
    package init() {}

    package func caseFile(of referenceNumber: String, in tenant: TenantTransaction) async throws -> UUID? {
        guard let number = NumberQuery(referenceNumber), number.abbreviation != nil,
            let year = number.year
        else { return nil }
        return try await FilingStore.openCase(of: referenceNumber, number.number, year, in: tenant)
    }

    package func caution(_ referenceNumber: String, of caseFile: UUID, in tenant: TenantTransaction)
        async throws -> String?
    {
        let documents = try await FilingStore.documents(of: caseFile, in: tenant)
        let document = documents.first { !$0.isIncoming && $0.referenceNumber == referenceNumber }
        guard let document else { return nil }
        let number = "Písemnost č. j. \(referenceNumber)"
        if document.cancelled != nil { return "\(number) úřad zrušil; nevyvěšujte ji." }
        let names = Document.namesWarning(to: documents.first)
        if document.awaitsPosting {
            return
                "\(number) se vyvěšením jako veřejná vyhláška nebo oznámení o možnosti převzít písemnost vypraví a patnáctým dnem doručí (§ 25 odst. 2 správního řádu); jiným druhem oznámení se nedoručí. \(names)"
        }
        guard document.noticeID == nil else { return nil }
        if let delivered = document.delivered {
            return
                "\(number) už byla doručena \(delivered.czechShort), vyvěšením se podruhé nedoručuje. \(names)"
        }
        if let sent = document.dispatched, document.returned == nil {
            return "\(number) už byla \(sent.czechShort) vypravena jinak, vyvěšením se nedoručuje. \(names)"
        }
        return "\(number) je určená adresátovi. \(names)"
    }

    package func served(_ referenceNumber: String, of caseFile: UUID, in tenant: TenantTransaction)
        async throws
        -> Day?
    {
        try await FilingStore.documents(of: caseFile, in: tenant).first {
            !$0.isIncoming && $0.referenceNumber == referenceNumber && $0.noticeID == nil
        }?.delivered
    }

    package func noteDiscarding(_ notice: UUID, of caseFile: UUID, in tenant: TenantTransaction) async throws
    {
        LetterStore.unhang(notice, in: tenant)
        tenant.record(LogEntry("discarded notice", "case file", caseFile))
    }

    /// Throws ``FilingRefusal/closed`` where the file is closed; it is not closed while something of it hangs.
    package func notePosting(_ note: PostingNote, in tenant: TenantTransaction) async throws {
        try await refusing(["case_file_closed": FilingRefusal.closed]) {
            PostingStore.note(note, in: tenant)
            try await serve(note, in: tenant)
            let reason = note.earlyReason.map { " (\($0))" } ?? ""
            let until = note.takenDown.map { ", sejmuto \($0.czechShort)\(reason)" } ?? ""
            tenant.record(
                LogEntry(
                    note.takenDown == nil ? "posted" : "taken down",
                    "case file",
                    note.caseFileID,
                    detail: "vyvěšeno \(note.posted.czechShort)\(until)"
                )
            )
            try await tenant.flush()
        }
    }

    /// What is served by the notice: dispatched on the day of posting, delivered when it hung fifteen days (§ 25).
    private func serve(_ note: PostingNote, in tenant: TenantTransaction) async throws {
        let found = try await FilingStore.document(servedBy: note.noticeID, in: tenant)
        guard let document = found, !document.isIncoming else { return }
        guard note.serves else {
            // Posted as something that serves nobody, it still has to be sent.
            LetterStore.unhang(note.noticeID, in: tenant)
            return
        }
        if document.dispatched == nil {
            LetterStore.posted(document.id, on: note.posted, in: tenant)
            tenant.record(
                LogEntry(
                    "dispatched",
                    "document",
                    document.id,
                    detail: "\(document.referenceNumber) publicNotice"
                )
            )
            if let file = try await FilingStore.caseFile(document.caseFileID, in: tenant), file.settled == nil
            {
                try await Registry.sent(document, on: note.posted, by: .publicNotice, of: file, in: tenant)
            }
        }
        let served = DeliveryWay.publicNotice.delivered(from: note.posted)
        guard let takenDown = note.takenDown, document.delivered == nil else { return }
        if takenDown > served {
            LetterStore.deliver(
                document.id,
                on: served,
                by: .publicNotice,
                proof: "vyvěšeno \(note.posted.czechShort), sejmuto \(takenDown.czechShort)",
                in: tenant
            )
            tenant.record(LogEntry("delivered", "document", document.id, detail: "publicNotice \(served)"))
            if let file = try await FilingStore.caseFile(document.caseFileID, in: tenant) {
                try await Registry.delivered(document, on: served, by: .publicNotice, of: file, in: tenant)
            }
        } else {
            LetterStore.comeBack(
                document.id,
                on: takenDown,
                why: "sejmuto dřív než po patnácti dnech",
                in: tenant
            )
            tenant.record(LogEntry("returned", "document", document.id, detail: "sejmuto předčasně"))
        }
    }
}
