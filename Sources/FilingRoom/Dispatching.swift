import Database
import Files
import Foundation
import Messages
import Office
import Records
import Sealing

// The office's own documents go out: on paper, to a data box, by the board, or by e-mail.

extension Registry {
    /// Where a document goes and by what.
    struct Envelope: Sendable {
        var means: DispatchMeans
        /// Typed where it is not the address that whoever wrote gave.
        var address = ""
    }

    /// Returns the notice's id when it goes out by public notice; that counts as sent when the notice is posted.
    func dispatch(
        _ documentID: UUID,
        on day: Day,
        by envelope: Envelope,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws -> UUID? {
        guard day <= today else { throw FilingRefusal.futureDay }
        let means = envelope.means
        let typed = envelope.address.trimmingCharacters(in: .whitespacesAndNewlines).cut(300)
        return try await act(at: tenant, by: clerk) { office in
            let (document, file) = try await letter(documentID, by: clerk, in: office)
            guard document.awaitsDispatch else { throw FilingRefusal.alreadyDispatched }
            let made = Day(of: document.receivedAt)
            guard day >= made else { throw FilingRefusal.sentBeforeMade(made) }
            if means == .publicNotice {
                if document.awaitsPosting, let drafted = document.noticeID { return drafted }
                let notice = try await draftNotice(of: document, "service", in: office)
                LetterStore.hang(notice, of: documentID, in: office)
                office.record(
                    LogEntry("drafted notice", "document", documentID, detail: document.referenceNumber)
                )
                return notice
            }
            let person = try await FilingStore.documents(of: file.id, in: office).first
            let address = typed.isEmpty ? person?.address(for: means) ?? "" : typed
            var sentTo = typed.isEmpty ? nil : typed
            switch means {
            case .email:
                guard day == today else { throw FilingRefusal.mailedToday }
                guard let email = Particulars.email(address) else { throw FilingRefusal.noEmail }
                sentTo = email
                try await mail(document, of: file, to: email, in: office)
            case .post, .postInHands:
                guard !address.isEmpty else { throw FilingRefusal.noAddress }
            case .inPerson, .dataBox, .publicNotice: break
            }
            LetterStore.dispatch(documentID, on: day, by: means, to: sentTo, in: office)
            if file.settled == nil {
                try await Self.sent(document, on: day, by: means, of: file, in: office)
            }
            office.record(
                LogEntry(
                    "dispatched",
                    "document",
                    documentID,
                    detail: "\(document.referenceNumber) \(means.rawValue)"
                )
            )
            return nil
        }
    }

    /// The whole text goes, as who asked for an answer by e-mail expects it (decision 0025).
    private func mail(_ document: Document, of file: CaseFile, to email: String, in office: TenantTransaction)
        async throws
    {
        guard let kind = ReplyKind(rawValue: document.kind),
            DispatchMeans.offered(for: kind, under: file.regime).contains(.email)
        else { throw FilingRefusal.notByEmail }
        let component = try await FilingStore.components(of: [document.id], in: office).first
        guard let digest = component.flatMap({ Digest(hex: $0.file.digest) }) else {
            throw FilingRefusal.badFiles
        }
        let kept = try await files.bytes(owner: .office(office.tenant), digest: digest, bytesMax: 4 << 20)
        let profile = try await OfficeStore.profile(in: office)
        let authority = Authority(of: profile.name, abbreviation: profile.abbreviation).name
        let answer =
            profile.email.isEmpty
            ? "Na tuto zprávu neodpovídejte."
            : "Na tuto zprávu neodpovídejte; úřadu pište na \(profile.email) a uveďte číslo jednací."
        let mail = OfficeMail(
            documentID: document.id,
            to: email,
            subject: "\(authority): \(kind.czech), č. j. \(document.referenceNumber)",
            text: """
                \(Letter.plain(kept))

                --
                \(authority), č. j. \(document.referenceNumber)
                \(answer)
                """
        )
        // Each is a subject of its own: nothing waits for another.
        office.post(
            try Message(to: .region, about: UUID.v7(), ordinal: 1, kind: OfficeMail.kind, body: mail)
        )
    }

    /// What sending out means for the clock and for the person.
    static func sent(
        _ document: Document,
        on day: Day,
        by means: DispatchMeans,
        of file: CaseFile,
        in office: TenantTransaction
    ) async throws {
        let isCall = document.kind == ReplyKind.supplement.rawValue
        let isDecision = document.kind == ReplyKind.decision.rawValue && file.issued(day) != nil
        if isCall, file.paused == nil { FilingStore.pause(file.id, on: day, in: office) }
        try await tell(
            isCall ? .supplementRequested : .assigned,
            isCall ? .called : isDecision ? .issued : .dispatched,
            of: file,
            at: Date(),
            note:
                "Úřad \(day.czechShort) \(means.czech) vypravil písemnost č. j. \(document.referenceNumber)"
                + (isCall ? ": výzva k doplnění." : "."),
            in: office
        )
    }

    /// It reached nobody, and by its law it need not: the file goes on without it.
    func abandon(
        _ documentID: UUID,
        why: String,
        at tenant: TenantName,
        by clerk: Clerk,
        today: Day
    ) async throws {
        let why = why.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (2...200).contains(why.count) else { throw FilingRefusal.whyNeeded }
        try await act(at: tenant, by: clerk) { office in
            let (document, file) = try await letter(documentID, by: clerk, in: office)
            let person = try await FilingStore.documents(of: file.id, in: office).first
            guard document.mayBeAbandoned(under: file.regime, to: person) else {
                throw FilingRefusal.notAbandonable
            }
            LetterStore.abandon(documentID, on: today, why: why, in: office)
            office.record(LogEntry("abandoned", "document", documentID, detail: why))
        }
    }
}
