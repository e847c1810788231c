import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// Whether the head of an office has come: what an administrator who hosted it wants to know.
struct HeadView: Codable, Sendable {
    let name: String
    let email: String
    /// In one sentence.
    let standing: String
    let isHere: Bool
    let isLapsed: Bool

    init(_ line: ClerkLine) {
        name = line.clerk.name
        email = line.email
        standing = "vede úřad"
        isHere = true
        isLapsed = false
    }

    init(_ invitation: Invitation, now: Date) {
        name = invitation.name
        email = invitation.email
        isHere = false
        isLapsed = invitation.isLapsed(now)
        let until = Day(of: invitation.until).czechShort
        standing =
            isLapsed
            ? "platila do \(until) a nikdo ji nepřijal" : "platí do \(until)"
    }
}

extension HostingRoutes {
    /// Those who came, and of the invited those who have not.
    func heads(of office: HostedOffice, _ now: Date) async throws -> [HeadView] {
        let invited = try await invitations.pending(at: office.tenant).filter { $0.roles.contains(.head) }
        // An office that waits for its tables cannot be asked; its invitations are the region's.
        let people =
            office.state == .behind
            ? []
            : try await database.tenant(office.tenant, as: .part("console")) { tenant in
                try await ClerkStore.all(in: tenant)
            }
        let here = people.filter { $0.isActive && $0.clerk.roles.contains(.head) }
        let emails = Set(here.map(\.email))
        return here.map { HeadView($0) }
            + invited.filter { !emails.contains($0.email) }.map { HeadView($0, now: now) }
    }

    @Sendable func inviteAgain(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        struct Form: Decodable { var email: String }
        let form = try await Input.decode(Form.self, from: request)
        let office = try registered(visit)
        let invited = try await invitations.pending(at: office.tenant)
        // An administrator asks heads only; whom the head asks is the office's own matter.
        guard invited.contains(where: { $0.email == form.email && $0.roles.contains(.head) }),
            try await invitations.renew(form.email, at: office.tenant, officeName: office.authority)
        else { throw PlainRefusal.changedMeanwhile }
        var response = Response.seeOther("/kraj/obce/\(office.code)")
        response.flash("Nová pozvánka odešla na \(form.email); starší odkaz už neplatí.", cookies)
        return response
    }
}
