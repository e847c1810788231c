package import Database
package import Files
import Foundation
package import Messages
package import Office
import Records
import Web

/// What clerks do with case files, each act one transaction in which the office checks the clerk's right.
///
/// Reports to the region and the log's entry go with the act. Throws ``FilingRefusal``; a stranger's case file is
/// missing, since the office's own role sees nothing else.
package struct CaseWork: Sendable {
    let database: Database
    let files: FileStore
    let bell: Bell
    let board: any BoardDesk
    let receivables: any ReceivableDesk

    package init(
        database: Database,
        files: FileStore,
        bell: Bell,
        board: any BoardDesk,
        receivables: any ReceivableDesk
    ) {
        self.database = database
        self.files = files
        self.bell = bell
        self.board = board
        self.receivables = receivables
    }

    /// Who acts, where and when.
    struct Hand: Sendable {
        let clerk: Clerk
        let tenant: TenantName
        let now: Date
        var today: Day { Day(of: now) }

        var shown: String {
            clerk.functionTitle.isEmpty ? clerk.name : "\(clerk.name), \(clerk.functionTitle)"
        }
    }

    /// Runs an act on the locked case file, then wakes the relay.
    func act<Result>(
        on id: UUID,
        by hand: Hand,
        needing permission: Permission = .handleCases,
        _ body: (CaseFile, TenantTransaction) async throws -> Result
    ) async throws -> Result {
        let result = try await refusing(FilingRefusal.byConstraint) {
            try await database.tenant(hand.tenant, as: hand.clerk.actor, needing: permission.rawValue) {
                office in
                try await body(try await CaseFileStore.locked(id, in: office), office)
            }
        }
        bell.ring()
        return result
    }

    // Who has it

    /// The clerk takes the case over; from now on the person knows who deals with it.
    func takeOver(_ id: UUID, by hand: Hand) async throws {
        try await act(on: id, by: hand) { file, office in
            guard file.state == .open else { throw FilingRefusal.notOpen }
            if file.takenAt != nil, file.assignee == hand.clerk.userID { return }
            CaseFileStore.assign(
                id,
                desk: file.deskCode,
                to: hand.clerk.userID,
                why: "Věc převzal(a) \(hand.shown).",
                isTaken: true,
                in: office
            )
            try await report(
                file.awaitsConfirmation ? .awaitingConfirmation : .assigned,
                of: file,
                assignee: hand.shown,
                note: "Věc má \(hand.shown).",
                in: office
            )
            office.record(LogEntry("taken over", "case file", id))
        }
    }

    /// Gives the case to another desk or clerk, with a reason that both the colleague and the log can read.
    func assign(_ id: UUID, desk code: String, to clerk: UUID?, why: String, by hand: Hand) async throws {
        let why = why.trimmingCharacters(in: .whitespacesAndNewlines)
        guard why.count >= 3 else {
            throw FilingRefusal.wrong(field: "why", "Napište prosím, proč věc předáváte.")
        }
        try await act(on: id, by: hand, needing: .registerMail) { file, office in
            guard file.state == .open else { throw FilingRefusal.notOpen }
            let routing = try await RoutingStore.routing(in: office)
            guard let desk = routing.desk(code) else {
                throw FilingRefusal.wrong(field: "desk", "Vyberte prosím pracoviště ze seznamu.")
            }
            let person = routing.people.first { $0.clerk.userID == clerk && $0.isActive }?.clerk
            guard clerk == nil || person != nil else {
                throw FilingRefusal.wrong(field: "clerk", "Vyberte prosím osobu ze seznamu.")
            }
            CaseFileStore.assign(
                id,
                desk: code,
                to: clerk,
                why: "\(why) (\(hand.clerk.name))",
                isTaken: false,
                in: office
            )
            let shown = person.map { $0.functionTitle.isEmpty ? $0.name : "\($0.name), \($0.functionTitle)" }
            try await report(
                file.awaitsConfirmation ? .awaitingConfirmation : .registered,
                of: file,
                assignee: shown ?? desk.name,
                note: "Věc byla předána: \(shown ?? desk.name).",
                in: office
            )
            office.record(LogEntry("assigned", "case file", id, detail: "\(code) \(clerk?.uuidString ?? "")"))
        }
    }

    // What it is

    /// A submission is judged by its content (§ 37(1) of act 500/2004): with another regime another clock runs.
    func describe(
        _ id: UUID,
        title: String,
        regime: Regime,
        filingClass: String?,
        by hand: Hand
    ) async throws {
        let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (3...300).contains(title.count) else {
            throw FilingRefusal.wrong(field: "title", "Napište prosím stručný obsah, nejvýše 300 znaků.")
        }
        try await act(on: id, by: hand) { file, office in
            let due =
                regime == file.regime
                ? file.due : RegimeClock(regime)?.due(reached: Day(of: file.reachedAt))
            CaseFileStore.describe(
                id,
                title: title,
                regime: regime,
                filingClass: filingClass ?? file.filingClass,
                due: due,
                in: office
            )
            office.record(
                LogEntry("described", "case file", id, detail: "\(regime.rawValue) \(filingClass ?? "")")
            )
        }
    }

    /// Another last day, with its reason, such as an oral hearing (§ 71(3) of act 500/2004).
    func extend(_ id: UUID, until day: Day, why: String, by hand: Hand) async throws {
        guard why.count >= 5 else {
            throw FilingRefusal.wrong(
                field: "why",
                "Napište prosím důvod a ustanovení, podle kterého se lhůta mění."
            )
        }
        try await act(on: id, by: hand) { file, office in
            guard file.state == .open else { throw FilingRefusal.notOpen }
            guard day >= Day(of: file.reachedAt) else {
                throw FilingRefusal.wrong(field: "day", "Lhůta nemůže skončit dřív, než podání došlo.")
            }
            CaseFileStore.awaitSupplement(id, until: file.supplementBy, due: day, in: office)
            CaseFileStore.add(
                CaseNote(hand, "Lhůta do \(day.czechShort): \(why)"),
                to: id,
                in: office
            )
            office.record(LogEntry("extended", "case file", id, detail: day.description))
        }
    }

    func note(_ id: UUID, _ text: String, by hand: Hand) async throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (2...4000).contains(text.count) else {
            throw FilingRefusal.wrong(field: "text", "Napište prosím text záznamu, nejvýše 4 000 znaků.")
        }
        try await act(on: id, by: hand) { _, office in
            let note = CaseNote(hand, text)
            CaseFileStore.add(note, to: id, in: office)
            office.record(LogEntry("noted", "case file", id, detail: note.id.uuidString.lowercased()))
        }
    }

    // Confirmation and supplement

    /// § 37(4) of act 500/2004: a signed print, in person, or by data box, entered by the clerk.
    func confirm(_ id: UUID, by means: ConfirmationMeans, on day: Day, by hand: Hand) async throws {
        try await act(on: id, by: hand, needing: .registerMail) { file, office in
            guard file.awaitsConfirmation, let last = file.confirmBy else { throw FilingRefusal.notOpen }
            guard day <= hand.today, day >= Day(of: file.reachedAt) else {
                throw FilingRefusal.wrong(field: "day", "Den potvrzení je mezi dnem podání a dneškem.")
            }
            guard day <= last else {
                throw FilingRefusal.wrong(
                    field: "day",
                    "Potvrdit šlo do \(last.czechShort). Později potvrzené podání už nemá účinky, jde o nové podání."
                )
            }
            CaseFileStore.confirm(id, by: means, at: hand.now, in: office)
            try await report(
                file.takenAt == nil ? .registered : .assigned,
                of: file,
                note: "Podání je potvrzené \(means.czech).",
                confirmedBy: means,
                in: office
            )
            office.record(LogEntry("confirmed", "case file", id, detail: "\(means.rawValue) \(day)"))
        }
    }

    /// What was called for has come: the clock runs on from where it stood.
    func supplemented(_ id: UUID, by hand: Hand) async throws {
        try await act(on: id, by: hand, needing: .registerMail) { file, office in
            guard file.supplementBy != nil else { throw FilingRefusal.notOpen }
            let replies = try await ReplyStore.replies(of: id, in: office)
            let stood = replies.filter { $0.kind == .call }.compactMap(\.dispatched).max()
            let due = file.due.map { due in (due + max(0, hand.today - (stood ?? hand.today))).orNextWorking }
            CaseFileStore.awaitSupplement(id, until: nil, due: due, in: office)
            try await report(
                .assigned,
                of: file,
                note: "Doplnění došlo, úřad pokračuje.",
                deadline: due,
                in: office
            )
            office.record(LogEntry("supplemented", "case file", id, detail: due?.description ?? ""))
        }
    }

    // What the region is told

    /// Posts a report where the case began as a submission; the region shows it to the person.
    func report(
        _ status: SubmissionStatus,
        of file: CaseFile,
        assignee: String? = nil,
        note: String,
        confirmedBy: ConfirmationMeans? = nil,
        deadline: Day? = nil,
        in office: TenantTransaction
    ) async throws {
        guard let submission = file.submissionID else { return }
        let ordinal = try await CaseFileStore.nextReport(of: file.id, in: office)
        office.post(
            try Message(
                to: .region,
                about: submission,
                ordinal: ordinal,
                kind: StatusReport.kind,
                body: StatusReport(
                    submissionID: submission,
                    status: status,
                    at: Date(),
                    referenceNumber: file.referenceNumber,
                    assignee: assignee,
                    note: note,
                    confirmedBy: confirmedBy,
                    deadline: deadline ?? file.due
                )
            )
        )
    }
}

extension CaseNote {
    init(_ hand: CaseWork.Hand, _ text: String) {
        self.init(
            id: UUID.v7(),
            at: hand.now,
            author: hand.clerk.name,
            text: text,
            noticeID: nil,
            posted: nil,
            takenDown: nil
        )
    }
}
