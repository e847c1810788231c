import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

// What a clerk does with a case file; each act goes back to its page.

extension FilingRoutes {
    var caseRoutes: [Route] {
        [
            Self.act("/spisovna/spis/:id/prevzit", "Převezme věc", take),
            Self.act("/spisovna/spis/:id/pridelit", "Přidělí věc", assign),
            Self.act("/spisovna/spis/:id/potvrdit", "Zapíše potvrzení podání", confirm),
            Self.act("/spisovna/spis/:id/nepotvrzeno", "Uzavře záznamem nepotvrzené podání", lapse),
            Self.act("/spisovna/spis/:id/doplneno", "Zapíše, že doplnění došlo", resume),
            Self.act("/spisovna/spis/:id/prodlouzit", "Prodlouží lhůtu", extend),
            Self.act("/spisovna/spis/:id/rezim", "Změní režim věci", reclassify),
            Self.act("/spisovna/spis/:id/nazev", "Přejmenuje spis", rename),
            Self.act("/spisovna/spis/:id/znak", "Zařadí spis do plánu", classify),
            Self.act("/spisovna/spis/:id/vyridit", "Vyřídí věc", settle),
            Self.act("/spisovna/spis/:id/uzavrit", "Uzavře spis", close),
            Self.act("/spisovna/spis/:id/predepsat", "Předepíše poplatek", prescribe),
            Self.act("/spisovna/spis/:id/zrusit-predpis", "Zruší předpis poplatku", cancelFee),
            Self.act("/spisovna/spis/:id/otevrit", "Znovu otevře uzavřený spis", reopen),
            Self.act("/spisovna/spis/:id/vyvesit", "Připraví vyvěšení na desku", post),
            Self.act("/spisovna/dokument/:id/presunout", "Přesune dokument do jiného spisu", move),
        ]
    }

    @Sendable fileprivate func take(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await then("Věc máte na starosti vy.", request, visit, clerk) { id, office in
            try await registry.take(id, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable fileprivate func assign(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var clerk: String }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Věc je přidělená.", typed: form, request, visit, clerk) { id, office in
            guard let user = UUID(uuidString: form.clerk) else { throw FilingRefusal.unknownClerk }
            try await registry.assign(id, to: user, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable fileprivate func confirm(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable {
            var means: String
            var day: String
        }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Potvrzení je zapsané.", typed: form, request, visit, clerk) { id, office in
            guard let means = ConfirmationMeans(rawValue: form.means) else {
                throw PlainRefusal.unreadable(field: "means")
            }
            guard let day = Day(form.day) else { throw FilingRefusal.badDay }
            try await registry.confirm(id, by: means, on: day, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable fileprivate func lapse(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await then("Podání je uzavřené záznamem.", request, visit, clerk) { id, office in
            try await registry.lapse(id, at: office.tenant, by: clerk, today: visit.today)
        }
    }

    @Sendable fileprivate func resume(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var day: String? }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Doplnění došlo, lhůta zase běží.", typed: form, request, visit, clerk) {
            id,
            office in
            guard let day = form.day.map({ Day($0) }) ?? visit.today else { throw FilingRefusal.badDay }
            try await registry.resume(id, on: day, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable fileprivate func extend(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var reason: String? }
        let form = try await Input.decode(Form.self, from: request)
        return try await then(
            "Lhůta je prodloužená; podatel se to dozví.",
            typed: form,
            request,
            visit,
            clerk
        ) {
            id,
            office in
            try await registry.extend(
                id,
                reason: form.reason ?? "",
                at: office.tenant,
                by: clerk,
                now: visit.now
            )
        }
    }

    @Sendable fileprivate func reclassify(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var regime: String }
        let form = try await Input.decode(Form.self, from: request)
        guard let regime = Regime(rawValue: form.regime) else {
            throw PlainRefusal.unreadable(field: "regime")
        }
        let response = try await then(
            "Režim je změněný, lhůta je přepočtená.",
            typed: form,
            request,
            visit,
            clerk
        ) {
            id,
            office in
            try await registry.reclassify(id, as: regime, at: office.tenant, by: clerk, now: visit.now)
        }
        guard response.status == .seeOther, !clerk.sees(regime) else { return response }
        var away = Response.seeOther("/spisovna")
        away.flash("Věc má teď správce poplatků.", cookies)
        return away
    }

    @Sendable fileprivate func rename(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var title: String }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Spis je přejmenovaný.", typed: form, request, visit, clerk) { id, office in
            try await registry.rename(id, to: form.title, at: office.tenant, by: clerk)
        }
    }

    @Sendable fileprivate func move(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var mark: String }
        let form = try await Input.decode(Form.self, from: request)
        let documentID = try visit.identifier("id")
        return try await withDocument(documentID, typed: form, request, visit, clerk) { office in
            let target = try await registry.move(documentID, to: form.mark, at: office.tenant, by: clerk)
            return "/spisovna/spis/\(target.uuidString.lowercased())"
        }
    }

    @Sendable fileprivate func classify(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var plan: String }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Spisový znak je zapsaný.", typed: form, request, visit, clerk) { id, office in
            try await registry.setPlan(form.plan, of: id, at: office.tenant, by: clerk)
        }
    }

    @Sendable fileprivate func settle(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable {
            var how: String
            var note: String?
        }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Věc je vyřízená.", typed: form, request, visit, clerk) { id, office in
            guard !form.how.isEmpty else { throw FilingRefusal.wayNeeded }
            guard let how = SettlingWay(rawValue: form.how), how != .referred else {
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

    @Sendable fileprivate func close(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await then("Spis je uzavřený.", request, visit, clerk) { id, office in
            try await registry.close(id, at: office.tenant, by: clerk, today: visit.today)
        }
    }

    @Sendable fileprivate func prescribe(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable {
            var kind: String
            var amount: String
            var due: String
        }
        let form = try await Input.decode(Form.self, from: request)
        return try await then(
            "Poplatek je předepsaný v účetních knihách.",
            typed: form,
            request,
            visit,
            clerk
        ) {
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

    @Sendable fileprivate func cancelFee(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await then("Předpis je zrušený, v knihách je storno.", request, visit, clerk) { id, office in
            try await registry.cancelFee(in: id, at: office.tenant, by: clerk, now: visit.now)
        }
    }

    @Sendable fileprivate func reopen(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var why: String? }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Spis je znovu otevřený.", typed: form, request, visit, clerk) { id, office in
            try await registry.reopen(id, reason: form.why ?? "", at: office.tenant, by: clerk)
        }
    }

    @Sendable fileprivate func post(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable { var document: String? }
        let form = try await Input.decode(Form.self, from: request)
        let id = try visit.identifier("id")
        let office = try visit.here
        do {
            guard office.keeps("NoticeBoard") else { throw FilingRefusal.noBoard }
            let document = try form.document.map { text in
                guard let id = UUID(uuidString: text) else { throw PlainRefusal.missing }
                return id
            }
            let notice = try await registry.post(id, document, at: office.tenant, by: clerk)
            if let draft = Self.draft(notice, for: clerk) { return .seeOther(draft) }
            return done("Oznámení je mezi koncepty úřední desky. Vyvěsí je, kdo má desku na starosti.", id)
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(id, refusal, to: request, visit, clerk)
        }
    }

    /// The page of a draft; nil for who does not keep the board and could not open it.
    static func draft(_ notice: UUID, for clerk: Clerk) -> String? {
        clerk.may(.postNotices) ? "/deska/\(notice.uuidString.lowercased())" : nil
    }

    func withDocument<Form: Codable>(
        _ type: Form.Type,
        _ request: Request,
        _ visit: Visit,
        _ clerk: Clerk,
        saying sentence: String,
        _ body: (Form, UUID, HostedOffice) async throws -> String?
    ) async throws -> Response {
        let form = try await Input.decode(type, from: request)
        let id = try visit.identifier("id")
        return try await withDocument(id, typed: form, request, visit, clerk, saying: sentence) { office in
            try await body(form, id, office)
        }
    }

    func withDocument(
        _ id: UUID,
        typed form: some Encodable = [String: String](),
        _ request: Request,
        _ visit: Visit,
        _ clerk: Clerk,
        saying sentence: String = "Zapsáno.",
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
            return try await answer(
                document.caseFileID,
                refusal,
                of: id,
                typed: try Refused.fields(of: form),
                to: request,
                visit,
                clerk
            )
        }
        return done(sentence, document.caseFileID)
    }
}
