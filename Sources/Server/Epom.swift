import ArgumentParser

@main
struct Epom: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "epom")
}
