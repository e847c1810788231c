import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import NoticeBoard

@Suite struct `The notice board` {
    @Test func `shows a notice through its last day and not on the next`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Stavební povolení")
        let path = "/uredni-deska/\(id.uuidString.lowercased())"
        let last = try await bench.door(on: BoardBench.today + 15).ask(.get, "/uredni-deska")
        #expect(last.status == .ok && last.body.contains("Stavební povolení"))
        let gone = try bench.door(on: BoardBench.today + 16)
        #expect(!(try await gone.ask(.get, "/uredni-deska")).body.contains("Stavební povolení"))
        // It names people: that it hung stays known, what it said does not.
        let detail = try await gone.ask(.get, path)
        #expect(detail.status == .ok && !detail.body.contains("Znění.") && detail.body.contains("sejmuto"))
        #expect(detail.headers[.init("X-Robots-Tag") ?? .eTag] == "noindex")
        #expect((try await gone.ask(.get, "/uredni-deska/archiv")).body.contains("Veřejná vyhláška</a>"))
    }

    @Test func `records the taking down on the legal day, once, and tells the case file`() async throws {
        let bench = try await BoardBench()
        let file = UUID()
        let id = try await bench.draft("Doručení", caseFile: file)
        let until = BoardBench.today + 15
        try await bench.board.post(
            id,
            until: until,
            at: bench.office,
            by: bench.clerk,
            today: BoardBench.today
        )
        #expect(try await bench.board.sweep(bench.office, today: until) == 0)
        #expect(try await bench.board.sweep(bench.office, today: until + 5) == 1)
        #expect(try await bench.board.sweep(bench.office, today: until + 6) == 0)
        #expect(try await bench.notice(id)?.takenDown == Day("2026-06-17"))
        #expect(bench.notes.all.map(\.takenDown) == [nil, Day("2026-06-17")])
        #expect(bench.notes.all.allSatisfy { $0.caseFileID == file && $0.posted == BoardBench.today })
        #expect(try await bench.acts(about: id).suffix(2) == ["posted", "took down"])
    }

    @Test func `never changes what hangs, whoever asks the database`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Neměnné")
        await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
                tenant.run("update tenant.notices set body = 'jiné' where id = \(id)")
            }
        }
        await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
                tenant.run("update tenant.notices set posted_on = null where id = \(id)")
            }
        }
        await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
                tenant.run("delete from tenant.notices where id = \(id)")
            }
        }
        let file = AttachedFile(digest: "00", name: "a.pdf", mediaType: "application/pdf", bytes: 1)
        await #expect(throws: BoardRefusal.hangs) {
            try await bench.board.attach([file], to: id, at: bench.office, by: bench.clerk)
        }
        await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
                NoticeStore.attach(file, to: id, in: tenant)
            }
        }
        await #expect(throws: BoardRefusal.hangs) {
            try await bench.board.discard(id, at: bench.office, by: bench.clerk)
        }
    }

    @Test func `comes down early only with a reason, and only once`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Omyl")
        let day = BoardBench.today + 15
        await #expect(throws: BoardRefusal.reasonNeeded) {
            try await bench.board.takeDown(id, reason: "", at: bench.office, by: bench.clerk, today: day)
        }
        try await bench.board.takeDown(id, reason: "Chyba", at: bench.office, by: bench.clerk, today: day)
        await #expect(throws: BoardRefusal.notHanging) {
            try await bench.board.takeDown(id, reason: "Chyba", at: bench.office, by: bench.clerk, today: day)
        }
        let door = try bench.door(on: day)
        #expect(!(try await door.ask(.get, "/uredni-deska")).body.contains("Omyl"))
    }

    @Test func `posts a correction and takes the former down in one act`() async throws {
        let bench = try await BoardBench()
        let old = try await bench.post("S chybou")
        let new = try await bench.board.revise(old, at: bench.office, by: bench.clerk)
        #expect(try await bench.notice(old)?.takenDown == nil)
        let day = BoardBench.today + 2
        try await bench.board.post(new, until: day + 15, at: bench.office, by: bench.clerk, today: day)
        #expect(try await bench.notice(old)?.takenDown == day)
        #expect(try await bench.notice(old)?.earlyReason == "nahrazeno opravou")
        #expect(try await bench.notice(new)?.hangs(on: day + 15) == true)
    }

    @Test func `lets one of many clerks post`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.draft("Jednou")
        let until = BoardBench.today + 15
        let posted = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<10 {
                group.addTask {
                    do {
                        try await bench.board.post(
                            id,
                            until: until,
                            at: bench.office,
                            by: bench.clerk,
                            today: BoardBench.today
                        )
                        return true
                    } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(posted == 1)
        #expect(try await bench.acts(about: id).filter { $0 == "posted" }.count == 1)
    }

    @Test func `asks for the right to post, in the office's own transaction`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.draft("Cizí")
        await #expect(throws: ServerError.self) {
            try await bench.board.post(
                id,
                until: BoardBench.today + 15,
                at: bench.office,
                by: bench.accountant,
                today: BoardBench.today
            )
        }
        let door = try bench.door()
        #expect((try await door.ask(.get, "/deska", as: bench.accountant)).status == .notFound)
        #expect((try await door.ask(.get, "/deska")).status == .seeOther)
        #expect((try await door.ask(.get, "/deska", as: bench.clerk)).body.contains("Cizí"))
    }

    @Test func `shows nothing of another office`() async throws {
        let mine = try await BoardBench()
        let other = try await BoardBench()
        let id = try await mine.post("Jen moje")
        let path = "/uredni-deska/\(id.uuidString.lowercased())"
        let door = try other.door()
        #expect((try await door.ask(.get, path)).status == .notFound)
        #expect((try await door.ask(.get, "\(path)/tisk")).status == .notFound)
        #expect(!(try await door.ask(.get, "/uredni-deska")).body.contains("Jen moje"))
        #expect(!(try await door.ask(.get, "/uredni-deska.atom")).body.contains("Jen moje"))
        let desk = "/deska/\(id.uuidString.lowercased())"
        #expect((try await door.ask(.get, desk, as: other.clerk)).status == .notFound)
        await #expect(throws: PlainRefusal.missing) {
            try await other.board.takeDown(
                id,
                reason: "cizí",
                at: other.office,
                by: other.clerk,
                today: BoardBench.today
            )
        }
    }
}
