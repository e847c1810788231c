import Foundation
import Testing

/// The rules of the rooms (ARCHITECTURE, "Rules of the rooms") read off the whole tree.
///
/// Each exception stands here with its reason; a list that grows is a sign that the rule or the code is wrong.
@Suite struct TidyTests {
    let tree = Tree.here

    static let capabilities = [
        "Region", "Identity", "Submissions", "Forms", "FilingRoom", "NoticeBoard", "Accounting",
    ]

    @Test func onlyStoresSpeakSQL() {
        for file in tree.sources where !file.isStore && !file.isUnder("Sources/Database") {
            let spoken = file.swift?.literals.filter { $0.has(TidyTests.statement) } ?? []
            #expect(spoken.isEmpty, "\(file.path) has SQL in a literal; move it to a *Store.swift: \(spoken)")
            #expect(
                file.swift?.code.has("\\b(SQL|Script)\\b\\s*[(\\]?>]|: (SQL|Script)\\b") == false,
                "\(file.path) uses the SQL type; only *Store.swift does"
            )
        }
    }

    /// A literal that starts as a statement; house SQL is lower-case.
    static let statement =
        "\\A\\s*(select\\s|insert into\\s|update\\s+\\w+\\.\\w+|delete from\\s|with\\s+\\w+\\s+(\\(.*\\)\\s+)?as\\s|"
        + "(create|alter|drop)\\s+(table|role|schema|index|view|function|policy)\\b|grant\\s+\\w+.* to\\s|lock table\\s)"

    @Test func columnsAreNamed() {
        for file in tree.sources {
            let starred = file.swift?.literals.filter { $0.has("\\bselect\\s+(\\w+\\.)?\\*") } ?? []
            #expect(starred.isEmpty, "\(file.path): select * breaks prepared plans across schemas")
        }
    }

    /// The gate lets through what a route declares; a name that no route beside declares is never read.
    @Test func whatIsReadOfAnAddressIsDeclared() {
        for file in tree.sources where file.isUnder("Sources") {
            for name in file.text.matches("Input\\.query\\(\"([a-z]+)\"") {
                let isDeclared = file.text.has("\\.query\\(\\s*\"\(name)\",")
                #expect(
                    isDeclared,
                    "\(file.path) reads \(name) of an address; say so with .asking(.query(…))"
                )
            }
        }
    }

    @Test func aTableHasOneStore() {
        var owners: [String: Set<String>] = [:]
        for file in tree.sources where file.isStore {
            for literal in file.swift?.literals ?? [] {
                for table in literal.matches("\\b((?:tenant|region|relay|codes|cell)\\.[a-z_]+)\\b(?!\\()") {
                    owners[table, default: []].insert(file.path)
                }
            }
        }
        for (table, stores) in owners.sorted(by: { $0.key < $1.key }) where stores.count > 1 {
            let allowed = TidyTests.sharedTables[table] ?? []
            let others = stores.filter { !allowed.contains(($0 as NSString).lastPathComponent) }
            #expect(
                others.count <= 1,
                "\(table) is named in \(stores.sorted()); one store owns it, others ask"
            )
        }
    }

    /// Tables that further stores may name, each with why.
    private static let sharedTables: [String: [String]] = [
        // The region loads these lists; the books look codes up in their own transaction.
        "codes.budget_items": ["BudgetStore.swift"], "codes.budget_paragraphs": ["BudgetStore.swift"],
        // The region loads the list; the office looks its own bank up when it says its account.
        "codes.banks": ["OfficeStore.swift"],
        // Accepting and hosting post their message in the very statement of their effect.
        "relay.outbox": ["HostingStore.swift", "SubmissionStore.swift"],
        // The row of a new office comes in the message that makes its schema.
        "tenant.office": ["HostingStore.swift"],
        // A list reads across the tables that it shows in one line; nothing is written there.
        // The office's own documents go their way in a store of their own.
        "tenant.documents": ["RegisterListStore.swift", "LetterStore.swift"],
        "tenant.case_files": ["RegisterListStore.swift", "LetterStore.swift"],
        "tenant.senders": ["RegisterListStore.swift"],
    ]

    @Test func theWebFrameworkStaysAtTheDoor() {
        for file in tree.sources where file.swift?.imports.contains("Hummingbird") == true {
            let atTheDoor =
                file.stem.hasSuffix("Routes") || file.stem.hasSuffix("Desk")
                || file.isUnder("Sources/Web", "Sources/Server")
            #expect(atTheDoor, "\(file.path) imports Hummingbird")
        }
    }

    @Test func nounsDoNoInputOrOutput() {
        let doors = ["Hummingbird", "Mustache", "NIOCore", "CPostgres", "COpenSSL", "CCurl", "Glibc"]
        let suffixes = ["Store", "Routes", "Desk", "Pages", "Page"]
        for file in tree.sources where TidyTests.capabilities.contains(file.room) || file.room == "Office" {
            guard !suffixes.contains(where: file.stem.hasSuffix) else { continue }
            let seen = file.swift?.imports.filter { doors.contains($0) } ?? []
            #expect(seen.isEmpty, "\(file.path) is a noun and imports \(seen)")
        }
    }

    /// Where one capability stands on another by Package.swift, with the reason.
    private static let stands = [
        "Submissions": ["Region"]  // A submission is distributed by the region's rules and register.
    ]

    @Test func capabilitiesDoNotKnowEachOther() {
        for file in tree.sources where TidyTests.capabilities.contains(file.room) {
            let allowed = [file.room] + (TidyTests.stands[file.room] ?? [])
            let sideways = file.swift?.imports.filter {
                TidyTests.capabilities.contains($0) && !allowed.contains($0)
            }
            #expect(sideways == [], "\(file.path) imports sideways; declare a seam in Office")
        }
    }

    @Test func everyCDoorHasOneImporter() {
        for door in ["CPostgres", "COpenSSL", "CCurl", "CQREncode"] {
            let rooms = Set(tree.sources.filter { $0.swift?.imports.contains(door) == true }.map(\.room))
            #expect(rooms.count <= 1, "\(door) is imported by \(rooms.sorted())")
        }
    }

    @Test func filesAreSmall() {
        let kinds = ["swift", "mustache", "css", "js", "mjs", "py", "sh", ""]
        for file in tree.files where kinds.contains((file.name as NSString).pathExtension) {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false).count - 1
            #expect(lines <= 400, "\(file.path) has \(lines) lines; 400 are enough for one file")
        }
    }

    @Test func templatesAreShown() {
        let named = Set(tree.sources.flatMap { $0.swift?.literals ?? [] })
        let included = Set(
            tree.templates.flatMap { $0.text.matches("\\{\\{\\s*[><#$]?\\s*([A-Za-z0-9_/.-]+)\\s*\\}\\}") }
        )
        for template in tree.templates {
            let names = [template.stem, "\(template.room)/\(template.stem)"]
            let used = names.contains { named.contains($0) || included.contains($0) }
            #expect(used, "\(template.path) is named by no page and no other template")
        }
    }

    @Test func resolvedPackagesAreNotKept() throws {
        let ignored = try String(contentsOf: tree.root.appending(path: ".gitignore"), encoding: .utf8)
        #expect(ignored.has("^Package\\.resolved$") && ignored.has("^var/?$") && ignored.has("^\\.build/$"))
    }
}
