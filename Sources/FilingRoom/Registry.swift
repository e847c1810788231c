package import Database
package import Files
import Foundation
package import Messages
package import Office
import Records
import Sealing

/// The registry of an office: gives numbers, opens case files, and tells the region what became of submissions.
package struct Registry: Sendable {
    let database: Database
    let files: FileStore
    let bell: Bell
    /// Nil where the office lacks the room; the acts that need it are refused.
    let board: (any BoardDesk)?
    let books: (any ReceivableDesk)?

    package init(
        database: Database,
        files: FileStore,
        bell: Bell,
        board: (any BoardDesk)?,
        books: (any ReceivableDesk)?
    ) {
        self.database = database
        self.files = files
        self.bell = bell
        self.board = board
        self.books = books
    }

    /// What stands in the register under the next number.
    struct Entry {
        let subject: String
        let service: String
        let regime: Regime
        let submitter: Submitter
        let channel: Channel
        let receivedAt: Date
        var files: [AttachedFile] = []
        var delivery: Delivery?
    }

    /// Registers an incoming document with a case file of its own; everything in the caller's transaction.
    func register(_ entry: Entry, by clerk: UUID?, in tenant: TenantTransaction) async throws -> UUID {
        let day = Day(of: entry.receivedAt)
        let people = try await ClerkStore.all(in: tenant)
        let abbreviation = try await OfficeStore.profile(in: tenant).abbreviation
        // Last of what is read: the counter stays locked from here until commit.
        let rule = FilingPlanStore.rule(of: entry.service, in: tenant)
        let sender = FilingStore.sender(entry.submitter, in: tenant)
        let next = FilingStore.nextNumber(day.year, in: tenant)
        try await tenant.flush()
        guard let number = try next.first, let senderID = try sender.first else {
            throw PlainRefusal.busy
        }
        let routing = try rule.first
        let desk = route(routing, among: people, on: day)
        let clock = RegimeClock(entry.regime)
        let caseFileID = UUID.v7()
        let reference = "\(abbreviation) \(number)/\(day.year)"
        let mark = "S-\(reference)"
        FilingStore.open(
            NewCaseFile(
                id: caseFileID,
                mark: mark,
                title: entry.subject,
                serviceCode: entry.service,
                regime: entry.regime,
                planCode: routing?.planCode,
                opened: day,
                due: clock?.due(reached: Day(of: entry.delivery?.reachedAt ?? entry.receivedAt)),
                dueLaw: clock.map { "\($0.name) (\($0.law))" } ?? "",
                assignee: desk.clerk,
                routing: desk.reason,
                submissionID: entry.delivery?.submissionID,
                submissionCode: entry.delivery?.code,
                confirmation: entry.delivery?.confirmation ?? .none,
                confirmBy: entry.delivery?.confirmBy
            ),
            in: tenant
        )
        let documentID = UUID.v7()
        FilingStore.add(
            NewDocument(
                id: documentID,
                caseFileID: caseFileID,
                year: day.year,
                number: number,
                identifier: Self.identifier(abbreviation, day.year, number),
                referenceNumber: reference,
                direction: "incoming",
                subject: entry.subject,
                senderID: senderID,
                channel: entry.channel,
                receivedAt: entry.receivedAt,
                author: clerk,
                answers: entry.delivery?.answers ?? "{}",
                searched: searchable(
                    reference,
                    Self.identifier(abbreviation, day.year, number),
                    entry.subject,
                    entry.submitter.name,
                    entry.delivery?.code ?? "",
                    entry.delivery?.serviceName ?? ""
                ),
                files: entry.files
            ),
            in: tenant
        )
        if let delivery = entry.delivery {
            let due = clock?.due(reached: Day(of: delivery.reachedAt))
            let registered = StatusReport(
                submissionID: delivery.submissionID,
                status: .registered,
                at: Date(),
                referenceNumber: reference,
                assignee: desk.name,
                note: "Úřad podání zapsal pod číslem \(reference). Vyřizuje: \(desk.name).",
                deadline: due
            )
            try post(registered, ordinal: 1, in: tenant)
            if let confirmBy = delivery.confirmBy {
                // The region goes on waiting for the confirmation, or it would never lapse.
                let awaiting = StatusReport(
                    submissionID: delivery.submissionID,
                    status: .awaitingConfirmation,
                    at: registered.at,
                    note: "Podání ještě potvrďte, nejpozději \(confirmBy.czech).",
                    deadline: due
                )
                try post(awaiting, ordinal: 2, in: tenant)
            }
        }
        tenant.record(LogEntry("registered", "document", documentID, detail: reference))
        return caseFileID
    }

    static func identifier(_ abbreviation: String, _ year: Int, _ number: Int) -> String {
        let digits = String(number)
        return "\(abbreviation)-\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Tells the region of a step of the case's submission; nothing where it has none.
    func tell(
        _ status: SubmissionStatus,
        of file: CaseFile,
        at: Date,
        note: String,
        assignee: String? = nil,
        confirmedBy: ConfirmationMeans? = nil,
        deadline: Day? = nil,
        link: String? = nil,
        in tenant: TenantTransaction
    ) async throws {
        guard let submission = file.submissionID else { return }
        let ordinal = try await FilingStore.nextOrdinal(of: file.id, in: tenant)
        // While nobody has confirmed it, the region must go on waiting, whatever the office does meanwhile.
        let isWaiting = file.isUnconfirmed && confirmedBy == nil && !status.isFinal
        let report = StatusReport(
            submissionID: submission,
            status: isWaiting ? .awaitingConfirmation : status,
            at: at,
            assignee: assignee,
            note: note,
            confirmedBy: confirmedBy,
            deadline: deadline ?? file.due,
            link: link
        )
        try post(report, ordinal: ordinal, in: tenant)
    }

    private func post(_ report: StatusReport, ordinal: Int, in tenant: TenantTransaction) throws {
        tenant.post(
            try Message(
                to: .region,
                about: report.submissionID,
                ordinal: ordinal,
                kind: StatusReport.kind,
                body: report
            )
        )
    }
}

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
            FilingStore.settle(
                file.id,
                on: Day(of: Date()),
                how: "záznamem: podání nebylo do \(lapsed.lastDay.czechShort) potvrzeno (§ 37 odst. 4)",
                in: office
            )
            office.record(LogEntry("closed by record", "case file", file.id))
        }
    }
}

/// The note of posting returns to the case file (§ 65(3) of act 499/2004).
package struct CaseNotes: CaseFileDesk {
    package init() {}

    /// Throws ``FilingRefusal/closed`` where the file is closed; it is not closed while something of it hangs.
    package func notePosting(_ note: PostingNote, in tenant: TenantTransaction) async throws {
        PostingStore.note(note, in: tenant)
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
        try await refusing(["case_file_closed": FilingRefusal.closed]) { try await tenant.flush() }
    }
}
