import Web

struct SignInPage: Page {
    static let template = "sign-in"
    var title = "Přihlášení"
    let email: String
    let back: String
    let office: String
    let state: String
    let errors: [FieldFault]
    let hasErrors: Bool
}

struct FieldFault: Codable, Sendable {
    let field: String
    let sentence: String
}

extension [FieldFault] {
    var byField: [String: String] {
        Dictionary(map { ($0.field, $0.sentence) }, uniquingKeysWith: { first, _ in first })
    }
}

struct SignUpPage: Page {
    static let template = "sign-up"
    var title = "Založit účet"
    let email: String
    let name: String
    let errors: [FieldFault]
    /// The same by the name of the field at which they stand.
    let faults: [String: String]
    let hasErrors: Bool
}

struct ForgottenPage: Page {
    static let template = "forgotten-password"
    var title = "Zapomenuté heslo"
    let errors: [FieldFault]
    let hasErrors: Bool
}

struct NewPasswordPage: Page {
    static let template = "new-password"
    var title = "Nové heslo"
    let path: String
    let errors: [FieldFault]
    /// The same by the name of the field at which they stand.
    let faults: [String: String]
    let hasErrors: Bool
}

struct InvitationPage: Page {
    static let template = "invitation"
    let title: String
    let path: String
    let email: String
    let name: String
    let roles: String
    let needsPassword: Bool
    let errors: [FieldFault]
    /// The same by the name of the field at which they stand.
    let faults: [String: String]
    let hasErrors: Bool
}

struct AccountPage: Page {
    static let template = "account"
    var title = "Můj účet"
    let name: String
    let email: String
    let sessions: Int
    let isAdministrator: Bool
    let workplaces: [Workplace]
    let hasWorkplaces: Bool
}
