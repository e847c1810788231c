import CCurl
import Foundation
import Workshop

/// A way out for letters.
package protocol MailTransport: Sendable {
    /// Returns once the letter was taken over for delivery; throws ``MailFailure``.
    func send(_ mail: Mail) async throws
}

/// A letter did not go out.
package enum MailFailure: Error, Equatable, CustomStringConvertible {
    /// Try again later: the server is away, overloaded, or wrongly configured.
    case transient(String)
    /// This letter will never go out: its address or content was refused.
    case permanent(String)

    package var description: String {
        switch self {
        case .transient(let reason): "for now: \(reason)"
        case .permanent(let reason): "for good: \(reason)"
        }
    }
}

/// Letters through a mail server.
package final class SMTPTransport: MailTransport {
    package struct Settings: Sendable {
        package enum Security: String, Sendable {
            /// For a server on this machine.
            case none
            /// STARTTLS, or nothing is sent.
            case startTLS = "starttls"
            /// TLS from the first byte.
            case tls
        }

        package var host: String
        package var port: Int
        package var security: Security
        package var user: String?
        package var password: String?
        /// How this server greets; the sender's domain when nil.
        package var greeting: String?
        /// A file of certificates to trust in place of the system's.
        package var trustedCertificates: String?
        package var connectSeconds = 10.0
        package var totalSeconds = 60.0

        package init(
            host: String,
            port: Int,
            security: Security,
            user: String? = nil,
            password: String? = nil
        ) {
            self.host = host
            self.port = port
            self.security = security
            self.user = user
            self.password = password
        }
    }

    private let settings: Settings
    private let crew = Crew(name: "mail", threads: 2, waitingMax: 64)

    package init(_ settings: Settings) { self.settings = settings }

    package func send(_ mail: Mail) async throws {
        let settings = settings
        do {
            try await crew.run { try Self.send(mail, settings) }
        } catch let busy as Crew.Busy {
            throw MailFailure.transient("\(busy)")
        } catch let failure as TransferFailure {
            throw Self.failure(failure)
        }
    }

    private static func send(_ mail: Mail, _ settings: Settings) throws {
        let scheme = settings.security == .tls ? "smtps" : "smtp"
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let address = "\(scheme)://\(host):\(settings.port)/\(settings.greeting ?? String(mail.from.domain))"
        let transfer = try Transfer(
            address,
            protocols: scheme,
            connectSeconds: settings.connectSeconds,
            totalSeconds: settings.totalSeconds
        )
        if settings.security == .startTLS { try transfer.set(CURLOPT_USE_SSL, Int(CURLUSESSL_ALL.rawValue)) }
        if let file = settings.trustedCertificates { try transfer.set(CURLOPT_CAINFO, file) }
        if let user = settings.user, let password = settings.password {
            try transfer.set(CURLOPT_USERNAME, user)
            try transfer.set(CURLOPT_PASSWORD, password)
        }
        try transfer.set(CURLOPT_MAIL_FROM, "<\(mail.from.address)>")
        try transfer.set(CURLOPT_MAIL_RCPT, ["<\(mail.to.address)>"])
        try transfer.upload(mail.bytes)
        _ = try transfer.perform(answerBytesMax: 64 << 10)
    }

    /// Only the server's own refusal of this letter is for good; a refusal to let us in is our operator's matter.
    private static func failure(_ failure: TransferFailure) -> MailFailure {
        let concernsLetter = [CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_WEIRD_SERVER_REPLY].contains(
            failure.code
        )
        let concernsSignIn = [530, 534, 535, 538].contains(failure.answer)
        return concernsLetter && !concernsSignIn && (500...599).contains(failure.answer)
            ? .permanent("\(failure)") : .transient("\(failure)")
    }
}

/// Letters as `.eml` files in a folder, for trying ePOM out and for tests.
package final class MailFolder: MailTransport {
    package let path: String
    private let crew = Crew(name: "mail-folder", threads: 1, waitingMax: 256)

    package init(path: String) { self.path = path }

    /// Writes `<date>-<id>.eml`; a letter sent again overwrites itself.
    package func send(_ mail: Mail) async throws {
        let path = path
        do {
            try await crew.run {
                try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
                let file = URL(fileURLWithPath: "\(path)/\(Self.fileName(mail))")
                try Data(mail.bytes).write(to: file, options: .atomic)
            }
        } catch let error as CancellationError {
            throw error
        } catch {
            throw MailFailure.transient("\(error)")
        }
    }

    /// Sorted by name, the letters are sorted by date.
    static func fileName(_ mail: Mail) -> String {
        let seconds = String(Int(mail.date.timeIntervalSince1970))
        let id = mail.messageID.dropFirst().prefix { $0 != "@" }.prefix(80)
        return "\(seconds)-\(id).eml"
    }
}
