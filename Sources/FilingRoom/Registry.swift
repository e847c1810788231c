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
        /// Of what came by hand unsigned: by when it is to be confirmed.
        var confirmBy: Day?
        var stamp = FilingStamp()
        var files: [AttachedFile] = []
        var delivery: Delivery?
    }

    /// Registers an incoming document with a case file of its own; everything in the caller's transaction.
    ///
    /// The number is one of the year in which it is given, whenever the document came (§ 10(4) of decree 259/2012).
    func register(_ entry: Entry, by clerk: UUID?, now: Date, in tenant: TenantTransaction) async throws
        -> Registered
    {
        let day = Day(of: entry.receivedAt)
        let year = Day(of: now).year
        let people = try await ClerkStore.all(in: tenant)
        let abbreviation = try await OfficeStore.profile(in: tenant).abbreviation
        // Last of what is read: the counter stays locked from here until commit.
        let rule = FilingPlanStore.rule(of: entry.service, in: tenant)
        let sender = FilingStore.sender(entry.submitter, in: tenant)
        let next = FilingStore.nextNumber(year, in: tenant)
        try await tenant.flush()
        guard let number = try next.first, let senderID = try sender.first else {
            throw PlainRefusal.busy
        }
        let routing = try rule.first
        let desk = route(routing, among: people, regime: entry.regime, on: day)
        let clock = RegimeClock(entry.regime)
        let caseFileID = UUID.v7()
        let reference = "\(abbreviation) \(number)/\(year)"
        FilingStore.open(
            NewCaseFile(
                id: caseFileID,
                mark: "S-\(reference)",
                title: entry.subject,
                serviceCode: entry.service,
                regime: entry.regime,
                planCode: routing?.planCode,
                opened: day,
                due: clock?.due(reached: Day(of: entry.delivery?.reachedAt ?? entry.receivedAt)),
                dueLaw: clock?.czech ?? "",
                assignee: desk.clerk,
                routing: desk.reason,
                submissionID: entry.delivery?.submissionID,
                submissionCode: entry.delivery?.code,
                confirmation: entry.delivery?.confirmation
                    ?? (entry.confirmBy == nil ? .none : .withinFiveDays),
                confirmBy: entry.delivery?.confirmBy ?? entry.confirmBy,
                hop: entry.delivery?.hop ?? 0,
                referredFrom: entry.delivery?.referredFrom
            ),
            in: tenant
        )
        let documentID = incoming(
            entry,
            number: number,
            year: year,
            abbreviation: abbreviation,
            sender: senderID,
            caseFile: caseFileID,
            isSecret: entry.regime == .tax,
            by: clerk,
            in: tenant
        )
        if let delivery = entry.delivery {
            try answer(
                delivery,
                reference: reference,
                desk: desk,
                due: clock?.due(reached: Day(of: delivery.reachedAt)),
                in: tenant
            )
            try DeskNotice(reference).tell(desk.clerk, among: people, of: documentID, in: tenant)
        }
        tenant.record(LogEntry("registered", "document", documentID, detail: reference))
        return Registered(caseFile: caseFileID, document: documentID, reference: reference)
    }

    /// Where a document stands that was registered.
    struct Registered: Sendable, Equatable {
        let caseFile: UUID
        let document: UUID
        let reference: String
    }

    /// Adds the document to the case file under the number; returns its id.
    func incoming(
        _ entry: Entry,
        number: Int,
        year: Int,
        abbreviation: String,
        sender: UUID,
        caseFile: UUID,
        isSecret: Bool,
        by clerk: UUID?,
        in tenant: TenantTransaction
    ) -> UUID {
        let id = UUID.v7()
        let reference = "\(abbreviation) \(number)/\(year)"
        let identifier = Self.identifier(abbreviation, year, number)
        FilingStore.add(
            NewDocument(
                id: id,
                caseFileID: caseFile,
                year: year,
                number: number,
                identifier: identifier,
                referenceNumber: reference,
                direction: "incoming",
                subject: entry.subject,
                senderID: sender,
                channel: entry.channel,
                receivedAt: entry.receivedAt,
                stamp: entry.stamp,
                isSecret: isSecret,
                author: clerk,
                answers: entry.delivery?.answers ?? "{}",
                searched: searchable(
                    reference,
                    identifier,
                    entry.subject,
                    entry.submitter.name,
                    entry.stamp.senderReference,
                    entry.delivery?.code ?? "",
                    entry.delivery?.serviceName ?? "",
                    answered(entry.delivery?.answers)
                ),
                files: entry.files
            ),
            in: tenant
        )
        return id
    }

    /// Tells the region the number, and that it must go on waiting for a confirmation, or it would never lapse.
    private func answer(
        _ delivery: Delivery,
        reference: String,
        desk: Desk,
        due: Day?,
        in tenant: TenantTransaction
    ) throws {
        let first = (delivery.hop ?? 0) * 1000 + 1
        let registered = StatusReport(
            submissionID: delivery.submissionID,
            status: .registered,
            at: Date(),
            referenceNumber: reference,
            assignee: desk.name,
            note: "Úřad podání zapsal pod číslem \(reference). Vyřizuje: \(desk.name).",
            deadline: due
        )
        try Self.post(registered, ordinal: first, in: tenant)
        guard let confirmBy = delivery.confirmBy else { return }
        let awaiting = StatusReport(
            submissionID: delivery.submissionID,
            status: .awaitingConfirmation,
            at: registered.at,
            note: "Podání ještě potvrďte, nejpozději \(confirmBy.czech).",
            deadline: due
        )
        try Self.post(awaiting, ordinal: first + 1, in: tenant)
    }

    static func identifier(_ abbreviation: String, _ year: Int, _ number: Int) -> String {
        let digits = String(number)
        return "\(abbreviation)-\(year)-" + String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }

    /// Tells the region of a step of the case's submission; nothing where it has none.
    static func tell(
        _ status: SubmissionStatus,
        _ event: SubmissionEvent? = nil,
        of file: CaseFile,
        at: Date,
        note: String,
        assignee: String? = nil,
        confirmedBy: ConfirmationMeans? = nil,
        confirmedOn: Day? = nil,
        deadline: Day? = nil,
        link: String? = nil,
        in tenant: TenantTransaction
    ) async throws {
        // Once referred, the submission is another office's to report on.
        guard let submission = file.submissionID, file.referredTo == nil else { return }
        let ordinal = try await FilingStore.nextOrdinal(of: file.id, in: tenant)
        // While nobody has confirmed it, the region must go on waiting, whatever the office does meanwhile.
        let isWaiting = file.isUnconfirmed && confirmedBy == nil && !status.isFinal
        let report = StatusReport(
            submissionID: submission,
            status: isWaiting ? .awaitingConfirmation : status,
            event: event,
            at: at,
            assignee: assignee,
            note: note,
            confirmedBy: confirmedBy,
            confirmedOn: confirmedOn,
            deadline: deadline ?? file.due,
            link: link
        )
        try post(report, ordinal: ordinal, in: tenant)
    }

    private static func post(_ report: StatusReport, ordinal: Int, in tenant: TenantTransaction) throws {
        try post(report, StatusReport.kind, about: report.submissionID, ordinal: ordinal, in: tenant)
    }

    static func post(_ order: ReferralOrder, about id: UUID, ordinal: Int, in tenant: TenantTransaction)
        throws
    {
        try post(order, ReferralOrder.kind, about: id, ordinal: ordinal, in: tenant)
    }

    private static func post(
        _ body: some Encodable,
        _ kind: String,
        about id: UUID,
        ordinal: Int,
        in tenant: TenantTransaction
    ) throws {
        tenant.post(try Message(to: .region, about: id, ordinal: ordinal, kind: kind, body: body))
    }
}

/// What people answered in a form, for searching: the words alone.
private func answered(_ answers: String?) -> String {
    guard let answers, let value = try? JSONSerialization.jsonObject(with: Data(answers.utf8)) else {
        return ""
    }
    func words(_ value: Any) -> [String] {
        switch value {
        case let text as String: [text]
        case let list as [Any]: list.flatMap(words)
        case let record as [String: Any]: record.sorted { $0.key < $1.key }.flatMap { words($0.value) }
        default: []
        }
    }
    return words(value).joined(separator: " ")
}

extension RegimeClock {
    /// What must be done in the term, and by which law.
    var czech: String { "\(name) (\(law))" }
}
