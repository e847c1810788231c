import Database
import Foundation
import Office
import Records
import Support
import Testing
import Web

@testable import Accounting

/// One office with its books, its accountant and a clerk who may not touch them.
struct BooksBench: Sendable {
    let cell: TestCell
    let office: TenantName
    let accountant: Clerk
    let clerk: Clerk
    let books: Books
    static let today = Day("2026-06-15") ?? Day(of: Date())

    init() async throws {
        let cell = try await TestCell.shared()
        let folder = TestCell.root.appending(path: "TenantTemplates/municipality")
        let furnisher = try BooksFurnisher(folder: folder)
        let chart = try CSV(
            String(contentsOf: folder.appending(path: "chart-of-accounts.csv"), encoding: .utf8),
            file: "chart-of-accounts.csv"
        )
        #expect(furnisher.room == "Accounting")
        office = try await cell.office(rooms: ["Accounting"])
        self.cell = cell
        accountant = try await cell.clerk([.accountant], named: "Anna Účetní", in: office)
        clerk = try await cell.clerk([.clerk], in: office)
        books = Books(database: cell.database)
        let owner = try await cell.owner()
        var script: Script = ""
        try BooksStore.furnish(&script, chart: chart, schema: office.rawValue)
        script.append(
            """
            insert into codes.budget_items (code, name, valid_from, source) values
            ('1341', 'Příjem z poplatku ze psů', '2022-01-01', '412/2021'),
            ('5154', 'Elektrická energie', '2022-01-01', '412/2021') on conflict do nothing
            """
        )
        script.append(
            """
            insert into codes.budget_paragraphs (code, name, valid_from, source) values
            ('0000', 'Pro příjmy', '2022-01-01', '412/2021'),
            ('6171', 'Činnost místní správy', '2022-01-01', '412/2021') on conflict do nothing
            """
        )
        try await owner.execute(script)
    }

    func door(on day: Day = today) throws -> RoomDesk {
        try RoomDesk(
            office,
            rooms: ["Accounting"],
            clerks: [accountant, clerk],
            now: day.start.addingTimeInterval(43_200)
        ) { pages, cookies in
            let folder = TestCell.root.appending(path: "TenantTemplates/municipality")
            return BooksRoutes(
                books: books,
                chart: try ChartSources(folder: folder),
                pages: pages,
                cookies: cookies
            ).routes
        }
    }

    static func line(_ account: String, debit: Int = 0, credit: Int = 0, item: String = "") -> EntryLine {
        EntryLine(
            account: account,
            debit: Money(hellers: debit),
            credit: Money(hellers: credit),
            item: item
        )
    }

    static func entry(
        _ hellers: Int,
        _ debit: String = "502",
        _ credit: String = "321",
        on day: Day = today,
        id: UUID = .v7()
    ) -> NewEntry {
        NewEntry(
            id: id,
            day: day,
            text: "Elektřina",
            lines: [line(debit, debit: hellers), line(credit, credit: hellers)]
        )
    }

    @discardableResult
    func book(_ entry: NewEntry) async throws -> Bool {
        try await books.change(at: office, by: accountant) { tenant in
            try await books.book(entry, by: accountant.name, in: tenant)
        }
    }

    func read<Value>(_ body: (TenantTransaction) async throws -> Value) async throws -> Value {
        try await cell.database.tenant(office, as: accountant.actor, body)
    }

    func numbers() async throws -> [Int] {
        try await read { try await BooksStore.journal(before: nil, rowsMax: 500, in: $0).map(\.number) }
    }

    func prescribe(_ hellers: Int = 50_000) async throws -> Receivable {
        let fee = FeePrescription(
            id: .v7(),
            kind: "dog",
            payer: "Jan Novák",
            hellers: hellers,
            due: Day(of: Date()) + 30,
            referenceNumber: "OU/1/2026",
            documentID: UUID(),
            clerk: "Eva Správná"
        )
        for _ in 0..<2 {
            try await cell.database.tenant(office, as: clerk.actor) { tenant in
                try await books.prescribe(fee, in: tenant)
            }
        }
        return try #require(try await read { try await ReceivableStore.receivable(fee.id, in: $0) })
    }
}
