package import Database
package import Files
import Foundation
package import Messages
package import Office
package import Post
import Sealing

/// Brings a submission to its office: into the hosted filing room, or signed to a system of the office's own.
///
/// An office with neither keeps its deliveries waiting; the relay tries again and the region's desk sees why.
package struct DeliveryTaker: MessageTaker {
    private let database: Database
    private let register: any OfficeRegister
    private let files: FileStore
    private let desk: any FilingDesk
    private let client: WebhookClient
    private let bell: Bell
    private let notices: Notices?

    package init(
        database: Database,
        register: any OfficeRegister,
        files: FileStore,
        desk: any FilingDesk,
        client: WebhookClient,
        bell: Bell,
        notices: Notices? = nil
    ) {
        self.database = database
        self.register = register
        self.files = files
        self.desk = desk
        self.client = client
        self.bell = bell
        self.notices = notices
    }

    package var kinds: Set<String> { [Delivery.kind] }

    package func take(_ message: IncomingMessage) async throws {
        guard message.sender == "epom_region", let office = TenantName(message.recipient) else {
            throw PlainRefusal(.forbidden, "forged", "Zprávu neposlal kraj.")
        }
        guard let delivery = try await arriving(try message.read(Delivery.self)) else { return }
        if try await register.hasFilingRoom(office) {
            try await bringFiles(of: delivery, to: office)
            try await desk.register(delivery, message: message, at: office)
            bell.ring()
            return
        }
        guard
            let webhook = try await database.region({ try await SubmissionStore.webhook(of: office, in: $0) })
        else {
            let name = try await register.name(of: office) ?? office.rawValue
            throw SubmissionRefusal.unreachable(
                "\(name) zde nemá spisovnu ani nastavenou adresu vlastní spisové služby. Podání čeká."
            )
        }
        try await send(delivery, message, over: webhook)
    }

    /// What waited for its office arrives now, and the term of confirmation begins (§ 37(6) of act 500/2004).
    ///
    /// Nil where the region's desk handed it over by other means.
    private func arriving(_ delivery: Delivery) async throws -> Delivery? {
        let now = Date()
        guard now.timeIntervalSince(delivery.reachedAt) > Self.secondsOnTheWay else { return delivery }
        let known = try await database.region { region in
            try await SubmissionStore.submission(delivery.submissionID, in: region)
        }
        guard let known, known.reachedAt == nil else {
            return known?.status == .filedElsewhere ? nil : delivery
        }
        var delivery = delivery
        delivery.reachedAt = now
        if delivery.confirmBy != nil { delivery.confirmBy = confirmationEnd(accepted: Day(of: now)) }
        return delivery
    }

    /// Longer than any delivery takes to an office that was there when it was accepted.
    private static let secondsOnTheWay = 60.0

    /// Digests first: the office has the bytes before its inbox commits.
    private func bringFiles(of delivery: Delivery, to office: TenantName) async throws {
        guard
            let filled = try await database.region({ region in
                try await SubmissionStore.filledForm(delivery.submissionID, in: region)
            })
        else { throw PlainRefusal.missing }
        _ = try await files.write(owner: .office(office), bytes: filled, accepting: [.html, .text])
        for file in delivery.attachments {
            guard let digest = Digest(hex: file.digest) else { throw PlainRefusal.missing }
            try await files.link(from: .region, to: .office(office), digest: digest)
        }
    }

    // Another system

    /// What the other system gets; files by address would need its own sign-in, so they travel inside.
    private struct Parcel: Encodable {
        let delivery: Delivery
        let files: [File]

        struct File: Encodable {
            let name: String
            let mediaType: String
            let sha256: String
            let base64: String
        }
    }

    /// `{"reference": "MUFR 123/2026"}`: the number under which the other system registered it.
    private struct Answer: Decodable {
        let reference: String
    }

    private func send(_ delivery: Delivery, _ message: IncomingMessage, over webhook: Webhook) async throws {
        guard let address = WebhookAddress(webhook.address) else {
            throw SubmissionRefusal.unreachable("Adresa spisové služby úřadu není platná: \(webhook.address)")
        }
        let encoder = JSONEncoder()
        encoder.dateEncodingStrategy = .iso8601
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let body = try encoder.encode(try await parcel(delivery))
        let answer: WebhookAnswer
        do {
            answer = try await client.deliver(
                to: address,
                delivery: message.id.uuidString.lowercased(),
                body: Array(body),
                key: webhook.key,
                secondsNow: Int(Date().timeIntervalSince1970)
            )
        } catch let failure as WebhookFailure {
            throw SubmissionRefusal.unreachable(
                "Podání se nepodařilo předat spisové službě úřadu: \(failure.czech). Zkusíme to znovu."
            )
        }
        guard (200...299).contains(answer.status),
            let answered = try? JSONDecoder().decode(Answer.self, from: Data(answer.body)),
            (1...100).contains(answered.reference.count)
        else {
            throw SubmissionRefusal.unreachable(
                "Spisová služba úřadu odpověděla stavem \(answer.status) bez čísla jednacího. Zkusíme to znovu."
            )
        }
        let now = Date()
        let report = StatusReport(
            submissionID: delivery.submissionID,
            status: .filedElsewhere,
            at: now,
            referenceNumber: answered.reference,
            note: "Úřad podání převzal pod číslem \(answered.reference)."
        )
        try await database.region { region in
            guard try await InboxStore.takeIn(message, in: region) else { return }
            try await Progress.note(report, officeName: nil, mail: notices, in: region)
        }
    }

    private func parcel(_ delivery: Delivery) async throws -> Parcel {
        var parts: [Parcel.File] = []
        if let filled = try await database.region({ region in
            try await SubmissionStore.filledForm(delivery.submissionID, in: region)
        }) {
            parts.append(
                Parcel.File(
                    name: delivery.filledForm.name,
                    mediaType: delivery.filledForm.mediaType,
                    sha256: delivery.filledForm.digest,
                    base64: Data(filled).base64EncodedString()
                )
            )
        }
        for file in delivery.attachments {
            guard let digest = Digest(hex: file.digest) else { throw PlainRefusal.missing }
            let bytes = try await files.bytes(owner: .region, digest: digest, bytesMax: 64 << 20)
            parts.append(
                Parcel.File(
                    name: file.name,
                    mediaType: file.mediaType,
                    sha256: file.digest,
                    base64: Data(bytes).base64EncodedString()
                )
            )
        }
        return Parcel(delivery: delivery, files: parts)
    }
}
