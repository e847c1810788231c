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
        let result = try await refusing(["case_file_closed": FilingRefusal.closed]) {
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

    package func take(_ id: UUID, at tenant: TenantName, by clerk: Clerk, now: Date) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await FilingStore.lock(id, in: office)
            try file.mustAllow(.take)
            FilingStore.assign(
                id,
                to: clerk.userID,
                taken: Day(of: now),
                routing: "Převzal(a) \(clerk.name).",
                in: office
            )
            try await tell(
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
            let file = try await FilingStore.lock(id, in: office)
            try file.mustAllow(.assign)
            guard let person = try await ClerkStore.clerk(user, in: office) else {
                throw FilingRefusal.unknownClerk
            }
            FilingStore.assign(
                id,
                to: user,
                taken: nil,
                routing: "Přidělil(a) \(clerk.name).",
                in: office
            )
            try await tell(
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
            let file = try await FilingStore.lock(id, in: office)
            try file.mustAllow(.confirm)
            guard day <= Day(of: now), day >= file.opened else { throw FilingRefusal.badDay }
            if let last = file.confirmBy, day > last { throw FilingRefusal.tooLateToConfirm }
            FilingStore.confirm(id, by: means, in: office)
            try await tell(
                file.taken == nil ? .registered : .assigned,
                of: file,
                at: now,
                note: "Podání bylo potvrzeno \(means.czech).",
                confirmedBy: means,
                in: office
            )
            office.record(LogEntry("confirmed", "case file", id, detail: means.rawValue))
        }
    }

    func setPlan(_ code: String, of id: UUID, at tenant: TenantName, by clerk: Clerk) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await FilingStore.lock(id, in: office)
            guard file.closed == nil else { throw FilingRefusal.closed }
            guard try await FilingPlanStore.plan(in: office).contains(where: { $0.code == code }) else {
                throw FilingRefusal.planNeeded
            }
            FilingStore.setPlan(code, of: id, in: office)
            office.record(LogEntry("classified", "case file", id, detail: code))
        }
    }

    struct Reply {
        var kind: ReplyKind
        var subject: String
        var text: String
    }

    /// Makes out a document of the office: its number, its kept bytes and their digest.
    func reply(_ reply: Reply, in id: UUID, at tenant: TenantName, by clerk: Clerk, now: Date) async throws
        -> UUID
    {
        let subject = reply.subject.trimmingCharacters(in: .whitespacesAndNewlines)
        let text = reply.text.trimmingCharacters(in: .whitespacesAndNewlines)
            .replacing("\r\n", with: "\n")
        guard (3...200).contains(subject.count) else { throw FilingRefusal.subjectNeeded }
        guard (3...50_000).contains(text.count) else { throw FilingRefusal.textNeeded }
        let day = Day(of: now)
        return try await act(at: tenant, by: clerk) { office in
            let profile = try await OfficeStore.profile(in: office)
            let first = try await FilingStore.documents(of: id, in: office).first
            let next = FilingStore.nextNumber(day.year, in: office)
            let file = try await FilingStore.lock(id, in: office)
            try file.mustAllow(.reply)
            guard let number = try next.first else { throw PlainRefusal.busy }
            let reference = "\(profile.abbreviation) \(number)/\(day.year)"
            let letter = Letter(
                office: profile.name,
                address: [profile.street, "\(profile.postcode) \(profile.place)"].filter {
                    $0 != " " && !$0.isEmpty
                }
                .joined(separator: ", "),
                kind: reply.kind,
                referenceNumber: reference,
                mark: file.mark,
                day: day,
                recipient: first?.sender ?? "",
                recipientAddress: first?.senderAddress ?? "",
                subject: subject,
                text: text,
                signedBy: clerk.publicName
            )
            let bytes = letter.html
            let stored = try await files.write(
                owner: .office(tenant),
                bytes: bytes,
                accepting: [.html, .text]
            )
            let documentID = UUID.v7()
            FilingStore.add(
                NewDocument(
                    id: documentID,
                    caseFileID: id,
                    year: day.year,
                    number: number,
                    identifier: Self.identifier(profile.abbreviation, day.year, number),
                    referenceNumber: reference,
                    direction: "outgoing",
                    subject: subject,
                    senderID: nil,
                    channel: .own,
                    receivedAt: now,
                    kind: reply.kind.rawValue,
                    author: clerk.userID,
                    searched: searchable(
                        reference,
                        Self.identifier(profile.abbreviation, day.year, number),
                        subject,
                        first?.sender ?? "",
                        reply.kind.czech
                    ),
                    files: [
                        AttachedFile(
                            digest: stored.digest.hex,
                            name: "\(reply.kind.rawValue).html",
                            mediaType: "text/html",
                            bytes: stored.byteCount
                        )
                    ]
                ),
                in: office
            )
            office.record(
                LogEntry("made out", "document", documentID, detail: "\(reference) \(stored.digest.hex)")
            )
            return documentID
        }
    }

    /// Returns the notice's id when it goes out by public notice.
    func dispatch(
        _ documentID: UUID,
        on day: Day,
        by means: DispatchMeans,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws -> UUID? {
        guard day <= today else { throw FilingRefusal.badDay }
        return try await act(at: tenant, by: clerk) { office in
            guard let document = try await FilingStore.document(documentID, in: office), !document.isIncoming
            else {
                throw PlainRefusal.missing
            }
            let file = try await FilingStore.lock(document.caseFileID, in: office)
            guard file.closed == nil else { throw FilingRefusal.closed }
            guard document.dispatched == nil else { throw FilingRefusal.alreadyDispatched }
            guard day >= Day(of: document.receivedAt) else { throw FilingRefusal.badDay }
            var notice: UUID?
            if means == .publicNotice { notice = try await draftNotice(of: document, "service", in: office) }
            FilingStore.dispatch(documentID, on: day, by: means, in: office)
            let isCall = document.kind == ReplyKind.supplement.rawValue
            if isCall, file.settled == nil { FilingStore.pause(file.id, on: day, due: file.due, in: office) }
            if file.settled == nil {
                try await tell(
                    isCall ? .supplementRequested : .assigned,
                    of: file,
                    at: Date(),
                    note:
                        "Úřad \(day.czechShort) \(means.czech) vypravil písemnost č. j. \(document.referenceNumber)"
                        + (isCall ? ": výzva k doplnění." : "."),
                    in: office
                )
            }
            office.record(
                LogEntry(
                    "dispatched",
                    "document",
                    documentID,
                    detail: "\(document.referenceNumber) \(means.rawValue)"
                )
            )
            return notice
        }
    }

    /// What was called for has come: the clock runs on from where it stood (§ 65(1) of act 500/2004).
    func resume(_ id: UUID, at tenant: TenantName, by clerk: Clerk, now: Date) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await FilingStore.lock(id, in: office)
            try file.mustAllow(.resume)
            guard let paused = file.paused else { throw FilingRefusal.notPaused }
            let due = file.due.map { ($0 + max(0, Day(of: now) - paused)).orNextWorking }
            FilingStore.pause(id, on: nil, due: due, in: office)
            try await tell(
                .assigned,
                of: file,
                at: now,
                note: "Doplnění došlo, úřad pokračuje.",
                deadline: due,
                in: office
            )
            office.record(LogEntry("resumed", "case file", id, detail: due?.description ?? ""))
        }
    }

    func deliver(
        _ documentID: UUID,
        on day: Day,
        proof: String,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws {
        guard day <= today, (2...200).contains(proof.count) else { throw FilingRefusal.badDay }
        try await act(at: tenant, by: clerk) { office in
            guard let document = try await FilingStore.document(documentID, in: office) else {
                throw PlainRefusal.missing
            }
            guard let sent = document.dispatched else { throw FilingRefusal.notDispatched }
            guard document.delivered == nil else { throw FilingRefusal.alreadyDelivered }
            guard day >= sent else { throw FilingRefusal.badDay }
            FilingStore.deliver(documentID, on: day, proof: proof, in: office)
            office.record(LogEntry("delivered", "document", documentID, detail: proof))
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
            let file = try await FilingStore.lock(id, in: office)
            try file.mustAllow(.settle)
            let documents = try await FilingStore.documents(of: id, in: office)
            guard !documents.contains(where: { !$0.isIncoming && $0.dispatched == nil }) else {
                throw FilingRefusal.undeliveredReply
            }
            if how == .document || how == .referred, documents.allSatisfy(\.isIncoming) {
                throw FilingRefusal.nothingSent
            }
            FilingStore.settle(id, on: Day(of: now), how: how.czech, in: office)
            try await tell(
                how == .referred ? .referred : .settled,
                of: file,
                at: now,
                note: note.isEmpty ? "Úřad věc vyřídil \(how.czech)." : String(note.prefix(300)),
                in: office
            )
            office.record(LogEntry("settled", "case file", id, detail: how.rawValue))
        }
    }

    func close(_ id: UUID, at tenant: TenantName, by clerk: Clerk, today: Day) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await FilingStore.lock(id, in: office)
            try file.mustAllow(.close)
            let documents = try await FilingStore.documents(of: id, in: office)
            guard documents.allSatisfy({ $0.isIncoming || $0.delivered != nil }) else {
                throw FilingRefusal.withoutProof
            }
            guard try await PostingStore.postings(of: id, in: office).allSatisfy({ $0.takenDown != nil })
            else {
                throw FilingRefusal.hangs
            }
            FilingStore.close(id, on: today, in: office)
            office.record(LogEntry("closed", "case file", id, detail: file.mark))
        }
    }
}
