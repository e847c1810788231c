package import Foundation
package import Office

/// The roles an office is given, as `TenantTemplates/municipality/roles.csv` tells them to people.
///
/// Every office checks permissions in its own transaction by this list; the program checks the same before.
package struct RoleTemplate: Sendable {
    package let permissions: [Role: Set<Permission>]
    /// All the text it was read from, so that a change can be noticed.
    package let text: String

    package init(folder: URL) throws {
        let name = "roles.csv"
        let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        try self.init(text, file: name)
    }

    /// Throws ``CSV/Fault`` with the line where file and program do not say the same.
    init(_ text: String, file: String) throws {
        self.text = text
        let table = try CSV(text, file: file)
        var permissions: [Role: Set<Permission>] = [:]
        for line in table.lines {
            let name = try line["role"]
            guard let role = Role(rawValue: name) else { throw line.fault("there is no role \(name)") }
            guard permissions[role] == nil else { throw line.fault("\(name) is there twice") }
            guard try line["name"] == role.czech, !(try line["description"]).isEmpty else {
                throw line.fault("\(name) is called \(role.czech) and needs a description")
            }
            let words = try line["permissions"].split(separator: " ").map(String.init)
            permissions[role] = Set(
                try words.map { word in
                    guard let permission = Permission(rawValue: word) else {
                        throw line.fault("there is no permission \(word)")
                    }
                    return permission
                }
            )
            guard permissions[role] == role.permissions else {
                let known = role.permissions.map(\.rawValue).sorted().joined(separator: " ")
                throw line.fault("this program gives \(name) \(known)")
            }
        }
        let missing = Role.allCases.filter { permissions[$0] == nil }.map(\.rawValue)
        guard missing.isEmpty else {
            throw CSV.Fault(file: file, line: 1, why: "\(missing.joined(separator: ", ")) missing")
        }
        self.permissions = permissions
    }
}
