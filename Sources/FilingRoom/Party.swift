import Foundation
import Office

/// Somebody in the name register (§ 64(4) of act 499/2004).
struct Party: Sendable, Equatable {
    let id: UUID
    let kind: Submitter.Kind
    let name: String
    let birth: Day?
    let ico: String?
    let address: String
    let email: String
    let phone: String
    let dataBox: String
}

extension Submitter {
    /// What makes two records one person: the number of a company, else name with birth date, else name with
    /// address or e-mail; nil for those who cannot be told apart.
    var identity: String? {
        let name = searchable([self.name])
        if kind == .anonymous || name.isEmpty { return "nobody" }
        if let ico, !ico.isEmpty { return "ico \(ico)" }
        if let birthDate { return "born \(birthDate) \(name)" }
        if !address.isEmpty { return "at \(searchable([address])) \(name)" }
        if let email, !email.isEmpty { return "mail \(email.lowercased()) \(name)" }
        if let dataBox, !dataBox.isEmpty { return "box \(dataBox.lowercased())" }
        return nil
    }

    /// As it stands in the register.
    var registeredName: String {
        let trimmed = name.trimmingCharacters(in: .whitespacesAndNewlines)
        return kind == .anonymous || trimmed.isEmpty ? "neuvedeno" : trimmed
    }
}
