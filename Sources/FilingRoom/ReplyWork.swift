import Database
import Files
import Foundation
import Office
import Records
import Sealing

// A reply from the draft to the proof of delivery.

extension CaseWork {
    /// What a clerk typed of a reply.
    struct Draft: Sendable {
        var kind: ReplyKind
        var title: String
        var body: String
        var supplementDays: Int?

        /// Throws a refusal that names the field.
        func checked() throws -> Draft {
            var draft = self
            draft.title = title.trimmingCharacters(in: .whitespacesAndNewlines)
            draft.body = body.trimmingCharacters(in: .whitespacesAndNewlines)
            guard (3...300).contains(draft.title.count) else {
                throw FilingRefusal.wrong(field: "title", "Napište prosím, v jaké věci písemnost je.")
            }
            guard (10...60_000).contains(draft.body.count) else {
                throw FilingRefusal.wrong(field: "body", "Napište prosím text písemnosti.")
            }
            if kind == .call {
                guard let days = supplementDays, (1...365).contains(days) else {
                    throw FilingRefusal.wrong(
                        field: "supplementDays",
                        "Výzva musí určit přiměřenou lhůtu k doplnění, 1 až 365 dnů."
                    )
                }
            } else {
                draft.supplementDays = nil
            }
            return draft
        }
    }

    func draft(_ draft: Draft, in id: UUID, by hand: Hand) async throws -> UUID {
        let draft = try draft.checked()
        return try await act(on: id, by: hand) { file, office in
            guard file.state == .open else { throw FilingRefusal.notOpen }
            guard file.takenAt != nil else { throw FilingRefusal.notTaken }
            let reply = Reply(draft, id: UUID.v7(), in: file, by: hand)
            ReplyStore.write(reply, in: office)
            office.record(LogEntry("drafted", "reply", reply.id, detail: reply.kind.rawValue))
            return reply.id
        }
    }

    func rewrite(_ reply: UUID, _ draft: Draft, by hand: Hand) async throws {
        let draft = try draft.checked()
        let id = try await caseFile(of: reply, hand)
        try await act(on: id, by: hand) { file, office in
            guard try await ReplyStore.reply(reply, in: office).state == .draft else {
                throw FilingRefusal.madeOut
            }
            ReplyStore.rewrite(Reply(draft, id: reply, in: file, by: hand), in: office)
            office.record(LogEntry("rewritten", "reply", reply))
        }
    }

    func discard(_ reply: UUID, by hand: Hand) async throws -> UUID {
        let id = try await caseFile(of: reply, hand)
        try await act(on: id, by: hand) { _, office in
            guard try await ReplyStore.reply(reply, in: office).state == .draft else {
                throw FilingRefusal.madeOut
            }
            ReplyStore.discard(reply, in: office)
            office.record(LogEntry("discarded", "reply", reply))
        }
        return id
    }

    /// Makes the reply out: it gets its number in the register, and its bytes are kept for good.
    ///
    /// The number stands in the bytes, so the file is written while the counter is locked; a repeat of the
    /// transaction leaves at most a file that nothing names.
    func makeOut(_ reply: UUID, by hand: Hand) async throws -> UUID {
        let id = try await caseFile(of: reply, hand)
        try await refusing(FilingRefusal.byConstraint) {
            try await database.tenant(
                hand.tenant,
                as: hand.clerk.actor,
                needing: Permission.handleCases.rawValue
            ) { office in
                try await makeOut(reply, of: id, by: hand, in: office)
            }
        }
        return id
    }

    private func makeOut(_ id: UUID, of caseFile: UUID, by hand: Hand, in office: TenantTransaction)
        async throws
    {
        let profile = try await OfficeStore.profile(in: office)
        let year = hand.today.year
        let number = try await RegisterStore.numbers(year: year, opensCase: false, in: office).document
        let file = try await CaseFileStore.locked(caseFile, in: office)
        guard file.state == .open else { throw FilingRefusal.notOpen }
        let reply = try await ReplyStore.reply(id, in: office)
        guard reply.state == .draft else { throw FilingRefusal.madeOut }
        guard let party = try await PartyStore.party(reply.partyID, in: office) else {
            throw PlainRefusal.missing
        }
        let document = UUID.v7()
        let registered = Numbering(abbreviation: profile.abbreviation).registered(document, number, year)
        let incoming = try await RegisterStore.documents(of: caseFile, in: office)
            .last { $0.direction == .incoming }
        let sheet = ReplySheet(
            reply,
            office: profile,
            registered: registered,
            caseFile: file,
            party: party,
            senderNumber: incoming?.senderNumber ?? "",
            signer: hand.clerk,
            day: hand.today
        )
        let bytes = Array(sheet.html.utf8)
        let stored = try await files.write(
            owner: .office(hand.tenant),
            bytes: bytes,
            accepting: [.html, .text]
        )
        RegisterStore.add(
            NewDocument(
                id: document,
                caseFileID: caseFile,
                direction: .outgoing,
                means: .made,
                title: reply.title,
                partyID: party.id,
                partyName: party.name,
                cameAt: hand.now,
                registeredBy: hand.clerk.name,
                searched: [reply.kind.czech, file.serviceName]
            ),
            as: registered,
            caseReference: file.reference,
            in: office
        )
        try RegisterStore.addFile(
            AttachedFile(
                digest: stored.digest.hex,
                name: "\(reply.kind.heading) \(registered.referenceNumber).html".replacing("/", with: "-"),
                mediaType: "text/html",
                bytes: stored.byteCount
            ),
            .main,
            ordinal: 1,
            to: document,
            in: office
        )
        ReplyStore.makeOut(id, as: document, in: office)
        office.record(
            LogEntry(
                "made out",
                "document",
                document,
                detail: "\(registered.referenceNumber) sha256:\(stored.digest.hex)"
            )
        )
    }

    /// The reply leaves the office; with a call for supplement the clock stands from this day.
    func dispatch(_ reply: UUID, by means: DispatchMeans, on day: Day, by hand: Hand) async throws -> UUID {
        let id = try await caseFile(of: reply, hand)
        try await act(on: id, by: hand) { file, office in
            let reply = try await ReplyStore.reply(reply, in: office)
            guard reply.state == .made else { throw FilingRefusal.notOpen }
            guard day <= hand.today, day >= Day(of: file.reachedAt) else {
                throw FilingRefusal.wrong(field: "day", "Den vypravení je mezi dnem podání a dneškem.")
            }
            ReplyStore.dispatch(reply.id, by: means, on: day, in: office)
            var status = file.awaitsConfirmation ? SubmissionStatus.awaitingConfirmation : .assigned
            var note = "Úřad vám \(day.czechShort) \(means.czech) vypravil písemnost: \(reply.kind.czech)."
            if reply.kind == .call, let days = reply.supplementDays {
                let until = LegalPeriod.days(days).end(after: day)
                CaseFileStore.awaitSupplement(id, until: until, due: file.due, in: office)
                status = .supplementRequested
                note += " Na doplnění máte \(days) dnů od doručení."
            }
            try await report(status, of: file, note: note, in: office)
            office.record(
                LogEntry(
                    "dispatched",
                    "document",
                    reply.documentID ?? reply.id,
                    detail: "\(means.rawValue) \(day)"
                )
            )
        }
        return id
    }

    /// Records the proof that it was delivered, or that it came back.
    func deliver(
        _ reply: UUID,
        on day: Day,
        isReturned: Bool,
        proof: String,
        file attached: AttachedFile?,
        by hand: Hand
    ) async throws -> UUID {
        let proof = proof.trimmingCharacters(in: .whitespacesAndNewlines)
        guard proof.count >= 2 else {
            throw FilingRefusal.wrong(field: "proof", "Napište prosím, čím je doručení doloženo.")
        }
        let id = try await caseFile(of: reply, hand)
        try await act(on: id, by: hand) { _, office in
            let reply = try await ReplyStore.reply(reply, in: office)
            guard reply.state == .dispatched, let dispatched = reply.dispatched else {
                throw FilingRefusal.notOpen
            }
            guard day <= hand.today, day >= dispatched else {
                throw FilingRefusal.wrong(field: "day", "Den doručení je mezi vypravením a dneškem.")
            }
            ReplyStore.deliver(reply.id, on: day, isReturned: isReturned, proof: proof, in: office)
            if let attached, let document = reply.documentID {
                let count = try await RegisterStore.fileCount(of: document, in: office)
                try RegisterStore.addFile(attached, .proof, ordinal: count + 1, to: document, in: office)
            }
            office.record(
                LogEntry(
                    isReturned ? "returned" : "delivered",
                    "document",
                    reply.documentID ?? reply.id,
                    detail: day.description
                )
            )
        }
        return id
    }

    /// The counter comes before the case file in the order of locks, so the file is looked up first.
    private func caseFile(of reply: UUID, _ hand: Hand) async throws -> UUID {
        try await database.tenant(hand.tenant, as: hand.clerk.actor) { office in
            try await ReplyStore.reply(reply, in: office).caseFileID
        }
    }
}

extension Reply {
    fileprivate init(_ draft: CaseWork.Draft, id: UUID, in file: CaseFile, by hand: CaseWork.Hand) {
        self.init(
            id: id,
            caseFileID: file.id,
            kind: draft.kind,
            title: draft.title,
            body: draft.body,
            partyID: file.partyID,
            author: hand.clerk.userID,
            state: .draft,
            supplementDays: draft.supplementDays,
            documentID: nil,
            dispatched: nil,
            dispatchedBy: nil,
            delivered: nil,
            proof: ""
        )
    }
}
