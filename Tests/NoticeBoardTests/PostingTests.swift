import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import NoticeBoard

/// What a clerk typed and how it is posted.
@Suite struct `A draft that is posted` {
    private func draft(_ bench: BoardBench, _ typed: String) async throws -> String {
        let made = try await bench.door().ask(.post, "/deska/nove", as: bench.clerk, body: typed)
        return try #require(made.headers[.location])
    }

    private func notice(_ bench: BoardBench, _ path: String) async throws -> Notice {
        let id = try #require(UUID(uuidString: String(path.dropFirst("/deska/".count))))
        return try #require(try await bench.notice(id))
    }

    @Test(arguments: [("2026-06-16", "2026-06-10"), ("2026-06-12", "2026-06-12")])
    func `hangs until the day typed beside it, unless another last day was typed`(
        _ until: String,
        _ last: String
    ) async throws {
        let bench = try await BoardBench()
        let path = try await draft(bench, "title=Dražba&kind=auction&body=Text")
        let door = try bench.door()
        let page = try await door.ask(.get, path, as: bench.clerk)
        #expect(page.body.contains("name=\"proposed\" value=\"2026-06-16\""))
        let posted = try await door.ask(
            .post,
            "\(path)/vyvesit",
            as: bench.clerk,
            body: "title=Dražba&kind=auction&body=Text&event=2026-06-10&proposed=2026-06-16&until=\(until)"
        )
        #expect(posted.status == .seeOther)
        #expect(try await notice(bench, path).hangsUntil == Day(last))
    }

    @Test func `is proposed anew where it was refused`() async throws {
        let bench = try await BoardBench()
        let path = try await draft(bench, "title=Zasedání&kind=council_meeting&body=Text")
        let refused = try await bench.door().ask(
            .post,
            "\(path)/vyvesit",
            as: bench.clerk,
            body:
                "title=Zasedání&kind=council_meeting&event=2026-06-05&proposed=2026-06-08&until=2026-06-08&body="
        )
        #expect(refused.status == .unprocessableContent)
        let again = try await bench.door().ask(
            .post,
            "\(path)/vyvesit",
            as: bench.clerk,
            body:
                "title=Záměr&kind=sale_intent&event=2026-06-05&proposed=2026-06-08&until=2026-06-08&body=Text"
        )
        #expect(again.status == .unprocessableContent)
        #expect(again.body.contains("name=\"until\" value=\"2026-06-16\""))
    }

    @Test func `as a decree asks for its place in the Collection, or that it is meant without`() async throws
    {
        let bench = try await BoardBench()
        let typed = "title=O odpadech&kind=decree&body=Znění"
        let path = try await draft(bench, typed)
        let door = try bench.door()
        #expect(
            (try await door.ask(.get, path, as: bench.clerk)).body.contains("Chybí identifikátor ve Sbírce")
        )
        let refused = try await door.ask(.post, "\(path)/vyvesit", as: bench.clerk, body: typed)
        #expect(refused.status == .unprocessableContent)
        #expect(refused.body.contains("name=\"unlisted\"") && refused.body.contains("35/2021"))
        #expect(try await notice(bench, path).posted == nil)
        let meant = try await door.ask(
            .post,
            "\(path)/vyvesit",
            as: bench.clerk,
            body: "\(typed)&unlisted=on"
        )
        #expect(meant.status == .seeOther)
        let shown = try await door.ask(.get, path.replacing("/deska/", with: "/uredni-deska/"))
        #expect(shown.body.contains("dokud v ní předpis vyhlášen není, neplatí"))
        let other = try await draft(bench, "title=Jiné&kind=other&body=Text")
        #expect(!(try await door.ask(.get, other, as: bench.clerk)).body.contains("Chybí identifikátor"))
    }

    @Test func `under a number that the register knows returns to its case file`() async throws {
        let bench = try await BoardBench()
        let door = try bench.door()
        let known = "/spisovna/spis/\(Notes.known.uuidString.lowercased())"
        for (number, isKnown) in [("OU 7/2026", true), ("OU 8/2026", false)] {
            let path = try await draft(bench, "title=Oznámení&kind=other&body=Text&reference=\(number)")
            let page = try await door.ask(.get, path, as: bench.clerk)
            #expect(page.body.contains(known) == isKnown, "\(number)")
            _ = try await door.ask(.post, "\(path)/vyvesit", as: bench.clerk, body: "until=2026-06-03")
            let hangs = try await door.ask(.get, path, as: bench.clerk)
            #expect(hangs.body.contains(known) == isKnown, "\(number)")
            #expect(hangs.body.contains("do protokolu a do spisu") == isKnown, "\(number)")
            #expect(try await notice(bench, path).caseFileID == (isKnown ? Notes.known : nil))
        }
        _ = try await bench.board.sweep(bench.office, today: BoardBench.today + 3)
        #expect(bench.notes.all.map(\.caseFileID) == [Notes.known, Notes.known])
        #expect(bench.notes.all.map(\.takenDown) == [nil, BoardBench.today + 3])
    }

    @Test func `is printed with how long it is to hang, in a sentence`() async throws {
        let bench = try await BoardBench()
        let id = try await bench.post("Rozpočet", .budgetApproved, event: BoardBench.today)
        let other = try await bench.post("Jiné", .other)
        func sheet(_ id: UUID) async throws -> String {
            try await bench.door().ask(.get, "/uredni-deska/\(id.uuidString.lowercased())/tisk").body
        }
        #expect(try await sheet(id).contains("Má viset, dokud je nenahradí novější (§ 11 odst. 4"))
        #expect(try await sheet(other).contains("Má viset do 16.\u{a0}6.\u{a0}2026 včetně."))
    }
}
