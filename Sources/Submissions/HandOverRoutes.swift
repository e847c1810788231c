package import Database
package import Files
import Foundation
import HTTPTypes
import Hummingbird
import Messages
package import Office
import Sealing
package import Web

/// What waits for an office that is not connected: the region's registry gets it out of here and hands it over by
/// other means, and the person reads when and how.
package struct HandOverRoutes: Sendable {
    private let database: Database
    private let files: FileStore
    private let desk: any SubmissionDesk
    private let pages: Pages
    private let cookies: CookieJar
    private let notices: Notices

    package init(
        database: Database,
        files: FileStore,
        desk: any SubmissionDesk,
        pages: Pages,
        cookies: CookieJar,
        notices: Notices
    ) {
        self.database = database
        self.files = files
        self.desk = desk
        self.pages = pages
        self.cookies = cookies
        self.notices = notices
    }

    package var routes: [Route] {
        [
            .administrator(
                .get,
                "/kraj/doruceni/:id/formular",
                "Formulář k předání nepřipojenému úřadu",
                form
            ).sending("text/html"),
            .administrator(
                .get,
                "/kraj/doruceni/:id/priloha/:digest",
                "Příloha k předání nepřipojenému úřadu",
                attachment
            ).sending("*/*"),
            .administrator(.get, "/kraj/doruceni/:id/predat", "Předání jinou cestou", ask)
                .showing(HandOverPage.self),
            .administrator(.post, "/kraj/doruceni/:id/predat", "Zapíše předání jinou cestou", handOver),
        ]
    }

    /// The submission that message `id` carries, where it cannot get to its office.
    private func stranded(_ visit: Visit) async throws -> Submission {
        let id = try visit.identifier("id")
        let found = try await database.region { region in
            guard let story = try await OutboxStore.story(of: id, in: region),
                story.message.kind == Delivery.kind
            else { return nil as Submission? }
            return try await SubmissionStore.submission(story.message.subjectID, in: region)
        }
        guard let found, let office = found.office, found.reachedAt == nil,
            try await !desk.reaches(office)
        else { throw PlainRefusal.missing }
        return found
    }

    @Sendable private func form(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let submission = try await stranded(visit)
        guard
            let bytes = try await database.region({
                try await SubmissionStore.filledForm(submission.id, in: $0)
            })
        else { throw PlainRefusal.missing }
        let back = "/kraj/doruceni/\(try visit.parameter("id"))"
        return Response.keptDocument(PrintedForm(submission, back: back).around(bytes))
    }

    @Sendable private func attachment(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let submission = try await stranded(visit)
        let digest = try visit.parameter("digest")
        guard let file = submission.attachments.first(where: { $0.digest == digest }),
            let known = Digest(hex: file.digest)
        else { throw PlainRefusal.missing }
        return Response.file(try await files.read(owner: .region, digest: known), file)
    }

    @Sendable private func ask(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let page = HandOverPage(
            try await stranded(visit),
            message: try visit.parameter("id"),
            HandOver.Form(),
            [:],
            today: visit.today
        )
        return try pages.answer(page, to: request, visit)
    }

    /// Nothing is left to bring: the message is closed in the same transaction, and nobody waits any more.
    @Sendable private func handOver(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let submission = try await stranded(visit)
        let form = try await Input.decode(HandOver.Form.self, from: request)
        let entry: HandOver
        do throws(HandOverRefusal) {
            entry = try HandOver(form, accepted: Day(of: submission.acceptedAt), today: visit.today)
        } catch {
            guard !request.prefersJSON else { throw error }
            let page = HandOverPage(
                submission,
                message: try visit.parameter("id"),
                form,
                error.fields,
                today: visit.today
            )
            return try pages.answer(page, to: request, visit, status: error.kind.status)
        }
        let message = try visit.identifier("id")
        try await database.region(as: visitor.actor) { region in
            try await Progress.note(
                StatusReport(
                    submissionID: submission.id,
                    status: .filedElsewhere,
                    event: .handedOver,
                    at: entry.day == visit.today ? visit.now : max(entry.day.start, submission.acceptedAt),
                    referenceNumber: entry.reference,
                    note: entry.sentence
                ),
                officeName: nil,
                mail: notices,
                in: region
            )
            // Gone meanwhile: the office has got it after all, and the note is not true.
            guard try await SubmissionStore.closeDelivery(message, in: region) else {
                throw PlainRefusal.changedMeanwhile
            }
        }
        var response = Response.seeOther("/kraj/doruceni")
        response.flash("Předání úřadu \(submission.officeName) je zapsané. Podatel ho uvidí.", cookies)
        return response
    }
}
