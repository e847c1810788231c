package import Database
import Foundation
package import Messages
package import Office

/// Hands a submission on to the office that another office referred it to (§ 12 of act 500/2004).
///
/// A second referral needs the superior's consent. Order, new office, step and delivery are one transaction.
package struct ReferralTaker: MessageTaker {
    private let database: Database
    private let register: any OfficeRegister
    private let notices: Notices
    private let bell: Bell

    package init(database: Database, register: any OfficeRegister, notices: Notices, bell: Bell) {
        self.database = database
        self.register = register
        self.notices = notices
        self.bell = bell
    }

    package var kinds: Set<String> { [ReferralOrder.kind] }

    package func take(_ message: IncomingMessage) async throws {
        let order = try message.read(ReferralOrder.self)
        guard let sender = TenantName(message.sender), let office = TenantName(order.office),
            sender != office, let name = try await register.name(of: office)
        else { throw SubmissionRefusal.unreachable("Úřad, kterému se podání postupuje, v registru není.") }
        let from = try await register.name(of: sender) ?? sender.rawValue
        let isHosted = try await register.hasFilingRoom(office)
        let today = Day(of: order.at)
        try await database.region(as: .part("relay")) { region in
            guard try await InboxStore.takeIn(message, in: region) else { return }
            guard var submission = try await SubmissionStore.submission(order.submissionID, in: region),
                submission.office == sender
            else { throw PlainRefusal(.forbidden, "forged", "Podání postupuje úřad, kterému nepatří.") }
            // Nobody could confirm what the competent office did not have (§ 37(4) and (6) of act 500/2004).
            let isUnconfirmed = submission.confirmBy != nil && submission.confirmedBy == nil
            submission.confirmBy = isUnconfirmed ? confirmationEnd(accepted: today) : nil
            guard
                let referred = try await SubmissionStore.refer(
                    submission.id,
                    to: office,
                    name: name,
                    reason: "Postoupil úřad \(from) (č. j. \(order.resolution)): \(order.reason)",
                    reached: isHosted ? order.at : nil,
                    confirmBy: submission.confirmBy,
                    isConsented: order.consent != nil,
                    in: region
                )
            else {
                throw SubmissionRefusal.unreachable(
                    "Podání už jednou postoupeno bylo a chybí souhlas nadřízeného orgánu (§ 12)."
                )
            }
            let consent = order.consent.map { " Souhlas nadřízeného orgánu: č. j. \($0)." } ?? ""
            SubmissionStore.addStep(
                SubmissionStep(
                    at: order.at,
                    office: name,
                    status: .referred,
                    note:
                        "Úřad \(from) podání postoupil (č. j. \(order.resolution)): \(order.reason)\(consent)",
                    deadline: nil
                ),
                to: submission.id,
                in: region
            )
            var delivery = Delivery(submission, reachedAt: order.at)
            delivery.hop = referred.hops
            delivery.referredFrom = from
            delivery.explanation.append("Postoupil úřad \(from): \(order.reason)")
            region.post(
                try Message(
                    to: .office(office),
                    about: submission.id,
                    ordinal: referred.ordinal,
                    kind: Delivery.kind,
                    body: delivery
                )
            )
            notices.tell(
                .referred,
                of: submission,
                office: name,
                reference: nil,
                confirmBy: isHosted ? submission.confirmBy : nil,
                confirmsLater: !isHosted && isUnconfirmed,
                in: region
            )
        }
        bell.ring()
    }
}
