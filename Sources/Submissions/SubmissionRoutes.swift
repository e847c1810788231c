package import Database
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
package import Office
import Records
package import Sealing
package import Web

/// What the person who handed something in sees: receipt, way, and the filled form to print and sign.
package struct SubmissionRoutes: Sendable {
    private let database: Database
    private let pages: Pages
    private let key: HMACKey
    private let fees: any FeeBook
    private let desk: any SubmissionDesk

    package init(
        database: Database,
        pages: Pages,
        key: HMACKey,
        fees: any FeeBook,
        desk: any SubmissionDesk
    ) {
        self.desk = desk
        self.database = database
        self.pages = pages
        self.key = key
        self.fees = fees
    }

    package var routes: [Route] {
        let both: Set<Route.Face> = [.region, .office]
        return [
            .open(.get, "/sledovani", on: both, "Kde je moje podání", tracking)
                .asking(.query("kod", "Kód podání.")).showing(TrackingPage.self),
            .open(.post, "/sledovani", on: both, "Najde podání podle kódu a hesla", find),
            .open(.get, "/podani/:code/:secret", on: both, "Potvrzení a cesta podání", submission)
                .showing(SubmissionPage.self),
            .open(.get, "/podani/:code/:secret/formular", on: both, "Vyplněný formulář k tisku", filledForm)
                .asking(.query("podoba", "Jak se má ukázat.", .choice(["ulozena"])))
                .sending("text/html"),
            .signedIn(.get, "/moje-podani", on: [.region], "Moje podání", own)
                .asking(.query("pred", "Podání před tímto (UUID).")).showing(OwnSubmissionsPage.self),
        ]
    }

    @Sendable private func tracking(_ request: Request, _ visit: Visit) async throws -> Response {
        let page = TrackingPage(code: try Input.query("kod", of: request), errors: [], hasErrors: false)
        return try pages.answer(page, to: request, visit)
    }

    @Sendable private func find(_ request: Request, _ visit: Visit) async throws -> Response {
        struct Form: Decodable {
            var code: String
            var secret: String
        }
        let form = try await Input.decode(Form.self, from: request)
        if let code = ReadableCode(form.code), let typed = ReadableSecret(form.secret) {
            let found = try await database.region { region in
                try await SubmissionStore.submission(code: code.description, secret: typed.digest, in: region)
            }
            if let found {
                let path = "/podani/\(found.code)/\(typed.text)"
                return .seeOther(isOf(found, visit) ? path : "\(pages.hosts.regionURL)\(path)")
            }
        }
        let sentence = "Kód a heslo spolu nesouhlasí. Obojí najdete na potvrzení o podání."
        return try pages.answer(
            TrackingPage(
                code: form.code,
                errors: [TrackingFault(field: "code", sentence: sentence)],
                hasErrors: true
            ),
            to: request,
            visit,
            status: .unprocessableContent
        )
    }

    private func found(_ visit: Visit) async throws -> Submission {
        guard let code = ReadableCode(try visit.parameter("code")),
            let secret = ReadableSecret(try visit.parameter("secret"))
        else { throw PlainRefusal.missing }
        let found = try await database.region { region in
            try await SubmissionStore.submission(code: code.description, secret: secret.digest, in: region)
        }
        guard let found, isOf(found, visit) else { throw PlainRefusal.missing }
        return found
    }

    /// An office's pages show what was handed in there or came to it; the region's show everything.
    private func isOf(_ submission: Submission, _ visit: Visit) -> Bool {
        guard let tenant = visit.office?.tenant else { return true }
        return submission.host == tenant.rawValue || submission.office == tenant
    }

    /// Right after handing in, waits up to 800 ms for the hosted filing room's number.
    @Sendable private func submission(_ request: Request, _ visit: Visit) async throws -> Response {
        var submission = try await found(visit)
        let isNew = visit.now.timeIntervalSince(submission.acceptedAt) < 10
        var waits = 0
        while isNew, submission.reachedAt != nil, submission.registeredAt == nil, waits < 8 {
            try await Task.sleep(for: .milliseconds(100))
            submission = try await found(visit)
            waits += 1
        }
        let id = submission.id
        let steps = try await database.region { try await SubmissionStore.steps(of: id, in: $0) }
        // Read once more, so that it is never older than its steps.
        submission = try await found(visit)
        let isStranded = try await !unreachable([submission]).isEmpty
        var response = try pages.answer(
            SubmissionPage(
                submission,
                steps,
                secret: try visit.parameter("secret"),
                isNew: isNew,
                isStranded: isStranded,
                host: pages.hosts.origin(of: visit.authority),
                contact: await contact(submission),
                payment: await payment(submission, steps, visit),
                today: visit.today
            ),
            to: request,
            visit
        )
        if isNew, !isStranded, submission.registeredAt == nil, submission.office != nil,
            let refresh = HTTPField.Name("Refresh")
        {
            response.headers[refresh] = "3"
        }
        return response
    }

    /// The offices ahead of these that cannot take anything in.
    private func unreachable(_ all: [some Standing]) async throws -> Set<TenantName> {
        var found: Set<TenantName> = []
        for office in Set(all.compactMap(\.officeAhead)) where try await !desk.reaches(office) {
            found.insert(office)
        }
        return found
    }

    /// Printed beside what is to be signed; a receipt without it is better than none.
    private func contact(_ submission: Submission) async -> OfficeContact? {
        guard submission.needsConfirmation, let office = submission.office,
            let profile = try? await database.tenant(
                office,
                as: .anonymous,
                { try await OfficeStore.profile(in: $0) }
            )
        else { return nil }
        return OfficeContact(address: profile.address, hours: profile.hours, dataBox: profile.dataBox)
    }

    /// From the office's books; a page without it is better than none, so trouble there is no trouble here.
    private func payment(_ submission: Submission, _ steps: [SubmissionStep], _ visit: Visit) async
        -> PaymentBox?
    {
        guard let office = submission.office,
            let link = steps.last(where: { $0.event == .feePrescribed })?.link,
            let id = UUID(uuidString: String(link.suffix(36))),
            let fee = try? await fees.fee(id, at: office)
        else { return nil }
        return PaymentBox(fee, link: link, today: visit.today)
    }

    /// For print with the code on it, so that the office can tell to what the signed paper belongs; the kept bytes
    /// themselves with `podoba=ulozena`.
    @Sendable private func filledForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let submission = try await found(visit)
        let id = submission.id
        guard let bytes = try await database.region({ try await SubmissionStore.filledForm(id, in: $0) })
        else {
            throw PlainRefusal.missing
        }
        guard try Input.query("podoba", of: request) != "ulozena" else { return Response.keptDocument(bytes) }
        let back = "/podani/\(submission.code)/\(try visit.parameter("secret"))"
        return Response.keptDocument(PrintedForm(submission, back: back).around(bytes))
    }

    @Sendable private func own(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let before = try Input.cursor("pred", of: request)
        let rows = Limits.rowsPerPageMax
        let found = try await database.region { region in
            try await SubmissionStore.own(visitor.userID, before: before, rowsMax: rows + 1, in: region)
        }
        let shown = Array(found.prefix(rows))
        let unreachable = try await unreachable(shown)
        return try pages.answer(
            OwnSubmissionsPage(
                lines: shown.map { line($0, isStranded: $0.officeAhead.map(unreachable.contains) ?? false) },
                isEmpty: shown.isEmpty,
                next: found.count > rows ? shown.last.map { "/moje-podani?pred=\($0.id)" } : nil
            ),
            to: request,
            visit
        )
    }

    private func line(_ line: SubmissionLine, isStranded: Bool) -> OwnLine {
        OwnLine(
            title: line.title,
            link: "/podani/\(line.code)/\(key.trackingSecret(of: line.id).text)",
            code: line.code,
            office: line.officeName,
            status: line.shownStatus(isStranded: isStranded).czech,
            isWaiting: line.isWaiting(isStranded: isStranded),
            accepted: line.acceptedAt.czech
        )
    }
}
