import Foundation
import Office
import Testing

@testable import Submissions

@Suite struct `A report of a foreign system` {
    private func report(
        _ status: SubmissionStatus,
        office: String = "m_564028",
        note: String? = nil,
        reference: String? = nil,
        confirmedBy: ConfirmationMeans? = nil
    ) -> ForeignReport {
        ForeignReport(
            office: office,
            status: status,
            at: nil,
            reference: reference,
            note: note,
            confirmedBy: confirmedBy
        )
    }

    private func faults(_ report: ForeignReport) -> Set<String> {
        do { _ = try report.checkedOffice() } catch let refusal as PlainRefusal {
            return Set(refusal.fields.keys)
        } catch {
            Issue.record(error)
        }
        return []
    }

    @Test func `names every field that cannot be taken`() {
        #expect(faults(report(.settled)) == [])
        #expect(faults(report(.received, office: "Frýdlant")) == ["office", "status"])
        #expect(faults(report(.assigned, note: String(repeating: "x", count: 500))) == [])
        let long = report(
            .assigned,
            note: String(repeating: "x", count: 501),
            reference: String(repeating: "1", count: 101)
        )
        #expect(faults(long) == ["note", "reference"])
    }

    /// The person reads that the reason stands beside the step.
    @Test func `says why it refuses`() {
        #expect(faults(report(.refused)) == ["note"])
        #expect(faults(report(.refused, note: "  ")) == ["note"])
        #expect(faults(report(.refused, note: "Podání nelze přečíst.")) == [])
    }

    private func refusal(_ report: ForeignReport, after before: SubmissionStatus) -> SubmissionRefusal? {
        do throws(SubmissionRefusal) {
            try report.mustFollow(before)
            return nil
        } catch {
            return error
        }
    }

    @Test func `does not take up again what has ended`() {
        for before in SubmissionStatus.allCases {
            let refusal = refusal(report(.assigned), after: before)
            #expect((refusal != nil) == before.isFinal, "\(before)")
            #expect(refusal == nil || refusal?.kind == .conflict)
        }
        let late = report(.registered, confirmedBy: .inPerson)
        #expect(refusal(late, after: .closedWithoutAction) == nil, "it lapsed only for want of this")
        for before in [SubmissionStatus.settled, .refused] {
            #expect(refusal(late, after: before) == .ended(before))
        }
    }
}
