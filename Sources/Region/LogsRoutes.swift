import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
package import Records
package import Web

/// Whether the offices' logs are what the region noted of them.
package struct LogsRoutes: Sendable {
    private let book: OfficeBook
    private let pages: Pages
    private let witness: LogWitness

    package init(book: OfficeBook, pages: Pages, witness: LogWitness) {
        self.book = book
        self.pages = pages
        self.witness = witness
    }

    package var routes: [Route] {
        [
            .administrator(.get, "/kraj/zaznamy", "Stav transakčních protokolů úřadů", logs).showing(
                LogsPage.self
            )
        ]
    }

    @Sendable private func logs(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let register = book.register
        let ready = register.hosted.values.filter { $0.state == .ready }.map(\.tenant).sorted()
        let lines = try await witness.standings(of: ready).map { standing in
            LogLineView(standing, register.office(standing.office))
        }
        let doubtful = lines.count { $0.isDoubtful }
        let page = LogsPage(
            logs: lines.sorted { ($0.rank, folded($0.name)) < ($1.rank, folded($1.name)) },
            isEmpty: lines.isEmpty,
            doubtful: doubtful,
            waitMinutes: Int(LogWitness.pause.components.seconds / 60)
        )
        return try pages.answer(page, to: request, visit)
    }
}

struct LogsPage: Page {
    static let template = "region-logs"
    var title = "Záznamy"
    let logs: [LogLineView]
    let isEmpty: Bool
    /// How many are not what they were.
    let doubtful: Int
    let waitMinutes: Int
}

struct LogLineView: Codable, Sendable {
    let name: String
    let code: String
    let entries: String
    /// What the region noted last; empty where it has noted nothing yet.
    let noted: String
    let isDoubtful: Bool
    let isNoted: Bool
    /// What needs looking at comes first.
    let rank: Int

    init(_ standing: LogStanding, _ office: RegisteredOffice?) {
        name = office?.name ?? standing.office.rawValue
        code = office?.code ?? ""
        entries = standing.entries.grouped
        noted = standing.anchor.map { "č. \($0.number.grouped), \($0.notedAt.czech)" } ?? ""
        isDoubtful = standing.isDoubtful
        isNoted = standing.anchor != nil
        rank = isDoubtful ? 0 : isNoted ? 2 : 1
    }
}
