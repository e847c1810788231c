package import Database
import Foundation
import Messages
package import Office
import Records
import Sealing

/// How people come into an office: invited, reminded, taken in, or not after all.
extension Identities {
    /// Invites somebody into an office; the letter works for two weeks, and an older one of theirs no more.
    ///
    /// True where there was an older one. Constraint `one_time_codes_one_invitation` refuses whoever invites the
    /// same person in the same moment.
    @discardableResult
    func invite(
        _ invitee: Invitee,
        roles: [Role],
        to tenant: TenantName,
        officeName: String,
        from sender: String? = nil,
        in region: RegionTransaction
    ) async throws -> Bool {
        let token = Token.random()
        let wasInvited = try await UserStore.withdrawInvitations(of: invitee.email, to: tenant, in: region)
        UserStore.issue(
            OneTimeCode(
                purpose: .invite,
                email: invitee.email,
                name: invitee.name,
                tenant: tenant,
                roles: roles,
                functionTitle: invitee.functionTitle
            ),
            digest: token.digest,
            minutes: Self.invitationDays * 24 * 60,
            in: region
        )
        mail.queue(
            Letters.invitation(
                invitee,
                officeName,
                from: sender ?? officeName,
                until: Day(of: Date()) + Self.invitationDays,
                roles,
                token,
                hosts
            ),
            in: region
        )
        return wasInvited > 0
    }

    func invitation(_ token: String) async throws -> (OneTimeCode, hasAccount: Bool) {
        guard let digest = Token(token)?.digest else { throw IdentityRefusal.codeUsed }
        return try await database.region { region in
            guard let code = try await UserStore.look(digest, .invite, in: region) else {
                throw IdentityRefusal.codeUsed
            }
            return (code, try await UserStore.user(email: code.email, in: region)?.isVerified == true)
        }
    }

    /// Takes the person into the office; who had no account gets one, since the letter reached its address.
    ///
    /// An account that nobody verified may be somebody else's trap: its password is replaced.
    /// Returns what the invitation was to.
    @discardableResult
    func accept(_ token: String, password: String) async throws -> OneTimeCode {
        guard let digest = Token(token)?.digest else { throw IdentityRefusal.codeUsed }
        let (invited, hasAccount) = try await invitation(token)
        if !hasAccount,
            let fault = PasswordRules.fault(of: password, email: invited.email, name: invited.name)
        {
            throw IdentityRefusal.weakPassword(fault)
        }
        let hash = hasAccount ? nil : try await mill.hash(password).text
        return try await database.region { region in
            guard let code = try await UserStore.use(digest, .invite, in: region), let tenant = code.tenant
            else {
                throw IdentityRefusal.codeUsed
            }
            let found = try await UserStore.user(email: code.email, in: region)
            var user = found?.id
            if let found, !found.isVerified {
                guard let hash else { throw IdentityRefusal.codeUsed }
                UserStore.setPassword(of: found.id, to: hash, in: region)
                UserStore.signOutEverywhere(found.id, except: nil, in: region)
            } else if user == nil {
                let id = UUID.v7()
                UserStore.add(
                    id,
                    email: code.email,
                    name: code.name,
                    passwordHash: hash,
                    isVerified: true,
                    in: region
                )
                user = id
            }
            guard let user else { throw IdentityRefusal.codeUsed }
            UserStore.note(user, worksFor: tenant, in: region)
            let joined = ClerkJoined(
                userID: user,
                name: code.name,
                email: code.email,
                functionTitle: code.functionTitle.isEmpty
                    ? code.roles.first?.usualFunction ?? "" : code.functionTitle,
                roles: code.roles
            )
            region.post(
                try Message(
                    to: .office(tenant),
                    about: UUID.v7(),
                    ordinal: 1,
                    kind: ClerkJoined.kind,
                    body: joined
                )
            )
            return code
        }
    }
}

extension Identities: InvitationDesk {
    private static let invitedMeanwhile: [String: any Refusal] = [
        "one_time_codes_one_invitation": PlainRefusal.changedMeanwhile
    ]

    package func invite(
        _ invitee: Invitee,
        roles: [Role],
        to office: TenantName,
        officeName: String,
        from sender: String?
    ) async throws -> Bool {
        try await refusing(Self.invitedMeanwhile) {
            try await database.region { region in
                try await invite(
                    invitee,
                    roles: roles,
                    to: office,
                    officeName: officeName,
                    from: sender,
                    in: region
                )
            }
        }
    }

    package func pending(at office: TenantName) async throws -> [Invitation] {
        try await database.region { try await UserStore.invitations(to: office, in: $0) }
    }

    package func renew(
        _ email: String,
        for corrected: Invitee?,
        at office: TenantName,
        officeName: String,
        from sender: String?
    ) async throws -> Bool {
        try await refusing(Self.invitedMeanwhile) {
            try await database.region { region in
                let known = try await UserStore.invitations(to: office, in: region)
                    .first { $0.email == email }
                guard let known else { return false }
                // Accepted in this very moment: there is nothing left to renew.
                guard try await UserStore.withdrawInvitations(of: email, to: office, in: region) > 0 else {
                    return false
                }
                var invitee = try corrected ?? Invitee(name: known.name, email: known.email)
                if invitee.functionTitle.isEmpty { invitee.functionTitle = known.functionTitle }
                try await invite(
                    invitee,
                    roles: known.roles,
                    to: office,
                    officeName: officeName,
                    from: sender,
                    in: region
                )
                return true
            }
        }
    }

    package func withdraw(_ email: String, from office: TenantName) async throws {
        try await database.region { region in
            _ = try await UserStore.withdrawInvitations(of: email, to: office, in: region)
        }
    }
}
