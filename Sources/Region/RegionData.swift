import Database
package import Foundation
package import Office

/// The register of a region as it lies in `RegionData`: offices, parts and the catalogue of services.
package struct RegionData: Sendable {
    package let offices: [RegisteredOffice]
    package let parts: [MunicipalPart]
    package let services: [PublicService]
    /// All the text it was read from, so that a change can be noticed.
    package let text: String

    /// Throws ``CSV/Fault`` with file and line.
    package init(folder: URL) throws {
        var text = ""
        func table(_ name: String) throws -> CSV {
            let content = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
            text += content
            return try CSV(content, file: name)
        }
        let municipalities = try table("liberec/municipalities.csv")
        let names = try municipalities.lines.map { line in
            (code: try line["code"], name: try line["name"], orp: try line["orp_name"])
        }
        let slugs = Slug.all(of: names + [(code: "78", name: "Krajský úřad", orp: "")])
        guard let region = TenantName("k_78") else { preconditionFailure("k_78 is a tenant's name") }
        var offices = try municipalities.lines.map { try RegisteredOffice($0, slugs: slugs) }
        offices.append(
            RegisteredOffice(
                tenant: region,
                code: "78",
                isRegion: true,
                name: "Krajský úřad Libereckého kraje",
                status: .village,
                slug: "krajsky-urad",
                orpCode: "",
                orpName: "",
                pouCode: "",
                pouName: "",
                district: "",
                population: 0,
                postcodes: [],
                isORP: false,
                isPOU: false,
                hasRegistryOffice: nil,
                hasBuildingOffice: nil,
                isDesignated: true
            )
        )
        self.offices = offices
        parts = try table("liberec/parts.csv").lines.map { line in
            guard let tenant = TenantName("m_\(try line["municipality"])") else {
                throw line.fault("municipality is not a code")
            }
            return MunicipalPart(
                code: try line["code"],
                tenant: tenant,
                name: try line["name"],
                postcode: try line["postcode"]
            )
        }
        let catalogue = try table("services.csv")
        services = try catalogue.lines.map(PublicService.init)
        var versions: Set<String> = []
        for (service, line) in zip(services, catalogue.lines)
        where !versions.insert("\(service.code) \(service.validFrom)").inserted {
            throw line.fault("\(service.code) has two versions from \(service.validFrom)")
        }
        self.text = text
    }
}

extension RegisteredOffice {
    fileprivate init(_ line: CSV.Line, slugs: [String: String]) throws {
        let code = try line["code"]
        let name = try line["name"]
        guard let tenant = TenantName("m_\(code)"), let slug = slugs[code] else {
            throw line.fault("\(code) is not the code of a municipality")
        }
        guard let population = Int(try line["population_2020"]) else {
            throw line.fault("population is not a number")
        }
        guard let status = MunicipalStatus(rawValue: try line["status"]) else {
            throw line.fault("status is unknown")
        }
        let orp = try line["orp_name"]
        let pou = try line["pou_name"]
        self.init(
            tenant: tenant,
            code: code,
            isRegion: false,
            name: name,
            status: status,
            slug: slug,
            orpCode: try line["orp_code"],
            orpName: orp,
            pouCode: try line["pou_code"],
            pouName: pou,
            district: try line["district"],
            population: population,
            postcodes: try line["postcodes"].split(separator: " ").map(String.init),
            isORP: name == orp,
            isPOU: name == pou,
            hasRegistryOffice: nil,
            hasBuildingOffice: nil,
            isDesignated: name == orp || name == pou
        )
    }
}

extension PublicService {
    fileprivate init(_ line: CSV.Line) throws {
        guard let level = CompetenceLevel(rawValue: try line["level"]),
            let regime = Regime(rawValue: try line["regime"]),
            let confirmation = ConfirmationRule(rawValue: try line["confirmation"]),
            let validFrom = Day(try line["valid_from"])
        else { throw line.fault("level, regime, confirmation or day is unknown") }
        guard try ["yes", "no"].contains(line["verified"]) else { throw line.fault("verified is yes or no") }
        let criteria = try line["criteria"].split(separator: " ").map { name in
            guard let criterion = TerritorialCriterion(rawValue: String(name)) else {
                throw line.fault("criterion \(name) is unknown")
            }
            return criterion
        }
        // Only a place tells one office of these levels from another.
        let hangsOnPlace = ![.chosenOffice, .anyORP, .region].contains(level)
        guard !hangsOnPlace || !criteria.isEmpty else { throw line.fault("\(level) needs a criterion") }
        self.init(
            code: try line["code"],
            name: try line["name"],
            level: level,
            criteria: criteria,
            regime: regime,
            confirmation: confirmation,
            law: try line["law"],
            term: try line["term"],
            fee: try line["fee_czk"],
            note: try line["note"],
            exception: try line["exception"],
            isVerified: try line["verified"] == "yes",
            validFrom: validFrom,
            change: try line["change"],
            words: try line["words"]
        )
    }
}
