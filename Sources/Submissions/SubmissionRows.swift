import Database
import Foundation
import Office
import Sealing

struct NewSubmission {
    let id: UUID
    let code: String
    let secretDigest: Digest
    let host: String
    let bodyDigest: Digest
    let filing: Filing
    let serviceName: String
    let regime: Regime
    let attachments: String
    let submitter: String
    let office: TenantName?
    let officeName: String
    let explanation: [String]
    let confirmation: ConfirmationRule
    let confirmBy: Day?
    let acceptedAt: Date
    let reachedAt: Date?
    let status: SubmissionStatus
}

struct NewDelivery {
    let id: UUID
    let recipient: TenantName
    let body: String
}

extension SubmissionLine {
    init(row: Row) throws {
        id = try row["id"]
        code = try row["code"]
        title = try row["title"]
        officeName = try row["office_name"]
        status = try row["status"]
        confirmBy = try row["confirm_by"]
        confirmedBy = try row["confirmed_by"]
        office = try row["office"]
        acceptedAt = try row["accepted_at"]
        reachedAt = try row["reached_at"]
    }
}

extension Submission {
    init(row: Row) throws {
        let read = JSONDecoder()
        id = try row["id"]
        code = try row["code"]
        host = try row["host"]
        serviceCode = try row["service_code"]
        serviceName = try row["service_name"]
        regime = try row["regime"]
        title = try row["title"]
        answers = try row["answers"]
        attachments = try read.decode(
            [AttachedFile].self,
            from: Data((try row["attachments"] as String).utf8)
        )
        submitter = try read.decode(Submitter.self, from: Data((try row["submitter"] as String).utf8))
        email = try row["email"]
        office = try row["office"]
        officeName = try row["office_name"]
        explanation = try row["explanation"]
        confirmation = try row["confirmation"]
        confirmBy = try row["confirm_by"]
        confirmedBy = try row["confirmed_by"]
        confirmedOn = try row["confirmed_on"]
        acceptedAt = try row["accepted_at"]
        reachedAt = try row["reached_at"]
        registeredAt = try row["registered_at"]
        status = try row["status"]
        referenceNumber = try row["reference_number"]
        assignee = try row["assignee"]
        filledDigest = try row["filled_digest"]
        filledBytes = try row["filled_bytes"]
    }
}
