package import Database
package import Foundation
package import Office

/// A person who has signed in, as the host they visit knows them.
package struct Visitor: Sendable, Equatable {
    package let userID: UUID
    package let name: String
    package let email: String
    /// Administrators act on the region host only.
    package let isRegionAdministrator: Bool
    /// Binds the form tokens to this session.
    package let sessionDigest: [UInt8]
    /// A token in a header needs no protection against forged forms.
    package let usesBearer: Bool

    package init(
        userID: UUID,
        name: String,
        email: String,
        isRegionAdministrator: Bool,
        sessionDigest: [UInt8],
        usesBearer: Bool
    ) {
        self.userID = userID
        self.name = name
        self.email = email
        self.isRegionAdministrator = isRegionAdministrator
        self.sessionDigest = sessionDigest
        self.usesBearer = usesBearer
    }

    package var actor: Actor { .person(userID) }
}

/// Who stands behind a cookie or a bearer token; Identity answers.
package protocol Doorkeeper: Sendable {
    /// `host` is the authority the token must have been issued for; `fresh` forbids any cache.
    func visitor(token: String, isBearer: Bool, host: String, fresh: Bool) async throws -> Visitor?
}

/// An office that somebody works for.
package struct Workplace: Codable, Sendable, Equatable {
    package let tenant: TenantName
    package let name: String
    package let link: String
    /// Where the work begins there.
    package let path: String

    package init(tenant: TenantName, name: String, url: String, path: String) {
        self.tenant = tenant
        self.name = name
        link = url + path
        self.path = path
    }
}

/// The offices that somebody works for, for the head of the region's pages; the offices' own tables answer.
package protocol WorkplaceDirectory: Sendable {
    /// What was known a little while ago may do.
    func workplaces(of user: UUID) async -> [Workplace]
}

/// What a person may do in an office; the office's own table answers.
package protocol ClerkDirectory: Sendable {
    func clerk(_ user: UUID, in tenant: TenantName, fresh: Bool) async throws -> Clerk?
}

/// How an office looks; the office's own table answers.
package protocol OfficeWardrobe: Sendable {
    /// What was known last, or the plain look, where the table cannot be asked: a page is shown all the same.
    func look(of tenant: TenantName) async -> OfficeLook
    /// It has changed; the next page asks anew.
    func forget(_ tenant: TenantName)
}
