import Database
import HTTPTypes
import Hummingbird
import Office
import Web

/// What the head of an office decides about forms.
extension FormRoutes {
    @Sendable func settings(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let tenant = try visit.here.tenant
        var settings: [FormSetting] = []
        for line in try await shelf.lines(of: tenant, at: visit.now) {
            settings.append(
                FormSetting(line, title: try await shelf.definition(line.digest, of: tenant).title)
            )
        }
        return try pages.answer(FormSettingsPage(forms: settings), to: request, visit)
    }

    /// The form with every question it can ask, before or after it is offered, and its versions.
    @Sendable func preview(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let tenant = try visit.here.tenant
        let code = try visit.parameter("code")
        let form = try await shelf.form(code, of: tenant, at: visit.now)
        guard let line = try await shelf.lines(of: tenant, at: visit.now).first(where: { $0.code == code })
        else { throw PlainRefusal.missing }
        let versions = try await database.tenant(tenant, as: clerk.actor) { office in
            try await FormStore.versions(of: code, in: office)
        }
        let viewer = FormViewer(
            definition: form.definition,
            answers: FormAnswers(),
            judged: [:],
            files: [],
            faults: [],
            places: places(),
            forced: Set(form.definition.allFields.map(\.name))
        )
        let page = FormPreviewPage(
            title: form.definition.title,
            form: FormSetting(line, title: form.definition.title),
            sections: form.definition.sections.map(viewer.view),
            versions: versions
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable func switchForm(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        struct Form: Decodable { var on: String }
        let tenant = try visit.here.tenant
        let code = try visit.parameter("code")
        let isOn = try await Input.decode(Form.self, from: request).on == "ano"
        _ = try await shelf.form(code, of: tenant, at: visit.now)
        try await database.tenant(tenant, as: clerk.actor, needing: Permission.manageForms.rawValue) {
            office in
            FormStore.set(code, on: isOn, by: clerk, in: office)
        }
        shelf.forget(tenant)
        var response = Response.seeOther("/nastaveni/formulare")
        response.flash(
            isOn ? "Formulář je zapnutý." : "Formulář je vypnutý; rozepsané podání jím už nejde podat.",
            cookies
        )
        return response
    }
}

extension FormSetting {
    init(_ line: FormLine, title: String) {
        self.init(
            code: line.code,
            title: title,
            version: line.version,
            isOn: line.isOn,
            since: line.switchedAt.czech,
            by: line.switchedBy.isEmpty ? "ze šablony" : line.switchedBy
        )
    }
}
