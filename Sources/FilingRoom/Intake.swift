import Database
import Foundation
import Office

/// Something that came to the office, by whatever way, before it has a number.
struct Intake: Sendable {
    var sender: Submitter
    var title: String
    var means: ArrivalMeans
    var cameAt: Date
    var senderNumber = ""
    var isPaper = false
    var sheets = 0
    var enclosures = ""
    var serviceCode: String
    var serviceName: String
    var regime: Regime
    var explanation: [String] = []
    var answers = ""
    var confirmBy: Day?
    var submissionID: UUID?
    var submissionCode = ""
    /// The first is the document itself.
    var files: [AttachedFile] = []

    /// The register's year is Prague's year of receipt.
    var year: Int { Day(of: cameAt).year }
}

extension Intake {
    init(_ delivery: Delivery) {
        self.init(
            sender: delivery.submitter,
            title: delivery.title,
            means: .web,
            cameAt: delivery.reachedAt,
            serviceCode: delivery.serviceCode,
            serviceName: delivery.serviceName,
            regime: delivery.regime,
            explanation: delivery.explanation,
            answers: delivery.answers,
            confirmBy: delivery.confirmation == .withinFiveDays ? delivery.confirmBy : nil,
            submissionID: delivery.submissionID,
            submissionCode: delivery.code,
            files: [delivery.filledForm] + delivery.attachments
        )
    }

    func document(in caseFile: UUID, party: UUID, by registrar: String) -> NewDocument {
        NewDocument(
            caseFileID: caseFile,
            direction: .incoming,
            means: means,
            title: title,
            partyID: party,
            partyName: sender.registeredName,
            senderNumber: senderNumber,
            cameAt: cameAt,
            registeredBy: registrar,
            isPaper: isPaper,
            sheets: sheets,
            enclosures: enclosures,
            answers: answers,
            searched: [serviceName, submissionCode, sender.address] + files.dropFirst().map(\.name)
        )
    }

    func addFiles(to document: UUID, in tenant: TenantTransaction) throws {
        for (index, file) in files.enumerated() {
            try RegisterStore.addFile(
                file,
                index == 0 ? .main : .enclosure,
                ordinal: index + 1,
                to: document,
                in: tenant
            )
        }
    }
}
