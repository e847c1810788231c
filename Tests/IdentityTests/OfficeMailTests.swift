import Database
import Foundation
import Messages
import Office
import Support
import Testing

@testable import Identity

@Suite struct `An answer of an office by e-mail` {
    private func message(_ mail: OfficeMail, from sender: String) throws -> IncomingMessage {
        let body = String(decoding: try JSONEncoder().encode(mail), as: UTF8.self)
        return IncomingMessage(
            id: UUID.v7(),
            sender: sender,
            recipient: "region",
            subjectID: UUID.v7(),
            kind: OfficeMail.kind,
            body: body
        )
    }

    @Test func `is put among the letters once, and only an office sends one`() async throws {
        let cell = try await TestCell.shared()
        let to = "\(UUID().uuidString.lowercased())@example.org"
        let mail = OfficeMail(documentID: UUID.v7(), to: to, subject: "Obecní úřad", text: "Odpověď.")
        let taker = OfficeMailTaker(database: cell.database, mail: LetterBox())
        let good = try message(mail, from: "m_563510")
        try await taker.take(good)
        try await taker.take(good)
        await #expect(throws: (any Error).self) {
            try await taker.take(try message(mail, from: "epom_region"))
        }
        let letters = try await cell.database.region { region in
            try await region.rows("select body from region.letters where recipient = \(to)") { row in
                try row["body"] as String
            }
        }
        #expect(letters == ["Odpověď."])
    }
}
