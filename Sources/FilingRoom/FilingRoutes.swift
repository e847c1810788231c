import Database
import Files
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Sealing
package import Web

/// The register and its case files, for the people of the office.
package struct FilingRoutes: Sendable {
    let registry: Registry
    let pages: Pages
    let cookies: CookieJar

    package init(registry: Registry, pages: Pages, cookies: CookieJar) {
        self.registry = registry
        self.pages = pages
        self.cookies = cookies
    }

    static let room = "FilingRoom"

    package var routes: [Route] {
        func act(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
            .needs(.handleCases, .post, path, room: Self.room, summary, answer)
        }
        return [
            .needs(.registerMail, .get, "/spisovna", room: Self.room, "Podací deník", register),
            .needs(.registerMail, .get, "/spisovna/novy", room: Self.room, "Zápis doručeného", newMail),
            .needs(.registerMail, .post, "/spisovna/novy", room: Self.room, "Zapíše doručené", addMail),
            .needs(.registerMail, .get, "/spisovna/spis/:id", room: Self.room, "Spis", caseFile),
            .needs(
                .registerMail,
                .get,
                "/spisovna/soubor/:document/:digest",
                room: Self.room,
                "Soubor dokumentu",
                file
            ),
            act("/spisovna/spis/:id/prevzit", "Převezme věc", take),
            act("/spisovna/spis/:id/pridelit", "Přidělí věc", assign),
            act("/spisovna/spis/:id/potvrdit", "Zapíše potvrzení podání", confirm),
            act("/spisovna/spis/:id/doplneno", "Zapíše, že doplnění došlo", resume),
            act("/spisovna/spis/:id/znak", "Zařadí spis do plánu", classify),
            .needs(.handleCases, .get, "/spisovna/spis/:id/odpoved", room: Self.room, "Odpověď", replyPage),
            act("/spisovna/spis/:id/odpoved", "Vyhotoví odpověď", reply),
            act("/spisovna/dokument/:id/vypravit", "Vypraví písemnost", dispatch),
            act("/spisovna/dokument/:id/doruceno", "Zapíše doručení", deliver),
            act("/spisovna/spis/:id/vyridit", "Vyřídí věc", settle),
            act("/spisovna/spis/:id/uzavrit", "Uzavře spis", close),
            act("/spisovna/spis/:id/predepsat", "Předepíše poplatek", prescribe),
            act("/spisovna/spis/:id/vyvesit", "Připraví vyvěšení na desku", post),
        ]
    }

    // The register

    @Sendable private func register(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let tenant = try visit.here.tenant
        let query = try Input.query("q", of: request)
        let direction = try Input.query("smer", of: request)
        let wanted = ["incoming", "outgoing"].contains(direction) ? direction : nil
        let place = try Input.query("za", of: request).split(separator: "-").compactMap { Int32($0) }
        let before =
            place.count == 2 && place.allSatisfy({ $0 > 0 })
            ? (year: Int(place[0]), number: Int(place[1])) : nil
        let rows = Limits.rowsPerPageMax
        let database = registry.database
        let found =
            if let words = prefixQuery(query) {
                try await database.tenant(tenant, as: clerk.actor) { office in
                    try await FilingStore.search(words, before: before, rowsMax: rows + 1, in: office)
                }
            } else {
                try await database.tenant(tenant, as: clerk.actor) { office in
                    FilingStore.register(before: before, direction: wanted, rowsMax: rows + 1, in: office)
                }.rows
            }
        let shown = found.prefix(rows)
        let asked = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let base = query.isEmpty ? "/spisovna?smer=\(wanted ?? "")" : "/spisovna?q=\(asked)"
        let filters = [("", "vše"), ("incoming", "doručené"), ("outgoing", "vlastní")]
        return try pages.answer(
            RegisterPage(
                query: query,
                filters: filters.map {
                    Filter(name: $0.1, link: "/spisovna?smer=\($0.0)", isCurrent: $0.0 == (wanted ?? ""))
                },
                lines: shown.map(RegisterRow.init),
                isEmpty: shown.isEmpty,
                next: found.count > rows ? shown.last.map { "\(base)&za=\($0.year)-\($0.number)" } : nil
            ),
            to: request,
            visit
        )
    }

    // One case file

    @Sendable private func caseFile(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(try visit.identifier("id"), nil, to: request, visit, clerk)
    }

    private func answer(
        _ id: UUID,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let office = try visit.here
        let content = try await registry.database.tenant(office.tenant, as: clerk.actor) { tenant in
            guard let file = try await FilingStore.caseFile(id, in: tenant) else {
                throw PlainRefusal.missing
            }
            let documents = try await FilingStore.documents(of: id, in: tenant)
            var history = try await LogStore.lines(about: id, in: tenant)
            for document in documents { history += try await LogStore.lines(about: document.id, in: tenant) }
            return CaseContent(
                file: file,
                documents: documents,
                components: try await FilingStore.components(of: documents.map(\.id), in: tenant),
                history: history.sorted { $0.number < $1.number },
                people: try await ClerkStore.all(in: tenant),
                plan: try await FilingPlanStore.plan(in: tenant),
                postings: try await PostingStore.postings(of: id, in: tenant)
            )
        }
        let page = CasePage(content, office, today: visit.today, error: refusal?.czech)
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    /// Does the act and goes back to the case file; a refusal is shown there.
    private func then(
        _ sentence: String,
        _ request: Request,
        _ visit: Visit,
        _ clerk: Clerk,
        _ body: (UUID, HostedOffice) async throws -> Void
    ) async throws -> Response {
        let id = try visit.identifier("id")
        do {
            try await body(id, try visit.here)
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(id, refusal, to: request, visit, clerk)
        }
        return done(sentence, id)
    }

    func done(_ sentence: String, _ caseFile: UUID) -> Response {
        var response = Response.seeOther("/spisovna/spis/\(caseFile.uuidString.lowercased())")
        response.flash(sentence, cookies)
        return response
    }

    @Sendable private func take(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        try await then("Věc máte na starosti vy.", request, visit, clerk) { id, office in
            try await registry.take(id, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable private func assign(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        struct Form: Decodable { var clerk: String }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Věc je přidělená.", request, visit, clerk) { id, office in
            guard let user = UUID(uuidString: form.clerk) else { throw FilingRefusal.unknownClerk }
            try await registry.assign(id, to: user, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable private func confirm(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable {
            var means: String
            var day: String?
        }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Potvrzení je zapsané.", request, visit, clerk) { id, office in
            guard let means = ConfirmationMeans(rawValue: form.means) else {
                throw PlainRefusal.unreadable(field: "means")
            }
            guard let day = form.day.map({ Day($0) }) ?? visit.today else { throw FilingRefusal.badDay }
            try await registry.confirm(id, by: means, on: day, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable private func resume(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await then("Doplnění došlo, lhůta zase běží.", request, visit, clerk) { id, office in
            try await registry.resume(id, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable private func classify(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable { var plan: String }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Spisový znak je zapsaný.", request, visit, clerk) { id, office in
            try await registry.setPlan(form.plan, of: id, at: office.tenant, by: clerk)
        }
    }

    @Sendable private func dispatch(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable {
            var means: String
            var day: String
        }
        let form = try await Input.decode(Form.self, from: request)
        let documentID = try visit.identifier("id")
        return try await withDocument(documentID, request, visit, clerk) { office in
            guard let means = DispatchMeans(rawValue: form.means), let day = Day(form.day) else {
                throw FilingRefusal.badDay
            }
            let notice = try await registry.dispatch(
                documentID,
                on: day,
                by: means,
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
            return notice.map { "/deska/\($0.uuidString.lowercased())" }
        }
    }

    @Sendable private func deliver(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable {
            var day: String
            var proof: String
        }
        let form = try await Input.decode(Form.self, from: request)
        let documentID = try visit.identifier("id")
        return try await withDocument(documentID, request, visit, clerk) { office in
            guard let day = Day(form.day) else { throw FilingRefusal.badDay }
            try await registry.deliver(
                documentID,
                on: day,
                proof: form.proof,
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
            return nil
        }
    }

    private func withDocument(
        _ id: UUID,
        _ request: Request,
        _ visit: Visit,
        _ clerk: Clerk,
        _ body: (HostedOffice) async throws -> String?
    ) async throws -> Response {
        let office = try visit.here
        let document = try await registry.database.tenant(office.tenant, as: clerk.actor) { tenant in
            try await FilingStore.document(id, in: tenant)
        }
        guard let document else { throw PlainRefusal.missing }
        do {
            if let location = try await body(office) { return .seeOther(location) }
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(document.caseFileID, refusal, to: request, visit, clerk)
        }
        return done("Zapsáno.", document.caseFileID)
    }

    @Sendable private func settle(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        struct Form: Decodable {
            var how: String
            var note: String?
        }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Věc je vyřízená.", request, visit, clerk) { id, office in
            guard let how = SettlingWay(rawValue: form.how) else {
                throw PlainRefusal.unreadable(field: "how")
            }
            try await registry.settle(
                id,
                how: how,
                note: form.note ?? "",
                at: office.tenant,
                by: clerk,
                now: visit.now
            )
        }
    }

    @Sendable private func close(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        try await then("Spis je uzavřený.", request, visit, clerk) { id, office in
            try await registry.close(id, at: office.tenant, by: clerk, today: visit.today)
        }
    }

    @Sendable private func prescribe(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable {
            var kind: String
            var amount: String
            var due: String
        }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Poplatek je předepsaný v účetních knihách.", request, visit, clerk) {
            id,
            office in
            guard let amount = Money(form.amount) else { throw FilingRefusal.badAmount }
            guard let due = Day(form.due) else { throw FilingRefusal.badDay }
            guard office.keeps("Accounting") else { throw FilingRefusal.noBooks }
            try await registry.prescribe(
                form.kind,
                amount,
                due: due,
                in: id,
                paymentPage: {
                    "\(pages.hosts.officeURL(office.slug))/platba/\($0.uuidString.lowercased())"
                },
                at: office.tenant,
                by: clerk,
                now: visit.now
            )
        }
    }

    @Sendable private func post(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let id = try visit.identifier("id")
        let office = try visit.here
        do {
            guard office.keeps("NoticeBoard") else { throw FilingRefusal.noBoard }
            let notice = try await registry.post(id, at: office.tenant, by: clerk)
            return .seeOther("/deska/\(notice.uuidString.lowercased())")
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(id, refusal, to: request, visit, clerk)
        }
    }

    // Files

    /// Only digests that the document of this very office names; others are not there.
    @Sendable private func file(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let tenant = try visit.here.tenant
        let documentID = try visit.identifier("document")
        let wanted = try visit.parameter("digest")
        let component = try await registry.database.tenant(tenant, as: clerk.actor) { office in
            try await FilingStore.components(of: [documentID], in: office).first { $0.file.digest == wanted }
        }
        guard let component, let digest = Digest(hex: component.file.digest) else {
            throw PlainRefusal.missing
        }
        if component.file.mediaType == "text/html" {
            let bytes = try await registry.files.bytes(
                owner: .office(tenant),
                digest: digest,
                bytesMax: 4 << 20
            )
            return Response.keptDocument(bytes)
        }
        let body = try await registry.files.read(owner: .office(tenant), digest: digest)
        return Response.file(body, component.file)
    }
}
