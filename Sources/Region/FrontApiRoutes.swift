import Database
import HTTPTypes
import Hummingbird
import Office
import Web

/// The register and competence for programs.
extension FrontRoutes {
    struct ListedOffice: Codable, SelfDescribing {
        static let czechFields = [
            "code": "Kód RÚIAN; u krajského úřadu kód kraje.", "orp": "Obec s rozšířenou působností.",
            "pou": "Obec s pověřeným obecním úřadem.", "url": "Virtuální úřad, je-li zřízen.",
        ]
        let code: String
        let name: String
        let orp: String
        let pou: String
        let url: String?
    }

    @Sendable func offices(_ request: Request, _ visit: Visit) async throws -> Response {
        let register = book.register
        let lines = register.offices.map { office in
            ListedOffice(
                code: office.code,
                name: office.name,
                orp: office.orpName,
                pou: office.pouName,
                url: register.hosted[office.tenant].map { pages.hosts.officeURL($0.slug) }
            )
        }
        return try Response.json(lines)
    }

    struct ListedService: Codable, SelfDescribing {
        static let czechFields = [
            "code": "Hodnota parametru sluzba.", "level": "Kdo službu vyřizuje.", "law": "Předpis.",
            "asks": "Parametry, z nichž GET /api/competent-office potřebuje aspoň jeden; prázdné: žádný.",
        ]
        let code: String
        let name: String
        let level: String
        let law: String
        let asks: [String]
    }

    @Sendable func services(_ request: Request, _ visit: Visit) async throws -> Response {
        try Response.json(
            book.register.catalogue.inForce(on: visit.today).map { service in
                ListedService(
                    code: service.code,
                    name: service.name,
                    level: service.level.czech,
                    law: service.citation,
                    asks: Asked.names(for: service)
                )
            }
        )
    }

    struct CompetentOffice: Codable, SelfDescribing {
        static let czechFields = [
            "decided": "Zda pravidla úřad určila; ne-li, rozhoduje pracoviště kraje.",
            "tenant": "Označení úřadu: m_ a kód RÚIAN obce, nebo k_ a kód kraje.",
            "explanation": "Proč právě on, po větách s předpisy.",
        ]
        let decided: Bool
        let tenant: String?
        let office: String?
        let explanation: [String]
    }

    @Sendable func competentOffice(_ request: Request, _ visit: Visit) async throws -> Response {
        let code = try Input.query(Asked.service.name, of: request)
        let typed = try Input.query(Asked.day.name, of: request)
        guard typed.isEmpty || Day(typed) != nil else { throw PlainRefusal.unreadable(field: Asked.day.name) }
        guard book.register.catalogue.history(of: code).last != nil else {
            throw asking([Asked.service.name], CompetenceRefusal.unknownService(code))
        }
        let asked = try asked(code, request, visit)
        let names = Asked.names(for: asked.service)
        do {
            guard let question = try asked.question(in: book.register) else {
                throw CompetenceRefusal.placeNeeded
            }
            let finding = try await book.competentOffice(for: question)
            var tenant: String?
            if case .office(let name) = finding.outcome { tenant = name.rawValue }
            return try Response.json(
                CompetentOffice(
                    decided: tenant != nil,
                    tenant: tenant,
                    office: finding.officeName,
                    explanation: finding.explanation
                )
            )
        } catch let refusal as CompetenceRefusal {
            let given = try names.filter { try !Input.query($0, of: request).isEmpty }
            throw asking(given.isEmpty ? names : given, refusal)
        }
    }

    /// The refusal with the parameters that it is about.
    private func asking(_ names: [String], _ refusal: CompetenceRefusal) -> PlainRefusal {
        PlainRefusal(
            refusal.kind,
            refusal.code,
            refusal.czech,
            fields: Dictionary(names.map { ($0, refusal.czech) }, uniquingKeysWith: { first, _ in first })
        )
    }
}

extension Asked {
    static let service = Parameter.query(
        "sluzba",
        "Kód služby, jak jej vypíše GET /api/services.",
        isRequired: true
    )
    static let day = Parameter.query(
        "den",
        "Ke kterému dni, RRRR-MM-DD; jinak dnes.",
        .string(format: "date")
    )
    private static let office = Parameter.query(
        "urad",
        "Úřad, kterému chcete psát nebo k němuž to máte nejblíž: název obce nebo kód RÚIAN."
    )

    /// The places of all criteria, whichever of them the service asks for.
    static let parameters: [Parameter] =
        TerritorialCriterion.allCases.flatMap { criterion in
            [
                Parameter.query(criterion.field, "\(criterion.czech): název obce nebo kód RÚIAN."),
                .query("cast-" + criterion.field, "Její část: kód části obce."),
            ]
        } + [office, day]

    /// Of these a program must give at least one.
    static func names(for service: PublicService) -> [String] {
        if service.level == .region { return [] }
        return service.criteria.map(\.field) + (service.level.isChosen ? [office.name] : [])
    }
}
