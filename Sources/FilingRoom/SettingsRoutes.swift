import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

// What the head sets: the hand-over, what the office says of itself, and its people.

extension OfficeDeskRoutes {
    var settingsRoutes: [Route] {
        func show(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
            .needs(.manageOffice, .get, path, summary, answer)
        }
        func act(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
            .needs(.manageOffice, .post, path, summary, answer)
        }
        return [
            show("/nastaveni", "Nastavení a převzetí úřadu", settings).showing(SettingsPage.self),
            act("/nastaveni/krok/:step", "Odškrtne krok převzetí", tick),
            act("/nastaveni/krok/:step/zpet", "Vrátí krok převzetí mezi nehotové", untick),
            show("/nastaveni/urad", "Údaje úřadu", details).showing(OfficeDetailsPage.self),
            act("/nastaveni/urad", "Uloží údaje úřadu", saveDetails).taking(OfficeForm.self),
            show("/nastaveni/lide", "Lidé v úřadu", people).showing(PeoplePage.self),
            act("/nastaveni/pozvat", "Pozve úředníka", invite).taking(Invited.self),
            act("/nastaveni/pozvanky", "Pošle pozvánku znovu, nebo ji vezme zpět", changeInvitation)
                .taking(InvitationChange.self),
            act("/nastaveni/lide/:id", "Změní přístup, role nebo nepřítomnost", changeClerk)
                .taking(ClerkChange.self),
            .needs(.readLog, .get, "/nastaveni/protokol", "Transakční protokol úřadu", log)
                .asking(.query("pred", "Zápisy před tímto číslem.", .integer)).showing(HistoryPage.self),
        ]
    }

    @Sendable private func settings(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let office = try visit.here
        let (profile, people, done) = try await database.tenant(office.tenant, as: clerk.actor) {
            tenant in
            (
                try await OfficeStore.profile(in: tenant), try await ClerkStore.all(in: tenant),
                try await OfficeStore.doneSteps(in: tenant)
            )
        }
        let steps = HandOver.steps(keeping: office.rooms).map {
            StepView(
                code: $0.code,
                title: $0.title,
                why: $0.why,
                link: $0.link,
                found: HandOver.found($0.code, profile, people),
                canTick: HandOver.gaps($0.code, profile).isEmpty,
                isDone: done.contains($0.code)
            )
        }
        let page = SettingsPage(
            steps: steps,
            doneCount: steps.count(where: \.isDone),
            stepCount: steps.count,
            isDone: steps.allSatisfy(\.isDone),
            keepsFilingRoom: office.keeps(FilingRoutes.room),
            keepsForms: office.keeps("Forms")
        )
        return try pages.answer(page, to: request, visit)
    }

    func done(_ sentence: String, _ place: String) -> Response {
        var response = Response.seeOther(place)
        response.flash(sentence, cookies)
        return response
    }

    private func step(_ visit: Visit) throws -> String {
        let step = try visit.parameter("step")
        let steps = HandOver.steps(keeping: try visit.here.rooms)
        guard steps.contains(where: { $0.code == step }) else { throw PlainRefusal.missing }
        return step
    }

    @Sendable private func tick(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let step = try step(visit)
        try await database.tenant(
            try visit.here.tenant,
            as: clerk.actor,
            needing: Permission.manageOffice.rawValue
        ) { tenant in
            let gaps = HandOver.gaps(step, try await OfficeStore.profile(in: tenant))
            guard gaps.isEmpty else {
                throw PlainRefusal(
                    .conflict,
                    "step-not-done",
                    "Krok ještě hotový není. Chybí: \(gaps.joined(separator: ", "))."
                )
            }
            OfficeStore.tick(step, by: clerk.userID, in: tenant)
        }
        return done("Krok je označený jako hotový.", "/nastaveni")
    }

    @Sendable private func untick(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let step = try step(visit)
        try await database.tenant(
            try visit.here.tenant,
            as: clerk.actor,
            needing: Permission.manageOffice.rawValue
        ) { tenant in OfficeStore.untick(step, by: clerk.userID, in: tenant) }
        return done("Krok je zase mezi nehotovými.", "/nastaveni")
    }

    // What the office says of itself

    @Sendable private func details(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let profile = try await database.tenant(try visit.here.tenant, as: clerk.actor) { tenant in
            try await OfficeStore.profile(in: tenant)
        }
        return try answer(OfficeForm(profile), nil, to: request, visit)
    }

    private func answer(_ form: OfficeForm, _ refusal: (any Refusal)?, to request: Request, _ visit: Visit)
        throws -> Response
    {
        let page = OfficeDetailsPage(
            profile: form,
            errors: OfficeFaults.listed(refusal),
            hasErrors: refusal != nil,
            faults: OfficeFaults(refusal?.fields ?? [:])
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func saveDetails(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let typed = try await Input.decode(OfficeForm.self, from: request)
        let (form, found) = typed.checked()
        do {
            try await database.tenant(
                try visit.here.tenant,
                as: clerk.actor,
                needing: Permission.manageOffice.rawValue
            ) { tenant in
                var faults = found
                if let account = BankAccount(form.bankAccount),
                    let day = try await OfficeStore.unknown(bank: account.bank, in: tenant)
                {
                    faults["bankAccount"] = OfficeForm.unknownBank(account.bank, asOf: day)
                }
                guard faults.isEmpty else { throw OfficeForm.refusal(faults) }
                var profile = try await OfficeStore.profile(in: tenant)
                form.apply(to: &profile)
                try await OfficeStore.save(profile, in: tenant)
            }
        } catch let refusal as PlainRefusal where refusal.kind == .invalid && !request.prefersJSON {
            return try answer(typed, refusal, to: request, visit)
        }
        return done("Údaje úřadu jsou uložené.", "/nastaveni/urad")
    }

    // People

    @Sendable private func people(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        try await answer(Invited(), nil, to: request, visit, clerk)
    }

    struct Invited: Decodable {
        var name = ""
        var email = ""
        var functionTitle: String? = Role.clerk.usualFunction
        var roles: [String]?
    }

    func answer(
        _ invited: Invited,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let people = try await database.tenant(try visit.here.tenant, as: clerk.actor) { tenant in
            try await ClerkStore.all(in: tenant)
        }
        let here = Set(people.filter(\.isActive).map(\.email))
        let waiting = try await invitations.pending(at: try visit.here.tenant)
            .filter { !here.contains($0.email) }
        let chosen = invited.roles ?? (refusal == nil ? [Role.clerk.rawValue] : [])
        let faults = FilingFault.of(refusal, at: "email").inOrder(["name", "email", "roles", "functionTitle"])
        let page = PeoplePage(
            clerks: people.map { ClerkView($0, among: people, today: visit.today) },
            invited: waiting.map { InvitedView($0, now: visit.now) },
            roles: Role.allCases.map {
                RoleChoice(
                    value: $0.rawValue,
                    name: $0.czech,
                    isChosen: chosen.contains($0.rawValue),
                    function: $0.usualFunction
                )
            },
            name: invited.name,
            email: invited.email,
            functionTitle: invited.functionTitle ?? "",
            functions: Self.functions,
            errors: faults,
            // What was refused at somebody's line says nothing of the invitation's fields.
            faults: refusal?.fields ?? [:],
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    /// Proposed while somebody types.
    private static let functions = [
        "referent", "referentka", "účetní", "správce poplatků", "správkyně poplatků", "pracovník podatelny",
        "pracovnice podatelny", "matrikář", "matrikářka", "tajemník", "tajemnice", "místostarosta",
        "místostarostka", "starosta", "starostka",
    ]

    private struct ClerkChange: Decodable {
        var act: String
        var from: String?
        var until: String?
        var substitute: String?
        var roles: [String]?
        var functionTitle: String?
    }

    @Sendable private func changeClerk(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let form = try await Input.decode(ClerkChange.self, from: request)
        let id = try visit.identifier("id")
        let absence = PlainRefusal(
            .invalid,
            "bad-absence",
            "Nepřítomnost má začátek, konec po něm a zástupce, který není týž člověk."
        )
        let office = try visit.here.tenant
        let keeps = try visit.here.keeps(FilingRoutes.room)
        var left = 0
        do {
            let dismissed = try await refusing([
                "clerks_absence": absence, "clerks_own_substitute": absence,
                "clerks_substitute_id_fkey": absence, "clerks_last_head": Self.lastHead,
            ]) {
                try await database.tenant(
                    office,
                    as: clerk.actor,
                    needing: Permission.manageOffice.rawValue
                ) { tenant in
                    let people = try await ClerkStore.all(in: tenant)
                    try change(id, form, among: people, by: clerk, in: tenant)
                    if keeps { left = try await Self.left(on: id, in: tenant) }
                    guard form.act == "dismiss" else { return nil as String? }
                    return people.first { $0.clerk.userID == id }?.email
                }
            }
            if let dismissed { try await invitations.withdraw(dismissed, from: office) }
        } catch let refusal as any Refusal where refusal.kind == .invalid && !request.prefersJSON {
            return try await answer(Invited(), refusal, to: request, visit, clerk)
        }
        let lying =
            left == 0
            ? ""
            : " Na stole má dál otevřené věci (\(left)), které už neotevře; přidělte je ve spisech jinému."
        return done("Změna je uložená.\(lying)", "/nastaveni/lide")
    }

    /// How many open matters lie with somebody who can no longer open them.
    private static func left(on user: UUID, in tenant: TenantTransaction) async throws -> Int {
        let clerk = try await ClerkStore.clerk(user, in: tenant)
        let lying = try await RegisterListStore.cases(
            .desk(user),
            after: nil,
            seesFees: true,
            rowsMax: Limits.rowsPerPageMax,
            in: tenant
        )
        return lying.count { clerk?.mayHold($0.regime) != true }
    }

    private static let lastHead = PlainRefusal(
        .invalid,
        "last-head",
        "Úřad by zůstal bez vedoucího a nikdo by ho nemohl vrátit. Nejdřív dejte roli vedoucího někomu dalšímu."
    )

    private static let badSubstitute = PlainRefusal(
        .invalid,
        "bad-substitute",
        "Zastupovat může jen někdo z úřadu, kdo má roli pro spisovou službu; jinak by věci nikdo neotevřel."
    )

    private static let functionNeeded = PlainRefusal(
        .invalid,
        "function-needed",
        FilingRefusal.functionNeeded.czech
    )

    private func change(
        _ id: UUID,
        _ form: ClerkChange,
        among people: [ClerkLine],
        by clerk: Clerk,
        in tenant: TenantTransaction
    ) throws {
        switch form.act {
        case "dismiss":
            guard id != clerk.userID else {
                throw PlainRefusal(.invalid, "own-access", "Vlastní přístup si odebrat nemůžete.")
            }
            ClerkStore.setActive(id, false, in: tenant)
        case "admit": ClerkStore.setActive(id, true, in: tenant)
        case "roles":
            let roles = (form.roles ?? []).compactMap(Role.init)
            guard !roles.isEmpty else { throw FilingRefusal.roleNeeded }
            guard id != clerk.userID || roles.contains(.head) else {
                throw PlainRefusal(.invalid, "own-role", "Roli vedoucího si sami odebrat nemůžete.")
            }
            let title = form.functionTitle.map { Self.function($0) }
            guard title != .some(nil) else { throw Self.functionNeeded }
            ClerkStore.setRoles(of: id, roles, functionTitle: title ?? nil, in: tenant)
        case "present":
            ClerkStore.setAbsence(of: id, from: nil, until: nil, substitute: nil, in: tenant)
        default:
            let substitute = form.substitute.flatMap(UUID.init(uuidString:))
            let line = people.first { $0.clerk.userID == id }
            let other = people.first { $0.clerk.userID == substitute }
            if let line, let other, other.clerk.userID != id, !other.canSubstitute(line) {
                throw Self.badSubstitute
            }
            let from = form.from.flatMap { Day($0) }
            let until = form.until.flatMap { Day($0) }
            ClerkStore.setAbsence(
                of: id,
                from: from,
                until: until,
                substitute: substitute,
                in: tenant
            )
        }
    }

    /// On one line, or nil for what is none.
    static func function(_ typed: String) -> String? {
        let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return (2...100).contains(text.count) ? text : nil
    }

    // The log

    @Sendable private func log(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let before = try Input.cursor("pred", of: request) { Int($0).flatMap { $0 > 0 ? $0 : nil } }
        let rows = Limits.rowsPerPageMax
        let office = try visit.here
        let (lines, people) = try await database.tenant(office.tenant, as: clerk.actor) { tenant in
            (
                try await LogStore.page(before: before, rowsMax: rows + 1, in: tenant),
                try await ClerkStore.all(in: tenant)
            )
        }
        let shown = lines.prefix(rows)
        let page = HistoryPage(
            title: "Transakční protokol",
            about: office.name,
            back: "/nastaveni",
            backName: "Nastavení úřadu",
            lines: shown.map { HistoryLine($0, people, catalogue.services) },
            isEmpty: shown.isEmpty,
            next: lines.count > rows ? shown.last.map { "/nastaveni/protokol?pred=\($0.number)" } : nil
        )
        return try pages.answer(page, to: request, visit)
    }
}
