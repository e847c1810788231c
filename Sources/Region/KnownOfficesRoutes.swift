import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// What the data of the register do not know of a municipality, and the administrator does.
extension HostingRoutes {
    /// The documents that were registered here stay (§ 64 of act 499/2004), so nobody just switches it off.
    private static let nextStep =
        " Dokud zdejší spisovnu má, změna se nezapíše: domluvte s úřadem přechod na atestovaný systém a předání "
        + "spisů do něj, a potom ji zapište znovu."

    /// Whether it has a registry and a building office; refused where its filing room here says that it has neither.
    @Sendable func correctOffices(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        let form = try await Input.decode(HostingForm.self, from: request)
        guard !office.isRegion else { throw HostingRefusal.unknownOffice(office.code) }
        do {
            let (registry, building) = try form.ownOffices()
            let corrected = office.confirmed(registry: registry, building: building)
            let refusals = [
                "tenants_designated_filing_room": HostingRefusal.designated(
                    (corrected.whyNoFilingRoom ?? office.name) + Self.nextStep
                )
            ]
            try await refusing(refusals) {
                try await database.region(as: visitor.actor) { region in
                    RegisterStore.confirmOffices(
                        registry: registry,
                        building: building,
                        of: office.tenant,
                        in: region
                    )
                }
            }
        } catch let refusal as HostingRefusal where !request.prefersJSON {
            let isUnanswered = refusal.fields.keys.contains { OwnOffice(rawValue: $0) != nil }
            let fields = isUnanswered ? refusal.fields : [OwnOffice.registryOffice.rawValue: refusal.czech]
            return try await answer(office, form, fields, to: request, visit, status: refusal.kind.status)
        }
        try await book.renew()
        var response = Response.seeOther("/kraj/obce/\(office.code)")
        response.flash("Matriční a stavební úřad obce \(office.name) je zapsaný.", cookies)
        return response
    }
}
