import Database
import Foundation
import Office
import Support
import Testing

@testable import Accounting

@Suite struct `A fee prescribed from a case file` {
    private func cancel(_ fee: UUID, _ bench: BooksBench) async throws -> Bool {
        try await bench.cell.database.tenant(bench.office, as: bench.clerk.actor) { tenant in
            try await bench.books.cancel(fee, by: "Eva Správná", on: Day(of: Date()), in: tenant)
        }
    }

    @Test func `is answered for by who prescribed it, and taken back by a reversal while it is unpaid`()
        async throws
    {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe(50_000)
        let prescribed = try await bench.read { try await BooksStore.entry(fee.entry, in: $0) }
        #expect(prescribed?.bookedBy == "Eva Správná")
        #expect(try await cancel(fee.id, bench))
        let state = try await bench.read { try await bench.books.fee(fee.id, in: $0) }
        #expect(state?.isCancelled == true && state?.amount == Money(hellers: 50_000))
        let reversed = try await bench.read { try await BooksStore.entry(fee.entry, in: $0) }
        let reversal = try #require(reversed?.reversedBy)
        let entry = try await bench.read { try await BooksStore.entry(reversal, in: $0) }
        #expect(entry?.bookedBy == "Eva Správná")
        #expect(try await cancel(fee.id, bench) == false, "once")
    }

    @Test func `stays where something was paid`() async throws {
        let bench = try await BooksBench()
        let fee = try await bench.prescribe(50_000)
        try await bench.books.pay(
            fee.id,
            Money(crowns: 1),
            document: "BV 1/2026",
            on: Day(of: Date()),
            today: Day(of: Date()),
            entry: .v7(),
            at: bench.office,
            by: bench.accountant
        )
        #expect(try await cancel(fee.id, bench) == false)
        let state = try await bench.read { try await bench.books.fee(fee.id, in: $0) }
        #expect(state?.isCancelled == false)
    }
}
