import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

@Suite struct `A letter and the board` {
    private func caution(_ reference: String, of file: UUID, at bench: Bench) async throws -> String? {
        try await bench.cell.database.tenant(bench.office, as: .system) { office in
            try await CaseNotes().caution(reference, of: file, in: office)
        }
    }

    @Test func `what was served already is not posted without a warning, and says what it is`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let reply = try await bench.reply(in: file.id, by: clerk)
        let reference = try #require(try await bench.documents(of: file.id).last).referenceNumber
        let before = try #require(try await caution(reference, of: file.id, at: bench))
        #expect(before.contains("osobní údaje") && !before.contains("doručena"))
        try await bench.dispatch(reply, by: clerk)
        try await bench.deliver(reply, by: clerk)
        let after = try #require(try await caution(reference, of: file.id, at: bench))
        #expect(after.contains("už byla doručena 24.\u{a0}11.\u{a0}2026"))
        #expect(try await caution("JINÉ 1/2026", of: file.id, at: bench) == nil)
        _ = try await bench.registry.post(file.id, at: bench.office, by: clerk)
        #expect(bench.board.drafted.map(\.title) == ["Rozhodnutí: Kácení lípy"])
    }

    @Test func `what people wrote is not offered to the board, nor prefilled there`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(confirmBy: Bench.today + 5))
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        #expect(!(try await front.get(path, as: clerk)).body.contains("\(path)/vyvesit"))
        #expect(try await front.post("\(path)/vyvesit", as: clerk).status == .conflict)
        #expect(bench.board.drafted.isEmpty)
        try await bench.reply(in: file.id, by: clerk)
        #expect(try await front.get(path, as: clerk).body.contains("\(path)/vyvesit"))
        #expect(try await front.post("\(path)/vyvesit", as: clerk).status == .seeOther)
        #expect(bench.board.drafted.map(\.title) == ["Rozhodnutí: Kácení lípy"])
    }

    @Test func `the register names the addressee of what the office sent`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery(name: "Ludmila Příjemná"))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.reply(in: file.id, by: clerk)
        #expect(try await front.get("/spisovna", as: clerk).body.contains("pro: Ludmila Příjemná"))
    }
}
