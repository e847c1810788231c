import Files
import Office
import Sealing

/// Answers that satisfy their form: normal values, and what a person reads.
struct ValidAnswers: Sendable, Equatable {
    let code: String
    let version: Int
    /// Only of fields that are shown; rows of a group count from zero without gaps.
    let values: [String: [String]]
    let files: [StagedFile]
    let sections: [AnsweredSection]
    let meanings: [FormField.Meaning: String]
    let placesByCriterion: [TerritorialCriterion: AnsweredPlace]
}

/// A section as the review page, the print and the office show it.
struct AnsweredSection: Sendable, Equatable {
    let name: String
    let title: String
    let blocks: [AnsweredBlock]
}

/// Lines under one heading; the heading is empty for fields outside of repeated rows.
struct AnsweredBlock: Sendable, Equatable {
    let heading: String
    var lines: [AnsweredLine]
}

struct AnsweredLine: Sendable, Equatable {
    let name: String
    let label: String
    let text: String
}

/// Where in the region something lies, by the codes of RÚIAN; a place outside of it has neither code.
struct AnsweredPlace: Sendable, Equatable {
    let municipality: String?
    let part: String?
    let text: String
}

/// A file that was uploaded and waits for the form to be handed in.
struct StagedFile: Codable, Sendable, Equatable {
    let field: String
    let name: String
    let bytes: Int
    let type: MediaType
    let digest: Digest

    /// Names it among the files of one draft.
    var key: String { "\(field):\(digest.hex)" }
}

/// What is wrong with one answer, and what to do about it.
struct FieldFault: Sendable, Equatable {
    /// The name of the input, for example `dreviny.0.obvod` or `pobyt.obec`.
    let name: String
    let label: String
    let section: String
    let czech: String
}

enum FormVerdict: Sendable, Equatable {
    case valid(ValidAnswers)
    case faults([FieldFault])
}
