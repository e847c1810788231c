import Foundation
import Testing

/// A server of `Servers/` on a loopback port of its own, ended with the last reference.
final class LocalServer: Sendable {
    let port: Int
    let folder: String
    private let child: Child

    init(_ script: String, _ arguments: [String] = []) throws {
        folder = NSTemporaryDirectory() + "epom-post-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        child = try Child(
            "/usr/bin/python3",
            [here.appendingPathComponent("Servers/\(script)").path, folder] + arguments
        )
        port = try #require(Int(child.line()), "\(script) does not start")
    }

    deinit {
        child.end()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// What the server noted of its `number`-th letter or request.
    func noted<Note: Decodable>(_ number: Int, as type: Note.Type = Note.self) throws -> Note {
        let file = URL(fileURLWithPath: "\(folder)/\(number).json")
        return try JSONDecoder().decode(Note.self, from: Data(contentsOf: file))
    }

    var notedCount: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: folder).count { $0.hasSuffix(".json") }) ?? 0
    }
}

/// A certificate for `localhost` that nobody knows, with its key.
final class TestCertificate: Sendable {
    let folder: String
    var certificate: String { "\(folder)/cert.pem" }
    var key: String { "\(folder)/key.pem" }

    init(name: String = "localhost") throws {
        folder = NSTemporaryDirectory() + "epom-cert-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let child = try Child(
            "/usr/bin/openssl",
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)",
                "-addext",
                "subjectAltName=DNS:\(name)", "-keyout", "\(folder)/key.pem", "-out", "\(folder)/cert.pem",
            ]
        )
        try #require(child.wait() == 0, "openssl makes no certificate")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
