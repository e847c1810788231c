package import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
package import Web

/// The console of the region's administrators: the fleet at a glance, and the register.
package struct ConsoleRoutes: Sendable {
    private let database: Database
    private let book: OfficeBook
    private let pages: Pages
    private let reporter: any FleetReporter

    package init(database: Database, book: OfficeBook, pages: Pages, reporter: any FleetReporter) {
        self.database = database
        self.book = book
        self.pages = pages
        self.reporter = reporter
    }

    package var routes: [Route] {
        [
            .administrator(.get, "/kraj", "Přehled úřadů kraje", console).showing(ConsolePage.self),
            .administrator(.get, "/kraj/obce", "Obce a úřady registru", offices)
                .asking(
                    .query("q", "Název nebo kód."),
                    .query("stav", "Které úřady."),
                    .query("orp", "Kód obce s rozšířenou působností."),
                    .query("za", "Úřady za tímto kódem.")
                ).showing(OfficesPage.self),
        ]
    }

    // The fleet

    @Sendable private func console(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let register = book.register
        let figures = try await reporter.figures()
        let jobs = try await database.region { try await HostingStore.recentJobs(in: $0) }
        let lines = jobs.map { JobLine($0, register) }
        let byORP = Dictionary(grouping: register.offices.filter { !$0.isRegion }, by: \.orpName)
        let districts = byORP.map { name, offices in
            DistrictBar(
                name: name,
                hosted: offices.count { register.hosted[$0.tenant] != nil },
                total: offices.count,
                link: "/kraj/obce?orp=\(Address.escaped(offices.first?.orpCode ?? ""))"
            )
        }
        let fleet = register.offices.compactMap { FleetLine($0, register, figures, now: visit.now) }
            .sorted { ($0.rank, folded($0.name)) < ($1.rank, folded($1.name)) }
        let behind = register.hosted.values.count { $0.state == .behind }
        return try pages.answer(
            ConsolePage(
                hostedCount: register.hosted.count,
                totalCount: register.offices.count,
                behindCount: behind,
                stuckCount: figures.stuck,
                undecidedCount: figures.undecided,
                unverifiedCount: register.catalogue.inForce(on: visit.today).count { !$0.isVerified },
                storage: Address.bytes(figures.offices.values.reduce(0) { $0 + $1.bytes }),
                isCalm: behind == 0 && figures.stuck == 0 && figures.undecided == 0,
                hasBehind: behind > 0,
                hasStuck: figures.stuck > 0,
                hasUndecided: figures.undecided > 0,
                openJobs: lines.filter { $0.state == "probíhá" },
                failedJobs: lines.filter { $0.error != nil },
                chart: MonthChart(figures.months),
                fleet: Array(fleet.prefix(Self.fleetMax)),
                hasMore: fleet.count > Self.fleetMax,
                districts: districts.sorted { folded($0.name) < folded($1.name) }
            ),
            to: request,
            visit
        )
    }

    /// Offices in trouble come first, so that they are always among these.
    private static let fleetMax = 30

    // The register

    @Sendable private func offices(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let register = book.register
        let query = try Input.query("q", of: request)
        let state = try Input.query("stav", of: request)
        let after = try Input.cursor("za", of: request) { code in
            register.office(code: code) == nil ? nil : code
        }
        let orp = try Input.query("orp", of: request)
        var found = register.search(query).filter { office in
            guard orp.isEmpty || (office.orpCode == orp && !office.isRegion) else { return false }
            let hosted = register.hosted[office.tenant]
            return switch state {
            case "provozovane": hosted != nil
            case "neprovozovane": hosted == nil
            case "pozadu": hosted?.state == .behind
            default: true
            }
        }
        let count = found.count
        if let index = found.firstIndex(where: { $0.code == after }) {
            found.removeFirst(index + 1)
        }
        let shown = found.prefix(Limits.rowsPerPageMax)
        let address = { (state: String) in
            "/kraj/obce?q=\(Address.escaped(query))&orp=\(Address.escaped(orp))&stav=\(state)"
        }
        let districts = Dictionary(
            register.offices.filter { !$0.isRegion }.map { ($0.orpCode, $0.orpName) },
            uniquingKeysWith: { first, _ in first }
        )
        let states = [
            ("", "všechny"), ("provozovane", "provozované"), ("neprovozovane", "neprovozované"),
            ("pozadu", "čekající na aktualizaci"),
        ]
        return try pages.answer(
            OfficesPage(
                query: query,
                state: state,
                districts: districts.sorted { folded($0.value) < folded($1.value) }.map {
                    DistrictChoice(code: $0.key, name: $0.value, isChosen: $0.key == orp)
                },
                filters: states.map {
                    FilterLink(name: $0.1, link: address($0.0), isCurrent: $0.0 == state)
                },
                count: count.grouped,
                offices: shown.map { OfficeLine($0, register, pages.hosts) },
                isEmpty: shown.isEmpty,
                next: found.count > shown.count ? shown.last.map { address(state) + "&za=\($0.code)" } : nil
            ),
            to: request,
            visit
        )
    }
}
