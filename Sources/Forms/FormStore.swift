package import Database
package import Foundation
import Office
import Records
package import Sealing

/// The SQL of forms and of drafts; tables in `Migrations/tenant/Forms` and `Migrations/region/Forms`.
package enum FormStore {
    /// Gives a new office the forms of the template, all of them offered.
    package static func furnish(_ script: inout Script, with templates: FormTemplates, schema: String) {
        script.insert(
            into: "tenant.form_versions",
            "digest, code, version, definition",
            rows: templates.forms.map { [$0.digest.bytes, $0.code, $0.version, $0.canonical] },
            schema: schema
        )
        script.insert(
            into: "tenant.form_switches",
            "id, code, digest, is_on",
            rows: templates.forms.map { [UUID.v7(), $0.code, $0.digest.bytes, true] },
            schema: schema
        )
    }

    /// Every form of the office with its newest switch, by code.
    static func lines(in tenant: TenantTransaction) async throws -> [FormLine] {
        try await tenant.rows(
            """
            select s.code, s.digest, s.is_on, s.switched_at, s.switched_as, v.version
            from tenant.form_switches s
            join tenant.form_versions v on v.digest = s.digest
            where not exists (select from tenant.form_switches n where n.code = s.code and n.id > s.id)
            order by s.code
            """
        ) { row in
            FormLine(
                digest: try row["digest"],
                code: try row["code"],
                version: try row["version"],
                isOn: try row["is_on"],
                switchedAt: try row["switched_at"],
                switchedBy: try row["switched_as"]
            )
        }
    }

    static func definition(_ digest: Digest, in tenant: TenantTransaction) async throws -> [UInt8]? {
        try await tenant.first(
            "select definition from tenant.form_versions where digest = \(digest.bytes)"
        ) { try $0["definition"] }
    }

    /// The published versions of a form, newest first; nobody publishes more than a page of them.
    static func versions(of code: String, in tenant: TenantTransaction) async throws -> [FormVersionLine] {
        try await tenant.rows(
            """
            select v.digest, v.version, v.published_at, v.digest = (
                select s.digest from tenant.form_switches s where s.code = v.code order by s.id desc limit 1
            ) as is_offered
            from tenant.form_versions v where v.code = \(code) order by v.version desc limit 50
            """
        ) { row in
            let digest: Digest = try row["digest"]
            let published: Date = try row["published_at"]
            return FormVersionLine(
                version: try row["version"],
                published: published.czech,
                digest: digest.hex,
                isOffered: try row["is_offered"]
            )
        }
    }

    /// Offers the newest version of a form, or withdraws it; the log says who.
    static func set(_ code: String, on isOn: Bool, by clerk: Clerk, in tenant: TenantTransaction) {
        let id = UUID.v7()
        tenant.require(
            1,
            """
            insert into tenant.form_switches (id, code, digest, is_on, switched_by, switched_as)
            select \(id)::uuid, v.code, v.digest, \(isOn)::boolean, \(clerk.userID)::uuid, \(clerk.name)::text
            from tenant.form_versions v where v.code = \(code) order by v.version desc limit 1
            """
        )
        tenant.record(LogEntry(isOn ? "offered" : "withdrew", "form", id, detail: code))
    }

    /// Publishes the next version of a form; constraint `form_versions_number` refuses one that exists.
    static func publish(
        _ form: TemplateForm,
        by clerk: Clerk,
        in tenant: TenantTransaction
    ) {
        let id = UUID.v7()
        tenant.run(
            """
            insert into tenant.form_versions (digest, code, version, definition, published_by)
            values (\(form.digest.bytes), \(form.code), \(form.version), \(form.canonical), \(clerk.userID))
            """
        )
        tenant.record(
            LogEntry("published", "form", id, detail: "\(form.code) \(form.version) \(form.digest.hex)")
        )
    }

    // Drafts

    static func draft(_ key: DraftKey, of owner: DraftOwner, in region: RegionTransaction) async throws
        -> FormDraft?
    {
        try await region.first(
            """
            select key, form_code, form_digest, answers, files, receipt, changed_at, revision, marks
            from region.form_drafts
            where key = \(key.bytes) and browser = \(owner.browser.bytes) and host = \(owner.host)
            """
        ) { try draft($0, owner) }
    }

    /// The newest unfinished draft of a form in this browser.
    static func newestDraft(of code: String, _ owner: DraftOwner, in region: RegionTransaction) async throws
        -> FormDraft?
    {
        try await region.first(
            """
            select key, form_code, form_digest, answers, files, receipt, changed_at, revision, marks
            from region.form_drafts
            where browser = \(owner.browser.bytes) and host = \(owner.host) and form_code = \(code)
                and receipt is null
            order by changed_at desc limit 1
            """
        ) { try draft($0, owner) }
    }

    /// Keeps a draft; one of another browser, or one handed in, is left alone and counts as a conflict.
    static func keep(_ draft: FormDraft, of owner: DraftOwner, in region: RegionTransaction) throws {
        let answers = String(decoding: try draft.answers.json, as: UTF8.self)
        let files = String(decoding: try JSONEncoder().encode(draft.files), as: UTF8.self)
        let marks = String(decoding: try JSONEncoder().encode(draft.marks), as: UTF8.self)
        region.require(
            1,
            """
            insert into region.form_drafts (key, browser, host, form_code, form_digest, answers, files,
                revision, marks)
            values (\(draft.key.bytes), \(owner.browser.bytes), \(owner.host), \(draft.formCode),
                \(draft.formDigest.bytes), \(answers), \(files), \(draft.revision), \(marks))
            on conflict (key) do update
            set form_digest = excluded.form_digest, answers = excluded.answers, files = excluded.files,
                revision = form_drafts.revision + 1, marks = excluded.marks, changed_at = clock_timestamp()
            where form_drafts.browser = excluded.browser and form_drafts.host = excluded.host
                and form_drafts.form_code = excluded.form_code and form_drafts.receipt is null
            """
        )
    }

    /// Notes where the receipt is, and forgets what was typed: the submission has it now.
    static func handIn(_ key: DraftKey, receipt: String, of owner: DraftOwner, in region: RegionTransaction) {
        region.run(
            """
            update region.form_drafts
            set receipt = \(owner.veiled(receipt, of: key)), answers = '{}', files = '[]', marks = '{}',
                changed_at = clock_timestamp()
            where key = \(key.bytes) and browser = \(owner.browser.bytes) and host = \(owner.host)
            """
        )
    }

    /// Forgets drafts untouched for two weeks, at most a thousand at a time; returns how many.
    package static func forgetDrafts(before: Date, in region: RegionTransaction) async throws -> Int {
        try await region.rows(
            """
            delete from region.form_drafts
            where key in (
                select key from region.form_drafts where changed_at < \(before) order by changed_at limit 1000
            )
            returning key
            """
        ) { row -> [UInt8] in try row["key"] }.count
    }

    /// Which of these files a draft still names; the collector of the region's store asks.
    package static func named(_ digests: [Digest], in region: RegionTransaction) async throws -> Set<Digest> {
        let found = try await region.rows(
            """
            select distinct wanted from unnest(\(digests.map(\.hex))::text[]) as wanted
            where exists (select from region.form_drafts where position(wanted in files) > 0)
            """
        ) { row -> String in try row["wanted"] }
        return Set(found.compactMap { Digest(hex: $0) })
    }

    private static func draft(_ row: Row, _ owner: DraftOwner) throws -> FormDraft {
        let key: [UInt8] = try row["key"]
        let answers: String = try row["answers"]
        let files: String = try row["files"]
        let marks: String = try row["marks"]
        let receipt: String? = try row["receipt"]
        guard let key = DraftKey(bytes: key) else { throw UnreadableDraft() }
        return FormDraft(
            key: key,
            formCode: try row["form_code"],
            formDigest: try row["form_digest"],
            answers: try FormAnswers(json: Array(answers.utf8)),
            files: try JSONDecoder().decode([StagedFile].self, from: Data(files.utf8)),
            receipt: receipt.flatMap { owner.unveiled($0, of: key) },
            changedAt: try row["changed_at"],
            revision: try row["revision"],
            marks: try JSONDecoder().decode([String: String].self, from: Data(marks.utf8))
        )
    }

    /// A row that only this file writes cannot be read: a programming fault.
    private struct UnreadableDraft: Error {}
}
