import ArgumentParser
import Database
import Foundation
import Office
import Region
import Web

/// `epom tenant create|list|show|rooms|delete`.
struct TenantCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tenant",
        abstract: "Offices: make, list, show, enlarge and give them up.",
        subcommands: [Create.self, List.self, Show.self, Rooms.self, Delete.self]
    )

    struct Create: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Hosts an office of the register.")

        @Argument(help: "Code of the office in RÚIAN, such as 546631; a region has two digits.")
        var code: String?
        @Flag(help: "Every office of the register that is not hosted yet.")
        var all = false
        @Option(
            help: "FilingRoom,NoticeBoard,Accounting,Forms; as many as the office may have when left out."
        )
        var rooms: String?
        @Option(help: "E-mail of the head of the office, who is invited.")
        var headEmail: String?
        @Option(help: "Name of the head of the office.")
        var headName: String?
        @Flag(help: "You have made sure that the municipality has neither registry nor building office.")
        var neitherRegistryNorBuildingOffice = false

        func validate() throws {
            guard all != (code != nil) else { throw ValidationError("give one code, or --all") }
            guard (headEmail == nil) == (headName == nil) else {
                throw ValidationError("--head-email and --head-name belong together")
            }
            guard headEmail == nil || !all else { throw ValidationError("a head belongs to one office") }
            if let rooms { _ = try Room.listed(rooms) }
            if let headEmail, EmailAddress(headEmail) == nil {
                throw ValidationError("\(headEmail) is no e-mail address")
            }
            if let headName, PersonName(headName) == nil {
                throw ValidationError("a name has 2 to 100 characters")
            }
        }

        func run() async throws {
            try await speaking {
                let ground = try Groundwork(Settings())
                let provisioner = Provisioner(ground: ground, furnishers: try roomFurnishers(ground.settings))
                let owner = try await ground.migrator.owner()
                let offices = try await chosen(on: owner)
                let clock = ContinuousClock()
                let began = clock.now
                let bar = ProgressBar(total: offices.count, isShown: all)
                let queue = OfficeQueue(offices)
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 0..<min(2, offices.count) {
                        group.addTask {
                            let worker = number == 0 ? owner : try await ground.migrator.owner()
                            while let office = await queue.next() {
                                try await make(office, provisioner, on: worker)
                                bar.step(office.name)
                            }
                        }
                    }
                    try await group.waitForAll()
                }
                bar.end()
                let seconds = (clock.now - began).formatted(
                    .units(allowed: [.seconds], fractionalPart: .show(length: 2))
                )
                if all {
                    print("\(offices.count) offices in \(seconds)")
                    let files = offices.count { !Hosting.usualRooms(of: $0).contains(.filingRoom) }
                    if rooms == nil, files > 0, !neitherRegistryNorBuildingOffice {
                        print(
                            "\(files) of them without a filing room: confirm that a municipality has neither "
                                + "registry nor building office, then: epom tenant rooms CODE --add FilingRoom"
                        )
                    }
                } else if let office = offices.first {
                    print("\(office.name): \(ground.settings.hosts.officeURL(office.slug)) (\(seconds))")
                }
            }
        }

        private func chosen(on owner: AdminConnection) async throws -> [RegisteredOffice] {
            if let code { return [try await RegisterStore.office(code: code, on: owner)] }
            let register = try await RegisterStore.offices(on: owner)
            var open: [RegisteredOffice] = []
            for office in register where try await !HostingStore.isHosted(office.tenant, on: owner) {
                open.append(office)
            }
            return open
        }

        private func make(
            _ office: RegisteredOffice,
            _ provisioner: Provisioner,
            on owner: AdminConnection
        ) async throws {
            var office = office
            if neitherRegistryNorBuildingOffice, !office.isDesignated {
                try await RegisterStore.confirmOffices(
                    registry: false,
                    building: false,
                    of: office.tenant,
                    on: owner
                )
                office = try await RegisterStore.office(office.tenant, on: owner) ?? office
            }
            let wanted = try rooms.map { try Room.listed($0) } ?? Hosting.usualRooms(of: office)
            let head = headEmail.flatMap { email in headName.map { Hosting.Head(name: $0, email: email) } }
            try await provisioner.create(try Hosting(office, rooms: wanted, head: head), on: owner)
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "The hosted offices, a line each.")

        func run() async throws {
            try await speaking {
                let ground = try Groundwork(Settings())
                let owner = try await ground.migrator.owner()
                for office in try await RegisterStore.offices(on: owner) {
                    guard let rooms = try await HostingStore.rooms(of: office.tenant, on: owner) else {
                        continue
                    }
                    let url = ground.settings.hosts.officeURL(office.slug)
                    print(
                        [office.code, office.name, url, rooms.joined(separator: ",")].joined(separator: "\t")
                    )
                }
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "An office of the register.")

        @Argument(help: "Code of the office in RÚIAN.") var code: String

        func run() async throws {
            try await speaking {
                let ground = try Groundwork(Settings())
                let owner = try await ground.migrator.owner()
                let office = try await RegisterStore.office(code: code, on: owner)
                let rooms = try await HostingStore.rooms(of: office.tenant, on: owner)
                let answer = { (known: Bool?) in known.map { $0 ? "ano" : "ne" } ?? "nepotvrzeno" }
                print(
                    """
                    \(office.name) (\(office.tenant))
                    adresa        \(ground.settings.hosts.officeURL(office.slug))
                    ORP / POÚ     \(office.orpName) / \(office.pouName)
                    obyvatel      \(office.population)
                    matrika       \(answer(office.hasRegistryOffice))
                    stavební úřad \(answer(office.hasBuildingOffice))
                    části úřadu   \(rooms?.joined(separator: ", ") ?? "není zde provozován")
                    """
                )
                for head in try await RegisterStore.heads(of: office.tenant, on: owner) {
                    print("\(head.folder)\t\(head.head)")
                }
            }
        }
    }
}

extension TenantCommand {
    struct Rooms: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Gives a hosted office further rooms.")

        @Argument(help: "Code of the office in RÚIAN.") var code: String
        @Option(help: "FilingRoom,NoticeBoard,Accounting,Forms") var add: String
        @Flag(help: "You have made sure that the municipality has neither registry nor building office.")
        var neitherRegistryNorBuildingOffice = false

        func validate() throws { _ = try Room.listed(add) }

        func run() async throws {
            try await speaking {
                let ground = try Groundwork(Settings())
                let provisioner = Provisioner(ground: ground, furnishers: try roomFurnishers(ground.settings))
                let owner = try await ground.migrator.owner()
                var office = try await RegisterStore.office(code: code, on: owner)
                if neitherRegistryNorBuildingOffice, !office.isDesignated {
                    try await RegisterStore.confirmOffices(
                        registry: false,
                        building: false,
                        of: office.tenant,
                        on: owner
                    )
                    office = try await RegisterStore.office(code: code, on: owner)
                }
                try await provisioner.add(try Room.listed(add), to: office, on: owner)
                let rooms = try await HostingStore.rooms(of: office.tenant, on: owner) ?? []
                print("\(office.name): \(rooms.sorted().joined(separator: ","))")
            }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Gives an office up; refused once its register or journal has a number or its board has posted."
        )

        @Argument(help: "Code of the office in RÚIAN.") var code: String
        @Flag(help: "Without it nothing happens.") var yes = false

        func run() async throws {
            try await speaking {
                let ground = try Groundwork(Settings())
                let provisioner = Provisioner(ground: ground, furnishers: [])
                let owner = try await ground.migrator.owner()
                let office = try await RegisterStore.office(code: code, on: owner)
                guard try await HostingStore.isHosted(office.tenant, on: owner) else {
                    throw HostingRefusal.notHosted(office.name)
                }
                guard yes else { try fail("\(office.name) would be deleted with all its data: add --yes") }
                try await provisioner.strike(office, on: owner)
                print("\(office.name) is not hosted any more; its files stay in the store")
            }
        }
    }
}

extension Room {
    /// `NoticeBoard,Forms`; throws what the command line shows with its usage.
    fileprivate static func listed(_ text: String) throws -> [Room] {
        try text.split(separator: ",", omittingEmptySubsequences: false).map { name in
            guard let room = Room(rawValue: name.trimmingCharacters(in: .whitespaces)) else {
                let known = Room.allCases.map(\.rawValue).joined(separator: ", ")
                throw ValidationError("there is no room \(name); rooms are \(known)")
            }
            return room
        }
    }
}

/// Offices that two workers take one after another.
private actor OfficeQueue {
    private var waiting: [RegisteredOffice]
    init(_ offices: [RegisteredOffice]) { waiting = offices.reversed() }
    func next() -> RegisteredOffice? { waiting.popLast() }
}
