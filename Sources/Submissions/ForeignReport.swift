import Database
import Foundation
import Office
import Web

/// `{"office": "m_564028", "status": "settled", "at": "…", "reference": "…", "note": "…", "confirmedBy": "inPerson"}`:
/// what a filing system of an office's own tells.
///
/// All after `status` may be left out; who refuses says why.
struct ForeignReport: Decodable, SelfDescribing {
    static let czechFields = [
        "office": "Označení úřadu z doručení, například m_564028.",
        "status": "Stav; received a awaitingConfirmation určuje jen kraj. Po konečném stavu už další nejde.",
        "at": "Kdy se to stalo; nejpozději teď.", "reference": "Číslo jednací, nejvýše 100 znaků.",
        "note": "Věta pro podatele, nejvýše 500 znaků; u refused povinná, je to důvod.",
        "confirmedBy": "Jak úřadu podání potvrdili.",
    ]
    let office: String
    let status: SubmissionStatus
    let at: Date?
    let reference: String?
    let note: String?
    let confirmedBy: ConfirmationMeans?

    private static let ownStatuses: [SubmissionStatus] = [.received, .awaitingConfirmation]

    /// Throws a refusal that names every field that cannot be taken.
    func checkedOffice() throws -> TenantName {
        var fields: [String: String] = [:]
        let tenant = TenantName(office)
        if tenant == nil { fields["office"] = "Napište označení úřadu z doručení, například m_564028." }
        if Self.ownStatuses.contains(status) {
            let known = SubmissionStatus.allCases.filter { !Self.ownStatuses.contains($0) }
            fields["status"] =
                "Tento stav určuje jen kraj; úřad hlásí: \(known.map(\.rawValue).joined(separator: ", "))."
        }
        let said = (note ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        if said.count > 500 { fields["note"] = "Poznámka může mít nejvýše 500 znaků." }
        if status == .refused, said.isEmpty {
            fields["note"] = "Napište důvod odmítnutí; podatel ho uvidí u kroku."
        }
        if (reference ?? "").count > 100 { fields["reference"] = "Číslo jednací může mít nejvýše 100 znaků." }
        guard let tenant, fields.isEmpty else {
            throw PlainRefusal(
                .invalid,
                "report-unclear",
                fields.sorted { $0.key < $1.key }.map(\.value).joined(separator: " "),
                fields: fields
            )
        }
        return tenant
    }

    /// What has ended is not told on; only a confirmation that came in time takes up again what lapsed without it.
    func mustFollow(_ before: SubmissionStatus) throws(SubmissionRefusal) {
        guard before.isFinal, before != .closedWithoutAction || confirmedBy == nil else { return }
        throw .ended(before)
    }
}
