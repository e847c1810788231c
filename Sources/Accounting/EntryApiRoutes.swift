import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// Entries from other programs.
extension BooksRoutes {
    struct ApiEntry: Decodable, SelfDescribing {
        static let czechFields = [
            "id": "UUID, které si zvolí volající; opakování s týmž id a obsahem nezaúčtuje nic znovu.",
            "day": "Den účetního případu, RRRR-MM-DD; ne v budoucnosti.",
            "text": "Co se účtuje, 3 až 300 znaků.", "document": "Označení dokladu, nejvýše 60 znaků.",
            "party": "Účastník, nejvýše 200 znaků.",
            "answers": "Kdo za účetní případ odpovídá (UUID úředníka); jinak volající.",
            "sure": "Co je neobvyklé a je to tak správně: \(BookingDoubt.names.joined(separator: ", ")).",
            "lines": "2 až 200 řádků; součet Má dáti se rovná součtu Dal.",
        ]

        struct Line: Decodable, SelfDescribing {
            static let czechFields = [
                "account": "Účet z účtového rozvrhu, například 231 nebo 231.10.",
                "debit": "Má dáti v haléřích: 150050 je 1 500,50 Kč. Řádek má buď debit, nebo credit.",
                "credit": "Dal v haléřích: 150050 je 1 500,50 Kč. Řádek má buď debit, nebo credit.",
                "paragraph": "Paragraf rozpočtové skladby, 4 číslice; jen u účtů 231, 236 a 261.",
                "item": "Položka rozpočtové skladby, 4 číslice; u účtů 231, 236 a 261.",
            ]
            let account: String
            let debit: Int?
            let credit: Int?
            let paragraph: String?
            let item: String?
        }
        let id: UUID
        let day: Day
        let text: String
        let document: String?
        let party: String?
        /// The clerk who answers for the accounting case; without one who sends it.
        let answers: UUID?
        let sure: [String]?
        let lines: [Line]
    }

    struct BookedID: Codable {
        let id: String
    }

    struct ReversalForm: Decodable {
        var day: String?
        /// The doubts that were answered.
        var sure: [String]?
    }

    /// The client's `id` makes a repeat do nothing.
    @Sendable func apiBook(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let asked = try await Input.decode(ApiEntry.self, from: request)
        var entry = NewEntry(
            id: asked.id,
            day: asked.day,
            text: asked.text,
            lines: asked.lines.map {
                EntryLine(
                    account: $0.account,
                    debit: Money(hellers: $0.debit ?? 0),
                    credit: Money(hellers: $0.credit ?? 0),
                    paragraph: $0.paragraph ?? "",
                    item: $0.item ?? ""
                )
            },
            document: asked.document ?? "",
            party: asked.party ?? ""
        )
        do {
            let isNew = try await books.change(at: try visit.here.tenant, by: clerk) { office in
                // What stands already is only repeated, whatever day it is today.
                if try await BooksStore.entry(entry.id, in: office) == nil {
                    try entry.check()
                    try await books.allow(entry, today: visit.today, sure: asked.sure, in: office)
                }
                entry.answeredBy = try await Self.name(of: asked.answers?.uuidString, in: office)
                return try await books.book(entry, by: clerk.name, in: office)
            }
            let booked = BookedID(id: asked.id.uuidString.lowercased())
            return try Response.json(booked, status: isNew ? .created : .ok)
        } catch BooksRefusal.badAmount {
            throw BooksRefusal.badHellers
        }
    }
}
