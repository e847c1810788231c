import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
package import Web

/// The region's public face: find an office, or the office that is competent for what you need.
package struct FrontRoutes: Sendable {
    private let book: OfficeBook
    private let pages: Pages

    package init(book: OfficeBook, pages: Pages) {
        self.book = book
        self.pages = pages
    }

    package var routes: [Route] {
        [
            .open(.get, "/", on: [.region], "Najděte svůj úřad", front),
            .open(.get, "/sluzby/:code", on: [.region], "Služba a příslušný úřad", service),
            .open(.get, "/api/offices", on: [.region], "Úřady kraje", offices),
            .open(.get, "/api/competent-office", on: [.region], "Příslušný úřad a proč", competentOffice),
        ]
    }

    @Sendable private func front(_ request: Request, _ visit: Visit) async throws -> Response {
        let register = book.register
        let query = try Input.query("q", of: request)
        let found = query.isEmpty ? [] : Array(register.search(query).prefix(20))
        let search = WordSearch(query)
        let inForce = register.catalogue.inForce(on: visit.today)
        let services = search.map { $0.best(inForce) { [$0.name, $0.words] } } ?? inForce
        return try pages.answer(
            FrontPage(
                query: query,
                hasQuery: !query.isEmpty,
                offices: found.map { office($0, register) },
                services: services.map {
                    ServiceLink(name: $0.name, link: "/sluzby/\($0.code)", office: $0.level.czech)
                },
                nothingFound: !query.isEmpty && found.isEmpty && services.isEmpty,
                hosted: register.offices.filter { register.hosted[$0.tenant] != nil }.prefix(24)
                    .map { office($0, register) }
            ),
            to: request,
            visit
        )
    }

    private func office(_ office: RegisteredOffice, _ register: Register) -> FoundOffice {
        FoundOffice(
            name: register.label(of: office),
            district: office.isRegion ? "krajský úřad" : "ORP \(office.orpName)",
            url: register.hosted[office.tenant].map { pages.hosts.officeURL($0.slug) }
        )
    }

    @Sendable private func offices(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Line: Encodable {
            let code: String
            let name: String
            let orp: String
            let pou: String
            let url: String?
        }
        let register = book.register
        let lines = register.offices.map { office in
            Line(
                code: office.code,
                name: office.name,
                orp: office.orpName,
                pou: office.pouName,
                url: register.hosted[office.tenant].map { pages.hosts.officeURL($0.slug) }
            )
        }
        return try Response.json(lines)
    }

    // The competent office

    @Sendable private func service(_ request: Request, _ visit: Visit) async throws -> Response {
        let code = try visit.parameter("code")
        let asked = try asked(code, request, visit)
        let service = asked.service
        let (finding, error) = try await outcome(of: asked)
        return try pages.answer(
            ServicePage(
                title: service.name,
                code: code,
                facts: service.facts,
                note: service.note,
                needsPlace: service.level != .region,
                choice: asked.choice(in: book.register),
                finding: finding,
                error: error
            ),
            to: request,
            visit,
            status: error == nil ? .ok : .unprocessableContent
        )
    }

    /// The rule in force on the day asked about, or else the first one, so that its refusal names its day.
    func asked(_ code: String, _ request: Request, _ visit: Visit, isCarried: Bool = false) throws -> Asked {
        let catalogue = book.register.catalogue
        let day = Day(try Input.query("den", of: request)) ?? visit.today
        guard let service = catalogue.rule(of: code, on: day) ?? catalogue.history(of: code).last else {
            throw PlainRefusal.missing
        }
        return try Asked(
            { try Input.query($0, of: request) },
            service: service,
            day: day,
            isCarried: isCarried
        )
    }

    /// The dry run of the console asks the same.
    func outcome(of asked: Asked) async throws -> (FindingView?, String?) {
        do {
            guard let question = try asked.question(in: book.register) else { return (nil, nil) }
            let finding = try await book.competentOffice(for: question)
            return (view(finding), nil)
        } catch let refusal as any Refusal where refusal.kind == .invalid {
            return (nil, refusal.czech)
        }
    }

    private func view(_ finding: CompetenceFinding) -> FindingView {
        guard case .office(let tenant) = finding.outcome else {
            return FindingView(
                isDecided: false,
                office: "",
                explanation: finding.explanation,
                link: nil,
                isHosted: false
            )
        }
        let hosted = book.register.hosted[tenant]
        let forms = hosted.flatMap { office in
            office.keeps(Room.forms.rawValue)
                ? "\(pages.hosts.officeURL(office.slug))/formulare?sluzba=\(finding.service.code)" : nil
        }
        return FindingView(
            isDecided: true,
            office: finding.officeName ?? tenant.rawValue,
            explanation: finding.explanation,
            link: forms,
            isHosted: hosted != nil
        )
    }

    @Sendable private func competentOffice(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Answer: Encodable {
            let decided: Bool
            let tenant: String?
            let office: String?
            let explanation: [String]
        }
        let code = try Input.query("sluzba", of: request)
        let asked = try asked(code, request, visit)
        guard let question = try asked.question(in: book.register) else {
            throw CompetenceRefusal.placeNeeded
        }
        let finding = try await book.competentOffice(for: question)
        var tenant: String?
        if case .office(let name) = finding.outcome { tenant = name.rawValue }
        return try Response.json(
            Answer(
                decided: tenant != nil,
                tenant: tenant,
                office: finding.officeName,
                explanation: finding.explanation
            )
        )
    }
}

extension PublicService {
    var facts: [Fact] {
        [
            Fact(name: "Kdo to vyřizuje", value: level.czech),
            Fact(name: "Předpis", value: citation),
            Fact(name: "Lhůta", value: term.isEmpty ? "zákon ji neurčuje" : term),
            Fact(name: "Poplatek", value: feeText),
            Fact(name: "Potvrzení totožnosti", value: confirmation.czech(under: regime)),
        ].filter { !$0.value.isEmpty }
    }

    private var feeText: String {
        if fee == "0" { return "zdarma" }
        return fee.first?.isNumber == true ? "\(fee) Kč" : fee
    }
}

extension ConfirmationRule {
    func czech(under regime: Regime) -> String {
        switch self {
        case .none: "není potřeba"
        case .withinFiveDays: "do 5 dnů, pokud vaše totožnost není ověřená (\(regime.confirmationLaw))"
        case .inPerson: "vyřizuje se osobně; formulář návštěvu připraví"
        }
    }
}
