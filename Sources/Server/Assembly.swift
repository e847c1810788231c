import Accounting
import Database
import Files
import FilingRoom
import Forms
import Foundation
import Identity
import Logging
import Messages
import NoticeBoard
import Office
import Post
import Records
import Region
import Sealing
import Submissions
import Web

/// Every part of the server, made once and joined here and nowhere else.
struct Assembly {
    let settings: Settings
    let database: Database
    let book: OfficeBook
    let relay: Relay
    let forms: FormRoutes
    let registry: Registry
    let board: Board
    let books: Books
    let witness: LogWitness
    let reception: Reception
    let routes: [Route]
    let metrics = Metrics()
    /// What works in the background until the server ends.
    let workers: [@Sendable () async throws -> Void]

    init(_ settings: Settings, logger: Logger) throws {
        self.settings = settings
        let credentials = try ServeCredentials(in: settings.data)
        let secrets = try Secrets(in: settings.data)
        let plan = try MigrationPlan(root: settings.home.appending(path: "Migrations")) { Digest(of: $0).hex }
        let database = Database(credentials.configuration, logger: logger)
        self.database = database
        let book = OfficeBook(database: database, heads: plan.tenantHeads)
        self.book = book
        let bell = Bell()

        let assets = try AssetRoutes(directory: settings.home.appending(path: "Sources/Web/Assets"))
        let pages = try Pages(
            directories: try Self.pageFolders(settings),
            hosts: settings.hosts,
            assetsVersion: assets.version
        )
        let cookies = CookieJar(scheme: settings.hosts.scheme)
        let guardian = Guard(database: database, allowsDemo: settings.isLocal)
        let letters = LetterBox()
        let identities = Identities(
            database: database,
            mill: PasswordMill(),
            mail: letters,
            hosts: settings.hosts,
            guardian: guardian,
            allowsDemo: settings.isLocal
        )
        let clerks = ClerkBook(database: database)
        let workplaces = Workplaces(database: database, book: book, clerks: clerks, hosts: settings.hosts)
        let gate = Gate(
            tokens: FormTokens(key: try secrets.key("form tokens")),
            cookies: cookies,
            hosts: settings.hosts,
            doorkeeper: guardian,
            clerks: clerks,
            workplaces: workplaces
        )

        let trackingKey = try secrets.key("tracking")
        let files = FileStore(root: settings.data.appending(path: "files").path)
        let notices = Notices(mail: letters, hosts: settings.hosts, key: trackingKey)
        let books = Books(database: database)
        let board = Board(database: database, caseFiles: CaseNotes())
        let registry = Registry(database: database, files: files, bell: bell, board: board, books: books)
        let counter = Counter(
            database: database,
            register: book,
            key: trackingKey,
            bell: bell,
            notices: notices
        )
        let places = PlaceBook(book: book)
        let catalogue = CatalogueBook(book: book)

        let looks = LookBook(database: database)
        let report = FleetReport(database: database, files: settings.data.appending(path: "files"))

        let witness = LogWitness(database: database, logger: logger)
        let regionRoutes =
            FrontRoutes(book: book, pages: pages).routes
            + ConsoleRoutes(database: database, book: book, pages: pages, reporter: report).routes
            + HostingRoutes(
                database: database,
                book: book,
                pages: pages,
                cookies: cookies,
                reporter: report,
                invitations: identities
            ).routes
            + CatalogueRoutes(database: database, book: book, pages: pages, cookies: cookies).routes
            + ConnectionRoutes(
                database: database,
                book: book,
                pages: pages,
                cookies: cookies,
                bell: bell,
                network: settings.network,
                manual: Array(
                    try Data(
                        contentsOf: settings.home.appending(path: "Sources/Submissions/Pages/webhook.md")
                    )
                )
            ).routes
            + IdentityRoutes(
                identities: identities,
                pages: pages,
                cookies: cookies,
                register: book,
                addressOf: { book.register.hosted[$0].map { settings.hosts.officeURL($0.slug) } },
                bell: bell,
                workplaces: { await workplaces.of($0, at: $1) }
            ).routes
            + UsersRoutes(
                identities: identities,
                pages: pages,
                cookies: cookies,
                register: book,
                isHosted: { book.register.hosted[$0] != nil }
            ).routes
            + LogsRoutes(book: book, pages: pages, witness: witness).routes
            + SubmissionRoutes(database: database, pages: pages, key: trackingKey, fees: books, desk: counter)
            .routes
            + HandOverRoutes(
                database: database,
                files: files,
                desk: counter,
                pages: pages,
                cookies: cookies,
                notices: notices
            ).routes
            + DeliveryRoutes(
                database: database,
                book: book,
                pages: pages,
                cookies: cookies,
                notices: notices,
                bell: bell
            ).routes
        let forms = FormRoutes(
            database: database,
            files: files,
            desk: counter,
            pages: pages,
            cookies: cookies,
            places: { places.places },
            register: book,
            front: { tenant, today in
                let keepsBoard = book.register.hosted[tenant]?.keeps("NoticeBoard") ?? false
                return try await database.tenant(tenant, as: .anonymous) { office in
                    OfficeFront(
                        try await OfficeStore.profile(in: office),
                        keepsBoard ? try await board.newest(on: today, countMax: 4, in: office) : []
                    )
                }
            },
            usage: { tenant in
                try await database.region { try await SubmissionStore.usage(at: tenant, in: $0) }
            }
        )
        let officeRoutes =
            forms.routes
            + OfficeDeskRoutes(
                database: database,
                pages: pages,
                cookies: cookies,
                invitations: identities,
                catalogue: catalogue,
                files: files,
                wardrobe: looks
            ).routes
            + FilingRoutes(registry: registry, pages: pages, cookies: cookies, catalogue: catalogue).routes
            + BoardRoutes(board: board, files: files, pages: pages).routes
            + BoardDeskRoutes(board: board, files: files, pages: pages, cookies: cookies).routes
            + BooksRoutes(
                books: books,
                chart: try ChartSources(
                    folder: settings.home.appending(path: "TenantTemplates/municipality")
                ),
                pages: pages,
                cookies: cookies
            ).routes
        let demoRoutes: [Route] =
            settings.isLocal
            ? DemoPostRoutes(
                database: database,
                pages: pages,
                place: settings.smtp?.host() ?? settings.data.appending(path: "mail").path
            ).routes : []
        let described: [Route] = [assets.routes, regionRoutes, demoRoutes, officeRoutes].flatMap { $0 }
        routes = described + OpenAPIRoutes(describing: described).routes

        let relay = Relay(
            database: database,
            takers: [
                HeadInviter(identities: identities, register: book), ClerkTaker(database: database),
                DeliveryTaker(
                    database: database,
                    register: book,
                    files: files,
                    desk: registry,
                    client: WebhookClient(network: settings.network),
                    bell: bell,
                    notices: notices
                ),
                StatusTaker(database: database, register: book, notices: notices),
                ReferralTaker(database: database, register: book, notices: notices, bell: bell),
                LapseTaker(registry: registry), OfficeMailTaker(database: database, mail: LetterBox()),
            ],
            bell: bell,
            logger: logger
        )
        self.relay = relay
        if settings.holdsRelay {
            relay.hold()
            logger.warning("EPOM_RELAY=hold: what is handed in waits until a start without it")
        }
        self.forms = forms
        self.registry = registry
        self.board = board
        self.books = books
        self.witness = witness
        let watch = ConfirmationWatch(database: database, notices: notices, bell: bell)
        let postman = Postman(
            database: database,
            transport: try Self.mailTransport(settings),
            sender: try Self.mailSender(settings),
            logger: logger,
            // A letter without the address is better than none.
            replies: { office in
                try? await database.tenant(office, as: .anonymous) { office in
                    try await OfficeStore.profile(in: office).email
                }
            }
        )
        reception = Reception(
            routes: routes,
            gate: gate,
            pages: pages,
            directory: book,
            wardrobe: looks,
            isReady: { database.load.contains { $0.pool == "region" && $0.up > 0 } },
            metrics: metrics
        )
        let post: [@Sendable () async throws -> Void] =
            settings.holdsRelay ? [] : [{ try await postman.run() }]
        workers =
            post + [
                { try await book.run() },
                { await guardian.run() },
                { await relay.run() },
                // Another server's ringing.
                { for await heard in database.notifications(on: .epom) { bell.hear(heard) } },
                { try await watch.run() },
                {
                    try await witness.run {
                        book.register.hosted.values.filter { $0.state == .ready }.map(\.tenant).sorted()
                    }
                },
                { try await DraftBroom(database: database).run() },
                { try await FileBroom(database: database, files: files, logger: logger).run() },
                {
                    try await board.run {
                        book.register.hosted.values.filter { $0.keeps("NoticeBoard") }.map(\.tenant)
                    }
                },
            ]
    }

    private static func pageFolders(_ settings: Settings) throws -> [URL] {
        let sources = settings.home.appending(path: "Sources")
        let rooms = try FileManager.default.contentsOfDirectory(atPath: sources.path)
        return rooms.sorted().map { sources.appending(path: "\($0)/Pages") }
            .filter { FileManager.default.fileExists(atPath: $0.path) }
    }

    private static func mailTransport(_ settings: Settings) throws -> any MailTransport {
        guard let address = settings.smtp, let host = address.host() else {
            return MailFolder(path: settings.data.appending(path: "mail").path)
        }
        return SMTPTransport(
            SMTPTransport.Settings(
                host: host,
                port: address.port ?? (address.scheme == "smtps" ? 465 : 587),
                security: address.scheme == "smtps" ? .tls : host == "localhost" ? .none : .startTLS,
                user: address.user(percentEncoded: false),
                password: address.password(percentEncoded: false)
            )
        )
    }

    private static func mailSender(_ settings: Settings) throws -> MailAddress {
        guard let sender = MailAddress(settings.mailSender, name: "Virtuální úřad") else {
            throw Settings.Faults(faults: ["EPOM_MAIL_SENDER is not an e-mail address"])
        }
        return sender
    }
}
