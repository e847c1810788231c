import Database
import Foundation
import Messages
import Office
import Support
import Testing

@testable import FilingRoom

@Suite struct `A case file` {
    private let day = Bench.today

    @Test func `goes its whole way from the register to the shelf`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        #expect(file.assignee == clerk.userID)
        #expect(file.due == Day("2026-12-28"), "30 days end on Christmas Eve and move behind the holidays")

        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let reply = try await bench.reply(in: file.id, by: clerk)
        try await bench.dispatch(reply, by: clerk)
        try await bench.deliver(reply, by: clerk)
        try await bench.settle(file.id, .document, by: clerk)
        try await bench.registry.close(file.id, at: bench.office, by: clerk, today: day + 16)

        let closed = try await bench.caseFile(file.id)
        #expect(closed.state == .closed)
        let reports = try await bench.reports(about: file.submissionID)
        #expect(reports.map(\.status) == [.registered, .assigned, .assigned, .assigned, .settled])
        #expect(reports.first?.referenceNumber?.hasSuffix(" 1/2026") == true)
        #expect(reports.first?.deadline == file.due)
        #expect(reports[1].assignee == "Zkušební Úřednice, referentka")
        #expect(try await bench.documents(of: file.id).map(\.number) == [1, 2])
    }

    @Test func `a dog fee is taken note of and prescribed once`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk, .feeClerk], in: bench.office)
        let file = try await bench.deliver(
            bench.delivery(service: "pes-ohlaseni", regime: .tax, title: "Ohlášení psa")
        )
        #expect(file.due == nil, "a local fee has no general term")
        #expect(file.planCode == "181.2")
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.prescribe(file.id, by: clerk)
        await #expect(throws: FilingRefusal.alreadyPrescribed) {
            try await bench.prescribe(file.id, by: clerk)
        }
        try await bench.settle(file.id, .noted, by: clerk)
        #expect(bench.books.prescribed.map(\.hellers) == [20_000])
        #expect(bench.books.prescribed.map(\.payer) == ["Jana Dvořáková"])
        #expect(try await bench.caseFile(file.id).settledHow == "vzetím na vědomí")
    }

    @Test func `each act waits for the one before it`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        await #expect(throws: FilingRefusal.nobodyHasIt) {
            try await bench.reply(in: file.id, by: clerk)
        }
        await #expect(throws: FilingRefusal.nobodyHasIt) {
            try await bench.settle(file.id, .document, by: clerk)
        }
        await #expect(throws: FilingRefusal.notSettled) { try await bench.close(file.id, by: clerk) }
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        await #expect(throws: FilingRefusal.nothingSent) {
            try await bench.settle(file.id, .document, by: clerk)
        }
        let reply = try await bench.reply(in: file.id, by: clerk)
        await #expect(throws: FilingRefusal.undeliveredReply) {
            try await bench.settle(file.id, .document, by: clerk)
        }
        await #expect(throws: FilingRefusal.notDispatched) { try await bench.deliver(reply, by: clerk) }
        await #expect(throws: FilingRefusal.futureDay) {
            try await bench.dispatch(reply, on: day + 1, by: clerk)
        }
        await #expect(throws: FilingRefusal.sentBeforeMade(day)) {
            try await bench.dispatch(reply, on: day - 1, by: clerk)
        }
        try await bench.dispatch(reply, by: clerk)
        await #expect(throws: FilingRefusal.deliveredBeforeSent(day)) {
            try await bench.deliver(reply, by: clerk, on: day - 1)
        }
        await #expect(throws: FilingRefusal.alreadyDispatched) { try await bench.dispatch(reply, by: clerk) }
        try await bench.settle(file.id, .document, by: clerk)
        await #expect(throws: FilingRefusal.alreadySettled) {
            try await bench.settle(file.id, .document, by: clerk)
        }
        await #expect(throws: FilingRefusal.withoutProof) { try await bench.close(file.id, by: clerk) }
        try await bench.deliver(reply, by: clerk)
        try await bench.registry.close(file.id, at: bench.office, by: clerk, today: day + 16)
        await #expect(throws: FilingRefusal.closed) { try await bench.close(file.id, by: clerk) }
    }

    @Test func `a closed one takes nothing in, whoever tries`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery(service: "zavada", regime: .other))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.settle(file.id, .noted, by: clerk)
        try await bench.close(file.id, by: clerk)
        await #expect(throws: FilingRefusal.closed) { try await bench.reply(in: file.id, by: clerk) }
        let changed = await #expect(throws: ServerError.self) {
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                FilingStore.setPlan("57", of: file.id, in: tenant)
            }
        }
        #expect(changed?.constraint == "case_file_closed")
        await #expect(throws: FilingRefusal.closed) {
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                try await CaseNotes().notePosting(bench.posting(of: file.id, takenDown: nil), in: tenant)
            }
        }
    }

    @Test func `what hangs on the board holds it open`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery(service: "zavada", regime: .other))
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.settle(file.id, .noted, by: clerk)
        let posting = bench.posting(of: file.id, takenDown: nil)
        try await bench.note(posting)
        await #expect(throws: FilingRefusal.hangs) { try await bench.close(file.id, by: clerk) }
        try await bench.note(
            PostingNote(
                noticeID: posting.noticeID,
                caseFileID: file.id,
                title: posting.title,
                posted: posting.posted,
                takenDown: day + 17
            )
        )
        try await bench.close(file.id, by: clerk)
    }

    @Test func `a call for supplement stops the clock until the answer comes`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        let call = try await bench.reply(.supplement, in: file.id, by: clerk)
        try await bench.dispatch(call, by: clerk)
        #expect(try await bench.caseFile(file.id).paused == day)
        let later = Bench.noon.addingTimeInterval(10 * 86_400)
        try await bench.registry.resume(file.id, at: bench.office, by: clerk, now: later)
        let running = try await bench.caseFile(file.id)
        #expect(running.paused == nil)
        #expect(running.due == Day("2027-01-04"), "forty days end on a Sunday")
        let reports = try await bench.reports(about: file.submissionID)
        #expect(reports.map(\.status) == [.registered, .assigned, .supplementRequested, .assigned])
        #expect(reports.last?.deadline == Day("2027-01-04"))
        await #expect(throws: FilingRefusal.notPaused) {
            try await bench.registry.resume(file.id, at: bench.office, by: clerk, now: later)
        }
    }

    @Test func `who may not handle cases changes nothing`() async throws {
        let bench = try await Bench()
        let accountant = try await bench.cell.clerk([.accountant], in: bench.office)
        let file = try await bench.deliver(bench.delivery())
        let error = await #expect(throws: ServerError.self) {
            try await bench.registry.take(file.id, at: bench.office, by: accountant, now: Bench.noon)
        }
        #expect(error?.constraint == "clerk_permission")
        #expect(try await bench.caseFile(file.id).taken == nil)
    }
}
