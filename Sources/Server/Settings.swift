import Foundation
import Post
import Web

/// Everything the environment says, read once; what is missing or wrong is told in one list.
struct Settings: Sendable {
    /// Where credentials, files and mail lie.
    let data: URL
    /// Where migrations, templates, pages and assets lie.
    let home: URL
    let hosts: Hosts
    let port: Int
    let metricsPort: Int
    /// `smtp://user:password@host:port`, or nil: mail is then written to files under `mail`.
    let smtp: URL?
    let mailSender: String
    /// `EPOM_RELAY=hold`: everything is accepted and nothing delivered, letters neither, until a start without it.
    let holdsRelay: Bool

    struct Faults: Error, CustomStringConvertible {
        let faults: [String]
        var description: String { faults.joined(separator: "\n") }
    }

    init(_ environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        var faults: [String] = []
        let here = URL(filePath: FileManager.default.currentDirectoryPath)
        let folder = { (name: String, other: String) in
            URL(filePath: environment[name] ?? other, relativeTo: here).absoluteURL
        }
        func number(_ name: String, _ usual: Int) -> Int {
            guard let text = environment[name], !text.isEmpty else { return usual }
            guard let number = Int(text), (1...65535).contains(number) else {
                faults.append("\(name) must be a port number, not \(text)")
                return usual
            }
            return number
        }
        data = folder("EPOM_DATA", "var")
        home = folder("EPOM_HOME", ".")
        port = number("EPOM_PORT", 8080)
        metricsPort = number("EPOM_METRICS_PORT", port == 65535 ? port - 1 : port + 1)
        let domain = environment["EPOM_DOMAIN"].flatMap { $0.isEmpty ? nil : $0.lowercased() } ?? "localhost"
        let isLocal = domain == "localhost"
        hosts = Hosts(
            domain: domain,
            scheme: isLocal ? "http" : "https",
            port: isLocal ? port : number("EPOM_PUBLIC_PORT", 443)
        )
        smtp = environment["EPOM_SMTP_URL"].flatMap { $0.isEmpty ? nil : URL(string: $0) }
        if let text = environment["EPOM_SMTP_URL"], !text.isEmpty, smtp == nil {
            faults.append("EPOM_SMTP_URL is not an address such as smtp://mail.example.org:587")
        }
        mailSender = environment["EPOM_MAIL_SENDER"] ?? "epom@\(domain)"
        if !isLocal, environment["EPOM_MAIL_SENDER"] == nil {
            faults.append("EPOM_MAIL_SENDER must say from which address mail is sent")
        }
        holdsRelay = environment["EPOM_RELAY"] == "hold"
        if let text = environment["EPOM_RELAY"], !["", "run", "hold"].contains(text) {
            faults.append("EPOM_RELAY must be run or hold, not \(text)")
        }
        if !FileManager.default.fileExists(atPath: home.appending(path: "Migrations").path) {
            faults.append("EPOM_HOME (\(home.path)) has no Migrations: start ePOM with ops/up")
        }
        guard faults.isEmpty else { throw Faults(faults: faults) }
    }

    var isLocal: Bool { hosts.domain == "localhost" }

    /// What an administrator types must not open this machine or its neighbours; on localhost the demo's foreign
    /// offices are beside it.
    var network: NetworkPolicy { isLocal ? .local : .open }
}
