package import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
package import Web

/// The rules of distribution: the catalogue, the history of each service, and dry runs.
package struct CatalogueRoutes: Sendable {
    private let database: Database
    private let book: OfficeBook
    private let pages: Pages
    private let cookies: CookieJar

    package init(database: Database, book: OfficeBook, pages: Pages, cookies: CookieJar) {
        self.database = database
        self.book = book
        self.pages = pages
        self.cookies = cookies
    }

    package var routes: [Route] {
        [
            .administrator(.get, "/kraj/sluzby", "Katalog služeb", catalogue)
                .asking(
                    .query("q", "Hledaná slova."),
                    .query("stav", "Jen neověřená.", .choice(["neoverene"]))
                ).showing(CataloguePage.self),
            .administrator(.get, "/kraj/sluzby/:code", "Pravidla služby a jejich vývoj", history)
                .showing(RuleHistoryPage.self),
            .administrator(.post, "/kraj/sluzby/:code/overit", "Zaznamená ověření pravidla", check),
            .administrator(.get, "/kraj/zkouska", "Zkouška rozdělování", dryRun)
                .asking(.query("sluzba", "Kód služby.")).asking(parameters: Asked.parameters)
                .showing(DryRunPage.self),
        ]
    }

    @Sendable private func catalogue(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let catalogue = book.register.catalogue
        let isUnverifiedOnly = try Input.query("stav", of: request) == "neoverene"
        let query = try Input.query("q", of: request)
        let search = WordSearch(query)
        let services = catalogue.inForce(on: visit.today)
        let shown = services.filter { service in
            (!isUnverifiedOnly || !service.isVerified)
                && search?.finds(in: [service.name, service.words, service.law]) ?? true
        }
        return try pages.answer(
            CataloguePage(
                query: query,
                isUnverifiedOnly: isUnverifiedOnly,
                groups: ServiceGroup.all(shown, in: catalogue),
                isEmpty: shown.isEmpty,
                verified: services.count { $0.isVerified },
                total: services.count,
                filters: [
                    FilterLink(name: "všechny", link: "/kraj/sluzby", isCurrent: !isUnverifiedOnly),
                    FilterLink(
                        name: "neověřené",
                        link: "/kraj/sluzby?stav=neoverene",
                        isCurrent: isUnverifiedOnly
                    ),
                ]
            ),
            to: request,
            visit
        )
    }

    @Sendable private func history(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let code = try visit.parameter("code")
        let catalogue = book.register.catalogue
        let versions = catalogue.history(of: code)
        guard let newest = versions.first else { throw PlainRefusal.missing }
        let inForce = catalogue.rule(of: code, on: visit.today)
        let checks = try await database.region { region in
            var checks: [Day: (on: Day, by: String)] = [:]
            for version in versions {
                checks[version.validFrom] = try await CatalogueStore.check(
                    of: code,
                    validFrom: version.validFrom,
                    in: region
                )
            }
            return checks
        }
        return try pages.answer(
            RuleHistoryPage(
                title: (inForce ?? newest).name,
                code: code,
                versions: versions.map { version in
                    RuleVersion(
                        version,
                        lastDay: catalogue.lastDay(of: version),
                        check: checks[version.validFrom],
                        today: visit.today
                    )
                }
            ),
            to: request,
            visit
        )
    }

    @Sendable private func check(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        struct Form: Decodable {
            var validFrom: String
            /// `yes` notes the check, anything else takes it back.
            var checked: String
        }
        let code = try visit.parameter("code")
        let form = try await Input.decode(Form.self, from: request)
        guard let day = Day(form.validFrom),
            book.register.catalogue.history(of: code).contains(where: { $0.validFrom == day })
        else { throw PlainRefusal.missing }
        let isChecked = form.checked == "yes"
        try await database.region(as: visitor.actor) { region in
            CatalogueStore.note(
                check: isChecked ? (on: visit.today, by: visitor.name) : nil,
                of: code,
                validFrom: day,
                in: region
            )
        }
        try await book.renew()
        var response = Response.seeOther("/kraj/sluzby/\(Address.escaped(code, keeping: "-"))")
        response.flash(
            isChecked ? "Pravidlo je označené jako ověřené." : "Pravidlo je opět označené jako neověřené.",
            cookies
        )
        return response
    }

    @Sendable private func dryRun(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let front = FrontRoutes(book: book, pages: pages)
        let code = try Input.query("sluzba", of: request)
        guard let first = book.register.catalogue.inForce(on: visit.today).first else {
            throw PlainRefusal.missing
        }
        let asked = try front.asked(code.isEmpty ? first.code : code, request, visit, isCarried: true)
        let typed = try Input.query("den", of: request)
        let isDay = typed.isEmpty || Day(typed) != nil
        let rule = book.register.catalogue.rule(of: asked.service.code, on: asked.day)
        var (finding, error): (FindingView?, String?) = (nil, nil)
        if !isDay {
            let refusal = CompetenceRefusal.notADay(typed)
            guard !request.prefersJSON else { throw refusal }
            error = refusal.czech
        } else if rule == nil {
            error = CompetenceRefusal.notYetValid(asked.service.name, asked.service.validFrom).czech
        } else {
            (finding, error) = try await front.outcome(of: asked)
        }
        return try pages.answer(
            DryRunPage(
                choice: asked.choice(in: book.register),
                day: isDay ? asked.day.description : typed,
                rule: code.isEmpty || !isDay || rule == nil
                    ? nil
                    : RuleVersion(
                        asked.service,
                        lastDay: book.register.catalogue.lastDay(of: asked.service),
                        check: nil,
                        today: asked.day
                    ),
                code: asked.service.code,
                finding: finding,
                error: error
            ),
            to: request,
            visit,
            status: isDay ? .ok : .unprocessableContent
        )
    }
}
