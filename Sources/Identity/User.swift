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

/// An account as the region's administrator finds it.
struct UserLine: Sendable {
    let user: User
    let createdAt: Date
    /// Where they signed in and have not signed out; the offices' own sessions hang on these.
    let sessions: Int
}

/// What a person typed about themselves, judged.
enum AccountRules {
    /// What a new account is made of; throws everything that is wrong with it at once, in the order of the form.
    static func account(email: String, name: String, password: String) throws -> (email: String, name: String)
    {
        let kept = (email: EmailAddress(email)?.text, name: PersonName(name)?.text)
        let refused: [IdentityRefusal?] = [
            kept.name == nil ? .badName : nil, kept.email == nil ? .badEmail : nil,
            PasswordRules.fault(of: password, email: email, name: name).map { .weakPassword($0) },
        ]
        let all = refused.compactMap { $0 }
        guard all.isEmpty, let email = kept.email, let name = kept.name else {
            throw all.count == 1 ? all[0] : IdentityRefusal.severalAtOnce(all)
        }
        return (email, name)
    }
}

enum IdentityRefusal: Refusal, Equatable {
    case wrongPassword
    case tooManyAttempts
    case notVerified
    case badEmail
    case badName
    case weakPassword(PasswordFault)
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
        case .weakPassword(.short): "short-password"
        case .weakPassword: "weak-password"
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
        case .weakPassword(let fault): fault.czech
        case .codeUsed: "Odkaz už neplatí, nebo byl použit. Zkuste se přihlásit, nebo si nechte poslat nový."
        case .demoElsewhere: "Ukázkový účet tady přihlásit nelze."
        case .severalAtOnce(let faults): faults.map(\.czech).joined(separator: " ")
        }
    }

    var fields: [String: String] {
        switch self {
        case .wrongPassword, .notVerified: ["email": czech]
        case .badEmail: ["email": czech]
        case .badName: ["name": czech]
        case .weakPassword: ["password": czech]
        case .severalAtOnce(let faults):
            faults.reduce(into: [:]) { $0.merge($1.fields) { first, _ in first } }
        default: [:]
        }
    }
}
