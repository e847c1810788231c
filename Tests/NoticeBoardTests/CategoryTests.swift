import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import NoticeBoard

@Suite struct `The categories of a board` {
    private static let whole =
        "slug,name,kinds\nvse,Vše,"
        + NoticeKind.allCases.map(\.rawValue).joined(separator: " ")

    private func categories(_ text: String) throws -> [NoticeCategory] {
        let file = "board-categories.csv"
        return try CategoryLint.categories(of: try CSV(text, file: file), file: file)
    }

    @Test func `of the template hold every kind once`() throws {
        let folder = TestCell.root.appending(path: "TenantTemplates/municipality")
        let text = try String(contentsOf: folder.appending(path: "board-categories.csv"), encoding: .utf8)
        let found = try categories(text)
        #expect(found.count > 5 && Set(found.flatMap(\.kinds)) == Set(NoticeKind.allCases))
        #expect(try categories(Self.whole).count == 1)
    }

    @Test(arguments: [
        (whole + " news", "line 2: news is there twice"), (whole + " pozvanka", "there is no kind pozvanka"),
        (whole.replacing("vse,", with: "Vše lidem,"), "is no slug"),
        (whole.replacing("Vše", with: ""), "no name"),
        (whole.replacing(" news", with: ""), "line 1: news missing"),
        (whole.replacing(" news", with: "\nvse,Jiné,news"), "line 3: vse is there twice"),
        (whole + "\nnic,Nic,", "nic holds no kind"),
        (whole.replacing("vse,", with: "aktualita,"), "aktualita is the slug of the kind news"),
    ])
    func `that are wrong are refused with their line`(_ text: String, _ why: String) throws {
        let fault = #expect(throws: CSV.Fault.self) { _ = try categories(text) }
        #expect(fault?.description.contains(why) == true, "\(fault?.description ?? "")")
    }

    @Test func `narrow the board, its archive and the choice of a kind`() async throws {
        let bench = try await BoardBench()
        try await bench.post("Návrh rozpočtu", .budgetDraft, event: BoardBench.today + 20)
        try await bench.post("Změna rozpočtu", .budgetAmendment, event: BoardBench.today)
        try await bench.post("Pouť", .news)
        let door = try bench.door()
        let board = try await door.ask(.get, "/uredni-deska")
        #expect(board.body.contains("Rozpočet a závěrečný účet (2)") && board.body.contains("Aktuality (1)"))
        #expect(!board.body.contains("Volby ("), "nothing of it hangs")
        let narrow = try await door.ask(.get, "/uredni-deska?druh=rozpocet")
        #expect(narrow.body.contains("Návrh rozpočtu") && narrow.body.contains("Změna rozpočtu"))
        #expect(!narrow.body.contains("Pouť"))
        let later = try bench.door(on: BoardBench.today + 30)
        let archive = try await later.ask(.get, "/uredni-deska/archiv?druh=rozpocet")
        #expect(archive.body.contains("Návrh rozpočtu") && !archive.body.contains("Pouť"))
        #expect((try await later.ask(.get, "/uredni-deska/archiv?druh=neni")).status == .notFound)
        let desk = try await door.ask(.get, "/deska/nove", as: bench.clerk)
        #expect(
            desk.body.contains("<optgroup label=\"Rozpočet a závěrečný účet\"><option value=\"budget_draft\"")
        )
    }

    @Test func `are the kinds themselves where the office was given none`() async throws {
        let bench = try await BoardBench(isFurnished: false)
        try await bench.post("Zasedání", .minutes)
        try await bench.post("Pouť", .news)
        let door = try bench.door()
        #expect((try await door.ask(.get, "/uredni-deska")).body.contains("zápis nebo usnesení (1)"))
        let desk = try await door.ask(.get, "/deska/nove", as: bench.clerk)
        #expect(NoticeKind.allCases.allSatisfy { desk.body.contains("value=\"\($0.rawValue)\"") })
    }
}
