import Foundation
package import Testing

/// Compares with `Golden/<name>` beside the test; `GOLDEN=write` rewrites it and the diff is read.
package func expectGolden(
    _ text: String,
    _ name: String,
    file: String = #filePath,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let golden = URL(filePath: file).deletingLastPathComponent().appending(path: "Golden/\(name)")
    if ProcessInfo.processInfo.environment["GOLDEN"] == "write" {
        try FileManager.default.createDirectory(
            at: golden.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try text.write(to: golden, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: golden, encoding: .utf8)
    #expect(expected == text, "golden \(name)", sourceLocation: sourceLocation)
}
