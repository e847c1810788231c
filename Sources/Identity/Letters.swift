import Office
import Sealing
import Web

/// The letters about accounts, in plain Czech.
enum Letters {
    static func verify(_ email: String, _ token: Token, _ hosts: Hosts) -> MailDraft {
        MailDraft(
            to: email,
            subject: "Ověřte prosím svůj e-mail",
            text: """
                Dobrý den,

                na tuto adresu si někdo založil účet u virtuálních úřadů kraje. Jste-li to Vy, otevřete do dvou dnů odkaz:

                \(hosts.regionURL)/overeni/\(token.text)

                Pokud ne, zprávu smažte; nic dalšího se nestane.
                """
        )
    }

    static func accountExists(_ email: String, _ hosts: Hosts) -> MailDraft {
        MailDraft(
            to: email,
            subject: "Účet už máte",
            text: """
                Dobrý den,

                někdo se pokusil založit účet s touto adresou, ale ten už máte. Přihlaste se prosím na

                \(hosts.regionURL)/prihlaseni

                Heslo si můžete nechat poslat nové tamtéž. Pokud jste to nebyli Vy, zprávu smažte.
                """
        )
    }

    static func reset(_ email: String, _ token: Token, _ hosts: Hosts) -> MailDraft {
        MailDraft(
            to: email,
            subject: "Nové heslo",
            text: """
                Dobrý den,

                nové heslo si nastavíte do hodiny na odkazu:

                \(hosts.regionURL)/nove-heslo/\(token.text)

                Pokud jste o ně nežádali, zprávu smažte; heslo zůstává.
                """
        )
    }

    static let regionAsSender = "Kraj, který úřad zřídil,"

    static func invitation(
        _ invitee: Invitee,
        _ office: String,
        from sender: String,
        until last: Day,
        _ roles: [Role],
        _ token: Token,
        _ hosts: Hosts
    ) -> MailDraft {
        MailDraft(
            to: invitee.email,
            subject: "Pozvánka: \(office)",
            text: """
                Dobrý den,

                \(sender) vás zve k práci ve virtuálním úřadu.

                Pozvánka pro: \(invitee.name)
                Úřad: \(office)
                Role: \(roles.map(\.czech).joined(separator: ", "))

                Pozvánku přijměte do \(last.czech) na odkazu:

                \(hosts.regionURL)/pozvanka/\(token.text)

                Pokud nevíte, proč vám přišla, zprávu smažte; nic dalšího se nestane.
                """
        )
    }
}
