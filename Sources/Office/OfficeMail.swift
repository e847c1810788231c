package import Foundation

/// The body of message `office.mail`: what an office answers to a person who asked for the answer by e-mail.
///
/// Unlike a notice to a person it carries the document's own text; nothing that must be served goes so. What goes to the
/// office's own clerks says only that something came.
package struct OfficeMail: Sendable, Codable, Equatable {
    package static let kind = "office.mail"

    package var documentID: UUID
    package var to: String
    package var subject: String
    package var text: String

    package init(documentID: UUID, to: String, subject: String, text: String) {
        (self.documentID, self.to, self.subject, self.text) = (documentID, to, subject, text)
    }
}
