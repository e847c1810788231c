package import Database
package import Foundation
package import Office

/// Every statement about the people of an office and about the office itself (the Base tables).
package enum ClerkStore {
    package static func clerk(_ user: UUID, in tenant: TenantTransaction) async throws -> Clerk? {
        try await tenant.first(
            """
            select user_id, name, function_title, roles from tenant.clerks
            where user_id = \(user) and is_active
            """,
            Clerk.init
        )
    }

    /// Those of `users` who work here.
    package static func clerks(_ users: [UUID], in tenant: TenantTransaction) async throws -> [Clerk] {
        try await tenant.rows(
            """
            select user_id, name, function_title, roles from tenant.clerks
            where user_id = any (\(users)::uuid[]) and is_active
            """,
            Clerk.init
        )
    }

    package static func all(in tenant: TenantTransaction) async throws -> [ClerkLine] {
        try await tenant.rows(
            """
            select user_id, name, email, function_title, roles, is_active, away_from, away_until, substitute_id
            from tenant.clerks order by is_active desc, name collate "cs-CZ-x-icu"
            """
        ) { row in
            ClerkLine(
                clerk: try Clerk(row: row),
                email: try row["email"],
                isActive: try row["is_active"],
                awayFrom: try row["away_from"],
                awayUntil: try row["away_until"],
                substitute: try row["substitute_id"]
            )
        }
    }

    /// Takes somebody into the office; who is there already gets these roles beside those they have.
    ///
    /// Who was sent away comes back with these alone.
    package static func join(_ joined: ClerkJoined, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.clerks (user_id, name, email, function_title, roles)
            values (\(joined.userID), \(joined.name), \(joined.email), \(joined.functionTitle),
                \(joined.roles.map(\.rawValue)))
            on conflict (user_id) do update set is_active = true,
                function_title = case
                    when clerks.is_active and clerks.function_title <> '' or excluded.function_title = ''
                    then clerks.function_title else excluded.function_title end,
                roles = case when clerks.is_active then array(
                    select unnest(clerks.roles) union select unnest(excluded.roles) order by 1
                ) else excluded.roles end
            """
        )
        tenant.record(
            LogEntry(
                "joined",
                "clerk",
                joined.userID,
                detail: joined.roles.map(\.rawValue).sorted().joined(separator: " ")
            )
        )
    }

    package static func setAbsence(
        of user: UUID,
        from: Day?,
        until: Day?,
        substitute: UUID?,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.clerks set away_from = \(from), away_until = \(until), substitute_id = \(substitute)
            where user_id = \(user)
            """
        )
        tenant.record(
            LogEntry(
                "set absence",
                "clerk",
                user,
                detail: "\(from?.description ?? "") \(until?.description ?? "")"
            )
        )
    }

    /// The function stays as it is where none is given.
    package static func setRoles(
        of user: UUID,
        _ roles: [Role],
        functionTitle: String?,
        in tenant: TenantTransaction
    ) {
        tenant.require(
            1,
            """
            update tenant.clerks set roles = \(roles.map(\.rawValue)),
                function_title = coalesce(\(functionTitle)::text, function_title)
            where user_id = \(user)
            """
        )
        tenant.record(
            LogEntry(
                "set roles",
                "clerk",
                user,
                detail: roles.map(\.rawValue).sorted().joined(separator: " ")
            )
        )
    }

    package static func setActive(_ user: UUID, _ isActive: Bool, in tenant: TenantTransaction) {
        tenant.require(1, "update tenant.clerks set is_active = \(isActive) where user_id = \(user)")
        tenant.record(LogEntry(isActive ? "admitted" : "dismissed", "clerk", user, detail: ""))
    }
}

/// Somebody of the office with their absence.
package struct ClerkLine: Sendable {
    package let clerk: Clerk
    package let email: String
    package let isActive: Bool
    package let awayFrom: Day?
    package let awayUntil: Day?
    package let substitute: UUID?

    package init(
        clerk: Clerk,
        email: String,
        isActive: Bool,
        awayFrom: Day?,
        awayUntil: Day?,
        substitute: UUID?
    ) {
        self.clerk = clerk
        self.email = email
        self.isActive = isActive
        self.awayFrom = awayFrom
        self.awayUntil = awayUntil
        self.substitute = substitute
    }

    package func isAway(on day: Day) -> Bool {
        guard let awayFrom else { return false }
        return day >= awayFrom && (awayUntil.map { day <= $0 } ?? true)
    }
}

/// The body of message `clerk.joined`: a person accepted an invitation.
package struct ClerkJoined: Sendable, Codable {
    package static let kind = "clerk.joined"

    package let userID: UUID
    package let name: String
    package let email: String
    package let functionTitle: String
    package let roles: [Role]

    package init(userID: UUID, name: String, email: String, functionTitle: String, roles: [Role]) {
        self.userID = userID
        self.name = name
        self.email = email
        self.functionTitle = functionTitle
        self.roles = roles
    }
}

extension Clerk {
    fileprivate init(row: Row) throws {
        self.init(
            userID: try row["user_id"],
            name: try row["name"],
            functionTitle: try row["function_title"],
            roles: Set((try row["roles"] as [String]).compactMap(Role.init))
        )
    }
}
