import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// Naming the head of an office: who came, who was asked, and asking somebody, also long after it was hosted.
extension HostingRoutes {
    struct HeadForm: Decodable, Sendable {
        var name: String?
        var email: String?
        /// The address that an invitation went to by mistake; this one goes out in its place.
        var insteadOf: String?
    }

    /// Those who came, and of the invited those who have not.
    func heads(
        of office: HostedOffice,
        _ form: HeadForm?,
        _ errors: [String: String],
        _ now: Date
    ) async throws -> [HeadView] {
        let invited = try await headsInvited(to: office.tenant)
        let here = try await headsHere(of: office)
        let emails = Set(here.map(\.email))
        return here.map { HeadView($0) }
            + invited.filter { !emails.contains($0.email) }.enumerated().map { number, invitation in
                HeadView(invitation, number: number, form, errors, now: now)
            }
    }

    private func headsInvited(to office: TenantName) async throws -> [Invitation] {
        // Whom the head asks is the office's own matter.
        try await invitations.pending(at: office).filter { $0.roles.contains(.head) }
    }

    /// None of an office that waits for its tables: it cannot be asked; its invitations are the region's.
    private func headsHere(of office: HostedOffice) async throws -> [ClerkLine] {
        guard office.state == .ready else { return [] }
        return try await database.tenant(office.tenant, as: .part("console")) { tenant in
            try await ClerkStore.all(in: tenant).filter { $0.isActive && $0.clerk.roles.contains(.head) }
        }
    }

    @Sendable func inviteHead(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws -> Response
    {
        let office = try registered(visit)
        let form = try await Input.decode(HeadForm.self, from: request)
        guard let hosted = book.register.hosted[office.tenant] else {
            throw HostingRefusal.notHosted(office.name)
        }
        guard hosted.state == .ready else { throw PlainRefusal.officeBehind }
        let waiting = try await headsInvited(to: office.tenant)
        let replaced = waiting.firstIndex { $0.email == form.insteadOf }
        if form.insteadOf != nil, replaced == nil { throw HeadRefusal.nobodyWaits }
        do {
            let invitee = try Invitee(name: form.name ?? "", email: form.email ?? "")
            if try await headsHere(of: hosted).contains(where: { $0.email == invitee.email }) {
                throw HeadRefusal.leadsAlready(invitee.email)
            }
            return try await send(invitee, insteadOf: form.insteadOf, to: office, by: visitor)
        } catch let refusal as any Refusal where refusal.kind == .invalid && !request.prefersJSON {
            let place = HeadView.place(replaced)
            let fields = Dictionary(uniqueKeysWithValues: refusal.fields.map { ($0.key + place, $0.value) })
            return try await answer(
                office,
                HostingForm(),
                fields,
                head: form,
                to: request,
                visit,
                status: refusal.kind.status
            )
        }
    }

    private func send(
        _ invitee: Invitee,
        insteadOf email: String?,
        to office: RegisteredOffice,
        by visitor: Visitor
    ) async throws -> Response {
        // The office's own log says who was given the key to it, and by whom.
        try await database.tenant(office.tenant, as: visitor.actor) { tenant in
            tenant.record(LogEntry("invited head", "clerk", visitor.userID, detail: invitee.email))
        }
        var sentence = "Pozvánka odešla na \(invitee.email)."
        if let email {
            let isSent = try await invitations.renew(
                email,
                for: invitee,
                at: office.tenant,
                officeName: office.authority,
                from: Self.sender
            )
            guard isSent else { throw HeadRefusal.nobodyWaits }
            sentence += " Pozvánka na \(email) už neplatí."
        } else {
            let wasInvited = try await invitations.invite(
                invitee,
                roles: [.head],
                to: office.tenant,
                officeName: office.authority,
                from: Self.sender
            )
            if wasInvited { sentence += " Starší odkaz už neplatí." }
        }
        var response = Response.seeOther("/kraj/obce/\(office.code)")
        response.flash(sentence, cookies)
        return response
    }

    private static let sender = "Kraj, který úřad zřídil,"

    @Sendable func inviteAgain(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        struct Form: Decodable { var email: String }
        let form = try await Input.decode(Form.self, from: request)
        let office = try registered(visit)
        guard try await headsInvited(to: office.tenant).contains(where: { $0.email == form.email }),
            try await invitations.renew(
                form.email,
                for: nil,
                at: office.tenant,
                officeName: office.authority,
                from: Self.sender
            )
        else { throw HeadRefusal.nobodyWaits }
        var response = Response.seeOther("/kraj/obce/\(office.code)")
        response.flash("Nová pozvánka odešla na \(form.email); starší odkaz už neplatí.", cookies)
        return response
    }
}

enum HeadRefusal: Refusal, Equatable {
    /// It was accepted or taken back meanwhile.
    case nobodyWaits
    case leadsAlready(String)

    var kind: RefusalKind {
        switch self {
        case .nobodyWaits: .conflict
        case .leadsAlready: .invalid
        }
    }

    var code: String {
        switch self {
        case .nobodyWaits: "no-such-invitation"
        case .leadsAlready: "leads-already"
        }
    }

    var czech: String {
        switch self {
        case .nobodyWaits:
            "Taková pozvánka už nečeká: někdo ji přijal nebo vzal zpět. Načtěte stránku úřadu znovu."
        case .leadsAlready(let email): "\(email) už úřad vede; pozvánku nepotřebuje."
        }
    }

    var fields: [String: String] {
        switch self {
        case .nobodyWaits: [:]
        case .leadsAlready: ["email": czech]
        }
    }
}

/// Whether the head of an office has come: what an administrator who hosted it wants to know.
struct HeadView: Codable, Sendable {
    let name: String
    let email: String
    /// In one sentence.
    let standing: String
    let isHere: Bool
    let isLapsed: Bool
    /// Of the fields with which a mistyped address is corrected.
    let place: String
    let typedName: String
    let typedEmail: String
    let nameError: String?
    let emailError: String?
    let isRefused: Bool

    init(_ line: ClerkLine) {
        name = line.clerk.name
        email = line.email
        standing = "vede úřad"
        isHere = true
        isLapsed = false
        (place, typedName, typedEmail) = ("", "", "")
        (nameError, emailError, isRefused) = (nil, nil, false)
    }

    init(
        _ invitation: Invitation,
        number: Int,
        _ form: HostingRoutes.HeadForm?,
        _ errors: [String: String],
        now: Date
    ) {
        name = invitation.name
        email = invitation.email
        isHere = false
        isLapsed = invitation.isLapsed(now)
        let until = Day(of: invitation.until).czechShort
        standing = isLapsed ? "platila do \(until) a nikdo ji nepřijal" : "platí do \(until)"
        place = Self.place(number)
        isRefused = form?.insteadOf == invitation.email
        typedName = isRefused ? form?.name ?? "" : invitation.name
        typedEmail = isRefused ? form?.email ?? "" : invitation.email
        nameError = isRefused ? errors["name\(place)"] : nil
        emailError = isRefused ? errors["email\(place)"] : nil
    }

    /// What tells the fields of one form on the page from those of another.
    static func place(_ number: Int?) -> String { number.map { "-\($0)" } ?? "-new" }
}

/// The form that asks somebody new.
struct NewHeadView: Codable, Sendable {
    let name: String
    let email: String
    let nameError: String?
    let emailError: String?
    /// Where nobody leads the office, this is what there is to do.
    let isOpen: Bool

    init(_ form: HostingRoutes.HeadForm?, _ errors: [String: String], hasHead: Bool) {
        let mine = form.flatMap { $0.insteadOf == nil ? $0 : nil }
        let place = HeadView.place(nil)
        name = mine?.name ?? ""
        email = mine?.email ?? ""
        nameError = errors["name\(place)"]
        emailError = errors["email\(place)"]
        isOpen = !hasHead || mine != nil
    }
}
