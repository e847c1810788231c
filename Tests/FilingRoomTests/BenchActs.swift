import Database
import Foundation
import Messages
import Office
import Support

@testable import FilingRoom

// A clerk's acts with the particulars that do not matter to the test.

extension Bench {
    @discardableResult
    func reply(_ kind: ReplyKind = .decision, in id: UUID, by clerk: Clerk) async throws -> UUID {
        try await registry.reply(
            Registry.Reply(
                kind: kind,
                subject: "Kácení lípy",
                text: "Povoluje se.\n\nPoučení: odvolání do 15 dnů."
            ),
            in: id,
            at: office,
            by: clerk,
            now: Bench.noon
        )
    }

    func dispatch(
        _ document: UUID,
        on day: Day = Bench.today,
        by clerk: Clerk,
        means: DispatchMeans = .post,
        to address: String = ""
    ) async throws {
        _ = try await registry.dispatch(
            document,
            on: day,
            by: Registry.Envelope(means: means, address: address),
            at: office,
            by: clerk,
            today: Bench.today
        )
    }

    func deliver(
        _ document: UUID,
        by clerk: Clerk,
        way: DeliveryWay = .receipt,
        on day: Day = Bench.today,
        today: Day = Bench.today
    ) async throws {
        try await registry.deliver(
            document,
            by: way,
            on: day,
            proof: "doručenka 12",
            at: office,
            by: clerk,
            today: today
        )
    }

    func settle(_ id: UUID, _ how: SettlingWay, by clerk: Clerk) async throws {
        try await registry.settle(id, how: how, note: "", at: office, by: clerk, now: Bench.noon)
    }

    func close(_ id: UUID, by clerk: Clerk) async throws {
        try await registry.close(id, at: office, by: clerk, today: Bench.today)
    }

    func prescribe(_ id: UUID, by clerk: Clerk) async throws {
        try await registry.prescribe(
            "dog",
            Money(crowns: 200),
            due: Bench.today + 30,
            in: id,
            paymentPage: { "http://luka.localhost/platba/\($0)" },
            at: office,
            by: clerk,
            now: Bench.noon
        )
    }

    func confirm(_ id: UUID, on day: Day, by clerk: Clerk, now: Date = Bench.noon) async throws {
        try await registry.confirm(id, by: .signedPrint, on: day, at: office, by: clerk, now: now)
    }

    func posting(of id: UUID, takenDown: Day?) -> PostingNote {
        PostingNote(
            noticeID: UUID.v7(),
            caseFileID: id,
            title: "Veřejná vyhláška",
            posted: Bench.today,
            takenDown: takenDown
        )
    }

    func note(_ posting: PostingNote) async throws {
        try await cell.database.tenant(office, as: .system) { tenant in
            try await CaseNotes().notePosting(posting, in: tenant)
        }
    }

    func lapse(of submission: UUID, _ last: Day) throws -> IncomingMessage {
        let message = try Message(
            to: .office(office),
            about: submission,
            ordinal: 2,
            kind: SubmissionLapsed.kind,
            body: SubmissionLapsed(submissionID: submission, lastDay: last)
        )
        return IncomingMessage(
            id: message.id,
            sender: "epom_region",
            recipient: office.rawValue,
            subjectID: submission,
            kind: message.kind,
            body: message.body
        )
    }
}
