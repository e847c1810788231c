import Foundation

/// An address of e-mail: lower case, without spaces around.
package struct EmailAddress: Sendable, Hashable {
    package let text: String

    /// Nil for what cannot be one; whether somebody reads it shows only when they answer.
    package init?(_ typed: String) {
        let bare = typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        guard let text = Particulars.email(bare) else { return nil }
        self.text = text
    }
}

/// What a person is called: 2–100 characters on one line.
package struct PersonName: Sendable, Hashable {
    package let text: String

    package init?(_ typed: String) {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (2...100).contains(text.count), !text.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
            return nil
        }
        self.text = text
    }
}

/// Whom an invitation into an office is for.
package struct Invitee: Sendable, Hashable {
    package let name: String
    package let email: String
    /// As what they will sign (§ 69(1) of act 500/2004); empty where nobody has said it yet.
    package var functionTitle = ""

    /// Throws ``InviteeRefusal`` with every fault at its field.
    package init(name: String, email: String) throws(InviteeRefusal) {
        var fields: [String: String] = [:]
        let known = PersonName(name)
        let address = EmailAddress(email)
        if known == nil { fields["name"] = "Napište jméno a příjmení toho, koho zvete (2 až 100 znaků)." }
        if address == nil {
            let isEmpty = email.allSatisfy(\.isWhitespace)
            fields["email"] =
                isEmpty
                ? "Napište e-mail, na který pozvánka přijde."
                : "Takový e-mail být nemůže. Napište ho ve tvaru jmeno@example.cz."
        }
        guard let known, let address else { throw InviteeRefusal(fields: fields) }
        self.name = known.text
        self.email = address.text
    }
}

package struct InviteeRefusal: Refusal, Equatable {
    package let fields: [String: String]
    package var kind: RefusalKind { .invalid }
    package var code: String { "invitee-unclear" }
    package var czech: String { ["name", "email"].compactMap { fields[$0] }.joined(separator: " ") }
}
