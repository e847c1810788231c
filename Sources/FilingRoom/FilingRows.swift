import Database
import Foundation
import Office

struct NewCaseFile {
    let id: UUID
    let mark: String
    let title: String
    let serviceCode: String
    let regime: Regime
    let planCode: String?
    let opened: Day
    let due: Day?
    let dueLaw: String
    let assignee: UUID?
    let routing: String
    let submissionID: UUID?
    let submissionCode: String?
    let confirmation: ConfirmationRule
    let confirmBy: Day?
    let hop: Int
    let referredFrom: String?
}

struct NewDocument {
    let id: UUID
    let caseFileID: UUID
    let year: Int
    let number: Int
    let identifier: String
    let referenceNumber: String
    let direction: String
    let subject: String
    let senderID: UUID?
    let channel: Channel
    let receivedAt: Date
    var stamp = FilingStamp()
    var isSecret = false
    var kind = ""
    var author: UUID?
    var answers = "{}"
    /// Folded text that searching finds it by.
    let searched: String
    let files: [AttachedFile]
}

/// What the filing stamp says beside office, time and identifier (§ 3(3) of decree 259/2012).
struct FilingStamp: Sendable, Equatable {
    var sheets: Int?
    var paperAttachments: Int?
    /// Attachments that are not paper, with what they are.
    var otherAttachments = ""
    var senderReference = ""
}

struct Document: Sendable {
    let id: UUID
    let caseFileID: UUID
    let year: Int
    let number: Int
    let identifier: String
    let referenceNumber: String
    let isIncoming: Bool
    let subject: String
    let channel: String
    let receivedAt: Date
    let kind: String
    let dispatched: Day?
    let dispatchedBy: String?
    /// The day on which it first went out; of a decision that is its issue (§ 71(2) of act 500/2004).
    let issued: Day?
    let delivered: Day?
    let deliveredBy: DeliveryWay?
    let deliveryProof: String?
    let noticeID: UUID?
    let returned: Day?
    let returnedWhy: String
    let stamp: FilingStamp
    let isSecret: Bool
    let answers: String
    /// Made out and taken back before it went out.
    let cancelled: Day?
    /// Where it was sent, if not where its addressee is known to be.
    let sentTo: String
    /// It could not reach anybody, and need not.
    let abandoned: Day?
    let abandonedWhy: String
    /// Since when it is in legal force, and why.
    let inForce: Day?
    let forceGround: ForceGround?
    /// Where that a party waived the appeal, or that the appeal was decided, is written.
    let forceProof: String
    let senderID: UUID?
    let sender: String?
    let senderKind: Submitter.Kind?
    let senderBirthDate: Day?
    let senderICO: String?
    let senderAddress: String?
    let senderEmail: String?
    let senderDataBox: String?
}

struct Component: Sendable {
    let documentID: UUID
    let file: AttachedFile
}

struct RegisterLine: Sendable {
    let caseFileID: UUID
    let year: Int
    let number: Int
    let referenceNumber: String
    let isIncoming: Bool
    let subject: String
    let channel: String
    let receivedAt: Date
    let kind: String
    let sender: String?
    let isSettled: Bool
    let isCancelled: Bool
    /// A tax file, shown to somebody who may not know of it: the number alone.
    let isHidden: Bool
}

/// What is known of the office's own documents in a case file.
struct LetterSum: Sendable, Equatable {
    var undispatched = 0
    /// On their way, with a delivery that is still to be proved.
    var undelivered = 0
    /// Delivered, or sent where nothing has to be proved.
    var delivered = 0
    /// Something of the file hangs on the board.
    var hangs = false
    /// When the last decision was delivered that is not known to be in force.
    var decided: Day?
    /// When the first decision was handed over for delivery, whatever became of it.
    var issued: Day?
}

struct PlanEntry: Sendable {
    let code: String
    let title: String
    let sign: String
    let years: Int
}

extension Document {
    init(row: Row) throws {
        id = try row["id"]
        caseFileID = try row["case_file_id"]
        year = try row["year"]
        number = try row["number"]
        identifier = try row["identifier"]
        referenceNumber = try row["reference_number"]
        isIncoming = try row["direction"] as String == "incoming"
        subject = try row["subject"]
        channel = try row["channel"]
        receivedAt = try row["received_at"]
        kind = try row["kind"]
        dispatched = try row["dispatched_on"]
        dispatchedBy = try row["dispatched_by"]
        issued = try row["issued_on"]
        delivered = try row["delivered_on"]
        deliveredBy = (try row["delivered_by"] as String?).flatMap(DeliveryWay.init)
        deliveryProof = try row["delivery_proof"]
        noticeID = try row["notice_id"]
        returned = try row["returned_on"]
        returnedWhy = try row["returned_why"]
        stamp = FilingStamp(
            sheets: try row["sheets"],
            paperAttachments: try row["paper_attachments"],
            otherAttachments: try row["other_attachments"],
            senderReference: try row["sender_reference"]
        )
        isSecret = try row["is_secret"]
        answers = try row["answers"]
        cancelled = try row["cancelled_on"]
        sentTo = try row["sent_to"] as String? ?? ""
        abandoned = try row["abandoned_on"]
        abandonedWhy = try row["abandoned_why"] as String? ?? ""
        inForce = try row["final_on"]
        forceGround = (try row["final_by"] as String?).flatMap(ForceGround.init)
        forceProof = try row["final_proof"] as String? ?? ""
        senderID = try row["sender_id"]
        sender = try row["sender"]
        senderKind = (try row["sender_kind"] as String?).flatMap(Submitter.Kind.init)
        senderBirthDate = try row["sender_birth_date"]
        senderICO = try row["sender_ico"]
        senderAddress = try row["sender_address"]
        senderEmail = try row["sender_email"]
        senderDataBox = try row["sender_data_box"]
    }
}

extension RegisterLine {
    init(row: Row) throws {
        caseFileID = try row["case_file_id"]
        year = try row["year"]
        number = try row["number"]
        referenceNumber = try row["reference_number"]
        isIncoming = try row["direction"] as String == "incoming"
        subject = try row["subject"]
        channel = try row["channel"]
        receivedAt = try row["received_at"]
        kind = try row["kind"]
        sender = try row["sender"]
        isSettled = try row["is_settled"]
        isCancelled = try row["is_cancelled"]
        isHidden = try row["is_hidden"]
    }
}

extension CaseFile {
    init(row: Row) throws {
        id = try row["id"]
        mark = try row["mark"]
        title = try row["title"]
        serviceCode = try row["service_code"]
        regime = try row["regime"]
        planCode = try row["plan_code"]
        opened = try row["opened_on"]
        due = try row["due_on"]
        dueLaw = try row["due_law"]
        assignee = try row["assignee"]
        taken = try row["taken_on"]
        routing = try row["routing"]
        submissionID = try row["submission_id"]
        submissionCode = try row["submission_code"]
        confirmation = try row["confirmation"]
        confirmBy = try row["confirm_by"]
        confirmedBy = try row["confirmed_by"]
        confirmedOn = try row["confirmed_on"]
        settled = try row["settled_on"]
        settledHow = try row["settled_how"]
        closed = try row["closed_on"]
        paused = try row["paused_on"]
        pausedDays = try row["paused_days"]
        extended = try row["extended_on"]
        extendedDays = try row["extended_days"]
        extendedWhy = try row["extended_why"]
        hop = try row["hop"]
        referredFrom = try row["referred_from"]
        referredTo = try row["referred_to"]
        feeID = try row["fee_id"]
    }
}

/// The words that searching finds a document by, parted as a query is: `OBEC 12/2026` is found by any of them.
func searchable(_ texts: String...) -> String {
    folded(texts.joined(separator: " ")).split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
}
