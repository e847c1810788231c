package import Foundation
import Office

/// With what the names of the guide chart were compared, as the template says.
package struct ChartSources: Sendable {
    /// Accounts whose names nobody could compare with a published text yet.
    let unchecked: [String]
    let checkedCount: Int

    package init(folder: URL) throws {
        let file = folder.appending(path: "chart-of-accounts.csv")
        let chart = try CSV(String(contentsOf: file, encoding: .utf8), file: file.lastPathComponent)
        try self.init(chart)
    }

    init(_ chart: CSV) throws {
        let lines = chart.lines
        unchecked = try lines.filter { try $0["source"].isEmpty }.map { try $0["code"] }
        checkedCount = lines.count - unchecked.count
    }

    /// An analytical account has the name that the office gave it.
    func isUnchecked(_ code: String) -> Bool { unchecked.contains(code) }
}
