import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
package import Web

/// The region's public face: find an office, or the office that is competent for what you need.
package struct FrontRoutes: Sendable {
    let book: OfficeBook
    let pages: Pages

    package init(book: OfficeBook, pages: Pages) {
        self.book = book
        self.pages = pages
    }

    package var routes: [Route] {
        [
            .open(.get, "/", on: [.region], "Najděte svůj úřad", front)
                .asking(.query("q", "Název obce nebo služby.")).showing(FrontPage.self),
            .open(.get, "/sluzby/:code", on: [.region], "Služba a příslušný úřad", service)
                .asking(parameters: Asked.parameters).showing(ServicePage.self),
            .open(.get, "/api/offices", on: [.region], "Úřady kraje", offices).giving([ListedOffice].self),
            .open(.get, "/api/services", on: [.region], "Služby a na co se u nich ptáme", services)
                .giving([ListedService].self),
            .open(.get, "/api/competent-office", on: [.region], "Příslušný úřad a proč", competentOffice)
                .asking(Asked.service).asking(parameters: Asked.parameters).giving(CompetentOffice.self),
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
                isUnverified: !service.isVerified,
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
}

extension PublicService {
    var facts: [Fact] {
        [
            Fact(name: "Kdo to vyřizuje", value: level.czech),
            Fact(name: "Předpis", value: citation),
            Fact(name: "Lhůta", value: term.isEmpty ? untold("zákon ji neurčuje") : marked(term)),
            Fact(name: "Poplatek", value: fee.isEmpty ? "" : marked(feeText)),
            confirmation == .inPerson
                ? Fact(name: "Jak se podává", value: "osobně; formulář návštěvu jen připraví")
                : Fact(name: "Potvrzení totožnosti", value: confirmation.czech(under: regime)),
        ].filter { !$0.value.isEmpty }
    }

    /// What nobody has compared with the law is shown as such (DOMAIN, § 11a.11).
    private func marked(_ fact: String) -> String { isVerified ? fact : "\(fact) (zatím neověřeno)" }
    private func untold(_ fact: String) -> String { isVerified ? fact : "" }

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
