import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

/// Before filling in: the office's front page, what it offers, what a form is about, and the form on paper.
extension FormRoutes {
    static let frontFormsMax = 6

    private func offer(_ tenant: TenantName, _ now: Date) async throws -> [FormDefinition] {
        var forms: [FormDefinition] = []
        for line in try await shelf.lines(of: tenant, at: now) where line.isOn {
            forms.append(try await shelf.definition(line.digest, of: tenant))
        }
        return forms.sorted { folded($0.title) < folded($1.title) }
    }

    @Sendable func frontPage(_ request: Request, _ visit: Visit) async throws -> Response {
        let office = try visit.here
        let front = try await front(office.tenant, visit.today)
        var forms = office.keeps(Self.room) ? try await offer(office.tenant, visit.now) : []
        if !forms.isEmpty {
            let usage = await usage.counts(at: office.tenant, visit.now)
            forms.sort { usage[$0.code, default: 0] > usage[$1.code, default: 0] }
        }
        let page = OfficeFrontPage(
            title: office.name,
            forms: forms.prefix(Self.frontFormsMax).map(FormLink.init),
            hasForms: !forms.isEmpty,
            formCount: forms.count,
            hasMore: forms.count > Self.frontFormsMax,
            notices: front.notices,
            hasNotices: !front.notices.isEmpty,
            hours: told(front.hours),
            address: told(front.address),
            email: told(front.email),
            phone: told(front.phone),
            dataBox: told(front.dataBox),
            acceptedFormats: told(front.acceptedFormats),
            carriers: told(front.carriers),
            isBare: front.hours.isEmpty && front.address.isEmpty && front.email.isEmpty
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable func list(_ request: Request, _ visit: Visit) async throws -> Response {
        let office = try visit.here
        let code = try Input.query("sluzba", of: request)
        let service = code.isEmpty ? nil : try await register.service(code, on: visit.today)
        let query = String(try Input.query("co", of: request).prefix(100))
        var forms = try await offer(office.tenant, visit.now)
        let hasForm = forms.contains { $0.service == code }
        if service != nil {
            forms.removeAll { $0.service != code && $0.service != "obecne-podani" }
        }
        let search = WordSearch(query)
        let found = search.map { $0.best(forms, \.searched) } ?? forms
        let general = forms.first { $0.service == "obecne-podani" }
        let encoded = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let page = FormListPage(
            query: query,
            forms: found.map(FormLink.init),
            isEmpty: forms.isEmpty,
            foundNothing: !forms.isEmpty && found.isEmpty,
            general: found.isEmpty ? general.map(FormLink.init) : nil,
            formless: hasForm || service == nil
                ? nil : try await formless(service, general, office, visit.today),
            regionLink: "\(pages.hosts.regionURL)/?q=\(encoded)"
        )
        return try pages.answer(page, to: request, visit)
    }

    /// What to do with a matter that the office has no form for: the way round, the counter, and whose it is.
    private func formless(
        _ service: PublicService?,
        _ general: FormDefinition?,
        _ office: HostedOffice,
        _ today: Day
    ) async throws -> FormlessService? {
        guard let service else { return nil }
        let front = try await front(office.tenant, today)
        return FormlessService(
            name: service.name,
            competence: service.decider(askedAt: office.authority),
            general: service.confirmation == .inPerson ? nil : general.map { "/formulare/\($0.code)" },
            isInPerson: service.confirmation == .inPerson,
            hours: told(front.hours),
            address: told(front.address),
            phone: told(front.phone),
            email: told(front.email),
            regionLink: "\(pages.hosts.regionURL)/sluzby/\(service.code)"
        )
    }

    @Sendable func intro(_ request: Request, _ visit: Visit) async throws -> Response {
        let office = try visit.here
        let form = try await offered(visit).definition
        let owner = owner(visit)
        let draft = try await database.region { region in
            try await FormStore.newestDraft(of: form.code, owner, in: region)
        }
        let service = try await register.service(form.service, on: visit.today)
        let front = try await front(office.tenant, visit.today)
        let page = FormIntroPage(
            title: form.title,
            code: form.code,
            lead: form.lead,
            audience: form.audience,
            bring: form.bring,
            hasBring: !form.bring.isEmpty,
            competence: service.map { $0.whoDecides(askedAt: office.authority) },
            duration: form.duration,
            fee: form.fee,
            counter: form.counter,
            hours: told(front.hours),
            address: told(front.address),
            confirmation: form.confirmation.sentence(service?.regime ?? .byContent),
            privacy: form.privacy.lines(office.body),
            hasDraft: draft != nil,
            draftLink: draft.map { "/formulare/\(form.code)/vyplnit?navrh=\($0.key.text)" } ?? ""
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable func paper(_ request: Request, _ visit: Visit) async throws -> Response {
        let office = try visit.here
        let form = try await offered(visit).definition
        let front = try await front(office.tenant, visit.today)
        let page = PaperFormPage(
            title: form.title,
            code: form.code,
            version: form.version,
            office: office.authority,
            address: told(front.address),
            sections: form.sections.map { PaperSection($0, of: form) },
            isSigned: form.confirmation != .none,
            privacy: form.privacy.lines(office.body)
        )
        return try pages.answer(page, to: request, visit)
    }

    private func told(_ text: String) -> String? { text.isEmpty ? nil : text }
}

extension FormLink {
    init(_ form: FormDefinition) {
        self.init(title: form.title, lead: form.lead, link: "/formulare/\(form.code)")
    }
}

extension PrivacyNotice {
    /// What article 13 of the GDPR asks to be told, line by line.
    func lines(_ controller: String) -> [PrivacyLine] {
        [
            PrivacyLine(name: "Kdo je zpracovává", value: "\(controller); podání přijímá podatelna kraje"),
            PrivacyLine(name: "Proč je chceme", value: purpose), PrivacyLine(name: "Podle čeho", value: law),
            PrivacyLine(name: "Jak dlouho je máme", value: retention),
            PrivacyLine(name: "Vaše práva", value: rights),
        ]
    }
}

extension PublicService {
    /// Beside ``decider(askedAt:)``, what becomes of that when a form is filled in.
    func whoDecides(askedAt office: String) -> String {
        let found =
            level == .chosenOffice
            ? "" : " Který to je, určíme z toho, co vyplníte, a na potvrzení uvidíte proč."
        return decider(askedAt: office) + found
    }

    /// Which office is competent and by which place, before any place is known (§§ 10, 11 of act 500/2004).
    func decider(askedAt office: String) -> String {
        let kind =
            switch level {
            case .chosenOffice: "úřad, kterému je podáte; tady \(office)"
            case .anyORP: "kterýkoli úřad obce s rozšířenou působností"
            case .municipality: "obecní úřad"
            case .pou: "pověřený obecní úřad"
            case .orp: "úřad obce s rozšířenou působností"
            case .registryOffice: "matriční úřad"
            case .buildingOffice: "stavební úřad"
            case .region: "krajský úřad"
            }
        let places = criteria.map { criterion in
            switch criterion {
            case .residence: "trvalého pobytu"
            case .seat: "sídla"
            case .placeOfBusiness: "místa podnikání"
            case .realEstate: "místa nemovitosti"
            case .placeOfActivity: "místa, kterého se věc týká"
            }
        }
        let place = places.isEmpty ? "" : " podle \(places.joined(separator: " nebo "))"
        return "Vyřizuje to \(kind)\(place)."
    }
}

extension ConfirmationRule {
    /// What has to be done after handing in, by the law the service runs under.
    ///
    /// What the office does not have yet can be confirmed only once it came (§ 37(4) and (6) of act 500/2004).
    func sentence(_ regime: Regime, onceArrived: Bool = false) -> String {
        switch self {
        case .none: "Podání není třeba nijak potvrzovat."
        case .withinFiveDays where onceArrived:
            "Až podání úřadu dojde, napíšeme vám; do pěti dnů od toho dne ho potvrďte: podepsaným výtiskem, osobně, "
                + "nebo z datové schránky (\(regime.confirmationLaw))."
        case .withinFiveDays:
            "Podání pak do pěti dnů potvrďte: podepsaným výtiskem, osobně, nebo z datové schránky "
                + "(\(regime.confirmationLaw))."
        case .inPerson: "Věc se vyřizuje osobně; formulář návštěvu jen připraví."
        }
    }
}
