import Database
import Foundation
import HTTPTypes
import Office
import Records
import Sealing
import Support
import Testing

@testable import FilingRoom

@Suite struct `The look of an office` {
    private let png =
        [UInt8]("\u{89}PNG".unicodeScalars.map { UInt8($0.value) }) + [13, 10, 26, 10, 0, 0, 0, 13]

    private func send(_ bytes: [UInt8], named name: String, by clerk: Clerk, to front: Front) async throws
        -> Support.Desk.Answer
    {
        let head = "--x\r\nContent-Disposition: form-data; name=\"accent\"\r\n\r\nplum\r\n--x\r\n"
        let file = "Content-Disposition: form-data; name=\"picture\"; filename=\"\(name)\"\r\n\r\n"
        return try await front.desk.ask(
            .post,
            "/nastaveni/vzhled",
            headers: [
                .authorization: "Bearer \(clerk.userID)", .contentType: "multipart/form-data; boundary=x",
            ],
            bytes: Array((head + file).utf8) + bytes + Array("\r\n--x--\r\n".utf8)
        )
    }

    @Test func `is chosen by the head and shown to everybody`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [head, clerk])
        // Any page for the public will do, such as that of a wrong address.
        let plain = try await front.get("/neni", as: nil).body
        #expect(!plain.contains("data-accent") && plain.contains("<svg class=\"arms\""))
        #expect(try await front.get("/nastaveni/vzhled", as: clerk).status == .notFound)
        #expect(try await front.post("/nastaveni/vzhled", ["accent": "red"], as: clerk).status == .notFound)
        #expect(try await front.get("/nastaveni/vzhled", as: head).body.contains("value=\"blue\" checked"))

        #expect(try await front.post("/nastaveni/vzhled", ["accent": "green"], as: head).status == .seeOther)
        #expect(
            try await front.get("/neni", as: nil).body.contains("<html lang=\"cs\" data-accent=\"green\">")
        )
        // What is not of the palette changes nothing.
        _ = try await front.post("/nastaveni/vzhled", ["accent": "url(x)"], as: head)
        #expect(try await front.get("/neni", as: nil).body.contains("data-accent=\"green\""))

        let sent = try await send(png, named: "znak.png", by: head, to: front)
        #expect(sent.status == .seeOther)
        let digest = Digest(of: png).hex
        let page = try await front.get("/neni", as: nil).body
        #expect(page.contains("<img class=\"arms\" src=\"/znak/\(digest)\"") && page.contains("\"plum\""))
        let picture = try await front.get("/znak/\(digest)", as: nil)
        #expect(picture.status == .ok && picture.headers[.contentType] == "image/png")
        #expect(picture.headers[.contentSecurityPolicy] == "default-src 'none'; sandbox")
        #expect(
            try await front.get("/znak/\(String(repeating: "ab", count: 32))", as: nil).status == .notFound
        )
        let log = try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await LogStore.page(before: nil, rowsMax: 10, in: tenant).map(\.act)
        }
        #expect(log.filter { $0 == "changed look" }.count >= 2)

        _ = try await front.post("/nastaveni/vzhled", ["withoutArms": "on"], as: head)
        #expect(try await front.get("/znak/\(digest)", as: nil).status == .notFound)
        #expect(try await front.get("/neni", as: nil).body.contains("<svg class=\"arms\""))
    }

    @Test(arguments: [
        ("znak.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>", "PNG"),
        ("znak.png", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "PNG"),
        ("znak.png", "MZ\u{1}\u{2} program", "program"), ("znak.png", "GIF89a........", "GIF"),
        ("velky.png", "\u{1}", "200 kB"), ("obrovsky.png", "\u{1}", "200 kB"),
    ])
    func `takes no picture that could do harm or is too large`(_ name: String, _ text: String, _ why: String)
        async throws
    {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let large = ["velky.png": 201 << 10, "obrovsky.png": 5 << 20][name]
        let bytes = large.map { png + [UInt8](repeating: 0, count: $0) } ?? Array(text.utf8)
        let refused = try await send(bytes, named: name, by: head, to: front)
        #expect(refused.status == .unprocessableContent)
        #expect(!refused.body.contains("rozdělte") && refused.body.contains("id=\"picture-e\""))
        #expect(refused.body.contains(why) && refused.body.contains(name), "\(refused.body.suffix(3000))")
        // The colour that was chosen beside it is not forgotten.
        #expect(refused.body.contains("value=\"plum\" checked"))
        #expect(!(try await front.get("/neni", as: nil).body.contains("/znak/")))
    }
}
