import Database
import Foundation
import Office
import Support
import Testing

@testable import FilingRoom

/// What the board asks of a number that a clerk typed into a notice.
@Suite struct `A case file by the number of its document` {
    private func found(_ text: String, in bench: Bench) async throws -> UUID? {
        try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await CaseNotes().caseFile(of: text, in: tenant)
        }
    }

    @Test func `is found while it is open, whatever the case of its letters`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let file = try await bench.deliver(bench.delivery(service: "zavada", regime: .other))
        let number = try #require(
            try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
                try await FilingStore.documents(of: file.id, in: tenant).first?.referenceNumber
            }
        )
        #expect(try await found(number, in: bench) == file.id)
        #expect(try await found(number.lowercased(), in: bench) == file.id)
        for other in [
            "", "JINAK \(number.split(separator: " ").last ?? "")", "1", "\(number)0", "S-\(number)",
        ] {
            #expect(try await found(other, in: bench) == nil, "\(other)")
        }
        try await bench.registry.take(file.id, at: bench.office, by: clerk, now: Bench.noon)
        try await bench.settle(file.id, .noted, by: clerk)
        try await bench.close(file.id, by: clerk)
        #expect(try await found(number, in: bench) == nil)
    }

    @Test func `is not told of a tax file`() async throws {
        let bench = try await Bench()
        let file = try await bench.deliver(bench.delivery(service: "pes-ohlaseni", regime: .tax))
        let number = try await bench.cell.database.tenant(bench.office, as: .system) { tenant in
            try await FilingStore.documents(of: file.id, in: tenant).first?.referenceNumber
        }
        #expect(try await found(try #require(number), in: bench) == nil)
    }
}
