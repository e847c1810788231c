import Foundation
import Office

/// What hangs on a day, as somebody asked to see it: all of it, one category, or what holds some words.
struct BoardList: Sendable {
    let day: Day
    let category: NoticeCategory?
    let query: String
    private let hanging: HangingNotices

    init(_ hanging: HangingNotices, on day: Day, category: NoticeCategory?, query: String) {
        (self.hanging, self.day, self.category) = (hanging, day, category)
        self.query = String(query.prefix(100))
    }

    /// All that was asked for.
    var found: [Notice] {
        let words = folded(query).split(separator: " ")
        return hanging.notices.filter { notice in
            guard category?.kinds.contains(notice.kind) != false else { return false }
            guard !words.isEmpty else { return true }
            let names = (hanging.files[notice.id] ?? []).map(\.name).joined(separator: " ")
            let text = folded(
                "\(notice.title) \(notice.kind.czech) \(notice.referenceNumber) \(notice.body) \(names)"
            )
            return words.allSatisfy { text.contains($0) }
        }
    }

    /// The official board first; decrees and news stand beside it.
    var groups: [NoticeGroup] {
        let found = found
        let parts: [(String, (Notice) -> Bool)] = [
            ("Vyvěšeno", { $0.kind.isOfficial }), ("Vyhlášky a nařízení", { $0.kind == .decree }),
            ("Aktuality", { $0.kind == .news }),
        ]
        return parts.map { title, belongs in
            NoticeGroup(title: title, notices: found.filter(belongs).map { NoticeLine($0, on: day) })
        }.filter { !$0.notices.isEmpty }
    }

    /// Only categories of which something hangs.
    var filters: [KindFilter] {
        let counts = Dictionary(grouping: hanging.notices, by: \.kind).mapValues(\.count)
        let filled = hanging.categories.complete
            .map { category in (category, category.kinds.reduce(0) { $0 + (counts[$1] ?? 0) }) }
            .filter { $0.1 > 0 }
        guard filled.count > 1 else { return [] }
        let all = KindFilter(
            name: "Vše",
            link: "/uredni-deska",
            count: hanging.notices.count,
            isCurrent: category == nil && query.isEmpty
        )
        return [all]
            + filled.map { category, count in
                KindFilter(
                    name: category.name,
                    link: "/uredni-deska?druh=\(category.slug)",
                    count: count,
                    isCurrent: category == self.category
                )
            }
    }
}

/// What hangs, with its files and the categories in which the office lists it.
struct HangingNotices: Sendable {
    let notices: [Notice]
    let files: [UUID: [AttachedFile]]
    let categories: [NoticeCategory]
    /// The instant of the last posting or taking down.
    let changed: Date?
}

extension NoticeLine {
    init(_ notice: Notice, on day: Day) {
        var parts = [notice.kind.czech]
        if notice.revises != nil { parts.append("oprava") }
        if !notice.referenceNumber.isEmpty { parts.append("č. j. \(notice.referenceNumber)") }
        if let event = notice.event, let name = notice.kind.eventName {
            parts.append("\(name) \(event.czech)")
        }
        let isHanging = notice.hangs(on: day)
        self.init(
            title: notice.titleShown(on: day),
            link: "/uredni-deska/\(notice.id.uuidString.lowercased())",
            kind: notice.kind.czech,
            reference: notice.referenceNumber,
            detail: parts.joined(separator: " · "),
            posted: notice.posted?.czechShort ?? "",
            until: (notice.takenDown ?? notice.hangsUntil)?.czechShort ?? "do nahrazení",
            isLastDay: isHanging && notice.hangsUntil == day
        )
    }
}

extension NoticeFileLink {
    init(_ file: AttachedFile, under path: String) {
        self.init(
            name: file.name,
            link: "\(path)/soubor/\(file.digest)",
            size: byteSize(file.bytes),
            digest: file.digest
        )
    }
}

extension Int {
    /// `1 den`, `3 dny`, `15 dnů`.
    var czechDays: String {
        switch self {
        case 1: "1\u{a0}den"
        case 2...4: "\(self)\u{a0}dny"
        default: "\(self)\u{a0}dnů"
        }
    }
}
