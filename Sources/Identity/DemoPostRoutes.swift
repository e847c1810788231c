package import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
package import Web

/// The demo's post: every letter that was written, since nobody gets it (decision 0009).
///
/// `Server` adds it only where the domain is localhost.
package struct DemoPostRoutes: Sendable {
    private let database: Database
    private let pages: Pages
    private let place: String

    /// `place` says where the letters went, such as a folder.
    package init(database: Database, pages: Pages, place: String) {
        (self.database, self.pages, self.place) = (database, pages, place)
    }

    package var routes: [Route] {
        [.open(.get, "/posta", on: [.region], "Odeslané e-maily ukázky", post).showing(DemoPostPage.self)]
    }

    @Sendable private func post(_ request: Request, _ visit: Visit) async throws -> Response {
        let letters = try await database.region { region in
            try await LetterStore.newest(rowsMax: Limits.rowsPerPageMax, in: region)
        }
        let page = DemoPostPage(
            place: place,
            letters: letters.map(DemoLetter.init),
            isEmpty: letters.isEmpty
        )
        return try pages.answer(page, to: request, visit)
    }
}

struct DemoPostPage: Page {
    static let template = "demo-post"
    var title = "Odeslané e-maily"
    let place: String
    let letters: [DemoLetter]
    let isEmpty: Bool
}

struct DemoLetter: Codable, Sendable {
    struct Line: Codable, Sendable {
        let text: String
        let link: String?
    }

    let subject: String
    let recipient: String
    let written: String
    let isSent: Bool
    let lines: [Line]

    init(_ letter: PostedLetter) {
        subject = letter.subject
        recipient = letter.recipient
        written = letter.createdAt.czech
        isSent = letter.sentAt != nil
        lines = letter.body.split(separator: "\n").map { line in
            guard let start = line.range(of: "http") else { return Line(text: String(line), link: nil) }
            return Line(text: String(line[..<start.lowerBound]), link: String(line[start.lowerBound...]))
        }
    }
}
