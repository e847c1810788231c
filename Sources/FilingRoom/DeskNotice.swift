import Database
import Foundation
import Messages
import Office
import Records

/// The notice to whoever has a new submission on the desk: that it is there, never what it is about.
struct DeskNotice: Sendable, Equatable {
    let subject: String
    let text: String

    init(_ reference: String) {
        subject = "Nové podání č. j. \(reference)"
        text = """
            Dobrý den,

            do vašeho úřadu přišlo nové podání č. j. \(reference).
            Po přihlášení ho najdete na stránce Dnes.

            Tato zpráva je jen upozornění, obsah podání v ní není.
            """
    }

    /// To the clerk who has it; where it waits for somebody, to those who lead the office.
    func tell(
        _ holder: UUID?,
        among people: [ClerkLine],
        of document: UUID,
        in office: TenantTransaction
    ) throws {
        let told = people.filter { person in
            guard person.isActive, !person.email.isEmpty else { return false }
            return holder.map { $0 == person.clerk.userID } ?? person.clerk.roles.contains(.head)
        }
        for person in told {
            let mail = OfficeMail(documentID: document, to: person.email, subject: subject, text: text)
            // Each is a subject of its own: nothing waits for another.
            office.post(
                try Message(to: .region, about: UUID.v7(), ordinal: 1, kind: OfficeMail.kind, body: mail)
            )
        }
    }
}
