package import Database
import Foundation
package import Messages
package import Office
package import Sealing

/// The region's registry: accepts what people hand in, once and durably, and never waits for an office.
package struct Counter: SubmissionDesk {
    private let database: Database
    private let register: any OfficeRegister
    private let key: HMACKey
    private let bell: Bell
    private let acceptances: Gathering<Acceptance, Bool>
    private let hosts: @Sendable (TenantName?) -> String

    /// `notices` tells people who gave an e-mail that it was accepted.
    package init(
        database: Database,
        register: any OfficeRegister,
        key: HMACKey,
        bell: Bell,
        notices: Notices? = nil
    ) {
        acceptances = Gathering { try await Self.keep($0, telling: notices, in: database) }
        self.database = database
        self.register = register
        self.key = key
        self.bell = bell
        hosts = { $0?.rawValue ?? "region" }
    }

    package func accept(_ filing: Filing) async throws -> FilingReceipt {
        let now = Date()
        let today = Day(of: now)
        let finding = try await register.competentOffice(
            for: CompetenceQuestion(
                serviceCode: filing.serviceCode,
                places: filing.places,
                chosen: filing.chosenOffice ?? filing.host,
                day: today
            )
        )
        var office: TenantName?
        var isHosted = false
        if case .office(let name) = finding.outcome {
            office = name
            isHosted = try await register.hasFilingRoom(name)
        }
        let id = UUID.v7()
        let code = ReadableCode.random().description
        let confirmation = finding.service.confirmation
        let confirmBy = confirmation == .withinFiveDays ? confirmationEnd(accepted: today) : nil
        // A hosted office's registry is the region: what reached one has reached the other (§ 37(6)).
        let reached = isHosted ? now : nil
        let new = NewSubmission(
            id: id,
            code: code,
            secretDigest: secret(of: id).digest,
            host: hosts(filing.host),
            bodyDigest: filing.bodyDigest,
            filing: filing,
            serviceName: finding.service.name,
            regime: finding.service.regime,
            attachments: filing.attachments.isEmpty ? "[]" : try text(filing.attachments),
            submitter: try text(filing.submitter),
            office: office,
            officeName: finding.officeName ?? "",
            explanation: finding.explanation,
            confirmation: confirmation,
            confirmBy: confirmBy,
            acceptedAt: now,
            reachedAt: reached,
            status: confirmBy == nil ? .received : .awaitingConfirmation
        )
        var delivery: NewDelivery?
        if let office {
            let message = try Message(
                to: .office(office),
                about: id,
                ordinal: 1,
                kind: Delivery.kind,
                body: Delivery(new, filledDigest: Digest(of: filing.filledForm).hex)
            )
            delivery = NewDelivery(id: message.id, recipient: office, body: message.body)
        }
        var isStranded = false
        if let office, !isHosted { isStranded = try await !reaches(office) }
        let acceptance = Acceptance(new: new, delivery: delivery, isStranded: isStranded)
        if try await acceptances.outcome(of: acceptance) {
            bell.ring()
            return FilingReceipt(submissionID: id, code: code, secret: secret(of: id).text, acceptedAt: now)
        }
        return try await earlier(new)
    }

    package func reaches(_ office: TenantName) async throws -> Bool {
        if try await register.hasFilingRoom(office) { return true }
        return try await database.region { try await SubmissionStore.isConnected(office, in: $0) }
    }

    /// What is accepted in one statement, with the letter that says so.
    private struct Acceptance: Sendable {
        let new: NewSubmission
        let delivery: NewDelivery?
        let isStranded: Bool

        /// Always taken in this order, so that two transactions with the same two keys cannot block each other.
        static func isBefore(_ one: Self, _ other: Self) -> Bool {
            let (key, otherKey) = (one.new.filing.idempotencyKey, other.new.filing.idempotencyKey)
            return key == otherKey ? one.new.host < other.new.host : key.lexicographicallyPrecedes(otherKey)
        }
    }

    /// True for those that are new; nothing waits inside, so that the whole transaction is one flush.
    private static func keep(_ all: [Acceptance], telling notices: Notices?, in database: Database)
        async throws -> [Bool]
    {
        let order = all.indices.sorted { Acceptance.isBefore(all[$0], all[$1]) }
        let made = try await database.region { region in
            order.map { index in
                let one = all[index]
                let made = SubmissionStore.accept(one.new, delivery: one.delivery, in: region)
                if let email = one.new.filing.submitter.email {
                    notices?.tellAccepted(one.new, isStranded: one.isStranded, to: email, in: region)
                }
                return made
            }
        }
        var isNew = Array(repeating: false, count: all.count)
        for (index, answer) in zip(order, made) { isNew[index] = try answer.first != nil }
        return isNew
    }

    /// A double click, a retry, the back button: the same receipt; another body is a conflict.
    private func earlier(_ new: NewSubmission) async throws -> FilingReceipt {
        let found = try await database.region { region in
            try await SubmissionStore.earlier(host: new.host, key: new.filing.idempotencyKey, in: region)
        }
        guard let found, found.bodyDigest == new.bodyDigest.bytes else { throw SubmissionRefusal.keyReused }
        return FilingReceipt(
            submissionID: found.id,
            code: found.code,
            secret: secret(of: found.id).text,
            acceptedAt: found.acceptedAt
        )
    }

    /// Derived from the id, so that a repeat shows the same; only its digest is stored.
    func secret(of id: UUID) -> ReadableSecret { key.trackingSecret(of: id) }

    private func text(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }
}

extension HMACKey {
    /// Opens a submission together with its code.
    func trackingSecret(of id: UUID) -> ReadableSecret {
        ReadableSecret(derivedFrom: self, purpose: "tracking", name: id.uuidString.lowercased())
    }
}

extension Filing {
    /// Over what was handed in; not over the time.
    var bodyDigest: Digest {
        var digester = Digester()
        for part in [formCode, formDigest, serviceCode, answers, chosenOffice?.rawValue ?? ""] {
            digester.update(part.utf8)
            digester.update([0])
        }
        for file in attachments { digester.update(file.digest.utf8) }
        return digester.finish()
    }
}

extension Delivery {
    init(_ new: NewSubmission, filledDigest: String) {
        self.init(
            submissionID: new.id,
            code: new.code,
            serviceCode: new.filing.serviceCode,
            serviceName: new.serviceName,
            regime: new.regime,
            title: new.filing.title,
            submitter: new.filing.submitter,
            answers: new.filing.answers,
            filledForm: Self.filledForm(digest: filledDigest, bytes: new.filing.filledForm.count),
            attachments: new.filing.attachments,
            acceptedAt: new.acceptedAt,
            reachedAt: new.reachedAt ?? new.acceptedAt,
            explanation: new.explanation,
            confirmation: new.confirmation,
            confirmBy: new.confirmBy
        )
    }

    /// The same for one whose office was decided later.
    init(_ submission: Submission, reachedAt: Date) {
        self.init(
            submissionID: submission.id,
            code: submission.code,
            serviceCode: submission.serviceCode,
            serviceName: submission.serviceName,
            regime: submission.regime,
            title: submission.title,
            submitter: submission.submitter,
            answers: submission.answers,
            filledForm: Self.filledForm(digest: submission.filledDigest, bytes: submission.filledBytes),
            attachments: submission.attachments,
            acceptedAt: submission.acceptedAt,
            reachedAt: reachedAt,
            explanation: submission.explanation,
            confirmation: submission.confirmation,
            confirmBy: submission.confirmBy
        )
    }

    private static func filledForm(digest: String, bytes: Int) -> AttachedFile {
        AttachedFile(digest: digest, name: "vyplneny-formular.html", mediaType: "text/html", bytes: bytes)
    }
}
