package import Foundation
import Sealing

/// A letter in plain text to one person.
///
/// One recipient only: nobody learns who else was written to, and a refusal concerns one letter.
package struct Mail: Sendable, Equatable {
    /// Whether a program wrote it (RFC 3834); answering machines then keep silent.
    package enum Origin: String, Sendable {
        case person = "no"
        case generated = "auto-generated"
        case replied = "auto-replied"
    }

    package let from: MailAddress
    package let to: MailAddress
    package let replyTo: MailAddress?
    package let subject: String
    package let text: String
    package let date: Date
    package let messageID: String
    package let origin: Origin

    /// `messageID` stays the same when the letter is sent again: 1–200 of letters, digits, `.`, `-`, `_`.
    ///
    /// It is completed by the sender's domain; anything else in it is left out.
    package init(
        from: MailAddress,
        to: MailAddress,
        replyTo: MailAddress? = nil,
        subject: String,
        text: String,
        date: Date,
        messageID: String = Token.random(.bits128).text,
        origin: Origin = .generated
    ) {
        self.from = from
        self.to = to
        self.replyTo = replyTo
        self.subject = subject
        self.text = text
        self.date = date
        let allowed = messageID.utf8.filter { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
        self.messageID = "<\(String(decoding: allowed.prefix(200), as: UTF8.self))@\(from.domain)>"
        self.origin = origin
    }

    /// The letter as it travels (RFC 5322, 2045, 2047): ASCII, lines of at most 78 characters, CR LF.
    package var bytes: [UInt8] {
        var lines = ["Date: \(Self.date(date))", "From: \(from.headerText)"]
        if let replyTo { lines.append("Reply-To: \(replyTo.headerText)") }
        lines += [
            to.headerText.utf8.count > 74 ? "To:\r\n \(to.headerText)" : "To: \(to.headerText)",
            "Subject: \(EncodedWord.text(subject))",
            "Message-ID: \(messageID)",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        if origin != .person { lines.append("Auto-Submitted: \(origin.rawValue)") }
        return Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + QuotedPrintable.bytes(text)
    }

    /// `Mon, 23 Nov 2026 18:42:05 +0000`.
    private static func date(_ date: Date) -> String {
        let seconds = Int(date.timeIntervalSince1970.rounded(.down))
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let day = "\(days[Int(parts.tm_wday)]), \(two(parts.tm_mday)) \(months[Int(parts.tm_mon)])"
        return
            "\(day) \(parts.tm_year + 1900) \(two(parts.tm_hour)):\(two(parts.tm_min)):\(two(parts.tm_sec)) +0000"
    }
}
