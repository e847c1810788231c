package import Database
package import Foundation

// Where one capability meets another: one side conforms, `Server` joins them, neither imports the other.

/// Takes in what the relay brings to an office or to the region, in the transaction of its effect.
///
/// Called at least once; the taker writes its inbox first and does nothing the second time.
package protocol MessageTaker: Sendable {
    /// Kinds of message it takes, such as `submission.delivered`.
    var kinds: Set<String> { get }
    func take(_ message: IncomingMessage) async throws
}

package struct IncomingMessage: Sendable {
    package let id: UUID
    package let sender: String
    package let recipient: String
    package let subjectID: UUID
    package let kind: String
    /// JSON of the kind's own type.
    package let body: String

    package init(id: UUID, sender: String, recipient: String, subjectID: UUID, kind: String, body: String) {
        self.id = id
        self.sender = sender
        self.recipient = recipient
        self.subjectID = subjectID
        self.kind = kind
        self.body = body
    }
}

/// Brings a file that a delivery names from the region's store into the office's own, before the inbox commits.
package protocol FileCourier: Sendable {
    func bring(_ digest: String, from owner: String, to tenant: TenantName) async throws
}

/// The notice board, as a case file sees it.
package protocol BoardDesk: Sendable {
    /// Drafts a notice about a document of a case file, in the same transaction; returns the notice's id.
    func draft(_ request: NoticeRequest, in tenant: TenantTransaction) async throws -> UUID
}

package struct NoticeRequest: Sendable {
    package let title: String
    /// `public_decree` and so on; the board knows the kinds and their periods.
    package let kind: String
    package let referenceNumber: String
    package let caseFileID: UUID
    package let files: [AttachedFile]
    /// The other office that asks to have it posted; nil for a document of this one.
    package let origin: String?

    package init(
        title: String,
        kind: String,
        referenceNumber: String,
        caseFileID: UUID,
        files: [AttachedFile],
        origin: String? = nil
    ) {
        self.origin = origin
        self.title = title
        self.kind = kind
        self.referenceNumber = referenceNumber
        self.caseFileID = caseFileID
        self.files = files
    }
}

/// The case file, as the notice board sees it: the note of posting returns to it (§ 65(3) of act 499/2004).
package protocol CaseFileDesk: Sendable {
    func notePosting(_ note: PostingNote, in tenant: TenantTransaction) async throws
    /// The open case file of the document that the register has under this number; nil where the board may not know.
    func caseFile(of referenceNumber: String, in tenant: TenantTransaction) async throws -> UUID?

    /// A draft about a document of the file was thrown away.
    func noteDiscarding(_ notice: UUID, of caseFile: UUID, in tenant: TenantTransaction) async throws
    /// What to think of before the document with this number is posted; nil when there is nothing.
    func caution(_ referenceNumber: String, of caseFile: UUID, in tenant: TenantTransaction) async throws
        -> String?
    /// The day on which the document with this number was served otherwise than by the board; nil if it was not.
    func served(_ referenceNumber: String, of caseFile: UUID, in tenant: TenantTransaction) async throws
        -> Day?
}

package struct PostingNote: Sendable {
    package let noticeID: UUID
    package let caseFileID: UUID
    package let title: String
    package let posted: Day
    /// Nil while it hangs.
    package let takenDown: Day?
    /// Why it came down before its time.
    package let earlyReason: String?
    /// Posted as what serves a document of the office (§ 25 of act 500/2004).
    package let serves: Bool

    package init(
        noticeID: UUID,
        caseFileID: UUID,
        title: String,
        posted: Day,
        takenDown: Day?,
        earlyReason: String? = nil,
        serves: Bool = true
    ) {
        self.serves = serves
        self.earlyReason = earlyReason
        self.noticeID = noticeID
        self.caseFileID = caseFileID
        self.title = title
        self.posted = posted
        self.takenDown = takenDown
    }
}

/// The books, as a case file sees them: a fee is prescribed in the same transaction.
package protocol ReceivableDesk: Sendable {
    /// Returns the receivable's id; `id` makes it idempotent.
    func prescribe(_ fee: FeePrescription, in tenant: TenantTransaction) async throws
    /// Reverses the prescription of a fee of which nothing was paid; `clerk` answers for it.
    ///
    /// False where something was paid or it was cancelled before.
    func cancel(_ fee: UUID, by clerk: String, on day: Day, in tenant: TenantTransaction) async throws -> Bool
    /// What the books say of it now; nil for one they do not know.
    func fee(_ id: UUID, in tenant: TenantTransaction) async throws -> FeeState?
}

/// What is owed of a fee, as its payer may see it.
package struct FeeState: Sendable, Equatable {
    package let amount: Money
    package let rest: Money
    package let due: Day
    package let isCancelled: Bool

    package init(amount: Money, rest: Money, due: Day, isCancelled: Bool) {
        self.amount = amount
        self.rest = rest
        self.due = due
        self.isCancelled = isCancelled
    }
}

/// The books, as the payer's own page sees them.
package protocol FeeBook: Sendable {
    /// Nil for one that the office does not know.
    func fee(_ id: UUID, at tenant: TenantName) async throws -> FeeState?
}

package struct FeePrescription: Sendable {
    package let id: UUID
    /// `dog`, `waste` and so on: the books know account and budget item.
    package let kind: String
    package let payer: String
    package let hellers: Int
    package let due: Day
    package let referenceNumber: String
    package let documentID: UUID
    /// Who prescribed it and answers for the entry (§ 11(1)(f) of act 563/1991).
    package let clerk: String

    package init(
        id: UUID,
        kind: String,
        payer: String,
        hellers: Int,
        due: Day,
        referenceNumber: String,
        documentID: UUID,
        clerk: String
    ) {
        self.clerk = clerk
        self.id = id
        self.kind = kind
        self.payer = payer
        self.hellers = hellers
        self.due = due
        self.referenceNumber = referenceNumber
        self.documentID = documentID
    }
}

/// Mail to a person goes through the region's outbox: a notice, or the answer that was asked for (``OfficeMail``).
package protocol MailDesk: Sendable {
    /// Queued only where `condition` is true when the transaction comes to it.
    func queue(_ mail: MailDraft, when condition: Condition, in region: RegionTransaction)
}

extension MailDesk {
    package func queue(_ mail: MailDraft, in region: RegionTransaction) {
        queue(mail, when: .always, in: region)
    }
}

package struct MailDraft: Sendable {
    package let to: String
    package let subject: String
    package let text: String
    /// Whose letter it is: answers go there.
    package let office: TenantName?

    package init(to: String, subject: String, text: String, office: TenantName? = nil) {
        self.office = office
        self.to = to
        self.subject = subject
        self.text = text
    }
}

/// The template data of one room, put into the same message that makes the office's schema.
package protocol RoomFurnisher: Sendable {
    /// Name of the room's migration folder, such as `FilingRoom`.
    var room: String { get }
    func furnish(_ script: inout Script, schema: TenantName) throws
}

/// Invites people into an office; the region's registry of users answers.
package protocol InvitationDesk: Sendable {
    /// Ends an older invitation of that person into the same office; true where there was one.
    ///
    /// `sender` begins the letter's first sentence; the office itself where it is nil.
    func invite(
        _ invitee: Invitee,
        roles: [Role],
        to office: TenantName,
        officeName: String,
        from sender: String?
    ) async throws -> Bool
    /// Those that nobody has accepted, one of each person; lapsed ones too.
    func pending(at office: TenantName) async throws -> [Invitation]
    /// The same roles once more in a new letter, to `corrected` where it is given; the older letter works no longer.
    ///
    /// False where there is none.
    func renew(
        _ email: String,
        for corrected: Invitee?,
        at office: TenantName,
        officeName: String,
        from sender: String?
    ) async throws -> Bool
    /// Invitations of that person that nobody has accepted yet open the office no more.
    func withdraw(_ email: String, from office: TenantName) async throws
}

/// Somebody asked into an office, who has not come yet.
package struct Invitation: Sendable, Equatable {
    package let email: String
    package let name: String
    package let roles: [Role]
    package let functionTitle: String
    /// Until when its letter works.
    package let until: Date

    package init(email: String, name: String, roles: [Role], functionTitle: String = "", until: Date) {
        (self.email, self.name, self.roles, self.until) = (email, name, roles, until)
        self.functionTitle = functionTitle
    }

    package func isLapsed(_ now: Date) -> Bool { until <= now }
}

/// The region's register as a filing room needs it: whom a matter can be referred to, what services there are.
package protocol OfficeCatalogue: Sendable {
    var offices: [OfficeName] { get }
    var services: [PublicService] { get }
}

/// An office of the register by a name that is its alone.
package struct OfficeName: Sendable, Equatable {
    package let tenant: TenantName
    /// `Pěnčín (okres Liberec)`.
    package let label: String
    /// Begins with the kind of its authority: `MUFRYD`.
    package let abbreviation: String

    package init(tenant: TenantName, label: String, abbreviation: String = "") {
        self.tenant = tenant
        self.label = label
        self.abbreviation = abbreviation
    }
}
