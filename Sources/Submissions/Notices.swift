import Database
import Foundation
package import Office
package import Sealing
package import Web

/// Letters about a submission: what happened, what to do and where to look, never the content of the case.
package struct Notices: Sendable {
    private let mail: any MailDesk
    private let hosts: Hosts
    private let key: HMACKey

    package init(mail: any MailDesk, hosts: Hosts, key: HMACKey) {
        self.mail = mail
        self.hosts = hosts
        self.key = key
    }

    /// `confirmBy` is set while the submission still waits for its confirmation.
    func tell(
        _ news: News,
        of submission: Submission,
        office: String,
        reference: String?,
        confirmBy: Day?,
        confirmsLater: Bool = false,
        duties: Duties = Duties(),
        in region: RegionTransaction
    ) {
        guard let email = submission.email else { return }
        let letter = Letter(
            news,
            office: office,
            reference: reference,
            code: submission.code,
            confirmBy: confirmBy,
            confirmsLater: confirmsLater,
            duties: duties,
            link: link(submission.id, submission.code)
        )
        mail.queue(letter.draft(to: email, of: submission.office), in: region)
    }

    /// A repeat, which was not kept, gets no letter; a stranded one waits for an office that cannot have it yet.
    func tellAccepted(
        _ new: NewSubmission,
        isStranded: Bool,
        to email: String,
        in region: RegionTransaction
    ) {
        let letter = Letter(
            isStranded ? .stranded : .accepted,
            office: new.officeName,
            reference: nil,
            code: new.code,
            confirmBy: new.reachedAt == nil ? nil : new.confirmBy,
            confirmsLater: new.reachedAt == nil && new.confirmBy != nil,
            link: link(new.id, new.code)
        )
        mail.queue(letter.draft(to: email, of: new.office), when: SubmissionStore.isKept(new.id), in: region)
    }

    private func link(_ id: UUID, _ code: String) -> String {
        "\(hosts.regionURL)/podani/\(code)/\(key.trackingSecret(of: id).text)"
    }
}

/// One letter as it is written.
struct Letter: Sendable, Equatable {
    let subject: String
    let text: String

    init(
        _ news: News,
        office: String,
        reference: String?,
        code: String,
        confirmBy: Day?,
        confirmsLater: Bool = false,
        duties: Duties = Duties(),
        link: String
    ) {
        let sender = office.isEmpty ? "Podatelna kraje" : office
        subject = "\(sender): \(news.headline) (\(reference.map { "č. j. \($0)" } ?? "podání \(code)"))"
        var tasks = news.task.map { [$0] } ?? duties.tasks
        if let confirmBy {
            tasks.append("Podání ještě potvrďte, nejpozději \(confirmBy.czech): \(Self.means)")
        }
        // Nothing can be confirmed before an office has it (§ 37(4) and (6) of act 500/2004).
        if confirmsLater {
            tasks.append(
                "Až podání úřadu dojde, napíšeme vám; do 5 dnů od toho dne ho potvrďte: \(Self.means)"
            )
        }
        let number = reference.map { "\nČíslo jednací: \($0)" } ?? ""
        text = """
            Dobrý den,

            \(news.sentence)
            \(tasks.isEmpty ? "Nemusíte nic dělat." : tasks.joined(separator: "\n"))

            Podrobnosti: \(link)

            Úřad: \(sender)\(number)
            Kód podání: \(code)

            S pozdravem
            virtuální úřady kraje

            Tato zpráva je jen upozornění, úřad jí nic nedoručuje.
            """
    }

    private static let means = "podepsaným výtiskem, osobně na úřadě, nebo z vlastní datové schránky."

    func draft(to email: String, of office: TenantName?) -> MailDraft {
        MailDraft(to: email, subject: subject, text: text, office: office)
    }
}
