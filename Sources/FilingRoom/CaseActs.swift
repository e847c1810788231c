package import Database
import Files
package import Foundation
import Messages
package import Office
import Records
import Sealing

/// What a clerk does with a case file; each act is one transaction with its log entry and its message.
extension Registry {
    func act<Result>(
        at tenant: TenantName,
        by clerk: Clerk,
        _ body: (TenantTransaction) async throws -> Result
    ) async throws -> Result {
        let refusals: [String: any Refusal] = [
            "case_file_closed": FilingRefusal.closed, "entries_period": FilingRefusal.booksLocked,
        ]
        let result = try await refusing(refusals) {
            try await database.tenant(
                tenant,
                as: clerk.actor,
                needing: Permission.handleCases.rawValue,
                body
            )
        }
        bell.ring()
        return result
    }

    /// Locks the case file; what the clerk may not know of is not there.
    func seen(_ id: UUID, to act: CaseFile.Act? = nil, by clerk: Clerk, in office: TenantTransaction)
        async throws -> CaseFile
    {
        let file = try await FilingStore.lock(id, in: office)
        guard clerk.sees(file.regime) else { throw PlainRefusal.missing }
        if let act { try file.mustAllow(act) }
        return file
    }

    package func take(_ id: UUID, at tenant: TenantName, by clerk: Clerk, now: Date) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .take, by: clerk, in: office)
            FilingStore.assign(
                id,
                to: clerk.userID,
                taken: Day(of: now),
                routing: "Převzal(a) \(clerk.name).",
                in: office
            )
            try await Self.tell(
                .assigned,
                .assigned,
                of: file,
                at: now,
                note: "Vaši věc má na starosti \(clerk.publicName).",
                assignee: clerk.publicName,
                in: office
            )
            office.record(LogEntry("took over", "case file", id))
        }
    }

    package func assign(_ id: UUID, to user: UUID, at tenant: TenantName, by clerk: Clerk, now: Date)
        async throws
    {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .assign, by: clerk, in: office)
            guard let person = try await ClerkStore.clerk(user, in: office) else {
                throw FilingRefusal.unknownClerk
            }
            guard person.may(.registerMail) else { throw FilingRefusal.notOfFilingRoom }
            guard person.sees(file.regime) else { throw FilingRefusal.feeKeeperOnly }
            FilingStore.assign(
                id,
                to: user,
                taken: nil,
                routing: "Přidělil(a) \(clerk.name).",
                in: office
            )
            try await Self.tell(
                .assigned,
                .assigned,
                of: file,
                at: now,
                note: "Vaše věc je přidělena: \(person.publicName).",
                assignee: person.publicName,
                in: office
            )
            office.record(LogEntry("assigned", "case file", id, detail: person.name))
        }
    }

    /// `day` is when the confirmation came: later than the last day it is a new submission.
    package func confirm(
        _ id: UUID,
        by means: ConfirmationMeans,
        on day: Day,
        at tenant: TenantName,
        by clerk: Clerk,
        now: Date
    ) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .confirm, by: clerk, in: office)
            try await confirm(file, by: means, on: day, at: now, in: office)
        }
    }

    func confirm(
        _ file: CaseFile,
        by means: ConfirmationMeans,
        on day: Day,
        at now: Date,
        in office: TenantTransaction
    ) async throws {
        guard day <= Day(of: now) else { throw FilingRefusal.futureDay }
        guard day >= file.opened else { throw FilingRefusal.confirmedBeforeArrival(file.opened) }
        if let last = file.confirmBy, day > last { throw FilingRefusal.tooLateToConfirm }
        FilingStore.confirm(file.id, by: means, on: day, in: office)
        try await Self.tell(
            file.taken == nil ? .registered : .assigned,
            .confirmed,
            of: file,
            at: now,
            note: "Podání bylo \(day.czechShort) potvrzeno \(means.czech).",
            confirmedBy: means,
            confirmedOn: day,
            in: office
        )
        office.record(LogEntry("confirmed", "case file", file.id, detail: means.rawValue))
    }

    func setPlan(_ code: String, of id: UUID, at tenant: TenantName, by clerk: Clerk) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, by: clerk, in: office)
            guard file.closed == nil else { throw FilingRefusal.closed }
            guard try await FilingPlanStore.plan(in: office).contains(where: { $0.code == code }) else {
                throw FilingRefusal.planNeeded
            }
            FilingStore.setPlan(code, of: id, in: office)
            office.record(LogEntry("classified", "case file", id, detail: code))
        }
    }

    /// What was called for came on `day`: the clock runs on from where it stood (§ 65(1) of act 500/2004).
    func resume(_ id: UUID, on day: Day? = nil, at tenant: TenantName, by clerk: Clerk, now: Date)
        async throws
    {
        let day = day ?? Day(of: now)
        guard day <= Day(of: now) else { throw FilingRefusal.futureDay }
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .resume, by: clerk, in: office)
            try await resume(file, on: day, at: now, in: office)
        }
    }

    func resume(_ file: CaseFile, on day: Day, at now: Date, in office: TenantTransaction) async throws {
        guard let paused = file.paused else { throw FilingRefusal.notPaused }
        let stood = file.pausedDays + max(0, day - paused)
        let due = file.due(pausedDays: stood, extendedDays: file.extendedDays)
        FilingStore.resume(file.id, pausedDays: stood, due: due, in: office)
        try await Self.tell(
            .assigned,
            .supplemented,
            of: file,
            at: now,
            note: "Doplnění došlo, úřad pokračuje.",
            deadline: due,
            in: office
        )
        office.record(LogEntry("resumed", "case file", file.id, detail: due?.description ?? ""))
    }

    /// Prolongs the term once, for a reason of the law; the person is told it.
    func extend(_ id: UUID, reason: String, at tenant: TenantName, by clerk: Clerk, now: Date) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .extend, by: clerk, in: office)
            let documents = try await FilingStore.documents(of: id, in: office)
            guard file.issued(documents.issued) == nil else { throw FilingRefusal.notExtensible }
            let extended = try ExtendedClock.extend(file, reason: reason, today: Day(of: now))
            FilingStore.extend(id, extended, on: Day(of: now), in: office)
            try await Self.tell(
                file.told,
                .extended,
                of: file,
                at: now,
                note: "Lhůta je prodloužena do \(extended.due.czechShort): \(extended.why).",
                deadline: extended.due,
                in: office
            )
            office.record(
                LogEntry("extended", "case file", id, detail: "\(extended.due) \(reason)")
            )
        }
    }

    /// Judged by its content, it runs under another law (§ 37(1) of act 500/2004).
    func reclassify(_ id: UUID, as regime: Regime, at tenant: TenantName, by clerk: Clerk, now: Date)
        async throws
    {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .assign, by: clerk, in: office)
            guard file.regime != regime else { return }
            let clock = RegimeClock(regime)
            var due: Day?
            if case .days(let days)? = clock?.period {
                due = LegalPeriod.days(days + file.pausedDays).end(after: file.opened)
            }
            FilingStore.reclassify(id, as: regime, due: due, dueLaw: clock?.czech ?? "", in: office)
            let people = try await ClerkStore.all(in: office)
            let holder = people.first { $0.clerk.userID == file.assignee }
            if let holder, !holder.clerk.mayHold(regime) {
                let desk = route(nil, among: people, regime: regime, on: Day(of: now))
                FilingStore.assign(id, to: desk.clerk, taken: nil, routing: desk.reason, in: office)
            }
            try await Self.tell(
                file.taken == nil ? .registered : .assigned,
                .reclassified,
                of: file,
                at: now,
                note: "Úřad podání posoudil podle obsahu: \(regime.czech).",
                deadline: due,
                in: office
            )
            office.record(
                LogEntry(
                    "reclassified",
                    "case file",
                    id,
                    detail: "\(file.regime.rawValue) \(regime.rawValue)"
                )
            )
        }
    }

    func rename(_ id: UUID, to title: String, at tenant: TenantName, by clerk: Clerk) async throws {
        let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (3...200).contains(title.count) else { throw FilingRefusal.titleNeeded }
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, by: clerk, in: office)
            guard file.closed == nil else { throw FilingRefusal.closed }
            FilingStore.rename(id, to: title, in: office)
            office.record(LogEntry("renamed", "case file", id, detail: file.mark))
        }
    }

    /// Puts a document into another open case file; its number stays (§ 12(4) of decree 259/2012).
    func move(_ documentID: UUID, to mark: String, at tenant: TenantName, by clerk: Clerk) async throws
        -> UUID
    {
        let mark = mark.trimmingCharacters(in: .whitespacesAndNewlines)
        return try await act(at: tenant, by: clerk) { office in
            let abbreviation = try await OfficeStore.profile(in: office).abbreviation
            guard let document = try await FilingStore.document(documentID, in: office) else {
                throw PlainRefusal.missing
            }
            let from = try await seen(document.caseFileID, by: clerk, in: office)
            guard from.closed == nil else { throw FilingRefusal.closed }
            guard
                let target = try await FilingStore.caseFile(marked: mark, of: abbreviation, in: office),
                clerk.sees(target.regime)
            else { throw FilingRefusal.unknownFile }
            guard target.closed == nil else { throw FilingRefusal.targetClosed(target.mark) }
            guard target.id != from.id else { throw FilingRefusal.sameFile }
            FilingStore.move(documentID, to: target, in: office)
            office.record(
                LogEntry("moved", "document", documentID, detail: "\(from.mark) → \(target.mark)")
            )
            return target.id
        }
    }

    /// The case file that a submission opened here, once it came.
    package func caseFile(ofSubmission id: UUID, at tenant: TenantName) async throws -> UUID? {
        try await database.tenant(tenant, as: .system) { office in
            try await FilingStore.caseFile(submission: id, in: office)?.id
        }
    }

    func settle(
        _ id: UUID,
        how: SettlingWay,
        note: String,
        at tenant: TenantName,
        by clerk: Clerk,
        now: Date
    ) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .settle, by: clerk, in: office)
            let documents = try await FilingStore.documents(of: id, in: office)
            guard !documents.contains(where: \.awaitsDispatch) else {
                throw FilingRefusal.undeliveredReply
            }
            try SettlingRule.of(file.regime).mustAllow(how, sent: documents.sentKinds)
            FilingStore.settle(id, on: Day(of: now), by: how, in: office)
            try await Self.tell(
                how == .setAside ? .closedWithoutAction : .settled,
                of: file,
                at: now,
                note: note.isEmpty
                    ? how.sentence(documents, under: file.regime) : String(note.prefix(300)),
                in: office
            )
            office.record(LogEntry("settled", "case file", id, detail: how.rawValue))
        }
    }

    func close(_ id: UUID, at tenant: TenantName, by clerk: Clerk, today: Day) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .close, by: clerk, in: office)
            let documents = try await FilingStore.documents(of: id, in: office)
            guard !documents.contains(where: { $0.awaitsDispatch || $0.awaitsProof(under: file.regime) })
            else { throw FilingRefusal.withoutProof }
            if let appeal = documents.appeal(on: today, under: file.regime) {
                throw FilingRefusal.appealRuns(appeal)
            }
            guard try await PostingStore.postings(of: id, in: office).allSatisfy({ $0.takenDown != nil })
            else {
                throw FilingRefusal.hangs
            }
            FilingStore.close(id, on: today, in: office)
            office.record(LogEntry("closed", "case file", id, detail: file.mark))
        }
    }

    /// A document came that belongs to it: the file takes it in again, as settled as it was.
    func reopen(_ id: UUID, reason: String, at tenant: TenantName, by clerk: Clerk) async throws {
        let reason = reason.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (3...200).contains(reason.count) else { throw FilingRefusal.whyNeeded }
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, by: clerk, in: office)
            guard file.closed != nil else { throw FilingRefusal.notClosed }
            FilingStore.reopen(id, in: office)
            office.record(LogEntry("reopened", "case file", id, detail: reason))
        }
    }
}
