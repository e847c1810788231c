package import Database
package import Foundation

/// Who hands something in, with the particulars of § 37(2) of act 500/2004 as far as the form asks for them.
package struct Submitter: Sendable, Codable, Equatable {
    package enum Kind: String, Sendable, Codable, CaseIterable {
        case person, entrepreneur, legalPerson, anonymous
    }

    package var kind: Kind
    package var name: String
    package var birthDate: Day?
    package var ico: String?
    package var address: String
    package var email: String?
    package var phone: String?
    package var dataBox: String?

    package init(
        kind: Kind,
        name: String,
        birthDate: Day? = nil,
        ico: String? = nil,
        address: String = "",
        email: String? = nil,
        phone: String? = nil,
        dataBox: String? = nil
    ) {
        self.kind = kind
        self.name = name
        self.birthDate = birthDate
        self.ico = ico
        self.address = address
        self.email = email
        self.phone = phone
        self.dataBox = dataBox
    }
}

/// A file in the store of its owner, as a record names it.
///
/// `digest` is SHA-256 in 64 hexadecimal digits.
package struct AttachedFile: Sendable, Codable, Equatable {
    package let digest: String
    package let name: String
    package let mediaType: String
    package let bytes: Int

    package init(digest: String, name: String, mediaType: String, bytes: Int) {
        self.digest = digest
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}

/// A municipality and, where it was given, its part; codes of RÚIAN.
package struct Place: Sendable, Codable, Hashable {
    package let municipality: String
    package let part: String?

    package init(municipality: String, part: String? = nil) {
        self.municipality = municipality
        self.part = part
    }
}

/// The territorial criteria of § 11 of act 500/2004.
package enum TerritorialCriterion: String, Sendable, Codable, CaseIterable, SQLCodable {
    case residence, seat, placeOfBusiness, realEstate, placeOfActivity
}

/// A filled and validated form on its way in.
package struct Filing: Sendable {
    /// On whose host it was handed in; nil on the region's.
    package var host: TenantName?
    package var formCode: String
    package var formDigest: String
    package var serviceCode: String
    package var title: String
    /// Canonical JSON of the valid answers.
    package var answers: String
    /// The filled form as canonical HTML: it is kept in the row of the submission, so that accepting writes no file.
    package var filledForm: [UInt8]
    package var attachments: [AttachedFile]
    package var submitter: Submitter
    package var places: [TerritorialCriterion: Place]
    /// The office the person chose, where the service lets them choose.
    package var chosenOffice: TenantName?
    /// 128 bits issued with the form.
    package var idempotencyKey: [UInt8]
    package var userID: UUID?

    package init(
        host: TenantName?,
        formCode: String,
        formDigest: String,
        serviceCode: String,
        title: String,
        answers: String,
        filledForm: [UInt8],
        attachments: [AttachedFile],
        submitter: Submitter,
        places: [TerritorialCriterion: Place],
        chosenOffice: TenantName?,
        idempotencyKey: [UInt8],
        userID: UUID?
    ) {
        self.host = host
        self.formCode = formCode
        self.formDigest = formDigest
        self.serviceCode = serviceCode
        self.title = title
        self.answers = answers
        self.filledForm = filledForm
        self.attachments = attachments
        self.submitter = submitter
        self.places = places
        self.chosenOffice = chosenOffice
        self.idempotencyKey = idempotencyKey
        self.userID = userID
    }
}

/// What the person keeps: with code and secret they can follow the submission without an account.
package struct FilingReceipt: Sendable, Equatable {
    package let submissionID: UUID
    package let code: String
    package let secret: String
    package let acceptedAt: Date

    package init(submissionID: UUID, code: String, secret: String, acceptedAt: Date) {
        self.submissionID = submissionID
        self.code = code
        self.secret = secret
        self.acceptedAt = acceptedAt
    }

    /// Where the receipt is shown, on the region's and on every office's host.
    package var path: String { "/podani/\(code)/\(secret)" }
}

/// Accepts filled forms: durably, once for each key, without waiting for any office.
///
/// The same key with another body throws a refusal of kind `conflict`.
package protocol SubmissionDesk: Sendable {
    func accept(_ filing: Filing) async throws -> FilingReceipt
    /// False where a submission has to wait: the office has no filing room here and no system of its own connected.
    func reaches(_ office: TenantName) async throws -> Bool
}

/// The body of message `submission.delivered`: a submission handed to the competent office.
package struct Delivery: Sendable, Codable, Equatable {
    package static let kind = "submission.delivered"

    package var submissionID: UUID
    package var code: String
    package var serviceCode: String
    package var serviceName: String
    package var regime: Regime
    package var title: String
    package var submitter: Submitter
    package var answers: String
    package var filledForm: AttachedFile
    package var attachments: [AttachedFile]
    package var acceptedAt: Date
    package var reachedAt: Date
    /// Why this office: sentences a person can read.
    package var explanation: [String]
    package var confirmation: ConfirmationRule
    /// The last day on which an unconfirmed submission can still be confirmed.
    package var confirmBy: Day?
    /// How often it was referred before; nil is never.
    package var hop: Int?
    /// The office that referred it here.
    package var referredFrom: String?

    package init(
        submissionID: UUID,
        code: String,
        serviceCode: String,
        serviceName: String,
        regime: Regime,
        title: String,
        submitter: Submitter,
        answers: String,
        filledForm: AttachedFile,
        attachments: [AttachedFile],
        acceptedAt: Date,
        reachedAt: Date,
        explanation: [String],
        confirmation: ConfirmationRule,
        confirmBy: Day?,
        hop: Int? = nil,
        referredFrom: String? = nil
    ) {
        self.submissionID = submissionID
        self.code = code
        self.serviceCode = serviceCode
        self.serviceName = serviceName
        self.regime = regime
        self.title = title
        self.submitter = submitter
        self.answers = answers
        self.filledForm = filledForm
        self.attachments = attachments
        self.acceptedAt = acceptedAt
        self.reachedAt = reachedAt
        self.explanation = explanation
        self.confirmation = confirmation
        self.confirmBy = confirmBy
        self.hop = hop
        self.referredFrom = referredFrom
    }
}

/// The body of message `submission.referred`: an office that is not competent hands it on.
///
/// § 12 of act 500/2004, § 75 of act 280/2009; once referred, it goes on only with the superior's consent.
package struct ReferralOrder: Sendable, Codable, Equatable {
    package static let kind = "submission.referred"

    package var submissionID: UUID
    /// Of the new office: `m_563510`.
    package var office: String
    package var at: Date
    package var reason: String
    /// The number of the resolution by which it is referred.
    package var resolution: String
    /// The number of the superior's consent.
    package var consent: String?

    package init(
        submissionID: UUID,
        office: String,
        at: Date,
        reason: String,
        resolution: String,
        consent: String?
    ) {
        self.submissionID = submissionID
        self.office = office
        self.at = at
        self.reason = reason
        self.resolution = resolution
        self.consent = consent
    }
}

/// The body of message `submission.status`: an office tells the region how far it is.
package struct StatusReport: Sendable, Codable, Equatable {
    package static let kind = "submission.status"

    package var submissionID: UUID
    package var status: SubmissionStatus
    package var event: SubmissionEvent?
    package var at: Date
    package var referenceNumber: String?
    /// The clerk or the function that has it, as the person may see it.
    package var assignee: String?
    /// A sentence for the person; never the content of the case.
    package var note: String?
    /// Set when the office recorded that the submission was confirmed.
    package var confirmedBy: ConfirmationMeans?
    /// The day on which it came.
    package var confirmedOn: Day?
    package var deadline: Day?
    /// Where the person can do something about it, such as pay.
    package var link: String?

    package init(
        submissionID: UUID,
        status: SubmissionStatus,
        event: SubmissionEvent? = nil,
        at: Date,
        referenceNumber: String? = nil,
        assignee: String? = nil,
        note: String? = nil,
        confirmedBy: ConfirmationMeans? = nil,
        confirmedOn: Day? = nil,
        deadline: Day? = nil,
        link: String? = nil
    ) {
        self.submissionID = submissionID
        self.status = status
        self.event = event
        self.at = at
        self.referenceNumber = referenceNumber
        self.assignee = assignee
        self.note = note
        self.confirmedBy = confirmedBy
        self.confirmedOn = confirmedOn
        self.deadline = deadline
        self.link = link
    }
}

/// The body of message `submission.lapsed`: nobody confirmed it in time, so it is closed by record.
package struct SubmissionLapsed: Sendable, Codable, Equatable {
    package static let kind = "submission.lapsed"

    package let submissionID: UUID
    package let lastDay: Day

    package init(submissionID: UUID, lastDay: Day) {
        self.submissionID = submissionID
        self.lastDay = lastDay
    }
}

/// An office's own filing room, as the region's courier sees it: registers what is delivered, once.
package protocol FilingDesk: Sendable {
    func register(_ delivery: Delivery, message: IncomingMessage, at tenant: TenantName) async throws
}
