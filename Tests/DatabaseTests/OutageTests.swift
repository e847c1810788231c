import Foundation
import Testing

@testable import Database

/// Measures the whole process, so `ops/test` gives it one of its own.
@Suite struct `Without Postgres` {
    /// A server whose Postgres is away for a night tries again a hundred thousand times.
    @Test func `connecting in vain leaves nothing behind`() throws {
        func residentBytes() throws -> Int {
            let pages = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return (Int(pages[1]) ?? 0) * 4096
        }
        let wire = Wire(id: 0, conninfo: "host=/nowhere-at-all port=1 dbname=x user=x")
        for _ in 0..<100 { wire.connect() }
        let before = try residentBytes()
        for _ in 0..<10_000 { wire.connect() }
        #expect(wire.state == .down && wire.lastFailure.contains("nowhere-at-all"))
        // Each would leave about 9 kB, 90 MB in all; other tests that run beside it take some too.
        #expect(try residentBytes() - before < 45 << 20)
    }
}
