import Foundation
import Office
import Records

/// To whose desk a matter goes, and why.
struct Desk: Sendable, Equatable {
    let clerk: UUID?
    /// As the person may see it.
    let name: String
    /// As the office sees it.
    let reason: String
}

struct RoutingRule: Sendable, Equatable {
    let service: String
    let role: Role
    let clerk: UUID?
    let planCode: String?
}

/// Pure: from the rule of the service and the people of the office on that day.
///
/// The rule's person, else the first with its role, else the head. Somebody away is stood for by their substitute,
/// or by the substitute's; without one the next in the line has it. With nobody there the matter waits.
///
/// It goes only to who works in the filing room, and under the tax code only to those who may know of it, whatever
/// the rule says.
func route(
    _ rule: RoutingRule?,
    among people: [ClerkLine],
    regime: Regime = .administrative,
    on day: Day
) -> Desk {
    let active = people.filter { $0.isActive && $0.clerk.mayHold(regime) }
    let role = rule?.role ?? (regime == .tax ? .feeClerk : .registryClerk)
    let wanted = active.filter { $0.clerk.userID == rule?.clerk }
    let able = active.filter { $0.clerk.roles.contains(role) && $0.clerk.userID != rule?.clerk }
    let heads = active.filter { $0.clerk.roles.contains(.head) }
    let line =
        wanted.map { ($0, "Pravidlo služby určuje tuto osobu.") }
        + able.map { ($0, "Službu vyřizuje \(role.czech).") }
        + heads.map { ($0, "Roli \(role.czech) teď nikdo nezastává, věc má vedoucí úřadu.") }
    for (person, why) in line {
        if !person.isAway(on: day) {
            return Desk(clerk: person.clerk.userID, name: person.clerk.publicName, reason: why)
        }
        guard let substitute = substitute(of: person, among: active, on: day) else { continue }
        return Desk(
            clerk: substitute.clerk.userID,
            name: substitute.clerk.publicName,
            reason: "\(why) \(person.clerk.name) je mimo úřad, zastupuje \(substitute.clerk.name)."
        )
    }
    return Desk(
        clerk: nil,
        name: "úřad",
        reason: "V úřadě teď nikdo není; věc čeká, až ji někdo převezme."
    )
}

private func substitute(of person: ClerkLine, among active: [ClerkLine], on day: Day) -> ClerkLine? {
    var seen = [person.clerk.userID]
    var next = active.first { $0.clerk.userID == person.substitute }
    while let candidate = next, !seen.contains(candidate.clerk.userID) {
        if !candidate.isAway(on: day) { return candidate }
        seen.append(candidate.clerk.userID)
        next = active.first { $0.clerk.userID == candidate.substitute }
    }
    return nil
}

extension Clerk {
    /// Whether a matter may lie on their desk: they open its case file.
    func mayHold(_ regime: Regime) -> Bool { may(.registerMail) && sees(regime) }

    /// Name and function, as letters and the person's own page show them.
    var publicName: String { functionTitle.isEmpty ? name : "\(name), \(functionTitle)" }
}
