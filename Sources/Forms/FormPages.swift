import Office
import Web

/// The office's own front page: what a person may want here.
struct OfficeFrontPage: Page {
    static let template = "office-front"
    let title: String
    let forms: [FormLink]
    let hasForms: Bool
    let formCount: Int
    let hasMore: Bool
    let notices: [FrontNotice]
    let hasNotices: Bool
    // Nil and not empty: an empty text would still open its section.
    let hours: String?
    let address: String?
    let email: String?
    let phone: String?
    let dataBox: String?
    let acceptedFormats: String?
    let carriers: String?
    let isBare: Bool
}

struct FormLink: Codable, Sendable {
    let title: String
    let lead: String
    let link: String
}

struct FormListPage: Page {
    static let template = "form-list"
    var title = "Formuláře"
    let query: String
    let forms: [FormLink]
    let isEmpty: Bool
    let foundNothing: Bool
    /// Offered where nothing was found: a submission is judged by its content (§ 37(1) of act 500/2004).
    let general: FormLink?
    /// The service that was asked for, where the office has no form for it.
    let formless: FormlessService?
    let regionLink: String
}

/// A matter without a form, and what to do with it all the same.
struct FormlessService: Codable, Sendable {
    let name: String
    let competence: String
    /// A submission is judged by its content, whatever form it comes on.
    let general: String?
    let isInPerson: Bool
    let hours: String?
    let address: String?
    let phone: String?
    let email: String?
    /// Where the region finds the competent office.
    let regionLink: String
}

struct FormIntroPage: Page {
    static let template = "form-intro"
    let title: String
    let code: String
    let lead: String
    let audience: String
    let bring: [String]
    let hasBring: Bool
    let competence: String?
    let duration: String
    let fee: String
    let counter: String
    let hours: String?
    let address: String?
    let confirmation: String
    let privacy: [PrivacyLine]
    let hasDraft: Bool
    let draftLink: String
}

struct PrivacyLine: Codable, Sendable {
    let name: String
    let value: String
}

struct FormFillPage: Page {
    static let template = "form-fill"
    let title: String
    let code: String
    let draft: String
    let window: String
    let sections: [SectionView]
    let errors: [FaultLine]
    let hasErrors: Bool
    let action: String
    let municipalities: [String]
    /// Nil on the one-page form.
    let step: Int?
    let stepText: String
    let stepCount: Int
    let hasBack: Bool
    let next: String
    let otherWay: String
    let refusal: String?
    /// Outlives a sign-in that ends while somebody types.
    let token: String
    let privacy: [PrivacyLine]
}

struct FaultLine: Codable, Sendable {
    let field: String
    let sentence: String
}

struct FormReviewPage: Page {
    static let template = "form-review"
    let title: String
    let form: String
    let code: String
    let draft: String
    let sections: [ReviewSection]
    let files: [String]
    let hasFiles: Bool
    let confirmation: String
    let edit: String
    /// Which office will get it and why; nil where only the region's desk can say.
    let office: String?
    /// It cannot get there yet.
    let isStranded: Bool
    let strandedLaw: String
    let reasons: [String]
    let token: String
    let privacy: [PrivacyLine]
}

struct ReviewSection: Codable, Sendable {
    struct Line: Codable, Sendable {
        let label: String
        let text: String
    }

    let title: String
    let edit: String
    let lines: [Line]
}

struct FormSettingsPage: Page {
    static let template = "form-settings"
    var title = "Formuláře"
    let forms: [FormSetting]
}

struct FormSetting: Codable, Sendable {
    let code: String
    let title: String
    let version: Int
    let isOn: Bool
    let since: String
    let by: String
}

struct FormPreviewPage: Page {
    static let template = "form-preview"
    let title: String
    let form: FormSetting
    let sections: [SectionView]
    let versions: [FormVersionLine]
}

/// A published version, newest first.
struct FormVersionLine: Codable, Sendable {
    let version: Int
    let published: String
    /// SHA-256 of the definition.
    let digest: String
    let isOffered: Bool
}
