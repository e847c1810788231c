package import Database
import Foundation
package import Messages
package import Office

/// Steps that offices report, and the letters that tell people of them.
enum Progress {
    /// Notes a step in the transaction; a letter goes only where the person gave an address.
    static func note(
        _ report: StatusReport,
        officeName: String?,
        mail: Notices?,
        in region: RegionTransaction
    ) async throws {
        guard let submission = try await SubmissionStore.submission(report.submissionID, in: region) else {
            throw PlainRefusal.missing
        }
        SubmissionStore.apply(report, in: region)
        SubmissionStore.addStep(
            SubmissionStep(
                at: report.at,
                office: officeName ?? submission.officeName,
                status: report.status,
                note: report.note ?? "",
                deadline: report.deadline,
                link: report.link ?? "",
                event: report.event
            ),
            to: report.submissionID,
            in: region
        )
        let isArrival = submission.reachedAt == nil
        if let news = News(report, before: submission.status, isArrival: isArrival) {
            let lastDay =
                isArrival && submission.confirmBy != nil
                ? confirmationEnd(accepted: Day(of: report.at)) : submission.lastDayToConfirm
            let steps = try await SubmissionStore.steps(of: report.submissionID, in: region)
            mail?.tell(
                news,
                of: submission,
                office: officeName ?? submission.officeName,
                reference: report.referenceNumber ?? submission.referenceNumber,
                confirmBy: report.status.isFinal || report.confirmedBy != nil ? nil : lastDay,
                duties: Duties(steps, isFinal: report.status.isFinal),
                in: region
            )
        }
    }
}

extension StatusReport {
    /// Its office tells itself what it did; of what the region's desk handed over nobody knows when it was registered.
    var isDated: Bool { event != .handedOver }

    /// A system that does not tell the day means the day of its report.
    var dayConfirmed: Day? { confirmedBy == nil ? nil : confirmedOn ?? Day(of: at) }
}

/// Takes what hosted offices report.
package struct StatusTaker: MessageTaker {
    private let database: Database
    private let register: any OfficeRegister
    private let notices: Notices

    package init(database: Database, register: any OfficeRegister, notices: Notices) {
        self.database = database
        self.register = register
        self.notices = notices
    }

    package var kinds: Set<String> { [StatusReport.kind] }

    /// An office can report about its own submissions only.
    package func take(_ message: IncomingMessage) async throws {
        let report = try message.read(StatusReport.self)
        guard let sender = TenantName(message.sender) else { throw Self.forged }
        let name = try await register.name(of: sender)
        try await database.region(as: .part("relay")) { region in
            guard try await InboxStore.takeIn(message, in: region) else { return }
            guard let submission = try await SubmissionStore.submission(report.submissionID, in: region),
                submission.office == sender
            else { throw Self.forged }
            try await Progress.note(report, officeName: name, mail: notices, in: region)
        }
    }

    private static let forged = PlainRefusal(
        .forbidden,
        "forged",
        "Zprávu o podání poslal úřad, kterému podání nepatří."
    )
}

/// Closes by record what nobody confirmed in time (§ 37(4) of act 500/2004), and tells the office.
package struct ConfirmationWatch: Sendable {
    private let database: Database
    private let notices: Notices
    private let bell: Bell

    package init(database: Database, notices: Notices, bell: Bell) {
        self.database = database
        self.notices = notices
        self.bell = bell
    }

    package func run() async throws {
        while true {
            _ = try? await lapse(today: Day(of: Date()))
            try await Task.sleep(for: .seconds(60))
        }
    }

    /// Returns how many lapsed.
    package func lapse(today: Day) async throws -> Int {
        let count = try await database.region(as: .part("confirmation")) { region in
            let lapsed = try await SubmissionStore.lapse(before: today, in: region)
            for one in lapsed {
                SubmissionStore.addStep(
                    SubmissionStep(
                        at: Date(),
                        office: one.officeName,
                        status: .closedWithoutAction,
                        note:
                            "Podání nebylo do \(one.lastDay.czechShort) potvrzeno (\(one.regime.confirmationLaw)).",
                        deadline: nil
                    ),
                    to: one.id,
                    in: region
                )
                if let office = one.office {
                    region.post(
                        try Message(
                            to: .office(office),
                            about: one.id,
                            ordinal: one.ordinal,
                            kind: SubmissionLapsed.kind,
                            body: SubmissionLapsed(submissionID: one.id, lastDay: one.lastDay)
                        )
                    )
                }
                if let submission = try await SubmissionStore.submission(one.id, in: region) {
                    notices.tell(
                        .unconfirmed,
                        of: submission,
                        office: submission.officeName,
                        reference: submission.referenceNumber,
                        confirmBy: nil,
                        in: region
                    )
                }
            }
            return lapsed.count
        }
        if count > 0 { bell.ring() }
        return count
    }
}
