import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Sealing
import Support
import Synchronization
import Testing
import Web

@testable import FilingRoom

/// The office's house: its real front door, gate and pages; who a token belongs to is all that is made up.
struct Front: Sendable {
    let desk: Support.Desk
    let invited: Invitations

    init(_ bench: Bench, rooms: Set<String> = ["FilingRoom", "NoticeBoard", "Accounting"], clerks: [Clerk])
        throws
    {
        let hosts = Hosts(domain: "localhost", scheme: "http", port: 8080)
        let sources = TestCell.root.appending(path: "Sources")
        let pages = try Pages(
            directories: ["Web", "FilingRoom"].map { sources.appending(path: "\($0)/Pages") },
            hosts: hosts,
            assetsVersion: "1"
        )
        let cookies = CookieJar(scheme: "http")
        let office = HostedOffice(
            tenant: bench.office,
            slug: "luka",
            name: "Obec Luka",
            rooms: rooms,
            state: .ready
        )
        invited = Invitations()
        let gate = Gate(
            tokens: FormTokens(key: try #require(HMACKey(bytes: Array(repeating: 7, count: 32)))),
            cookies: cookies,
            hosts: hosts,
            doorkeeper: Tokens(clerks: clerks),
            clerks: People(database: bench.cell.database)
        )
        let reception = Reception(
            routes: FilingRoutes(
                registry: bench.registry,
                pages: pages,
                cookies: cookies,
                catalogue: Bench.catalogue
            ).routes
                + OfficeDeskRoutes(
                    database: bench.cell.database,
                    pages: pages,
                    cookies: cookies,
                    invitations: invited,
                    catalogue: Bench.catalogue,
                    files: bench.registry.files,
                    wardrobe: Wardrobe(database: bench.cell.database)
                ).routes,
            gate: gate,
            pages: pages,
            directory: OneOffice(office: office),
            wardrobe: Wardrobe(database: bench.cell.database),
            isReady: { true },
            clock: { Bench.noon }
        )
        desk = Support.Desk(reception, host: "luka.localhost:8080")
    }

    func get(_ path: String, as clerk: Clerk?, accept: String = "text/html") async throws
        -> Support.Desk.Answer
    {
        var headers: [HTTPField.Name: String] = [.accept: accept]
        if let clerk { headers[.authorization] = "Bearer \(clerk.userID)" }
        return try await desk.ask(.get, path, headers: headers)
    }

    /// Posts the pairs as a browser's form would.
    func post(_ path: String, _ form: [String: String] = [:], as clerk: Clerk) async throws
        -> Support.Desk.Answer
    {
        let body = form.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        return try await desk.ask(
            .post,
            path,
            headers: [
                .authorization: "Bearer \(clerk.userID)", .contentType: "application/x-www-form-urlencoded",
            ],
            body: body.sorted().joined(separator: "&")
        )
    }

    private struct Tokens: Doorkeeper {
        let clerks: [Clerk]

        func visitor(token: String, isBearer: Bool, host: String, fresh: Bool) async throws -> Visitor? {
            clerks.first { $0.userID.uuidString == token }.map { clerk in
                Visitor(
                    userID: clerk.userID,
                    name: clerk.name,
                    email: "",
                    isRegionAdministrator: false,
                    sessionDigest: [1],
                    usesBearer: true
                )
            }
        }
    }

    private struct People: ClerkDirectory {
        let database: Database

        func clerk(_ user: UUID, in tenant: TenantName, fresh: Bool) async throws -> Clerk? {
            try await database.tenant(tenant, as: .anonymous) { try await ClerkStore.clerk(user, in: $0) }
        }
    }

    private struct Wardrobe: OfficeWardrobe {
        let database: Database

        func look(of tenant: TenantName) async -> OfficeLook {
            (try? await database.tenant(tenant, as: .anonymous) { try await OfficeStore.look(in: $0) })
                ?? .plain
        }

        func forget(_ tenant: TenantName) {}
    }

    private struct OneOffice: OfficeDirectory {
        let office: HostedOffice
        func office(slug: String) async throws -> HostedOffice? { slug == office.slug ? office : nil }
    }

    /// Letters that would have gone out.
    final class Invitations: InvitationDesk {
        private let letters = Mutex<[String]>([])
        private let titles = Mutex<[String]>([])
        var functions: [String] { titles.withLock { $0 } }
        var sent: [String] { letters.withLock { $0 } }

        func invite(
            _ invitee: Invitee,
            roles: [Role],
            to office: TenantName,
            officeName: String,
            from sender: String?
        ) async throws -> Bool {
            titles.withLock { $0.append(invitee.functionTitle) }
            letters.withLock {
                $0.append("\(invitee.email) \(roles.map(\.rawValue).joined(separator: ","))")
            }
            return waiting.withLock { $0.contains { $0.email == invitee.email } }
        }

        private let waiting = Mutex<[Invitation]>([])

        func await(_ invitation: Invitation) { waiting.withLock { $0.append(invitation) } }

        func pending(at office: TenantName) async throws -> [Invitation] { waiting.withLock { $0 } }

        func renew(
            _ email: String,
            for corrected: Invitee?,
            at office: TenantName,
            officeName: String,
            from sender: String?
        ) async throws -> Bool {
            letters.withLock { $0.append("\(email) renewed") }
            return true
        }

        func withdraw(_ email: String, from office: TenantName) async throws {
            letters.withLock { $0.append("\(email) withdrawn") }
        }
    }
}
