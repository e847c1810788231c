import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

// The transaction log as people of the office read it.

extension FilingRoutes {
    var historyRoutes: [Route] {
        [
            .needs(
                .readLog,
                .get,
                "/spisovna/spis/:id/historie",
                room: Self.room,
                "Transakční protokol spisu",
                history
            ).showing(HistoryPage.self)
        ]
    }

    /// Everything that happened to the case file and its documents, views too.
    @Sendable private func history(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let id = try visit.identifier("id")
        let (file, lines, people) = try await registry.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { office in
            guard let file = try await FilingStore.caseFile(id, in: office), clerk.sees(file.regime) else {
                throw PlainRefusal.missing
            }
            var lines = try await LogStore.lines(about: id, in: office)
            for document in try await FilingStore.documents(of: id, in: office) {
                lines += try await LogStore.lines(about: document.id, in: office)
            }
            return (file, lines, try await ClerkStore.all(in: office))
        }
        let page = HistoryPage(
            title: "Historie spisu",
            about: "\(file.mark) \(file.title)",
            back: "/spisovna/spis/\(id.uuidString.lowercased())",
            backName: file.mark,
            lines: lines.sorted { $0.number < $1.number }.map { HistoryLine($0, people) },
            isEmpty: lines.isEmpty,
            next: nil
        )
        return try pages.answer(page, to: request, visit)
    }
}
