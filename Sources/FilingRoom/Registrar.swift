package import Database
import Foundation
package import Messages
package import Office
import Records

/// The registry office (podatelna) of every hosted filing room: gives what comes its number, its case file and its desk.
///
/// Conforms to ``FilingDesk`` for what the region delivers; the files must already lie in the office's store.
package struct Registrar: FilingDesk {
    let database: Database
    let bell: Bell

    package init(database: Database, bell: Bell) {
        self.database = database
        self.bell = bell
    }

    /// Registers a delivered submission, once; the reports to the region go with the same transaction.
    package func register(_ delivery: Delivery, message: IncomingMessage, at tenant: TenantName) async throws
    {
        try await database.tenant(tenant, as: .part("relay")) { office in
            guard try await InboxStore.takeIn(message, in: office) else { return }
            let intake = Intake(delivery)
            let opened = try await Registrar.open(intake, registeredBy: "podatelna ePOM", in: office)
            for report in Registrar.reports(of: opened, delivery: delivery) {
                office.post(
                    try Message(
                        to: .region,
                        about: delivery.submissionID,
                        ordinal: report.ordinal,
                        kind: StatusReport.kind,
                        body: report.body
                    )
                )
            }
            Registrar.log(opened, in: office)
        }
        bell.ring()
    }

    /// Enters something by hand: paper, an e-mail, a data message, or what somebody said at the counter.
    func enter(_ intake: Intake, by clerk: Clerk, at tenant: TenantName) async throws -> Opened {
        try await refusing(FilingRefusal.byConstraint) {
            try await database.tenant(tenant, as: clerk.actor, needing: Permission.registerMail.rawValue) {
                office in
                let opened = try await Registrar.open(intake, registeredBy: clerk.name, in: office)
                Registrar.log(opened, in: office)
                return opened
            }
        }
    }

    /// Adds something that came to a case file that stands already.
    func add(_ intake: Intake, to caseFile: UUID, by clerk: Clerk, at tenant: TenantName) async throws
        -> Registered
    {
        try await refusing(FilingRefusal.byConstraint) {
            try await database.tenant(tenant, as: clerk.actor, needing: Permission.registerMail.rawValue) {
                office in
                let profile = try await OfficeStore.profile(in: office)
                let party = try await PartyStore.enter(intake.sender, in: office)
                let number = try await RegisterStore.numbers(year: intake.year, opensCase: false, in: office)
                let file = try await CaseFileStore.locked(caseFile, in: office)
                let new = intake.document(in: caseFile, party: party, by: clerk.name)
                let registered = Numbering(abbreviation: profile.abbreviation)
                    .registered(new.id, number.document, intake.year)
                RegisterStore.add(new, as: registered, caseReference: file.reference, in: office)
                try intake.addFiles(to: new.id, in: office)
                office.record(
                    LogEntry("registered", "document", new.id, detail: registered.referenceNumber)
                )
                return registered
            }
        }
    }

    struct Opened: Sendable {
        let caseFile: CaseFile
        let document: Registered
        let assignment: Assignment
    }

    /// Lock order: the person, the counters, then rows that nobody else can see yet.
    private static func open(
        _ intake: Intake,
        registeredBy: String,
        in office: TenantTransaction
    ) async throws -> Opened {
        let profile = try await OfficeStore.profile(in: office)
        let routing = try await RoutingStore.routing(in: office)
        guard let assignment = routing.assignment(of: intake.serviceCode, on: Day(of: intake.cameAt)) else {
            throw FilingRefusal.noRules
        }
        let party = try await PartyStore.enter(intake.sender, in: office)
        let numbers = try await RegisterStore.numbers(year: intake.year, opensCase: true, in: office)
        let numbering = Numbering(abbreviation: profile.abbreviation)
        let caseID = UUID.v7()
        let new = intake.document(in: caseID, party: party, by: registeredBy)
        let registered = numbering.registered(new.id, numbers.document, intake.year)
        let caseNumber = numbers.caseFile ?? 0
        let file = CaseFile(
            id: caseID,
            reference: numbering.caseReference(caseNumber, intake.year),
            title: intake.title,
            serviceCode: intake.serviceCode,
            serviceName: intake.serviceName,
            regime: intake.regime,
            filingClass: assignment.filingClass,
            partyID: party,
            partyName: intake.sender.registeredName,
            referenceNumber: registered.referenceNumber,
            reachedAt: intake.cameAt,
            state: .open,
            deskCode: assignment.desk.code,
            assignee: assignment.clerk?.userID,
            assignedWhy: assignment.why,
            takenAt: nil,
            due: RegimeClock(intake.regime)?.due(reached: Day(of: intake.cameAt)),
            supplementBy: nil,
            confirmBy: intake.confirmBy,
            confirmedBy: nil,
            confirmedAt: nil,
            settledAt: nil,
            settledHow: nil,
            settledNote: "",
            closedAt: nil,
            submissionID: intake.submissionID,
            submissionCode: intake.submissionCode,
            explanation: intake.explanation.joined(separator: "\n"),
            feeID: nil
        )
        CaseFileStore.open(
            file,
            year: intake.year,
            number: caseNumber,
            reportsSent: intake.submissionID == nil ? 0 : (intake.confirmBy == nil ? 1 : 2),
            in: office
        )
        RegisterStore.add(new, as: registered, caseReference: file.reference, in: office)
        try intake.addFiles(to: new.id, in: office)
        return Opened(caseFile: file, document: registered, assignment: assignment)
    }

    private static func log(_ opened: Opened, in office: TenantTransaction) {
        office.record(
            LogEntry("opened", "case file", opened.caseFile.id, detail: opened.caseFile.reference)
        )
        office.record(
            LogEntry("registered", "document", opened.document.id, detail: opened.document.referenceNumber)
        )
    }

    /// Registered; and where nobody has confirmed yet, that this is still awaited.
    private static func reports(
        of opened: Opened,
        delivery: Delivery
    ) -> [(ordinal: Int, body: StatusReport)] {
        let file = opened.caseFile
        let registered = StatusReport(
            submissionID: delivery.submissionID,
            status: .registered,
            at: Date(),
            referenceNumber: file.referenceNumber,
            assignee: opened.assignment.shown,
            note: "Úřad podání zapsal pod číslem jednacím \(file.referenceNumber). \(opened.assignment.why)",
            deadline: file.due
        )
        guard let confirmBy = file.confirmBy else { return [(1, registered)] }
        let awaiting = StatusReport(
            submissionID: delivery.submissionID,
            status: .awaitingConfirmation,
            at: registered.at,
            note: "Podání prosím potvrďte nejpozději \(confirmBy.czech)."
        )
        return [(1, registered), (2, awaiting)]
    }
}

extension Numbering {
    func registered(_ id: UUID, _ number: Int, _ year: Int) -> Registered {
        Registered(
            id: id,
            year: year,
            number: number,
            referenceNumber: referenceNumber(number, year),
            identifier: identifier(number, at: Date())
        )
    }
}

/// Closes by record what nobody confirmed in time, when the region says so (§ 37(4) of act 500/2004).
package struct LapseTaker: MessageTaker {
    private let database: Database

    package init(database: Database) { self.database = database }

    package var kinds: Set<String> { [SubmissionLapsed.kind] }

    package func take(_ message: IncomingMessage) async throws {
        guard message.sender == "epom_region", let tenant = TenantName(message.recipient) else {
            throw PlainRefusal(.forbidden, "forged", "Zprávu neposlal kraj.")
        }
        let lapsed = try message.read(SubmissionLapsed.self)
        try await database.tenant(tenant, as: .part("relay")) { office in
            guard try await InboxStore.takeIn(message, in: office) else { return }
            guard let id = try await CaseFileStore.id(ofSubmission: lapsed.submissionID, in: office) else {
                throw PlainRefusal.missing
            }
            guard let file = try await CaseFileStore.caseFile(id, in: office), file.awaitsConfirmation else {
                // A clerk was faster: confirmed, or closed by hand.
                return
            }
            _ = try await CaseFileStore.locked(id, in: office)
            CaseFileStore.settle(
                id,
                how: .unconfirmed,
                note:
                    "Podání nebylo do \(lapsed.lastDay.czechShort) potvrzeno (§ 37 odst. 4 správního řádu).",
                filingClass: nil,
                at: Date(),
                in: office
            )
            office.record(LogEntry("settled", "case file", id, detail: Settlement.unconfirmed.rawValue))
        }
    }
}
