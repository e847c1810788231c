import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

// The office's own documents are made out; and the referral to another office.

extension FilingRoutes {
    var letterRoutes: [Route] {
        func show(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
            .needs(.handleCases, .get, path, room: Self.room, summary, answer)
        }
        return [
            show("/spisovna/spis/:id/odpoved", "Odpověď", replyPage),
            Self.act("/spisovna/spis/:id/odpoved", "Vyhotoví odpověď", reply),
            show("/spisovna/spis/:id/postoupit", "Postoupení příslušnému úřadu", referralPage),
            Self.act("/spisovna/spis/:id/postoupit", "Postoupí věc příslušnému úřadu", refer),
        ]
    }

    @Sendable private func replyPage(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let wanted = try Input.query("druh", of: request)
        let kind = ReplyKind(rawValue: wanted).flatMap { $0 == .referral ? nil : $0 }
        return try await answer(reply: nil, kind: kind, to: request, visit, clerk)
    }

    private func answer(
        reply: Registry.Reply?,
        kind: ReplyKind? = nil,
        wantsPattern: Bool = false,
        _ refusal: (any Refusal)? = nil,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let id = try visit.identifier("id")
        let (file, first, profile, kept) = try await registry.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { office in
            (
                try await FilingStore.caseFile(id, in: office),
                try await FilingStore.documents(of: id, in: office).first,
                try await OfficeStore.profile(in: office), try await LetterStore.draft(of: id, in: office)
            )
        }
        guard let file, clerk.sees(file.regime) else { throw PlainRefusal.missing }
        let isDraft = reply == nil && kind == nil && kept != nil
        let reply = reply ?? (isDraft ? kept : nil)
        let kinds = ReplyKind.chosen(under: file.regime)
        let asked = [reply?.kind, kind].compactMap { $0 }.first
        let shown = asked.flatMap { kinds.contains($0) ? $0 : nil } ?? ReplyKind.next(in: file)
        func pattern(_ kind: ReplyKind) -> String {
            ReplyTemplate.text(
                kind,
                of: file,
                received: first.map { Day(of: $0.receivedAt) } ?? file.opened,
                names: ReplyTemplate.Names(
                    office: Authority(of: profile.name, abbreviation: profile.abbreviation).name,
                    appeals: catalogue.appeals,
                    party: first?.party() ?? "[účastník]"
                )
            )
        }
        // A pattern takes the place of nothing and of another pattern, never of what somebody wrote.
        let typed = reply?.text.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        let isOwn = !typed.isEmpty && !kinds.contains { pattern($0) == typed }
        let page = ReplyPage(
            id: id.uuidString.lowercased(),
            mark: file.mark,
            kind: shown.rawValue,
            kindName: shown.czech,
            kinds: kinds.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == shown)
            },
            isTyped: wantsPattern && isOwn,
            isDraft: isDraft,
            subject: reply?.subject ?? file.title,
            text: (wantsPattern && !isOwn ? nil : reply?.text) ?? pattern(shown),
            recipient: [first?.sender, first?.senderAddress].compactMap { $0 }.filter { !$0.isEmpty }
                .joined(separator: ", "),
            isNobodys: first.map { !$0.hasAddressee } ?? false,
            errors: FilingFault.of(refusal, at: "text"),
            faults: FilingFault.of(refusal, at: "text").byField,
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func reply(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        struct Form: Decodable {
            var kind: String
            var subject: String
            var text: String
            /// `vzor` asks for the pattern of the kind, `nahled` for the sheet, `koncept` keeps what is written; none of
            /// them makes anything out.
            var act: String?
        }
        let form = try await Input.decode(Form.self, from: request)
        guard let kind = ReplyKind(rawValue: form.kind), kind != .referral else {
            throw PlainRefusal.unreadable(field: "kind")
        }
        let reply = Registry.Reply(kind: kind, subject: form.subject, text: form.text)
        if form.act == "vzor" {
            return try await answer(reply: reply, wantsPattern: true, to: request, visit, clerk)
        }
        let id = try visit.identifier("id")
        if form.act == "nahled" {
            let sheet = try await registry.preview(
                reply,
                in: id,
                at: try visit.here.tenant,
                by: clerk,
                now: visit.now
            )
            return Response.keptDocument(sheet)
        }
        let tenant = try visit.here.tenant
        do {
            if form.act == "koncept" {
                try await registry.keepDraft(reply, in: id, at: tenant, by: clerk)
                return done("Koncept je uložený ve spisu. Nikam neodešel a číslo nemá.", id)
            }
            if form.act == "zahodit" {
                try await registry.dropDraft(in: id, at: tenant, by: clerk)
                return done("Koncept je zahozený.", id)
            }
            _ = try await registry.reply(reply, in: id, at: tenant, by: clerk, now: visit.now)
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(reply: reply, refusal, to: request, visit, clerk)
        }
        return done("Písemnost je vyhotovená. Teď ji vypravte.", id)
    }

    // Referral

    private struct ReferralForm: Decodable {
        var office = ""
        var reason = ""
        var consent: String?
    }

    @Sendable private func referralPage(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(ReferralForm(), nil, to: request, visit, clerk)
    }

    private func answer(
        _ form: ReferralForm,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let id = try visit.identifier("id")
        let office = try visit.here
        let file = try await registry.database.tenant(office.tenant, as: clerk.actor) { tenant in
            try await FilingStore.caseFile(id, in: tenant)
        }
        guard let file, clerk.sees(file.regime) else { throw PlainRefusal.missing }
        let page = ReferralPage(
            id: id.uuidString.lowercased(),
            mark: file.mark,
            law: ReferralAct(under: file.regime)?.czech,
            noun: ReferralAct(under: file.regime) == .resolution ? "Usnesení" : "Písemnost",
            office: form.office,
            reason: form.reason,
            consent: form.consent ?? "",
            offices: catalogue.offices.filter { $0.tenant != office.tenant }.map(\.label),
            isElectronic: file.submissionID != nil,
            referredFrom: file.referredFrom,
            errors: FilingFault.of(refusal, at: "office"),
            faults: FilingFault.of(refusal, at: "office").byField,
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func refer(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let form = try await Input.decode(ReferralForm.self, from: request)
        let id = try visit.identifier("id")
        let wanted = form.office.trimmingCharacters(in: .whitespacesAndNewlines)
        do {
            guard let office = catalogue.offices.first(where: { folded($0.label) == folded(wanted) }) else {
                throw FilingRefusal.officeNeeded
            }
            _ = try await registry.refer(
                id,
                Registry.Referral(
                    office: office,
                    reason: form.reason,
                    consent: form.consent ?? "",
                    appeals: catalogue.appeals
                ),
                at: try visit.here.tenant,
                by: clerk,
                now: visit.now
            )
            return done("Věc je postoupená: \(office.label). Písemnost o tom teď vypravte podateli.", id)
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(form, refusal, to: request, visit, clerk)
        }
    }
}
