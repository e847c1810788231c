package import Database
import Foundation
import Messages
package import Office
import Records
import Sealing

/// How people come into an office: invited, reminded, taken in, or not after all.
extension Identities {
    /// Invites somebody into an office; the letter works for two weeks.
    func invite(
        _ email: String,
        name: String,
        roles: [Role],
        to tenant: TenantName,
        officeName: String,
        from sender: String? = nil,
        in region: RegionTransaction
    ) throws {
        guard let email = AccountRules.email(email) else { throw IdentityRefusal.badEmail }
        guard let name = AccountRules.name(name) else { throw IdentityRefusal.badName }
        let token = Token.random()
        UserStore.issue(
            OneTimeCode(purpose: .invite, email: email, name: name, tenant: tenant, roles: roles),
            digest: token.digest,
            minutes: Self.invitationDays * 24 * 60,
            in: region
        )
        mail.queue(
            Letters.invitation(
                email,
                name,
                officeName,
                from: sender ?? officeName,
                until: Day(of: Date()) + Self.invitationDays,
                roles,
                token,
                hosts
            ),
            in: region
        )
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
        let known = try await invitation(token).hasAccount
        if !known, !AccountRules.password(password) { throw IdentityRefusal.shortPassword }
        let hash = known ? nil : try await mill.hash(password).text
        return try await database.region { region in
            guard let code = try await UserStore.use(digest, .invite, in: region), let tenant = code.tenant
            else {
                throw IdentityRefusal.codeUsed
            }
            // Older letters of theirs would let them in again after they were sent away.
            UserStore.withdrawInvitations(of: code.email, to: tenant, in: region)
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
                functionTitle: code.roles.first?.czech ?? "",
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
    package func invite(
        _ email: String,
        name: String,
        roles: [Role],
        to office: TenantName,
        officeName: String
    ) async throws {
        try await database.region { region in
            try invite(email, name: name, roles: roles, to: office, officeName: officeName, in: region)
        }
    }

    package func pending(at office: TenantName) async throws -> [Invitation] {
        try await database.region { try await UserStore.invitations(to: office, in: $0) }
    }

    package func renew(_ email: String, at office: TenantName, officeName: String) async throws -> Bool {
        try await database.region { region in
            let known = try await UserStore.invitations(to: office, in: region).first { $0.email == email }
            guard let known else { return false }
            UserStore.withdrawInvitations(of: known.email, to: office, in: region)
            try invite(
                known.email,
                name: known.name,
                roles: known.roles,
                to: office,
                officeName: officeName,
                in: region
            )
            return true
        }
    }

    package func withdraw(_ email: String, from office: TenantName) async throws {
        try await database.region { UserStore.withdrawInvitations(of: email, to: office, in: $0) }
    }
}
