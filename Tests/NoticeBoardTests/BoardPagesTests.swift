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

@Suite struct `The pages of the board` {
    @Test func `lead a clerk from a draft to what people see`() async throws {
        let bench = try await BoardBench()
        let door = try bench.door()
        let made = try await door.ask(
            .post,
            "/deska/nove",
            as: bench.clerk,
            body: "title=Zasedání&kind=council_meeting&event=2026-06-05&body=Program"
        )
        let path = try #require(made.headers[.location])
        #expect(made.status == .seeOther)
        let early = try await door.ask(.post, "\(path)/vyvesit", as: bench.clerk, body: "until=2026-06-09")
        #expect(early.status == .unprocessableContent && early.body.contains("8. 6. 2026") == false)
        #expect(early.body.contains("nejdříve"))
        let typed = "title=Zasedání&kind=council_meeting&event=2026-06-09&body=Program"
        #expect((try await door.ask(.post, path, as: bench.clerk, body: typed)).status == .seeOther)
        let posted = try await door.ask(.post, "\(path)/vyvesit", as: bench.clerk, body: "until=2026-06-09")
        #expect(posted.status == .seeOther)
        #expect((try await door.ask(.get, path, as: bench.clerk)).body.contains("visí"))
        #expect((try await door.ask(.get, "/uredni-deska")).body.contains("Zasedání"))
    }

    @Test func `give back what was typed, beside what is wrong`() async throws {
        let bench = try await BoardBench()
        let door = try bench.door()
        let wrong = try await door.ask(
            .post,
            "/deska/nove",
            as: bench.clerk,
            body: "title=x&kind=other&body=Napsaný text"
        )
        #expect(wrong.status == .unprocessableContent && wrong.body.contains("Napsaný text"))
        let day = try await door.ask(
            .post,
            "/deska/nove",
            as: bench.clerk,
            body: "title=Dobrý&kind=other&event=zítra"
        )
        #expect(day.status == .unprocessableContent)
        let kind = try await door.ask(.post, "/deska/nove", as: bench.clerk, body: "title=Dobrý&kind=jiny")
        #expect(kind.status == .unprocessableContent)
    }

    @Test func `take files into a draft, leave them out, and throw a draft away`() async throws {
        let bench = try await BoardBench()
        let door = try bench.door()
        let id = try await bench.draft("Koncept")
        let path = "/deska/\(id.uuidString.lowercased())"
        let form = [
            "--x", "Content-Disposition: form-data; name=\"file\"; filename=\"mapa.pdf\"",
            "Content-Type: application/pdf", "", "%PDF-1.4", "--x--", "",
        ].joined(separator: "\r\n")
        func upload(_ body: String) async throws -> Desk.Answer {
            try await door.desk.ask(
                .post,
                "\(path)/soubor",
                headers: [
                    .authorization: "Bearer \(bench.clerk.userID.uuidString)",
                    .contentType: "multipart/form-data; boundary=x",
                ],
                body: body
            )
        }
        #expect((try await upload(form)).status == .seeOther)
        #expect((try await upload(form)).status == .seeOther)
        #expect((try await upload("--x--\r\n")).status == .unprocessableContent)
        let typed = [
            "--x", "Content-Disposition: form-data; name=\"title\"", "", "Dopsaný název",
            "--x", "Content-Disposition: form-data; name=\"kind\"", "", "other", "",
        ].joined(separator: "\r\n")
        for (name, content, said) in [
            ("virus.exe", "jen text", "program nebo stránka"), ("virus.exe.txt", "jen text", "program"),
            ("obraz.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "stránka"),
            ("data.xml", "<?xml version=\"1.0\"?><a/>", "XML"),
        ] {
            let refused = try await upload(
                typed + form.replacing("mapa.pdf", with: name).replacing("%PDF-1.4", with: content)
            )
            #expect(refused.status == .unprocessableContent, "\(name)")
            #expect(refused.body.contains("Soubor „\(name)“ jsme nepřiložili"), "\(name)")
            #expect(
                refused.body.contains(said) && refused.body.contains("value=\"Dopsaný název\""),
                "\(name)"
            )
        }
        let files = try await bench.cell.database.tenant(bench.office, as: .system) {
            try await NoticeStore.files(of: [id], in: $0)[id] ?? []
        }
        #expect(files.map(\.name) == ["mapa.pdf"])
        #expect((try await door.ask(.get, path, as: bench.clerk)).body.contains("mapa.pdf"))
        let file = "\(path)/soubor/\(files[0].digest)"
        #expect((try await door.ask(.get, file, as: bench.clerk)).status == .ok)
        #expect((try await door.ask(.post, "\(file)/vynechat", as: bench.clerk)).status == .seeOther)
        #expect((try await door.ask(.get, file, as: bench.clerk)).status == .notFound)
        #expect((try await door.ask(.post, "\(path)/zahodit", as: bench.clerk)).status == .seeOther)
        #expect((try await door.ask(.get, path, as: bench.clerk)).status == .notFound)
        let hanging = try await bench.post("Visí")
        let fix = try await door.ask(
            .post,
            "/deska/\(hanging.uuidString.lowercased())/opravit",
            as: bench.clerk
        )
        let draft = try #require(fix.headers[.location])
        #expect((try await door.ask(.get, draft, as: bench.clerk)).body.contains("původní oznámení"))
        let posted = try await door.ask(.post, "\(draft)/vyvesit", as: bench.clerk, body: "until=2026-06-16")
        #expect(posted.status == .seeOther)
        #expect(try await bench.notice(hanging)?.takenDown == BoardBench.today)
    }

    @Test func `are the same bytes under one tag until the board changes`() async throws {
        let bench = try await BoardBench()
        try await bench.post("První")
        let door = try bench.door()
        let first = try await door.ask(.get, "/uredni-deska")
        let tag = try #require(first.headers[.eTag])
        let again = try await door.desk.ask(.get, "/uredni-deska", headers: [.ifNoneMatch: tag])
        #expect(again.status == .notModified && again.body.isEmpty)
        #expect(first.headers[.cacheControl]?.contains("public") == true)
        #expect(first.headers[.setCookie] == nil)
        try await bench.post("Druhé")
        // Another door has nothing at hand; this one asks for the revision again after a second.
        let fresh = try await bench.door().ask(.get, "/uredni-deska")
        #expect(fresh.headers[.eTag] != tag && fresh.body.contains("Druhé"))
    }

    @Test func `offer open data by the formal norm, official notices only`() async throws {
        let bench = try await BoardBench()
        try await bench.post("Rozpočet", .budgetApproved, event: BoardBench.today)
        try await bench.post("Vyhláška")
        try await bench.post("Pouť", .news)
        try await bench.post("O odpadech", .decree)
        let door = try bench.door()
        #expect((try await door.ask(.get, "/uredni-deska.jsonld")).status == .notFound)
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            var profile = try await OfficeStore.profile(in: tenant)
            profile.ico = "00262978"
            try await OfficeStore.save(profile, in: tenant)
        }
        let answer = try await door.ask(.get, "/uredni-deska.jsonld")
        #expect(answer.headers[.contentType]?.hasPrefix("application/ld+json") == true)
        if let path = ProcessInfo.processInfo.environment["EPOM_BOARD_SAMPLE"] {
            try answer.body.write(toFile: path, atomically: true, encoding: .utf8)
        }
        let board = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        )
        #expect(
            board["@context"] as? String
                == "https://ofn.gov.cz/úřední-desky/2021-07-20/kontexty/úřední-deska.jsonld"
        )
        #expect((board["provozovatel"] as? [String: String])?["ičo"] == "00262978")
        let items = try #require(board["informace"] as? [[String: Any]])
        #expect(items.count == 3)
        #expect(items.contains { ($0["název"] as? [String: String])?["cs"] == "O odpadech" })
        for item in items {
            for key in ["typ", "iri", "název", "vyvěšení", "relevantní_do"] { #expect(item[key] != nil) }
        }
        let ends = items.compactMap { $0["relevantní_do"] as? [String: Any] }
        #expect(ends.contains { $0["nespecifikovaný"] as? Bool == true && $0["datum"] == nil })
        #expect(ends.contains { $0["datum"] as? String == "2026-06-16" })
    }

    @Test func `offer a feed whose text is escaped`() async throws {
        let bench = try await BoardBench()
        try await bench.post("Smith & <synové>")
        let feed = try await bench.door().ask(.get, "/uredni-deska.atom")
        #expect(feed.body.contains("Smith &amp; &lt;synové&gt;"))
        let page = try await bench.door().ask(.get, "/uredni-deska")
        #expect(page.body.contains("Smith &amp; &lt;synové&gt;"))
    }

    @Test func `print a sheet with both dates for the paper board`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Na papír")
        let sheet = try await bench.door().ask(.get, "/uredni-deska/\(id.uuidString.lowercased())/tisk")
        #expect(sheet.body.contains("1.\u{a0}6.\u{a0}2026") && sheet.body.contains("16.\u{a0}6.\u{a0}2026"))
        // The office in full, and a place for the day and the signature of each act.
        #expect(sheet.body.contains("<b>Obec Zkušební obec</b><span>Obecní úřad Zkušební obec</span>"))
        for act in ["Vyvěšeno", "Sejmuto"] {
            #expect(sheet.body.contains("<th scope=\"row\">\(act)</th>"), "\(act)")
        }
        #expect(sheet.body.contains("<th scope=\"col\">Podpis a razítko</th>"))
    }

    @Test func `say nothing of serving what was served another way`() async throws {
        let bench = try await BoardBench()
        let id = UUID.v7()
        try await bench.board.change(at: bench.office, by: bench.clerk) { tenant in
            NoticeStore.draft(
                NoticeDraft(
                    title: "Rozhodnutí",
                    kind: .publicDecree,
                    body: "Znění.",
                    referenceNumber: "OU/DORUČENO",
                    caseFileID: UUID()
                ),
                id: id,
                by: bench.clerk.name,
                in: tenant
            )
        }
        let (today, door) = (BoardBench.today, try bench.door())
        let path = id.uuidString.lowercased()
        let draft = try await door.ask(.get, "/deska/\(path)", as: bench.clerk)
        #expect(draft.status == .ok && !draft.body.contains("Doručeno bude"))
        try await bench.board.post(id, until: today + 15, at: bench.office, by: bench.clerk, today: today)
        for page in ["", "/tisk"] {
            let shown = try await door.ask(.get, "/uredni-deska/\(path)\(page)")
            #expect(shown.status == .ok && !shown.body.contains("oručen"), "\(page)")
        }
        let other = try await bench.post("Jiné")
        let shown = try await door.ask(.get, "/uredni-deska/\(other.uuidString.lowercased())")
        #expect(shown.body.contains("patnáctým dnem po vyvěšení"))
    }

    @Test func `tell of a correction what it did, once it hangs`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Chybné", .other)
        let new = try await bench.board.revise(id, at: bench.office, by: bench.clerk)
        let (today, door) = (BoardBench.today, try bench.door())
        let path = "/deska/\(new.uuidString.lowercased())"
        #expect((try await door.ask(.get, path, as: bench.clerk)).body.contains("až ji vyvěsíte"))
        try await bench.board.post(new, until: today + 15, at: bench.office, by: bench.clerk, today: today)
        let hangs = try await door.ask(.get, path, as: bench.clerk)
        #expect(!hangs.body.contains("až ji vyvěsíte") && hangs.body.contains("jejím vyvěšením sejmulo"))
    }

    @Test func `let caches keep a file, but not one that will be withheld`() async throws {
        let bench = try await BoardBench()
        let stored = try await bench.files.write(
            owner: .office(bench.office),
            bytes: Array("%PDF-1.4\n".utf8)
        )
        let file = AttachedFile(
            digest: stored.digest.hex,
            name: "zaver.pdf",
            mediaType: stored.type.contentType,
            bytes: stored.byteCount
        )
        for (kind, isShared) in [(NoticeKind.other, true), (.publicDecree, false)] {
            let id = try await bench.draft("Oznámení", kind)
            try await bench.board.attach([file], to: id, at: bench.office, by: bench.clerk)
            let today = BoardBench.today
            try await bench.board.post(id, until: today + 15, at: bench.office, by: bench.clerk, today: today)
            let path = "/uredni-deska/\(id.uuidString.lowercased())/soubor/\(file.digest)"
            let answer = try await bench.door().ask(.get, path)
            #expect(answer.headers[.cacheControl] == (isShared ? "public, max-age=300" : "private, no-store"))
        }
    }

    @Test func `draft straight from a case file, with its files and its number`() async throws {
        let bench = try await BoardBench()
        let stored = try await bench.files.write(
            owner: .office(bench.office),
            bytes: Array("%PDF-1.4\n".utf8)
        )
        let file = AttachedFile(
            digest: stored.digest.hex,
            name: "rozhodnuti.pdf",
            mediaType: stored.type.contentType,
            bytes: stored.byteCount
        )
        let caseFile = UUID()
        let id = try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
            try await bench.board.draft(
                NoticeRequest(
                    title: "Rozhodnutí",
                    kind: "service",
                    referenceNumber: "OU/7/2026",
                    caseFileID: caseFile,
                    files: [file]
                ),
                in: tenant
            )
        }
        let path = "/uredni-deska/\(id.uuidString.lowercased())"
        let door = try bench.door()
        let hidden = try await door.ask(.get, "\(path)/soubor/\(file.digest)")
        #expect(hidden.status == .notFound)
        try await bench.board.post(
            id,
            until: BoardBench.today + 15,
            at: bench.office,
            by: bench.clerk,
            today: BoardBench.today
        )
        #expect((try await door.ask(.get, "\(path)/soubor/\(file.digest)")).status == .ok)
        let later = try bench.door(on: BoardBench.today + 16)
        #expect((try await later.ask(.get, "\(path)/soubor/\(file.digest)")).status == .notFound)
        #expect(bench.notes.all.map(\.caseFileID) == [caseFile])
    }
}
