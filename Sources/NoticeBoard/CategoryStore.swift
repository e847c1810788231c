import Database
import Office

/// Every statement about the categories of a board.
enum CategoryStore {
    /// In the order of the lists; a kind that this program does not know is passed over.
    static func all(in tenant: TenantTransaction) async throws -> [NoticeCategory] {
        try await tenant.rows("select slug, name, kinds from tenant.notice_categories order by position") {
            row in
            NoticeCategory(
                slug: try row["slug"],
                name: try row["name"],
                kinds: (try row["kinds"] as [String]).compactMap { NoticeKind(rawValue: $0) }
            )
        }
    }

    static func furnish(_ script: inout Script, with categories: [NoticeCategory], schema: String) {
        script.insert(
            into: "tenant.notice_categories",
            "position, slug, name, kinds",
            rows: categories.enumerated().map { position, category in
                [position + 1, category.slug, category.name, category.kinds.map(\.rawValue)]
            },
            schema: schema
        )
    }
}
