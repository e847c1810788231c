import Database
import Foundation
import Office
import Records

/// A unit or a function of the office; `holder` is the clerk who holds it, if it is one person.
struct CaseDesk: Sendable, Equatable {
    let code: String
    let name: String
    let role: Role
    let holder: UUID?
}

/// Which desk a service belongs to, and under which class of the filing plan its case files are kept.
struct RoutingRule: Sendable, Equatable {
    /// `*` is everything without a rule of its own.
    let service: String
    let name: String
    let regime: Regime
    let desk: String
    let filingClass: String

    static let everythingElse = "*"
}

/// To whom a case goes, and why.
struct Assignment: Sendable, Equatable {
    let desk: CaseDesk
    let clerk: Clerk?
    let filingClass: String
    let why: String

    /// As the person who handed it in may see it: the clerk with their function, or the function alone.
    var shown: String {
        guard let clerk else { return desk.name }
        return clerk.functionTitle.isEmpty ? clerk.name : "\(clerk.name), \(clerk.functionTitle)"
    }
}

/// How an office divides its work; a pure function of its rules, its people and the day.
struct Routing: Sendable {
    let desks: [CaseDesk]
    let rules: [RoutingRule]
    let people: [ClerkLine]

    /// Nil only in an office that has no rule at all.
    func assignment(of service: String, on day: Day) -> Assignment? {
        let own = rules.first { $0.service == service }
        guard let rule = own ?? rules.first(where: { $0.service == RoutingRule.everythingElse }),
            let desk = desks.first(where: { $0.code == rule.desk })
        else { return nil }
        let because =
            own == nil
            ? "Služba nemá vlastní pravidlo, patří proto pracovišti „\(desk.name)“."
            : "Službu vyřizuje pracoviště „\(desk.name)“."
        let (clerk, who) = person(at: desk, on: day)
        return Assignment(
            desk: desk,
            clerk: clerk,
            filingClass: rule.filingClass,
            why: [because, who].filter { !$0.isEmpty }.joined(separator: " ")
        )
    }

    /// Who sits at the desk on the day: its holder, their substitute, or the only one who plays its role.
    private func person(at desk: CaseDesk, on day: Day) -> (Clerk?, String) {
        if let holder = line(desk.holder) {
            if !holder.isAway(on: day) { return (holder.clerk, "") }
            var seen: Set<UUID> = [holder.clerk.userID]
            var next = line(holder.substitute)
            while let substitute = next, seen.insert(substitute.clerk.userID).inserted {
                if !substitute.isAway(on: day) {
                    let until = holder.awayUntil.map { " do \($0.czechShort)" } ?? ""
                    return (
                        substitute.clerk,
                        "\(holder.clerk.name) je nepřítomna či nepřítomen\(until), zastupuje \(substitute.clerk.name)."
                    )
                }
                next = line(substitute.substitute)
            }
            return (
                nil, "\(holder.clerk.name) není v úřadu a nikdo nezastupuje; převezme kdokoli z pracoviště."
            )
        }
        let able = people.filter { $0.isActive && $0.clerk.roles.contains(desk.role) && !$0.isAway(on: day) }
        if able.count == 1, let only = able.first { return (only.clerk, "Je tu jediná osoba v této roli.") }
        if able.isEmpty {
            let heads = people.filter { $0.isActive && $0.clerk.roles.contains(.head) && !$0.isAway(on: day) }
            if heads.count == 1, let head = heads.first {
                return (head.clerk, "Pracoviště není obsazeno, věc má vedoucí úřadu.")
            }
        }
        return (nil, "Převezme kdokoli z pracoviště.")
    }

    private func line(_ user: UUID?) -> ClerkLine? {
        people.first { $0.clerk.userID == user && $0.isActive }
    }

    func desk(_ code: String) -> CaseDesk? { desks.first { $0.code == code } }

    /// The clerk's name for lists; also of those who have left.
    func name(of user: UUID?) -> String? { people.first { $0.clerk.userID == user }?.clerk.name }
}
