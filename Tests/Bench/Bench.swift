import Database
import Foundation
import Logging
import Office

/// `bench-database SERVE_JSON OFFICES TASKS SECONDS`: four inserts in one transaction of an office, as often as
/// `Database` can; prints how many a second.
///
/// OFFICES is a list such as `m_546631,m_564079`; each transaction is of any of them. `ops/bench` has plain libpq
/// send the same statements.
@main
enum Bench {
    private static let warmSeconds = 1.0

    private struct Credentials: Decodable {
        struct Login: Decodable {
            let role: String
            let password: String

            var login: Database.Login { Database.Login(role: role, password: password) }
        }

        let socket: String
        let port: Int
        let database: String
        let app: [Login]
        let region: Login
        let relay: Login
    }

    static func main() async throws {
        let words = CommandLine.arguments
        guard words.count == 5, let tasks = Int(words[3]), let seconds = Double(words[4]) else {
            print("bench-database SERVE_JSON OFFICES TASKS SECONDS")
            exit(2)
        }
        let offices = words[2].split(separator: ",").compactMap { TenantName(String($0)) }
        let file = try Data(contentsOf: URL(filePath: words[1]))
        let known = try JSONDecoder().decode(Credentials.self, from: file)
        let database = Database(
            Database.Configuration(
                host: known.socket,
                port: known.port,
                database: known.database,
                app: known.app.map(\.login),
                region: known.region.login,
                relay: known.relay.login
            ),
            logger: Logger(label: "bench")
        )
        database.route(Dictionary(uniqueKeysWithValues: offices.map { ($0, 0) }))
        let start = ContinuousClock.now + .seconds(warmSeconds)
        let end = start + .seconds(seconds)
        let done = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<tasks {
                group.addTask {
                    var done = 0
                    while true {
                        guard let office = offices.randomElement() else { return done }
                        try await register(at: office, in: database)
                        let now = ContinuousClock.now
                        if now >= end { return done }
                        if now >= start { done += 1 }
                    }
                }
            }
            var sum = 0
            for try await done in group { sum += done }
            return sum
        }
        print((Double(done) / seconds * 10).rounded() / 10)
        database.stop()
    }

    /// What a registration writes: the message taken in, its sender, the case file, the answer to the region.
    private static func register(at office: TenantName, in database: Database) async throws {
        let id = UUID.v7()
        try await database.tenant(office, as: .part("bench")) { tenant in
            tenant.run("insert into tenant.inbox (message_id, kind) values (\(id), 'bench')")
            tenant.run(
                """
                insert into tenant.senders (id, kind, name, address, fingerprint)
                values (\(id), 'person', \("Jana Vymyšlená"), \("Ukázková 12, Liberec"), \(id.uuidString))
                """
            )
            tenant.run(
                """
                insert into tenant.case_files (id, mark, title, service_code, regime, opened_on, routing)
                values (\(id), \(id.uuidString), \("Dotaz k hřbitovu (ukázka)"), 'obecne-podani',
                    'administrative', current_date, \("vedoucí úřadu"))
                """
            )
            tenant.run(
                """
                insert into relay.outbox (id, recipient, subject_id, ordinal, kind, body)
                values (\(id), 'region', \(id), 1, 'bench',
                    \(#"{"note": "Úřad podání zapsal.", "status": "registered"}"#)::jsonb)
                """
            )
        }
    }
}
