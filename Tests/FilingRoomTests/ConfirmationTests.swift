import Database
import Foundation
import Messages
import Office
import Support
import Testing

@testable import FilingRoom

/// § 37(4) of act 500/2004: an unsigned submission has five days to be confirmed.
@Suite struct `An unconfirmed submission` {
    private let last = Bench.today + 5

    @Test func `keeps the region waiting whatever the office does meanwhile`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery(confirmBy: last))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.registry.assign(
            file.id,
            to: clerk.userID,
            at: bench.office,
            by: clerk,
            now: Bench.noon
        )
        let reports = try await bench.reports(about: file.submissionID)
        #expect(
            reports.map(\.status) == [
                .registered, .awaitingConfirmation, .awaitingConfirmation, .awaitingConfirmation,
            ]
        )
    }

    @Test func `is not settled before it is confirmed`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery(service: "zavada", regime: .other, confirmBy: last))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        await #expect(throws: FilingRefusal.unconfirmed) {
            try await bench.settle(file.id, .noted, by: clerk)
        }
        try await bench.confirm(file.id, on: Bench.today, by: clerk)
        try await bench.settle(file.id, .noted, by: clerk)
        let reports = try await bench.reports(about: file.submissionID)
        #expect(reports.map(\.confirmedBy) == [nil, nil, nil, .signedPrint, nil])
        #expect(reports.map(\.status).suffix(2) == [.assigned, .settled])
    }

    @Test func `can be confirmed on the last day and not on the next`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let later = Bench.noon.addingTimeInterval(20 * 86_400)
        let one = try await bench.deliver(bench.delivery(confirmBy: last))
        try await bench.confirm(one.id, on: last, by: clerk, now: later)
        let confirmed = try await bench.caseFile(one.id)
        #expect(confirmed.confirmedBy == .signedPrint && confirmed.confirmedOn == last)
        // The day it came, not the day somebody wrote it down.
        let report = try #require(try await bench.reports(about: one.submissionID).last)
        #expect(report.confirmedOn == last && report.note?.contains(last.czechShort) == true)
        let two = try await bench.deliver(bench.delivery(confirmBy: last))
        await #expect(throws: FilingRefusal.tooLateToConfirm) {
            try await bench.confirm(two.id, on: last + 1, by: clerk, now: later)
        }
        await #expect(throws: FilingRefusal.alreadyConfirmed) {
            try await bench.confirm(one.id, on: last, by: clerk, now: later)
        }
    }

    @Test func `is closed by record when the region says it lapsed, once`() async throws {
        let bench = try await Bench()
        let file = try await bench.deliver(bench.delivery(confirmBy: last))
        let submission = try #require(file.submissionID)
        let message = try bench.lapse(of: submission, last)
        try await LapseTaker(registry: bench.registry).take(message)
        try await LapseTaker(registry: bench.registry).take(message)
        let lapsed = try await bench.caseFile(file.id)
        #expect(lapsed.settledHow?.contains("nebylo do 29.") == true)
        let confirmed = try await bench.deliver(bench.delivery(confirmBy: last))
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        try await bench.confirm(confirmed.id, on: Bench.today, by: clerk)
        try await LapseTaker(registry: bench.registry).take(
            try bench.lapse(of: try #require(confirmed.submissionID), last)
        )
        #expect(try await bench.caseFile(confirmed.id).settled == nil, "a confirmation was faster")
    }

    @Test func `a forged lapse is refused`() async throws {
        let bench = try await Bench()
        let file = try await bench.deliver(bench.delivery(confirmBy: last))
        let honest = try bench.lapse(of: try #require(file.submissionID), last)
        let forged = IncomingMessage(
            id: honest.id,
            sender: "m_999999",
            recipient: honest.recipient,
            subjectID: honest.subjectID,
            kind: honest.kind,
            body: honest.body
        )
        await #expect(throws: PlainRefusal.self) {
            try await LapseTaker(registry: bench.registry).take(forged)
        }
    }
}
