import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import NoticeBoard

/// § 25(3) of act 500/2004: what another office serves hangs here, too, and is served by that office's board.
@Suite struct `A notice of another office` {
    private func draft(_ bench: BoardBench, kind: String, origin: String?, file: UUID = UUID()) async throws
        -> UUID
    {
        try await bench.board.change(at: bench.office, by: bench.clerk) { tenant in
            try await bench.board.draft(
                NoticeRequest(
                    title: "Změna územního plánu",
                    kind: kind,
                    referenceNumber: "KULK 77/2026",
                    caseFileID: file,
                    files: [],
                    origin: origin
                ),
                in: tenant
            )
        }
    }

    @Test(arguments: [("Krajský úřad", false), (nil, true)])
    func `names that office and serves nobody here`(_ origin: String?, _ serves: Bool) async throws {
        let bench = try await BoardBench()
        let id = try await draft(bench, kind: "public_decree", origin: origin)
        let name = id.uuidString.lowercased()
        let desk = try await bench.door().ask(.get, "/deska/\(name)", as: bench.clerk).body
        #expect(desk.contains("Doručeno bude") == serves && desk.contains("Písemnost vydal") != serves)
        try await bench.board.post(
            id,
            until: BoardBench.today + 15,
            at: bench.office,
            by: bench.clerk,
            today: BoardBench.today
        )
        #expect(bench.notes.all.map(\.serves) == [serves])
        for path in ["/uredni-deska/\(name)", "/uredni-deska/\(name)/tisk"] {
            let page = try await bench.door().ask(.get, path).body
            #expect(page.contains("patnáctým dnem po vyvěšení") == serves, "\(path)")
            #expect(page.contains("Písemnost vydal: Krajský úřad.") != serves, "\(path)")
            #expect(page.contains("§ 25 odst. 3 správního řádu") != serves, "\(path)")
        }
        let new = try await bench.board.revise(id, at: bench.office, by: bench.clerk)
        #expect(try await bench.notice(new)?.origin == origin, "a correction is still theirs")
    }

    @Test func `a draft of a case file that is thrown away is told to the file`() async throws {
        let bench = try await BoardBench()
        let id = try await draft(bench, kind: "other", origin: nil)
        try await bench.board.discard(id, at: bench.office, by: bench.clerk)
        #expect(bench.notes.discarded == [id])
    }
}
