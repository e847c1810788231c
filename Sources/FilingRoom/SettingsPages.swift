import Foundation
import Office
import Records
import Web

struct SettingsPage: Page {
    static let template = "settings"
    let title = "Nastavení úřadu"
    let steps: [StepView]
    let doneCount: Int
    let stepCount: Int
    let isDone: Bool
    let keepsFilingRoom: Bool
    let keepsForms: Bool
}

struct StepView: Encodable, Sendable {
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
    let title = "Údaje úřadu"
    let profile: OfficeForm
    let errors: [FilingFault]
    let hasErrors: Bool
}

struct LookPage: Page {
    static let template = "look"
    let title = "Vzhled stránek"
    let accents: [Choice]
    /// Where the arms lie that are shown now; empty where there are none.
    let picture: String
    let errors: [FilingFault]
    let hasErrors: Bool
}

struct PeoplePage: Page {
    static let template = "people"
    let title = "Lidé v úřadu"
    let clerks: [ClerkView]
    let invited: [InvitedView]
    let roles: [Choice]
    let name: String
    let email: String
    let errors: [FilingFault]
    let hasErrors: Bool
}

/// Somebody who was invited and has not come yet.
struct InvitedView: Encodable, Sendable {
    let name: String
    let email: String
    let roles: String
    let until: String
    let isLapsed: Bool

    init(_ invitation: Invitation, now: Date) {
        name = invitation.name
        email = invitation.email
        roles = invitation.roles.map(\.czech).joined(separator: ", ")
        until = Day(of: invitation.until).czechShort
        isLapsed = invitation.isLapsed(now)
    }
}

struct RoutingPage: Page {
    static let template = "routing"
    let title = "Komu co přijde"
    let rules: [RuleView]
    let services: [Choice]
    let roles: [Choice]
    let people: [Choice]
    let plan: [Choice]
    let keepsFilingRoom: Bool
}

struct RuleView: Encodable, Sendable {
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
    let title = "Spisový a skartační plán"
    let office: String
    let entries: [PlanLine]
}

struct PlanLine: Encodable, Sendable {
    let code: String
    let title: String
    let regime: String
    let isGroup: Bool
}

struct ClerkView: Encodable, Sendable {
    let id: String
    let name: String
    let email: String
    let roles: String
    let isActive: Bool
    let functionTitle: String
    let absence: String?
    let from: String
    let until: String
    let choices: [Choice]
    let others: [Choice]
}

/// The office as its head edits it; the same names come back from the form.
struct OfficeForm: Codable, Sendable {
    var ico: String
    var street: String
    var place: String
    var postcode: String
    var hours: String
    var email: String
    var phone: String
    var dataBox: String
    var acceptedFormats: String
    var carriers: String
    var bankAccount: String
}
extension OfficeForm {
    init(_ profile: OfficeProfile) {
        self.init(
            ico: profile.ico ?? "",
            street: profile.street,
            place: profile.place,
            postcode: profile.postcode,
            hours: profile.hours,
            email: profile.email,
            phone: profile.phone,
            dataBox: profile.dataBox,
            acceptedFormats: profile.acceptedFormats,
            carriers: profile.carriers,
            bankAccount: profile.bankAccount
        )
    }

    /// Lengths are bounded; everything else is the office's own word.
    func apply(to profile: inout OfficeProfile) {
        func cut(_ text: String, _ longest: Int) -> String {
            String(text.trimmingCharacters(in: .whitespacesAndNewlines).prefix(longest))
        }
        profile.ico = ico.isEmpty ? nil : cut(ico, 8)
        profile.street = cut(street, 120)
        profile.place = cut(place, 120)
        profile.postcode = cut(postcode, 6)
        profile.hours = cut(hours, 1000)
        profile.email = cut(email, 254)
        profile.phone = cut(phone, 60)
        profile.dataBox = cut(dataBox, 7)
        profile.acceptedFormats = cut(acceptedFormats, 1000)
        profile.carriers = cut(carriers, 1000)
        profile.bankAccount = cut(bankAccount, 30)
    }
}

extension ClerkView {
    init(_ line: ClerkLine, among people: [ClerkLine], today: Day) {
        var absence: String?
        if let from = line.awayFrom {
            let until = line.awayUntil.map { " do \($0.czechShort)" } ?? ""
            let substitute = line.substitute.flatMap { id in
                people.first { $0.clerk.userID == id }?.clerk.name
            }
            absence =
                "mimo úřad od \(from.czechShort)\(until)" + (substitute.map { ", zastupuje \($0)" } ?? "")
        }
        self.init(
            id: line.clerk.userID.uuidString.lowercased(),
            name: line.clerk.publicName,
            email: line.email,
            roles: line.clerk.roles.map(\.czech).sorted().joined(separator: ", "),
            isActive: line.isActive,
            functionTitle: line.clerk.functionTitle,
            absence: absence,
            from: line.awayFrom?.description ?? "",
            until: line.awayUntil?.description ?? "",
            choices: Role.allCases.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: line.clerk.roles.contains($0))
            },
            others: people.filter { $0.clerk.userID != line.clerk.userID && $0.isActive }.map {
                Choice(
                    value: $0.clerk.userID.uuidString.lowercased(),
                    name: $0.clerk.name,
                    isChosen: $0.clerk.userID == line.substitute
                )
            }
        )
    }
}

extension OfficeForm {
    /// What cannot stand: a wrong check digit, an identifier that no data box has.
    var refusal: PlainRefusal? {
        if !ico.isEmpty, !Self.isCompanyNumber(ico) {
            let sentence = "IČO má osm číslic a poslední z nich je kontrolní; tohle není platné."
            return PlainRefusal(.invalid, "bad-ico", sentence, fields: ["ico": sentence])
        }
        let box = dataBox.trimmingCharacters(in: .whitespaces)
        if !box.isEmpty, box.count != 7 || !box.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
            let sentence = "Identifikátor datové schránky má sedm znaků, písmena a číslice."
            return PlainRefusal(.invalid, "bad-data-box", sentence, fields: ["dataBox": sentence])
        }
        return nil
    }

    /// Weights 8 to 2; the check digit is (11 - sum mod 11) mod 10.
    private static func isCompanyNumber(_ text: String) -> Bool {
        let digits = text.compactMap(\.wholeNumberValue)
        guard text.count == 8, digits.count == 8 else { return false }
        let sum = zip(digits, (2...8).reversed()).reduce(0) { $0 + $1.0 * $1.1 }
        return (11 - sum % 11) % 10 == digits[7]
    }
}
