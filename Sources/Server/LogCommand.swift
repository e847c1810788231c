import ArgumentParser
import Database
import Foundation
import HTTPTypes
import Logging
import Office
import Records
import Region
import Web

/// `epom log verify`: every office's transaction log against its chain.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Transaction logs.",
        subcommands: [Verify.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verifies the chains; exit code 1 when one is broken."
        )

        func run() async throws {
            try await speaking {
                let assembly = try Assembly(Settings(), logger: Logger(label: "log"))
                try await assembly.book.renew()
                var broken = 0
                for tenant in assembly.book.register.hosted.keys.sorted() {
                    let outcome = try await assembly.database.tenant(tenant, as: .system) { office in
                        try await LogVerification.verify(in: office)
                    }
                    switch outcome {
                    case .whole(let entries, let head): print("\(tenant)\twhole\t\(entries)\t\(head)")
                    case .broken(let number):
                        print("\(tenant)\tbroken at entry \(number)")
                        broken += 1
                    case .cut(let last, let head):
                        print("\(tenant)\tends at \(last), the head says \(head)")
                        broken += 1
                    }
                }
                assembly.database.stop()
                if broken > 0 { try fail("\(broken) logs are broken") }
            }
        }
    }
}

/// `epom routes`: the route table.
struct RoutesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes",
        abstract: "Prints the route table: method, path, host, who may, room, what it does."
    )

    func run() async throws {
        try await speaking {
            let assembly = try Assembly(Settings(), logger: Logger(label: "routes"))
            for route in assembly.routes {
                let faces = route.faces.map(\.rawValue).sorted().joined(separator: "+")
                print(
                    [
                        route.method.rawValue, route.path, faces, route.access.name, route.room ?? "-",
                        route.summary,
                    ].joined(separator: "\t")
                )
            }
            assembly.database.stop()
        }
    }
}
