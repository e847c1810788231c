import Foundation
import Office

/// A draft as it comes from its page; every act of the page brings it, so that nothing typed is lost.
struct NoticeForm: Decodable {
    var title: String?
    var kind: String?
    var body: String?
    var reference: String?
    var event: String?
    var collection: String?
    var until: String?
    /// The last day that the page proposed; nil where the act came without its page.
    var proposed: String?
    /// Said of a decree that is not in the Collection yet.
    var unlisted: String?

    /// From the fields of a form with files.
    init(_ fields: [String: String]) {
        title = fields["title"]
        kind = fields["kind"]
        body = fields["body"]
        reference = fields["reference"]
        event = fields["event"]
        collection = fields["collection"]
        until = fields["until"]
        proposed = fields["proposed"]
        unlisted = fields["unlisted"]
    }

    static let fields: Set = [
        "title", "kind", "body", "reference", "event", "collection", "until", "proposed", "unlisted",
    ]

    /// Nobody touched the last day that the page proposed.
    var leavesProposal: Bool { proposed != nil && (until ?? "") == proposed }

    /// Nil where the act came without its page.
    func typed() throws -> NoticeDraft? { title == nil ? nil : try draft() }

    func draft() throws -> NoticeDraft {
        let title = (title ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        guard (3...300).contains(title.count) else { throw BoardRefusal.badTitle }
        guard let kind = kind.flatMap({ NoticeKind(rawValue: $0) }) else { throw BoardRefusal.unknownKind }
        let day = event.flatMap { $0.isEmpty ? nil : $0 }
        guard day == nil || day.flatMap({ Day($0) }) != nil else { throw BoardRefusal.badDay("event") }
        return NoticeDraft(
            title: title,
            kind: kind,
            body: String((body ?? "").prefix(50_000)).replacing("\r\n", with: "\n"),
            referenceNumber: String((reference ?? "").trimmingCharacters(in: .whitespaces).prefix(60)),
            event: day.flatMap { Day($0) },
            collectionCode: try collectionCode(of: kind)
        )
    }

    /// The last day typed; nil where none was.
    func lastDay() throws -> Day? {
        guard let until, !until.isEmpty else { return nil }
        guard let day = Day(until) else { throw BoardRefusal.badDay("until") }
        return day
    }

    /// The whole address does as well as the identifier alone.
    private func collectionCode(of kind: NoticeKind) throws -> String {
        let last = (collection ?? "").split(separator: "/").last.map(String.init) ?? ""
        let code = last.trimmingCharacters(in: .whitespaces).uppercased()
        guard !code.isEmpty, kind == .decree else { return "" }
        let rest = code.dropFirst(3)
        guard code.hasPrefix("SPP"), (4...30).contains(rest.count),
            rest.allSatisfy({ $0.isASCII && ($0.isNumber || $0.isUppercase) })
        else { throw BoardRefusal.badCollection }
        return code
    }
}

/// Why a notice comes down; needed before its time.
struct TakingDownForm: Decodable {
    var reason: String?
}
