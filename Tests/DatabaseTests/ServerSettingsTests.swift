import Database
import Support
import Testing

@Suite struct `What ePOM asks of Postgres` {
    private let good = ServerSettings(
        version: 150_000,
        encoding: "UTF8",
        connectionsMax: 40,
        locksPerTransaction: 512,
        durabilityLost: []
    )

    @Test func `just enough is enough`() {
        #expect(good.faults(connectionsNeeded: 40).isEmpty)
        #expect(good.warning == nil)
    }

    @Test func `everything that is wrong is told at once`() {
        var bad = good
        bad.version = 149_999
        bad.encoding = "SQL_ASCII"
        bad.connectionsMax = 39
        bad.locksPerTransaction = 511
        let faults = bad.faults(connectionsNeeded: 40)
        #expect(faults.count == 4)
        #expect(faults[0].contains("Postgres 14"))
        #expect(faults[1].contains("SQL_ASCII"))
        #expect(faults[2].contains("511") && faults[2].contains("512"))
        #expect(faults[3].contains("39") && faults[3].contains("40"))
    }

    @Test func `a cluster without durability is told apart, by the server's own word`() async throws {
        let cell = try await TestCell.shared()
        let read = try await cell.database.region { try await ServerSettings.read(in: $0) }
        let settings = try #require(read)
        #expect(settings.faults(connectionsNeeded: 40).isEmpty)
        // The clusters of tests give durability up for speed.
        #expect(settings.durabilityLost == ["fsync", "full_page_writes", "synchronous_commit"])
        #expect(settings.warning?.contains("fsync") == true)
        let same = try await ServerSettings.read(on: cell.owner())
        #expect(same == settings)
    }
}
