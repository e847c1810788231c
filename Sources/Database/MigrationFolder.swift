package import Foundation

/// A folder of numbered, forward-only migrations of one owner, as it lies on disk.
///
/// Files are `0001-name.sql` and on without a gap; `HEAD` holds the last number, so that two branches with one number
/// conflict; `grants.sql` says what the server may do and is run again whenever it or the set of objects changed.
package struct MigrationFolder: Sendable {
    package struct File: Sendable {
        package let number: Int
        package let name: String
        package let text: String
        package let digest: String

        /// What is new has no grants yet, nor has what was dropped and made again.
        var makesObjects: Bool { text.lowercased().contains("create") }
    }

    /// Such as `cell`, `region/Identity` or `tenant/NoticeBoard`.
    package let path: String
    package let files: [File]
    package let grants: String
    package let grantsDigest: String

    package var head: Int { files.last?.number ?? 0 }

    package enum Fault: Error, CustomStringConvertible {
        case unreadable(String)
        case misnumbered(String)
        case headDiffers(folder: String, head: String, last: Int)

        package var description: String {
            switch self {
            case .unreadable(let path): "cannot read \(path)"
            case .misnumbered(let file): "\(file) is not the next number of its folder"
            case .headDiffers(let folder, let head, let last):
                "\(folder)/HEAD says \(head), the last file is \(last)"
            }
        }
    }

    /// Digests are made by `digest`, so that this room needs no cryptography of its own.
    package init(root: URL, path: String, digest: (String) -> String) throws {
        self.path = path
        let folder = root.appending(path: path)
        let text = { (name: String) throws in
            guard let text = try? String(contentsOf: folder.appending(path: name), encoding: .utf8) else {
                throw Fault.unreadable("\(path)/\(name)")
            }
            return text
        }
        guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
            throw Fault.unreadable(path)
        }
        var files: [File] = []
        for name in names.sorted() where name.hasSuffix(".sql") && name != "grants.sql" {
            guard let number = Int(name.prefix(4)), number == files.count + 1 else {
                throw Fault.misnumbered("\(path)/\(name)")
            }
            let body = try text(name)
            files.append(
                File(number: number, name: String(name.dropLast(4)), text: body, digest: digest(body))
            )
        }
        self.files = files
        grants = names.contains("grants.sql") ? try text("grants.sql") : ""
        grantsDigest = digest(grants)
        let head = try text("HEAD").trimmingCharacters(in: .whitespacesAndNewlines)
        guard Int(head) == files.last?.number else {
            throw Fault.headDiffers(folder: path, head: head, last: files.last?.number ?? 0)
        }
    }
}

/// All folders, in the order in which they are run.
package struct MigrationPlan: Sendable {
    package let cell: MigrationFolder
    package let region: [MigrationFolder]
    /// By room; `Base` is every office's.
    package let tenant: [String: MigrationFolder]

    package init(root: URL, digest: (String) -> String) throws {
        func folders(_ tier: String, first: [String]) throws -> [MigrationFolder] {
            guard
                let found = try? FileManager.default.contentsOfDirectory(
                    atPath: root.appending(path: tier).path
                )
            else { throw MigrationFolder.Fault.unreadable(tier) }
            let names = first + found.filter { !first.contains($0) && !$0.hasPrefix(".") }.sorted()
            return try names.map { try MigrationFolder(root: root, path: "\(tier)/\($0)", digest: digest) }
        }
        cell = try MigrationFolder(root: root, path: "cell", digest: digest)
        region = try folders("region", first: ["Register"])
        let rooms = try folders("tenant", first: ["Base"])
        tenant = Dictionary(uniqueKeysWithValues: rooms.map { (String($0.path.dropFirst(7)), $0) })
    }

    /// The last number of each folder of the tenant tier, by its path such as `tenant/Base`.
    package var tenantHeads: [String: Int] {
        Dictionary(uniqueKeysWithValues: tenant.values.map { ($0.path, $0.head) })
    }

    /// Folders of an office with these rooms, Base first.
    package func folders(rooms: [String]) -> [MigrationFolder] {
        ["Base"].compactMap { tenant[$0] } + rooms.sorted().filter { $0 != "Base" }.compactMap { tenant[$0] }
    }
}
