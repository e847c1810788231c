import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// Hosting for programs: resources of their own shape, whatever the pages show.
extension HostingRoutes {
    struct HostedLine: Codable {
        let code: String
        let tenant: String
        let name: String
        let url: String
        let rooms: [String]
        let isBehind: Bool
    }

    @Sendable func tenants(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws -> Response {
        let register = book.register
        let lines = register.offices.compactMap { office in
            register.hosted[office.tenant].map { hosted in
                HostedLine(
                    code: office.code,
                    tenant: office.tenant.rawValue,
                    name: office.name,
                    url: pages.hosts.officeURL(hosted.slug),
                    rooms: hosted.rooms.sorted(),
                    isBehind: hosted.state == .behind
                )
            }
        }
        return try Response.json(lines)
    }

    struct TenantResource: Codable, SelfDescribing {
        static let czechFields = [
            "tenant": "Označení úřadu v systému.", "orp": "Obec s rozšířenou působností.",
            "pou": "Obec s pověřeným obecním úřadem.", "population": "Počet obyvatel.",
            "parts": "Části obce.",
            "isDesignated": "Určený původce podle § 63 odst. 1 zákona č. 499/2004 Sb.",
            "allowedRooms": "Části úřadu, které mít smí.",
            "state": "none: nezřízen, ordered: zřizuje se, hosted: běží, behind: čeká na aktualizaci.",
            "rooms": "Části úřadu, které má.", "url": "Adresa, je-li zřízen.",
            "job": "Otevřená úloha; viz GET /api/jobs/{id}.",
            "hasRegistryOffice": "Má-li matriční úřad; chybí, dokud to nikdo nepotvrdil.",
            "hasBuildingOffice": "Má-li stavební úřad; chybí, dokud to nikdo nepotvrdil.",
        ]

        enum State: String, Codable, CaseIterable {
            case none, ordered, hosted, behind
        }

        let code: String
        let tenant: String
        let name: String
        let orp: String
        let pou: String
        let district: String
        let population: Int
        let parts: [String]
        let isDesignated: Bool
        let hasRegistryOffice: Bool?
        let hasBuildingOffice: Bool?
        let allowedRooms: [String]
        let state: State
        let rooms: [String]
        let url: String?
        let job: String?
    }

    @Sendable func tenant(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws -> Response {
        let office = try registered(visit)
        let register = book.register
        let hosted = register.hosted[office.tenant]
        let open = try await database.region { try await HostingStore.openJob(of: office.tenant, in: $0) }
        let state: TenantResource.State =
            if let hosted { hosted.state == .behind ? .behind : .hosted } else {
                open == nil ? .none : .ordered
            }
        return try Response.json(
            TenantResource(
                code: office.code,
                tenant: office.tenant.rawValue,
                name: office.name,
                orp: office.orpName,
                pou: office.pouName,
                district: office.district,
                population: office.population,
                parts: register.parts(of: office.tenant).map(\.name),
                isDesignated: office.isDesignated,
                hasRegistryOffice: office.hasRegistryOffice,
                hasBuildingOffice: office.hasBuildingOffice,
                allowedRooms: Hosting.allowedRooms(of: office).map(\.rawValue),
                state: state,
                rooms: hosted?.rooms.sorted() ?? [],
                url: hosted.map { pages.hosts.officeURL($0.slug) },
                job: open.map { $0.id.uuidString.lowercased() }
            )
        )
    }

    struct OrderedJob: Codable {
        let job: String
    }

    struct JobResource: Codable, SelfDescribing {
        static let czechFields = [
            "code": "Kód úřadu v registru.", "isDone": "Zda úřad už běží.", "error": "Proč to nešlo.",
        ]
        let id: String
        let code: String
        let rooms: [String]
        let requestedAt: Date
        let startedAt: Date?
        let finishedAt: Date?
        let isDone: Bool
        let error: String?
        let url: String?
    }

    @Sendable func apiJob(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws -> Response {
        let (job, office) = try await foundJob(visit)
        let isDone = job.finishedAt != nil && job.error == nil
        return try Response.json(
            JobResource(
                id: job.id.uuidString.lowercased(),
                code: office.code,
                rooms: job.rooms.sorted(),
                requestedAt: job.requestedAt,
                startedAt: job.startedAt,
                finishedAt: job.finishedAt,
                isDone: isDone,
                error: job.error,
                url: isDone ? pages.hosts.officeURL(office.slug) : nil
            )
        )
    }

    func foundJob(_ visit: Visit) async throws -> (ProvisioningJob, RegisteredOffice) {
        let id = try visit.identifier("id")
        guard let job = try await database.region({ try await HostingStore.job(id, in: $0) }),
            let office = book.register.office(job.tenant)
        else { throw PlainRefusal.missing }
        if job.finishedAt != nil, job.error == nil { try await book.renew() }
        return (job, office)
    }
}
