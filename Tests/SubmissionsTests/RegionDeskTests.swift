import Database
import Files
import Foundation
import Logging
import Office
import Post
import Sealing
import Support
import Testing

@testable import Messages
@testable import Submissions

/// A register whose rules name this office, or none; whatever is asked, it has no filing room here.
private struct Elsewhere: OfficeRegister {
    let office: TenantName?

    func service(_ code: String, on day: Day) async throws -> PublicService? { nil }

    func competentOffice(for question: CompetenceQuestion) async throws -> CompetenceFinding {
        CompetenceFinding(
            outcome: office.map { .office($0) } ?? .undecidable,
            service: PublicService(
                code: "povoleni-zameru",
                name: "Žádost o povolení stavebního záměru",
                level: .buildingOffice,
                criteria: [.realEstate],
                regime: .building,
                confirmation: .withinFiveDays,
                law: "283/2021",
                term: "",
                fee: "",
                note: "",
                isVerified: false,
                validFrom: Day(of: .distantPast)
            ),
            officeName: office.map { _ in "Město" },
            explanation: ["Registr nezná obvod."]
        )
    }

    func name(of office: TenantName) async throws -> String? { "Město" }
    func hasFilingRoom(_ office: TenantName) async throws -> Bool { false }
}

private struct NoDesk: FilingDesk {
    func register(_ delivery: Delivery, message: IncomingMessage, at tenant: TenantName) async throws {
        Issue.record("nobody has a filing room here")
    }
}

private func filing() -> Filing {
    Filing(
        host: nil,
        formCode: "zkouska",
        formDigest: String(repeating: "0", count: 64),
        serviceCode: "povoleni-zameru",
        title: "Zkouška",
        answers: "{}",
        filledForm: Array("<!doctype html><p>x".utf8),
        attachments: [],
        submitter: Submitter(kind: .person, name: "Jana Zkušební"),
        places: [:],
        chosenOffice: nil,
        idempotencyKey: RandomBytes.make(16),
        userID: nil
    )
}

extension SubmissionTests {
    @Suite struct RegionDeskTests {
        private func accept(_ office: TenantName?, _ cell: TestCell) async throws -> UUID {
            let register = Elsewhere(office: office)
            let counter = Counter(database: cell.database, register: register, key: .random(), bell: Bell())
            return try await counter.accept(filing()).submissionID
        }

        private func relay(_ cell: TestCell, _ office: TenantName) -> Relay {
            let taker = DeliveryTaker(
                database: cell.database,
                register: Elsewhere(office: office),
                files: FileStore(root: FileManager.default.temporaryDirectory.path),
                desk: NoDesk(),
                client: WebhookClient(network: .open),
                bell: Bell()
            )
            return Relay(
                database: cell.database,
                takers: [taker],
                bell: Bell(),
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
        }

        private func story(_ id: UUID, _ cell: TestCell) async throws -> MessageStory? {
            try await cell.database.region { region in
                let waiting = try await OutboxStore.waiting(about: id, rowsMax: 2, in: region)
                guard let message = waiting.first else { return nil }
                return try await OutboxStore.story(of: message.id, in: region)
            }
        }

        /// An office with neither a filing room here nor a system of its own connected: it waits, with its story.
        @Test func whatNobodyCanTakeWaitsAndTellsWhy() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let id = try await accept(office, cell)
            let relay = relay(cell, office)
            for tries in 1...3 {
                try await relay.drain()
                let story = try #require(try await story(id, cell))
                #expect(story.message.attempts == tries)
                #expect(story.failures.count == tries)
                #expect(story.failures.allSatisfy { $0.why.contains("Podání čeká") && $0.at != nil })
                // A failure is told to the second.
                let failedAt = try #require(story.failures.last?.at)
                let pause = Double(Backoff.seconds(after: tries - 1))
                #expect((pause..<pause + 1).contains(story.message.nextAttemptAt.timeIntervalSince(failedAt)))
                try await cell.database.region { OutboxStore.replayAll(to: office, in: $0) }
            }
            let queues = try await cell.database.region { try await OutboxStore.queues(in: $0) }
            #expect(queues.offices[office]?.waiting == 1)
            #expect(queues.stuck >= 1)
        }

        @Test func onlyTheLastTwentyTriesAreTold() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let id = try await accept(office, cell)
            let relay = relay(cell, office)
            for _ in 1...22 {
                try await relay.drain()
                try await cell.database.region { OutboxStore.replayAll(to: office, in: $0) }
            }
            let story = try #require(try await story(id, cell))
            #expect(story.message.attempts == 22)
            #expect(story.failures.count == 20)
        }

        /// An address that leads to this machine or to a private network opens nothing.
        @Test(arguments: ["http://127.0.0.1:9/", "https://10.0.0.1/", "https://169.254.169.254/latest/"])
        func anAddressInAPrivateNetworkIsNotCalled(_ address: String) async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let id = try await accept(office, cell)
            try await cell.database.region { region in
                SubmissionStore.setWebhook(
                    of: office,
                    address: address,
                    key: HMACKey.random().text,
                    in: region
                )
            }
            try await relay(cell, office).drain()
            let story = try #require(try await story(id, cell))
            #expect(story.message.lastError?.contains("soukromé sítě") == true)
        }

        @Test func theDeskDecidesOnce() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            let id = try await accept(nil, cell)
            let before = try await cell.database.region { region in
                (
                    try await SubmissionStore.undecidedCount(in: region),
                    try await SubmissionStore.undecided(in: region).map(\.id)
                )
            }
            #expect(before.0 >= 1)
            #expect(before.1.contains(id))
            #expect(try await story(id, cell) == nil)
            func decide() async throws -> Int? {
                try await cell.database.region { region in
                    try await SubmissionStore.decide(
                        id,
                        office: office,
                        name: "Město",
                        reason: "Obvod stavebního úřadu podle vyhlášky.",
                        reached: nil,
                        confirmBy: Day(of: Date()) + 5,
                        in: region
                    )
                }
            }
            #expect(try await decide() == 2)
            #expect(try await decide() == nil)
            let submission = try await cell.database.region {
                try await SubmissionStore.submission(id, in: $0)
            }
            #expect(submission?.office == office)
            #expect(submission?.explanation.last?.contains("vyhlášky") == true)
            #expect(submission?.confirmBy == Day(of: Date()) + 5)
        }

        @Test func theMonthsCountWhatWasHandedIn() async throws {
            let cell = try await SubmissionTests.cell()
            let office = try await cell.office()
            for _ in 1...3 { _ = try await accept(office, cell) }
            let today = Day(of: Date())
            let first = try #require(Day(year: today.date.year, month: today.date.month, day: 1))
            func count(since day: Day) async throws -> Int {
                try await cell.database.region { try await SubmissionStore.months(since: day, in: $0) }
                    .filter { $0.office == office && $0.month == first }.reduce(0) { $0 + $1.count }
            }
            #expect(try await count(since: first) == 3)
            #expect(try await count(since: today + 1) == 0)
        }
    }
}
