import Office

/// A part of the board's lists: some kinds under a name that people look for.
struct NoticeCategory: Sendable, Equatable {
    /// Its name in an address.
    let slug: String
    let name: String
    let kinds: [NoticeKind]
}

extension NoticeCategory {
    /// A kind that stands in no category of the office stands for itself.
    init(_ kind: NoticeKind) { self.init(slug: kind.slug, name: kind.czech, kinds: [kind]) }
}

extension [NoticeCategory] {
    /// These, and every kind that none of them holds; nothing is left out of the lists.
    var complete: [NoticeCategory] {
        let held = Set(flatMap(\.kinds))
        return self + NoticeKind.allCases.filter { !held.contains($0) }.map { NoticeCategory($0) }
    }

    /// By its name in an address; a single kind is found by its own.
    func named(_ slug: String) -> NoticeCategory? {
        first { $0.slug == slug } ?? NoticeKind(slug: slug).map { NoticeCategory($0) }
    }
}
