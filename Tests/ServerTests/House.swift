import Database
import Foundation
import Sealing
import Support
import Synchronization
import Testing

/// A region of its own: a cluster, the demo region in it, and the real programs serving it.
///
/// Nothing is shared with the other tests, so that it can be killed, starved and restarted.
final class House: Sendable {
    let data: URL
    /// Where migrations, templates and pages lie; the checkout's own unless the test brings others.
    let home: URL
    let port: Int
    private let ports: Ports
    private let programs = Mutex<[String: Program]>([:])
    private let demo = Mutex<Demo?>(nil)

    struct Demo: Decodable, Sendable {
        struct Tenant: Decodable, Sendable {
            let code: String
            let slug: String
            let host: String
        }
        struct Account: Decodable, Sendable {
            let role: String
            let tenant: String
            let email: String
            let password: String
            let token: String
        }
        let tenants: [Tenant]
        let accounts: [Account]
    }

    private struct Cluster: Decodable {
        let socket: String
        let port: Int
    }

    private struct Secrets: Decodable {
        let secret: String
    }

    /// A durable cluster keeps what was committed when Postgres is killed; the others are faster.
    init(_ name: String, home: URL = TestCell.root, isDurable: Bool = false) async throws {
        let test = ProcessInfo.processInfo.environment["EPOM_TEST_DATA"].map { URL(filePath: $0) }
        let folder = test?.deletingLastPathComponent() ?? TestCell.root.appending(path: "var")
        data = folder.appending(path: "house-\(name)")
        self.home = home
        ports = try Ports()
        port = ports.first
        _ = try await tool(["ops/postgres", "stop", data.path])
        for name in (try? FileManager.default.contentsOfDirectory(atPath: data.path)) ?? [] {
            try FileManager.default.removeItem(at: data.appending(path: name))
        }
        try await tool(["ops/postgres", "start"] + (isDurable ? [] : ["--test"]) + [data.path]).mustSucceed()
        Clusters.opened(data.path)
    }

    /// With the demo region, serving.
    static func demo(_ name: String, isDurable: Bool = false) async throws -> House {
        let house = try await House(name, isDurable: isDurable)
        try await house.epom("migrate").mustSucceed()
        try await house.epom("demo").mustSucceed()
        try await house.serve()
        return house
    }

    // Programs

    private var environment: [String: String] {
        [
            "EPOM_DATA": data.path, "EPOM_HOME": home.path, "EPOM_PORT": String(port),
            "EPOM_DOMAIN": "localhost",
        ]
    }

    @discardableResult
    func epom(_ words: String..., home: URL? = nil) async throws -> Program.Outcome {
        try await begin(words, home: home).wait()
    }

    /// Starts `epom` and does not wait for its end.
    func begin(_ words: [String], home: URL? = nil, by wrapper: [String] = []) throws -> Program {
        var environment = environment
        if let home { environment["EPOM_HOME"] = home.path }
        return try Program(
            wrapper + [Program.epom] + words,
            environment: environment,
            output: data.appending(path: "said-\(UUID().uuidString).txt").path
        )
    }

    @discardableResult
    func tool(_ words: [String]) async throws -> Program.Outcome {
        let output = FileManager.default.temporaryDirectory.appending(path: "said-\(UUID().uuidString)").path
        defer { unlink(output) }
        let root = TestCell.root.appending(path: words[0]).path
        return try await Program([root] + words.dropFirst(), output: output).wait()
    }

    /// Serves and answers when this returns.
    func serve(home: URL? = nil, by wrapper: [String] = []) async throws {
        ports.release()
        let program = try begin(["serve"], home: home, by: wrapper)
        programs.withLock { $0["serve"] = program }
        try await eventually("the server does not answer: \(program.said)") {
            await ask("/readyz").status == 200 ? true : nil
        }
    }

    /// Starts one that works beside the server, such as `provision`.
    func start(_ word: String) throws {
        let program = try begin([word])
        programs.withLock { $0[word] = program }
    }

    func kill(_ word: String = "serve") async throws {
        try await programs.withLock { $0.removeValue(forKey: word) }?.kill()
    }

    func end(_ word: String = "serve") async throws {
        _ = try await programs.withLock { $0.removeValue(forKey: word) }?.end()
    }

    func isRunning(_ word: String) -> Bool { programs.withLock { $0[word] }?.isRunning == true }

    /// Memory of the program that lies in RAM.
    func residentBytes(_ word: String = "serve") throws -> Int {
        let pid = try #require(programs.withLock { $0[word]?.pid })
        let text = try String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8)
        let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
        return pages * Int(getpagesize())
    }

    func said(_ word: String = "serve") -> String { programs.withLock { $0[word] }?.said ?? "" }

    // The database

    private var cluster: Cluster {
        get throws {
            let file = try Data(contentsOf: data.appending(path: "credentials.json"))
            return try JSONDecoder().decode(Cluster.self, from: file)
        }
    }

    func connection(as role: String) throws -> AdminConnection {
        let cluster = try cluster
        return try AdminConnection(
            .init(
                host: cluster.socket,
                port: cluster.port,
                database: "epom",
                login: .init(role: role, password: nil)
            )
        )
    }

    /// As the owner of everything, for looks that no office could take.
    func owner() async throws -> AdminConnection {
        let connection = try connection(as: "epom_migrator")
        try await connection.execute("set role epom_owner")
        return connection
    }

    func count(_ sql: SQL) async throws -> Int {
        try await owner().rows(sql) { row -> Int in try row["n"] }.first ?? 0
    }

    /// What psql prints, tuples only; statements of the test's own making.
    func psql(as role: String, _ text: String) async throws -> String {
        let outcome = try await attempt(as: role, text)
        try #require(outcome.code == 0, "\(outcome.said)")
        return outcome.said
    }

    /// The same where a refusal is an answer, too.
    func attempt(as role: String, _ text: String) async throws -> Program.Outcome {
        let cluster = try cluster
        let file = data.appending(path: "asked-\(UUID().uuidString).sql")
        try text.write(to: file, atomically: true, encoding: .utf8)
        let output = file.path + ".txt"
        defer {
            unlink(file.path)
            unlink(output)
        }
        let words = [
            "/usr/bin/psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set",
            "ON_ERROR_STOP=1",
            "--host", cluster.socket, "--port", String(cluster.port), "--username", role, "--file", file.path,
            "epom",
        ]
        return try await Program(words, output: output).wait()
    }

    /// What pg_dump says of these schemas, without their rows.
    func dump(_ schemas: [String]) async throws -> String {
        let cluster = try cluster
        let output = data.appending(path: "dump-\(UUID().uuidString).sql").path
        let words = [
            "/usr/bin/pg_dump", "--schema-only", "--no-owner", "--host", cluster.socket, "--port",
            String(cluster.port), "--username", "epom_root",
        ]
        let dump = try Program(words + schemas.map { "--schema=\($0)" } + ["epom"], output: output)
        let outcome = try await dump.wait()
        try outcome.mustSucceed()
        return outcome.said
    }

    // People

    private func demoFile() throws -> Demo {
        try demo.withLock { known in
            if let known { return known }
            let file = try Data(contentsOf: data.appending(path: "demo.json"))
            let read = try JSONDecoder().decode(Demo.self, from: file)
            known = read
            return read
        }
    }

    func account(_ role: String, of tenant: String = "") throws -> Demo.Account {
        try #require(demoFile().accounts.first { $0.role == role && $0.tenant == tenant })
    }

    var regionHost: String { "localhost:\(port)" }

    /// The office's host with its port, by its code such as `546631`.
    func host(_ code: String) throws -> String {
        try #require(demoFile().tenants.first { $0.code == code }).host
    }

    func formToken(_ host: String, binding: [UInt8]) throws -> String {
        let file = try Data(contentsOf: data.appending(path: "secrets.json"))
        let secret = try JSONDecoder().decode(Secrets.self, from: file).secret
        let root = try #require(HMACKey(text: secret))
        let key = try #require(HMACKey(bytes: hmacSHA256(root, "form tokens").bytes))
        return Base64URL.text(
            hmacSHA256(key, Array("form-token:\(host):".utf8) + binding).bytes
        )
    }

    // Asking

    func ask(_ ask: Ask) async -> Answer {
        let port = port
        return
            (try? await onThread {
                guard let line = Line(port: port) else { return Answer.lost }
                line.send(ask)
                return line.answer()
            }) ?? .lost
    }

    /// Sends these very bytes and takes what comes until the server closes.
    func send(_ bytes: [UInt8]) async -> Answer {
        let port = port
        return
            (try? await onThread {
                guard let line = Line(port: port) else { return Answer.lost }
                line.send(bytes)
                return line.answer()
            }) ?? .lost
    }

    func ask(_ path: String, host: String? = nil, headers: [String: String] = [:]) async -> Answer {
        await ask(Ask(path: path, host: host ?? regionHost, headers: headers))
    }

    /// As a program with a bearer token.
    func ask(
        _ path: String,
        by method: String = "GET",
        as account: Demo.Account,
        at host: String,
        json: String? = nil,
        form: String? = nil
    ) async -> Answer {
        var headers = ["Authorization": "Bearer \(account.token)", "Accept": "application/json"]
        if json != nil { headers["Content-Type"] = "application/json" }
        if form != nil { headers["Content-Type"] = "application/x-www-form-urlencoded" }
        return await ask(
            Ask(method: method, path: path, host: host, headers: headers, body: json ?? form ?? "")
        )
    }

    /// Hands in a form as somebody without an account, by a page's script.
    func handIn(_ form: String, _ answers: String, key: String, at host: String) async throws -> Answer {
        let browser = Token.random(.bits128).text
        return await ask(
            Ask(
                method: "POST",
                path: "/api/forms/\(form)",
                host: host,
                headers: [
                    "Cookie": "epom-browser=\(browser)", "Origin": "http://\(host)",
                    "X-Form-Token": try formToken(host, binding: Array(browser.utf8)),
                    "Content-Type": "application/json", "Accept": "application/json",
                    "Idempotency-Key": key,
                ],
                body: answers
            )
        )
    }
}

extension Program.Outcome {
    /// Not an expectation: one that many tests wait for would be told once and forgotten by the others.
    struct Failed: Error, CustomStringConvertible {
        let outcome: Program.Outcome
        var description: String { "code \(outcome.code): \(outcome.said)" }
    }

    func mustSucceed() throws { if code != 0 { throw Failed(outcome: self) } }
}

/// Clusters that are stopped when the tests end.
private enum Clusters {
    private static let folders = Mutex<[String]>([])
    private static let isWatched: Bool = {
        atexit {
            let script = TestCell.root.appending(path: "ops/postgres").path
            for folder in Clusters.folders.withLock({ $0 }) {
                let output = "/dev/null"
                guard let program = try? Program([script, "stop", folder], output: output) else { continue }
                var status: Int32 = 0
                waitpid(program.pid, &status, 0)
            }
        }
        return true
    }()

    static func opened(_ folder: String) {
        _ = isWatched
        folders.withLock { $0.append(folder) }
    }
}
