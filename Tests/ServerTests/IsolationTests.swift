import Database
import Foundation
import Office
import Sealing
import Support
import Testing

/// Whatever is asked at one office, by whomever and however, nothing of another one comes out.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `Between two offices` {
    private func expect(
        _ answer: Answer,
        hides village: Village,
        _ asked: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        // People of two offices have accounts at the same region; their names are on every page that they see.
        let said = answer.body.replacing(village.head.name, with: "")
        #expect(
            !said.contains(village.word) && !said.lowercased().contains(village.word.lowercased()),
            "\(asked) tells \(village.word): \(answer.body)",
            sourceLocation: sourceLocation
        )
    }

    @Test func `a session or a token of one is nothing at the other`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let stranger = one.head.bringing(one.host, to: other.host)
        for path in ["/dnes", "/spisovna", "/ucetnictvi", "/deska", "/nastaveni/lide"] {
            let page = try await house.ask(path, with: stranger, at: other.host)
            #expect(
                page.status == 303 && page.header("Location")?.hasPrefix("/prihlaseni") == true,
                "\(path)"
            )
            let data = await house.ask(path, bearing: stranger, at: other.host)
            #expect(data.status == 401, "\(path)")
            for answer in [page, data] { expect(answer, hides: other, path) }
            #expect(try await house.ask(path, with: one.head, at: one.host).status == 200)
            #expect(await house.ask(path, bearing: one.head, at: one.host).status == 200)
        }
        // At the region an office's session is nothing, and the region's own is nothing at an office.
        for (from, to) in [(one.host, house.regionHost), (house.regionHost, one.host)] {
            let path = to == house.regionHost ? "/ucet" : "/dnes"
            let caller = one.head.bringing(from, to: to)
            #expect(try await house.ask(path, with: caller, at: to).status == 303)
            #expect(await house.ask(path, bearing: caller, at: to).status == 401)
        }
        // Neither a port nor letters of another size make it another host's.
        for host in [other.host.uppercased(), other.host + ".", other.host.replacing(":", with: ".:")] {
            let answer = await house.ask("/dnes", bearing: stranger, at: host)
            #expect([401, 404].contains(answer.status), "\(host)")
        }
    }

    /// Every address that a head sees at home, walked from page to page, is asked next door.
    @Test func `no address of one shows anything at the other`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let known = try await walk(one, house)
        let own = known.filter { $0.contains(/[0-9a-f]{8}-[0-9a-f]{4}|[0-9a-f]{64}/) }
        for kind in [
            "/spisovna/spis/\(one.caseFile.open)", "/spisovna/spis/\(one.caseFile.closed)",
            "/spisovna/spis/\(one.caseFile.tax)", "/spisovna/dokument/\(one.document)",
            "/spisovna/soubor/\(one.document)/\(one.digest)", "/deska/\(one.notice.draft)",
            "/deska/\(one.notice.posted)/soubor/\(one.noticeFile)",
            "/uredni-deska/\(one.notice.posted)/soubor/\(one.noticeFile)",
            "/ucetnictvi/zapis/\(one.entry)", "/platba/\(one.receivable)", "/znak/\(one.arms)",
        ] {
            #expect(own.contains(kind), "the walk does not come to \(kind)")
        }
        let further = [
            "/spisovna/osoby/\(one.person)", "/podani/\(one.receipt.code)/\(one.receipt.secret)",
            "/podani/\(one.receipt.code)/\(one.receipt.secret)/formular",
            "/podani/\(one.receipt.code)/\(one.receipt.secret)/formular?podoba=ulozena",
        ]
        for path in further {
            let answer = try await house.ask(path, with: one.head, at: one.host)
            #expect(answer.status == 200 && answer.body.contains(one.word), "\(path): \(answer.status)")
        }
        let callers = [other.head, one.head, .nobody]
        _ = try await each(of: (own + further).flatMap { path in callers.map { (path, $0) } }) {
            path,
            caller in
            let page = try await house.ask(path, with: caller, at: other.host)
            let data = await house.ask(path, bearing: caller, at: other.host)
            for answer in [page, data] {
                expect(answer, hides: one, path)
                let isClosed = [401, 404].contains(answer.status)
                let goesToSignIn =
                    answer.status == 303 && answer.header("Location")?.hasPrefix("/prihlaseni") == true
                #expect(isClosed || goesToSignIn, "\(path) by \(caller.name): \(answer.status)")
            }
        }
    }

    private func walk(_ village: Village, _ house: House) async throws -> Set<String> {
        var known: Set<String> = []
        var next = [
            "/", "/dnes", "/spisovna", "/spisovna/spisy", "/deska", "/uredni-deska", "/ucetnictvi",
            "/ucetnictvi/pohledavky", "/nastaveni", "/nastaveni/protokol", "/formulare",
            "/spisovna/spis/\(village.caseFile.closed)",
        ]
        for _ in 0..<3 where !next.isEmpty {
            known.formUnion(next)
            let pages = try await each(of: next) {
                try await house.ask($0, with: village.head, at: village.host)
            }
            let links = pages.flatMap { page in
                page.body.matches(of: /(?:href|src)="(\/[^"#]*)/).map {
                    String($0.1).replacing("&amp;", with: "&")
                }
            }
            next = Set(links).subtracting(known).filter {
                !$0.hasPrefix("/assets") && !$0.hasPrefix("/prihlaseni") && !$0.hasPrefix("/formulare/")
            }.sorted()
        }
        return known.union(next)
    }

    private static let everything = form([
        "clerk": "00000000-0000-0000-0000-000000000000", "means": "inPerson", "day": "2026-11-02",
        "title": "Cizí",
        "plan": "51.1", "how": "noted", "amount": "200", "due": "2027-01-01", "mark": "1/2026",
        "text": "Cizí text", "subject": "Cizí věc", "regime": "administrative", "act": "present",
        "why": "cizí", "ground": "waiver",
        "reason": "cizí důvod", "proof": "cizí", "office": "Bílý Potok", "on": "ano", "sender": "Cizí",
        "until": "2026-12-20", "body": "Cizí",
    ])

    /// Acts on the ids of one, with a body that would do: nothing happens.
    @Test func `no act next door reaches over`() async throws {
        struct Interface: Decodable {
            struct Operation: Decodable {}
            let paths: [String: [String: Operation]]
        }
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let interface = try await house.ask("/api/openapi.json", host: other.host).json(Interface.self)
        let places: [(String, [String])] = [
            (
                "/spisovna/spis/{id}",
                [one.caseFile.open, one.caseFile.closed, one.caseFile.tax]
            ),
            ("/spisovna/dokument/{id}", [one.document, one.taxDocument]),
            ("/deska/{id}", [one.notice.posted, one.notice.draft]), ("/ucetnictvi/zapis/{id}", [one.entry]),
            ("/ucetnictvi/pohledavka/{id}", [one.receivable]),
            ("/nastaveni/lide/{id}", [one.head.id.uuidString.lowercased()]),
        ]
        let acts = interface.paths.filter { $0.value["post"] != nil }.keys.flatMap { path in
            places.filter { path.hasPrefix($0.0) }.flatMap { place, ids in
                ids.map {
                    path.replacing("{id}", with: $0).replacing("{digest}", with: one.noticeFile)
                }
            }
        }
        #expect(acts.count > 40)
        let before = try await digest(of: one, house)
        let upload =
            "--X\r\nContent-Disposition: form-data; name=\"s\"; filename=\"a.txt\"\r\n\r\nCizí\r\n--X--\r\n"
        let answers = try await each(of: acts) { path in
            let isUpload = path.hasSuffix("/soubor")
            let typed =
                path.hasSuffix("/uhrada")
                ? Self.everything.replacing("means=inPerson", with: "means=ucet&document=1") : Self.everything
            let kind = path.hasPrefix("/deska") ? "other" : path.hasSuffix("/predepsat") ? "dog" : "notice"
            return await house.ask(
                path,
                by: "POST",
                bearing: other.head,
                at: other.host,
                headers: isUpload ? ["Content-Type": "multipart/form-data; boundary=X"] : [:],
                body: isUpload ? upload : "\(typed)&kind=\(kind)"
            )
        }
        for (path, answer) in zip(acts, answers) {
            #expect([404, 409].contains(answer.status), "\(path): \(answer.status) \(answer.body)")
            expect(answer, hides: one, path)
        }
        #expect(try await digest(of: one, house) == before)
    }

    /// Over everything that those acts would change.
    private func digest(of village: Village, _ house: House) async throws -> String {
        let tables = ["documents", "notices", "notice_files", "entries", "receivables"].map {
            "select md5(string_agg(t::text, ',' order by t::text)) from \(village.schema).\($0) t"
        }
        let head = "select md5(t::text) from \(village.schema).clerks t where user_id = '\(village.head.id)'"
        let files = [village.caseFile.open, village.caseFile.closed, village.caseFile.tax].map {
            "select md5(t::text) from \(village.schema).case_files t where id = '\($0)'"
        }
        return try await house.psql(as: "epom_root", (tables + files + [head]).joined(separator: ";\n"))
    }

    @Test func `no search of one finds what the other has`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        for path in [
            "/spisovna?q=", "/spisovna/osoby?q=", "/uredni-deska?q=", "/uredni-deska/archiv?q=",
            "/formulare?co=",
        ] {
            for village in [one, other] {
                // Spelled so that the page does not say the word back.
                let asked = path + folded(village.word).uppercased()
                let found = await house.ask(asked, bearing: other.head, at: other.host)
                #expect(found.status == 200)
                let lines = found.body.replacing(folded(village.word).uppercased(), with: "")
                let isThere = lines.contains(village.word)
                let isSearched = !path.hasPrefix("/formulare") && !path.contains("archiv")
                #expect(isThere == (village.code == other.code && isSearched), "\(asked): \(found.body)")
            }
        }
        let form = "/spisovna/novy"
        #expect(try await house.ask(form, with: other.head, at: other.host).status == 200)
    }

    @Test func `the region shows a person only what is theirs`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let own = try await house.ask("/moje-podani", with: there.citizen, at: house.regionHost)
        #expect(own.body.contains(one.word) && own.body.contains(other.word))
        for caller in [one.head, other.head, there.administrator] {
            for path in ["/moje-podani", "/ucet"] {
                let answer = try await house.ask(path, with: caller, at: house.regionHost)
                #expect(answer.status == 200)
                for village in [one, other] { expect(answer, hides: village, path) }
            }
        }
        // A draft belongs to one browser and one host.
        let path = "/formulare/zavada/vyplnit?navrh=\(one.draft.key)"
        let mine = try await house.ask(path, with: one.draft.owner, at: one.host)
        #expect(mine.body.contains("Rozepsáno: \(one.word)"))
        for (caller, host) in [
            (one.draft.owner, other.host), (one.head, one.host), (other.head, other.host),
            (.nobody, one.host),
        ] {
            let answer = try await house.ask(path, with: caller, at: host)
            #expect(!answer.body.contains("Rozepsáno"))
        }
    }

    /// Many clients of both at once on the same few connections, while transactions fail and locks are waited for.
    @Test func `connections that are shared carry nothing over`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let pages = [
            "/", "/dnes", "/spisovna", "/spisovna/spisy", "/deska", "/uredni-deska", "/uredni-deska.atom",
            "/ucetnictvi", "/nastaveni/lide",
        ]
        struct Errand: Sendable {
            let village: Village
            let path: String
            let fails: Bool
            let bears: Bool
        }
        let errands = (0..<360).map { number in
            Errand(
                village: number % 2 == 0 ? one : other,
                path: pages[number / 2 % pages.count],
                fails: number % 9 == 4,
                bears: number % 4 < 2
            )
        }
        let holder = try await house.owner()
        let held = Task {
            try await Task.sleep(for: .milliseconds(300))
            // Longer than a statement waits for a lock: those of one office time out in the middle.
            try await holder.execute("begin; lock table m_546631.case_files in access exclusive mode")
            try await Task.sleep(for: .milliseconds(3_600))
            try await holder.execute("rollback")
        }
        let statuses = try await each(of: errands, lanes: 16) { errand -> Int in
            let (village, stranger) = (errand.village, errand.village.code == one.code ? other : one)
            let head = village.head
            let answer: Answer
            if errand.fails {
                // The database refuses it after the guard and the permission.
                answer = await house.ask(
                    "/nastaveni/lide/\(head.id.uuidString.lowercased())",
                    by: "POST",
                    bearing: head,
                    at: village.host,
                    body: form(["act": "absence", "from": "2027-02-02", "until": "2027-01-01"]),
                    isPatient: false
                )
                #expect([422, 503].contains(answer.status), "\(answer.status) \(answer.body)")
            } else if ["/", "/uredni-deska", "/uredni-deska.atom"].contains(errand.path), errand.bears {
                // Of nobody, without a cookie: as caches on the way see it.
                answer = await house.ask(errand.path, host: village.host)
            } else if errand.bears {
                answer = await house.ask(errand.path, bearing: head, at: village.host, isPatient: false)
            } else {
                answer = try await house.ask(errand.path, with: head, at: village.host, isPatient: false)
            }
            expect(answer, hides: stranger, errand.path)
            #expect([200, 422, 503].contains(answer.status), "\(errand.path): \(answer.status)")
            if answer.status == 200 {
                #expect(answer.body.contains(village.word), "\(errand.path) of \(village.code)")
            }
            return answer.status
        }
        try await held.value
        #expect(statuses.contains(503), "nobody had to wait for the lock")
        #expect(statuses.count { $0 == 200 } > 100)
        for village in [one, other] {
            for path in pages {
                let answer = try await house.ask(path, with: village.head, at: village.host)
                #expect(answer.status == 200 && answer.body.contains(village.word), "\(path)")
            }
        }
    }
}
