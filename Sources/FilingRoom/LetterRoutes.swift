import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

// What the office writes, and what comes to it by hand.

extension FilingRoutes {
    // Letters

    @Sendable func replyPage(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(
            reply: Registry.Reply(kind: .notice, subject: "", text: ""),
            nil,
            to: request,
            visit,
            clerk
        )
    }

    private func answer(
        reply: Registry.Reply,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let id = try visit.identifier("id")
        let (file, first) = try await registry.database.tenant(try visit.here.tenant, as: clerk.actor) {
            office in
            (
                try await FilingStore.caseFile(id, in: office),
                try await FilingStore.documents(of: id, in: office).first
            )
        }
        guard let file else { throw PlainRefusal.missing }
        let page = ReplyPage(
            id: id.uuidString.lowercased(),
            mark: file.mark,
            kinds: ReplyKind.allCases.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == reply.kind)
            },
            subject: reply.subject.isEmpty ? file.title : reply.subject,
            text: reply.text,
            recipient: [first?.sender, first?.senderAddress].compactMap { $0 }.joined(separator: ", "),
            errors: FilingFault.of(refusal, at: "text"),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable func reply(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        struct Form: Decodable {
            var kind: String
            var subject: String
            var text: String
        }
        let form = try await Input.decode(Form.self, from: request)
        guard let kind = ReplyKind(rawValue: form.kind) else { throw PlainRefusal.unreadable(field: "kind") }
        let reply = Registry.Reply(kind: kind, subject: form.subject, text: form.text)
        let id = try visit.identifier("id")
        do {
            _ = try await registry.reply(reply, in: id, at: try visit.here.tenant, by: clerk, now: visit.now)
        } catch let refusal as FilingRefusal where !request.prefersJSON {
            return try await answer(reply: reply, refusal, to: request, visit, clerk)
        }
        return done("Písemnost je vyhotovená. Teď ji vypravte.", id)
    }

    // Incoming by hand

    private struct MailForm: Decodable {
        var subject = ""
        var sender = ""
        var address: String?
        var email: String?
        var channel = "paper"
        var regime: String?
        /// When it came, if not today.
        var day: String?
    }

    private static let channels: [Channel] = [.paper, .email, .dataBox, .inPerson]

    @Sendable func newMail(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try answer(mail: MailForm(), nil, to: request, visit)
    }

    private func answer(mail: MailForm, _ refusal: (any Refusal)?, to request: Request, _ visit: Visit) throws
        -> Response
    {
        let regimes: [(Regime, String)] = [
            (.byContent, "podle obsahu"), (.administrative, "správní řízení"), (.tax, "místní poplatek"),
            (.information, "žádost o informace"), (.selfGovernment, "podnět v samosprávě"),
            (.petition, "petice"), (.complaint, "stížnost"),
        ]
        let page = NewMailPage(
            subject: mail.subject,
            sender: mail.sender,
            address: mail.address ?? "",
            email: mail.email ?? "",
            day: mail.day ?? visit.today.description,
            channels: Self.channels.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0.rawValue == mail.channel)
            },
            regimes: regimes.map {
                Choice(value: $0.0.rawValue, name: $0.1, isChosen: $0.0.rawValue == mail.regime)
            },
            errors: FilingFault.of(refusal, at: "subject"),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable func addMail(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let form = try await Input.decode(MailForm.self, from: request)
        let subject = form.subject.trimmingCharacters(in: .whitespacesAndNewlines)
        let sender = form.sender.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (3...200).contains(subject.count) else {
            if request.prefersJSON { throw FilingRefusal.subjectNeeded }
            return try answer(mail: form, FilingRefusal.subjectNeeded, to: request, visit)
        }
        // The clock runs from the day it came, not from the day somebody entered it.
        guard let day = form.day.map({ Day($0) }) ?? visit.today, day <= visit.today else {
            if request.prefersJSON { throw FilingRefusal.badDay }
            return try answer(mail: form, FilingRefusal.badDay, to: request, visit)
        }
        let id = try await registry.database.tenant(
            try visit.here.tenant,
            as: clerk.actor,
            needing: Permission.registerMail.rawValue
        ) { office in
            try await registry.register(
                Registry.Entry(
                    subject: subject,
                    service: "",
                    regime: form.regime.flatMap(Regime.init) ?? .byContent,
                    submitter: Submitter(
                        kind: sender.isEmpty ? .anonymous : .person,
                        name: sender.isEmpty ? "neuveden" : String(sender.prefix(200)),
                        address: String((form.address ?? "").prefix(300)),
                        email: form.email.flatMap { $0.isEmpty ? nil : String($0.prefix(254)) }
                    ),
                    channel: Self.channels.first { $0.rawValue == form.channel } ?? .paper,
                    receivedAt: day == visit.today ? visit.now : day.start.addingTimeInterval(12 * 3600)
                ),
                by: clerk.userID,
                in: office
            )
        }
        return done("Zapsáno do podacího deníku.", id)
    }
}
