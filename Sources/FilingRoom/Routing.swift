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
/// The rule's person, else the first with its role, else the head; somebody away is stood for by their substitute.
func route(_ rule: RoutingRule?, among people: [ClerkLine], on day: Day) -> Desk {
    let active = people.filter(\.isActive)
    let role = rule?.role ?? .registryClerk
    let wanted = rule?.clerk.flatMap { id in active.first { $0.clerk.userID == id } }
    let byRole =
        active.first { $0.clerk.roles.contains(role) && !$0.isAway(on: day) }
        ?? active.first { $0.clerk.roles.contains(role) }
    let head = active.first { $0.clerk.roles.contains(.head) }
    guard let chosen = wanted ?? byRole ?? head else {
        return Desk(
            clerk: nil,
            name: "úřad",
            reason: "V úřadě zatím nikdo není; věc čeká, až ji někdo převezme."
        )
    }
    let why =
        wanted != nil
        ? "Pravidlo služby určuje tuto osobu."
        : byRole != nil
            ? "Službu vyřizuje \(role.czech)." : "Roli \(role.czech) nikdo nemá, věc má vedoucí úřadu."
    guard chosen.isAway(on: day), let id = chosen.substitute,
        let substitute = active.first(where: { $0.clerk.userID == id }), !substitute.isAway(on: day)
    else { return Desk(clerk: chosen.clerk.userID, name: chosen.clerk.publicName, reason: why) }
    return Desk(
        clerk: substitute.clerk.userID,
        name: substitute.clerk.publicName,
        reason: "\(why) \(chosen.clerk.name) je mimo úřad, zastupuje \(substitute.clerk.name)."
    )
}

extension Clerk {
    /// Name and function, as letters and the person's own page show them.
    var publicName: String { functionTitle.isEmpty ? name : "\(name), \(functionTitle)" }
}
