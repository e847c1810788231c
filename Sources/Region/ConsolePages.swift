import Foundation
import Office
import Web

/// The fleet at a glance.
struct ConsolePage: Page {
    static let template = "region-console"
    let title = "Úřady kraje"
    let hostedCount: Int
    let totalCount: Int
    let behindCount: Int
    let openJobs: [JobLine]
    let failedJobs: [JobLine]
    let districts: [DistrictBar]
    let unverifiedServices: Int
    let hasBehind: Bool
}

struct JobLine: Encodable, Sendable {
    let id: String
    let office: String
    let state: String
    let requested: String
    let error: String?
}

/// Hosted offices of one ORP against all of them, drawn as a bar.
struct DistrictBar: Encodable, Sendable {
    let name: String
    let hosted: Int
    let total: Int
    let link: String
}

struct OfficesPage: Page {
    static let template = "region-offices"
    let title = "Obce a úřady"
    let query: String
    let filters: [FilterLink]
    let offices: [OfficeLine]
    let isEmpty: Bool
    /// Address of the next page; nil on the last one.
    let next: String?
}

struct FilterLink: Encodable, Sendable {
    let name: String
    let link: String
    let isCurrent: Bool
}

struct OfficeLine: Encodable, Sendable {
    let name: String
    let code: String
    let orp: String
    let population: String
    /// Where the office is open; nil when it is not hosted.
    let url: String?
    let rooms: String
    let isBehind: Bool
    let isDesignated: Bool
}

struct OfficePage: Page {
    static let template = "region-office"
    let title: String
    let code: String
    let facts: [Fact]
    let parts: String
    let url: String?
    let rooms: String
    let isBehind: Bool
    let whyNoFilingRoom: String?
    let canHost: Bool
    let job: JobLine?
    let roomChoices: [RoomChoice]
    let registry: YesNo
    let building: YesNo
    let headName: String
    let headEmail: String
    let errors: [FieldError]
    let hasErrors: Bool
}

struct Fact: Encodable, Sendable {
    let name: String
    let value: String
}

struct RoomChoice: Encodable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
    let isForbidden: Bool
}

struct YesNo: Encodable, Sendable {
    let yes: Bool
    let no: Bool

    init(_ answer: Bool?) {
        yes = answer == true
        no = answer == false
    }
}

struct FieldError: Encodable, Sendable {
    let field: String
    let sentence: String
}

struct JobPage: Page {
    static let template = "region-job"
    let title: String
    let office: String
    let officeLink: String
    let isOpen: Bool
    let isDone: Bool
    let url: String
    let head: String
    let error: String?
    let duration: String
}

struct CataloguePage: Page {
    static let template = "region-services"
    let title = "Katalog služeb"
    let services: [ServiceLine]
    let unverified: Int
}

struct ServiceLine: Encodable, Sendable {
    let code: String
    let name: String
    let level: String
    let criteria: String
    let law: String
    let term: String
    let fee: String
    let note: String
    let isVerified: Bool
}

/// A dry run of distribution: the same rules, nothing is sent.
struct DryRunPage: Page {
    static let template = "region-dry-run"
    let title = "Zkouška rozdělování"
    let choice: PlaceChoice
    let day: String
    let finding: FindingView?
    let error: String?
}
