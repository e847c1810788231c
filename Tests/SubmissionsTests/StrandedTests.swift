import Database
import Files
import Foundation
import Logging
import Office
import Post
import Sealing
import Support
import Synchronization
import Testing

@testable import Messages
@testable import Submissions

/// A register that names one office, which has no filing room here until it is given one.
private final class Newcomer: OfficeRegister, FilingDesk {
    let office: TenantName
    let isHosted = Mutex(false)
    let brought = Mutex<[Delivery]>([])

    init(_ office: TenantName) { self.office = office }

    func competentOffice(for question: CompetenceQuestion) async throws -> CompetenceFinding {
        CompetenceFinding(
            outcome: .office(office),
            service: PublicService(
                code: "zavada",
                name: "Oznámení závady",
                level: .municipality,
                criteria: [.placeOfActivity],
                regime: .administrative,
                confirmation: .withinFiveDays,
                law: "500/2004 § 42",
                term: "",
                fee: "",
                note: "",
                isVerified: false,
                validFrom: Day(of: .distantPast)
            ),
            officeName: "Hejnice",
            explanation: []
        )
    }

    func service(_ code: String, on day: Day) async throws -> PublicService? { nil }
    func name(of office: TenantName) async throws -> String? { "Hejnice" }
    func hasFilingRoom(_ office: TenantName) async throws -> Bool { isHosted.withLock { $0 } }

    func register(_ delivery: Delivery, message: IncomingMessage, at tenant: TenantName) async throws {
        brought.withLock { $0.append(delivery) }
    }
}

extension SubmissionTests {
    /// What is handed in for an office that is neither here nor connected.
    @Suite struct StrandedTests {
        private struct Bench {
            let cell: TestCell
            let register: Newcomer
            let counter: Counter
            let id: UUID
            let today = Day(of: Date())

            init() async throws {
                cell = try await SubmissionTests.cell()
                register = Newcomer(try await cell.office())
                counter = Counter(database: cell.database, register: register, key: .random(), bell: Bell())
                let filing = Filing(
                    host: nil,
                    formCode: "zavada",
                    formDigest: String(repeating: "0", count: 64),
                    serviceCode: "zavada",
                    title: "Závada",
                    answers: "{}",
                    filledForm: Array("<!doctype html><p>x".utf8),
                    attachments: [],
                    submitter: Submitter(kind: .person, name: "Jana Zkušební"),
                    places: [:],
                    chosenOffice: nil,
                    idempotencyKey: RandomBytes.make(16),
                    userID: nil
                )
                id = try await counter.accept(filing).submissionID
            }

            /// As if it had been handed in three weeks ago.
            func age() async throws {
                let owner = try await cell.owner()
                try await owner.change(
                    """
                    update region.submissions set accepted_at = accepted_at - interval '21 days',
                        confirm_by = confirm_by - 21 where id = \(id)
                    """
                )
                let since = Date().timeIntervalSinceReferenceDate - 21 * 86_400
                try await owner.change(
                    """
                    update relay.outbox set body = jsonb_set(body, '{reachedAt}', to_jsonb(\(String(since))::text::float8))
                    where subject_id = \(id)
                    """
                )
            }

            func drain() async throws {
                try await cell.database.region { OutboxStore.replayAll(to: register.office, in: $0) }
                let taker = DeliveryTaker(
                    database: cell.database,
                    register: register,
                    files: FileStore(root: FileManager.default.temporaryDirectory.path),
                    desk: register,
                    client: WebhookClient(network: .open),
                    bell: Bell()
                )
                try await Relay(
                    database: cell.database,
                    takers: [taker],
                    bell: Bell(),
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                ).drain()
            }

            func submission() async throws -> Submission {
                try #require(
                    try await cell.database.region { try await SubmissionStore.submission(id, in: $0) }
                )
            }

            /// Of this one alone: other tests leave messages behind that are due meanwhile.
            var brought: [Delivery] {
                register.brought.withLock { $0.filter { $0.submissionID == id } }
            }

            func isWaiting() async throws -> Bool {
                try await cell.database.region {
                    try await !OutboxStore.waiting(about: id, rowsMax: 1, in: $0).isEmpty
                }
            }

            func note(_ status: SubmissionStatus, _ reference: String) async throws {
                let report = StatusReport(
                    submissionID: id,
                    status: status,
                    event: status == .filedElsewhere ? .handedOver : nil,
                    at: Date(),
                    referenceNumber: reference
                )
                try await cell.database.region {
                    try await Progress.note(report, officeName: nil, mail: nil, in: $0)
                }
            }
        }

        @Test func `is told apart from what gets there`() async throws {
            let bench = try await Bench()
            #expect(try await !bench.counter.reaches(bench.register.office))
            try await bench.cell.database.region { region in
                SubmissionStore.setWebhook(
                    of: bench.register.office,
                    address: "https://example.org/",
                    key: HMACKey.random().text,
                    in: region
                )
            }
            #expect(try await bench.counter.reaches(bench.register.office))
            let another = try await bench.cell.office()
            #expect(try await !bench.counter.reaches(another))
            bench.register.isHosted.withLock { $0 = true }
            #expect(try await bench.counter.reaches(another))
        }

        /// § 37(6) of act 500/2004: it is made on the day on which it reaches the office.
        @Test func `has its term of confirmation from the day it arrives`() async throws {
            let bench = try await Bench()
            try await bench.age()
            try await bench.drain()
            #expect(bench.brought.isEmpty)
            #expect(try await bench.isWaiting())
            bench.register.isHosted.withLock { $0 = true }
            try await bench.drain()
            let delivery = try #require(bench.brought.first)
            #expect(delivery.confirmBy == confirmationEnd(accepted: bench.today))
            #expect(Day(of: delivery.reachedAt) == bench.today)
            try await bench.note(.registered, "MUHE 1/2026")
            let submission = try await bench.submission()
            #expect(submission.confirmBy == delivery.confirmBy && submission.status == .awaitingConfirmation)
            let lapsed = try await bench.cell.database.region {
                try await SubmissionStore.lapse(before: bench.today, in: $0)
            }
            #expect(!lapsed.contains { $0.id == bench.id }, "its first day is not its last")
        }

        @Test func `is not brought once the region handed it over by other means`() async throws {
            let bench = try await Bench()
            try await bench.age()
            try await bench.note(.filedElsewhere, "MUHE 7/2026")
            bench.register.isHosted.withLock { $0 = true }
            try await bench.drain()
            #expect(bench.brought.isEmpty)
            #expect(try await !bench.isWaiting())
            let submission = try await bench.submission()
            #expect(submission.referenceNumber == "MUHE 7/2026" && submission.reachedAt != nil)
            #expect(submission.registeredAt == nil, "nobody told when the office registered it")
        }

        @Test func `waits no more from the moment it is noted as handed over`() async throws {
            let bench = try await Bench()
            func close() async throws -> Bool {
                try await bench.cell.database.region { region in
                    let waiting = try await OutboxStore.waiting(about: bench.id, rowsMax: 1, in: region)
                    return try await SubmissionStore.closeDelivery(try #require(waiting.first).id, in: region)
                }
            }
            #expect(try await !close(), "nobody handed it over yet")
            #expect(try await bench.isWaiting())
            try await bench.note(.filedElsewhere, "MUHE 7/2026")
            #expect(try await close())
            #expect(try await !bench.isWaiting())
        }

        @Test func `is handed over on a day between its coming and today`() throws {
            let accepted = try #require(Day("2026-11-20"))
            func entry(_ way: String?, _ day: String?, _ reference: String? = nil) throws -> HandOver {
                try HandOver(
                    HandOver.Form(way: way, day: day, reference: reference),
                    accepted: accepted,
                    today: accepted + 5
                )
            }
            #expect(try entry("post", "2026-11-20", "  ").reference == nil)
            #expect(try entry("dataBox", "2026-11-25", " MUHE 1 ").reference == "MUHE 1")
            func faults(_ way: String?, _ day: String?, _ reference: String? = nil) -> Set<String> {
                do { _ = try entry(way, day, reference) } catch let refusal as HandOverRefusal {
                    return Set(refusal.fields.keys)
                } catch {
                    Issue.record(error)
                }
                return []
            }
            #expect(faults("post", "2026-11-19") == ["day"])
            #expect(faults("post", "2026-11-26") == ["day"])
            #expect(faults("post", "včera") == ["day"])
            #expect(faults("email", "2026-11-25") == ["way"])
            #expect(faults(nil, nil, String(repeating: "1", count: 101)) == ["way", "day", "reference"])
        }
    }
}
