import Database
import Foundation
import Support
import Testing

/// The tables as they are after all migrations, so that what a migration does is read in the diff.
///
/// `GOLDEN=write ops/test integration SchemaTests` writes them anew.
@Suite struct `The schema after all migrations` {
    @Test func `of a cell and its region is the golden one`() async throws {
        let cell = try await TestCell.shared()
        try expectGolden(try await dump(["cell", "codes", "region", "relay"], of: cell), "region.sql")
    }

    @Test func `of an office with all rooms is the golden one`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office(rooms: ["Accounting", "FilingRoom", "Forms", "NoticeBoard"])
        let text = try await dump([office.rawValue], of: cell)
        try expectGolden(text.replacing(office.rawValue, with: "tenant"), "office.sql")
    }

    private func dump(_ schemas: [String], of cell: TestCell) async throws -> String {
        let output = FileManager.default.temporaryDirectory.appending(path: "dump-\(UUID().uuidString)").path
        defer { unlink(output) }
        let outcome = try await Program(
            [
                "/usr/bin/pg_dump", "--schema-only", "--no-owner", "--host", cell.socket.host, "--port",
                String(cell.socket.port), "--username", "epom_root",
            ] + schemas.map { "--schema=\($0)" } + [cell.name],
            output: output
        ).wait()
        try outcome.mustSucceed()
        return normalised(outcome.said)
    }

    /// Without comments, settings and what differs between versions of the program.
    private func normalised(_ dump: String) -> String {
        var kept: [Substring] = []
        for line in dump.split(separator: "\n", omittingEmptySubsequences: false) {
            let isNoise =
                ["--", "SET ", "\\restrict", "\\unrestrict", "SELECT pg_catalog.set_config"]
                .contains { line.hasPrefix($0) }
            guard !isNoise, !line.isEmpty || kept.last?.isEmpty == false else { continue }
            kept.append(line)
        }
        return kept.joined(separator: "\n")
    }
}
