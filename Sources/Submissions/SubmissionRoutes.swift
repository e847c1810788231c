package import Database
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
package import Sealing
package import Web

/// What the person who handed something in sees: receipt, way, and the filled form to print and sign.
package struct SubmissionRoutes: Sendable {
    private let database: Database
    private let pages: Pages
    private let key: HMACKey

    package init(database: Database, pages: Pages, key: HMACKey) {
        self.database = database
        self.pages = pages
        self.key = key
    }

    package var routes: [Route] {
        let both: Set<Route.Face> = [.region, .office]
        return [
            .open(.get, "/sledovani", on: both, "Kde je moje podání", tracking),
            .open(.post, "/sledovani", on: both, "Najde podání podle kódu a hesla", find),
            .open(.get, "/podani/:code/:secret", on: both, "Potvrzení a cesta podání", submission),
            .open(.get, "/podani/:code/:secret/formular", on: both, "Vyplněný formulář k tisku", filledForm),
            .signedIn(.get, "/moje-podani", on: [.region], "Moje podání", own),
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
        let secret = form.secret.trimmingCharacters(in: .whitespacesAndNewlines)
        if let code = ReadableCode(form.code), let digest = Token(secret)?.digest {
            let found = try await database.region { region in
                try await SubmissionStore.submission(code: code.description, secret: digest, in: region)
            }
            if let found { return .seeOther("/podani/\(found.code)/\(secret)") }
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
            let secret = Token(try visit.parameter("secret"))
        else { throw PlainRefusal.missing }
        let found = try await database.region { region in
            try await SubmissionStore.submission(code: code.description, secret: secret.digest, in: region)
        }
        guard let found else { throw PlainRefusal.missing }
        return found
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
        let secret = try visit.parameter("secret")
        var response = try pages.answer(
            SubmissionPage(submission, steps, secret: secret, isNew: isNew),
            to: request,
            visit
        )
        if isNew, submission.registeredAt == nil, submission.office != nil,
            let refresh = HTTPField.Name("Refresh")
        {
            response.headers[refresh] = "3"
        }
        return response
    }

    /// The kept bytes themselves; their own style sheet is allowed by its digest.
    @Sendable private func filledForm(_ request: Request, _ visit: Visit) async throws -> Response {
        let submission = try await found(visit)
        let id = submission.id
        guard let bytes = try await database.region({ try await SubmissionStore.filledForm(id, in: $0) })
        else {
            throw PlainRefusal.missing
        }
        return Response.keptDocument(bytes)
    }

    @Sendable private func own(_ request: Request, _ visit: Visit, _ visitor: Visitor) async throws
        -> Response
    {
        let before = UUID(uuidString: try Input.query("pred", of: request))
        let rows = Limits.rowsPerPageMax
        let found = try await database.region { region in
            try await SubmissionStore.own(visitor.userID, before: before, rowsMax: rows + 1, in: region)
        }
        let shown = found.prefix(rows)
        return try pages.answer(
            OwnSubmissionsPage(
                lines: shown.map { line($0) },
                isEmpty: shown.isEmpty,
                next: found.count > rows ? shown.last.map { "/moje-podani?pred=\($0.id)" } : nil
            ),
            to: request,
            visit
        )
    }

    private func line(_ line: SubmissionLine) -> OwnLine {
        let secret = Token(derivedFrom: key, purpose: "tracking", name: line.id.uuidString.lowercased())
        return OwnLine(
            title: line.title,
            link: "/podani/\(line.code)/\(secret.text)",
            code: line.code,
            office: line.officeName,
            status: line.status.czech,
            isWaiting: line.status.waitsForPerson,
            accepted: line.acceptedAt.czech
        )
    }
}

extension SubmissionPage {
    init(_ submission: Submission, _ steps: [SubmissionStep], secret: String, isNew: Bool) {
        let title =
            isNew ? "Podání jsme přijali" : submission.title
        var lines = [
            StepLine(
                at: submission.acceptedAt.czech,
                office: "Podatelna kraje",
                status: SubmissionStatus.received.czech,
                meaning: "Podání jsme bezpečně uložili.",
                note: "",
                deadline: nil,
                isNow: steps.isEmpty,
                isNext: false
            )
        ]
        for (index, step) in steps.enumerated() {
            lines.append(
                StepLine(
                    at: step.at.czech,
                    office: step.office,
                    status: step.status.czech,
                    meaning: step.note.isEmpty ? step.status.meaning : "",
                    note: step.note,
                    deadline: step.deadline?.czech,
                    link: step.link,
                    isNow: index == steps.count - 1 && !step.status.isFinal,
                    isNext: false
                )
            )
        }
        if !submission.status.isFinal, steps.count < 2 {
            lines.append(
                StepLine(
                    at: "",
                    office: submission.officeName,
                    status: submission.registeredAt == nil ? "úřad podání zaeviduje" : "úřad věc vyřídí",
                    meaning: "",
                    note: "",
                    deadline: nil,
                    isNow: false,
                    isNext: true
                )
            )
        }
        self.init(
            title: title,
            code: submission.code,
            secret: secret,
            path: "/podani/\(submission.code)/\(secret)",
            isNew: isNew,
            accepted: submission.acceptedAt.czech,
            service: submission.title,
            office: submission.officeName.isEmpty ? "určí pracoviště kraje" : submission.officeName,
            reference: submission.referenceNumber,
            assignee: submission.assignee,
            status: submission.status.czech,
            meaning: submission.status.meaning,
            isFinal: submission.status.isFinal,
            isGood: submission.status.isGood,
            explanation: submission.explanation,
            times: [
                TimeLine(name: "Přijato podatelnou kraje", value: submission.acceptedAt.czech),
                TimeLine(
                    name: "Došlo příslušnému úřadu (§ 37 odst. 6)",
                    value: submission.reachedAt?.czech ?? "zatím ne"
                ),
                TimeLine(
                    name: "Zaevidováno úřadem",
                    value: submission.registeredAt?.czech ?? "zatím ne"
                ),
            ],
            steps: lines,
            needsConfirmation: submission.confirmBy != nil && submission.confirmedBy == nil
                && !submission.status.isFinal,
            confirmBy: submission.confirmBy?.czech ?? "",
            digest: submission.filledDigest,
            files: submission.attachments.map { "\($0.name) (\($0.bytes) B)" },
            hasFiles: !submission.attachments.isEmpty,
            waitsForRegion: submission.office == nil
        )
    }
}
