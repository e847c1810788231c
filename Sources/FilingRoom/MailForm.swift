import Foundation
import Office

/// What a clerk enters of something that came by hand; every field as it was typed.
struct MailForm: Decodable, Sendable {
    var subject: String?
    var senderKind: String?
    var sender: String?
    var birthDate: String?
    var ico: String?
    var address: String?
    var email: String?
    var dataBox: String?
    var channel: String?
    var service: String?
    var regime: String?
    /// When it came, if not today, and at what time.
    var day: String?
    var time: String?
    var sheets: String?
    var paperAttachments: String?
    var otherAttachments: String?
    var senderReference: String?
    /// What it means for the case file: `supplement`, or a means of confirmation.
    var meaning: String?
    /// Scans stored already: digest, media type, bytes and name.
    var kept: [String]?

    struct Scan {
        let digest: String
        let mediaType: String
        let bytes: Int
        let name: String

        init?(_ line: String) {
            let parts = line.split(separator: "|", maxSplits: 3).map(String.init)
            guard parts.count == 4, let bytes = Int(parts[2]), parts[3].count <= 200 else { return nil }
            (digest, mediaType, self.bytes, name) = (parts[0], parts[1], bytes, parts[3])
        }
    }

    var added: Registry.Added {
        switch meaning ?? "" {
        case "supplement": .supplement
        case let means: ConfirmationMeans(rawValue: means).map { .confirmation($0) } ?? .other
        }
    }

    /// Throws ``FilingRefusal`` for the first field that cannot stand.
    ///
    /// `first` is the first document of the case file it is added to: its sender is meant where none is typed.
    func entry(
        into first: Document?,
        regime known: Regime?,
        services: [PublicService],
        files: [AttachedFile],
        now: Date
    ) throws -> Registry.Entry {
        func typed(_ text: String?) -> String { (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
        let subject = typed(subject)
        guard (3...200).contains(subject.count) else { throw FilingRefusal.subjectNeeded }
        let service = services.first { $0.code == typed(self.service) }
        return Registry.Entry(
            subject: subject,
            service: service?.code ?? "",
            regime: known ?? service?.regime ?? Regime(rawValue: typed(self.regime)) ?? .byContent,
            submitter: try submitter(of: first, typed),
            channel: FilingRoutes.channels.first { $0.rawValue == channel } ?? .paper,
            receivedAt: try received(now, typed),
            stamp: FilingStamp(
                sheets: try count(typed(sheets), or: .badCount),
                paperAttachments: try count(typed(paperAttachments), or: .badAttachmentCount),
                otherAttachments: typed(otherAttachments).cut(200),
                senderReference: typed(senderReference).cut(100)
            ),
            files: files
        )
    }

    /// The clock runs from the day it came, not from the day somebody entered it.
    private func received(_ now: Date, _ typed: (String?) -> String) throws -> Date {
        let today = Day(of: now)
        guard let day = typed(self.day).isEmpty ? today : Day(typed(self.day)) else {
            throw FilingRefusal.badDay
        }
        guard day <= today else { throw FilingRefusal.futureDay }
        let time = typed(self.time)
        guard !time.isEmpty else { return day == today ? now : day.start.addingTimeInterval(12 * 3600) }
        let parts = time.split(separator: ":").compactMap { Int($0) }
        guard (2...3).contains(parts.count), (0...23).contains(parts[0]), (0...59).contains(parts[1]),
            (0...59).contains(parts.count > 2 ? parts[2] : 0)
        else { throw FilingRefusal.badTime }
        let seconds = parts[0] * 3600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
        var moment = day.start.addingTimeInterval(Double(seconds))
        // On the day the clocks go forward an hour is missing.
        if Day(of: moment) != day { moment = moment.addingTimeInterval(-3600) }
        guard moment <= now else { throw FilingRefusal.badTime }
        return moment
    }

    private func submitter(of first: Document?, _ typed: (String?) -> String) throws -> Submitter {
        let name = typed(sender)
        if name.isEmpty, let first, let known = first.sender {
            return Submitter(
                kind: first.senderKind ?? .person,
                name: known,
                birthDate: first.senderBirthDate,
                ico: first.senderICO,
                address: first.senderAddress ?? ""
            )
        }
        let kind = Submitter.Kind(rawValue: typed(senderKind)) ?? (name.isEmpty ? .anonymous : .person)
        if kind == .anonymous {
            return Submitter(kind: .anonymous, name: name.isEmpty ? "nezjištěn" : name.cut(200))
        }
        guard name.count >= 2 else { throw FilingRefusal.senderNeeded }
        func given(_ text: String, _ longest: Int) -> String? { text.isEmpty ? nil : text.cut(longest) }
        return Submitter(
            kind: kind,
            name: name.cut(200),
            birthDate: kind == .person ? Day(typed(birthDate)) : nil,
            ico: kind == .person ? nil : given(typed(ico).filter(\.isNumber), 8),
            address: typed(address).cut(300),
            email: given(typed(email), 254),
            dataBox: given(typed(dataBox), 7)
        )
    }

    private func count(_ text: String, or refusal: FilingRefusal) throws -> Int? {
        if text.isEmpty { return nil }
        guard let count = Int(text), (0...100_000).contains(count) else { throw refusal }
        return count
    }
}
