package import Database
import Office

/// An office about to be hosted: checked before anything is made.
package struct Hosting: Sendable {
    package let office: RegisteredOffice
    package let rooms: [Room]
    package let head: Head?

    package struct Head: Sendable, Equatable {
        package let name: String
        package let email: String

        package init(name: String, email: String) {
            self.name = name
            self.email = email
        }
    }

    /// Throws ``HostingRefusal`` where the law or the register stands against it.
    ///
    /// § 63(3), § 69e(1) and § 74(11) of act 499/2004: a designated originator needs an attested filing
    /// service, so it cannot have this one; whether an office is designated must be known first.
    package init(_ office: RegisteredOffice, rooms: [Room], head: Head?) throws {
        guard !rooms.isEmpty else { throw HostingRefusal.noRooms }
        if rooms.contains(.filingRoom) {
            if let why = office.whyNoFilingRoom { throw HostingRefusal.designated(why) }
            guard office.hasRegistryOffice != nil, office.hasBuildingOffice != nil else {
                throw HostingRefusal.unconfirmed(office.name)
            }
        }
        self.office = office
        self.rooms = Set(rooms).sorted()
        self.head = head
    }

    /// The rooms an office may have once an administrator has confirmed what the data do not know.
    static func allowedRooms(of office: RegisteredOffice) -> [Room] {
        office.isDesignated ? Room.allCases.filter { $0 != .filingRoom } : Room.allCases
    }

    /// The rooms an office may have when nobody chooses.
    package static func usualRooms(of office: RegisteredOffice) -> [Room] {
        let mayFile =
            !office.isDesignated && office.hasRegistryOffice != nil && office.hasBuildingOffice != nil
        return mayFile ? Room.allCases : Room.allCases.filter { $0 != .filingRoom }
    }
}

/// The body of message `office.hosted`: a new office stands and its head is to be invited.
package struct OfficeHosted: Sendable, Codable {
    package static let kind = "office.hosted"

    package let tenant: TenantName
    package let headEmail: String
    package let headName: String
}

extension RegisteredOffice {
    var kind: String { isRegion ? "region" : "municipality" }

    /// Stands in reference numbers, such as `OUBIPO 12/2026`; the head may change it before the first one.
    package var abbreviation: String {
        if isRegion { return "KU" }
        let words = folded(name).uppercased().split { !$0.isASCII || !$0.isLetter }
        let letters =
            words.count > 1 ? words.map { $0.prefix(2) }.joined() : String(words.first?.prefix(4) ?? "")
        return status.initials + letters.prefix(8)
    }
}
