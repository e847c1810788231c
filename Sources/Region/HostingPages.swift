import Foundation
import Office
import Web

/// One office of the register: what it is, how it fares here, and what an administrator may do about it.
struct OfficePage: Page {
    static let template = "region-office"
    let title: String
    let code: String
    let tenant: String
    let slug: String
    let facts: [Fact]
    let parts: String
    let url: String?
    let rooms: String
    /// Queue, storage and what was handed in; empty when it is not hosted.
    let operation: [Fact]
    /// Who leads it, or was asked to.
    let heads: [HeadView]
    let newHead: NewHeadView
    /// How many submissions wait until the office is hosted; nil when none does.
    let waits: String?
    let versions: [RoomVersion]
    let isBehind: Bool
    let whyNoFilingRoom: String?
    /// Submissions for it go to a filing system of its own, when that is connected.
    let hasOwnSystem: Bool
    let isConnected: Bool
    let canHost: Bool
    let canAddRooms: Bool
    let addable: [RoomChoice]
    let asksOffices: Bool
    let job: JobLine?
    let roomChoices: [RoomChoice]
    let registry: YesNo
    let building: YesNo
    let headName: String
    let headEmail: String
    let errors: [FieldError]
    let hasErrors: Bool
    let registryError: String?
    let buildingError: String?
    /// Whether the municipality has both offices is confirmed already.
    let isKnown: Bool
    let roomsError: String?
    let headNameError: String?
    let headEmailError: String?
}

struct Fact: Codable, Sendable {
    let name: String
    let value: String
}

struct RoomChoice: Codable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
    let isForbidden: Bool
}

struct YesNo: Codable, Sendable {
    let yes: Bool
    let no: Bool

    /// What was typed stands before what the register knows.
    init(typed: String?, known: Bool?) {
        yes = typed.map { $0 == "yes" } ?? (known == true)
        no = typed.map { $0 == "no" } ?? (known == false)
    }
}

struct FieldError: Codable, Sendable {
    let field: String
    let sentence: String

    private static let order = ["registryOffice", "buildingOffice", "rooms", "headName", "headEmail"]

    /// As the fields follow one another on the page.
    static func listed(_ errors: [String: String]) -> [FieldError] {
        func place(_ field: String) -> Int { order.firstIndex(of: field) ?? order.count }
        return errors.sorted { (place($0.key), $1.key) < (place($1.key), $0.key) }
            .map { FieldError(field: $0.key, sentence: $0.value) }
    }
}

struct JobPage: Page {
    static let template = "region-job"
    let title: String
    let office: String
    let officeLink: String
    let isOpen: Bool
    let isDone: Bool
    let url: String
    let rooms: String
    /// Nil where rooms were added to an office that has a head.
    let head: String?
    let error: String?
    /// How long the making took, from its beginning.
    let duration: String
    /// From the order to the end.
    let whole: String

    init(_ job: ProvisioningJob, _ office: RegisteredOffice, url: String, now: Date) {
        title = (job.headName.isEmpty ? "Další části úřadu: " : "Zřízení úřadu: ") + office.name
        self.office = office.name
        officeLink = "/kraj/obce/\(office.code)"
        isOpen = job.finishedAt == nil
        isDone = job.finishedAt != nil && job.error == nil
        self.url = url
        rooms = job.rooms.compactMap(Room.init).sorted().map(\.czech).joined(separator: ", ")
        head = job.headName.isEmpty ? nil : "\(job.headName) (\(job.headEmail))"
        error = job.error
        let end = job.finishedAt ?? now
        duration = Self.seconds(end.timeIntervalSince(job.startedAt ?? job.requestedAt))
        whole = Self.seconds(end.timeIntervalSince(job.requestedAt))
    }

    private static func seconds(_ interval: TimeInterval) -> String {
        let hundredths = Int((max(0, interval) * 100).rounded())
        let rest = hundredths % 100
        return "\(hundredths / 100),\(rest < 10 ? "0" : "")\(rest)\u{A0}s"
    }
}

extension Room {
    static func names(of office: HostedOffice) -> String {
        office.rooms.compactMap(Room.init).sorted().map(\.czech).joined(separator: ", ")
    }
}

extension FleetFigures.Office {
    /// Nothing waits for hosting where the office's own system takes it.
    var waitsForHosting: String? {
        guard waitingSubmissions > 0, !isConnected else { return nil }
        let verb = (2...4).contains(waitingSubmissions) ? "čekají" : "čeká"
        return
            "Pro tento úřad tu \(verb) \(waitingSubmissions.grouped) podání. Doručí se, jakmile bude mít "
            + "zdejší spisovou službu, nebo napojí svou."
    }

    func facts(now: Date) -> [Fact] {
        let queue =
            waitingSince.map {
                Address.counted(waiting, "zpráva", "zprávy", "zpráv")
                    + ", nejstarší čeká \(Address.since($0, now: now))"
            } ?? "nic nečeká"
        return [
            Fact(name: "Podání za rok", value: submissions.grouped),
            Fact(name: "Čeká na doručení", value: queue),
            Fact(
                name: "Uloženo",
                // An office has tables from its first moment: none means that nobody has measured it yet.
                value: databaseBytes == 0
                    ? "zatím nespočítáno"
                    : "\(Address.bytes(databaseBytes)) v databázi, \(Address.bytes(fileBytes)) v souborech"
            ),
        ]
    }
}
