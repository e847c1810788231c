import Foundation
import Support
import Testing

/// What migrations and routes make, as text that is read in review.
@Suite(.timeLimit(.minutes(5))) struct `What a review reads` {
    private static let built = Task { try await House.demo("review") }

    @Test func `the route table`() async throws {
        let house = try await Self.built.value
        let routes = try await house.epom("routes")
        try routes.mustSucceed()
        let cells = routes.said.split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
        try expectGolden(aligned(cells), "routes.txt")
    }

    @Test(arguments: ["region", "tenant"]) func `the schema`(_ tier: String) async throws {
        let house = try await Self.built.value
        let office = "m_546631"
        let schemas = tier == "region" ? ["cell", "codes", "relay", "region"] : [office]
        let dump = try await house.dump(schemas)
        let kept = dump.split(separator: "\n").filter { line in
            !line.hasPrefix("--") && !line.hasPrefix("SET ") && !line.hasPrefix("\\")
                && !line.hasPrefix("SELECT pg_catalog.set_config")
        }
        let text = kept.joined(separator: "\n").replacing(office, with: "tenant") + "\n"
        try expectGolden(text, "schema-\(tier).sql")
    }
}

/// Columns under each other, as wide as their widest cell.
func aligned(_ rows: [[String]]) -> String {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0
    }
    return rows.map { row in
        row.enumerated().map { index, cell in
            index == row.count - 1
                ? cell : cell.padding(toLength: widths[index] + 2, withPad: " ", startingAt: 0)
        }.joined()
    }.joined(separator: "\n") + "\n"
}
