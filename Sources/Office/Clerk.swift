package import Database
package import Foundation

/// What somebody may do in an office.
package enum Permission: String, Sendable, CaseIterable, SQLCodable {
    case registerMail
    case handleCases
    case postNotices
    case keepBooks
    case manageOffice
    case manageForms
    case readLog
    /// Local fees: files under the tax code are seen by nobody else (§ 52 of act 280/2009).
    case handleFees
}

/// A part somebody plays in an office; one person may play several.
package enum Role: String, Sendable, CaseIterable, SQLCodable, Codable {
    /// Vedoucí úřadu, in a village the mayor.
    case head
    /// Podatelna.
    case registryClerk
    /// Referent.
    case clerk
    /// Správce místních poplatků.
    case feeClerk
    /// Účetní.
    case accountant

    package var permissions: Set<Permission> {
        switch self {
        case .head: Set(Permission.allCases)
        case .registryClerk: [.registerMail, .postNotices]
        case .clerk: [.registerMail, .handleCases, .postNotices]
        case .feeClerk: [.registerMail, .handleCases, .handleFees]
        case .accountant: [.keepBooks]
        }
    }

    package var czech: String {
        switch self {
        case .head: "vedoucí úřadu"
        case .registryClerk: "podatelna"
        case .clerk: "referent"
        case .feeClerk: "správce poplatků"
        case .accountant: "účetní"
        }
    }
}

extension Role {
    /// What somebody with it is usually called where the law asks for their function (§ 69(1) of act 500/2004).
    ///
    /// Only proposed: the office says what it is.
    package var usualFunction: String {
        switch self {
        case .head: "vedoucí úřadu"
        case .registryClerk: "pracovník podatelny"
        case .clerk: "referent"
        case .feeClerk: "správce poplatků"
        case .accountant: "účetní"
        }
    }
}

/// A person of the office, as the office's own table has them.
package struct Clerk: Sendable, Equatable {
    package let userID: UUID
    package let name: String
    package let functionTitle: String
    package let roles: Set<Role>

    package init(userID: UUID, name: String, functionTitle: String, roles: Set<Role>) {
        self.userID = userID
        self.name = name
        self.functionTitle = functionTitle
        self.roles = roles
    }

    package func may(_ permission: Permission) -> Bool {
        roles.contains { $0.permissions.contains(permission) }
    }

    /// Whether files of this regime are theirs to know of.
    package func sees(_ regime: Regime) -> Bool { regime != .tax || may(.handleFees) }

    package var actor: Actor { .person(userID) }
}
