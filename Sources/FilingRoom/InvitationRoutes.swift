import Database
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// Asking people into the office, and what becomes of an invitation that nobody has accepted.
extension OfficeDeskRoutes {
    @Sendable func invite(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(Invited.self, from: request)
        let office = try visit.here
        let roles = (form.roles ?? []).compactMap(Role.init)
        do {
            let invitee = try Self.checked(form, roles)
            // The office decides in its own transaction, and its log knows who invited whom.
            try await database.tenant(
                office.tenant,
                as: clerk.actor,
                needing: Permission.manageOffice.rawValue
            ) { tenant in
                let people = try await ClerkStore.all(in: tenant)
                if let here = people.first(where: { $0.isActive && $0.email == invitee.email }) {
                    throw Self.alreadyHere(here.clerk.name)
                }
                Self.record("invited", invitee.email, roles, by: clerk, in: tenant)
            }
            let wasInvited = try await invitations.invite(
                invitee,
                roles: roles,
                to: office.tenant,
                officeName: office.authority,
                from: nil
            )
            let ended = wasInvited ? " Starší pozvánka téhož člověka už neplatí." : ""
            return done("Pozvánka odešla na \(invitee.email).\(ended)", "/nastaveni/lide")
        } catch let refusal as any Refusal where refusal.kind == .invalid && !request.prefersJSON {
            var shown = form
            if (form.functionTitle ?? "").allSatisfy(\.isWhitespace) {
                shown.functionTitle = roles.first?.usualFunction
            }
            return try await answer(shown, refusal, to: request, visit, clerk)
        }
    }

    /// Throws one refusal with every fault at its field.
    private static func checked(_ form: Invited, _ roles: [Role]) throws -> Invitee {
        var fields: [String: String] = [:]
        if roles.isEmpty { fields["roles"] = FilingRefusal.roleNeeded.czech }
        // A program that says nothing of it means the usual one.
        let function = Self.function(form.functionTitle ?? roles.first?.usualFunction ?? "")
        if function == nil { fields["functionTitle"] = FilingRefusal.functionNeeded.czech }
        do throws(InviteeRefusal) {
            var invitee = try Invitee(name: form.name, email: form.email)
            invitee.functionTitle = function ?? ""
            if fields.isEmpty { return invitee }
        } catch {
            fields.merge(error.fields) { $1 }
        }
        let sentences = ["name", "email", "roles", "functionTitle"].compactMap { fields[$0] }
        throw PlainRefusal(
            .invalid,
            "invitation-unclear",
            sentences.joined(separator: " "),
            fields: fields
        )
    }

    private static func alreadyHere(_ name: String) -> PlainRefusal {
        let sentence = "\(name) už v úřadu pracuje. Další roli přidáte výš u jména, v části Role a přístup."
        return PlainRefusal(.invalid, "already-here", sentence, fields: ["email": sentence])
    }

    /// The log has no id of who was not here yet, so the address says who it was.
    private static func record(
        _ act: String,
        _ email: String,
        _ roles: [Role],
        by clerk: Clerk,
        in tenant: TenantTransaction
    ) {
        let words = roles.map(\.rawValue).sorted() + [email]
        tenant.record(LogEntry(act, "clerk", clerk.userID, detail: words.joined(separator: " ")))
    }

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
            let act = isAgain ? "invited" : "withdrew invitation"
            Self.record(act, known.email, known.roles, by: clerk, in: tenant)
        }
        guard isAgain else {
            try await invitations.withdraw(known.email, from: office.tenant)
            return done("Pozvánka pro \(known.email) už neplatí.", "/nastaveni/lide")
        }
        let isSent = try await invitations.renew(
            known.email,
            for: nil,
            at: office.tenant,
            officeName: office.authority,
            from: nil
        )
        guard isSent else { throw PlainRefusal.changedMeanwhile }
        return done("Nová pozvánka odešla na \(known.email); starší odkaz už neplatí.", "/nastaveni/lide")
    }
}
