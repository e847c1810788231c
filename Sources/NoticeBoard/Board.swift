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

    /// Posts a draft today, as it was typed last; what it corrects comes down in the same act.
    ///
    /// A proposed last day follows the kind and the day typed beside it. A decree that is not in the Collection yet
    /// is posted only where that is meant.
    func post(
        _ id: UUID,
        typed: NoticeDraft? = nil,
        until: Day?,
        isProposed: Bool = false,
        mayLackCollection: Bool = true,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws {
        try await change(at: tenant, by: clerk) { office in
            var notice = try await NoticeStore.lock(id, in: office)
            guard notice.posted == nil else { throw BoardRefusal.hangs }
            if let typed {
                NoticeStore.change(id, to: typed, in: office)
                notice = try await NoticeStore.lock(id, in: office)
            }
            let files = try await NoticeStore.files(of: [id], in: office)
            guard !notice.body.isEmpty || !files.isEmpty else { throw BoardRefusal.empty }
            let period = NoticePeriod(kind: notice.kind, posted: today, event: notice.event)
            let until = isProposed ? period.usualLastDay : until
            try period.check(until: until)
            guard mayLackCollection || !notice.lacksCollection else { throw BoardRefusal.collectionNeeded }
            let caseFile = try await caseFile(of: notice, in: office)
            var former: Notice?
            if let id = notice.revises { former = try await NoticeStore.lock(id, in: office) }
            guard former?.isReplaced != true else { throw BoardRefusal.correctedAlready }
            NoticeStore.post(
                id,
                on: today,
                until: until,
                servedBefore: try await served(notice, in: office),
                caseFile: caseFile,
                by: clerk.name,
                in: office
            )
            if let former, let posted = former.posted, former.takenDown == nil {
                try await record(
                    former,
                    posted: posted,
                    down: today,
                    by: clerk.name,
                    reason: Notice.replaced,
                    in: office
                )
            }
            if let caseFile {
                try await caseFiles.notePosting(
                    PostingNote(
                        noticeID: id,
                        caseFileID: caseFile,
                        title: notice.title,
                        posted: today,
                        takenDown: nil,
                        serves: notice.serves
                    ),
                    in: office
                )
            }
            // The digests say for good what hung there.
            let evidence = (files[id] ?? []).map(\.digest)
            let days = [today.description, until?.description ?? "until replaced"]
            office.record(
                LogEntry("posted", "notice", id, detail: (days + evidence).joined(separator: " "))
            )
        }
    }

    /// The case file to which the note of posting returns: that of the draft, or of the number typed in it.
    func caseFile(of notice: Notice, in office: TenantTransaction) async throws -> UUID? {
        guard notice.posted == nil, notice.caseFileID == nil, !notice.referenceNumber.isEmpty else {
            return notice.caseFileID
        }
        return try await caseFiles.caseFile(of: notice.referenceNumber, in: office)
    }

    /// The day on which what the notice brings from its case file was served already.
    func served(_ notice: Notice, in office: TenantTransaction) async throws -> Day? {
        guard let caseFile = notice.caseFileID, !notice.referenceNumber.isEmpty else { return nil }
        return try await caseFiles.served(notice.referenceNumber, of: caseFile, in: office)
    }

    /// What is to be thought of before a draft from a case file is posted.
    func caution(_ notice: Notice, in office: TenantTransaction) async throws -> String? {
        guard notice.posted == nil, let caseFile = notice.caseFileID, !notice.referenceNumber.isEmpty else {
            return nil
        }
        return try await caseFiles.caution(notice.referenceNumber, of: caseFile, in: office)
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
        guard let kind = NoticeKind(rawValue: kind) else { throw BoardRefusal.unknownKind }
        try await change(at: tenant, by: clerk) { office in
            NoticeStore.draft(
                NoticeDraft(title: title, kind: kind, body: body, event: event),
                id: id,
                by: clerk.name,
                in: office
            )
            office.record(LogEntry("drafted", "notice", id))
        }
        let until = NoticePeriod(kind: kind, posted: today, event: event).usualLastDay
        try await post(id, until: until, at: tenant, by: clerk, today: today)
    }

    func takeDown(_ id: UUID, reason: String, at tenant: TenantName, by clerk: Clerk, today: Day) async throws
    {
        try await change(at: tenant, by: clerk) { office in
            let notice = try await NoticeStore.lock(id, in: office)
            guard let posted = notice.posted, let period = notice.period, notice.takenDown == nil else {
                throw BoardRefusal.notHanging
            }
            let isEarly = period.isEarly(today, announced: notice.hangsUntil)
            guard !isEarly || reason.count >= 3 else { throw BoardRefusal.reasonNeeded }
            try await record(
                notice,
                posted: posted,
                down: today,
                by: clerk.name,
                reason: reason.isEmpty ? nil : reason,
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
                    takenDown: down,
                    earlyReason: reason,
                    serves: notice.serves
                ),
                in: office
            )
        }
        office.record(LogEntry("took down", "notice", notice.id, detail: "\(down) \(reason ?? "")"))
    }

    /// A draft that corrects a posted notice; the period starts anew when it is posted.
    func revise(_ id: UUID, at tenant: TenantName, by clerk: Clerk) async throws -> UUID {
        let new = UUID.v7()
        try await change(at: tenant, by: clerk) { office in
            let old = try await NoticeStore.lock(id, in: office)
            guard old.posted != nil, old.takenDown == nil else { throw BoardRefusal.notHanging }
            let files = try await NoticeStore.files(of: [id], in: office)[id] ?? []
            NoticeStore.draft(
                NoticeDraft(
                    title: old.title,
                    kind: old.kind,
                    body: old.body,
                    referenceNumber: old.referenceNumber,
                    caseFileID: old.caseFileID,
                    event: old.event,
                    collectionCode: old.collectionCode,
                    revises: id,
                    origin: old.origin
                ),
                id: new,
                by: clerk.name,
                in: office
            )
            for file in files { NoticeStore.attach(file, to: new, in: office) }
            office.record(
                LogEntry("drafted", "notice", new, detail: "corrects \(id.uuidString.lowercased())")
            )
        }
        return new
    }

    func discard(_ id: UUID, at tenant: TenantName, by clerk: Clerk) async throws {
        try await change(at: tenant, by: clerk) { office in
            let notice = try await NoticeStore.lock(id, in: office)
            guard notice.posted == nil else { throw BoardRefusal.hangs }
            NoticeStore.discard(id, in: office)
            if let caseFile = notice.caseFileID {
                try await caseFiles.noteDiscarding(id, of: caseFile, in: office)
            }
            office.record(LogEntry("discarded", "notice", id))
        }
    }

    static let filesMax = 20

    /// The files lie in the office's store already; what was typed beside them is kept with them.
    func attach(
        _ files: [AttachedFile],
        typed: NoticeDraft? = nil,
        to id: UUID,
        at tenant: TenantName,
        by clerk: Clerk
    ) async throws {
        try await change(at: tenant, by: clerk) { office in
            guard try await NoticeStore.lock(id, in: office).posted == nil else { throw BoardRefusal.hangs }
            let there = try await NoticeStore.files(of: [id], in: office)[id]?.count ?? 0
            guard there + files.count <= Self.filesMax else { throw BoardRefusal.tooManyFiles }
            if let typed { NoticeStore.change(id, to: typed, in: office) }
            for file in files {
                NoticeStore.attach(file, to: id, in: office)
                office.record(LogEntry("attached", "notice", id, detail: file.digest))
            }
        }
    }

    func leaveOut(
        _ digest: String,
        typed: NoticeDraft? = nil,
        of id: UUID,
        at tenant: TenantName,
        by clerk: Clerk
    ) async throws {
        try await change(at: tenant, by: clerk) { office in
            guard try await NoticeStore.lock(id, in: office).posted == nil else { throw BoardRefusal.hangs }
            if let typed { NoticeStore.change(id, to: typed, in: office) }
            NoticeStore.leaveOut(digest, of: id, in: office)
            office.record(LogEntry("left out", "notice", id, detail: digest))
        }
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

    /// Sweeps every office with a board, soon after midnight and once an hour, until cancelled.
    package func run(_ tenants: @Sendable () -> [TenantName]) async throws {
        while true {
            let now = Date()
            // An office that cannot be reached now is swept the next time.
            for tenant in tenants() { _ = try? await sweep(tenant, today: Day(of: now)) }
            let midnight = (Day(of: now) + 1).start.timeIntervalSince(now) + 1
            try await Task.sleep(for: .seconds(min(3600, max(1, midnight))))
        }
    }

    /// Which of these files the office's notices name, for the collector.
    package func named(_ digests: [String], in tenant: TenantTransaction) async throws -> Set<String> {
        try await NoticeStore.named(digests, in: tenant)
    }
}

extension Board: BoardDesk {
    package func draft(_ request: NoticeRequest, in tenant: TenantTransaction) async throws -> UUID {
        guard let kind = NoticeKind(rawValue: request.kind) else { throw BoardRefusal.unknownKind }
        let id = UUID.v7()
        NoticeStore.draft(
            NoticeDraft(
                title: String(request.title.prefix(300)),
                kind: kind,
                body: request.files.isEmpty ? request.title : "",
                referenceNumber: request.referenceNumber,
                caseFileID: request.caseFileID,
                origin: request.origin
            ),
            id: id,
            by: "spis",
            in: tenant
        )
        for file in request.files { NoticeStore.attach(file, to: id, in: tenant) }
        tenant.record(LogEntry("drafted", "notice", id, detail: request.referenceNumber))
        return id
    }
}
