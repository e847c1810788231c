import Database
import Foundation
import Logging
import Support

/// A way of its own to the test's Postgres, which can be closed without disturbing anybody else.
struct Doorway: Sendable {
    let database: Database
    private let socket: String
    private let link: String

    private struct Credentials: Decodable {
        let socket: String
        let port: Int
    }

    init() async throws {
        // Before the cell is made, a database of this name may be one that an earlier process with our number left.
        let cell = try await TestCell.shared()
        let folder =
            ProcessInfo.processInfo.environment["EPOM_TEST_DATA"].map { URL(filePath: $0) }
            ?? TestCell.root.appending(path: "var/test")
        let file = try Data(contentsOf: folder.appending(path: "credentials.json"))
        let credentials = try JSONDecoder().decode(Credentials.self, from: file)
        socket = credentials.socket
        // Paths of sockets are short.
        link = "/tmp/epom-door-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: socket)
        func login(_ role: String) -> Database.Login { Database.Login(role: role, password: nil) }
        database = Database(
            Database.Configuration(
                host: link,
                port: credentials.port,
                database: cell.name,
                app: [login("epom_app_00")],
                region: login("epom_region"),
                relay: login("epom_relay")
            ),
            logger: Logger(label: "doorway")
        )
    }

    /// Ends every connection that stands, and lets no new one in.
    func close() async throws {
        try FileManager.default.removeItem(atPath: link)
        for _ in 0..<40 {
            do {
                try await database.region { region in
                    _ = try await region.rows("select pg_terminate_backend(pg_backend_pid())") { _ in true }
                }
            } catch DatabaseError.unavailable {
                return
            } catch {
                continue
            }
        }
    }

    func open() throws {
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: socket)
    }
}
