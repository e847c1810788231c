import Foundation
import Testing

/// A server of `Servers/` on a loopback port of its own, ended with the last reference.
///
/// `@unchecked`: everything is set before the first use; the process is only asked to end.
final class LocalServer: @unchecked Sendable {
    let port: Int
    let folder: String
    private let process = Process()
    /// Kept open: the server ends with it, also when the tests were killed.
    private let leash = Pipe()

    init(_ script: String, _ arguments: [String] = []) throws {
        folder = NSTemporaryDirectory() + "epom-post-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        process.arguments = [here.appendingPathComponent("Servers/\(script)").path, folder] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = leash
        try process.run()
        let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
        port = try #require(
            Int(line.trimmingCharacters(in: .whitespacesAndNewlines)),
            "\(script) does not start"
        )
    }

    deinit {
        // A child of a thread that blocks SIGTERM has it blocked too, and would never end by `terminate()`.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
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
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = [
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext",
            "subjectAltName=DNS:\(name)", "-keyout", "\(folder)/key.pem", "-out", "\(folder)/cert.pem",
        ]
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl makes no certificate")
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }
}
