import Database
import Foundation
import Office
import Support
import Testing

@testable import FilingRoom

/// §§ 19 to 25 of act 500/2004: how a document reaches its addressee, and on which day it counts.
@Suite struct `A document on its way` {
    private let day = Bench.today

    @Test func `laid down at the post it is deemed delivered after ten days, moved to a working day`() {
        #expect(DeliveryWay.deemed.delivered(from: day) == Day("2026-12-04"))
        let friday = Day("2026-06-26")
        #expect(friday.map(DeliveryWay.deemed.delivered) == Day("2026-07-07"), "6 July is a holiday")
    }

    @Test func `a public notice serves on the fifteenth day, which does not move`() {
        let posted = Day("2026-06-01")
        #expect(posted.map(DeliveryWay.publicNotice.delivered) == Day("2026-06-16"))
    }

    @Test func `the fiction is recorded the day after its last day and not on it`() async throws {
        let (bench, clerk, reply) = try await sent()
        let last = try #require(Day("2026-12-04"))
        await #expect(throws: FilingRefusal.notYetDeemed) {
            try await bench.deliver(reply, by: clerk, way: .deemed, on: day, today: last)
        }
        try await bench.deliver(reply, by: clerk, way: .deemed, on: day, today: last + 1)
        #expect(try await document(reply, in: bench)?.delivered == last)
    }

    @Test func `what came back goes out once more`() async throws {
        let (bench, clerk, reply) = try await sent()
        try await bench.registry.comeBack(
            reply,
            on: day,
            why: "adresát neznámý",
            at: bench.office,
            by: clerk,
            today: day
        )
        await #expect(throws: FilingRefusal.notDispatched) { try await bench.deliver(reply, by: clerk) }
        try await bench.dispatch(reply, by: clerk)
        try await bench.deliver(reply, by: clerk)
        #expect(try await document(reply, in: bench)?.delivered == day)
    }

    @Test(arguments: [(16, true), (15, false)])
    func `a notice counts as sent when posted, and as served when it hung fifteen days`(
        _ days: Int,
        _ isServed: Bool
    ) async throws {
        let (bench, clerk, reply) = try await made()
        let notice = try #require(
            try await bench.registry.dispatch(
                reply,
                on: day,
                by: Registry.Envelope(means: .publicNotice),
                at: bench.office,
                by: clerk,
                today: day
            )
        )
        #expect(try await document(reply, in: bench)?.dispatched == nil, "a draft is not posted")
        let file = try #require(try await document(reply, in: bench)?.caseFileID)
        for takenDown in [nil, day + days] {
            try await bench.note(
                PostingNote(
                    noticeID: notice,
                    caseFileID: file,
                    title: "Veřejná vyhláška",
                    posted: day,
                    takenDown: takenDown
                )
            )
        }
        let served = try await document(reply, in: bench)
        #expect(served?.dispatched == day)
        #expect(served?.delivered == (isServed ? day + 15 : nil))
        #expect(served?.returned == (isServed ? nil : day + days))
    }

    private func made() async throws -> (Bench, Clerk, UUID) {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        return (bench, clerk, try await bench.reply(in: file.id, by: clerk))
    }

    private func sent() async throws -> (Bench, Clerk, UUID) {
        let (bench, clerk, reply) = try await made()
        try await bench.dispatch(reply, by: clerk)
        return (bench, clerk, reply)
    }

    private func document(_ id: UUID, in bench: Bench) async throws -> Document? {
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await FilingStore.document(id, in: tenant)
        }
    }
}
