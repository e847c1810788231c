package import Database
package import Foundation
package import HTTPTypes
import Hummingbird
package import Office
import Sealing
package import Web

/// One office's front door with the routes of the room under test; people come with bearer tokens.
package struct RoomDesk: Sendable {
    package let desk: Desk
    package let tenant: TenantName
    private static let slug = "obec"

    /// `now` stands still, so that a legal day can be tried.
    package init(
        _ tenant: TenantName,
        rooms: [String],
        clerks: [Clerk],
        now: Date,
        _ routes: (Pages, CookieJar) throws -> [Route]
    ) throws {
        self.tenant = tenant
        let sources = TestCell.root.appending(path: "Sources")
        let folders = (["Web"] + rooms).map { sources.appending(path: "\($0)/Pages") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
        let hosts = Hosts(domain: "localhost", scheme: "http", port: 80)
        let pages = try Pages(directories: folders, hosts: hosts, assetsVersion: "0")
        let cookies = CookieJar(scheme: "http")
        guard let key = HMACKey(bytes: Array(repeating: 7, count: 32)) else { throw PlainRefusal.missing }
        let people = People(clerks: clerks, tenant: tenant)
        let gate = Gate(
            tokens: FormTokens(key: key),
            cookies: cookies,
            hosts: hosts,
            doorkeeper: people,
            clerks: people
        )
        let office = HostedOffice(
            tenant: tenant,
            slug: Self.slug,
            name: "Zkušební obec",
            rooms: Set(rooms),
            state: .ready
        )
        let reception = Reception(
            routes: try routes(pages, cookies),
            gate: gate,
            pages: pages,
            directory: OneOffice(office: office),
            isReady: { true },
            clock: { now }
        )
        desk = Desk(reception, host: "\(Self.slug).localhost")
    }

    /// As the clerk, or as anybody where it is nil; a body is a form unless it starts with `{`.
    package func ask(
        _ method: HTTPRequest.Method,
        _ path: String,
        as clerk: Clerk? = nil,
        body: String = "",
        json: Bool = false
    ) async throws -> Desk.Answer {
        var headers: [HTTPField.Name: String] = [:]
        if let clerk { headers[.authorization] = "Bearer \(clerk.userID.uuidString)" }
        if method == .post {
            headers[.contentType] =
                body.hasPrefix("{") ? "application/json" : "application/x-www-form-urlencoded"
        }
        if json { headers[.accept] = "application/json" }
        return try await desk.ask(method, path, headers: headers, body: body)
    }
}

private struct People: Doorkeeper, ClerkDirectory {
    let clerks: [Clerk]
    let tenant: TenantName

    func visitor(token: String, isBearer: Bool, host: String, fresh: Bool) async throws -> Visitor? {
        clerks.first { $0.userID.uuidString == token }.map {
            Visitor(
                userID: $0.userID,
                name: $0.name,
                email: "",
                isRegionAdministrator: false,
                sessionDigest: [],
                usesBearer: true
            )
        }
    }

    func clerk(_ user: UUID, in tenant: TenantName, fresh: Bool) async throws -> Clerk? {
        tenant == self.tenant ? clerks.first { $0.userID == user } : nil
    }
}

private struct OneOffice: OfficeDirectory {
    let office: HostedOffice
    func office(slug: String) async throws -> HostedOffice? { slug == office.slug ? office : nil }
}
