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
        let document = try await FilingStore.documents(of: caseFile, in: tenant).first {
            !$0.isIncoming && $0.referenceNumber == referenceNumber
        }
        guard let document, document.noticeID == nil else { return nil }
        if document.cancelled != nil {
            return "Písemnost č. j. \(referenceNumber) úřad zrušil; nevyvěšujte ji."
        }
        let names =
            "Obsahuje osobní údaje (jméno, adresu); zveřejněte ji jen tehdy, když to zákon žádá, jinak soubor vynechte."
        guard let delivered = document.delivered else {
            return "Písemnost č. j. \(referenceNumber) je určená adresátovi. \(names)"
        }
        return
            "Písemnost č. j. \(referenceNumber) už byla doručena \(delivered.czechShort), vyvěšením se podruhé nedoručuje. \(names)"
    }

    package func served(_ referenceNumber: String, of caseFile: UUID, in tenant: TenantTransaction)
        async throws
        -> Day?
    {
        try await FilingStore.documents(of: caseFile, in: tenant).first {
            !$0.isIncoming && $0.referenceNumber == referenceNumber && $0.noticeID == nil
        }?.delivered
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
        guard let document = try await FilingStore.document(servedBy: note.noticeID, in: tenant) else {
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
