import Database
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Web

/// Journal, ledger and trial balance as files.
extension BooksRoutes {
    private static let linesMax = 100_000

    private func send(_ export: BooksExport, _ name: String) -> Response {
        var response = Response(
            status: .ok,
            headers: [.contentType: "text/csv; charset=utf-8; header=present", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: export.text))
        )
        response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        return response
    }

    @Sendable func journalFile(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let year = try year(request, visit)
        let lines = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            try await BooksStore.journalLines(year, rowsMax: Self.linesMax + 1, in: $0)
        }
        guard lines.count <= Self.linesMax else { throw BooksRefusal.exportTooLarge }
        var export = BooksExport([
            "Zápis", "Den", "Text", "Doklad", "Účastník", "Účet", "Má dáti", "Dal", "Paragraf", "Položka",
            "Zaúčtoval(a)", "Zaúčtováno",
        ])
        for (entry, line) in lines {
            export.add([
                "\(entry.number)/\(entry.year)", entry.day.description, entry.text, entry.document,
                entry.party,
                line.account, BooksExport.amount(line.debit), BooksExport.amount(line.credit), line.paragraph,
                line.item, entry.bookedBy, entry.bookedAt.ISO8601Format(),
            ])
        }
        return send(export, "denik-\(year).csv")
    }

    @Sendable func trialBalanceFile(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let (day, _) = try lastDay(request, visit)
        let lines = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            try await BooksStore.trialBalance(through: day, in: $0)
        }
        var export = BooksExport([
            "Účet", "Název", "Počáteční stav", "Obrat Má dáti", "Obrat Dal", "Zůstatek",
        ])
        for line in lines {
            export.add(
                [line.account, line.name]
                    + [line.opening, line.debit, line.credit, line.closing].map(BooksExport.amount)
            )
        }
        return send(export, "predvaha-\(day).csv")
    }

    @Sendable func ledgerFile(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let year = try year(request, visit)
        let account = try visit.parameter("account")
        let (lines, opening) = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            guard try await BooksStore.account(account, in: tenant) != nil else { throw PlainRefusal.missing }
            return (
                try await BooksStore.ledger(
                    account,
                    year,
                    after: nil,
                    rowsMax: Self.linesMax + 1,
                    in: tenant
                ), try await BooksStore.opening(account, year, in: tenant)
            )
        }
        guard lines.count <= Self.linesMax else { throw BooksRefusal.exportTooLarge }
        var export = BooksExport(["Zápis", "Den", "Text", "Má dáti", "Dal", "Zůstatek"])
        var balance = opening
        export.add(["", "", "Počáteční stav", "", "", BooksExport.amount(balance)])
        for line in lines {
            balance = balance + line.debit - line.credit
            export.add(
                ["\(line.number)/\(line.year)", line.day.description, line.text]
                    + [line.debit, line.credit, balance].map(BooksExport.amount)
            )
        }
        return send(export, "ucet-\(account)-\(year).csv")
    }
}
