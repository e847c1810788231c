import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// The last look, and handing in.
extension FormRoutes {
    @Sendable func review(_ request: Request, _ visit: Visit) async throws -> Response {
        let form = try await offered(visit)
        guard let key = DraftKey(try Input.query("navrh", of: request)) else { throw PlainRefusal.missing }
        let bySteps = try Input.query("zpusob", of: request) == "kroky"
        guard let draft = try await kept(key, form, visit) else {
            return try nothingKept(form, request, visit)
        }
        if let receipt = draft.receipt { return .seeOther(receipt) }
        let judge = validator(form, visit)
        let sheet = FilledSheet(form, draft, step: nil, judge)
        switch judge.judge(draft.answers, files: draft.files) {
        case .faults(let faults): return .seeOther(sheet.addressOfFault(faults, bySteps: bySteps))
        case .valid(let answers):
            let office = try visit.here
            let service = try await register.service(form.definition.service, on: visit.today)
            let code = form.definition.service
            let finding = try await intake.finding(code, answers, at: office.tenant, on: visit.today)
            var isStranded = false
            if case .office(let competent)? = finding?.outcome {
                isStranded = try await !intake.desk.reaches(competent)
            }
            let page = FormReviewPage(
                sheet,
                answers,
                bySteps: bySteps,
                finding: finding,
                isStranded: isStranded,
                confirmation: form.definition.confirmation.sentence(
                    service?.regime ?? .byContent,
                    onceArrived: isStranded
                ),
                token: visit.lastingToken,
                privacy: form.definition.privacy.lines(office.body)
            )
            return try pages.answer(page, to: request, visit)
        }
    }

    /// Accepts once: the draft's key is the submission's, so a double click or a retry shows the same receipt.
    @Sendable func handIn(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Form: Decodable { var draft: String }
        let form = try await offered(visit)
        guard let key = DraftKey(try await Input.decode(Form.self, from: request).draft) else {
            throw PlainRefusal.missing
        }
        guard let answer = try await unlessDown({ try await handIn(key, form, visit) }) else {
            let page = MessagePage(
                title: "Podání se teď nepodařilo odeslat",
                sentences: [
                    "Nic se neztratilo: vyplněný formulář je uložený. Zkuste to prosím za chvíli znovu.",
                    "I kdybyste podání odeslali dvakrát, přijmeme je jen jednou.",
                ],
                link: "/formulare/\(form.definition.code)/kontrola?navrh=\(key.text)",
                linkText: "Zpět ke kontrole a podání"
            )
            return try pages.answer(page, to: request, visit, status: .serviceUnavailable)
        }
        return try answer ?? nothingKept(form, request, visit)
    }

    private func nothingKept(_ form: OfferedForm, _ request: Request, _ visit: Visit) throws -> Response {
        let page = MessagePage(
            title: "V tomto prohlížeči není nic rozepsané",
            sentences: [
                "Rozepsaný formulář je v prohlížeči 14 dnů a jen do té doby, než se v něm smažou soubory cookies. "
                    + "Jestli jste ho vyplnili v jiném prohlížeči nebo počítači, najdete ho tam.",
                "Jestli jste ho už podali, máte v e-mailu nebo na potvrzení kód a najdete ho v „Kde je moje podání“. "
                    + "Jinak ho prosím vyplňte znovu.",
            ],
            link: "/formulare/\(form.definition.code)/vyplnit",
            linkText: "Vyplnit formulář"
        )
        return try pages.answer(page, to: request, visit, status: .gone)
    }

    /// Nil when this browser has no such draft.
    private func handIn(_ key: DraftKey, _ form: OfferedForm, _ visit: Visit) async throws -> Response? {
        guard let draft = try await kept(key, form, visit) else { return nil }
        if let receipt = draft.receipt { return .seeOther(receipt) }
        let judge = validator(form, visit)
        let answers: ValidAnswers
        switch judge.judge(draft.answers, files: draft.files) {
        case .valid(let valid): answers = valid
        case .faults(let faults):
            let sheet = FilledSheet(form, draft, step: nil, judge)
            return .seeOther(sheet.addressOfFault(faults, bySteps: false))
        }
        let office = try visit.here
        let receipt = try await intake.handIn(
            answers,
            of: form,
            key: key,
            host: office.tenant,
            officeName: office.authority,
            user: visit.visitor?.userID,
            today: visit.today
        )
        let owner = owner(visit)
        // It is accepted: a draft that is not marked now shows the same receipt when it is handed in again.
        _ = try await unlessDown {
            try await database.region { FormStore.handIn(key, receipt: receipt.path, of: owner, in: $0) }
        }
        return .seeOther(receipt.path)
    }
}

extension FormReviewPage {
    init(
        _ sheet: FilledSheet,
        _ answers: ValidAnswers,
        bySteps: Bool,
        finding: CompetenceFinding?,
        isStranded: Bool,
        confirmation: String,
        token: String,
        privacy: [PrivacyLine]
    ) {
        let form = sheet.form.definition
        let steps = sheet.shown.map(\.name)
        self.init(
            title: "Zkontrolujte a podejte",
            form: form.title,
            code: form.code,
            draft: sheet.draft.key.text,
            sections: answers.sections.map { section in
                let step = bySteps ? steps.firstIndex(of: section.name).map { $0 + 1 } : nil
                return ReviewSection(
                    title: section.title,
                    edit: sheet.address(step: step) + (step == nil ? "#s-\(section.name)" : "&oprava=ano"),
                    lines: section.blocks.flatMap { block in
                        (block.heading.isEmpty ? [] : [.init(label: block.heading, text: "")])
                            + block.lines.map { .init(label: $0.label, text: $0.text) }
                    }
                )
            },
            files: answers.files.map(\.name),
            hasFiles: !answers.files.isEmpty,
            confirmation: confirmation,
            edit: sheet.address(step: bySteps ? 1 : nil),
            office: finding?.officeName,
            isStranded: isStranded,
            strandedLaw: finding?.service.regime.arrivalLaw.map { " (\($0))" } ?? "",
            reasons: finding?.explanation ?? [],
            token: token,
            privacy: privacy
        )
    }
}
