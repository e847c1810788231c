import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import NoticeBoard

/// RFC 4287, 4.2.15: `updated` moves with each change that a reader should notice.
@Suite struct `The feed of the board` {
    private func values(_ element: String, _ text: String) throws -> [String] {
        let pattern = try Regex("<\(element)>([^<]*)</\(element)>", as: (Substring, Substring).self)
        return text.matches(of: pattern).map { String($0.output.1) }
    }

    @Test func `tells the instants of all that is posted and taken down on one day`() async throws {
        let bench = try await BoardBench()
        func feed() async throws -> String { try await bench.door().ask(.get, "/uredni-deska.atom").body }
        let empty = try #require(try values("updated", try await feed()).first)
        let began = Date()
        let first = try await bench.post("První", .other)
        let one = try await feed()
        try await bench.post("Druhé", .other)
        let two = try await feed()
        let new = try await bench.board.revise(first, at: bench.office, by: bench.clerk)
        let today = BoardBench.today
        try await bench.board.post(new, until: today + 15, at: bench.office, by: bench.clerk, today: today)
        let three = try await feed()
        try await bench.board.takeDown(
            new,
            reason: "omyl",
            at: bench.office,
            by: bench.clerk,
            today: today
        )
        let four = try await feed()
        let moved = try [one, two, three, four].map { try values("updated", $0)[0] }
        #expect(([empty] + moved) == ([empty] + moved).sorted() && Set([empty] + moved).count == 5)
        let published = try values("published", three)
        #expect(published.count == 2 && Set(published).count == 2)
        #expect(published == published.sorted(by: >), "newest first")
        let instant = try Date(
            published[0],
            strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        )
        #expect(abs(instant.timeIntervalSince(began)) < 600)
        #expect(three.contains("jiné oznámení, oprava, visí do"))
    }
}
