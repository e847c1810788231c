import Foundation
import Testing

/// What a migration may say; the fleet has thousands of schemas, and some forms read the whole catalogue for each.
@Suite struct MigrationTests {
    let tree = Tree.here

    @Test func foldersAreNumbered() throws {
        let folders = Dictionary(grouping: tree.migrations) {
            ($0.path as NSString).deletingLastPathComponent
        }
        for (folder, files) in folders {
            let numbers = files.filter { $0.name != "grants.sql" }.compactMap { Int($0.name.prefix(4)) }
                .sorted()
            #expect(numbers == Array(1...max(1, numbers.count)), "\(folder) is numbered \(numbers)")
            let head = try String(contentsOf: tree.root.appending(path: "\(folder)/HEAD"), encoding: .utf8)
            #expect(
                Int(head.trimmingCharacters(in: .whitespacesAndNewlines)) == numbers.last,
                "\(folder)/HEAD"
            )
        }
    }

    /// Measured over 6 258 schemas: 75 ms for each, where a plain column takes 0.5 ms.
    static let dear = [
        "\\badd\\s+(column\\s+)?[^;]*\\bdefault\\b", "\\bgenerated\\b", "\\bidentity\\b",
        "\\b(small|big)?serial\\b",
        "\\balter\\s+(column\\s+)?\\w+\\s+(set\\s+data\\s+)?type\\b", "\\balter\\s+type\\b",
    ]

    @Test func laterTenantMigrationsAreCheap() {
        for file in tree.migrations where file.isUnder("Migrations/tenant") && isLater(file) {
            for form in MigrationTests.dear {
                let found = plain(file).matches(form)
                #expect(
                    found.isEmpty,
                    "\(file.path): \(found.first ?? ""); add, then set default, then set not null"
                )
            }
        }
    }

    @Test func migrationsNameNoOffice() {
        for file in tree.migrations {
            let text = plain(file)
            #expect(!text.has("\\b[mk]_[0-9]+\\b"), "\(file.path) names an office; the migrator puts it in")
            #expect(!text.has("select\\s+\\*"), "\(file.path): name the columns")
            #expect(
                !text.has("\\b(serial|bigserial|create\\s+type|create\\s+domain)\\b"),
                "\(file.path): text + check"
            )
            #expect(!text.has("(?<![<\\w])\\b(timestamp)\\b(?!tz)"), "\(file.path): instants are timestamptz")
        }
    }

    /// A constraint that may refuse a person is mapped to a refusal by its name.
    @Test func checksAreNamed() {
        for file in tree.migrations {
            let unnamed = plain(file).matches("^\\s*(?:check|unique|foreign key|exclude)\\s*[(a-z].*$")
            #expect(unnamed.isEmpty, "\(file.path): give it a name: \(unnamed.first ?? "")")
        }
    }

    private func isLater(_ file: SourceFile) -> Bool { (Int(file.name.prefix(4)) ?? 0) > 1 }

    private func plain(_ file: SourceFile) -> String {
        file.text.replacing(/--[^\n]*/, with: "").lowercased()
    }
}
