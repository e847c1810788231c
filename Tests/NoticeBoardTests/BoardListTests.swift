import Database
import Files
import Foundation
import HTTPTypes
import Office
import Records
import Sealing
import Support
import Testing

@testable import NoticeBoard

@Suite struct `The board as people ask for it` {
    @Test func `shows one kind, or what holds the words, without regard to diacritics`() async throws {
        let bench = try await BoardBench()
        try await bench.post("Záměr pronájmu louky", .saleIntent, event: BoardBench.today + 20)
        try await bench.post("Pouť na návsi", .news)
        let door = try bench.door()
        let kind = try await door.ask(.get, "/uredni-deska?druh=aktualita")
        #expect(kind.body.contains("Pouť") && !kind.body.contains("louky"))
        let words = try await door.ask(.get, "/uredni-deska?q=LOUKY%20zamer")
        #expect(words.body.contains("louky") && !words.body.contains("Pouť"))
        #expect((try await door.ask(.get, "/uredni-deska?q=nic")).body.contains("Nic takového"))
        #expect((try await door.ask(.get, "/uredni-deska?druh=nevim")).status == .notFound)
        let json = try await door.ask(.get, "/uredni-deska?q=louky", json: true)
        #expect(json.headers[.contentType]?.hasPrefix("application/json") == true)
        #expect(json.body.contains("louky") && !json.body.contains("Pouť"))
        let head = try await door.ask(.head, "/uredni-deska")
        #expect(head.status == .ok && head.headers[.eTag] != nil)
    }

    @Test func `changes at Prague's midnight, also where the clock is moved`() async throws {
        let bench = try await BoardBench()
        // The nights of 29 March and 25 October 2026 have an hour less and an hour more.
        for last in ["2026-03-28", "2026-03-29", "2026-10-24", "2026-10-25"] {
            let day = try #require(Day(last))
            let id = try await bench.draft("Do \(last)", .other)
            try await bench.board.post(
                id,
                until: day,
                at: bench.office,
                by: bench.clerk,
                today: day - 3
            )
            let notice = try #require(try await bench.notice(id))
            let midnight = (day + 1).start
            #expect(notice.hangs(on: Day(of: midnight.addingTimeInterval(-1))))
            #expect(!notice.hangs(on: Day(of: midnight)))
            let title = "Do \(last)"
            #expect((try await bench.door(on: day).ask(.get, "/uredni-deska")).body.contains(title))
            #expect(!(try await bench.door(on: day + 1).ask(.get, "/uredni-deska")).body.contains(title))
            #expect(
                (try await bench.door(on: day + 1).ask(.get, "/uredni-deska/archiv")).body.contains(title)
            )
        }
    }

    @Test func `names nobody in the archive whom a notice named`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Písemnost pro Jana Nováka", .service)
        let path = "/uredni-deska/\(id.uuidString.lowercased())"
        let later = try bench.door(on: BoardBench.today + 16)
        for address in [path, "/uredni-deska/archiv", "/uredni-deska"] {
            #expect(!(try await later.ask(.get, address)).body.contains("Nováka"), "\(address)")
        }
        #expect((try await later.ask(.get, "\(path)/tisk")).status == .notFound)
        #expect((try await later.ask(.get, "\(path)/tisk", as: bench.clerk)).body.contains("Nováka"))
        let robots = try #require(HTTPField.Name("X-Robots-Tag"))
        #expect((try await later.ask(.get, path)).headers[robots] == "noindex")
    }

    @Test func `says that something was delivered only where it hung for fifteen days`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Rozhodnutí")
        let path = "/uredni-deska/\(id.uuidString.lowercased())"
        #expect(
            (try await bench.door().ask(.get, path)).body.contains("bude 16.\u{a0}6.\u{a0}2026\u{a0}(út)")
        )
        try await bench.board.takeDown(
            id,
            reason: "omyl",
            at: bench.office,
            by: bench.clerk,
            today: BoardBench.today + 15
        )
        #expect(try await bench.notice(id)?.deemedDelivery == nil)
        let whole = try await bench.post("Jiné")
        _ = try await bench.board.sweep(bench.office, today: BoardBench.today + 16)
        #expect(try await bench.notice(whole)?.deemedDelivery == BoardBench.today + 15)
    }

    @Test func `tells the case file why something came down early`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.draft("Ze spisu", caseFile: UUID())
        try await bench.board.post(
            id,
            until: BoardBench.today + 15,
            at: bench.office,
            by: bench.clerk,
            today: BoardBench.today
        )
        try await bench.board.takeDown(
            id,
            reason: "chybná příloha",
            at: bench.office,
            by: bench.clerk,
            today: BoardBench.today + 1
        )
        #expect(bench.notes.all.map(\.earlyReason) == [nil, "chybná příloha"])
    }

    @Test func `keeps where the authentic text of a decree stands`() async throws {
        let bench = try await BoardBench()
        let door = try bench.door()
        func create(_ collection: String) async throws -> Desk.Answer {
            try await door.ask(
                .post,
                "/deska/nove",
                as: bench.clerk,
                body: "title=OZV o psech&kind=decree&body=Znění&collection=\(collection)"
            )
        }
        #expect((try await create("vyhláška 1")).status == .unprocessableContent)
        let made = try await create("https://sbirkapp.gov.cz/detail/SPPABCD1234")
        let path = try #require(made.headers[.location])
        #expect((try await door.ask(.post, "\(path)/vyvesit", as: bench.clerk)).status == .seeOther)
        let page = try await door.ask(.get, path.replacing("/deska/", with: "/uredni-deska/"))
        #expect(page.body.contains("https://sbirkapp.gov.cz/detail/SPPABCD1234"))
    }

    @Test func `posts what was typed last, and takes no program among its files`() async throws {
        let bench = try await BoardBench()
        let door = try bench.door()
        let id = try await bench.draft("Staré znění", .other)
        let path = "/deska/\(id.uuidString.lowercased())"
        let form = [
            "--x", "Content-Disposition: form-data; name=\"title\"", "", "Nové znění", "--x",
            "Content-Disposition: form-data; name=\"kind\"", "", "other", "--x",
            "Content-Disposition: form-data; name=\"file\"; filename=\"priloha.pdf\"",
            "Content-Type: application/pdf", "", "MZ\u{1}\u{2} program", "--x--", "",
        ].joined(separator: "\r\n")
        let refused = try await door.desk.ask(
            .post,
            "\(path)/soubor",
            headers: [
                .authorization: "Bearer \(bench.clerk.userID.uuidString)",
                .contentType: "multipart/form-data; boundary=x",
            ],
            body: form
        )
        #expect(refused.status == .unprocessableContent)
        #expect(refused.body.contains("priloha.pdf") && refused.body.contains("value=\"Nové znění\""))
        let posted = try await door.ask(
            .post,
            "\(path)/vyvesit",
            as: bench.clerk,
            body: "title=Poslední znění&kind=other&body=Text&until=2026-06-16"
        )
        #expect(posted.status == .seeOther)
        #expect(try await bench.notice(id)?.title == "Poslední znění")
    }

    @Test func `compares tags as proxies send them`() async throws {
        let bench = try await BoardBench()
        let door = try bench.door()
        let tag = try #require((try await door.ask(.get, "/uredni-deska")).headers[.eTag])
        for header in ["W/\(tag)", "\"x\", \(tag)", "*"] {
            let answer = try await door.desk.ask(.get, "/uredni-deska", headers: [.ifNoneMatch: header])
            #expect(answer.status == .notModified, "\(header)")
        }
        #expect(
            (try await door.desk.ask(.get, "/uredni-deska", headers: [.ifNoneMatch: "\"x\""])).status == .ok
        )
    }
}

/// The shape that OFN Úřední desky of 2021-07-20 asks for, in our own words.
@Suite struct `The open data of the board` {
    private func checkMoment(_ value: Any?) {
        guard let moment = value as? [String: Any] else {
            Issue.record("no moment")
            return
        }
        #expect(moment["typ"] as? String == "Časový okamžik")
        if let date = moment["datum"] as? String {
            #expect(Day(date) != nil && moment.count == 2)
        } else {
            #expect(moment["nespecifikovaný"] as? Bool == true && moment.count == 2)
        }
    }

    private func check(_ data: Data, items: Int) throws {
        let board = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(Set(board.keys) == ["@context", "typ", "iri", "stránka", "provozovatel", "informace"])
        #expect(
            board["@context"] as? String
                == "https://ofn.gov.cz/úřední-desky/2021-07-20/kontexty/úřední-deska.jsonld"
        )
        #expect(board["typ"] as? String == "Úřední deska")
        let provider = try #require(board["provozovatel"] as? [String: String])
        #expect(provider["typ"] == "Osoba" && provider["ičo"]?.count == 8)
        let list = try #require(board["informace"] as? [[String: Any]])
        #expect(list.count == items)
        let allowed: Set = [
            "typ", "iri", "url", "název", "číslo_jednací", "vyvěšení", "relevantní_do", "dokument",
        ]
        for item in list {
            #expect(Set(item.keys).isSubset(of: allowed))
            #expect(item["typ"] as? [String] == ["Digitální objekt", "Informace na úřední desce"])
            #expect((item["název"] as? [String: String])?["cs"]?.isEmpty == false)
            #expect((item["iri"] as? String)?.hasPrefix("http") == true)
            checkMoment(item["vyvěšení"])
            checkMoment(item["relevantní_do"])
            for document in item["dokument"] as? [[String: Any]] ?? [] {
                #expect(Set(document.keys) == ["typ", "název", "url"])
                // An address on the wire is ASCII.
                #expect((document["url"] as? String)?.utf8.allSatisfy { $0 < 0x80 } == true)
            }
        }
    }

    @Test func `has the shape of the norm, also while nothing hangs`() async throws {
        let bench = try await BoardBench()
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            var profile = try await OfficeStore.profile(in: tenant)
            profile.ico = "00000019"
            try await OfficeStore.save(profile, in: tenant)
        }
        let door = try bench.door()
        try check(Data((try await door.ask(.get, "/uredni-deska.jsonld")).body.utf8), items: 0)
        let id = try await bench.draft("S přílohou – „žluťoučký kůň“", .other)
        let stored = try await bench.files.write(
            owner: .office(bench.office),
            bytes: Array("%PDF-1.4\n".utf8)
        )
        let file = AttachedFile(
            digest: stored.digest.hex,
            name: "příloha č. 1.pdf",
            mediaType: stored.type.contentType,
            bytes: stored.byteCount
        )
        try await bench.board.attach([file], to: id, at: bench.office, by: bench.clerk)
        try await bench.board.post(
            id,
            until: BoardBench.today,
            at: bench.office,
            by: bench.clerk,
            today: BoardBench.today
        )
        try await bench.post("Rozpočet", .budgetApproved, event: BoardBench.today)
        let answer = try await door.ask(.get, "/uredni-deska.jsonld")
        try check(Data(answer.body.utf8), items: 2)
        #expect(answer.headers[.accessControlAllowOrigin] == "*")
    }
}
