import Database
import Foundation
import Office
import Web

/// The fleet at a glance.
struct ConsolePage: Page {
    static let template = "region-console"
    var title = "Úřady kraje"
    let hostedCount: Int
    let totalCount: Int
    let behindCount: Int
    let stuckCount: Int
    let undecidedCount: Int
    let unverifiedCount: Int
    let storage: String
    /// Nothing waits for an administrator.
    let isCalm: Bool
    let hasBehind: Bool
    let hasStuck: Bool
    let hasUndecided: Bool
    let openJobs: [JobLine]
    let failedJobs: [JobLine]
    let chart: MonthChart
    let fleet: [FleetLine]
    let hasMore: Bool
    let districts: [DistrictBar]
}

struct JobLine: Codable, Sendable {
    let id: String
    let office: String
    let state: String
    let requested: String
    let error: String?

    init(_ job: ProvisioningJob, _ register: Register) {
        id = job.id.uuidString.lowercased()
        office = register.office(job.tenant)?.name ?? job.tenant.rawValue
        state = job.finishedAt == nil ? "probíhá" : job.error == nil ? "hotovo" : "nepodařilo se"
        requested = job.requestedAt.czech
        error = job.error
    }
}

/// A hosted office among the others.
struct FleetLine: Codable, Sendable {
    let name: String
    let code: String
    let filing: String
    let isBehind: Bool
    let waiting: Int
    /// How long the oldest waits; nil when nothing does.
    let waitingFor: String?
    let submissions: String
    let storage: String
    /// In trouble first: 0 behind, 1 with messages that wait, 2 well.
    let rank: Int

    init?(_ office: RegisteredOffice, _ register: Register, _ figures: FleetFigures, now: Date) {
        guard let hosted = register.hosted[office.tenant] else { return nil }
        let known = figures.office(office.tenant)
        name = office.name
        code = office.code
        filing =
            hosted.keeps(Room.filingRoom.rawValue)
            ? "zdejší spisová služba" : known.isConnected ? "vlastní, napojená" : "vlastní, nenapojená"
        isBehind = hosted.state == .behind
        waiting = known.waiting
        waitingFor = known.waitingSince.map { Address.since($0, now: now) }
        submissions = known.submissions.grouped
        storage = Address.bytes(known.bytes)
        rank = isBehind ? 0 : known.waiting > 0 ? 1 : 2
    }
}

/// Hosted offices of one ORP against all of them, drawn as a bar.
struct DistrictBar: Codable, Sendable {
    let name: String
    let hosted: Int
    let total: Int
    let link: String
}

/// Submissions of the last months as columns, with the same numbers as a table.
struct MonthChart: Codable, Sendable {
    struct Column: Codable, Sendable {
        let name: String
        let count: String
        let x: Int
        let y: Int
        let height: Int
        /// Where the number stands above the column, and the month below.
        let middle: Int
        let above: Int
        let short: String
    }

    let columns: [Column]
    let width: Int
    let sum: String
    let isEmpty: Bool

    private static let step = 50
    private static let tall = 120

    init(_ months: [FleetFigures.Month]) {
        let highest = max(1, months.map(\.submissions).max() ?? 1)
        columns = months.enumerated().map { index, month in
            let height = (month.submissions * Self.tall + highest - 1) / highest
            let date = month.first.date
            return Column(
                name: "\(Self.names[date.month - 1]) \(date.year)",
                count: month.submissions.grouped,
                x: index * Self.step + 8,
                y: Self.tall - height + 20,
                height: height,
                middle: index * Self.step + Self.step / 2,
                above: Self.tall - height + 15,
                short: "\(date.month). \(date.year % 100)"
            )
        }
        width = max(1, months.count) * Self.step
        sum = months.reduce(0) { $0 + $1.submissions }.grouped
        isEmpty = months.allSatisfy { $0.submissions == 0 }
    }

    private static let names = [
        "leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září", "říjen",
        "listopad", "prosinec",
    ]
}

struct OfficesPage: Page {
    static let template = "region-offices"
    var title = "Obce a úřady"
    let query: String
    /// Kept when something else is searched for.
    let state: String
    let districts: [DistrictChoice]
    let filters: [FilterLink]
    let count: String
    let offices: [OfficeLine]
    let isEmpty: Bool
    /// Address of the next page; nil on the last one.
    let next: String?
}

/// A municipality with extended competence, whose district the register is narrowed to.
struct DistrictChoice: Codable, Sendable {
    let code: String
    let name: String
    let isChosen: Bool
}

struct FilterLink: Codable, Sendable {
    let name: String
    let link: String
    let isCurrent: Bool
}

struct OfficeLine: Codable, Sendable {
    let name: String
    let code: String
    let level: String
    let orp: String
    let district: String
    let population: String
    /// Where the office is open; nil when it is not hosted.
    let url: String?
    let rooms: String
    let isBehind: Bool
    let isDesignated: Bool

    init(_ office: RegisteredOffice, _ register: Register, _ hosts: Hosts) {
        let hosted = register.hosted[office.tenant]
        name = office.name
        code = office.code
        level = office.level
        orp = office.isRegion ? "–" : office.orpName
        district = office.isRegion ? "–" : office.district
        population = office.isRegion ? "–" : office.population.grouped
        url = hosted.map { hosts.officeURL($0.slug) }
        rooms = hosted.map { Room.names(of: $0) } ?? ""
        isBehind = hosted?.state == .behind
        isDesignated = office.isDesignated
    }
}
