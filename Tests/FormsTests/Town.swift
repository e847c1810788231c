import Database
import Files
import Foundation
import HTTPTypes
import Logging
import Office
import Sealing
import Support
import Synchronization
import Web

@testable import Forms

/// Two offices with the forms of the template behind one front door, and a desk that accepts once for a key.
struct Town: Sendable {
    static let noon = Date(timeIntervalSince1970: 1_795_518_000)  // 24 November 2026, 12:00 in Prague.

    let cell: TestCell
    let first: TenantName
    let second: TenantName
    let counter = PaperCounter()
    let desk: Desk
    let files: FileStore
    let routes: FormRoutes
    let head: Clerk
    static let tokens = FormTokens(key: HMACKey.random())

    /// `database` stands for the cell's own where a test lets it fail.
    init(through database: Database? = nil) async throws {
        cell = try await TestCell.shared()
        let template = TestCell.root.appending(path: "TenantTemplates/municipality/forms")
        let furnisher = try FormFurnisher(folder: template, services: Set(Bench.codes))
        first = try await Self.office(cell, furnisher)
        second = try await Self.office(cell, furnisher)
        head = try await cell.clerk([.head], in: first)
        files = FileStore(root: TestCell.root.appending(path: "var/test/forms-\(UUID())").path)
        let hosts = Hosts(domain: "localhost", scheme: "http", port: 80)
        let sources = TestCell.root.appending(path: "Sources")
        let pages = try Pages(
            directories: ["Web", "Forms"].map { sources.appending(path: "\($0)/Pages") },
            hosts: hosts,
            assetsVersion: "1"
        )
        let cookies = CookieJar(scheme: "http")
        if let database { database.route([first: 0, second: 0]) }
        routes = FormRoutes(
            database: database ?? cell.database,
            files: files,
            desk: counter,
            pages: pages,
            cookies: cookies,
            places: { Bench.places },
            register: Catalogue(office: first),
            front: { _, day in
                var front = OfficeFront()
                front.hours = "po 8–17"
                front.notices = [
                    FrontNotice(
                        title: "Záměr obce",
                        link: "/uredni-deska/1",
                        kind: "záměr",
                        posted: day.czech
                    )
                ]
                return front
            },
            usage: { _ in ["zavada": 3, "pes-ohlaseni": 1] }
        )
        let gate = Gate(
            tokens: Self.tokens,
            cookies: cookies,
            hosts: hosts,
            doorkeeper: Doorman(head: head.userID),
            clerks: Clerks(clerk: head, tenant: first)
        )
        desk = Desk(
            Reception(
                routes: routes.routes,
                gate: gate,
                pages: pages,
                directory: Directory(offices: ["prvni": first, "druha": second]),
                isReady: { true },
                clock: { Self.noon }
            )
        )
    }

    private static func office(_ cell: TestCell, _ furnisher: FormFurnisher) async throws -> TenantName {
        try await cell.office(rooms: ["Forms"], furnishers: [furnisher])
    }

    func person(at slug: String = "prvni") -> Person {
        Person(desk: desk, host: "\(slug).localhost")
    }

    /// The head of the first office.
    func clerk() -> Person { Person(desk: desk, host: "prvni.localhost", session: "head") }
}

/// Accepts as the region does: once for a key, and refuses the key with another body.
final class PaperCounter: SubmissionDesk {
    struct Reused: Refusal {
        let kind = RefusalKind.conflict
        let code = "key-reused"
        let czech = "Tento klíč už má jiné podání."
        let fields: [String: String] = [:]
    }

    private let taken = Mutex<[[UInt8]: (filing: Filing, receipt: FilingReceipt)]>([:])

    var filings: [Filing] { taken.withLock { $0.values.map(\.filing) } }

    let stranded = Mutex(false)

    func reaches(_ office: TenantName) async throws -> Bool { stranded.withLock { !$0 } }

    func accept(_ filing: Filing) async throws -> FilingReceipt {
        try taken.withLock { taken in
            if let known = taken[filing.idempotencyKey] {
                guard known.filing.answers == filing.answers else { throw Reused() }
                return known.receipt
            }
            let receipt = FilingReceipt(
                submissionID: UUID.v7(),
                code: "KOD\(taken.count)",
                secret: Token.random().text,
                acceptedAt: Town.noon
            )
            taken[filing.idempotencyKey] = (filing, receipt)
            return receipt
        }
    }
}

/// Says that the first office is competent for everything, fees by residence and under the tax code.
private struct Catalogue: OfficeRegister {
    let office: TenantName

    func service(_ code: String, on day: Day) async throws -> PublicService? {
        PublicService(
            code: code,
            name: code,
            level: .municipality,
            criteria: [.residence],
            regime: code == "pes-ohlaseni" ? .tax : .administrative,
            confirmation: .withinFiveDays,
            law: "565/1990 § 2",
            term: "",
            fee: "",
            note: "",
            isVerified: true,
            validFrom: Day(of: .distantPast)
        )
    }

    func competentOffice(for question: CompetenceQuestion) async throws -> CompetenceFinding {
        guard let service = try await service(question.serviceCode, on: question.day) else {
            throw PlainRefusal.missing
        }
        return CompetenceFinding(
            outcome: .office(office),
            service: service,
            officeName: "Obec prvni",
            authority: "Úřad obce prvni",
            explanation: ["Rozhoduje trvalý pobyt."]
        )
    }

    func name(of office: TenantName) async throws -> String? { "Obec prvni" }
    func hasFilingRoom(_ office: TenantName) async throws -> Bool { true }
}

private struct Directory: OfficeDirectory {
    let offices: [String: TenantName]

    func office(slug: String) async throws -> HostedOffice? {
        offices[slug].map {
            HostedOffice(tenant: $0, slug: slug, name: "Obec \(slug)", rooms: ["Forms"], state: .ready)
        }
    }
}

private struct Doorman: Doorkeeper {
    let head: UUID

    func visitor(token: String, isBearer: Bool, host: String, fresh: Bool) async throws -> Visitor? {
        guard token == "head" else { return nil }
        return Visitor(
            userID: head,
            name: "Jana Starostová",
            email: "starostka@example.org",
            isRegionAdministrator: false,
            sessionDigest: Digest(of: token).bytes,
            usesBearer: false
        )
    }
}

private struct Clerks: ClerkDirectory {
    let clerk: Clerk
    let tenant: TenantName

    func clerk(_ user: UUID, in tenant: TenantName, fresh: Bool) async throws -> Clerk? {
        tenant == self.tenant && user == clerk.userID ? clerk : nil
    }
}
