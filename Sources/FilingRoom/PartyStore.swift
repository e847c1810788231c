import Database
import Foundation
import Office

/// Every statement about the name register.
enum PartyStore {
    /// Finds the person or writes them in; what is newly known of them is added.
    static func enter(_ submitter: Submitter, in tenant: TenantTransaction) async throws -> UUID {
        let name = submitter.registeredName
        let id = try await tenant.first(
            """
            insert into tenant.parties as p (id, kind, name, birth_on, ico, address, email, phone, data_box,
                sorting, identity)
            values (\(UUID.v7()), \(submitter.kind.rawValue), \(name), \(submitter.birthDate), \(submitter.ico),
                \(submitter.address), \(submitter.email ?? ""), \(submitter.phone ?? ""),
                \(submitter.dataBox ?? ""), \(folded(name)), \(submitter.identity))
            on conflict (identity) do update set
                address = coalesce(nullif(excluded.address, ''), p.address),
                email = coalesce(nullif(excluded.email, ''), p.email),
                phone = coalesce(nullif(excluded.phone, ''), p.phone),
                data_box = coalesce(nullif(excluded.data_box, ''), p.data_box)
            returning id
            """
        ) { row in try row["id"] as UUID }
        guard let id else { throw DatabaseError.conflict(expected: 1, actual: 0) }
        return id
    }

    static func party(_ id: UUID, in tenant: TenantTransaction) async throws -> Party? {
        try await tenant.first(
            """
            select id, kind, name, birth_on, ico, address, email, phone, data_box from tenant.parties
            where id = \(id)
            """,
            Party.init
        )
    }

    /// People whose name begins so, in the order of the folded name, after `after`.
    static func page(
        beginning: String,
        after: (sorting: String, id: UUID)?,
        rowsMax: Int,
        in tenant: TenantTransaction
    ) async throws -> [Party] {
        // The pattern has no wildcard of its own: folded letters and digits only.
        let pattern = folded(beginning).filter { $0 != "%" && $0 != "_" && $0 != "\\" } + "%"
        return try await tenant.rows(
            """
            select id, kind, name, birth_on, ico, address, email, phone, data_box from tenant.parties
            where sorting like \(pattern)
                and (\(after?.id)::uuid is null
                    or (sorting ~>~ \(after?.sorting ?? "")
                        or sorting = \(after?.sorting ?? "") and id > \(after?.id)::uuid))
            order by sorting using ~<~, id limit \(rowsMax)
            """,
            Party.init
        )
    }
}

extension Party {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"],
            kind: Submitter.Kind(rawValue: try row["kind"]) ?? .person,
            name: try row["name"],
            birth: try row["birth_on"],
            ico: try row["ico"],
            address: try row["address"],
            email: try row["email"],
            phone: try row["phone"],
            dataBox: try row["data_box"]
        )
    }
}
