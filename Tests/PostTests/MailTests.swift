import Foundation
import Testing

@testable import Post

@Suite("A letter")
struct MailTests {
    static let date = Date(timeIntervalSince1970: 1_795_459_325)

    static func mail(
        from: String = "podatelna@jindrichovice.example",
        name: String? = "Obec Jindřichovice pod Smrkem",
        to: String = "jana@example.cz",
        subject: String = "Podání přijato",
        text: String = "Dobrý den,\nděkujeme.\n"
    ) throws -> Mail {
        Mail(
            from: try #require(MailAddress(from, name: name)),
            to: try #require(MailAddress(to)),
            subject: subject,
            text: text,
            date: date,
            messageID: "abc-1"
        )
    }

    @Test("travels as RFC 5322, 2045 and 2047 say")
    func form() throws {
        let expected = """
            Date: Mon, 23 Nov 2026 18:42:05 +0000
            From: =?utf-8?Q?Obec_Jind=C5=99ichovice_pod_Smrkem?=
             <podatelna@jindrichovice.example>
            To: <jana@example.cz>
            Subject: =?utf-8?Q?Pod=C3=A1n=C3=AD_p=C5=99ijato?=
            Message-ID: <abc-1@jindrichovice.example>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable
            Auto-Submitted: auto-generated

            Dobr=C3=BD den,
            d=C4=9Bkujeme.

            """.replacing("\n", with: "\r\n")
        #expect(String(decoding: try Self.mail().bytes, as: UTF8.self) == expected)
    }

    @Test(
        "nobody adds a header field",
        arguments: [
            "a\r\nBcc: x@example.cz", "a\nBcc: x@example.cz", "a\rBcc: x", "a\u{0}b", "a\u{85}Bcc: x",
        ]
    )
    func injection(text: String) throws {
        let mail = Mail(
            from: try #require(MailAddress("a@example.cz", name: text)),
            to: try #require(MailAddress("b@example.cz", name: text)),
            subject: text,
            text: "x",
            date: Self.date,
            messageID: text
        )
        let head = String(decoding: mail.bytes, as: UTF8.self).components(separatedBy: "\r\n\r\n")[0]
        let fields = head.components(separatedBy: "\r\n").filter { !$0.hasPrefix(" ") }
            .map { $0.prefix { $0 != ":" } }
        #expect(
            fields == [
                "Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding", "Auto-Submitted",
            ]
        )
        #expect(!head.unicodeScalars.contains { $0 == "\0" || $0 == "\u{85}" })
    }

    @Test("says that a program wrote it, unless a person did")
    func origin() throws {
        let address = try #require(MailAddress("a@example.cz"))
        func head(_ origin: Mail.Origin) -> String {
            String(
                decoding: Mail(
                    from: address,
                    to: address,
                    subject: "",
                    text: "",
                    date: Self.date,
                    origin: origin
                ).bytes,
                as: UTF8.self
            )
        }
        #expect(head(.replied).contains("Auto-Submitted: auto-replied\r\n"))
        #expect(!head(.person).contains("Auto-Submitted"))
    }

    @Test(
        "a good address",
        arguments: [
            "a@b.cz", "jan.novak+obec@example.co.uk", "x@localhost",
            String(repeating: "a", count: 64) + "@b.cz",
            "o'brien@example.cz", "a@" + String(repeating: "b.", count: 125) + "cz",
        ]
    )
    func goodAddress(text: String) {
        #expect(MailAddress(text)?.address == text)
    }

    @Test(
        "no address",
        arguments: [
            "", "a", "a@", "@b.cz", "a@b", "a@b@c.cz", "a b@c.cz", "a@b.cz\r\nX: y", "a@b..cz", ".a@b.cz",
            "a.@b.cz",
            "<a@b.cz>", "a@b.cz.", "jiří@example.cz", "a@žďár.cz", "\"a b\"@c.cz", "a@-b.cz", "a@[127.0.0.1]",
            String(repeating: "a", count: 65) + "@b.cz", "a@" + String(repeating: "b.", count: 125) + "cze",
        ]
    )
    func noAddress(text: String) {
        #expect(MailAddress(text) == nil)
    }

    @Test("no line is longer than it may be, whatever the text")
    func lines() throws {
        let long = String(repeating: "Žluťoučký kůň úpěl ďábelské ódy. ", count: 30)
        let mail = try Self.mail(
            name: String(long.prefix(200)),
            // One address cannot be divided.
            to: String(repeating: "a", count: 60) + "@example.cz",
            subject: long,
            text: long + "\n" + String(repeating: "x", count: 500) + "\n" + String(repeating: ".", count: 200)
        )
        let lines = String(decoding: mail.bytes, as: UTF8.self).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 78 })
        #expect(mail.bytes.allSatisfy { $0 < 0x80 })
    }

    // RFC 2045, § 6.7: a line has at most 76 characters, a soft break among them.
    @Test(
        "quoted-printable at its boundaries",
        arguments: [
            ("", "\r\n"), ("a", "a\r\n"), ("a\n", "a\r\n"), ("a\n\n", "a\r\n\r\n"), ("\na", "\r\na\r\n"),
            ("a\r\nb\rc", "a\r\nb\r\nc\r\n"), ("a ", "a=20\r\n"), ("a\t\nb", "a=09\r\nb\r\n"),
            ("1=2", "1=3D2\r\n"),
            (".", "=2E\r\n"), ("a.b", "a.b\r\n"), ("From", "=46rom\r\n"), ("č", "=C4=8D\r\n"),
            ("\u{0}", "=00\r\n"),
            (String(repeating: "x", count: 76), String(repeating: "x", count: 76) + "\r\n"),
            (String(repeating: "x", count: 77), String(repeating: "x", count: 75) + "=\r\nxx\r\n"),
            (String(repeating: "x", count: 74) + "č", String(repeating: "x", count: 74) + "=\r\n=C4=8D\r\n"),
        ]
    )
    func quotedPrintable(text: String, expected: String) {
        #expect(String(decoding: QuotedPrintable.bytes(text), as: UTF8.self) == expected)
    }

    @Test("an encoded word is divided between characters and never too long")
    func encodedWords() {
        let text = String(repeating: "👨‍👩‍👧ž", count: 20)
        let lines = EncodedWord.text(text).components(separatedBy: "\r\n ")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 && $0.hasPrefix("=?utf-8?Q?") && $0.hasSuffix("?=") })
        #expect(EncodedWord.text("Plain subject 1/2") == "Plain subject 1/2")
        #expect(EncodedWord.text("=?utf-8?Q?x?=") != "=?utf-8?Q?x?=")
        #expect(EncodedWord.text(String(repeating: "a", count: 60)) == String(repeating: "a", count: 60))
        #expect(EncodedWord.text(String(repeating: "a", count: 61)).hasPrefix("=?"))
        #expect(EncodedWord.text("a, b").hasPrefix("=?"))
    }
}
