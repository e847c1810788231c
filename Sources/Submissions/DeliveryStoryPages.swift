import Foundation
import Messages
import Office
import Web

/// One message that waits: what it carries, what each try said, and what to do.
struct StoryPage: Page {
    struct Try: Codable, Sendable {
        let at: String
        let why: String
    }

    static let template = "delivery-story"
    let title: String
    let message: WaitingLine
    let isStuck: Bool
    let failures: [Try]
    /// Nil for what is not about a submission.
    let submission: StorySubmission?
    let advice: String
    let officeLink: String?
    /// Where the office is not connected.
    let handsOver: Bool

    init(
        _ message: WaitingLine,
        failures: [MessageStory.Failure],
        _ submission: Submission?,
        _ steps: [SubmissionStep],
        advice: String,
        officeLink: String?,
        handsOver: Bool
    ) {
        self.handsOver = handsOver
        title = submission.map { "Podání \($0.code)" } ?? "Zpráva pro \(message.to)"
        self.message = message
        isStuck = message.attempts > 0
        self.failures = failures.reversed().map { Try(at: $0.at?.czech ?? "", why: $0.why) }
        self.submission = submission.map { StorySubmission($0, steps, isStranded: handsOver) }
        self.advice = advice
        self.officeLink = officeLink
    }
}

/// What the region may know of a submission without reading its content.
struct StorySubmission: Codable, Sendable {
    let service: String
    let accepted: String
    let office: String
    let status: String
    let files: Int
    let explanation: [String]
    let steps: [StepLine]

    init(_ submission: Submission, _ steps: [SubmissionStep], isStranded: Bool) {
        service = submission.serviceName
        accepted = submission.acceptedAt.czech
        office = submission.officeName
        status = submission.shownStatus(isStranded: isStranded).czech
        files = submission.attachments.count
        explanation = submission.explanation
        self.steps = steps.map { step in
            StepLine(
                at: step.shownAt,
                office: step.office,
                status: step.czech,
                meaning: "",
                note: step.note,
                isNow: false,
                isNext: false
            )
        }
    }
}

/// Handing over by other means what waits for an office that is not connected.
struct HandOverPage: Page {
    struct Way: Codable, Sendable {
        let value: String
        let name: String
        let isChosen: Bool
    }

    static let template = "hand-over"
    let title: String
    let id: String
    let code: String
    let files: [AttachmentLine]
    let ways: [Way]
    let day: String
    let reference: String
    let errors: [TrackingFault]
    let hasErrors: Bool
    let wayError: String?
    let dayError: String?
    let referenceError: String?

    init(
        _ submission: Submission,
        message: String,
        _ form: HandOver.Form,
        _ faults: [String: String],
        today: Day
    ) {
        title = "Předat podání úřadu: \(submission.officeName)"
        id = message
        code = submission.code
        files = submission.attachments.map {
            AttachmentLine(name: $0.name, size: byteSize($0.bytes), digest: $0.digest)
        }
        ways = HandOver.Way.allCases.map {
            Way(value: $0.rawValue, name: $0.czech, isChosen: $0.rawValue == form.way)
        }
        day = form.day ?? today.description
        reference = form.reference ?? ""
        errors = ["way", "day", "reference"].compactMap { field in
            faults[field].map { TrackingFault(field: field, sentence: $0) }
        }
        hasErrors = !faults.isEmpty
        wayError = faults["way"]
        dayError = faults["day"]
        referenceError = faults["reference"]
    }
}
