package import Database
package import Foundation
package import Office

/// Every statement about what the office says of itself, and about its first-run checklist.
package enum OfficeStore {
    package static func profile(in tenant: TenantTransaction) async throws -> OfficeProfile {
        let found = try await tenant.first(
            """
            select code, name, abbreviation, ico, street, place, postcode, hours, email, phone, data_box,
                accepted_formats, carriers, bank_account
            from tenant.office
            """
        ) { row in
            OfficeProfile(
                code: try row["code"],
                name: try row["name"],
                abbreviation: try row["abbreviation"],
                ico: try row["ico"],
                street: try row["street"],
                place: try row["place"],
                postcode: try row["postcode"],
                hours: try row["hours"],
                email: try row["email"],
                phone: try row["phone"],
                dataBox: try row["data_box"],
                acceptedFormats: try row["accepted_formats"],
                carriers: try row["carriers"],
                bankAccount: try row["bank_account"]
            )
        }
        guard let found else { throw PlainRefusal.missing }
        return found
    }

    /// The log names what changed; the values stand in the office's own row.
    package static func save(_ profile: OfficeProfile, in tenant: TenantTransaction) async throws {
        let changed = try await Self.profile(in: tenant).differing(from: profile)
        tenant.require(
            1,
            """
            update tenant.office set ico = \(profile.ico), street = \(profile.street), place = \(profile.place),
                postcode = \(profile.postcode), hours = \(profile.hours), email = \(profile.email),
                phone = \(profile.phone), data_box = \(profile.dataBox),
                accepted_formats = \(profile.acceptedFormats), carriers = \(profile.carriers),
                bank_account = \(profile.bankAccount), updated_at = clock_timestamp()
            """
        )
        tenant.record(LogEntry("changed", "office", UUID.v7(), detail: changed.joined(separator: " ")))
    }

    /// The day of the national bank's list when it lacks this code; nil for a code that it has, and without a list.
    package static func unknown(bank code: String, in tenant: TenantTransaction) async throws -> Day? {
        try await tenant.first(
            """
            select max(as_of) as as_of from codes.banks having count(*) filter (where code = \(code)) = 0
            """
        ) { row in try row["as_of"] as Day? } ?? nil
    }

    /// How it looks to people; a colour that this program does not know is the usual one.
    package static func look(in tenant: TenantTransaction) async throws -> OfficeLook {
        try await tenant.first("select accent, encode(arms_digest, 'hex') as arms from tenant.office") {
            row in
            OfficeLook(accent: Accent(rawValue: try row["accent"]) ?? .blue, arms: try row["arms"])
        } ?? .plain
    }

    package static func save(_ look: OfficeLook, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.office set accent = \(look.accent.rawValue),
                arms_digest = decode(\(look.arms)::text, 'hex'), updated_at = clock_timestamp()
            """
        )
        let detail = [look.accent.rawValue, look.arms].compactMap { $0 }.joined(separator: " ")
        tenant.record(LogEntry("changed look", "office", UUID.v7(), detail: detail))
    }

    /// The steps of the hand-over that were ticked off.
    package static func doneSteps(in tenant: TenantTransaction) async throws -> Set<String> {
        Set(
            try await tenant.rows("select step from tenant.checklist where undone_at is null") { row in
                try row["step"] as String
            }
        )
    }

    package static func tick(_ step: String, by user: UUID, in tenant: TenantTransaction) {
        tenant.run(
            """
            insert into tenant.checklist (step, done_by) values (\(step), \(user))
            on conflict (step) do update set done_at = clock_timestamp(), done_by = excluded.done_by,
                undone_at = null
            where checklist.undone_at is not null
            """
        )
        tenant.record(LogEntry("ticked", "checklist", user, detail: step))
    }

    /// A step that is not done counts as a conflict.
    package static func untick(_ step: String, by user: UUID, in tenant: TenantTransaction) {
        tenant.require(
            1,
            """
            update tenant.checklist set undone_at = clock_timestamp()
            where step = \(step) and undone_at is null
            """
        )
        tenant.record(LogEntry("unticked", "checklist", user, detail: step))
    }
}

extension OfficeProfile {
    /// Names of the fields that the other has otherwise.
    func differing(from other: OfficeProfile) -> [String] {
        let texts: [(String, KeyPath<OfficeProfile, String>)] = [
            ("street", \.street), ("place", \.place), ("postcode", \.postcode), ("hours", \.hours),
            ("email", \.email), ("phone", \.phone), ("dataBox", \.dataBox),
            ("acceptedFormats", \.acceptedFormats), ("carriers", \.carriers), ("bankAccount", \.bankAccount),
        ]
        return (ico == other.ico ? [] : ["ico"])
            + texts.filter { self[keyPath: $0.1] != other[keyPath: $0.1] }.map(\.0)
    }

    /// `Hlavní 1, 463 62 Bílý Potok`; empty while the office has not said it.
    package var address: String {
        guard !street.isEmpty else { return "" }
        return "\(street), \(postcode.asPostcode) \(place)"
    }
}

/// What § 2(3) of decree 259/2012 asks an office to publish, and a little more.
package struct OfficeProfile: Sendable, Codable, Equatable {
    package var code: String
    package var name: String
    package var abbreviation: String
    package var ico: String?
    package var street: String
    package var place: String
    package var postcode: String
    package var hours: String
    package var email: String
    package var phone: String
    package var dataBox: String
    package var acceptedFormats: String
    package var carriers: String
    package var bankAccount: String

    package init(
        code: String,
        name: String,
        abbreviation: String,
        ico: String?,
        street: String,
        place: String,
        postcode: String,
        hours: String,
        email: String,
        phone: String,
        dataBox: String,
        acceptedFormats: String,
        carriers: String,
        bankAccount: String
    ) {
        self.code = code
        self.name = name
        self.abbreviation = abbreviation
        self.ico = ico
        self.street = street
        self.place = place
        self.postcode = postcode
        self.hours = hours
        self.email = email
        self.phone = phone
        self.dataBox = dataBox
        self.acceptedFormats = acceptedFormats
        self.carriers = carriers
        self.bankAccount = bankAccount
    }
}
