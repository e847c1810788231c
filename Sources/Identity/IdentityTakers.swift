package import Database
import Foundation
import Messages
package import Office
import Records

/// A new office stands: its head is invited.
package struct HeadInviter: MessageTaker {
    /// The body of `office.hosted`, as the migrator writes it.
    private struct Hosted: Decodable {
        let tenant: TenantName
        let headEmail: String
        let headName: String
    }

    private let identities: Identities
    private let register: any OfficeRegister

    package init(identities: Identities, register: any OfficeRegister) {
        self.identities = identities
        self.register = register
    }

    package var kinds: Set<String> { ["office.hosted"] }

    package func take(_ message: IncomingMessage) async throws {
        guard message.sender == "epom_owner" else {
            throw PlainRefusal(.forbidden, "forged", "Zprávu neposlal ten, kdo úřady zřizuje.")
        }
        let hosted = try message.read(Hosted.self)
        let name = try await register.name(of: hosted.tenant) ?? hosted.tenant.rawValue
        try await identities.database.region { region in
            guard try await InboxStore.takeIn(message, in: region) else { return }
            try await identities.invite(
                try Invitee(name: hosted.headName, email: hosted.headEmail),
                roles: [.head],
                to: hosted.tenant,
                officeName: name,
                from: Letters.regionAsSender,
                in: region
            )
        }
    }
}

/// Somebody accepted an invitation: the office writes them among its people.
package struct ClerkTaker: MessageTaker {
    private let database: Database

    package init(database: Database) { self.database = database }

    package var kinds: Set<String> { [ClerkJoined.kind] }

    package func take(_ message: IncomingMessage) async throws {
        guard message.sender == "epom_region", let tenant = TenantName(message.recipient) else {
            throw PlainRefusal(.forbidden, "forged", "Zprávu neposlal kraj.")
        }
        let joined = try message.read(ClerkJoined.self)
        try await database.tenant(tenant, as: .part("invitation")) { office in
            guard try await InboxStore.takeIn(message, in: office) else { return }
            ClerkStore.join(joined, in: office)
        }
    }
}

/// An office answers by e-mail: its letter is put among those that wait to be sent.
package struct OfficeMailTaker: MessageTaker {
    private let database: Database
    private let mail: any MailDesk

    package init(database: Database, mail: any MailDesk) { (self.database, self.mail) = (database, mail) }

    package var kinds: Set<String> { [OfficeMail.kind] }

    package func take(_ message: IncomingMessage) async throws {
        guard TenantName(message.sender) != nil else {
            throw PlainRefusal(.forbidden, "forged", "Zprávu neposlal žádný úřad.")
        }
        let letter = try message.read(OfficeMail.self)
        try await database.region(as: .part("relay")) { region in
            guard try await InboxStore.takeIn(message, in: region) else { return }
            mail.queue(MailDraft(to: letter.to, subject: letter.subject, text: letter.text), in: region)
        }
    }
}
