import Foundation
import Sealing
import Testing

@testable import Post

@Suite("Letters on their way")
struct MailTransportTests {
    /// What a mail server understood of a letter, read by Python's e-mail package.
    struct Letter: Decodable {
        let mailFrom: String
        let recipient: String
        let encrypted: Bool
        let subject: String
        let from: String
        let fromName: String
        let to: String
        let messageID: String
        let autoSubmitted: String
        let text: String
        let fields: [String]
        let defects: [String]
        let longestLine: Int
    }

    static func settings(
        _ server: LocalServer,
        _ security: SMTPTransport.Settings.Security = .none
    ) -> SMTPTransport.Settings {
        var settings = SMTPTransport.Settings(host: "localhost", port: server.port, security: security)
        settings.totalSeconds = 5
        return settings
    }

    @Test("arrive as they were written")
    func arrive() async throws {
        let server = try LocalServer("smtp.py")
        let transport = SMTPTransport(Self.settings(server))
        let text = """
            Vážená paní Nováková,

            .tečka na začátku řádku
            From: tohle není hlavička
            rovná se = a na konci mezera\u{20}
            \(String(repeating: "Žluťoučký kůň úpěl ďábelské ódy. ", count: 20))
            👨‍👩‍👧 konec

            """
        let subject = "Žádost „o kácení dřevin“ čj. 12/2026 – výzva k doplnění podkladů do 15. 12. 2026 👨‍👩‍👧"
        let mail = try MailTests.mail(name: "Obec Žďár, podatelna <x>", subject: subject, text: text)
        try await transport.send(mail)
        let letter: Letter = try server.noted(1)
        #expect(letter.mailFrom.hasPrefix("FROM:<podatelna@jindrichovice.example>"))
        #expect(letter.recipient == "TO:<jana@example.cz>")
        #expect(letter.subject == subject)
        #expect(letter.fromName == "Obec Žďár, podatelna <x>")
        #expect(letter.to == "jana@example.cz")
        #expect(letter.messageID == "<abc-1@jindrichovice.example>")
        #expect(letter.autoSubmitted == "auto-generated")
        #expect(letter.text == text)
        #expect(letter.defects.isEmpty)
        #expect(letter.longestLine <= 78)
        #expect(!letter.encrypted)
    }

    @Test(
        "are refused for now or for good, as the server says",
        arguments: [
            ("neznamy", true), ("plna", true), ("nevyzadany", true), ("pockejte", false), ("zatim", false),
            ("zavri", false),
        ]
    )
    func refused(name: String, isPermanent: Bool) async throws {
        let server = try LocalServer("smtp.py")
        let transport = SMTPTransport(Self.settings(server))
        do {
            try await transport.send(MailTests.mail(to: "\(name)@example.cz"))
            Issue.record("the letter was taken")
        } catch let failure as MailFailure {
            if case .permanent = failure {
                #expect(isPermanent, "\(failure)")
            } else {
                #expect(!isPermanent, "\(failure)")
            }
        }
        #expect(server.notedCount == 0)
        try await transport.send(MailTests.mail())
        #expect(server.notedCount == 1)
    }

    @Test("fail for now when the server is silent or away")
    func silent() async throws {
        let server = try LocalServer("smtp.py")
        var settings = Self.settings(server)
        settings.totalSeconds = 0.3
        let clock = ContinuousClock()
        let start = clock.now
        await #expect(throws: MailFailure.transient("Timeout was reached (250)")) {
            try await SMTPTransport(settings).send(MailTests.mail(to: "zaseknuto@example.cz"))
        }
        #expect(clock.now - start < .seconds(3))
        settings.port = try Self.closedPort()
        await #expect(throws: MailFailure.transient("Couldn't connect to server")) {
            try await SMTPTransport(settings).send(MailTests.mail())
        }
    }

    @Test("go encrypted or not at all")
    func encrypted() async throws {
        let certificate = try TestCertificate()
        let files = ["--cert", certificate.certificate, "--key", certificate.key]
        for (security, more) in [(SMTPTransport.Settings.Security.startTLS, []), (.tls, ["--implicit"])] {
            let server = try LocalServer("smtp.py", files + more)
            var settings = Self.settings(server, security)
            await Self.expectTransient { try await SMTPTransport(settings).send(MailTests.mail()) }
            #expect(server.notedCount == 0)
            settings.trustedCertificates = certificate.certificate
            try await SMTPTransport(settings).send(MailTests.mail())
            #expect(try server.noted(1, as: Letter.self).encrypted)
        }
        let plain = try LocalServer("smtp.py")
        await Self.expectTransient {
            try await SMTPTransport(Self.settings(plain, .startTLS)).send(MailTests.mail())
        }
        #expect(plain.notedCount == 0)
    }

    @Test("a wrong password of ours never condemns a letter")
    func password() async throws {
        let server = try LocalServer("smtp.py", ["--user", "obec", "--password", "tajné"])
        var settings = Self.settings(server)
        await Self.expectTransient { try await SMTPTransport(settings).send(MailTests.mail()) }
        settings.user = "obec"
        settings.password = "jiné"
        await Self.expectTransient { try await SMTPTransport(settings).send(MailTests.mail()) }
        settings.password = "tajné"
        try await SMTPTransport(settings).send(MailTests.mail())
        #expect(server.notedCount == 1)
    }

    @Test("may lie in a folder, each once however often it is sent")
    func folder() async throws {
        let path = NSTemporaryDirectory() + "epom-mail-\(UUID().uuidString)/in"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let folder = MailFolder(path: path)
        let mail = try MailTests.mail()
        try await folder.send(mail)
        try await folder.send(mail)
        let names = try FileManager.default.contentsOfDirectory(atPath: path)
        #expect(names == ["1795459325-abc-1.eml"])
        #expect(try Array(Data(contentsOf: URL(fileURLWithPath: "\(path)/\(names[0])"))) == mail.bytes)
        await Self.expectTransient { try await MailFolder(path: "/proc/none").send(mail) }
    }

    static func expectTransient(_ body: () async throws -> Void) async {
        do {
            try await body()
            Issue.record("the letter was taken")
        } catch {
            guard case MailFailure.transient? = error as? MailFailure else {
                Issue.record("\(error)")
                return
            }
        }
    }

    /// A port on which nobody listens: one that was free a moment ago.
    static func closedPort() throws -> Int {
        let server = try LocalServer("smtp.py")
        return server.port
    }
}
