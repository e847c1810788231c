import Database
package import Files
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Sealing
package import Web

/// The board from behind: drafts, what hangs, posting and taking down.
package struct BoardDeskRoutes: Sendable {
    private let board: Board
    private let files: FileStore
    private let pages: Pages
    private let cookies: CookieJar

    package init(board: Board, files: FileStore, pages: Pages, cookies: CookieJar) {
        self.board = board
        self.files = files
        self.pages = pages
        self.cookies = cookies
    }

    private static let room = BoardRoutes.room

    package var routes: [Route] {
        func needs(
            _ method: HTTPRequest.Method,
            _ path: String,
            _ summary: String,
            _ answer: @escaping Route.ClerkHandler
        )
            -> Route
        {
            .needs(
                .postNotices,
                method,
                path,
                room: Self.room,
                bodyMax: path.hasSuffix("/soubor") ? Limits.uploadBytesMax : Limits.bodyBytesMax,
                summary,
                answer
            )
        }
        return [
            needs(.get, "/deska", "Úřední deska pro úřad", list),
            needs(.get, "/deska/nove", "Nové oznámení", new),
            needs(.post, "/deska/nove", "Založí oznámení", create),
            needs(.get, "/deska/:id", "Oznámení", show),
            needs(.post, "/deska/:id", "Uloží koncept", change),
            needs(.post, "/deska/:id/soubor", "Přiloží soubor", attach),
            needs(.get, "/deska/:id/soubor/:digest", "Soubor konceptu", file),
            needs(.post, "/deska/:id/vyvesit", "Vyvěsí", post),
            needs(.post, "/deska/:id/sejmout", "Sejme", takeDown),
            needs(.post, "/deska/:id/opravit", "Připraví opravu", revise),
            needs(.post, "/deska/:id/zahodit", "Zahodí koncept", discard),
            needs(.post, "/deska/:id/soubor/:digest/vynechat", "Vynechá soubor konceptu", leaveOut),
        ]
    }

    @Sendable private func list(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let today = visit.today
        let (drafts, hanging) = try await board.database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            (try await NoticeStore.drafts(in: tenant), try await NoticeStore.hanging(on: today, in: tenant))
        }
        func line(_ notice: Notice) -> DeskLine {
            DeskLine(
                title: notice.title,
                link: "/deska/\(notice.id.uuidString.lowercased())",
                kind: notice.kind.czech,
                posted: notice.posted?.czechShort,
                until: notice.hangsUntil?.czechShort,
                left: notice.hangsUntil.map { "ještě \($0 - today) d." } ?? "do nahrazení"
            )
        }
        return try pages.answer(
            BoardDeskPage(
                drafts: drafts.map(line),
                hanging: hanging.map(line),
                hasDrafts: !drafts.isEmpty,
                hasHanging: !hanging.isEmpty
            ),
            to: request,
            visit
        )
    }

    private struct NoticeForm: Decodable {
        var title: String
        var kind: String
        var body: String?
        var reference: String?
        var event: String?
        var until: String?
        var act: String?

        func draft() throws -> NoticeDraft {
            let title = title.trimmingCharacters(in: .whitespacesAndNewlines)
            guard (3...300).contains(title.count) else { throw BoardRefusal.badTitle }
            guard let kind = NoticeKind(rawValue: kind) else { throw BoardRefusal.unknownKind }
            let day = event.flatMap { $0.isEmpty ? nil : $0 }
            guard day == nil || day.flatMap({ Day($0) }) != nil else { throw BoardRefusal.badDay("event") }
            return NoticeDraft(
                title: title,
                kind: kind,
                body: String((body ?? "").prefix(50_000)).replacing("\r\n", with: "\n"),
                referenceNumber: String((reference ?? "").prefix(60)),
                event: day.flatMap { Day($0) }
            )
        }
    }

    @Sendable private func new(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        try answer(nil, [], nil, nil, to: request, visit)
    }

    @Sendable private func create(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let form = try await Input.decode(NoticeForm.self, from: request)
        do {
            let draft = try form.draft()
            let id = UUID.v7()
            try await board.change(at: try visit.here.tenant, by: clerk) { tenant in
                NoticeStore.draft(draft, id: id, by: clerk.name, in: tenant)
                tenant.record(LogEntry("drafted", "notice", id))
            }
            return .seeOther("/deska/\(id.uuidString.lowercased())")
        } catch let refusal as BoardRefusal where !request.prefersJSON {
            return try answer(nil, [], form, refusal, to: request, visit)
        }
    }

    private func load(_ visit: Visit, _ clerk: Clerk) async throws -> (Notice, [AttachedFile]) {
        let id = try visit.identifier("id")
        return try await board.database.tenant(try visit.here.tenant, as: clerk.actor) { tenant in
            guard let notice = try await NoticeStore.notice(id, in: tenant) else {
                throw PlainRefusal.missing
            }
            return (notice, try await NoticeStore.files(of: [id], in: tenant)[id] ?? [])
        }
    }

    @Sendable private func show(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let (notice, files) = try await load(visit, clerk)
        return try answer(notice, files, nil, nil, to: request, visit)
    }

    private func answer(
        _ notice: Notice?,
        _ files: [AttachedFile],
        _ form: NoticeForm?,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit
    ) throws -> Response {
        let kind = form.flatMap { NoticeKind(rawValue: $0.kind) } ?? notice?.kind ?? .other
        let event = form.flatMap { $0.event.flatMap { Day($0) } } ?? notice?.event
        let period = NoticePeriod(kind: kind, posted: visit.today, event: event)
        let id = notice?.id.uuidString.lowercased() ?? ""
        let page = NoticeDeskPage(
            title: notice?.title ?? "Nové oznámení",
            id: id,
            isNew: notice == nil,
            isDraft: notice?.posted == nil,
            hangs: notice?.hangs(on: visit.today) ?? false,
            name: form?.title ?? notice?.title ?? "",
            body: form?.body ?? notice?.body ?? "",
            reference: form?.reference ?? notice?.referenceNumber ?? "",
            event: form?.event ?? notice?.event?.description ?? "",
            until: form?.until ?? notice?.hangsUntil?.description
                ?? period.usualLastDay?.description ?? "",
            kinds: NoticeKind.allCases.map {
                KindChoice(
                    value: $0.rawValue,
                    name: $0.czech,
                    isChosen: $0 == kind
                )
            },
            files: files.map { NoticeFileLink($0, under: "/deska/\(id)") },
            publicLink: "/uredni-deska/\(id)",
            sheet: "/uredni-deska/\(id)/tisk",
            rule: period.sentence,
            revises: notice?.revises.map { "/deska/\($0.uuidString.lowercased())" },
            untilShown: notice?.hangsUntil?.czech ?? "do nahrazení novějším",
            reason: notice?.earlyReason,
            posted: notice?.posted?.czech ?? "",
            takenDown: notice?.takenDown?.czech,
            caseFile: notice?.caseFileID.map { "/spisovna/spis/\($0.uuidString.lowercased())" },
            errors: refusal.map { refused in
                (refused.fields.isEmpty ? ["title": refused.czech] : refused.fields)
                    .map { BoardFault(field: $0.key, sentence: $0.value) }
            } ?? [],
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    private func then(
        _ sentence: String,
        _ form: NoticeForm?,
        _ request: Request,
        _ visit: Visit,
        _ clerk: Clerk,
        _ body: (UUID, HostedOffice) async throws -> Void
    ) async throws -> Response {
        do {
            try await body(try visit.identifier("id"), try visit.here)
        } catch let refusal as any Refusal where refusal.kind != .missing && !request.prefersJSON {
            let (notice, files) = try await load(visit, clerk)
            return try answer(notice, files, form, refusal, to: request, visit)
        }
        var response = Response.seeOther("/deska/\(try visit.identifier("id").uuidString.lowercased())")
        response.flash(sentence, cookies)
        return response
    }

    @Sendable private func change(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let form = try await Input.decode(NoticeForm.self, from: request)
        return try await then("Koncept je uložený.", form, request, visit, clerk) { id, office in
            let draft = try form.draft()
            try await board.change(at: office.tenant, by: clerk) { tenant in
                NoticeStore.change(id, to: draft, in: tenant)
                tenant.record(LogEntry("changed draft", "notice", id))
            }
        }
    }

    @Sendable private func attach(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        try await then("Soubor je přiložený.", nil, request, visit, clerk) { id, office in
            let multipart = try Multipart(request, bytesMax: Limits.uploadBytesMax, partsMax: 10)
            var attached = 0
            while let part = try await multipart.next() {
                guard let name = part.fileName, !name.isEmpty else { continue }
                let stored = try await files.write(
                    owner: .office(office.tenant),
                    bytesMax: 20_000_000,
                    part.body
                )
                let file = AttachedFile(
                    digest: stored.digest.hex,
                    name: FileName(cleaning: name, type: stored.type).text,
                    mediaType: stored.type.contentType,
                    bytes: stored.byteCount
                )
                try await board.attach(file, to: id, at: office.tenant, by: clerk)
                attached += 1
            }
            guard attached > 0 else { throw BoardRefusal.fileNeeded }
        }
    }

    @Sendable private func revise(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let new = try await board.revise(try visit.identifier("id"), at: try visit.here.tenant, by: clerk)
        var response = Response.seeOther("/deska/\(new.uuidString.lowercased())")
        response.flash("Oprava je rozepsaná. Až ji vyvěsíte, původní oznámení se sejme.", cookies)
        return response
    }

    @Sendable private func discard(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await board.discard(try visit.identifier("id"), at: try visit.here.tenant, by: clerk)
        var response = Response.seeOther("/deska")
        response.flash("Koncept je zahozený.", cookies)
        return response
    }

    @Sendable private func leaveOut(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let digest = try visit.parameter("digest")
        return try await then("Soubor je vynechaný.", nil, request, visit, clerk) { id, office in
            try await board.leaveOut(digest, of: id, at: office.tenant, by: clerk)
        }
    }

    @Sendable private func file(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let (_, found) = try await load(visit, clerk)
        return try await BoardRoutes(board: board, files: files, pages: pages).send(found, visit)
    }

    @Sendable private func post(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        struct Form: Decodable { var until: String? }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Vyvěšeno. Vytiskněte list i na papírovou desku.", nil, request, visit, clerk) {
            id,
            office in
            let typed = form.until ?? ""
            let until = Day(typed)
            guard until != nil || typed.isEmpty else { throw BoardRefusal.badDay("until") }
            try await board.post(id, until: until, at: office.tenant, by: clerk, today: visit.today)
        }
    }

    @Sendable private func takeDown(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable { var reason: String? }
        let form = try await Input.decode(Form.self, from: request)
        return try await then("Sejmuto.", nil, request, visit, clerk) { id, office in
            try await board.takeDown(
                id,
                reason: String((form.reason ?? "").trimmingCharacters(in: .whitespaces).prefix(300)),
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
        }
    }
}
