package import Database
package import Foundation
package import Office
import Records

// Where a case file meets the books and the board, in the transaction of the act.

extension Registry {
    /// Prescribes a fee in the books, in the same transaction; the person sees the amount.
    ///
    /// One for a case file, however often the button is pressed. It need not be confirmed: the fee arises by law.
    package func prescribe(
        _ kind: String,
        _ amount: Money,
        due: Day,
        in id: UUID,
        paymentPage: (UUID) -> String,
        at tenant: TenantName,
        by clerk: Clerk,
        now: Date
    ) async throws {
        guard let books else { throw FilingRefusal.noBooks }
        guard amount.hellers > 0, amount <= Money(crowns: 1_000_000) else { throw FilingRefusal.badAmount }
        guard due > Day(of: now) else { throw FilingRefusal.dueInPast }
        let receivable = UUID.v7()
        let link = paymentPage(receivable)
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, to: .prescribe, by: clerk, in: office)
            guard file.feeID == nil else { throw FilingRefusal.alreadyPrescribed }
            FilingStore.note(fee: receivable, of: id, in: office)
            guard let document = try await FilingStore.documents(of: id, in: office).first else {
                throw PlainRefusal.missing
            }
            let facts = FeeFacts(answers: document.answers)
            guard kind != "dog" || amount <= facts.dogMax else {
                throw FilingRefusal.aboveFeeMax(facts.dogLaw)
            }
            try await books.prescribe(
                FeePrescription(
                    id: receivable,
                    kind: kind,
                    payer: document.sender ?? "",
                    hellers: amount.hellers,
                    due: due,
                    referenceNumber: document.referenceNumber,
                    documentID: document.id,
                    clerk: clerk.name
                ),
                in: office
            )
            try await Self.tell(
                file.told,
                .feePrescribed,
                of: file,
                at: now,
                note:
                    "Předepsán poplatek \(amount.czech), splatný \(due.czechShort).",
                link: link,
                in: office
            )
            office.record(LogEntry("prescribed fee", "case file", id, detail: "\(amount.hellers)"))
        }
    }

    /// Who may prescribe may take back what nobody has paid; the books keep both entries.
    package func cancelFee(in id: UUID, at tenant: TenantName, by clerk: Clerk, now: Date) async throws {
        guard let books else { throw FilingRefusal.noBooks }
        try await act(at: tenant, by: clerk) { office in
            let file = try await seen(id, by: clerk, in: office)
            guard file.closed == nil else { throw FilingRefusal.closed }
            guard let fee = file.feeID, let owed = try await books.fee(fee, in: office) else {
                throw FilingRefusal.notPrescribed
            }
            FilingStore.forgetFee(of: id, in: office)
            guard try await books.cancel(fee, by: clerk.name, on: Day(of: now), in: office) else {
                throw FilingRefusal.feePaid
            }
            try await Self.tell(
                file.told,
                .feeCancelled,
                of: file,
                at: now,
                note: "Předpis poplatku \(owed.amount.czech) je zrušený.",
                in: office
            )
            office.record(LogEntry("cancelled fee", "case file", id, detail: "\(owed.amount.hellers)"))
        }
    }
}
