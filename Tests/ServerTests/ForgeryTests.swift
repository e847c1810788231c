import Database
import Foundation
import Office
import Sealing
import Support
import Testing

/// Letters between offices and calls of foreign systems that are not what they say: refused, and nothing happens.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `In somebody else's name` {
    /// An office whose server was taken over writes what it likes into its own outbox, and no more.
    @Test func `a forged letter changes nothing`() async throws {
        let there = try await Neighbours.shared.value
        let (house, one, other) = (there.house, there.one, there.other)
        let submission = try await house.psql(
            as: "epom_root",
            "select id from region.submissions where code = '\(one.receipt.code)'"
        ).trimmingCharacters(in: .whitespacesAndNewlines)
        let before = try await state(of: one, submission, house)
        func outbox(_ columns: String, _ values: String) -> String {
            "set role \(other.schema); insert into relay.outbox (\(columns)) values (\(values))"
        }
        // In somebody else's name Postgres itself refuses it.
        for sender in [one.schema, "epom_region", "epom_owner"] {
            let refused = try await house.attempt(
                as: "epom_app_00",
                outbox(
                    "id, sender, recipient, subject_id, ordinal, kind, body",
                    "gen_random_uuid(), '\(sender)', 'region', '\(submission)', 1, 'status', '{}'"
                )
            )
            #expect(refused.code != 0 && refused.said.contains("row-level security"), "\(refused.said)")
        }
        // In its own name it is carried, and whoever takes it looks who sent it.
        let now = Date().timeIntervalSince1970
        let letters: [(kind: String, to: String, body: String)] = [
            (
                StatusReport.kind, "region",
                #"{"submissionID": "\#(submission)", "status": "refused", "at": \#(now), "note": "podvrh"}"#
            ),
            (
                ReferralOrder.kind, "region",
                #"{"submissionID": "\#(submission)", "office": "m_514161", "reason": "podvrh", "at": \#(now), "resolution": "X 1/2026"}"#
            ),
            (
                "clerk.joined", one.schema,
                #"{"userID": "\#(other.head.id)", "name": "Podvrh", "email": "a@b.cz", "functionTitle": "", "roles": ["head"]}"#
            ),
            (
                SubmissionLapsed.kind, one.schema,
                #"{"submissionID": "\#(submission)", "lastDay": "2026-01-01"}"#
            ),
            (Delivery.kind, one.schema, "{}"),
            (
                "office.hosted", "region",
                #"{"tenant": "\#(one.schema)", "headEmail": "a@b.cz", "headName": "Podvrh"}"#
            ),
            ("neznamy", "region", "{}"),
        ]
        for letter in letters {
            _ = try await house.psql(
                as: "epom_app_00",
                outbox(
                    "id, recipient, subject_id, ordinal, kind, body",
                    "gen_random_uuid(), '\(letter.to)', gen_random_uuid(), 1, '\(letter.kind)', '\(letter.body)'"
                )
            )
        }
        let tried = try await eventually("the relay does not try them") { () -> [String]? in
            let reasons = try await house.owner().rows(
                "select last_error from relay.outbox where sender = 'm_546607' and attempts > 0"
            ) { row -> String in try row["last_error"] }
            return reasons.count == letters.count ? reasons : nil
        }
        #expect(
            tried.count { $0.contains("neposlal") || $0.contains("nepatří") } == letters.count - 1,
            "\(tried)"
        )
        #expect(try await state(of: one, submission, house) == before)
        let invited = try await house.count(
            "select count(*) as n from region.letters where recipient = 'a@b.cz'"
        )
        #expect(invited == 0)
        try await house.owner().execute(
            "set role epom_owner; delete from relay.outbox where sender = 'm_546607' and attempts > 0"
        )
    }

    private func state(of village: Village, _ submission: String, _ house: House) async throws -> String {
        try await house.psql(
            as: "epom_root",
            """
            select status, office, hops, ordinal from region.submissions where id = '\(submission)';
            select count(*) from region.submission_steps where submission_id = '\(submission)';
            select md5(string_agg(t::text, ',' order by t::text)) from \(village.schema).clerks t
                where name not like 'Úřad %';
            select md5(t::text) from \(village.schema).case_files t where id = '\(village.caseFile.closed)';
            """
        )
    }

    @Test func `a foreign system is believed by its signature, once and in time`() async throws {
        let there = try await Neighbours.shared.value
        let house = there.house
        let key = HMACKey.random()
        // The regional office, whose submissions nobody else here touches.
        try await house.owner().change(
            "update region.webhooks set signing_key = \(key.text) where office = 'k_78'"
        )
        let ids = try await house.owner().rows(
            """
            select (select id from region.submissions where office = 'k_78' order by id limit 1)::text as own,
                (select id from region.submissions where office = 'm_546631' order by id limit 1)::text as foreign_one
            """
        ) { row in (own: try row["own"] as String, foreign: try row["foreign_one"] as String) }
        let (own, foreign) = try #require(ids.first)
        let delivery = UUID().uuidString.lowercased()
        @Sendable func report(
            _ id: String,
            _ body: String = #"{"office": "k_78", "status": "assigned", "note": "Máme to."}"#,
            at seconds: Int = Int(Date().timeIntervalSince1970),
            delivery: String = UUID().uuidString.lowercased(),
            key: HMACKey = key,
            change: (inout [String: String]) -> Void = { _ in }
        ) async -> Answer {
            var headers = [
                "Content-Type": "application/json", "Accept": "application/json",
                WebhookSignature.timestampHeader: String(seconds), WebhookSignature.deliveryHeader: delivery,
                WebhookSignature.signatureHeader: WebhookSignature.header(
                    body: Array(body.utf8),
                    timestamp: seconds,
                    delivery: delivery,
                    key: key
                ) ?? "",
            ]
            change(&headers)
            return await house.ask(
                Ask(
                    method: "POST",
                    path: "/api/submissions/\(id)/status",
                    host: house.regionHost,
                    headers: headers,
                    body: body
                )
            )
        }
        let now = Int(Date().timeIntervalSince1970)
        let steps: SQL = """
            select count(*) as n from region.submission_steps s join region.submissions f on f.id = s.submission_id
            where f.office = 'k_78' and s.note = 'Máme to.'
            """
        let refused: [(Answer, Int, String)] = [
            (await report(own, key: .random()), 401, "wrongSignature"),
            (await report(own, at: now - 301), 401, "outsideWindow"),
            (await report(own, at: now + 400), 401, "outsideWindow"),
            (await report(own) { $0[WebhookSignature.signatureHeader] = nil }, 401, "malformed"),
            (
                await report(own) { $0[WebhookSignature.timestampHeader] = String(now + 90) }, 401,
                "wrongSignature"
            ),
            (await report(own) { $0[WebhookSignature.deliveryHeader] = "jine" }, 401, "wrongSignature"),
            (await report(own, #"{"office": "m_546631", "status": "assigned"}"#), 401, "sign-in-needed"),
            (await report(own, #"{"office": "m_564028", "status": "assigned"}"#), 401, "wrongSignature"),
            (await report(foreign), 404, "not-found"),
            (await report(UUID().uuidString), 404, "not-found"),
            (await report(own, #"{"office": "k_78", "status": "received"}"#), 422, "\"status\""),
            (await report(own, "{"), 400, "unreadable"),
        ]
        for (answer, status, code) in refused {
            #expect(answer.status == status && answer.body.contains(code), "\(answer.status) \(answer.body)")
        }
        #expect(try await house.count(steps) == 0)
        #expect(await report(own, delivery: delivery).status == 200)
        #expect(await report(own, delivery: delivery).status == 200, "a repeat is answered alike")
        #expect(try await house.count(steps) == 1, "and does nothing")
        let torn = try await each(of: Array(0..<6)) { _ in
            await report(own, delivery: "\(delivery).2").status
        }
        #expect(torn.allSatisfy { $0 == 200 || $0 == 503 }, "\(torn)")
        #expect(try await house.count(steps) == 2)

        func confirm(_ means: String, at moment: String) async -> Answer {
            await report(
                own,
                #"{"office": "k_78", "status": "registered", "confirmedBy": "\#(means)", "at": "\#(moment)"}"#
            )
        }
        try await house.owner().change(
            """
            update region.submissions set status = 'awaitingConfirmation', confirmation = 'withinFiveDays',
                confirm_by = '2026-11-20', confirmed_by = null where id = \(own)::text::uuid
            """
        )
        let confirmed: SQL = """
            select count(*) as n from region.submissions
            where office = 'k_78' and status = 'registered' and confirmed_by = 'inPerson'
            """
        #expect(await confirm("byPhone", at: "2026-11-20T10:00:00Z").status == 422)
        let late = await confirm("inPerson", at: "2026-11-21T10:00:00Z")
        #expect(late.status == 422 && late.body.contains("confirmed-late"), "\(late.body)")
        #expect(try await house.count(confirmed) == 0)
        let inTime = await confirm("inPerson", at: "2026-11-20T22:59:59Z")
        #expect(inTime.status == 200, "the last minute of its last day in Prague")
        #expect(try await house.count(confirmed) == 1)

        let settled = #"{"office": "k_78", "status": "settled"}"#
        #expect(await report(own, settled, delivery: "\(delivery).3").status == 200)
        #expect(await report(own, settled, delivery: "\(delivery).3").status == 200, "a repeat")
        let reopened = await report(own, #"{"office": "k_78", "status": "assigned"}"#)
        #expect(reopened.status == 409 && reopened.body.contains("submission-ended"), "\(reopened.body)")
        let refusal = #"{"office": "k_78", "status": "refused""#
        let bare = await report(own, refusal + "}")
        #expect(bare.status == 422 && bare.body.contains("\"note\""), "\(bare.body)")
        #expect(await report(own, refusal + #", "note": "pozdě"}"#).status == 409)
    }
}
