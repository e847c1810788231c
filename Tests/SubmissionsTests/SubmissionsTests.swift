import Database
import Foundation
import Logging
import Office
import Region
import Sealing
import Support
import Testing
import Web

@testable import Messages
@testable import Submissions

/// A register with one hosted office that is competent for everything.
private struct OneOffice: OfficeRegister {
    let office: TenantName
    let isHosted: Bool
    var confirmation = ConfirmationRule.none

    private var general: PublicService {
        PublicService(
            code: "obecne-podani",
            name: "Obecné podání",
            level: .chosenOffice,
            criteria: [],
            regime: .byContent,
            confirmation: confirmation,
            law: "500/2004 § 37",
            term: "",
            fee: "0",
            note: "",
            isVerified: true,
            validFrom: Day(of: .distantPast)
        )
    }

    func service(_ code: String, on day: Day) async throws -> PublicService? { general }

    func competentOffice(for question: CompetenceQuestion) async throws -> CompetenceFinding {
        CompetenceFinding(
            outcome: .office(office),
            service: general,
            officeName: "Zkušební obec",
            explanation: ["Úřad jste si zvolili."]
        )
    }

    func name(of office: TenantName) async throws -> String? { "Zkušební obec" }
    func hasFilingRoom(_ office: TenantName) async throws -> Bool { isHosted }
}

private func filing(_ key: [UInt8], host: TenantName, text: String = "ahoj") -> Filing {
    Filing(
        host: host,
        formCode: "obecne-podani",
        formDigest: String(repeating: "0", count: 64),
        serviceCode: "obecne-podani",
        title: "Zkouška",
        answers: "{\"obsah\":[\"\(text)\"]}",
        filledForm: Array("<!doctype html><p>\(text)".utf8),
        attachments: [],
        submitter: Submitter(kind: .person, name: "Jana Zkušební"),
        places: [:],
        chosenOffice: nil,
        idempotencyKey: key,
        userID: nil
    )
}

/// One after another: a relay that drains takes every message of the cell.
@Suite(.serialized) struct SubmissionTests {
    /// Whose relay waits for nobody else's connections: a failure is tried again after a second already.
    static func cell() async throws -> TestCell { try await made.value }

    private static let made = Task { try await TestCell.apart("submissions") }
}

extension SubmissionTests {
    @Suite struct AcceptingTests {
        private let key = HMACKey.random()

        private func counter(_ cell: TestCell, _ office: TenantName, _ rule: ConfirmationRule = .none)
            -> Counter
        {
            Counter(
                database: cell.database,
                register: OneOffice(office: office, isHosted: true, confirmation: rule),
                key: key,
                bell: Bell()
            )
        }

        private func count(_ cell: TestCell, _ id: UUID) async throws -> (submissions: Int, messages: Int) {
            let owner = try await cell.owner()
            let rows = try await owner.rows(
                """
                select (select count(*) from region.submissions where id = \(id)) as submissions,
                    (select count(*) from relay.outbox where subject_id = \(id)) as messages
                """
            ) { row in (submissions: try row["submissions"] as Int, messages: try row["messages"] as Int) }
            return try #require(rows.first)
        }

        /// A double click fifty times over: one submission, one delivery, one receipt.
        @Test func fiftyAtOnceWithOneKeyAreOne() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let counter = counter(cell, office)
            let filing = filing(RandomBytes.make(16), host: office)
            let receipts = try await withThrowingTaskGroup(of: FilingReceipt.self) { group in
                for _ in 0..<50 { group.addTask { try await counter.accept(filing) } }
                return try await group.reduce(into: [FilingReceipt]()) { $0.append($1) }
            }
            #expect(receipts.count == 50)
            #expect(Set(receipts.map(\.code)).count == 1)
            #expect(Set(receipts.map(\.secret)).count == 1)
            let id = try #require(receipts.first?.submissionID)
            #expect(Set(receipts.map(\.submissionID)) == [id])
            let found = try await count(cell, id)
            #expect(found.submissions == 1)
            #expect(found.messages == 1)
        }

        /// The collector of the region's files asks this before it takes an upload away.
        @Test func aSubmissionNamesItsFilesAndNoOthers() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let (own, others) = (Digest(of: "\(UUID())"), Digest(of: "\(UUID())"))
            var filing = filing(RandomBytes.make(16), host: office)
            filing.attachments = [
                AttachedFile(digest: own.hex, name: "a.pdf", mediaType: "application/pdf", bytes: 1)
            ]
            _ = try await counter(cell, office).accept(filing)
            let named = try await cell.database.region {
                try await SubmissionStore.named([others, own], in: $0)
            }
            #expect(named == [own])
        }

        @Test func theSameKeyWithAnotherBodyIsRefused() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let counter = counter(cell, office)
            let key = RandomBytes.make(16)
            _ = try await counter.accept(filing(key, host: office))
            await #expect(throws: SubmissionRefusal.keyReused) {
                try await counter.accept(filing(key, host: office, text: "něco jiného"))
            }
        }

        @Test func isCountedByFormAtItsOffice() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            for key in [RandomBytes.make(16), RandomBytes.make(16)] {
                _ = try await counter(cell, office).accept(filing(key, host: office))
            }
            let used = try await cell.database.region { try await SubmissionStore.usage(at: office, in: $0) }
            #expect(used == ["obecne-podani": 2])
        }

        /// A key belongs to its host: the other office's person gets a submission of their own.
        @Test func theSameKeyAtAnotherOfficeIsAnotherSubmission() async throws {
            let cell = try await SubmissionTests.cell()
            let (a, b) = (try await cell.office(), try await cell.office())
            let key = RandomBytes.make(16)
            let first = try await counter(cell, a).accept(filing(key, host: a))
            let second = try await counter(cell, b).accept(filing(key, host: b))
            #expect(first.submissionID != second.submissionID)
            #expect(first.secret != second.secret)
        }

        @Test func theCodeAloneOpensNothing() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let one = try await counter(cell, office).accept(filing(RandomBytes.make(16), host: office))
            let two = try await counter(cell, office).accept(filing(RandomBytes.make(16), host: office))
            let stranger = try #require(ReadableSecret(two.secret)?.digest)
            let own = try #require(ReadableSecret(one.secret)?.digest)
            let found = try await cell.database.region { region in
                (
                    try await SubmissionStore.submission(code: one.code, secret: stranger, in: region)?.id,
                    try await SubmissionStore.submission(code: one.code, secret: own, in: region)?.id
                )
            }
            #expect(found.0 == nil)
            #expect(found.1 == one.submissionID)
        }

        @Test func unconfirmedOnesLapseAfterTheirLastDayAndNotBefore() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let receipt = try await counter(cell, office, .withinFiveDays)
                .accept(filing(RandomBytes.make(16), host: office))
            let letters = Notices(
                mail: NoMail(),
                hosts: Hosts(domain: "localhost", scheme: "http", port: 80),
                key: key
            )
            let watch = ConfirmationWatch(database: cell.database, notices: letters, bell: Bell())
            let lastDay = confirmationEnd(accepted: Day(of: receipt.acceptedAt))
            _ = try await watch.lapse(today: lastDay)
            #expect(try await status(cell, receipt.submissionID) == .awaitingConfirmation)
            _ = try await watch.lapse(today: lastDay + 1)
            #expect(try await status(cell, receipt.submissionID) == .closedWithoutAction)
        }

        /// Whatever the office reports meanwhile, the list says what the receipt says.
        @Test func theListAndTheReceiptSayTheSame() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let user = UUID.v7()
            var handed = filing(RandomBytes.make(16), host: office)
            handed.userID = user
            let id = try await counter(cell, office, .withinFiveDays).accept(handed).submissionID
            func shown() async throws -> (list: SubmissionLine, receipt: Submission) {
                let (lines, whole) = try await cell.database.region { region in
                    (
                        try await SubmissionStore.own(user, before: nil, rowsMax: 10, in: region),
                        try await SubmissionStore.submission(id, in: region)
                    )
                }
                return (try #require(lines.first), try #require(whole))
            }
            func report(_ report: StatusReport) async throws {
                try await cell.database.region { SubmissionStore.apply(report, in: $0) }
            }
            try await report(StatusReport(submissionID: id, status: .filedElsewhere, at: Date()))
            var (list, receipt) = try await shown()
            #expect(
                receipt.status == .filedElsewhere
                    && receipt.shownStatus(isStranded: false) == .awaitingConfirmation
            )
            #expect(list.shownStatus(isStranded: false) == .awaitingConfirmation)
            #expect(list.isWaiting(isStranded: false) && list.shownStatus(isStranded: true) == .received)
            #expect(list.office == receipt.office && list.reachedAt == receipt.reachedAt)

            let day = try #require(Day("2026-11-25"))
            try await report(
                StatusReport(
                    submissionID: id,
                    status: .registered,
                    event: .confirmed,
                    at: Date(),
                    confirmedBy: .inPerson,
                    confirmedOn: day
                )
            )
            (list, receipt) = try await shown()
            #expect(receipt.shownStatus(isStranded: false) == .registered)
            #expect(list.shownStatus(isStranded: false) == .registered)
            #expect(receipt.confirmedOn == day)
            let page = SubmissionPage(
                receipt,
                [],
                secret: "x",
                isNew: false,
                isStranded: false,
                host: "http://localhost",
                contact: nil,
                payment: nil,
                today: day
            )
            #expect(page.confirmed == "Potvrzeno osobně \(day.czechShort).")
        }

        /// A system that does not tell the day means the day of its report.
        @Test func theDayOfAConfirmationIsThatOfItsReportWhereNoneIsTold() throws {
            let at = try #require(Day("2026-11-25")).start
            var report = StatusReport(submissionID: UUID(), status: .registered, at: at)
            #expect(report.dayConfirmed == nil)
            report.confirmedBy = .dataBox
            #expect(report.dayConfirmed == Day("2026-11-25"))
        }

        private func status(_ cell: TestCell, _ id: UUID) async throws -> SubmissionStatus? {
            try await cell.database.region { try await SubmissionStore.submission(id, in: $0)?.status }
        }
    }
}

private struct NoMail: MailDesk {
    func queue(_ mail: MailDraft, when condition: Condition, in region: RegionTransaction) {}
}

/// Takes deliveries as an office would, once for each message.
private struct Intake: MessageTaker {
    let database: Database
    var kinds: Set<String> { [Delivery.kind] }

    func take(_ message: IncomingMessage) async throws {
        guard let office = TenantName(message.recipient) else { throw PlainRefusal.missing }
        try await database.tenant(office, as: .part("test")) { tenant in
            _ = try await InboxStore.takeIn(message, in: tenant)
        }
    }
}

extension SubmissionTests {
    @Suite struct MessengerTests {
        /// A relay that dies between the office's commit and its own delivers again, and the office takes it once.
        @Test func aRelayThatDiesDeliversAgainAndTheOfficeTakesItOnce() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let counter = Counter(
                database: cell.database,
                register: OneOffice(office: office, isHosted: true),
                key: .random(),
                bell: Bell()
            )
            let receipt = try await counter.accept(filing(RandomBytes.make(16), host: office))
            let intake = Intake(database: cell.database)
            let waiting = try await cell.database.relay { relay in
                try await OutboxStore.due(100_000, in: relay).map(\.message).filter {
                    $0.subjectID == receipt.submissionID
                }
            }
            let message = try #require(waiting.first)
            // The first relay brought it and died before it could delete its row.
            try await intake.take(message)
            let relay = Relay(
                database: cell.database,
                takers: [intake],
                bell: Bell(),
                logger: .init(label: "test")
            )
            try await relay.drain()
            let owner = try await cell.owner()
            let left = try await owner.rows(
                "select id from relay.outbox where subject_id = \(receipt.submissionID)"
            ) { row in try row["id"] as UUID }
            #expect(left.isEmpty)
            let taken = try await cell.database.tenant(office, as: .system) { tenant in
                try await tenant.rows("select message_id from tenant.inbox where message_id = \(message.id)")
                {
                    row in
                    try row["message_id"] as UUID
                }
            }
            #expect(taken.count == 1)
        }

        /// Row-level security: an office cannot write in another's name.
        @Test func aForgedSenderIsRefused() async throws {
            let cell = try await SubmissionTests.cell()
            let (a, b) = (try await cell.office(), try await cell.office())
            await #expect(throws: ServerError.self) {
                try await cell.database.tenant(a, as: .system) { tenant in
                    tenant.run(
                        """
                        insert into relay.outbox (id, sender, recipient, subject_id, ordinal, kind, body)
                        values (\(UUID.v7()), \(b.rawValue), 'region', \(UUID.v7()), 1, 'submission.status', '{}')
                        """
                    )
                }
            }
        }

        /// An office's report about another office's submission changes nothing.
        @Test func aReportAboutAnotherOfficesSubmissionIsRefused() async throws {
            let cell = try await SubmissionTests.cell()
            let (a, b) = (try await cell.office(), try await cell.office())
            let register = OneOffice(office: a, isHosted: true)
            let counter = Counter(database: cell.database, register: register, key: .random(), bell: Bell())
            let receipt = try await counter.accept(filing(RandomBytes.make(16), host: a))
            let taker = StatusTaker(
                database: cell.database,
                register: register,
                notices: Notices(
                    mail: NoMail(),
                    hosts: Hosts(domain: "localhost", scheme: "http", port: 80),
                    key: .random()
                )
            )
            let report = try Message(
                to: .region,
                about: receipt.submissionID,
                ordinal: 1,
                kind: StatusReport.kind,
                body: StatusReport(submissionID: receipt.submissionID, status: .settled, at: Date())
            )
            func from(_ sender: TenantName) -> IncomingMessage {
                IncomingMessage(
                    id: UUID.v7(),
                    sender: sender.rawValue,
                    recipient: "region",
                    subjectID: receipt.submissionID,
                    kind: report.kind,
                    body: report.body
                )
            }
            await #expect(throws: PlainRefusal.self) { try await taker.take(from(b)) }
            try await taker.take(from(a))
            let status = try await cell.database.region { region in
                try await SubmissionStore.submission(receipt.submissionID, in: region)?.status
            }
            #expect(status == .settled)
        }
    }
}
