package import Database
import Foundation
import HTTPTypes
import Hummingbird
package import Office
package import Web

/// One office of the register, and hosting it.
package struct HostingRoutes: Sendable {
    let database: Database
    let book: OfficeBook
    let pages: Pages
    let cookies: CookieJar
    private let reporter: any FleetReporter
    let invitations: any InvitationDesk

    package init(
        database: Database,
        book: OfficeBook,
        pages: Pages,
        cookies: CookieJar,
        reporter: any FleetReporter,
        invitations: any InvitationDesk
    ) {
        self.database = database
        self.book = book
        self.pages = pages
        self.cookies = cookies
        self.reporter = reporter
        self.invitations = invitations
    }

    package var routes: [Route] {
        [
            .administrator(.get, "/kraj/obce/:code", "Jeden úřad registru", office)
                .showing(OfficePage.self),
            .administrator(.post, "/kraj/obce/:code/zridit", "Zřídí obci virtuální úřad", host)
                .taking(HostingForm.self),
            .administrator(.post, "/kraj/obce/:code/casti", "Přidá úřadu další části", addRooms)
                .taking(HostingForm.self),
            .administrator(
                .post,
                "/kraj/obce/:code/urady",
                "Zapíše, má-li obec matriční a stavební úřad",
                correctOffices
            ).taking(HostingForm.self),
            .administrator(.post, "/kraj/obce/:code/pozvanka", "Pošle vedoucímu pozvánku znovu", inviteAgain),
            .administrator(
                .post,
                "/kraj/obce/:code/vedouci",
                "Pozve vedoucího úřadu, nebo opraví, komu pozvánka šla",
                inviteHead
            ).taking(HeadForm.self),
            .administrator(.get, "/kraj/ulohy/:id", "Jak pokračuje zřizování úřadu", job)
                .showing(JobPage.self),
            .administrator(.get, "/api/tenants", "Provozované úřady", tenants).giving([HostedLine].self),
            .administrator(.post, "/api/tenants", "Zřídí úřad podle kódu RÚIAN", hostByCode)
                .taking(HostingForm.self).giving(OrderedJob.self, .accepted),
            .administrator(.get, "/api/tenants/:code", "Jeden úřad registru", tenant)
                .asking(.path("code", "Kód RÚIAN obce nebo kód kraje.")).giving(TenantResource.self),
            .administrator(.get, "/api/jobs/:id", "Jak pokračuje zřizování úřadu", apiJob)
                .asking(.path("id", "Identifikátor z odpovědi POST /api/tenants.")).giving(JobResource.self),
        ]
    }

    // One office

    @Sendable private func office(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        return try await answer(office, HostingForm(), [:], to: request, visit, status: .ok)
    }

    func registered(_ visit: Visit) throws -> RegisteredOffice {
        let code = try visit.parameter("code")
        guard let office = book.register.office(code: code) else { throw HostingRefusal.unknownOffice(code) }
        return office
    }

    func answer(
        _ office: RegisteredOffice,
        _ form: HostingForm,
        _ errors: [String: String],
        head: HeadForm? = nil,
        to request: Request,
        _ visit: Visit,
        status: HTTPResponse.Status
    ) async throws -> Response {
        let register = book.register
        let hosted = register.hosted[office.tenant]
        let open = try await database.region { try await HostingStore.openJob(of: office.tenant, in: $0) }
        let figures = try await reporter.figures().office(office.tenant)
        var heads: [HeadView] = []
        if let hosted { heads = try await self.heads(of: hosted, head, errors, visit.now) }
        let canAdd = Hosting.allowedRooms(of: office).filter { hosted?.keeps($0.rawValue) == false }
        let chosen = form.rooms ?? Hosting.allowedRooms(of: office).map(\.rawValue)
        return try pages.answer(
            OfficePage(
                title: office.name,
                code: office.code,
                tenant: office.tenant.rawValue,
                slug: office.slug,
                facts: office.facts,
                parts: register.parts(of: office.tenant).map(\.name).joined(separator: ", "),
                url: hosted.map { pages.hosts.officeURL($0.slug) },
                rooms: hosted.map { Room.names(of: $0) } ?? "",
                operation: hosted == nil ? [] : figures.facts(now: visit.now),
                heads: heads,
                newHead: NewHeadView(head, errors, hasHead: !heads.isEmpty),
                waits: hosted == nil ? figures.waitsForHosting : nil,
                versions: register.versions(of: office.tenant),
                isBehind: hosted?.state == .behind,
                whyNoFilingRoom: office.whyNoFilingRoom,
                hasOwnSystem: hosted.map { !$0.keeps(Room.filingRoom.rawValue) }
                    ?? (office.isDesignated || figures.isConnected),
                isConnected: figures.isConnected,
                canHost: hosted == nil && open == nil,
                canAddRooms: open == nil && !canAdd.isEmpty,
                addable: canAdd.map {
                    RoomChoice(value: $0.rawValue, name: $0.czech, isChosen: false, isForbidden: false)
                },
                asksOffices: !office.isRegion,
                job: open.map { JobLine($0, register) },
                roomChoices: Room.allCases.map {
                    RoomChoice(
                        value: $0.rawValue,
                        name: $0.czech,
                        isChosen: chosen.contains($0.rawValue),
                        isForbidden: $0 == .filingRoom && office.isDesignated
                    )
                },
                registry: YesNo(typed: form.registryOffice, known: office.hasRegistryOffice),
                building: YesNo(typed: form.buildingOffice, known: office.hasBuildingOffice),
                headName: form.headName ?? "",
                headEmail: form.headEmail ?? "",
                errors: FieldError.listed(errors),
                hasErrors: !errors.isEmpty,
                registryError: errors["registryOffice"],
                buildingError: errors["buildingOffice"],
                isKnown: office.hasRegistryOffice != nil && office.hasBuildingOffice != nil,
                roomsError: errors["rooms"],
                headNameError: errors["headName"],
                headEmailError: errors["headEmail"]
            ),
            to: request,
            visit,
            status: status
        )
    }

    // Hosting

    /// What the administrator fills in; the same names as JSON.
    struct HostingForm: Decodable, Sendable, SelfDescribing {
        static let czechFields = [
            "code": "Kód RÚIAN obce nebo kód kraje.",
            "rooms": "Části úřadu: \(Room.allCases.map(\.rawValue).joined(separator: ", ")).",
            "registryOffice": "Má-li obec matriční úřad: yes, no; u obce povinné.",
            "buildingOffice": "Má-li obec stavební úřad: yes, no; u obce povinné.",
            "headName": "Jméno vedoucího, nejvýše 100 znaků.", "headEmail": "Kam mu přijde pozvánka.",
        ]
        var code: String?
        var rooms: [String]?
        var registryOffice: String?
        var buildingOffice: String?
        var headName: String?
        var headEmail: String?

        /// What was said of the two offices; anything but yes and no is refused, never taken for one of them.
        func ownOffices() throws(HostingRefusal) -> (registry: Bool, building: Bool) {
            let registry = Self.answer(registryOffice)
            let building = Self.answer(buildingOffice)
            guard let registry, let building else {
                throw .unanswered(
                    [registry == nil ? .registryOffice : nil, building == nil ? .buildingOffice : nil]
                        .compactMap { $0 }
                )
            }
            return (registry, building)
        }

        private static func answer(_ text: String?) -> Bool? {
            switch text {
            case "yes": true
            case "no": false
            default: nil
            }
        }
    }

    @Sendable private func host(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        let form = try await Input.decode(HostingForm.self, from: request)
        return try await host(office, form, request, visit, visitor)
    }

    /// Takes the same fields as the form, with the code of the office: `{"code": "546631", "rooms": ["Forms"]}`.
    @Sendable private func hostByCode(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let form = try await Input.decode(HostingForm.self, from: request)
        let code = form.code ?? ""
        guard let office = book.register.office(code: code) else { throw HostingRefusal.codeNeeded(code) }
        return try await host(office, form, request, visit, visitor)
    }

    private func host(
        _ office: RegisteredOffice,
        _ form: HostingForm,
        _ request: Request,
        _ visit: Visit,
        _ visitor: Visitor
    ) async throws -> Response {
        do {
            return try ordered(try await order(office, form, by: visitor), request)
        } catch let refusal as HostingRefusal where !request.prefersJSON {
            let fields = refusal.fields.isEmpty ? ["rooms": refusal.czech] : refusal.fields
            return try await answer(office, form, fields, to: request, visit, status: refusal.kind.status)
        }
    }

    private func ordered(_ job: UUID, _ request: Request) throws -> Response {
        let id = job.uuidString.lowercased()
        guard request.prefersJSON else { return .seeOther("/kraj/ulohy/\(id)") }
        var response = try Response.json(OrderedJob(job: id), status: .accepted)
        response.headers[.location] = "/api/jobs/\(id)"
        return response
    }

    /// Confirms what the data do not know, and orders the office from the migrator, in one transaction.
    private func order(_ office: RegisteredOffice, _ form: HostingForm, by visitor: Visitor) async throws
        -> UUID
    {
        guard book.register.hosted[office.tenant] == nil else {
            throw HostingRefusal.alreadyHosted(office.name)
        }
        var confirmed = office
        var hosting: Hosting?
        var head: Invitee?
        var faults: [HostingRefusal] = []
        do {
            if !office.isRegion {
                let own = try form.ownOffices()
                confirmed = office.confirmed(registry: own.registry, building: own.building)
            }
            hosting = try Hosting(confirmed, rooms: try Room.all(named: form.rooms ?? []), head: nil)
        } catch let refusal as HostingRefusal {
            faults.append(refusal)
            if case .unanswered = refusal, form.rooms?.isEmpty != false { faults.append(.noRooms) }
        }
        do throws(InviteeRefusal) {
            head = try Invitee(name: form.headName ?? "", email: form.headEmail ?? "")
        } catch {
            faults.append(.badHead(error))
        }
        guard let hosting, let head, faults.isEmpty else {
            throw faults.count == 1 ? faults[0] : HostingRefusal.several(faults)
        }
        let job = ProvisioningJob(
            id: .v7(),
            tenant: office.tenant,
            rooms: hosting.rooms.map(\.rawValue),
            headEmail: head.email,
            headName: head.name,
            requestedBy: visitor.userID
        )
        try await queue(job, office) { region in
            if let registry = confirmed.hasRegistryOffice, let building = confirmed.hasBuildingOffice {
                RegisterStore.confirmOffices(
                    registry: registry,
                    building: building,
                    of: office.tenant,
                    in: region
                )
            }
        }
        return job.id
    }

    private func queue(
        _ job: ProvisioningJob,
        _ office: RegisteredOffice,
        _ confirm: (RegionTransaction) -> Void = { _ in }
    ) async throws {
        let refusals: [String: any Refusal] = [
            "provisioning_jobs_open": HostingRefusal.inProgress(office.name),
            "tenants_designated_filing_room": HostingRefusal.designated(
                office.confirmed(registry: true, building: true).whyNoFilingRoom ?? office.name
            ),
        ]
        try await refusing(refusals) {
            try await database.region(as: .person(job.requestedBy)) { region in
                confirm(region)
                HostingStore.queue(job, in: region)
            }
        }
        try await book.renew()
    }

    /// Rooms that the office does without today.
    @Sendable private func addRooms(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let office = try registered(visit)
        let form = try await Input.decode(HostingForm.self, from: request)
        guard let hosted = book.register.hosted[office.tenant] else {
            throw HostingRefusal.notHosted(office.name)
        }
        do {
            let added = try Room.all(named: form.rooms ?? []).filter { !hosted.keeps($0.rawValue) }
            let hosting = try Hosting(office, rooms: added, head: nil)
            let job = ProvisioningJob(
                id: .v7(),
                tenant: office.tenant,
                rooms: hosting.rooms.map(\.rawValue),
                headEmail: "",
                headName: "",
                requestedBy: visitor.userID
            )
            try await queue(job, office)
            return try ordered(job.id, request)
        } catch let refusal as HostingRefusal where !request.prefersJSON {
            let fields = ["rooms": refusal.czech]
            return try await answer(office, form, fields, to: request, visit, status: refusal.kind.status)
        }
    }

    @Sendable private func job(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let (job, office) = try await foundJob(visit)
        var response = try pages.answer(
            JobPage(job, office, url: pages.hosts.officeURL(office.slug), now: visit.now),
            to: request,
            visit
        )
        if job.finishedAt == nil, let refresh = HTTPField.Name("Refresh") { response.headers[refresh] = "1" }
        return response
    }
}
