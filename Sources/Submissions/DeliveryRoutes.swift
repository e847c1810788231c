package import Database
import Foundation
import HTTPTypes
import Hummingbird
package import Messages
import NIOCore
import Office
package import Region
import Sealing
package import Web

/// The region's desk: what waits and why, what the rules could not decide, and what foreign systems report.
package struct DeliveryRoutes: Sendable {
    private let database: Database
    private let book: OfficeBook
    private let pages: Pages
    private let cookies: CookieJar
    private let notices: Notices
    private let bell: Bell

    package init(
        database: Database,
        book: OfficeBook,
        pages: Pages,
        cookies: CookieJar,
        notices: Notices,
        bell: Bell
    ) {
        self.database = database
        self.book = book
        self.pages = pages
        self.cookies = cookies
        self.notices = notices
        self.bell = bell
    }

    package var routes: [Route] {
        [
            .administrator(.get, "/kraj/doruceni", "Zprávy a podání, které čekají", waiting)
                .asking(.query("pred", "Zprávy před touto (UUID).")).showing(DeliveriesPage.self),
            .administrator(.post, "/kraj/doruceni/znovu", "Doručí znovu všechno, co uvízlo", replayStuck),
            .administrator(.get, "/kraj/doruceni/:id", "Příběh zprávy, která čeká", story)
                .showing(StoryPage.self),
            .administrator(.post, "/kraj/doruceni/:id/znovu", "Doručí čekající zprávu znovu", replay),
            .administrator(.get, "/kraj/podani/:id", "Podání, o němž rozhodne kraj", undecided)
                .showing(UndecidedPage.self),
            .administrator(.post, "/kraj/podani/:id", "Předá podání úřadu", decide).taking(Decision.self),
            .machine(.post, "/api/submissions/:id/status", "Stav podání z cizí spisové služby", report)
                .asking(
                    .path("id", "Identifikátor podání (submissionID z doručení)."),
                    .header(
                        "X-Epom-Timestamp",
                        "Vteřiny od 1970, jen číslice; nejvýše 300 s od našich hodin."
                    ),
                    .header("X-Epom-Delivery", "Jméno doručení, 1 až 100 znaků A–Z a–z 0–9 . _ -"),
                    .header("X-Epom-Signature", "v1= a HMAC-SHA-256 šestnáctkově; viz /dokumentace/webhook.")
                ).taking(ForeignReport.self).giving(Taken.self),
        ]
    }

    @Sendable private func waiting(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let before = try Input.cursor("pred", of: request)
        let rows = Limits.rowsPerPageMax
        let (messages, open) = try await database.region { region in
            (
                try await OutboxStore.waiting(before: before, rowsMax: rows + 1, in: region),
                try await SubmissionStore.undecided(in: region)
            )
        }
        let shown = messages.prefix(rows)
        return try pages.answer(
            DeliveriesPage(
                waiting: shown.map { line($0) },
                isCalm: shown.isEmpty,
                hasStuck: shown.contains { $0.attempts > 0 },
                undecided: open.map {
                    OwnLine(
                        title: $0.title,
                        link: "/kraj/podani/\($0.id.uuidString.lowercased())",
                        code: $0.code,
                        office: "",
                        status: $0.shownStatus(isStranded: false).czech,
                        isWaiting: true,
                        accepted: $0.acceptedAt.czech
                    )
                },
                hasUndecided: !open.isEmpty,
                next: messages.count > rows ? shown.last.map { "/kraj/doruceni?pred=\($0.id)" } : nil
            ),
            to: request,
            visit
        )
    }

    private func line(_ message: WaitingMessage) -> WaitingLine {
        let name = { (party: String) in
            TenantName(party).flatMap { book.register.office($0)?.name } ?? "kraj"
        }
        let kind =
            switch message.kind {
            case Delivery.kind: "podání pro úřad"
            case StatusReport.kind: "zpráva o stavu"
            case SubmissionLapsed.kind: "nepotvrzené podání"
            case ReferralOrder.kind: "postoupení podání"
            default: message.kind
            }
        return WaitingLine(
            id: message.id.uuidString.lowercased(),
            kind: kind,
            from: name(message.sender),
            to: name(message.recipient),
            since: message.createdAt.czech,
            attempts: message.attempts,
            nextAttempt: message.nextAttemptAt.czech,
            reason: message.lastError ?? "zatím se nezkoušelo"
        )
    }

    @Sendable private func story(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let id = try visit.identifier("id")
        let found = try await database.region { region in
            guard let story = try await OutboxStore.story(of: id, in: region) else {
                return nil as (MessageStory, Submission?, [SubmissionStep], Bool)?
            }
            let subject = story.message.subjectID
            var isConnected = false
            if let office = TenantName(story.message.recipient) {
                isConnected = try await SubmissionStore.isConnected(office, in: region)
            }
            return (
                story, try await SubmissionStore.submission(subject, in: region),
                try await SubmissionStore.steps(of: subject, in: region),
                isConnected
            )
        }
        guard let (story, submission, steps, isConnected) = found else {
            guard !request.prefersJSON else { throw PlainRefusal.missing }
            var response = Response.seeOther("/kraj/doruceni")
            response.flash("Zpráva už tu není: mezitím byla doručena.", cookies)
            return response
        }
        let office = TenantName(story.message.recipient).flatMap { book.register.office($0) }
        let isHosted = office.map { book.register.hosted[$0.tenant]?.keeps(Room.filingRoom.rawValue) == true }
        return try pages.answer(
            StoryPage(
                line(story.message),
                failures: story.failures,
                submission,
                steps,
                advice: office.map { advice($0, isConnected: isConnected) }
                    ?? "Zpráva je pro kraj; zkuste ji doručit znovu.",
                officeLink: office.map { "/kraj/obce/\($0.code)" },
                handsOver: story.message.kind == Delivery.kind && isHosted == false && !isConnected
                    && submission?.reachedAt == nil
            ),
            to: request,
            visit
        )
    }

    private func advice(_ office: RegisteredOffice, isConnected: Bool) -> String {
        let hosted = book.register.hosted[office.tenant]
        if hosted?.state == .behind { return "Úřad čeká na aktualizaci databáze: pomůže epom migrate." }
        if hosted?.keeps(Room.filingRoom.rawValue) == true {
            return "Úřad má zdejší spisovou službu. Odstraňte příčinu podle důvodu a zkuste doručit znovu."
        }
        if isConnected {
            return "Ověřte s úřadem adresu a klíč napojení jeho spisové služby, pak zkuste doručit znovu."
        }
        return office.isDesignated
            ? "Napojte spisovou službu úřadu; zdejší mít nesmí. Podání do té doby počká."
            : "Zřiďte úřadu zdejší spisovou službu, nebo napojte jeho vlastní. Podání do té doby počká."
    }

    @Sendable private func replay(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let id = try visit.identifier("id")
        let isThere = try await database.region(as: visitor.actor) { region in
            try await OutboxStore.replay(id, in: region)
        }
        bell.ring()
        var response = Response.seeOther("/kraj/doruceni")
        response.flash(
            isThere ? "Zkoušíme doručit znovu." : "Zpráva už tu není: mezitím byla doručena.",
            cookies
        )
        return response
    }

    /// After an outage of an office nobody wants to press it for each message.
    @Sendable private func replayStuck(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let count = try await database.region(as: visitor.actor) { try await OutboxStore.replayStuck(in: $0) }
        bell.ring()
        var response = Response.seeOther("/kraj/doruceni")
        response.flash(
            count == 0
                ? "Nic neuvízlo; není co doručovat znovu."
                : "Zkoušíme doručit znovu všechno, co uvízlo. Zpráv: \(count).",
            cookies
        )
        return response
    }

    // What the rules could not decide

    private struct Decision: Decodable {
        var office: String
        var reason: String
    }

    @Sendable private func undecided(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        try await answer(nil, to: request, visit)
    }

    private func answer(
        _ refusal: (any Refusal)?,
        office: String = "",
        reason: String = "",
        to request: Request,
        _ visit: Visit
    ) async throws -> Response {
        let id = try visit.identifier("id")
        guard
            let submission = try await database.region({ try await SubmissionStore.submission(id, in: $0) }),
            submission.office == nil
        else { throw PlainRefusal.missing }
        let page = UndecidedPage(
            title: submission.title,
            id: id.uuidString.lowercased(),
            code: submission.code,
            accepted: submission.acceptedAt.czech,
            service: submission.serviceName,
            submitter: submission.submitter.name,
            files: submission.attachments.count,
            explanation: submission.explanation,
            offices: book.register.offices.map { book.register.label(of: $0) },
            office: office,
            reason: reason,
            errors: refusal.map { [TrackingFault(field: "office", sentence: $0.czech)] } ?? [],
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable private func decide(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let id = try visit.identifier("id")
        let form = try await Input.decode(Decision.self, from: request)
        let reason = form.reason.trimmingCharacters(in: .whitespacesAndNewlines)
        let wanted = form.office.trimmingCharacters(in: .whitespaces)
        guard let office = book.register.office(meant: wanted), (3...500).contains(reason.count) else {
            if request.prefersJSON { throw SubmissionRefusal.noOffice }
            return try await answer(
                SubmissionRefusal.noOffice,
                office: wanted,
                reason: reason,
                to: request,
                visit
            )
        }
        let isHosted = try await book.hasFilingRoom(office.tenant)
        let confirmBy = confirmationEnd(accepted: visit.today)
        try await database.region(as: visitor.actor) { region in
            guard var submission = try await SubmissionStore.submission(id, in: region),
                let ordinal = try await SubmissionStore.decide(
                    id,
                    office: office.tenant,
                    name: office.name,
                    reason: "Rozhodlo pracoviště kraje: \(reason)",
                    reached: isHosted ? visit.now : nil,
                    confirmBy: confirmBy,
                    in: region
                )
            else { throw PlainRefusal.changedMeanwhile }
            if submission.confirmBy != nil { submission.confirmBy = confirmBy }
            SubmissionStore.addStep(
                SubmissionStep(
                    at: visit.now,
                    office: office.name,
                    status: .referred,
                    note: "Předalo pracoviště kraje: \(reason)",
                    deadline: nil
                ),
                to: id,
                in: region
            )
            region.post(
                try Message(
                    to: .office(office.tenant),
                    about: id,
                    ordinal: ordinal,
                    kind: Delivery.kind,
                    body: Delivery(submission, reachedAt: visit.now)
                )
            )
        }
        bell.ring()
        var response = Response.seeOther("/kraj/doruceni")
        response.flash("Podání je předané úřadu \(office.name).", cookies)
        return response
    }

    // Foreign systems

    private struct Taken: Codable {
        var status = "taken"
    }

    @Sendable private func report(_ request: Request, _ visit: Visit) async throws -> Response {
        let id = try visit.identifier("id")
        let body = Array(try await Input.body(of: request, bytesMax: 64 << 10).readableBytesView)
        let report = try Input.decodeJSON(ForeignReport.self, from: body)
        let office = try report.checkedOffice()
        let header = { (name: String) in HTTPField.Name(name).flatMap { request.headers[$0] } ?? "" }
        try await database.region(as: .part("foreign office")) { region in
            guard let webhook = try await SubmissionStore.webhook(of: office, in: region) else {
                throw PlainRefusal.unauthenticated
            }
            let delivery: String
            do throws(WebhookSignature.Refusal) {
                delivery = try WebhookSignature.verify(
                    body: body,
                    timestamp: header(WebhookSignature.timestampHeader),
                    delivery: header(WebhookSignature.deliveryHeader),
                    signature: header(WebhookSignature.signatureHeader),
                    keys: [webhook.key],
                    secondsNow: Int(visit.now.timeIntervalSince1970)
                )
            } catch {
                throw PlainRefusal(
                    .unauthenticated,
                    "signature-\(error.rawValue)",
                    "Podpis zprávy neplatí: \(error.rawValue)."
                )
            }
            guard let submission = try await SubmissionStore.submission(id, in: region),
                submission.office == office
            else { throw PlainRefusal.missing }
            let at = min(report.at ?? visit.now, visit.now)
            if report.confirmedBy != nil, let last = submission.confirmBy, Day(of: at) > last {
                throw SubmissionRefusal.confirmedLate(last)
            }
            guard try await SubmissionStore.takeCall(delivery, of: office, in: region) else { return }
            try report.mustFollow(submission.status)
            try await Progress.note(
                StatusReport(
                    submissionID: id,
                    status: report.status,
                    event: report.confirmedBy == nil ? nil : .confirmed,
                    at: at,
                    referenceNumber: report.reference,
                    note: report.note,
                    confirmedBy: report.confirmedBy
                ),
                officeName: submission.officeName,
                mail: notices,
                in: region
            )
        }
        return try Response.json(Taken())
    }
}
