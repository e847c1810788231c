package import Database
package import Foundation
import Office

/// Gives a new office the categories of its board.
package struct BoardFurnisher: RoomFurnisher {
    private let categories: [NoticeCategory]

    package init(folder: URL) throws {
        let name = "board-categories.csv"
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        categories = try CategoryLint.categories(of: try CSV(text, file: name), file: name)
    }

    package var room: String { BoardRoutes.room }

    package func furnish(_ script: inout Script, schema: TenantName) throws {
        CategoryStore.furnish(&script, with: categories, schema: schema.rawValue)
    }
}
