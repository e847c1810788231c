import Database
import Foundation
import Messages
import Office
import Records

// What comes to the office by hand: paper, e-mail, spoken.

extension Registry {
    /// What a document means for the case file that it is added to.
    enum Added: Sendable, Equatable {
        case other
        /// What was called for: the clock runs on.
        case supplement
        /// The submission confirmed within its term.
        case confirmation(ConfirmationMeans)
    }

    /// Registers with a case file of its own.
    func enter(_ entry: Entry, at tenant: TenantName, by clerk: Clerk, now: Date) async throws -> Registered {
        let registered = try await database.tenant(
            tenant,
            as: clerk.actor,
            needing: Permission.registerMail.rawValue
        ) { office in
            try await register(entry, by: clerk.userID, now: now, in: office)
        }
        bell.ring()
        return registered
    }

    /// Registers into a case file that is there already: one matter, one file (§ 12 of decree 259/2012).
    func add(
        _ entry: Entry,
        to id: UUID,
        meaning: Added,
        at tenant: TenantName,
        by clerk: Clerk,
        now: Date
    ) async throws -> Registered {
        let registered = try await refusing(["case_file_closed": FilingRefusal.closed]) {
            try await database.tenant(
                tenant,
                as: clerk.actor,
                needing: Permission.registerMail.rawValue
            ) { office in
                let (day, year) = (Day(of: entry.receivedAt), Day(of: now).year)
                let abbreviation = try await OfficeStore.profile(in: office).abbreviation
                let sender = FilingStore.sender(entry.submitter, in: office)
                let next = FilingStore.nextNumber(year, in: office)
                try await office.flush()
                guard let number = try next.first, let senderID = try sender.first else {
                    throw PlainRefusal.busy
                }
                let file = try await seen(id, by: clerk, in: office)
                guard file.closed == nil else { throw FilingRefusal.closed }
                let documentID = incoming(
                    entry,
                    number: number,
                    year: year,
                    abbreviation: abbreviation,
                    sender: senderID,
                    caseFile: id,
                    isSecret: file.regime == .tax,
                    by: clerk.userID,
                    in: office
                )
                switch meaning {
                case .other: break
                case .supplement:
                    try file.mustAllow(.resume)
                    try await resume(file, on: day, at: now, in: office)
                case .confirmation(let means):
                    try file.mustAllow(.confirm)
                    try await confirm(file, by: means, on: day, at: now, in: office)
                }
                let reference = "\(abbreviation) \(number)/\(year)"
                office.record(LogEntry("registered", "document", documentID, detail: reference))
                return Registered(caseFile: id, document: documentID, reference: reference)
            }
        }
        bell.ring()
        return registered
    }

    /// Closes by record what came by hand and nobody confirmed in time (§ 37(4) of act 500/2004).
    func lapse(_ id: UUID, at tenant: TenantName, by clerk: Clerk, today: Day) async throws {
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, by: clerk, in: office)
            guard file.canLapse(on: today), let last = file.confirmBy else { throw FilingRefusal.notLapsed }
            FilingStore.lapse(id, on: today, record: file.lapseRecord(after: last), in: office)
            office.record(LogEntry("closed by record", "case file", id))
        }
    }
}

extension CaseFile {
    /// How a file is settled that nobody confirmed.
    func lapseRecord(after last: Day) -> String {
        "záznamem: podání nebylo do \(last.czechShort) potvrzeno (\(regime.confirmationLaw))"
    }
}
