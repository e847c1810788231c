package import Database
package import Foundation
package import Office
import Records

/// What is done with the board: drafting, posting, taking down, each with its log entry.
package struct Board: Sendable {
    let database: Database
    let caseFiles: any CaseFileDesk

    package init(database: Database, caseFiles: any CaseFileDesk) {
        self.database = database
        self.caseFiles = caseFiles
    }

    func change<Result>(
        at tenant: TenantName,
        by clerk: Clerk,
        _ body: (TenantTransaction) async throws -> Result
    ) async throws -> Result {
        try await refusing(["notice_posted": BoardRefusal.hangs]) {
            try await database.tenant(
                tenant,
                as: clerk.actor,
                needing: Permission.postNotices.rawValue,
                body
            )
        }
    }

    func post(_ id: UUID, until: Day, at tenant: TenantName, by clerk: Clerk, today: Day) async throws {
        try await change(at: tenant, by: clerk) { office in
            let notice = try await NoticeStore.lock(id, in: office)
            guard notice.posted == nil else { throw BoardRefusal.hangs }
            let files = try await NoticeStore.files(of: [id], in: office)
            guard !notice.body.isEmpty || !files.isEmpty else { throw BoardRefusal.empty }
            try notice.kind.rule.check(posted: today, until: until, event: notice.event)
            NoticeStore.post(id, on: today, until: until, by: clerk.name, in: office)
            if let caseFile = notice.caseFileID {
                try await caseFiles.notePosting(
                    PostingNote(
                        noticeID: id,
                        caseFileID: caseFile,
                        title: notice.title,
                        posted: today,
                        takenDown: nil
                    ),
                    in: office
                )
            }
            office.record(LogEntry("posted", "notice", id, detail: "\(today) \(until)"))
        }
    }

    /// A notice drafted and posted at once for as long as its kind asks.
    package func post(
        title: String,
        kind: String,
        body: String,
        event: Day?,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws {
        let id = UUID.v7()
        let kind = NoticeKind(rawValue: kind) ?? .other
        try await change(at: tenant, by: clerk) { office in
            NoticeStore.draft(
                NoticeDraft(title: title, kind: kind, body: body, event: event),
                id: id,
                by: clerk.name,
                in: office
            )
            office.record(LogEntry("drafted", "notice", id))
        }
        let until = max(kind.rule.earliestLastDay(posted: today), today + 15)
        try await post(id, until: until, at: tenant, by: clerk, today: today)
    }

    func takeDown(_ id: UUID, reason: String, at tenant: TenantName, by clerk: Clerk, today: Day) async throws
    {
        try await change(at: tenant, by: clerk) { office in
            let notice = try await NoticeStore.lock(id, in: office)
            guard let posted = notice.posted, let until = notice.hangsUntil, notice.takenDown == nil else {
                throw BoardRefusal.notHanging
            }
            let isEarly = today <= until
            guard !isEarly || reason.count >= 3 else { throw BoardRefusal.reasonNeeded }
            try await record(
                notice,
                posted: posted,
                down: today,
                by: clerk.name,
                reason: isEarly ? reason : nil,
                in: office
            )
        }
    }

    private func record(
        _ notice: Notice,
        posted: Day,
        down: Day,
        by name: String,
        reason: String?,
        in office: TenantTransaction
    ) async throws {
        NoticeStore.takeDown(notice.id, on: down, by: name, reason: reason, in: office)
        if let caseFile = notice.caseFileID {
            try await caseFiles.notePosting(
                PostingNote(
                    noticeID: notice.id,
                    caseFileID: caseFile,
                    title: notice.title,
                    posted: posted,
                    takenDown: down
                ),
                in: office
            )
        }
        office.record(LogEntry("took down", "notice", notice.id, detail: "\(down) \(reason ?? "")"))
    }

    /// Records the taking down of what has hung its time; the public stopped seeing it on the day itself.
    package func sweep(_ tenant: TenantName, today: Day) async throws -> Int {
        try await database.tenant(tenant, as: .part("board")) { office in
            let overdue = try await NoticeStore.overdue(on: today, in: office)
            for notice in overdue {
                guard let posted = notice.posted, let until = notice.hangsUntil else { continue }
                try await record(
                    notice,
                    posted: posted,
                    down: until + 1,
                    by: "systém",
                    reason: nil,
                    in: office
                )
            }
            return overdue.count
        }
    }

    /// Sweeps every office with a board once an hour, until cancelled.
    package func run(_ tenants: @Sendable () -> [TenantName]) async throws {
        while true {
            for tenant in tenants() { _ = try? await sweep(tenant, today: Day(of: Date())) }
            try await Task.sleep(for: .seconds(3600))
        }
    }
}

extension Board: BoardDesk {
    package func draft(_ request: NoticeRequest, in tenant: TenantTransaction) async throws -> UUID {
        let id = UUID.v7()
        NoticeStore.draft(
            NoticeDraft(
                title: String(request.title.prefix(300)),
                kind: NoticeKind(rawValue: request.kind) ?? .other,
                body: request.files.isEmpty ? request.title : "",
                referenceNumber: request.referenceNumber,
                caseFileID: request.caseFileID
            ),
            id: id,
            by: "spis",
            in: tenant
        )
        for file in request.files { NoticeStore.attach(file, to: id, in: tenant) }
        return id
    }
}
