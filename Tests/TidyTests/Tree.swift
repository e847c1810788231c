import Foundation

/// One file of the clone as the rules read it.
struct SourceFile {
    /// From the root of the clone, such as `Sources/Office/Day.swift`.
    let path: String
    let text: String
    let swift: SwiftText?

    init(path: String, text: String) {
        self.path = path
        self.text = text
        swift = path.hasSuffix(".swift") ? SwiftText(text) : nil
    }

    var name: String { (path as NSString).lastPathComponent }
    var stem: String { (name as NSString).deletingPathExtension }

    /// The target a file belongs to: the second folder of its path.
    var room: String {
        let parts = path.split(separator: "/")
        return parts.count > 2 ? String(parts[1]) : ""
    }

    func isUnder(_ folders: String...) -> Bool {
        folders.contains { path == $0 || path.hasPrefix($0 + "/") }
    }

    /// Files that may speak to Postgres about a table.
    var isStore: Bool { stem.hasSuffix("Store") }
}

/// The clone, read once.
struct Tree {
    let root: URL
    let files: [SourceFile]

    static let here = Tree(
        root: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
    )

    private static let folders = ["Sources", "Tests", "Migrations", "TenantTemplates", "ops", ".ci"]
    private static let kinds = [
        "swift", "mustache", "sql", "css", "js", "mjs", "py", "sh", "md", "conf", "service", "",
    ]

    init(root: URL) {
        self.root = root
        var files: [SourceFile] = []
        for folder in Tree.folders {
            let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
            while let name = names?.nextObject() as? String {
                let path = "\(folder)/\(name)"
                guard Tree.kinds.contains((name as NSString).pathExtension), !path.contains("__pycache__"),
                    let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8)
                else { continue }
                files.append(SourceFile(path: path, text: text))
            }
        }
        self.files = files.sorted { $0.path < $1.path }
    }

    var swift: [SourceFile] { files.filter { $0.swift != nil } }
    var sources: [SourceFile] { swift.filter { $0.isUnder("Sources") } }
    var templates: [SourceFile] { files.filter { $0.name.hasSuffix(".mustache") } }
    var migrations: [SourceFile] { files.filter { $0.isUnder("Migrations") && $0.name.hasSuffix(".sql") } }

    func has(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }
}

extension String {
    /// The first group (else the whole) of every match.
    func matches(_ pattern: String) -> [String] {
        guard let expression = try? NSRegularExpression(pattern: pattern, options: [.anchorsMatchLines])
        else {
            return ["bad pattern \(pattern)"]
        }
        let whole = NSRange(startIndex..., in: self)
        return expression.matches(in: self, range: whole).compactMap { match in
            let group = match.numberOfRanges > 1 && match.range(at: 1).location != NSNotFound ? 1 : 0
            return Range(match.range(at: group), in: self).map { String(self[$0]) }
        }
    }

    func has(_ pattern: String) -> Bool { !matches(pattern).isEmpty }
}
