import Database
import Files
import Foundation
import Office
import Records
import Sealing

// The office's own documents: made out, dispatched, delivered with proof.

extension Registry {
    struct Reply {
        var kind: ReplyKind
        var subject: String
        var text: String
    }

    /// Makes out a document of the office: its number, its kept bytes and their digest.
    func reply(_ reply: Reply, in id: UUID, at tenant: TenantName, by clerk: Clerk, now: Date) async throws
        -> UUID
    {
        let reply = try reply.checked
        return try await act(at: tenant, by: clerk) { office in
            let first = try await FilingStore.documents(of: id, in: office).first
            let isTold = [.information, .notice, .setAside, .supplement].contains(reply.kind)
            if isTold, let first, !first.hasAddressee { throw FilingRefusal.nobodyToAnswer }
            let made = try await makeOut(reply, in: id, to: .reply, by: clerk, now: now, in: office)
            LetterStore.dropDraft(of: id, in: office)
            return made.id
        }
    }

    /// The sheet as it would be made out now; it gets no number and nothing is kept.
    func preview(_ reply: Reply, in id: UUID, at tenant: TenantName, by clerk: Clerk, now: Date) async throws
        -> [UInt8]
    {
        let (file, first, profile) = try await database.tenant(tenant, as: clerk.actor) { office in
            (
                try await FilingStore.caseFile(id, in: office),
                try await FilingStore.documents(of: id, in: office).first,
                try await OfficeStore.profile(in: office)
            )
        }
        guard let file, clerk.sees(file.regime) else { throw PlainRefusal.missing }
        let letter = Letter(
            reply,
            reference: "přidělí se při vyhotovení",
            in: file,
            answering: first,
            from: profile,
            by: clerk,
            on: Day(of: now)
        )
        return letter.previewed
    }

    struct MadeOut {
        let id: UUID
        let reference: String
        let file: CaseFile
    }

    func makeOut(
        _ reply: Reply,
        in id: UUID,
        to act: CaseFile.Act,
        by clerk: Clerk,
        now: Date,
        in office: TenantTransaction
    ) async throws -> MadeOut {
        let day = Day(of: now)
        let profile = try await OfficeStore.profile(in: office)
        let first = try await FilingStore.documents(of: id, in: office).first
        let next = FilingStore.nextNumber(day.year, in: office)
        let file = try await seen(id, to: act, by: clerk, in: office)
        guard reply.kind != .setAside || file.regime == .information else { throw FilingRefusal.notSetAside }
        guard let number = try next.first else { throw PlainRefusal.busy }
        let reference = "\(profile.abbreviation) \(number)/\(day.year)"
        let identifier = Self.identifier(profile.abbreviation, day.year, number)
        let letter = Letter(
            reply,
            reference: reference,
            in: file,
            answering: first,
            from: profile,
            by: clerk,
            on: day
        )
        let stored = try await files.write(
            owner: .office(office.tenant),
            bytes: letter.html,
            accepting: [.html, .text]
        )
        let documentID = UUID.v7()
        FilingStore.add(
            NewDocument(
                id: documentID,
                caseFileID: id,
                year: day.year,
                number: number,
                identifier: identifier,
                referenceNumber: reference,
                direction: "outgoing",
                subject: reply.subject,
                senderID: nil,
                channel: .own,
                receivedAt: now,
                isSecret: file.regime == .tax,
                kind: reply.kind.rawValue,
                author: clerk.userID,
                searched: searchable(
                    reference,
                    identifier,
                    reply.subject,
                    first?.sender ?? "",
                    reply.kind.czech,
                    reply.text
                ),
                files: [
                    AttachedFile(
                        digest: stored.digest.hex,
                        name: "\(Slug.of(reply.kind.czech)).html",
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
        return MadeOut(id: documentID, reference: reference, file: file)
    }

    static func delivered(
        _ document: Document,
        on day: Day,
        by way: DeliveryWay,
        of file: CaseFile,
        in office: TenantTransaction
    ) async throws {
        let how = "\(day.czechShort) \(way.czech)"
        let appeal = ReplyKind(rawValue: document.kind).flatMap {
            AppealPeriod($0, delivered: day, under: file.regime)
        }
        try await tell(
            file.told,
            appeal == nil ? .delivered : .decided,
            of: file,
            at: Date(),
            note: appeal.map {
                "\($0.noun) č. j. \(document.referenceNumber) je doručeno \(how). \($0.advice)"
            } ?? "Písemnost č. j. \(document.referenceNumber) je doručena \(how).",
            deadline: appeal?.last,
            in: office
        )
    }

    /// `day` is the day of the event the clerk knows of; for a document laid down at the post, when it was ready.
    func deliver(
        _ documentID: UUID,
        by way: DeliveryWay = .receipt,
        on day: Day,
        proof: String,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws {
        guard day <= today else { throw FilingRefusal.futureDay }
        guard (2...200).contains(proof.count) else { throw FilingRefusal.proofNeeded }
        try await act(at: tenant, by: clerk) { office in
            let (document, file) = try await letter(documentID, by: clerk, in: office)
            guard document.delivered == nil else { throw FilingRefusal.alreadyDelivered }
            guard let sent = document.dispatched, document.returned == nil else {
                throw FilingRefusal.notDispatched
            }
            guard day >= sent else { throw FilingRefusal.deliveredBeforeSent(sent) }
            var delivered = way.delivered(from: day)
            if way == .publicNotice {
                let postings = try await PostingStore.postings(of: file.id, in: office)
                guard let posting = postings.first(where: { $0.noticeID == document.noticeID }) else {
                    throw FilingRefusal.notPosted
                }
                delivered = way.delivered(from: posting.posted)
                guard delivered <= today else { throw FilingRefusal.notPosted }
            }
            // On the last day of the ten the addressee may still fetch it.
            if way == .deemed, delivered >= today { throw FilingRefusal.notYetDeemed }
            LetterStore.deliver(documentID, on: delivered, by: way, proof: proof, in: office)
            try await Self.delivered(document, on: delivered, by: way, of: file, in: office)
            office.record(
                LogEntry("delivered", "document", documentID, detail: "\(way.rawValue) \(delivered) \(proof)")
            )
        }
    }

    /// A document of the office's own, in a case file that the clerk may act on.
    func letter(_ id: UUID, by clerk: Clerk, in office: TenantTransaction) async throws
        -> (Document, CaseFile)
    {
        guard let document = try await FilingStore.document(id, in: office), !document.isIncoming else {
            throw PlainRefusal.missing
        }
        let file = try await seen(document.caseFileID, by: clerk, in: office)
        guard file.closed == nil else { throw FilingRefusal.closed }
        return (document, file)
    }

    /// What the clerk chose of a referral.
    struct Referral {
        var office: OfficeName
        var reason: String
        /// The number of the superior's consent; needed when the matter was referred before.
        var consent: String
        /// Whom an appeal goes to: „ke Krajskému úřadu Libereckého kraje“.
        var appeals = "ke krajskému úřadu"
    }

    /// Hands the matter to the competent office by the act of its regime (``ReferralAct``): the document is made out,
    /// the region told in the same transaction, and the file is settled here.
    func refer(_ id: UUID, _ referral: Referral, at tenant: TenantName, by clerk: Clerk, now: Date)
        async throws -> UUID
    {
        let reason = referral.reason.trimmingCharacters(in: .whitespacesAndNewlines)
        let consent = referral.consent.trimmingCharacters(in: .whitespacesAndNewlines)
        guard referral.office.tenant != tenant, consent.count <= 100 else {
            throw FilingRefusal.officeNeeded
        }
        guard (3...500).contains(reason.count) else { throw FilingRefusal.reasonNeeded }
        return try await act(at: tenant, by: clerk) { office in
            guard let before = try await FilingStore.caseFile(id, in: office) else {
                throw PlainRefusal.missing
            }
            guard ReferralAct(under: before.regime) != nil else { throw FilingRefusal.setAsideInstead }
            if before.referredFrom != nil, consent.isEmpty { throw FilingRefusal.consentNeeded }
            let profile = try await OfficeStore.profile(in: office)
            let first = try await FilingStore.documents(of: id, in: office).first
            let reply = Reply(
                kind: .referral,
                subject: "Postoupení: \(before.title)".cut(200),
                text: ReplyTemplate.referral(
                    of: before,
                    to: Authority(of: referral.office.label, abbreviation: referral.office.abbreviation),
                    reason: reason,
                    consent: consent,
                    names: ReplyTemplate.Names(
                        office: Authority(of: profile.name, abbreviation: profile.abbreviation).name,
                        appeals: referral.appeals,
                        party: first?.party(withGaps: false) ?? "neznámý podatel"
                    )
                )
            )
            let made = try await makeOut(reply, in: id, to: .refer, by: clerk, now: now, in: office)
            if let submission = made.file.submissionID {
                let ordinal = try await FilingStore.nextOrdinal(of: id, in: office)
                try Self.post(
                    ReferralOrder(
                        submissionID: submission,
                        office: referral.office.tenant.rawValue,
                        at: now,
                        reason: reason,
                        resolution: made.reference,
                        consent: consent.isEmpty ? nil : consent
                    ),
                    about: submission,
                    ordinal: ordinal,
                    in: office
                )
            }
            FilingStore.refer(id, to: referral.office.label, in: office)
            FilingStore.settle(id, on: Day(of: now), by: .referred, in: office)
            office.record(
                LogEntry("referred", "case file", id, detail: "\(made.reference) \(referral.office.tenant)")
            )
            return made.id
        }
    }
}

extension Registry.Reply {
    private static let textMax = 50_000

    static func checkLength(of text: String) throws {
        guard text.count <= textMax else { throw FilingRefusal.textTooLong(textMax, text.count) }
    }

    /// Trimmed, with its lengths checked.
    fileprivate var checked: Registry.Reply {
        get throws {
            var reply = self
            reply.subject = subject.trimmingCharacters(in: .whitespacesAndNewlines)
            reply.text = text.trimmingCharacters(in: .whitespacesAndNewlines).replacing("\r\n", with: "\n")
            guard (3...200).contains(reply.subject.count) else { throw FilingRefusal.subjectNeeded }
            guard reply.text.count >= 3 else { throw FilingRefusal.textNeeded }
            try Self.checkLength(of: reply.text)
            let unfilled = ReplyTemplate.unfilled(in: "\(reply.subject)\n\(reply.text)")
            guard unfilled.isEmpty else { throw FilingRefusal.unfilled(unfilled) }
            return reply
        }
    }
}

extension String {
    func cut(_ longest: Int) -> String { String(prefix(longest)) }
}
