import Database
import Files
import Foundation
import Office
import Records
import Support
import Web

@testable import NoticeBoard

/// One office with a board, its clerk and its accountant.
struct BoardBench: Sendable {
    let cell: TestCell
    let office: TenantName
    let clerk: Clerk
    let accountant: Clerk
    let board: Board
    let notes = Notes()
    let files: FileStore
    static let today = Day("2026-06-01") ?? Day(of: Date())

    /// Unfurnished is an office older than the categories.
    init(isFurnished: Bool = true) async throws {
        cell = try await TestCell.shared()
        let templates = TestCell.root.appending(path: "TenantTemplates/municipality")
        office = try await cell.office(
            rooms: ["NoticeBoard"],
            furnishers: isFurnished ? [try BoardFurnisher(folder: templates)] : []
        )
        clerk = try await cell.clerk([.clerk], in: office)
        accountant = try await cell.clerk([.accountant], in: office)
        board = Board(database: cell.database, caseFiles: notes)
        files = FileStore(root: NSTemporaryDirectory() + "epom-board-\(UUID())")
    }

    /// The front door on that day, at noon.
    func door(on day: Day = today) throws -> RoomDesk {
        try RoomDesk(
            office,
            rooms: ["NoticeBoard"],
            clerks: [clerk, accountant],
            now: day.start.addingTimeInterval(43_200)
        ) { pages, cookies in
            BoardRoutes(board: board, files: files, pages: pages).routes
                + BoardDeskRoutes(board: board, files: files, pages: pages, cookies: cookies).routes
        }
    }

    func draft(
        _ title: String,
        _ kind: NoticeKind = .publicDecree,
        event: Day? = nil,
        caseFile: UUID? = nil,
        body: String = "Znění."
    ) async throws -> UUID {
        let id = UUID.v7()
        try await board.change(at: office, by: clerk) { tenant in
            NoticeStore.draft(
                NoticeDraft(title: title, kind: kind, body: body, caseFileID: caseFile, event: event),
                id: id,
                by: clerk.name,
                in: tenant
            )
        }
        return id
    }

    /// Drafted and posted on `day` until the last day that its kind asks for.
    @discardableResult
    func post(_ title: String, _ kind: NoticeKind = .publicDecree, event: Day? = nil, on day: Day = today)
        async throws -> UUID
    {
        let id = try await draft(title, kind, event: event)
        let until = NoticePeriod(kind: kind, posted: day, event: event).usualLastDay
        try await board.post(id, until: until, at: office, by: clerk, today: day)
        return id
    }

    func acts(about id: UUID) async throws -> [String] {
        try await cell.database.tenant(office, as: .system) { tenant in
            try await LogStore.lines(about: id, in: tenant).map(\.act)
        }
    }

    func notice(_ id: UUID) async throws -> Notice? {
        try await cell.database.tenant(office, as: .system) { try await NoticeStore.notice(id, in: $0) }
    }
}

/// Keeps what came back to the case file.
final class Notes: CaseFileDesk, @unchecked Sendable {
    private let lock = NSLock()
    private var kept: [PostingNote] = []

    func notePosting(_ note: PostingNote, in tenant: TenantTransaction) async throws { put(note) }

    func caseFile(of referenceNumber: String, in tenant: TenantTransaction) async throws -> UUID? {
        referenceNumber == "OU 7/2026" ? Self.known : nil
    }

    /// The case file of `OU 7/2026`.
    static let known = UUID()

    func noteDiscarding(_ notice: UUID, of caseFile: UUID, in tenant: TenantTransaction) async throws {
        lock.withLock { thrownAway.append(notice) }
    }

    private var thrownAway: [UUID] = []
    var discarded: [UUID] { lock.withLock { thrownAway } }

    func caution(_ referenceNumber: String, of caseFile: UUID, in tenant: TenantTransaction) async throws
        -> String?
    { nil }

    func served(_ referenceNumber: String, of caseFile: UUID, in tenant: TenantTransaction) async throws
        -> Day?
    {
        referenceNumber == "OU/DORUČENO" ? BoardBench.today - 3 : nil
    }

    private func put(_ note: PostingNote) {
        lock.lock()
        defer { lock.unlock() }
        kept.append(note)
    }

    var all: [PostingNote] {
        lock.lock()
        defer { lock.unlock() }
        return kept
    }
}
