import Office

/// What `board-categories.csv` must be before an office is given it; throws ``CSV/Fault`` with file and line.
enum CategoryLint {
    static func categories(of table: CSV, file: String) throws -> [NoticeCategory] {
        var categories: [NoticeCategory] = []
        var placed: Set<NoticeKind> = []
        for line in table.lines {
            let (slug, name) = (try line["slug"], try line["name"])
            guard !slug.isEmpty, Slug.of(slug) == slug else { throw line.fault("\(slug) is no slug") }
            guard !name.isEmpty else { throw line.fault("\(slug) has no name") }
            guard !categories.contains(where: { $0.slug == slug || $0.name == name }) else {
                throw line.fault("\(slug) is there twice")
            }
            let kinds = try line["kinds"].split(separator: " ").map { word in
                guard let kind = NoticeKind(rawValue: String(word)) else {
                    throw line.fault("there is no kind \(word)")
                }
                guard placed.insert(kind).inserted else { throw line.fault("\(word) is there twice") }
                return kind
            }
            guard !kinds.isEmpty else { throw line.fault("\(slug) holds no kind") }
            // An address must not mean two things.
            if let kind = NoticeKind(slug: slug), kinds != [kind] {
                throw line.fault("\(slug) is the slug of the kind \(kind.rawValue)")
            }
            categories.append(NoticeCategory(slug: slug, name: name, kinds: kinds))
        }
        let missing = NoticeKind.allCases.filter { !placed.contains($0) }.map(\.rawValue)
        guard missing.isEmpty else {
            throw CSV.Fault(file: file, line: 1, why: "\(missing.joined(separator: ", ")) missing")
        }
        return categories
    }
}
