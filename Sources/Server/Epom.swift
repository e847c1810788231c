import ArgumentParser

@main
struct Epom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "epom",
        abstract: "Virtual offices for the municipalities of a region.",
        subcommands: [
            ServeCommand.self, MigrateCommand.self, ProvisionCommand.self, TenantCommand.self,
            LogCommand.self,
            RoutesCommand.self, DemoCommand.self, ForeignOfficeCommand.self,
        ]
    )
}

/// `epom provision`: makes the offices that administrators order in the browser.
struct ProvisionCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "provision",
        abstract: "Makes ordered offices until it is told to end."
    )

    func run() async throws {
        try await speaking {
            let ground = try Groundwork(Settings())
            let provisioner = Provisioner(ground: ground, furnishers: try roomFurnishers(ground.settings))
            try await endingOnSignals { try await provisioner.run { print($0) } }
        }
    }
}
