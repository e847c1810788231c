import Foundation
import Office
import Records
import Web

struct SettingsPage: Page {
    static let template = "settings"
    var title = "Nastavení úřadu"
    let steps: [StepView]
    let doneCount: Int
    let stepCount: Int
    let isDone: Bool
    let keepsFilingRoom: Bool
    let keepsForms: Bool
}

struct StepView: Codable, Sendable {
    let code: String
    let title: String
    let why: String
    let link: String
    /// What is known of it already, or what is missing.
    let found: String
    /// Nothing is missing, as far as it is known.
    let canTick: Bool
    let isDone: Bool
}

struct OfficeDetailsPage: Page {
    static let template = "office-details"
    var title = "Údaje úřadu"
    let profile: OfficeForm
    let errors: [FilingFault]
    let hasErrors: Bool
    let faults: OfficeFaults
}

struct LookPage: Page {
    static let template = "look"
    var title = "Vzhled stránek"
    let accents: [Choice]
    /// Where the arms lie that are shown now; empty where there are none.
    let picture: String
    let errors: [FilingFault]
    let hasErrors: Bool
}

struct PeoplePage: Page {
    static let template = "people"
    var title = "Lidé v úřadu"
    let clerks: [ClerkView]
    let invited: [InvitedView]
    let roles: [RoleChoice]
    let name: String
    let email: String
    let functionTitle: String
    /// What functions are called in offices.
    let functions: [String]
    let errors: [FilingFault]
    /// The same by the name of the field at which they stand.
    let faults: [String: String]
    let hasErrors: Bool
}

/// A role with what who plays it is usually called.
struct RoleChoice: Codable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool
    let function: String
}

/// Somebody who was invited and has not come yet.
struct InvitedView: Codable, Sendable {
    let name: String
    let email: String
    let functionTitle: String
    let roles: String
    let until: String
    let isLapsed: Bool

    init(_ invitation: Invitation, now: Date) {
        name = invitation.name
        email = invitation.email
        functionTitle = invitation.functionTitle
        roles = invitation.roles.map(\.czech).joined(separator: ", ")
        until = Day(of: invitation.until).czechShort
        isLapsed = invitation.isLapsed(now)
    }
}

struct RoutingPage: Page {
    static let template = "routing"
    var title = "Komu co přijde"
    let rules: [RuleView]
    let services: [Choice]
    let roles: [Choice]
    let people: [Choice]
    let plan: [Choice]
    let keepsFilingRoom: Bool
}

struct RuleView: Codable, Sendable {
    let service: String
    let name: String
    let roles: [Choice]
    let people: [Choice]
    let plan: [Choice]
    /// Who would get it today, and why.
    let desk: String
    let reason: String
}

struct PlanPage: Page {
    static let template = "filing-plan"
    var title = "Spisový a skartační plán"
    let office: String
    let entries: [PlanLine]
}

struct PlanLine: Codable, Sendable {
    let code: String
    let title: String
    let regime: String
    let isGroup: Bool
    /// The code of the group it belongs to.
    let group: String?
}

struct ClerkView: Codable, Sendable {
    let id: String
    let name: String
    let email: String
    let roles: String
    let isActive: Bool
    let functionTitle: String
    let absence: String?
    /// Their substitute could not open what would come instead.
    let isUncovered: Bool
    let from: String
    let until: String
    let choices: [Choice]
    let others: [Choice]
}

extension ClerkLine {
    /// Whether they can stand in for `other`: for whoever works in the filing room, somebody who does, too.
    func canSubstitute(_ other: ClerkLine) -> Bool {
        isActive && clerk.userID != other.clerk.userID
            && (clerk.may(.registerMail) || !other.clerk.may(.registerMail))
    }
}

extension ClerkView {
    init(_ line: ClerkLine, among people: [ClerkLine], today: Day) {
        let substitute = line.substitute.flatMap { id in people.first { $0.clerk.userID == id } }
        var absence: String?
        if let from = line.awayFrom {
            let until = line.awayUntil.map { " do \($0.czechShort)" } ?? ""
            absence =
                "mimo úřad od \(from.czechShort)\(until)"
                + (substitute.map { ", zastupuje \($0.clerk.name)" } ?? "")
        }
        self.init(
            id: line.clerk.userID.uuidString.lowercased(),
            name: line.clerk.publicName,
            email: line.email,
            roles: line.clerk.roles.map(\.czech).sorted().joined(separator: ", "),
            isActive: line.isActive,
            functionTitle: line.clerk.functionTitle,
            absence: absence,
            isUncovered: substitute.map { !$0.canSubstitute(line) } ?? false,
            from: line.awayFrom?.description ?? "",
            until: line.awayUntil?.description ?? "",
            choices: Role.allCases.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: line.clerk.roles.contains($0))
            },
            others: people.filter { $0.canSubstitute(line) }.map {
                Choice(
                    value: $0.clerk.userID.uuidString.lowercased(),
                    name: $0.clerk.name,
                    isChosen: $0.clerk.userID == line.substitute
                )
            }
        )
    }
}
