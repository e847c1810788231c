import ArgumentParser
import Database
import Foundation
import Identity
import Logging
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
            if let known = try? DemoFile(in: settings.data), known.region.url == settings.hosts.regionURL {
                return
            }
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

    let region: Place
    let tenants: [Tenant]
    let accounts: [Account]

    private static func file(in data: URL) -> URL { data.appending(path: "demo.json") }

    init(region: Place, tenants: [Tenant], accounts: [Account]) {
        (self.region, self.tenants, self.accounts) = (region, tenants, accounts)
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
        // The foreign offices are not up yet; that the relay tries them in vain is no news here.
        var logger = Logger(label: "demo")
        logger.logLevel = .error
        assembly = try Assembly(settings, logger: logger)
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
        try await connectForeignOffices()
        if isNew { try await DemoDesks(settings, assembly).lay() }
        // Last, since it says that all is there.
        try write(accounts)
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
            try await provisioner.create(try Hosting(office, rooms: rooms, head: nil), on: owner)
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
            if let office { UserStore.note(id, worksFor: office.tenant, in: region) }
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

    // Offices with systems of their own

    private func connectForeignOffices() async throws {
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
        try await assembly.database.region { region in
            for office in offices {
                guard let tenant = TenantName(office.tenant) else { continue }
                SubmissionStore.setWebhook(
                    of: tenant,
                    address: "http://127.0.0.1:\(settings.port + 2)/\(office.tenant)",
                    key: office.key,
                    in: region
                )
            }
        }
    }

    private func write(_ accounts: [DemoFile.Account]) throws {
        let connect = "127.0.0.1:\(settings.port)"
        let tenants = DemoPlan.offices.compactMap { assembly.book.register.office(code: $0.code) }
        try DemoFile(
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
