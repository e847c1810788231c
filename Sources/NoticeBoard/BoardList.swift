import Foundation
import Office

/// What hangs on a day, as somebody asked to see it: all of it, one kind, or what holds some words.
struct BoardList: Sendable {
    let day: Day
    let kind: NoticeKind?
    let query: String
    private let notices: [Notice]
    private let files: [UUID: [AttachedFile]]

    init(_ notices: [Notice], _ files: [UUID: [AttachedFile]], on day: Day, kind: NoticeKind?, query: String)
    {
        (self.notices, self.files, self.day, self.kind) = (notices, files, day, kind)
        self.query = String(query.prefix(100))
    }

    /// All that was asked for.
    var found: [Notice] {
        let words = folded(query).split(separator: " ")
        return notices.filter { notice in
            guard kind == nil || notice.kind == kind else { return false }
            guard !words.isEmpty else { return true }
            let names = (files[notice.id] ?? []).map(\.name).joined(separator: " ")
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

    /// Only kinds of which something hangs.
    var filters: [KindFilter] {
        let counts = Dictionary(grouping: notices, by: \.kind).mapValues(\.count)
        let kinds = NoticeKind.allCases.filter { counts[$0] != nil }
        guard kinds.count > 1 else { return [] }
        let all = KindFilter(
            name: "vše",
            link: "/uredni-deska",
            count: notices.count,
            isCurrent: kind == nil && query.isEmpty
        )
        return [all]
            + kinds.map {
                KindFilter(
                    name: $0.czech,
                    link: "/uredni-deska?druh=\($0.slug)",
                    count: counts[$0] ?? 0,
                    isCurrent: $0 == kind
                )
            }
    }
}

extension NoticeLine {
    init(_ notice: Notice, on day: Day) {
        var parts = [notice.kind.czech]
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
        let kilobytes = max(1, (file.bytes + 500) / 1000)
        let size =
            kilobytes < 1000 ? "\(kilobytes) kB" : "\(kilobytes / 1000),\(kilobytes % 1000 / 100) MB"
        self.init(
            name: file.name,
            link: "\(path)/soubor/\(file.digest)",
            size: size.replacing(" ", with: "\u{a0}"),
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
