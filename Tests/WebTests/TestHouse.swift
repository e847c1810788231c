import Database
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Office
import Sealing

@testable import Web

/// A server with one office, `hora.localhost`, and a few routes, on a port of its own.
struct TestHouse {
    static let pages = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Sources/Web/Pages")

    struct Dog: Codable, Equatable {
        let name: String
        let age: Int
        let nicknames: [String]?
    }

    private struct Directory: OfficeDirectory {
        func office(slug: String) async throws -> HostedOffice? {
            let states: [String: HostedOffice.State] = ["hora": .ready, "pozadu": .behind]
            guard let state = states[slug], let tenant = TenantName("m_563510") else { return nil }
            return HostedOffice(tenant: tenant, slug: slug, name: "Hora", rooms: [], state: state)
        }
    }

    private struct Doorkeeping: Doorkeeper, ClerkDirectory {
        /// The bearer `dobry` is a person; nobody else is.
        func visitor(token: String, isBearer: Bool, host: String, fresh: Bool) async throws -> Visitor? {
            guard isBearer, token == "dobry" else { return nil }
            return Visitor(
                userID: UUID(),
                name: "Jana",
                email: "jana@example.cz",
                isRegionAdministrator: false,
                sessionDigest: [1],
                usesBearer: true
            )
        }

        func clerk(_ user: UUID, in tenant: TenantName, fresh: Bool) async throws -> Clerk? { nil }
    }

    static var routes: [Route] {
        [
            .open(.get, "/", on: [.region, .office], "Úvod") { _, _ in
                Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: "vítejte")))
            },
            .open(.get, "/dlouhe", on: [.office], "Dlouhá odpověď") { _, _ in
                Response(
                    status: .ok,
                    body: ResponseBody { writer in
                        let piece = ByteBuffer(repeating: 0x61, count: 65_536)
                        for _ in 0..<4096 { try await writer.write(piece) }
                        try await writer.finish(nil)
                    }
                )
            },
            .open(.get, "/soubory/:name", on: [.office], "Soubor") { _, visit in
                let name = try visit.parameter("name")
                guard name == "a.txt" else { throw PlainRefusal.missing }
                return Response(status: .ok)
            },
            .open(.post, "/api/psi", on: [.office], "Přihlásí psa", dog),
            .open(.post, "/psi", on: [.office], "Přihlásí psa ze stránky", dog),
            .open(.get, "/psi", on: [.office], "Hledá psa") { request, _ in
                try Response.json([
                    "jmeno": Input.query("jmeno", of: request), "rok": Input.query("rok", of: request),
                ])
            }.asking(.query("jmeno", "Jméno psa.")),
            .open(.get, "/api/psi", on: [.office], "Hledá psa") { request, _ in
                try Response.json(["jmeno": Input.query("jmeno", of: request)])
            }.asking(.query("jmeno", "Jméno psa.", isRequired: true)),
            .signedIn(.post, "/api/moji-psi", on: [.office], "Přihlásí mého psa") { request, _, _ in
                try await dog(request)
            },
            .open(.post, "/api/prilohy", on: [.office], bodyMax: Limits.uploadBytesMax, "Přijme přílohu") {
                request,
                _ in
                let form = try Multipart(request, bytesMax: Limits.uploadBytesMax, partsMax: 20)
                var bytes = 0
                while let part = try await form.next() {
                    for try await chunk in part.body { bytes += chunk.count }
                }
                return try Response.json(["bytes": bytes])
            },
            .open(.post, "/chyba", on: [.office], "Selže") { _, _ in throw CancellationError() },
        ]
    }

    @Sendable private static func dog(_ request: Request, _ visit: Visit) async throws -> Response {
        try await dog(request)
    }

    private static func dog(_ request: Request) async throws -> Response {
        try Response.json(try await Input.decode(Dog.self, from: request), status: .created)
    }

    static func reception(_ routes: [Route] = routes) throws -> Reception {
        let hosts = Hosts(domain: "localhost", scheme: "http", port: 8080)
        let gate = Gate(
            tokens: FormTokens(key: .random()),
            cookies: CookieJar(scheme: "http"),
            hosts: hosts,
            doorkeeper: Doorkeeping(),
            clerks: Doorkeeping()
        )
        return Reception(
            routes: routes,
            gate: gate,
            pages: try Pages(directories: [pages], hosts: hosts, assetsVersion: "0"),
            directory: Directory(),
            isReady: { false }
        )
    }

    /// Serves while `body` runs, then ends.
    static func open<Result: Sendable>(
        _ patience: Patience = Patience(),
        routes: [Route] = routes,
        _ body: @escaping @Sendable (Int) async throws -> Result
    ) async throws -> Result {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        var logger = Logger(label: "house")
        logger.logLevel = .critical
        let reception = try reception(routes)
        let application = Entrance.application(
            reception,
            port: 0,
            patience: patience,
            hatch: reception.hatch,
            logger: logger
        ) { channel in
            continuation.yield(channel.localAddress?.port ?? 0)
        }
        let serving = Task { try await application.run() }
        defer { serving.cancel() }
        for await port in ports { return try await body(port) }
        throw CancellationError()
    }
}
