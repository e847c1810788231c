import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import NoticeBoard

@Suite struct `A correction` {
    private func path(_ id: UUID) -> String { "/uredni-deska/\(id.uuidString.lowercased())" }

    @Test(arguments: [NoticeKind.publicDecree, .saleIntent])
    func `and what it corrects lead to each other, and say why`(_ kind: NoticeKind) async throws {
        let bench = try await BoardBench()
        let today = BoardBench.today
        let old = try await bench.post("S chybou", kind, event: kind == .saleIntent ? today + 30 : nil)
        let new = try await bench.board.revise(old, at: bench.office, by: bench.clerk)
        let door = try bench.door(on: today + 2)
        #expect(!(try await door.ask(.get, path(old))).body.contains("oprava"))
        let day = today + 2
        try await bench.board.post(new, until: day + 28, at: bench.office, by: bench.clerk, today: day)

        let former = (try await door.ask(.get, path(old))).body
        #expect(former.contains("Toto oznámení nahradila"))
        #expect(former.contains("<a href=\"\(path(new))\">oprava vyvěšená \(day.czech)</a>"))
        #expect(former.contains("nahrazeno opravou") && !former.contains("doba vyvěšení skončila"))
        #expect(former.contains("týkaly se určitých lidí a nahradila je oprava") == (kind == .publicDecree))
        let later = (try await door.ask(.get, path(new))).body
        #expect(later.contains("<a href=\"\(path(old))\">oznámení vyvěšeného \(today.czech)</a>"))
        #expect(later.contains("doba vyvěšení začala znovu"))
        #expect((try await door.ask(.get, "/uredni-deska")).body.contains(" · oprava"))
        let sheet = (try await door.ask(.get, "\(path(new))/tisk")).body
        #expect(sheet.contains("Oprava oznámení vyvěšeného dne \(today.czechShort)"))
        let desk = "/deska/\(old.uuidString.lowercased())"
        let behind = (try await door.ask(.get, desk, as: bench.clerk)).body
        #expect(behind.contains("/deska/\(new.uuidString.lowercased())") && behind.contains("Nahradila je"))
    }

    @Test func `is one: another of the same notice is not posted any more`() async throws {
        let bench = try await BoardBench()
        let old = try await bench.post("S chybou")
        let first = try await bench.board.revise(old, at: bench.office, by: bench.clerk)
        let second = try await bench.board.revise(old, at: bench.office, by: bench.clerk)
        let day = BoardBench.today + 1
        try await bench.board.post(first, until: day + 15, at: bench.office, by: bench.clerk, today: day)
        await #expect(throws: BoardRefusal.correctedAlready) {
            try await bench.board.post(second, until: day + 15, at: bench.office, by: bench.clerk, today: day)
        }
        let door = try bench.door(on: day)
        let sheet = (try await door.ask(.get, "\(path(old))/tisk", as: bench.clerk)).body
        #expect(sheet.contains("Viselo do \(day.czechShort): nahrazeno opravou"))
    }

    @Test func `posted after the end does not say that it took anything down`() async throws {
        let bench = try await BoardBench()
        let old = try await bench.post("S chybou")
        let new = try await bench.board.revise(old, at: bench.office, by: bench.clerk)
        let day = BoardBench.today + 20
        _ = try await bench.board.sweep(bench.office, today: day)
        try await bench.board.post(new, until: day + 15, at: bench.office, by: bench.clerk, today: day)
        let door = try bench.door(on: day)
        let former = (try await door.ask(.get, path(old))).body
        #expect(former.contains("K tomuto oznámení byla vyvěšena"))
        #expect(former.contains("a doba vyvěšení skončila"))
        let later = (try await door.ask(.get, path(new))).body
        #expect(later.contains("Tohle je oprava") && !later.contains("začala znovu"))
    }

    @Test func `is not what took down something early, whose reason stays with the office`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Jan Novák")
        let day = BoardBench.today + 3
        let desk = "/deska/\(id.uuidString.lowercased())"
        let door = try bench.door(on: day)
        #expect(
            (try await door.ask(.get, desk, as: bench.clerk)).body.contains("písemnost tím nebude doručena")
        )
        _ = try await door.ask(.post, "\(desk)/sejmout", as: bench.clerk, body: "reason=Novák zaplatil.")
        let shown = (try await door.ask(.get, path(id))).body
        #expect(shown.contains("a oznámení bylo sejmuto předčasně") && !shown.contains("Novák"))
        let behind = (try await door.ask(.get, desk, as: bench.clerk)).body
        #expect(behind.contains("Důvod: Novák zaplatil.") && !behind.contains("zaplatil.."))
    }
}
