import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// What the data of the register do not know of a municipality, and the administrator does.
extension HostingRoutes {
    /// Whether it has a registry and a building office; refused where its filing room here says that it has neither.
    @Sendable func correctOffices(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        let form = try await Input.decode(HostingForm.self, from: request)
        guard !office.isRegion else { throw HostingRefusal.unknownOffice(office.code) }
        do {
            guard let registry = form.registryOffice, let building = form.buildingOffice else {
                throw HostingRefusal.unconfirmed(office.name)
            }
            let corrected = office.confirmed(registry: registry == "yes", building: building == "yes")
            let refusals = [
                "tenants_designated_filing_room": HostingRefusal.designated(
                    corrected.whyNoFilingRoom ?? office.name
                )
            ]
            try await refusing(refusals) {
                try await database.region(as: visitor.actor) { region in
                    RegisterStore.confirmOffices(
                        registry: registry == "yes",
                        building: building == "yes",
                        of: office.tenant,
                        in: region
                    )
                }
            }
        } catch let refusal as HostingRefusal where !request.prefersJSON {
            let fields = ["hasRegistryOffice": refusal.czech]
            return try await answer(office, form, fields, to: request, visit, status: refusal.kind.status)
        }
        try await book.renew()
        var response = Response.seeOther("/kraj/obce/\(office.code)")
        response.flash("Matriční a stavební úřad obce \(office.name) je zapsaný.", cookies)
        return response
    }
}
