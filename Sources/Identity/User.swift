package import Foundation
import Office

/// A person with an account; one identity, whatever roles they have in offices.
package struct User: Sendable, Equatable {
    package let id: UUID
    package let email: String
    package let name: String
    let passwordHash: String?
    package let isVerified: Bool
    package let isRegionAdministrator: Bool
    package let isDemo: Bool
}

/// What a person typed about themselves, judged.
enum AccountRules {
    static let passwordShortest = 10
    static let passwordLongest = 200

    /// Lower case without spaces around, or nil when it cannot be an address.
    static func email(_ text: String) -> String? {
        let email = text.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let halves = email.split(separator: "@", omittingEmptySubsequences: false)
        guard halves.count == 2, !halves[0].isEmpty, halves[1].contains("."), email.utf8.count <= 254,
            !halves[1].hasPrefix("."), !halves[1].hasSuffix("."),
            email.unicodeScalars.allSatisfy({ $0.isASCII && !$0.properties.isWhitespace && $0.value > 0x20 })
        else { return nil }
        return email
    }

    static func name(_ text: String) -> String? {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
        return (2...100).contains(name.count) && !name.unicodeScalars.contains { $0.value < 0x20 }
            ? name : nil
    }

    /// What a new account is made of; throws everything that is wrong with it at once, in the order of the form.
    static func account(email: String, name: String, password: String) throws -> (email: String, name: String)
    {
        let kept = (email: Self.email(email), name: Self.name(name))
        let refused: [IdentityRefusal?] = [
            kept.name == nil ? .badName : nil, kept.email == nil ? .badEmail : nil,
            Self.password(password) ? nil : .shortPassword,
        ]
        let all = refused.compactMap { $0 }
        guard all.isEmpty, let email = kept.email, let name = kept.name else {
            throw all.count == 1 ? all[0] : IdentityRefusal.severalAtOnce(all)
        }
        return (email, name)
    }

    static func password(_ text: String) -> Bool {
        (passwordShortest...passwordLongest).contains(text.count)
    }
}

enum IdentityRefusal: Refusal, Equatable {
    case wrongPassword
    case tooManyAttempts
    case notVerified
    case badEmail
    case badName
    case shortPassword
    case codeUsed
    case demoElsewhere
    case severalAtOnce([IdentityRefusal])

    var kind: RefusalKind {
        switch self {
        case .tooManyAttempts: .tooMany
        case .codeUsed: .gone
        case .demoElsewhere: .forbidden
        default: .invalid
        }
    }

    var code: String {
        switch self {
        case .wrongPassword: "wrong-password"
        case .tooManyAttempts: "too-many-attempts"
        case .notVerified: "email-not-verified"
        case .badEmail: "bad-email"
        case .badName: "bad-name"
        case .shortPassword: "short-password"
        case .codeUsed: "code-used"
        case .demoElsewhere: "demo-account"
        case .severalAtOnce: "several-at-once"
        }
    }

    var czech: String {
        switch self {
        case .wrongPassword:
            "E-mail nebo heslo nesouhlasí. Zkontrolujte je, nebo si nechte poslat nové heslo."
        case .tooManyAttempts: "Příliš mnoho pokusů. Zkuste to prosím znovu za čtvrt hodiny."
        case .notVerified:
            "E-mail ještě není ověřený. Poslali jsme vám odkaz; otevřete ho prosím a pak se přihlaste."
        case .badEmail: "Napište e-mail ve tvaru jmeno@example.cz."
        case .badName: "Napište své jméno a příjmení."
        case .shortPassword:
            "Heslo musí mít aspoň \(AccountRules.passwordShortest) znaků. Hodí se několik slov za sebou."
        case .codeUsed: "Odkaz už neplatí, nebo byl použit. Zkuste se přihlásit, nebo si nechte poslat nový."
        case .demoElsewhere: "Ukázkový účet tady přihlásit nelze."
        case .severalAtOnce(let all): all.map(\.czech).joined(separator: " ")
        }
    }

    var fields: [String: String] {
        switch self {
        case .wrongPassword, .notVerified: ["email": czech]
        case .badEmail: ["email": czech]
        case .badName: ["name": czech]
        case .shortPassword: ["password": czech]
        case .severalAtOnce(let all):
            all.reduce(into: [:]) { fields, one in fields.merge(one.fields) { first, _ in first } }
        default: [:]
        }
    }
}
