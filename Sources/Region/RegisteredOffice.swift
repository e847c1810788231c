package import Database
package import Office

/// An office of the region's register, hosted or not.
package struct RegisteredOffice: Sendable, Equatable {
    package let tenant: TenantName
    package let code: String
    package let isRegion: Bool
    package let name: String
    /// Of a region without meaning.
    package let status: MunicipalStatus
    package let slug: String
    package let orpCode: String
    package let orpName: String
    package let pouCode: String
    package let pouName: String
    package let district: String
    package let population: Int
    package let postcodes: [String]
    package let isORP: Bool
    package let isPOU: Bool
    /// Nil until an administrator confirms it: it is not in the data.
    package let hasRegistryOffice: Bool?
    package let hasBuildingOffice: Bool?
    /// "Určený původce", § 63(1) of act 499/2004: it may not have the hosted filing room.
    package let isDesignated: Bool

    /// The public body: `Město Frýdlant`, `Liberecký kraj`.
    package var body: String {
        guard isRegion else { return status.body(name) }
        let region = name.replacing("Krajský úřad ", with: "")
        return region.hasSuffix("ého kraje") ? "\(region.dropLast(9))ý kraj" : region
    }

    /// Its office: `Městský úřad Frýdlant`.
    package var authority: String { isRegion ? name : status.authority(name) }

    /// What a designated originator lacks and why, or nil.
    package var whyNoFilingRoom: String? {
        guard isDesignated else { return nil }
        let own = [
            isPOU ? "pověřený obecní úřad" : nil, hasRegistryOffice == true ? "matriční úřad" : nil,
            hasBuildingOffice == true ? "stavební úřad" : nil,
        ].compactMap { $0 }
        let owned = [own.dropLast().joined(separator: ", "), own.last ?? ""].filter { !$0.isEmpty }
            .joined(separator: " a ")
        let reasons = [
            isRegion ? "je krajem" : nil, isORP ? "je obcí s rozšířenou působností" : nil,
            owned.isEmpty ? nil : "má \(owned)",
        ].compactMap { $0 }
        return "\(name) je určeným původcem (§ 63 odst. 1 zákona č. 499/2004 Sb.), protože "
            + "\(reasons.joined(separator: " a ")). Musí vést spisovou službu v atestovaném systému, "
            + "a tak zde spisovnu mít nemůže. Podání dostane do svého systému."
    }
}

/// An office that a municipality may have besides, which the data of the register do not know.
package enum OwnOffice: String, Sendable, CaseIterable {
    case registryOffice, buildingOffice

    /// What is asked of who left it open.
    var request: String {
        let kind = self == .registryOffice ? "matriční" : "stavební"
        return "Vyberte, zda obec má \(kind) úřad."
    }
}

/// The rooms an office may be given.
package enum Room: String, Sendable, CaseIterable, Comparable {
    case filingRoom = "FilingRoom"
    case noticeBoard = "NoticeBoard"
    case accounting = "Accounting"
    case forms = "Forms"

    package var czech: String {
        switch self {
        case .filingRoom: "spisová služba"
        case .noticeBoard: "úřední deska"
        case .accounting: "účetní knihy"
        case .forms: "zásobník formulářů"
        }
    }

    package static func < (a: Room, b: Room) -> Bool { a.rawValue < b.rawValue }

    /// Throws ``HostingRefusal/unknownRoom(_:)`` for a name that is no room's.
    package static func all(named names: [String]) throws -> [Room] {
        try names.map { name in
            guard let room = Room(rawValue: name) else { throw HostingRefusal.unknownRoom(name) }
            return room
        }
    }
}

package indirect enum HostingRefusal: Refusal, Equatable {
    case unknownOffice(String)
    case alreadyHosted(String)
    case designated(String)
    case unconfirmed(String)
    /// The kinds of office that were left open, or of which neither yes nor no was said.
    case unanswered([OwnOffice])
    case codeNeeded(String)
    case noRooms
    case inProgress(String)
    case badHead(InviteeRefusal)
    case notHosted(String)
    case unknownRoom(String)
    /// It has numbered documents or entries, which the law keeps.
    case hasRecords(String)
    /// Something hangs or hung on its board; when it did is a proof.
    case hasNotices(String)
    case several([HostingRefusal])

    package var kind: RefusalKind {
        switch self {
        case .unknownOffice: .missing
        case .alreadyHosted, .inProgress, .hasRecords, .hasNotices, .notHosted: .conflict
        default: .invalid
        }
    }

    package var code: String {
        switch self {
        case .unknownOffice: "office-unknown"
        case .alreadyHosted: "office-hosted"
        case .designated: "filing-room-forbidden"
        case .unconfirmed, .unanswered: "offices-unconfirmed"
        case .codeNeeded: "code-needed"
        case .noRooms: "no-rooms"
        case .inProgress: "office-in-progress"
        case .badHead: "head-needed"
        case .notHosted: "office-not-hosted"
        case .unknownRoom: "room-unknown"
        case .hasRecords: "office-has-records"
        case .hasNotices: "office-has-notices"
        case .several: "form-faulty"
        }
    }

    package var czech: String {
        switch self {
        case .unknownOffice(let code):
            "Úřad s kódem \(code) v registru kraje není. Zkontrolujte prosím kód RÚIAN."
        case .alreadyHosted(let name): "\(name) už svůj virtuální úřad má."
        case .designated(let why): why
        case .unconfirmed(let name):
            "U obce \(name) potvrďte, zda má matriční a stavební úřad: podle toho se pozná, smí-li mít spisovou službu."
        case .unanswered(let kinds): kinds.map(\.request).joined(separator: " ")
        case .codeNeeded(let code):
            code.isEmpty
                ? "Napište kód RÚIAN obce, nebo kód kraje."
                : "Úřad s kódem \(code) v registru kraje není. Zkontrolujte prosím kód RÚIAN."
        case .noRooms: "Vyberte prosím aspoň jednu část úřadu."
        case .inProgress(let name): "\(name) se právě zřizuje. Chvíli prosím vyčkejte."
        case .badHead(let refusal): refusal.czech
        case .notHosted(let name): "\(name) zde zatím virtuální úřad nemá."
        case .unknownRoom(let room):
            "Část úřadu \(room) neznáme; jsou to \(Room.allCases.map(\.rawValue).joined(separator: ", "))."
        case .hasRecords(let name):
            "\(name) už má v evidenci čísla, a ta se nemažou (§ 64 zákona č. 499/2004 Sb.). Úřad zrušit nelze."
        case .hasNotices(let name):
            "\(name) už na úřední desce vyvěšoval a doba vyvěšení je důkazem (§ 25 a § 26 správního řádu). Úřad zrušit nelze."
        case .several(let faults): faults.map(\.czech).joined(separator: " ")
        }
    }

    package var fields: [String: String] {
        switch self {
        case .noRooms, .designated, .unknownRoom: ["rooms": czech]
        case .unconfirmed: ["registryOffice": czech]
        case .unanswered(let kinds):
            Dictionary(kinds.map { ($0.rawValue, $0.request) }, uniquingKeysWith: { first, _ in first })
        case .codeNeeded: ["code": czech]
        case .badHead(let refusal):
            Dictionary(uniqueKeysWithValues: refusal.fields.map { ("head\($0.key.atStart)", $0.value) })
        case .several(let faults): faults.reduce(into: [:]) { $0.merge($1.fields) { first, _ in first } }
        default: [:]
        }
    }
}
