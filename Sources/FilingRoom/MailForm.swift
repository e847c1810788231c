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
    /// Of an e-mail: `yes` where it has a recognized electronic signature, `no` where it has not.
    var signature: String?
    var service: String?
    var regime: String?
    /// When it came, if not today, and at what time.
    var day: String?
    /// The page asked for the day, so one that was left empty is not today.
    var dayAsked: String?
    var time: String?
    var sheets: String?
    var paperAttachments: String?
    var otherAttachments: String?
    var senderReference: String?
    /// What it means for the case file: `supplement`, or a means of confirmation.
    var meaning: String?
    /// Scans stored already: digest, media type, bytes and name.
    var kept: [String]?
    /// It did come on a day long ago.
    var sure: String?

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

    /// Throws ``FilingRefusal``, of all fields that cannot stand at once.
    ///
    /// `first` is the first document of the case file it is added to: its sender is meant where none is typed.
    /// `also` is what was wrong before, with the files.
    func entry(
        into first: Document?,
        regime known: Regime?,
        services: [PublicService],
        files: [AttachedFile],
        now: Date,
        also refused: [FilingRefusal] = []
    ) throws -> Registry.Entry {
        func typed(_ text: String?) -> String { (text ?? "").trimmingCharacters(in: .whitespacesAndNewlines) }
        var refused = refused
        func judged<Value>(_ value: () throws -> Value) throws -> Value? {
            do { return try value() } catch let refusal as FilingRefusal {
                if case .severalAtOnce(let all) = refusal { refused += all } else { refused.append(refusal) }
                return nil
            }
        }
        let subject = typed(self.subject)
        if !(3...200).contains(subject.count) { refused.append(.subjectNeeded) }
        let channel = FilingRoutes.channels.first { $0.rawValue == self.channel } ?? .paper
        if first == nil, channel == .email, !["yes", "no"].contains(signature) {
            refused.append(.signatureNeeded)
        }
        let arrived: Date? = try judged {
            try self.received(now, typed, by: channel, confirming: first)
        }
        let sender: Submitter? = try judged { try self.submitter(of: first, now, typed) }
        let sheets: Int?? = try judged { try count(typed(self.sheets), or: .badCount) }
        let attachments: Int?? = try judged {
            try count(typed(self.paperAttachments), or: .badAttachmentCount)
        }
        guard refused.isEmpty, let arrived, let sender, let sheets, let attachments else {
            throw refused.count == 1 ? refused[0] : FilingRefusal.severalAtOnce(refused)
        }
        let service = services.first { $0.code == typed(self.service) }
        let regime = known ?? service?.regime ?? Regime(rawValue: typed(self.regime)) ?? .byContent
        let isUnsigned = first == nil && channel == .email && signature == "no"
        return Registry.Entry(
            subject: subject,
            service: service?.code ?? "",
            regime: regime,
            submitter: sender,
            channel: channel,
            receivedAt: arrived,
            confirmBy: isUnsigned && regime.asksConfirmation
                ? confirmationEnd(accepted: Day(of: arrived)) : nil,
            stamp: FilingStamp(
                sheets: sheets,
                paperAttachments: attachments,
                otherAttachments: typed(otherAttachments).cut(200),
                senderReference: typed(senderReference).cut(100)
            ),
            files: files
        )
    }

    /// The clock runs from the day it came, not from the day somebody entered it.
    ///
    /// Of a paper of an earlier day the day alone may be known; of a message the second is (§ 3(1) of decree 259/2012).
    private func received(
        _ now: Date,
        _ typed: (String?) -> String,
        by channel: Channel,
        confirming first: Document?
    ) throws -> Date {
        let today = Day(of: now)
        let time = typed(self.time)
        guard let day = self.day == nil && dayAsked == nil ? today : Day(typed(self.day)) else {
            let isOdd = !time.isEmpty && Self.seconds(time) == nil
            throw isOdd ? FilingRefusal.severalAtOnce([.badDay, .badTime]) : .badDay
        }
        guard time.isEmpty || Self.seconds(time) != nil else {
            throw day > today ? FilingRefusal.severalAtOnce([.futureDay, .badTime]) : .badTime
        }
        guard day <= today else { throw FilingRefusal.futureDay }
        guard !Self.isLongAgo(day, on: today) || sure != nil else { throw FilingRefusal.longAgo(day) }
        var arrival: Date?
        if case .confirmation = added, let first, Day(of: first.receivedAt) == day {
            arrival = first.receivedAt
        }
        guard let seconds = Self.seconds(time) else {
            if day == today { return max(now, arrival ?? .distantPast) }
            guard ![.email, .dataBox].contains(channel) else { throw FilingRefusal.timeNeeded }
            return day.start
        }
        var moment = day.start.addingTimeInterval(Double(seconds))
        // On the day the clocks go forward an hour is missing.
        if Day(of: moment) != day { moment = moment.addingTimeInterval(-3600) }
        guard moment <= now else { throw FilingRefusal.badTime }
        // The minute in which it came may be all that somebody wrote down.
        if let arrival, moment.addingTimeInterval(60) <= arrival {
            throw FilingRefusal.confirmedEarlier("\(day.czechShort) v\u{a0}\(arrival.czechTime)")
        }
        return moment
    }

    /// Whether the day is asked about: another year, or more than thirty days before.
    static func isLongAgo(_ day: Day, on today: Day) -> Bool { day.year != today.year || today - day > 30 }

    /// Since midnight; nil for what is no time.
    private static func seconds(_ time: String) -> Int? {
        let parts = time.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) ?? -1 }
        guard (2...3).contains(parts.count), (0...23).contains(parts[0]), (0...59).contains(parts[1]),
            (0...59).contains(parts.count > 2 ? parts[2] : 0)
        else { return nil }
        return parts[0] * 3600 + parts[1] * 60 + (parts.count > 2 ? parts[2] : 0)
    }

    private func submitter(of first: Document?, _ now: Date, _ typed: (String?) -> String) throws -> Submitter
    {
        let name = typed(sender)
        var refused: [FilingRefusal] = []
        func read<Value>(_ text: String, _ parse: (String) -> Value?, or refusal: FilingRefusal) -> Value? {
            guard !text.isEmpty else { return nil }
            let value = parse(text)
            if value == nil { refused.append(refusal) }
            return value
        }
        let isKnown = name.isEmpty && first?.sender != nil
        let chosen = Submitter.Kind(rawValue: typed(senderKind))
        let kind = chosen ?? (name.isEmpty ? .anonymous : .person)
        if !isKnown, kind != .anonymous, name.count < 2 { refused.append(.senderNeeded) }
        let born = read(typed(birthDate), { Day($0) }, or: .badBirthDate)
        if let born, born > Day(of: now) { refused.append(.badBirthDate) }
        let ico = read(typed(ico), Particulars.companyNumber, or: .badCompanyNumber)
        if ico != nil, kind == .person, !isKnown { refused.append(.personHasNoCompanyNumber) }
        let email = read(typed(email), Particulars.email, or: .badEmail)
        let dataBox = read(typed(dataBox), Particulars.dataBox, or: .badDataBox)
        guard refused.isEmpty else { throw FilingRefusal.severalAtOnce(refused) }
        if isKnown, let first, let known = first.sender {
            return Submitter(
                kind: first.senderKind ?? .person,
                name: known,
                birthDate: first.senderBirthDate,
                ico: first.senderICO,
                address: first.senderAddress ?? ""
            )
        }
        if kind == .anonymous {
            return Submitter(kind: .anonymous, name: name.isEmpty ? "nezjištěn" : name.cut(200), email: email)
        }
        return Submitter(
            kind: kind,
            name: name.cut(200),
            birthDate: kind == .person ? born : nil,
            ico: kind == .person ? nil : ico,
            address: typed(address).cut(300),
            email: email,
            dataBox: dataBox
        )
    }

    private func count(_ text: String, or refusal: FilingRefusal) throws -> Int? {
        if text.isEmpty { return nil }
        guard let count = Int(text), (0...100_000).contains(count) else { throw refusal }
        return count
    }
}

extension Regime {
    /// An electronic submission without a recognized signature is confirmed within five days (§ 37(4) of act 500/2004,
    /// § 71(3) of act 280/2009); not a request for information (§ 14 of act 106/1999), nor a suggestion.
    var asksConfirmation: Bool {
        switch self {
        case .administrative, .building, .tax, .complaint, .byContent: true
        case .information, .selfGovernment, .petition, .other: false
        }
    }
}
