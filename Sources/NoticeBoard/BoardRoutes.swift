import Database
package import Files
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office
import Records
import Sealing
package import Web

/// The board as the public sees it: page, archive, files, feed and open data.
package struct BoardRoutes: Sendable {
    let board: Board
    let files: FileStore
    let pages: Pages
    private let shelf = BoardShelf()

    package init(board: Board, files: FileStore, pages: Pages) {
        self.board = board
        self.files = files
        self.pages = pages
    }

    static let room = "NoticeBoard"
    private static let kind = Parameter.query("druh", "Druh oznámení z nabídky stránky.")
    private static let words = Parameter.query("q", "Hledaná slova.")

    package var routes: [Route] {
        [
            .open(.get, "/uredni-deska", room: Self.room, "Úřední deska", publicBoard)
                .asking(Self.kind, Self.words).showing(BoardPage.self),
            .open(.get, "/uredni-deska/archiv", room: Self.room, "Archiv úřední desky", archive)
                .asking(Self.kind, Self.words, .query("za", "Oznámení za tímto: den_identifikátor."))
                .showing(BoardArchivePage.self),
            .open(.get, "/uredni-deska/:id", room: Self.room, "Oznámení", notice).showing(NoticePage.self),
            .open(.get, "/uredni-deska/:id/tisk", room: Self.room, "List na papírovou desku", sheet)
                .showing(NoticeSheetPage.self),
            .open(.get, "/uredni-deska/:id/soubor/:digest", room: Self.room, "Soubor oznámení", file)
                .sending("*/*"),
            .open(.get, "/uredni-deska.jsonld", room: Self.room, "Otevřená data podle OFN", openData)
                .sending("application/ld+json"),
            .open(.get, "/uredni-deska.atom", room: Self.room, "Kanál Atom", feed)
                .sending("application/atom+xml"),
        ]
    }

    // The board

    /// The same bytes for everybody who has not signed in, kept by revision and Prague day.
    @Sendable private func publicBoard(_ request: Request, _ visit: Visit) async throws -> Response {
        let office = try visit.here
        let slug = try Input.query("druh", of: request)
        let query = try Input.query("q", of: request)
        let isPlain = slug.isEmpty && query.isEmpty
        guard isPlain, visit.visitor == nil, visit.flash == nil, !request.prefersJSON else {
            let page = try await page(visit, category: slug, query: query)
            return try pages.answer(page, to: request, visit)
        }
        let kept = try await shelf.page(
            office.tenant,
            visit.today,
            visit.look,
            visit.now,
            revision: revision
        ) {
            Array(pages.html(try await page(visit, category: "", query: ""), visit).utf8)
        }
        let until = kept.checkedAt + BoardShelf.secondsMax
        if Day(of: until) == visit.today { visit.trace.sameForAll(kept.body, until: until) }
        return kept.answer(to: request, type: "text/html; charset=utf-8")
    }

    @Sendable private func revision(_ tenant: TenantName) async throws -> Int {
        try await board.database.tenant(tenant, as: .anonymous) { try await NoticeStore.revision(in: $0) }
    }

    /// `slug` names a category of the office or a kind; empty for all.
    private func page(_ visit: Visit, category slug: String, query: String) async throws -> BoardPage {
        let (hanging, profile) = try await hanging(visit)
        let category = hanging.categories.named(slug)
        guard slug.isEmpty || category != nil else { throw PlainRefusal.missing }
        let list = BoardList(hanging, on: visit.today, category: category, query: query)
        let groups = list.groups
        return BoardPage(
            day: visit.today.czech,
            filters: list.filters,
            query: list.query,
            kind: category?.slug,
            groups: groups,
            isEmpty: groups.isEmpty,
            isNarrowed: category != nil || !list.query.isEmpty,
            hasOpenData: profile.ico != nil
        )
    }

    @Sendable private func archive(_ request: Request, _ visit: Visit) async throws -> Response {
        let today = visit.today
        let before: (posted: Day, id: UUID)? = try Input.cursor("za", of: request, by: "_") { place in
            Day(place[0]).flatMap { day in UUID(uuidString: place[1]).map { (day, $0) } }
        }
        let slug = try Input.query("druh", of: request)
        let rows = Limits.rowsPerPageMax
        let (found, categories, category) = try await board.database.tenant(
            try visit.here.tenant,
            as: .anonymous
        ) { tenant in
            let categories = try await CategoryStore.all(in: tenant)
            let category = categories.named(slug)
            guard slug.isEmpty || category != nil else { throw PlainRefusal.missing }
            let found = try await NoticeStore.archive(
                on: today,
                kinds: category?.kinds ?? [],
                before: before,
                rowsMax: rows + 1,
                in: tenant
            )
            return (found, categories, category)
        }
        let path = "/uredni-deska/archiv"
        let narrowed = category.map { "&druh=\($0.slug)" } ?? ""
        let shown = found.prefix(rows)
        let next =
            found.count > rows
            ? shown.last.flatMap { last in
                last.posted.map { "\(path)?za=\($0)_\(last.id.uuidString.lowercased())\(narrowed)" }
            } : nil
        return try pages.answer(
            BoardArchivePage(
                filters: [KindFilter(name: "Vše", link: path, count: 0, isCurrent: category == nil)]
                    + categories.complete.map {
                        KindFilter(
                            name: $0.name,
                            link: "\(path)?druh=\($0.slug)",
                            count: 0,
                            isCurrent: $0 == category
                        )
                    },
                notices: shown.map { NoticeLine($0, on: today) },
                isEmpty: shown.isEmpty,
                next: next
            ),
            to: request,
            visit
        ).notIndexed
    }

    /// What was posted at some time; drafts are not there.
    private func posted(_ visit: Visit) async throws -> (Notice, [AttachedFile], Corrections) {
        let id = try visit.identifier("id")
        return try await board.database.tenant(try visit.here.tenant, as: .anonymous) { tenant in
            guard let notice = try await NoticeStore.notice(id, in: tenant), notice.posted != nil else {
                throw PlainRefusal.missing
            }
            let files = try await NoticeStore.files(of: [id], in: tenant)
            return (notice, files[id] ?? [], try await Corrections.of(notice, in: tenant))
        }
    }

    @Sendable private func notice(_ request: Request, _ visit: Visit) async throws -> Response {
        let (notice, files, corrections) = try await posted(visit)
        let path = "/uredni-deska/\(notice.id.uuidString.lowercased())"
        let isReadable = notice.isReadable(on: visit.today)
        let eventName = notice.kind.eventName ?? "den"
        let page = NoticePage(
            title: notice.titleShown(on: visit.today),
            kind: notice.kind.czech,
            body: isReadable ? notice.body : "",
            reference: notice.referenceNumber,
            posted: notice.posted?.czech ?? "",
            until: notice.hangsUntil?.czech ?? "dokud je nenahradí novější",
            takenDown: notice.takenDown?.czech,
            hangs: notice.hangs(on: visit.today),
            event: notice.event?.czech,
            eventName: eventName.atStart,
            delivered: notice.deemedDelivery.map {
                $0 < visit.today ? "\($0.czech)" : "bude \($0.czech)"
            },
            reason: isReadable || notice.isReplaced ? notice.earlyReason : nil,
            withheld: notice.withheld(on: visit.today),
            corrects: corrections.corrects(under: "/uredni-deska"),
            corrected: corrections.corrected(under: "/uredni-deska"),
            origin: isReadable ? notice.originSentence : nil,
            isDecree: notice.kind == .decree,
            collection: notice.collectionAddress,
            files: isReadable ? files.map { NoticeFileLink($0, under: path) } : [],
            hasFiles: isReadable && !files.isEmpty,
            sheet: "\(path)/tisk"
        )
        let response = try pages.answer(page, to: request, visit)
        return notice.hangs(on: visit.today) ? response : response.notIndexed
    }

    @Sendable private func sheet(_ request: Request, _ visit: Visit) async throws -> Response {
        let (notice, files, corrections) = try await posted(visit)
        guard notice.isReadable(on: visit.today) || visit.clerk != nil else { throw PlainRefusal.missing }
        let page = NoticeSheetPage(
            title: notice.title,
            kind: notice.kind == .other ? "Oznámení" : notice.kind.czech.atStart,
            body: notice.body,
            reference: notice.referenceNumber,
            posted: notice.posted?.czechShort ?? "",
            stays: notice.stays,
            takenDown: notice.takenDown?.czechShort,
            corrects: corrections.former?.posted?.czechShort,
            delivered: notice.deemedDelivery?.czechShort,
            origin: notice.originSentence,
            files: files.map(\.name),
            hasFiles: !files.isEmpty,
            address:
                "\(pages.hosts.officeURL(try visit.here.slug))/uredni-deska/\(notice.id.uuidString.lowercased())"
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable private func file(_ request: Request, _ visit: Visit) async throws -> Response {
        let (notice, files, _) = try await posted(visit)
        guard notice.isReadable(on: visit.today) else { throw PlainRefusal.missing }
        let response = try await send(files, visit)
        // What is withheld once it came down is not left lying in caches.
        guard !notice.kind.namesPeople, response.status == .ok else { return response }
        var shared = response
        shared.headers[.cacheControl] = "public, max-age=300"
        return shared
    }

    func send(_ files: [AttachedFile], _ visit: Visit) async throws -> Response {
        let wanted = try visit.parameter("digest")
        guard let file = files.first(where: { $0.digest == wanted }), let digest = Digest(hex: file.digest)
        else {
            throw PlainRefusal.missing
        }
        let owner = FileOwner.office(try visit.here.tenant)
        if file.mediaType == "text/html" {
            return Response.keptDocument(
                try await self.files.bytes(owner: owner, digest: digest, bytesMax: 4 << 20)
            )
        }
        return Response.file(try await self.files.read(owner: owner, digest: digest), file)
    }

    // Open data

    @Sendable private func openData(_ request: Request, _ visit: Visit) async throws -> Response {
        let (hanging, profile) = try await hanging(visit)
        let address = pages.hosts.officeURL(try visit.here.slug)
        guard let ico = profile.ico else {
            throw PlainRefusal(
                .missing,
                "ico-missing",
                "Úřad zatím neuvedl své IČO; bez něj otevřená data úřední desky vydat nelze."
            )
        }
        // Decrees, too: the board tells of them, though they are promulgated in the Collection (act 35/2021).
        let notices = hanging.notices.filter { $0.kind != .news }
        let data = BoardOpenData(notices, hanging.files, address: address, ico: ico)
        var response = try Response.json(data, type: "application/ld+json; charset=utf-8")
        response.headers[.cacheControl] = "public, max-age=300"
        response.headers[.accessControlAllowOrigin] = "*"
        return response
    }

    private func hanging(_ visit: Visit) async throws -> (HangingNotices, OfficeProfile) {
        let today = visit.today
        return try await board.database.tenant(try visit.here.tenant, as: .anonymous) { tenant in
            let notices = try await NoticeStore.hanging(on: today, in: tenant)
            let hanging = HangingNotices(
                notices: notices,
                files: try await NoticeStore.files(of: notices.map(\.id), in: tenant),
                categories: try await CategoryStore.all(in: tenant),
                changed: try await NoticeStore.changed(in: tenant)
            )
            return (hanging, try await OfficeStore.profile(in: tenant))
        }
    }

    @Sendable private func feed(_ request: Request, _ visit: Visit) async throws -> Response {
        let (hanging, profile) = try await hanging(visit)
        let address = pages.hosts.officeURL(try visit.here.slug)
        let feed = BoardFeed(
            hanging.notices,
            changed: hanging.changed,
            office: profile.name,
            address: address
        )
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/atom+xml; charset=utf-8", .cacheControl: "public, max-age=300",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(string: feed.text))
        )
    }
}

extension Response {
    /// What no longer hangs is not offered to search engines.
    fileprivate var notIndexed: Response {
        guard let name = HTTPField.Name("X-Robots-Tag") else { return self }
        var response = self
        response.headers[name] = "noindex"
        return response
    }
}
