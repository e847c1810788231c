import ArgumentParser
import Database
import Foundation
import HTTPTypes
import Logging
import Office
import Records
import Region
import Web

/// `epom log verify|anchor`: every office's transaction log against its chain and against what the region noted.
struct LogCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "log",
        abstract: "Transaction logs.",
        subcommands: [Verify.self, Anchor.self]
    )

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Verifies the logs; exit code 1 when one is broken, shortened or rewritten."
        )

        func run() async throws {
            try await speaking {
                let assembly = try Assembly(Settings(), logger: Logger(label: "log"))
                try await assembly.book.renew()
                var broken = 0
                for tenant in assembly.book.register.hosted.keys.sorted() {
                    let anchors = try await assembly.database.region {
                        try await AnchorStore.anchors(of: tenant, in: $0)
                    }
                    let outcome = try await assembly.database.tenant(tenant, as: .system) { office in
                        try await LogVerification.verify(in: office, against: anchors)
                    }
                    print("\(tenant)\t\(outcome.czech)")
                    if !outcome.isWhole { broken += 1 }
                }
                assembly.database.stop()
                if broken > 0 { try fail("\(broken) logs are not what they were") }
            }
        }
    }

    struct Anchor: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Notes with the region where each log ends now; the server does it every ten minutes."
        )

        func run() async throws {
            try await speaking {
                let assembly = try Assembly(Settings(), logger: Logger(label: "log"))
                try await assembly.book.renew()
                let offices = assembly.book.register.hosted.keys.sorted()
                let doubtful = try await assembly.witness.look(at: offices)
                assembly.database.stop()
                if !doubtful.isEmpty { try fail("\(doubtful.count) logs are not what they were") }
            }
        }
    }
}

extension LogVerification {
    var isWhole: Bool {
        if case .whole = self { true } else { false }
    }

    /// What it means, with the numbers to look at.
    var czech: String {
        switch self {
        case .whole(let entries, let head):
            "celý\t\(entries)\t\(head)"
        case .broken(let number):
            "záznam číslo \(number) nenavazuje na předchozí"
        case .cut(let last, let head):
            "log byl zkrácen: končí číslem \(last), podle své hlavy má končit číslem \(head)"
        case .shortened(let last, let anchor):
            "log byl zkrácen: končí číslem \(last), kraj si \(anchor.day) zapsal číslo \(anchor.number). "
                + "Chybějí čísla \(last + 1) až \(anchor.number), nebo jde o obnovu ze starší zálohy"
        case .rewritten(let anchor, let agreed):
            "log byl přepsán od čísla \(agreed + 1): záznam číslo \(anchor.number) není ten, "
                + "který si kraj zapsal \(anchor.day)"
        }
    }
}

extension LogAnchor {
    fileprivate var day: String { Day(of: notedAt).czechShort }
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
