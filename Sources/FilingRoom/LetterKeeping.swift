import Database
import Foundation
import Office
import Records

// What is done with the office's own documents beside sending them: drafts, taking back, legal force.

extension Registry {
    /// Keeps what is written so far; it is no document and has no number.
    func keepDraft(_ draft: Reply, in id: UUID, at tenant: TenantName, by clerk: Clerk) async throws {
        guard draft.subject.count <= 200 else { throw FilingRefusal.subjectNeeded }
        try Reply.checkLength(of: draft.text)
        try await act(at: tenant, by: clerk) { office in
            _ = try await seen(id, to: .reply, by: clerk, in: office)
            LetterStore.keep(draft, of: id, in: office)
        }
    }

    func dropDraft(in id: UUID, at tenant: TenantName, by clerk: Clerk) async throws {
        try await act(at: tenant, by: clerk) { office in
            _ = try await seen(id, by: clerk, in: office)
            LetterStore.dropDraft(of: id, in: office)
        }
    }

    /// A mistake that nobody was sent; it stays in register and log, its number is not given again.
    func cancel(_ documentID: UUID, at tenant: TenantName, by clerk: Clerk, today: Day) async throws {
        try await act(at: tenant, by: clerk) { office in
            let (document, file) = try await letter(documentID, by: clerk, in: office)
            guard document.cancelled == nil, document.dispatched == nil, document.abandoned == nil,
                file.referredTo == nil
            else {
                throw FilingRefusal.notCancellable
            }
            LetterStore.cancel(documentID, on: today, in: office)
            office.record(LogEntry("cancelled", "document", documentID, detail: document.referenceNumber))
        }
    }

    /// It came back: it can be sent out once more.
    func comeBack(
        _ documentID: UUID,
        on day: Day,
        why: String,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws {
        guard day <= today else { throw FilingRefusal.futureDay }
        guard (2...200).contains(why.count) else { throw FilingRefusal.whyNeeded }
        try await act(at: tenant, by: clerk) { office in
            let (document, _) = try await letter(documentID, by: clerk, in: office)
            guard document.delivered == nil else { throw FilingRefusal.alreadyDelivered }
            guard document.abandoned == nil else { throw FilingRefusal.notAbandonable }
            guard let sent = document.dispatched, document.returned == nil else {
                throw FilingRefusal.notDispatched
            }
            guard day >= sent else { throw FilingRefusal.returnedBeforeSent(sent) }
            LetterStore.comeBack(documentID, on: day, why: why, in: office)
            office.record(LogEntry("returned", "document", documentID, detail: why))
        }
    }

    /// Why a decision is in force, as a clerk notes it.
    struct Force: Sendable {
        var ground: ForceGround
        /// Number of what came into the case file, or what was taken down.
        var proof = ""
        /// When that was; known of what came.
        var proven: Day?
    }

    /// The clause of legal force (§ 75 of act 500/2004), on the day the ground gives.
    func noteForce(
        of documentID: UUID,
        from day: Day,
        by force: Force,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws {
        guard day <= today else { throw FilingRefusal.futureDay }
        try await act(at: tenant, by: clerk) { office in
            let (document, file) = try await letter(documentID, by: clerk, in: office)
            guard let appeal = AppealPeriod(document, under: file.regime), let delivered = document.delivered
            else { throw FilingRefusal.noForce }
            let ground = force.ground
            let proof = ground.needsProof ? try await proven(force, in: file, today: today, in: office) : nil
            if let proof, ground == .waiver, file.regime != .tax, proof.day < delivered {
                throw FilingRefusal.waivedTooEarly(delivered)
            }
            let earliest = ground.earliest(after: appeal, delivered: delivered, proven: proof?.day)
            guard let earliest else { throw FilingRefusal.proofDayNeeded }
            guard day >= earliest else { throw FilingRefusal.forceTooEarly(earliest) }
            LetterStore.noteForce(documentID, from: day, by: ground, proof: proof?.text, in: office)
            try await Self.tell(
                file.told,
                .inForce,
                of: file,
                at: Date(),
                note:
                    "\(appeal.noun) č. j. \(document.referenceNumber) je v právní moci od \(day.czechShort).",
                deadline: day,
                in: office
            )
            office.record(
                LogEntry(
                    "in force",
                    "document",
                    documentID,
                    detail: "\(day) \(ground.rawValue) \(proof?.text ?? "")"
                )
            )
        }
    }

    /// What came into the file proves by its number and has its day; of anything else the clerk says what and when.
    private func proven(_ force: Force, in file: CaseFile, today: Day, in office: TenantTransaction)
        async throws -> (text: String, day: Day)
    {
        let text = force.proof.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard (3...200).contains(text.count) else { throw FilingRefusal.forceProofNeeded }
        let came = try await FilingStore.documents(of: file.id, in: office).first {
            $0.isIncoming && $0.referenceNumber.lowercased() == text.lowercased()
        }
        if let came { return ("č. j. \(came.referenceNumber)", Day(of: came.receivedAt)) }
        guard NumberQuery(text)?.isWhole != true else { throw FilingRefusal.proofNotInFile }
        guard let day = force.proven, day <= today else { throw FilingRefusal.proofDayNeeded }
        return ("\(text), \(day.czechShort)", day)
    }
}
