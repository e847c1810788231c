import Database
import Foundation
import Sealing

/// `credentials.json`, which `ops/postgres` writes: for the command line and the migrator only.
struct AdminCredentials: Decodable {
    struct Login: Decodable {
        let role: String
        let password: String?
    }

    let socket: String
    let port: Int
    let database: String
    let admin: Login
    let migrator: Login

    init(in data: URL) throws {
        self = try readJSON(AdminCredentials.self, data.appending(path: "credentials.json"))
    }

    var adminAddress: AdminConnection.Address { address(admin) }
    var migratorAddress: AdminConnection.Address { address(migrator) }

    private func address(_ login: Login) -> AdminConnection.Address {
        AdminConnection.Address(
            host: socket,
            port: port,
            database: database,
            login: Database.Login(role: login.role, password: login.password)
        )
    }
}

/// `serve.json`, which `epom migrate` writes: all that `epom serve` may know, mode 0600.
struct ServeCredentials: Codable {
    struct Login: Codable {
        let role: String
        let password: String

        var login: Database.Login { Database.Login(role: role, password: password) }
    }

    var socket: String
    var port: Int
    var database: String
    var app: [Login]
    var region: Login
    var relay: Login
    private static func file(in data: URL) -> URL { data.appending(path: "serve.json") }

    init(in data: URL) throws { self = try readJSON(ServeCredentials.self, Self.file(in: data)) }

    /// New passwords for these many app logins.
    init(_ admin: AdminCredentials, shards: Int) {
        func login(_ role: String) -> Login { Login(role: role, password: Token.random(.bits256).text) }
        socket = admin.socket
        port = admin.port
        database = admin.database
        app = (0..<shards).map { login(Roles.appRole($0)) }
        region = login("epom_region")
        relay = login("epom_relay")
    }

    func write(in data: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        try writeSecret(encoder.encode(self), Self.file(in: data))
    }

    var configuration: Database.Configuration {
        Database.Configuration(
            host: socket,
            port: port,
            database: database,
            app: app.map(\.login),
            region: region.login,
            relay: relay.login
        )
    }

    var logins: Roles.Logins {
        Roles.Logins(app: app.map(\.login), region: region.login, relay: relay.login)
    }
}

/// `secrets.json`, mode 0600: made once, backed up with the data, since tracking secrets are derived from it.
struct Secrets: Codable {
    /// 256 bits in base64url.
    private let secret: String

    private static func file(in data: URL) -> URL { data.appending(path: "secrets.json") }

    init(in data: URL) throws { self = try readJSON(Secrets.self, Self.file(in: data)) }

    /// New ones, unless there are some.
    static func ensure(in data: URL) throws {
        guard !FileManager.default.fileExists(atPath: file(in: data).path) else { return }
        try writeSecret(JSONEncoder().encode(Secrets(secret: HMACKey.random().text)), file(in: data))
    }

    private init(secret: String) { self.secret = secret }

    /// A key of its own for each purpose, so that one kind of secret tells nothing of another.
    func key(_ purpose: String) throws -> HMACKey {
        guard let root = HMACKey(text: secret),
            let key = HMACKey(bytes: hmacSHA256(root, purpose).bytes)
        else { throw UnreadableFile(path: "secrets.json") }
        return key
    }
}

/// Says which file could not be read and what to do about it.
struct UnreadableFile: Error, CustomStringConvertible {
    let path: String
    var description: String { "cannot read \(path): start ePOM with ops/up" }
}

func readJSON<Value: Decodable>(_ type: Value.Type, _ file: URL) throws -> Value {
    guard let data = try? Data(contentsOf: file), let value = try? JSONDecoder().decode(type, from: data)
    else { throw UnreadableFile(path: file.path) }
    return value
}

/// All or nothing, readable by its owner alone.
func writeSecret(_ data: Data, _ file: URL) throws {
    let aside = file.appendingPathExtension("new")
    unlink(aside.path)
    guard
        FileManager.default.createFile(
            atPath: aside.path,
            contents: data,
            attributes: [.posixPermissions: 0o600]
        )
    else { throw UnreadableFile(path: aside.path) }
    guard rename(aside.path, file.path) == 0 else { throw UnreadableFile(path: file.path) }
}
