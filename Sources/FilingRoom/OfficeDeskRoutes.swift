package import Database
package import Files
import Foundation
import HTTPTypes
import Hummingbird
package import Office
import Records
package import Web

/// The clerk's day and the head's settings; they work whatever rooms the office keeps.
package struct OfficeDeskRoutes: Sendable {
    let database: Database
    let pages: Pages
    let cookies: CookieJar
    let invitations: any InvitationDesk
    let catalogue: any OfficeCatalogue
    let files: FileStore
    let wardrobe: any OfficeWardrobe

    package init(
        database: Database,
        pages: Pages,
        cookies: CookieJar,
        invitations: any InvitationDesk,
        catalogue: any OfficeCatalogue,
        files: FileStore,
        wardrobe: any OfficeWardrobe
    ) {
        self.database = database
        self.pages = pages
        self.cookies = cookies
        self.invitations = invitations
        self.catalogue = catalogue
        self.files = files
        self.wardrobe = wardrobe
    }

    package var routes: [Route] {
        [
            .signedIn(.get, "/dnes", on: [.office], "Co dnes čeká", today)
                .asking(.query("stul", "cely: i věci ostatních.")).showing(TodayPage.self)
        ] + settingsRoutes + lookRoutes
            + routingRoutes
    }

    private static let casesMax = 100

    @Sendable private func today(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        guard let clerk = visit.clerk else { throw PlainRefusal.missing }
        let office = try visit.here
        let keeps = office.keeps(FilingRoutes.room) && clerk.may(.registerMail)
        let whole = try Input.query("stul", of: request)
        // The head answers for everything; others begin with what is theirs or nobody's.
        let isWhole = whole == "vse" || (whole.isEmpty && clerk.may(.manageOffice))
        let (cases, letters, people, done) = try await database.tenant(office.tenant, as: clerk.actor) {
            tenant in
            let cases = keeps ? try await Self.cases(of: clerk, isWhole: isWhole, in: tenant) : []
            return (
                cases, try await RegisterListStore.letters(of: cases.map(\.id), in: tenant),
                try await ClerkStore.all(in: tenant), try await OfficeStore.doneSteps(in: tenant)
            )
        }
        let steps = clerk.may(.manageOffice) ? HandOver.steps(keeping: office.rooms) : []
        let missing = steps.count { !done.contains($0.code) }
        let names = Dictionary(people.map { ($0.clerk.userID, $0.clerk.name) }, uniquingKeysWith: { $1 })
        let parts = Dictionary(grouping: cases) { file in
            file.part(letters[file.id] ?? LetterSum(), today: visit.today)
        }
        let groups = TodayPart.allCases.map { part in
            TodayGroup(
                code: part.rawValue,
                title: part.czech,
                hint: part.hint,
                cases: (parts[part] ?? []).map {
                    CaseLine(
                        $0,
                        letters[$0.id] ?? LetterSum(),
                        names: names,
                        mayAct: clerk.may(.handleCases),
                        today: visit.today
                    )
                }
            )
        }
        func count(_ part: TodayPart) -> Int { parts[part]?.count ?? 0 }
        let page = TodayPage(
            day: visit.today.czech,
            sums: TodaySums(
                new: count(.new),
                late: count(.late),
                soon: count(.soon),
                waiting: count(.waiting)
            ),
            groups: groups.filter { !$0.cases.isEmpty },
            scopes: keeps
                ? [
                    Filter(name: "moje a nepřidělené", link: "/dnes?stul=moje", isCurrent: !isWhole),
                    Filter(name: "celý úřad", link: "/dnes?stul=vse", isCurrent: isWhole),
                ] : [],
            isCalm: cases.isEmpty,
            isCut: cases.count >= Self.casesMax,
            keepsFilingRoom: keeps,
            missingSteps: missing > 0 ? HandOver.left(missing) : nil
        )
        return try pages.answer(page, to: request, visit)
    }

    private static func cases(of clerk: Clerk, isWhole: Bool, in tenant: TenantTransaction) async throws
        -> [CaseFile]
    {
        func list(_ filter: CaseFilter) async throws -> [CaseFile] {
            try await RegisterListStore.cases(
                filter,
                after: nil,
                seesFees: clerk.may(.handleFees),
                rowsMax: casesMax,
                in: tenant
            )
        }
        let ending = try await list(.toClose).filter { isWhole || $0.assignee == clerk.userID }
        if isWhole { return try await list(.open) + ending }
        let own = try await list(.desk(clerk.userID)) + list(.unassigned)
        return own.sorted { ($0.due ?? .distantFuture) < ($1.due ?? .distantFuture) } + ending
    }
}

extension Day {
    fileprivate static let distantFuture = Day(of: .distantFuture)
}
