import Office
import Web

struct NewMailPage: Page {
    static let template = "new-mail"
    let title: String
    let action: String
    let caseMark: String?
    let caseLink: String
    /// Nothing can be added before it is opened again, which may be the person's to do.
    let isClosed: Bool
    let reopens: String?
    let meanings: [Choice]
    /// Whether a day long ago is to be confirmed, or was.
    let asksSure: Bool
    let isSure: Bool
    /// Of an e-mail, whether it was signed.
    let signatures: [Choice]
    let form: MailFields
    let kinds: [Choice]
    let channels: [Choice]
    let services: [Choice]
    let regimes: [Choice]
    let kept: [KeptScan]
    let hasKept: Bool
    let errors: [FilingFault]
    /// The same by the name of the field at which they stand.
    let faults: [String: String]
    let hasErrors: Bool
}

struct MailFields: Codable, Sendable {
    let subject: String
    let sender: String
    let senderPlaceholder: String
    let birthDate: String
    let ico: String
    let address: String
    let email: String
    let dataBox: String
    let day: String
    let time: String
    let sheets: String
    let paperAttachments: String
    let otherAttachments: String
    let senderReference: String
}

struct KeptScan: Codable, Sendable {
    let line: String
    let name: String
    let size: String
}
