import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// What the buttons of a page ask for; every one of them keeps what was typed first.
private enum FillAct: String {
    case onward = "dal"
    case back = "zpet"
    /// From one page to steps and back.
    case otherWay = "jinak"
    /// Shows the questions that the answers so far ask for.
    case refresh = "obnovit"
    case keep = "ulozit"
    /// The script keeps what is typed meanwhile, without leaving the page.
    case keepQuietly = "samo"
    /// The script asks for the questions that the answers so far bring; nothing is kept by it.
    case show = "ukazat"
}

/// Filling in: one page or steps, with nothing but HTML.
extension FormRoutes {
    @Sendable func fill(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        guard let key = DraftKey(try Input.query("navrh", of: request)) else {
            let way = try Input.query("zpusob", of: request) == "kroky" ? "&krok=1" : ""
            return .seeOther(
                "/formulare/\(form.definition.code)/vyplnit?navrh=\(DraftKey.issue().text)\(way)"
            )
        }
        let found = try await kept(key, form, visit)
        let draft = found ?? fresh(key, form, visit)
        if let receipt = draft.receipt { return .seeOther(receipt) }
        let step = Int(try Input.query("krok", of: request))
        let mends = try Input.query("oprava", of: request) == "ano"
        var sheet = FilledSheet(form, draft, step: step, validator(form, visit), mends: mends)
        if found != nil, try Input.query("chyby", of: request) == "ano" { sheet.showFaults() }
        let offering = try Input.query("nabidka", of: request)
        if !offering.isEmpty { sheet.offer(offering) }
        return try answer(sheet, to: request, visit)
    }

    /// What was typed, or a fresh draft under the key that was issued with the page.
    func draft(_ key: DraftKey, _ form: OfferedForm, _ visit: Visit) async throws -> FormDraft {
        try await kept(key, form, visit) ?? fresh(key, form, visit)
    }

    /// What this browser typed into this form; nil also when its cookies are gone.
    func kept(_ key: DraftKey, _ form: OfferedForm, _ visit: Visit) async throws -> FormDraft? {
        let owner = owner(visit)
        let found = try await database.region { try await FormStore.draft(key, of: owner, in: $0) }
        return found?.formCode == form.definition.code ? found : nil
    }

    private func fresh(_ key: DraftKey, _ form: OfferedForm, _ visit: Visit) -> FormDraft {
        var draft = FormDraft(key: key, of: form, at: visit.now)
        draft.prefill(prefill(form, visit))
        return draft
    }

    private func prefill(_ form: OfferedForm, _ visit: Visit) -> Prefill {
        visit.visitor.map { Prefill(form.definition, name: $0.name, email: $0.email) } ?? .none
    }

    func validator(_ form: OfferedForm, _ visit: Visit) -> FormValidator {
        FormValidator(definition: form.definition, today: visit.today, places: places())
    }

    func answer(_ sheet: FilledSheet, to request: Request, _ visit: Visit) throws -> Response {
        let status: HTTPResponse.Status =
            sheet.isLost ? .serviceUnavailable : sheet.isFaulty ? .unprocessableContent : .ok
        return try pages.answer(
            sheet.page(
                places(),
                prefill: prefill(sheet.form, visit),
                controller: try visit.here.body,
                token: visit.lastingToken
            ),
            to: request,
            visit,
            status: status
        )
    }

    /// What did not fit was not read at all: the page shows what was kept before it.
    private func answer(
        _ refusal: PlainRefusal,
        _ sheet: FilledSheet,
        to request: Request,
        _ visit: Visit
    ) throws -> Response {
        var sheet = sheet
        let ofFiles = refusal == .textTooLarge ? "" : " Přílohy zmenšete, nebo je přineste na úřad."
        sheet.refuse(
            "\(refusal.czech)\(ofFiles) Na této stránce je, co jsme uložili naposledy; co jste napsali potom, "
                + "zkuste najít, když se v prohlížeči vrátíte zpět."
        )
        var response = try answer(sheet, to: request, visit)
        response.status = refusal.kind.status
        return response
    }

    /// Keeps what was typed whatever else happens, then goes on, back, or shows what is wrong.
    @Sendable func save(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        guard let key = DraftKey(try Input.query("navrh", of: request)) else { throw PlainRefusal.missing }
        let step = Int(try Input.query("krok", of: request))
        let found = try await unlessDown { try await self.draft(key, form, visit) }
        var draft = found ?? fresh(key, form, visit)
        if let receipt = draft.receipt { return .seeOther(receipt) }
        let typed: TypedForm
        do {
            typed = try await read(request, form, draft)
        } catch let refusal as PlainRefusal where refusal.kind == .tooLarge && !request.prefersJSON {
            return try answer(
                refusal,
                FilledSheet(form, draft, step: step, validator(form, visit)),
                to: request,
                visit
            )
        }
        let act = FillAct(rawValue: typed.act) ?? .onward
        let unseen = act == .show ? [] : draft.unseen(by: typed)
        if act == .keepQuietly, !unseen.isEmpty { return Response(status: .conflict) }
        draft.take(typed, leaving: unseen)
        draft.formDigest = form.digest
        let mends = try Input.query("oprava", of: request) == "ano"
        if act == .show {
            var sheet = FilledSheet(form, draft, step: step, validator(form, visit), mends: mends)
            sheet.stay(in: typed.window)
            return try answer(sheet, to: request, visit)
        }
        let owner = owner(visit)
        let kept = draft
        let saved: Void? =
            found == nil
            ? nil
            : try await unlessDown {
                try await database.region { try FormStore.keep(kept, of: owner, in: $0) }
            }
        let isKept = saved != nil
        if act == .keepQuietly {
            return Response(status: isKept ? .noContent : .serviceUnavailable)
        }
        let shown = draft.showing(typed, over: unseen)
        var sheet = FilledSheet(form, shown, step: step, validator(form, visit), mends: mends)
        guard isKept else {
            sheet.lose(typed)
            return try answer(sheet, to: request, visit)
        }
        if !unseen.isEmpty {
            sheet.refuse(form.definition.sentence(of: unseen, in: draft))
            sheet.add(typed.refusals)
            var response = try answer(sheet, to: request, visit)
            response.status = .conflict
            return response
        }
        if !typed.refusals.isEmpty {
            if act == .onward {
                sheet.showFaults()
                _ = sheet.forgive(allBut: typed.asked)
            }
            sheet.add(typed.refusals)
            return try answer(sheet, to: request, visit)
        }
        if typed.addedRow != nil || !typed.removed.isEmpty { return .seeOther(sheet.address) }
        switch act {
        case .refresh, .keepQuietly, .show: return .seeOther(sheet.address(at: typed.refreshed))
        case .otherWay: return .seeOther(sheet.otherAddress)
        case .back: return .seeOther(sheet.addressBack)
        case .keep:
            var response = Response.seeOther(sheet.address)
            response.flash(
                "Rozepsaný formulář je uložený. V tomto prohlížeči ho tu najdete ještě 14 dnů.",
                cookies
            )
            return response
        case .onward:
            sheet.showFaults()
            if sheet.forgive(allBut: typed.asked) {
                var response = Response.seeOther(sheet.address)
                response.flash("Podle vašich odpovědí přibyly další otázky.", cookies)
                return response
            }
            return sheet.isFaulty
                ? try answer(sheet, to: request, visit) : .seeOther(sheet.addressOnward)
        }
    }
}

extension FormDraft {
    init(key: DraftKey, of form: OfferedForm, at now: Date) {
        self.init(
            key: key,
            formCode: form.definition.code,
            formDigest: form.digest,
            answers: FormAnswers(),
            files: [],
            receipt: nil,
            changedAt: now
        )
    }
}
