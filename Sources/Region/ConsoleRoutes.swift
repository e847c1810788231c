package import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
package import Web

/// The console of the region's administrators: the fleet, an office, hosting it, the catalogue.
package struct ConsoleRoutes: Sendable {
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
            .administrator(.get, "/kraj", "Přehled úřadů kraje", console),
            .administrator(.get, "/kraj/obce", "Obce a úřady registru", offices),
            .administrator(.get, "/kraj/obce/:code", "Jeden úřad registru", office),
            .administrator(.post, "/kraj/obce/:code/zridit", "Zřídí obci virtuální úřad", host),
            .administrator(.get, "/kraj/ulohy/:id", "Jak pokračuje zřizování úřadu", job),
            .administrator(.get, "/kraj/sluzby", "Katalog služeb", catalogue),
            .administrator(.get, "/kraj/zkouska", "Zkouška rozdělování", dryRun),
        ]
    }

    // The fleet

    @Sendable private func console(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let register = book.register
        let jobs = try await database.region { try await HostingStore.recentJobs(in: $0) }
        let lines = jobs.map { jobLine($0, register) }
        let byORP = Dictionary(grouping: register.offices.filter { !$0.isRegion }, by: \.orpName)
        let districts = byORP.map { name, offices in
            DistrictBar(
                name: name,
                hosted: offices.count { register.hosted[$0.tenant] != nil },
                total: offices.count,
                link: "/kraj/obce?q=\(Address.escaped("ORP \(name)"))"
            )
        }
        return try pages.answer(
            ConsolePage(
                hostedCount: register.hosted.count,
                totalCount: register.offices.count,
                behindCount: register.hosted.values.count { $0.state == .behind },
                openJobs: lines.filter { $0.state == "probíhá" },
                failedJobs: lines.filter { $0.error != nil },
                districts: districts.sorted { folded($0.name) < folded($1.name) },
                unverifiedServices: register.services.count { !$0.isVerified },
                hasBehind: register.hosted.values.contains { $0.state == .behind }
            ),
            to: request,
            visit
        )
    }

    @Sendable private func offices(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let register = book.register
        let query = try Input.query("q", of: request)
        let state = try Input.query("stav", of: request)
        let after = try Input.query("za", of: request)
        var found = register.search(query).filter { office in
            switch state {
            case "provozovane": register.hosted[office.tenant] != nil
            case "neprovozovane": register.hosted[office.tenant] == nil
            default: true
            }
        }
        if let index = found.firstIndex(where: { $0.code == after }) {
            found.removeFirst(index + 1)
        }
        let shown = found.prefix(Limits.rowsPerPageMax)
        let address = { (state: String) in "/kraj/obce?q=\(Address.escaped(query))&stav=\(state)" }
        let states = [("", "všechny"), ("provozovane", "provozované"), ("neprovozovane", "neprovozované")]
        return try pages.answer(
            OfficesPage(
                query: query,
                filters: states.map {
                    FilterLink(name: $0.1, link: address($0.0), isCurrent: $0.0 == state)
                },
                offices: shown.map { line($0, register) },
                isEmpty: shown.isEmpty,
                next: found.count > shown.count ? shown.last.map { address(state) + "&za=\($0.code)" } : nil
            ),
            to: request,
            visit
        )
    }

    private func line(_ office: RegisteredOffice, _ register: Register) -> OfficeLine {
        let hosted = register.hosted[office.tenant]
        return OfficeLine(
            name: office.name,
            code: office.code,
            orp: office.orpName,
            population: Address.grouped(office.population),
            url: hosted.map { pages.hosts.officeURL($0.slug) },
            rooms: hosted.map(roomNames) ?? "",
            isBehind: hosted?.state == .behind,
            isDesignated: office.isDesignated
        )
    }

    private func roomNames(_ office: HostedOffice) -> String {
        office.rooms.compactMap(Room.init).sorted().map(\.czech).joined(separator: ", ")
    }

    private func jobLine(_ job: ProvisioningJob, _ register: Register) -> JobLine {
        JobLine(
            id: job.id.uuidString.lowercased(),
            office: register.office(job.tenant)?.name ?? job.tenant.rawValue,
            state: job.finishedAt == nil ? "probíhá" : job.error == nil ? "hotovo" : "nepodařilo se",
            requested: job.requestedAt.czech,
            error: job.error
        )
    }

    // One office

    @Sendable private func office(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        return try await answer(office, HostingForm(), [:], to: request, visit, status: .ok)
    }

    private func registered(_ visit: Visit) throws -> RegisteredOffice {
        let code = try visit.parameter("code")
        guard let office = book.register.office(code: code) else { throw HostingRefusal.unknownOffice(code) }
        return office
    }

    private func answer(
        _ office: RegisteredOffice,
        _ form: HostingForm,
        _ errors: [String: String],
        to request: Request,
        _ visit: Visit,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let register = book.register
        let hosted = register.hosted[office.tenant]
        let open = try await database.region { try await HostingStore.recentJobs(in: $0) }
            .first { $0.tenant == office.tenant && $0.finishedAt == nil }
        let chosen = form.rooms ?? Hosting.allowedRooms(of: office).map(\.rawValue)
        return try pages.answer(
            OfficePage(
                title: office.name,
                code: office.code,
                facts: office.facts,
                parts: register.parts(of: office.tenant).map(\.name).joined(separator: ", "),
                url: hosted.map { pages.hosts.officeURL($0.slug) },
                rooms: hosted.map(roomNames) ?? "",
                isBehind: hosted?.state == .behind,
                whyNoFilingRoom: office.whyNoFilingRoom,
                canHost: hosted == nil && open == nil,
                job: open.map { jobLine($0, register) },
                roomChoices: Room.allCases.map {
                    RoomChoice(
                        value: $0.rawValue,
                        name: $0.czech,
                        isChosen: chosen.contains($0.rawValue),
                        isForbidden: $0 == .filingRoom && office.isDesignated
                    )
                },
                registry: YesNo(form.registryOffice.map { $0 == "yes" } ?? office.hasRegistryOffice),
                building: YesNo(form.buildingOffice.map { $0 == "yes" } ?? office.hasBuildingOffice),
                headName: form.headName ?? "",
                headEmail: form.headEmail ?? "",
                errors: errors.sorted { $0.key < $1.key }.map {
                    FieldError(field: $0.key, sentence: $0.value)
                },
                hasErrors: !errors.isEmpty
            ),
            to: request,
            visit,
            status: status
        )
    }

    /// What the administrator fills in; the same names as JSON.
    struct HostingForm: Decodable, Sendable {
        var rooms: [String]?
        var registryOffice: String?
        var buildingOffice: String?
        var headName: String?
        var headEmail: String?
    }

    @Sendable private func host(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        let form = try await Input.decode(HostingForm.self, from: request)
        do {
            let id = try await order(office, form, by: visitor)
            if request.prefersJSON {
                var response = try Response.json(["job": id.uuidString.lowercased()], status: .accepted)
                response.headers[.location] = "/kraj/ulohy/\(id.uuidString.lowercased())"
                return response
            }
            return .seeOther("/kraj/ulohy/\(id.uuidString.lowercased())")
        } catch let refusal as HostingRefusal where !request.prefersJSON {
            let fields = refusal.fields.isEmpty ? ["rooms": refusal.czech] : refusal.fields
            return try await answer(office, form, fields, to: request, visit, status: refusal.kind.status)
        }
    }

    /// Confirms what the data do not know, and orders the office from the migrator, in one transaction.
    private func order(_ office: RegisteredOffice, _ form: HostingForm, by visitor: Visitor) async throws
        -> UUID
    {
        guard book.register.hosted[office.tenant] == nil else {
            throw HostingRefusal.alreadyHosted(office.name)
        }
        var confirmed = office
        if !office.isRegion, let registry = form.registryOffice, let building = form.buildingOffice {
            confirmed = office.confirmed(registry: registry == "yes", building: building == "yes")
        }
        let email = form.headEmail?.trimmingCharacters(in: .whitespaces) ?? ""
        let name = form.headName?.trimmingCharacters(in: .whitespaces) ?? ""
        guard !name.isEmpty, name.count <= 100, email.contains("@"), email.count <= 200 else {
            throw HostingRefusal.headNeeded
        }
        let hosting = try Hosting(
            confirmed,
            rooms: (form.rooms ?? []).compactMap(Room.init),
            head: Hosting.Head(name: name, email: email)
        )
        let job = ProvisioningJob(
            id: .v7(),
            tenant: office.tenant,
            rooms: hosting.rooms.map(\.rawValue),
            headEmail: email,
            headName: name,
            requestedBy: visitor.userID
        )
        try await refusing(["provisioning_jobs_open": HostingRefusal.inProgress(office.name)]) {
            try await database.region(as: visitor.actor) { region in
                if let registry = confirmed.hasRegistryOffice, let building = confirmed.hasBuildingOffice {
                    RegisterStore.confirmOffices(
                        registry: registry,
                        building: building,
                        of: office.tenant,
                        in: region
                    )
                }
                HostingStore.queue(job, in: region)
            }
        }
        try await book.renew()
        return job.id
    }

    @Sendable private func job(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let id = try visit.identifier("id")
        guard let job = try await database.region({ try await HostingStore.job(id, in: $0) }),
            let office = book.register.office(job.tenant)
        else { throw HostingRefusal.unknownOffice(id.uuidString) }
        if job.finishedAt != nil, job.error == nil, book.register.hosted[job.tenant] == nil {
            try await book.renew()
        }
        let seconds = (job.finishedAt ?? visit.now).timeIntervalSince(job.requestedAt)
        var response = try pages.answer(
            JobPage(
                title: "Zřízení úřadu: \(office.name)",
                office: office.name,
                officeLink: "/kraj/obce/\(office.code)",
                isOpen: job.finishedAt == nil,
                isDone: job.finishedAt != nil && job.error == nil,
                url: pages.hosts.officeURL(office.slug),
                head: "\(job.headName) (\(job.headEmail))",
                error: job.error,
                duration: String(format: "%.1f s", seconds).replacingOccurrences(of: ".", with: ",")
            ),
            to: request,
            visit
        )
        if job.finishedAt == nil, let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "1" }
        return response
    }

    // The rules

    @Sendable private func catalogue(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let services = book.register.services
        return try pages.answer(
            CataloguePage(
                services: services.map {
                    ServiceLine(
                        code: $0.code,
                        name: $0.name,
                        level: $0.level.czech,
                        criteria: $0.criteria.map(\.czech).joined(separator: ", "),
                        law: $0.law,
                        term: $0.term,
                        fee: $0.fee,
                        note: $0.note,
                        isVerified: $0.isVerified
                    )
                },
                unverified: services.count { !$0.isVerified }
            ),
            to: request,
            visit
        )
    }

    @Sendable private func dryRun(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let register = book.register
        let code = try Input.query("sluzba", of: request)
        guard let service = register.service(code) ?? register.services.first else {
            throw PlainRefusal.missing
        }
        let asked = try Asked({ try Input.query($0, of: request) }, service: service, today: visit.today)
        let (finding, error) = try await FrontRoutes(book: book, pages: pages).outcome(of: asked)
        return try pages.answer(
            DryRunPage(
                choice: asked.choice(in: register),
                day: asked.day.description,
                finding: finding,
                error: error
            ),
            to: request,
            visit
        )
    }
}
