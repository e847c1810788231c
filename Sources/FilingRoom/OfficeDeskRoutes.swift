package import Database
import Foundation
import HTTPTypes
import Hummingbird
package import Office
import Records
package import Web

/// The clerk's day and the head's settings; they work whatever rooms the office keeps.
package struct OfficeDeskRoutes: Sendable {
    private let database: Database
    private let pages: Pages
    private let cookies: CookieJar
    private let invitations: any InvitationDesk

    package init(
        database: Database,
        pages: Pages,
        cookies: CookieJar,
        invitations: any InvitationDesk
    ) {
        self.database = database
        self.pages = pages
        self.cookies = cookies
        self.invitations = invitations
    }

    package var routes: [Route] {
        [
            .signedIn(.get, "/dnes", on: [.office], "Co dnes čeká", today),
            .needs(.manageOffice, .get, "/nastaveni", "Nastavení a převzetí úřadu", settings),
            .needs(.manageOffice, .post, "/nastaveni/urad", "Uloží údaje úřadu", saveProfile),
            .needs(.manageOffice, .post, "/nastaveni/krok/:step", "Odškrtne krok převzetí", tick),
            .needs(.manageOffice, .post, "/nastaveni/pozvat", "Pozve úředníka", invite),
            .needs(
                .manageOffice,
                .post,
                "/nastaveni/lide/:id",
                "Změní přístup nebo nepřítomnost",
                changeClerk
            ),
        ]
    }

    @Sendable private func today(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        guard let clerk = visit.clerk else { throw PlainRefusal.missing }
        let office = try visit.here
        let keeps = office.keeps(FilingRoutes.room)
        let (cases, people, done) = try await database.tenant(office.tenant, as: clerk.actor) { tenant in
            (
                keeps ? try await FilingStore.openCases(rowsMax: 200, in: tenant) : [],
                try await ClerkStore.all(in: tenant),
                try await OfficeStore.doneSteps(in: tenant)
            )
        }
        let missing = clerk.may(.manageOffice) ? HandOver.steps.count { !done.contains($0.code) } : 0
        let names = Dictionary(people.map { ($0.clerk.userID, $0.clerk.name) }, uniquingKeysWith: { $1 })
        let lines = cases.map { ($0, CaseLine($0, names: names, today: visit.today)) }
        let late = lines.filter { $0.1.isLate }.map(\.1)
        let new = lines.filter { $0.0.state == .new && !$0.1.isLate }.map(\.1)
        let soon = lines.filter { $0.0.state != .new && $0.1.isSoon }.map(\.1)
        let rest = lines.filter { $0.0.state != .new && !$0.1.isLate && !$0.1.isSoon }.map(\.1)
        let groups = [
            TodayGroup(title: "Po lhůtě", cases: late), TodayGroup(title: "Nové", cases: new),
            TodayGroup(title: "Lhůta do týdne", cases: soon), TodayGroup(title: "Rozpracované", cases: rest),
        ]
        let page = TodayPage(
            day: visit.today.czech,
            sums: TodaySums(new: new.count, late: late.count, soon: soon.count, open: cases.count),
            groups: groups.filter { !$0.cases.isEmpty },
            isCalm: cases.isEmpty,
            missingSteps: missing > 0 ? missing : nil
        )
        return try pages.answer(page, to: request, visit)
    }

    // Settings

    @Sendable private func settings(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(nil, to: request, visit, clerk)
    }

    private func answer(_ refusal: (any Refusal)?, to request: Request, _ visit: Visit, _ clerk: Clerk)
        async throws
        -> Response
    {
        let (profile, people, done) = try await database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            (
                try await OfficeStore.profile(in: tenant), try await ClerkStore.all(in: tenant),
                try await OfficeStore.doneSteps(in: tenant)
            )
        }
        let page = SettingsPage(
            steps: HandOver.steps.map {
                StepView(
                    code: $0.code,
                    title: $0.title,
                    why: $0.why,
                    link: $0.link,
                    isDone: done.contains($0.code)
                )
            },
            doneCount: HandOver.steps.count { done.contains($0.code) },
            stepCount: HandOver.steps.count,
            profile: OfficeForm(profile),
            clerks: people.map { ClerkView($0, among: people, today: visit.today) },
            canManage: true,
            roles: Role.allCases.map { Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == .clerk) },
            errors: FilingFault.of(refusal, at: "email"),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    private func done(_ sentence: String) -> Response {
        var response = Response.seeOther("/nastaveni")
        response.flash(sentence, cookies)
        return response
    }

    @Sendable private func saveProfile(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let form = try await Input.decode(OfficeForm.self, from: request)
        try await database.tenant(
            try visit.here.tenant,
            as: clerk.actor,
            needing: Permission.manageOffice.rawValue
        ) { tenant in
            var profile = try await OfficeStore.profile(in: tenant)
            form.apply(to: &profile)
            OfficeStore.save(profile, in: tenant)
        }
        return done("Údaje úřadu jsou uložené.")
    }

    @Sendable private func tick(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let step = try visit.parameter("step")
        guard HandOver.steps.contains(where: { $0.code == step }) else { throw PlainRefusal.missing }
        try await database.tenant(
            try visit.here.tenant,
            as: clerk.actor,
            needing: Permission.manageOffice.rawValue
        ) { tenant in
            OfficeStore.tick(step, by: clerk.userID, in: tenant)
        }
        return done("Hotovo.")
    }

    @Sendable private func invite(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        struct Form: Decodable {
            var name: String
            var email: String
            var roles: [String]?
        }
        let form = try await Input.decode(Form.self, from: request)
        let office = try visit.here
        let roles = (form.roles ?? []).compactMap(Role.init)
        do {
            guard !roles.isEmpty else {
                throw PlainRefusal(
                    .invalid,
                    "roles-needed",
                    "Vyberte aspoň jednu roli.",
                    fields: ["roles": "Vyberte aspoň jednu roli."]
                )
            }
            // The office decides in its own transaction, and its log knows who invited.
            try await database.tenant(
                office.tenant,
                as: clerk.actor,
                needing: Permission.manageOffice.rawValue
            ) { tenant in
                let detail = roles.map(\.rawValue).sorted().joined(separator: " ")
                tenant.record(LogEntry("invited", "clerk", clerk.userID, detail: detail))
            }
            try await invitations.invite(
                form.email,
                name: form.name,
                roles: roles,
                to: office.tenant,
                officeName: office.name
            )
        } catch let refusal as any Refusal where refusal.kind == .invalid && !request.prefersJSON {
            return try await answer(refusal, to: request, visit, clerk)
        }
        return done("Pozvánka odešla na \(form.email).")
    }

    @Sendable private func changeClerk(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable {
            var act: String
            var from: String?
            var until: String?
            var substitute: String?
        }
        let form = try await Input.decode(Form.self, from: request)
        let id = try visit.identifier("id")
        let absence = PlainRefusal(
            .invalid,
            "bad-absence",
            "Nepřítomnost má začátek, konec po něm a zástupce, který není týž člověk."
        )
        let from = form.from.flatMap { Day($0) }
        let until = form.until.flatMap { Day($0) }
        try await refusing([
            "clerks_absence": absence, "clerks_own_substitute": absence,
            "clerks_substitute_id_fkey": absence,
        ]) {
            try await database.tenant(
                try visit.here.tenant,
                as: clerk.actor,
                needing: Permission.manageOffice.rawValue
            ) { tenant in
                switch form.act {
                case "dismiss":
                    guard id != clerk.userID else {
                        throw PlainRefusal(.invalid, "own-access", "Vlastní přístup si odebrat nemůžete.")
                    }
                    ClerkStore.setActive(id, false, in: tenant)
                case "admit": ClerkStore.setActive(id, true, in: tenant)
                default:
                    ClerkStore.setAbsence(
                        of: id,
                        from: from,
                        until: until,
                        substitute: form.substitute.flatMap(UUID.init(uuidString:)),
                        in: tenant
                    )
                }
            }
        }
        return done("Změna je uložená.")
    }
}

/// What the head of an office goes through when taking it over.
enum HandOver {
    struct Step: Sendable {
        let code: String
        let title: String
        let why: String
        let link: String
    }

    static let steps: [Step] = [
        Step(
            code: "receipt",
            title: "Pravidla příjmu podání",
            why:
                "Adresa, formáty a nosiče dat, které přijímáte: zveřejňují se (§ 2 odst. 3 vyhlášky č. 259/2012 Sb.).",
            link: "#urad"
        ),
        Step(
            code: "hours",
            title: "Úřední hodiny a kontakty",
            why: "Lidé je najdou na úvodní stránce.",
            link: "#hours"
        ),
        Step(
            code: "data-box",
            title: "Datová schránka",
            why: "Uveďte ji; příjem a odesílání datovkou přijde v dalších verzích.",
            link: "#dataBox"
        ),
        Step(
            code: "plan",
            title: "Spisový plán archivu",
            why: "Plán ze šablony pošlete příslušnému archivu ke schválení (§ 66 zákona č. 499/2004 Sb.).",
            link: "/spisovna"
        ),
        Step(
            code: "clerks",
            title: "Úředníci a zástupy",
            why: "Pozvěte všechny, kdo budou v úřadu pracovat.",
            link: "#lide"
        ),
        Step(
            code: "forms",
            title: "Formuláře",
            why: "Vypněte ty, které obec nepotřebuje.",
            link: "/nastaveni/formulare"
        ),
        Step(code: "look", title: "Vzhled stránek", why: "Podívejte se, jak úřad vidí lidé.", link: "/"),
    ]
}

extension OfficeForm {
    init(_ profile: OfficeProfile) {
        self.init(
            ico: profile.ico ?? "",
            street: profile.street,
            place: profile.place,
            postcode: profile.postcode,
            hours: profile.hours,
            email: profile.email,
            phone: profile.phone,
            dataBox: profile.dataBox,
            acceptedFormats: profile.acceptedFormats,
            carriers: profile.carriers,
            bankAccount: profile.bankAccount
        )
    }

    /// Lengths are bounded; everything else is the office's own word.
    func apply(to profile: inout OfficeProfile) {
        func cut(_ text: String, _ longest: Int) -> String {
            String(text.trimmingCharacters(in: .whitespacesAndNewlines).prefix(longest))
        }
        profile.ico = ico.isEmpty ? nil : cut(ico, 8)
        profile.street = cut(street, 120)
        profile.place = cut(place, 120)
        profile.postcode = cut(postcode, 6)
        profile.hours = cut(hours, 1000)
        profile.email = cut(email, 254)
        profile.phone = cut(phone, 60)
        profile.dataBox = cut(dataBox, 7)
        profile.acceptedFormats = cut(acceptedFormats, 1000)
        profile.carriers = cut(carriers, 1000)
        profile.bankAccount = cut(bankAccount, 30)
    }
}

extension ClerkView {
    init(_ line: ClerkLine, among people: [ClerkLine], today: Day) {
        var absence: String?
        if let from = line.awayFrom {
            let until = line.awayUntil.map { " do \($0.czechShort)" } ?? ""
            let substitute = line.substitute.flatMap { id in
                people.first { $0.clerk.userID == id }?.clerk.name
            }
            absence =
                "mimo úřad od \(from.czechShort)\(until)" + (substitute.map { ", zastupuje \($0)" } ?? "")
        }
        self.init(
            id: line.clerk.userID.uuidString.lowercased(),
            name: line.clerk.publicName,
            email: line.email,
            roles: line.clerk.roles.map(\.czech).sorted().joined(separator: ", "),
            isActive: line.isActive,
            absence: absence,
            others: people.filter { $0.clerk.userID != line.clerk.userID && $0.isActive }.map {
                Choice(
                    value: $0.clerk.userID.uuidString.lowercased(),
                    name: $0.clerk.name,
                    isChosen: $0.clerk.userID == line.substitute
                )
            }
        )
    }
}
