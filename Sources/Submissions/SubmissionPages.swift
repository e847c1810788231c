import Foundation
import Office
import Web

/// Receipt and way of a submission in one: what a person with code and secret sees.
struct SubmissionPage: Page {
    static let template = "submission"
    let title: String
    let code: String
    let secret: String
    let path: String
    let trackedAt: String
    let isNew: Bool
    let accepted: String
    let service: String
    let office: String
    /// Where to bring the signed form and when; nil where the office does not say it here.
    let contact: String?
    /// Of the office.
    let dataBox: String?
    /// Empty where the form asks for no name.
    let submitter: String
    let reference: String?
    let assignee: String?
    let status: String
    let meaning: String
    /// By when the office should act.
    let deadline: String?
    let isFinal: Bool
    let isGood: Bool
    let isWaiting: Bool
    let explanation: [String]
    let times: [TimeLine]
    let steps: [StepLine]
    let needsConfirmation: Bool
    let confirmBy: String
    let confirmationLaw: String
    let confirmed: String?
    let digest: String
    let files: [AttachmentLine]
    let hasFiles: Bool
    let waitsForRegion: Bool
    let isStranded: Bool
    /// Its office can take it in and has not got it yet.
    let isOnTheWay: Bool
    let strandedLaw: String
    let confirmsLater: Bool
    let payment: PaymentBox?
}

/// What the person owes, as the books have it now.
struct PaymentBox: Codable, Sendable {
    let rest: String
    let due: String
    let isLate: Bool
    let isPaid: Bool
    let link: String

    /// Nil where the prescription was cancelled.
    init?(_ fee: FeeState, link: String, today: Day) {
        guard !fee.isCancelled else { return nil }
        rest = fee.rest.czech
        due = fee.due.czech
        isPaid = fee.rest.hellers == 0
        isLate = fee.due < today && !isPaid
        self.link = link
    }
}

/// Where and how an office is reached, as a receipt says it.
struct OfficeContact: Sendable, Equatable {
    let place: String?
    let dataBox: String?

    /// Lines of the hours stand side by side.
    init(address: String, hours: String, dataBox: String) {
        let lines = hours.split(whereSeparator: \.isNewline)
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        let hours = lines.joined(separator: "; ").replacing("; a ", with: " a ")
        let open = hours.isEmpty ? "" : "; úřední hodiny: \(hours)"
        place = address.isEmpty ? nil : address + open
        self.dataBox = dataBox.isEmpty ? nil : dataBox
    }
}

struct AttachmentLine: Codable, Sendable {
    let name: String
    let size: String
    let digest: String
}

struct TimeLine: Codable, Sendable {
    let name: String
    let value: String
}

struct StepLine: Codable, Sendable {
    let at: String
    let office: String
    let status: String
    let meaning: String
    let note: String
    var link = ""
    let isNow: Bool
    let isNext: Bool
}

struct TrackingPage: Page {
    static let template = "tracking"
    var title = "Kde je moje podání"
    let code: String
    let errors: [TrackingFault]
    let hasErrors: Bool
}

struct TrackingFault: Codable, Sendable {
    let field: String
    let sentence: String
}

struct OwnSubmissionsPage: Page {
    static let template = "own-submissions"
    var title = "Moje podání"
    let lines: [OwnLine]
    let isEmpty: Bool
    let next: String?
}

struct OwnLine: Codable, Sendable {
    let title: String
    let link: String
    let code: String
    let office: String
    let status: String
    let isWaiting: Bool
    let accepted: String
}

/// What waits between the region and the offices, for the administrators.
struct DeliveriesPage: Page {
    static let template = "deliveries"
    var title = "Doručování podání"
    let waiting: [WaitingLine]
    let isCalm: Bool
    /// Something was tried in vain.
    let hasStuck: Bool
    let undecided: [OwnLine]
    let hasUndecided: Bool
    let next: String?
}

struct WaitingLine: Codable, Sendable {
    let id: String
    let kind: String
    let from: String
    let to: String
    let since: String
    let attempts: Int
    let nextAttempt: String
    let reason: String
}

struct UndecidedPage: Page {
    static let template = "undecided"
    let title: String
    let id: String
    let code: String
    let accepted: String
    let service: String
    let submitter: String
    let files: Int
    let explanation: [String]
    let offices: [String]
    let office: String
    let reason: String
    let errors: [TrackingFault]
    let hasErrors: Bool
}
