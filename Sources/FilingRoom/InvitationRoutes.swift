import Database
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// What becomes of an invitation that nobody has accepted.
extension OfficeDeskRoutes {
    struct InvitationChange: Decodable {
        var email: String
        /// `znovu` sends it once more, `zpet` takes it back.
        var act: String
    }

    @Sendable func changeInvitation(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let form = try await Input.decode(InvitationChange.self, from: request)
        guard ["znovu", "zpet"].contains(form.act) else { throw PlainRefusal.unreadable(field: "act") }
        let office = try visit.here
        let known = try await invitations.pending(at: office.tenant).first { $0.email == form.email }
        guard let known else { throw PlainRefusal.changedMeanwhile }
        let isAgain = form.act == "znovu"
        // The office decides in its own transaction, and its log knows who did it.
        try await database.tenant(
            office.tenant,
            as: clerk.actor,
            needing: Permission.manageOffice.rawValue
        ) { tenant in
            let roles = known.roles.map(\.rawValue).sorted().joined(separator: " ")
            let act = isAgain ? "invited" : "withdrew invitation"
            tenant.record(LogEntry(act, "clerk", clerk.userID, detail: roles))
        }
        guard isAgain else {
            try await invitations.withdraw(known.email, from: office.tenant)
            return done("Pozvánka pro \(known.email) už neplatí.", "/nastaveni/lide")
        }
        guard try await invitations.renew(known.email, at: office.tenant, officeName: office.authority) else {
            throw PlainRefusal.changedMeanwhile
        }
        return done("Nová pozvánka odešla na \(known.email); starší odkaz už neplatí.", "/nastaveni/lide")
    }
}
