import Accounting
import ArgumentParser
import Database
import FilingRoom
import Forms
import Foundation
import Identity
import Logging
import Messages
import NoticeBoard
import Office
import Records
import Region
import Sealing
import Submissions
import Web

/// `epom demo`: makes the demo region once, and writes `demo.json` so that scripts can act as everybody.
struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: "Makes the demo region; on localhost only."
    )

    @Flag(help: "Only print the addresses and the accounts.")
    var show = false

    func run() async throws {
        try await speaking {
            let settings = try Settings()
            guard settings.isLocal else { try fail("the demo region exists on localhost only") }
            if show { return try Self.show(settings) }
            if let known = try? DemoFile(in: settings.data), known.port == settings.port { return }
            let demo = try await DemoRegion(settings)
            try await demo.make()
        }
    }

    private static func show(_ settings: Settings) throws {
        let demo = try DemoFile(in: settings.data)
        let password = demo.accounts.first?.password ?? ""
        print("\nKraj       \(demo.region.url)")
        for tenant in demo.tenants { print("Úřad       \(tenant.url)") }
        print("\nUkázkové účty, všechny s heslem  \(password)")
        for account in demo.accounts {
            let role = account.role.padding(toLength: 14, withPad: " ", startingAt: 0)
            print("\(role) \(account.email)  \(account.tenant)")
        }
        print("Zprávy, které by odešly e-mailem, jsou v \(settings.data.appending(path: "mail").path)\n")
    }
}

/// `demo.json`, mode 0600.
struct DemoFile: Codable {
    struct Place: Codable {
        let url: String
        let host: String
        let connect: String
    }

    struct Tenant: Codable {
        let code: String
        let slug: String
        let url: String
        let host: String
        let connect: String
    }

    struct Account: Codable {
        let role: String
        let tenant: String
        let email: String
        let password: String
        let token: String
    }

    let port: Int
    let region: Place
    let tenants: [Tenant]
    let accounts: [Account]

    private static func file(in data: URL) -> URL { data.appending(path: "demo.json") }

    init(port: Int, region: Place, tenants: [Tenant], accounts: [Account]) {
        (self.port, self.region, self.tenants, self.accounts) = (port, region, tenants, accounts)
    }

    init(in data: URL) throws { self = try readJSON(DemoFile.self, Self.file(in: data)) }

    func write(in data: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try writeSecret(encoder.encode(self), Self.file(in: data))
    }
}

/// The making of the demo region.
struct DemoRegion {
    private let settings: Settings
    private let ground: Groundwork
    private let assembly: Assembly
    private let owner: AdminConnection

    init(_ settings: Settings) async throws {
        self.settings = settings
        ground = try Groundwork(settings)
        assembly = try Assembly(settings, logger: Logger(label: "demo"))
        owner = try await ground.migrator.owner()
    }

    func make() async throws {
        let isNew = try await host()
        try await assembly.book.renew()
        let password = (try? DemoFile(in: settings.data))?.accounts.first?.password ?? Self.password()
        let hash = try await PasswordMill().hash(password).text
        var accounts = [
            try await account(DemoPlan.administrator, "administrator", nil, hash, password),
            try await account(DemoPlan.citizen, "citizen", nil, hash, password),
        ]
        for plan in DemoPlan.offices {
            guard let office = assembly.book.register.office(code: plan.code) else { continue }
            for person in plan.people {
                let role = person.roles.first?.rawValue ?? ""
                accounts.append(try await account(person, role, office, hash, password))
            }
        }
        if isNew {
            try await introduceOffices()
            try await lieOnDesks()
        }
        try connectForeignOffices()
        try await write(accounts)
        assembly.database.stop()
    }

    /// Words that are easy to type, and a number, so that no two demos share a password.
    private static func password() -> String {
        "ukazka-\(ReadableCode.random().description.lowercased())"
    }

    /// Makes the offices that are missing; false when all were there.
    private func host() async throws -> Bool {
        let provisioner = Provisioner(ground: ground, furnishers: try roomFurnishers(settings))
        var madeAny = false
        for plan in DemoPlan.offices {
            guard
                var office = try await RegisterStore.offices(on: owner).first(where: { $0.code == plan.code }
                ),
                try await !HostingStore.isHosted(office.tenant, on: owner)
            else { continue }
            if plan.hasFilingRoom {
                // The demo supposes it; in earnest an administrator finds out.
                try await RegisterStore.confirmOffices(
                    registry: false,
                    building: false,
                    of: office.tenant,
                    on: owner
                )
                office = try await RegisterStore.office(office.tenant, on: owner) ?? office
            }
            let rooms = Room.allCases.filter { plan.hasFilingRoom || $0 != .filingRoom }
            try await provisioner.create(try Hosting(office, rooms: rooms, head: nil))
            madeAny = true
        }
        return madeAny
    }

    private func account(
        _ person: DemoPlan.Person,
        _ role: String,
        _ office: RegisteredOffice?,
        _ hash: String,
        _ password: String
    ) async throws -> DemoFile.Account {
        try await UserStore.addDemo(
            .v7(),
            email: person.email,
            name: person.name,
            passwordHash: hash,
            isAdministrator: role == "administrator",
            on: owner
        )
        let token = Token.random()
        let host = office.map { authority(of: "\($0.slug).") } ?? authority(of: "")
        let id = try await assembly.database.region { region in
            guard let id = try await UserStore.id(email: person.email, in: region) else {
                throw PlainRefusal.missing
            }
            UserStore.addToken(token.digest, of: id, host: host, name: "demo", in: region)
            return id
        }
        if let office {
            try await assembly.database.tenant(office.tenant, as: .system) { tenant in
                guard try await ClerkStore.clerk(id, in: tenant) == nil else { return }
                ClerkStore.join(
                    ClerkJoined(
                        userID: id,
                        name: person.name,
                        email: person.email,
                        functionTitle: person.title,
                        roles: person.roles
                    ),
                    in: tenant
                )
            }
        }
        return DemoFile.Account(
            role: role,
            tenant: office?.tenant.rawValue ?? "",
            email: person.email,
            password: password,
            token: token.text
        )
    }

    private func authority(of prefix: String) -> String { "\(prefix)localhost:\(settings.port)" }

    // What the offices say and what lies on their desks

    private func introduceOffices() async throws {
        for plan in DemoPlan.offices {
            guard let office = assembly.book.register.office(code: plan.code) else { continue }
            try await assembly.database.tenant(office.tenant, as: .system) { tenant in
                var profile = try await OfficeStore.profile(in: tenant)
                profile.hours = plan.hours
                profile.street = plan.street
                profile.email = "podatelna@\(office.slug).ukazka.cz"
                profile.phone = "+420 000 000 000 (ukázka)"
                profile.acceptedFormats = "PDF, PDF/A, JPEG, PNG, DOCX, ODT"
                profile.bankAccount = DemoPlan.bankAccount
                profile.ico = DemoPlan.ico
                OfficeStore.save(profile, in: tenant)
            }
            guard let head = plan.people.first, let clerk = try await member(head, at: office) else {
                continue
            }
            let today = Day(of: Date())
            try await assembly.board.post(
                title: "Zasedání zastupitelstva (ukázka)",
                kind: "council_meeting",
                body:
                    "Zasedání se koná v 18 hodin na obecním úřadě. Program je v příloze zápisu (smyšlený údaj).",
                event: today + 20,
                at: office.tenant,
                by: clerk,
                today: today
            )
            try await assembly.board.post(
                title: "Svoz bioodpadu v zimě (ukázka)",
                kind: "news",
                body: "Od prosince do února se bioodpad nesváží (smyšlený údaj).",
                event: nil,
                at: office.tenant,
                by: clerk,
                today: today
            )
        }
    }

    private func member(_ person: DemoPlan.Person, at office: RegisteredOffice) async throws -> Clerk? {
        try await assembly.database.tenant(office.tenant, as: .system) { tenant in
            try await ClerkStore.all(in: tenant).first { $0.email == person.email }?.clerk
        }
    }

    private func lieOnDesks() async throws {
        guard let plan = DemoPlan.offices.first,
            let office = assembly.book.register.office(code: plan.code),
            let hosted = assembly.book.register.hosted[office.tenant],
            let citizen = try await assembly.database.region({ region in
                try await UserStore.id(email: DemoPlan.citizen.email, in: region)
            })
        else { return }
        let now = Date()
        var submissions: [UUID] = []
        for (code, answers) in [
            ("pes-ohlaseni", DemoPlan.dog), ("zavada", DemoPlan.fault), ("obecne-podani", DemoPlan.general),
        ] {
            let receipt = try await assembly.forms.handIn(
                json: answers,
                form: code,
                key: RandomBytes.make(16),
                at: hosted,
                by: citizen,
                now: now
            )
            submissions.append(receipt.submissionID)
        }
        try await assembly.relay.drain()
        guard plan.people.count > 2, let clerk = try await member(plan.people[1], at: office),
            let accountant = try await member(plan.people[2], at: office), let dog = submissions.first,
            let file = try await assembly.registry.caseFile(ofSubmission: dog, at: office.tenant)
        else { return }
        try await assembly.registry.confirm(
            file,
            by: .inPerson,
            on: Day(of: now),
            at: office.tenant,
            by: clerk,
            now: now
        )
        try await assembly.registry.take(file, at: office.tenant, by: clerk, now: now)
        try await assembly.registry.prescribe(
            "dog",
            Money(crowns: 200),
            due: LegalPeriod.days(30).end(after: Day(of: now)),
            in: file,
            paymentPage: {
                "\(settings.hosts.officeURL(office.slug))/platba/\($0.uuidString.lowercased())"
            },
            at: office.tenant,
            by: clerk,
            now: now
        )
        let today = Day(of: now)
        for booking in DemoPlan.bookings {
            try await assembly.books.book(
                booking.text,
                debit: booking.debit,
                credit: booking.credit,
                amount: Money(crowns: booking.crowns),
                paragraph: booking.paragraph,
                item: booking.item,
                document: booking.document,
                party: booking.party,
                on: today,
                at: office.tenant,
                by: accountant
            )
        }
        try await assembly.relay.drain()
    }

    // Offices with systems of their own

    private func connectForeignOffices() throws {
        let known = try? ForeignOffices(in: settings.data)
        let offices = DemoPlan.offices.filter { !$0.hasFilingRoom }.compactMap {
            plan -> ForeignOffices.Office? in
            guard let office = assembly.book.register.office(code: plan.code) else { return nil }
            let key = known?.offices.first { $0.tenant == office.tenant.rawValue }?.key
            return ForeignOffices.Office(
                tenant: office.tenant.rawValue,
                prefix: office.isRegion ? "KULK" : "MUFR",
                key: key ?? HMACKey.random().text
            )
        }
        try ForeignOffices(offices: offices).write(in: settings.data)
    }

    private func write(_ accounts: [DemoFile.Account]) async throws {
        let foreign = try ForeignOffices(in: settings.data)
        try await assembly.database.region { region in
            for office in foreign.offices {
                guard let tenant = TenantName(office.tenant) else { continue }
                SubmissionStore.setWebhook(
                    of: tenant,
                    address: "http://127.0.0.1:\(settings.port + 2)/\(office.tenant)",
                    key: office.key,
                    in: region
                )
            }
        }
        let connect = "127.0.0.1:\(settings.port)"
        let tenants = DemoPlan.offices.compactMap { assembly.book.register.office(code: $0.code) }
        try DemoFile(
            port: settings.port,
            region: .init(url: settings.hosts.regionURL, host: authority(of: ""), connect: connect),
            tenants: tenants.map {
                .init(
                    code: $0.code,
                    slug: $0.slug,
                    url: settings.hosts.officeURL($0.slug),
                    host: authority(of: "\($0.slug)."),
                    connect: connect
                )
            },
            accounts: accounts
        ).write(in: settings.data)
    }
}
