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
            needs(.get, "/deska", "Úřední deska pro úřad", list).showing(BoardDeskPage.self),
            needs(.get, "/deska/nove", "Nové oznámení", new).showing(NoticeDeskPage.self),
            needs(.post, "/deska/nove", "Založí oznámení", create).taking(NoticeForm.self),
            needs(.get, "/deska/:id", "Oznámení", show).showing(NoticeDeskPage.self),
            needs(.post, "/deska/:id", "Uloží koncept", change).taking(NoticeForm.self),
            needs(.post, "/deska/:id/soubor", "Přiloží soubor", attach).taking(NoticeForm.self),
            needs(.get, "/deska/:id/soubor/:digest", "Soubor konceptu", file).sending("*/*"),
            needs(.post, "/deska/:id/vyvesit", "Vyvěsí", post).taking(NoticeForm.self),
            needs(.post, "/deska/:id/sejmout", "Sejme", takeDown).taking(TakingDownForm.self),
            needs(.post, "/deska/:id/opravit", "Připraví opravu", revise),
            needs(.post, "/deska/:id/zahodit", "Zahodí koncept", discard),
            needs(.post, "/deska/:id/soubor/:digest/vynechat", "Vynechá soubor konceptu", leaveOut)
                .taking(NoticeForm.self),
        ]
    }

    @Sendable private func list(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let today = visit.today
        let (drafts, hanging, past) = try await board.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { tenant in
            (
                try await NoticeStore.drafts(in: tenant),
                try await NoticeStore.hanging(on: today, in: tenant),
                try await NoticeStore.archive(on: today, before: nil, rowsMax: 10, in: tenant)
            )
        }
        func line(_ notice: Notice) -> DeskLine {
            let isLastDay = notice.hangsUntil == today
            return DeskLine(
                title: notice.title,
                link: "/deska/\(notice.id.uuidString.lowercased())",
                kind: notice.kind.czech,
                posted: notice.posted?.czechShort,
                until: (notice.takenDown ?? notice.hangsUntil)?.czechShort ?? "do nahrazení",
                left: isLastDay
                    ? "dnes naposledy" : notice.hangsUntil.map { ($0 - today).czechDays } ?? "do nahrazení",
                isLastDay: isLastDay
            )
        }
        return try pages.answer(
            BoardDeskPage(
                drafts: drafts.map(line),
                hanging: hanging.map(line),
                past: past.map(line),
                hasDrafts: !drafts.isEmpty,
                hasHanging: !hanging.isEmpty,
                hasPast: !past.isEmpty
            ),
            to: request,
            visit
        )
    }

    @Sendable private func new(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        try answer(try await blank(visit, clerk), nil, nil, to: request, visit)
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
            return try answer(try await blank(visit, clerk), form, refusal, to: request, visit)
        }
    }

    private func blank(_ visit: Visit, _ clerk: Clerk) async throws -> LoadedNotice {
        try await board.database.tenant(try visit.here.tenant, as: clerk.actor) { tenant in
            LoadedNotice(notice: nil, files: [], categories: try await CategoryStore.all(in: tenant))
        }
    }

    private func load(_ visit: Visit, _ clerk: Clerk) async throws -> LoadedNotice {
        let id = try visit.identifier("id")
        return try await board.database.tenant(try visit.here.tenant, as: clerk.actor) { tenant in
            guard let notice = try await NoticeStore.notice(id, in: tenant) else {
                throw PlainRefusal.missing
            }
            let served = try await board.served(notice, in: tenant)
            return LoadedNotice(
                notice: notice,
                files: try await NoticeStore.files(of: [id], in: tenant)[id] ?? [],
                categories: try await CategoryStore.all(in: tenant),
                corrections: try await Corrections.of(notice, in: tenant),
                caseFile: try await board.caseFile(of: notice, in: tenant),
                caution: try await board.caution(notice, in: tenant),
                isServed: notice.origin != nil || served != nil
            )
        }
    }

    @Sendable private func show(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        try answer(try await load(visit, clerk), nil, nil, to: request, visit)
    }

    private func answer(
        _ loaded: LoadedNotice,
        _ form: NoticeForm?,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit
    ) throws -> Response {
        let page = NoticeDeskPage(loaded, form, refusal, today: visit.today)
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
            return try answer(try await load(visit, clerk), form, refusal, to: request, visit)
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

    /// What was typed comes before the files and is kept with them, or given back beside what is wrong.
    @Sendable private func attach(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let id = try visit.identifier("id")
        let tenant = try visit.here.tenant
        var fields: [String: String] = [:]
        do {
            let multipart = try Multipart(request, bytesMax: Limits.uploadBytesMax, partsMax: 40)
            var attached: [AttachedFile] = []
            while let part = try await multipart.next() {
                guard let name = part.fileName else {
                    guard NoticeForm.fields.contains(part.name) else { continue }
                    fields[part.name] = String(
                        decoding: try await part.collect(bytesMax: Limits.bodyBytesMax),
                        as: UTF8.self
                    )
                    continue
                }
                guard !name.isEmpty else { continue }
                attached.append(try await keep(part, named: name, of: tenant))
            }
            guard !attached.isEmpty else { throw BoardRefusal.fileNeeded }
            let typed = try NoticeForm(fields).typed()
            try await board.attach(attached, typed: typed, to: id, at: tenant, by: clerk)
        } catch let refusal as BoardRefusal where !request.prefersJSON {
            let form = fields["title"] == nil ? nil : NoticeForm(fields)
            return try answer(try await load(visit, clerk), form, refusal, to: request, visit)
        }
        var response = Response.seeOther("/deska/\(id.uuidString.lowercased())")
        response.flash("Přiloženo.", cookies)
        return response
    }

    private func keep(_ part: Multipart.Part, named name: String, of tenant: TenantName) async throws
        -> AttachedFile
    {
        guard !FileName.runs(name) else { throw BoardRefusal.programFile(name) }
        do {
            let stored = try await files.write(
                owner: .office(tenant),
                bytesMax: Self.fileBytesMax,
                accepting: Self.offered,
                part.body
            )
            return AttachedFile(
                digest: stored.digest.hex,
                name: FileName(cleaning: name, type: stored.type).text,
                mediaType: stored.type.contentType,
                bytes: stored.byteCount
            )
        } catch let refusal as FileRefusal {
            throw BoardRefusal.badFile(name, refusal.sentence)
        }
    }

    private static let fileBytesMax = 20 << 20
    /// What everybody can open and read.
    private static let offered: Set<Files.MediaType> = [
        .pdf, .docx, .xlsx, .pptx, .odt, .ods, .odp, .rtf, .olderOffice, .text, .jpeg, .png, .gif, .webp,
        .tiff,
    ]

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
        let form = try await Input.decode(NoticeForm.self, from: request)
        return try await then("Soubor je vynechaný.", form, request, visit, clerk) { id, office in
            let typed = try form.typed()
            try await board.leaveOut(digest, typed: typed, of: id, at: office.tenant, by: clerk)
        }
    }

    @Sendable private func file(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let found = try await load(visit, clerk).files
        return try await BoardRoutes(board: board, files: files, pages: pages).send(found, visit)
    }

    @Sendable private func post(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(NoticeForm.self, from: request)
        let shown = form.title == nil ? nil : form
        return try await then("Vyvěšeno. Vytiskněte list i na papírovou desku.", shown, request, visit, clerk)
        {
            id,
            office in
            try await board.post(
                id,
                typed: try form.typed(),
                until: try form.lastDay(),
                isProposed: form.leavesProposal,
                mayLackCollection: form.unlisted != nil,
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
        }
    }

    @Sendable private func takeDown(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let form = try await Input.decode(TakingDownForm.self, from: request)
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
