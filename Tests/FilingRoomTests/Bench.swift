import Database
import Files
import Foundation
import Messages
import Office
import Support
import Synchronization

@testable import FilingRoom

/// An office with a filing room as a new village gets it, and the ways by which things come to it.
struct Bench: Sendable {
    let cell: TestCell
    let office: TenantName
    let registry: Registry
    let board = PaperBoard()
    let books = PaperBooks()

    init(rooms: [String] = ["FilingRoom"]) async throws {
        cell = try await TestCell.shared()
        let template = TestCell.root.appending(path: "TenantTemplates/municipality")
        let furnishers: [any RoomFurnisher] =
            rooms.contains("FilingRoom") ? [try FilingFurnisher(folder: template)] : []
        office = try await cell.office(rooms: rooms, furnishers: furnishers)
        let store = TestCell.root.appending(path: "var/test/filing-\(UUID())").path
        registry = Registry(
            database: cell.database,
            files: FileStore(root: store),
            bell: Bell(),
            board: board,
            books: books
        )
    }

    static func instant(_ text: String) throws -> Date { try Date(text, strategy: .iso8601) }

    static let catalogue = Catalogue()
    static let noon = Date(timeIntervalSince1970: 1_795_518_000)  // 24 November 2026, 12:00 in Prague.
    static var today: Day { Day(of: noon) }

    func delivery(
        service: String = "kaceni-drevin",
        regime: Regime = .administrative,
        title: String = "Žádost o povolení ke kácení dřevin",
        name: String = "Jana Dvořáková",
        reached: Date = Bench.noon,
        confirmBy: Day? = nil
    ) -> Delivery {
        Delivery(
            submissionID: UUID.v7(),
            code: "KOD-" + String((0..<8).map { _ in "ABCDEFGH".randomElement() ?? "A" }),
            serviceCode: service,
            serviceName: title,
            regime: regime,
            title: title,
            submitter: Submitter(kind: .person, name: name, address: "Lípová 1, Luka"),
            answers: "{}",
            filledForm: AttachedFile(
                digest: String(repeating: "ab", count: 32),
                name: "vyplneny-formular.html",
                mediaType: "text/html",
                bytes: 10
            ),
            attachments: [],
            acceptedAt: reached,
            reachedAt: reached,
            explanation: ["Kácení povoluje obec, v níž strom roste."],
            confirmation: confirmBy == nil ? .none : .withinFiveDays,
            confirmBy: confirmBy
        )
    }

    func message(_ delivery: Delivery, id: UUID = UUID.v7()) -> IncomingMessage {
        IncomingMessage(
            id: id,
            sender: "epom_region",
            recipient: office.rawValue,
            subjectID: delivery.submissionID,
            kind: Delivery.kind,
            body: "{}"
        )
    }

    /// Delivers and returns the case file that was opened.
    @discardableResult
    func deliver(_ delivery: Delivery) async throws -> CaseFile {
        try await registry.register(delivery, message: message(delivery), at: office)
        let found = try await cell.database.tenant(office, as: .system) { tenant in
            try await FilingStore.caseFile(submission: delivery.submissionID, in: tenant)
        }
        guard let found else { throw PlainRefusal.missing }
        return found
    }

    func caseFile(_ id: UUID) async throws -> CaseFile {
        let found = try await cell.database.tenant(office, as: .system) { tenant in
            try await FilingStore.caseFile(id, in: tenant)
        }
        guard let found else { throw PlainRefusal.missing }
        return found
    }

    func documents(of id: UUID) async throws -> [Document] {
        try await cell.database.tenant(office, as: .system) { tenant in
            try await FilingStore.documents(of: id, in: tenant)
        }
    }

    func search(_ text: String) async throws -> [String] {
        try await cell.database.tenant(office, as: .system) { tenant in
            guard let query = prefixQuery(text) else { return [] }
            return try await RegisterListStore.search(query, seesFees: true, rowsMax: 50, in: tenant).map(
                \.referenceNumber
            )
        }
    }

    /// What the region was told about a submission, in order.
    func reports(about submission: UUID?) async throws -> [StatusReport] {
        let bodies = try await cell.database.relay { relay in
            try await relay.rows(
                """
                select body::text as body from relay.outbox
                where subject_id = \(submission ?? UUID()) order by ordinal
                """
            ) { row in try row["body"] as String }
        }
        return try bodies.map { body in
            try IncomingMessage(
                id: UUID(),
                sender: office.rawValue,
                recipient: "region",
                subjectID: UUID(),
                kind: StatusReport.kind,
                body: body
            ).read(StatusReport.self)
        }
    }
}

/// A board that keeps what it was asked to draft.
final class PaperBoard: BoardDesk {
    private let drafts = Mutex<[NoticeRequest]>([])
    var drafted: [NoticeRequest] { drafts.withLock { $0 } }

    func draft(_ request: NoticeRequest, in tenant: TenantTransaction) async throws -> UUID {
        drafts.withLock { $0.append(request) }
        return UUID.v7()
    }
}

/// Books that keep what they were asked to prescribe.
final class PaperBooks: ReceivableDesk {
    private let fees = Mutex<[FeePrescription]>([])
    var prescribed: [FeePrescription] { fees.withLock { $0 } }

    func prescribe(_ fee: FeePrescription, in tenant: TenantTransaction) async throws {
        fees.withLock { $0.append(fee) }
    }

    /// Fees that were cancelled, with who answers for it.
    private let reversals = Mutex<[UUID: String]>([:])
    var cancelled: [UUID: String] { reversals.withLock { $0 } }

    func cancel(_ fee: UUID, by clerk: String, on day: Day, in tenant: TenantTransaction) async throws -> Bool
    {
        reversals.withLock { reversed in
            guard reversed[fee] == nil else { return false }
            reversed[fee] = clerk
            return true
        }
    }

    func fee(_ id: UUID, in tenant: TenantTransaction) async throws -> FeeState? {
        prescribed.first { $0.id == id }.map { fee in
            let amount = Money(hellers: fee.hellers)
            return FeeState(amount: amount, rest: amount, due: fee.due, isCancelled: cancelled[id] != nil)
        }
    }
}

/// A register of three offices and the services of the template.
struct Catalogue: OfficeCatalogue {
    let offices = [
        ("m_563510", "Jablonec nad Nisou"), ("m_564028", "Frýdlant"),
        ("k_78", "Krajský úřad Libereckého kraje"),
    ]
    .compactMap { code, label in TenantName(code).map { OfficeName(tenant: $0, label: label) } }

    let services = [
        ("kaceni-drevin", "Žádost o povolení ke kácení dřevin", Regime.administrative),
        ("pes-ohlaseni", "Ohlášení psa", .tax), ("informace-106", "Žádost o informace", .information),
    ].map { code, name, regime in
        PublicService(
            code: code,
            name: name,
            level: .municipality,
            criteria: [],
            regime: regime,
            confirmation: .none,
            law: "",
            term: "",
            fee: "",
            note: "",
            isVerified: true,
            validFrom: Day(of: .distantPast)
        )
    }
}
