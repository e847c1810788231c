import Foundation
import Office
import Records
import Testing

@testable import FilingRoom

@Suite struct `To whose desk a matter goes` {
    private let day = Day("2026-11-24") ?? Bench.today
    private let rule = RoutingRule(service: "kaceni-drevin", role: .clerk, clerk: nil, planCode: nil)

    @Test func `to the first who plays the role of the service`() {
        let jana = person("Jana", [.clerk])
        let desk = route(
            rule,
            among: [person("Eva", [.accountant]), jana, person("Karel", [.head])],
            on: day
        )
        #expect(
            desk == Desk(clerk: jana.clerk.userID, name: "Jana, funkce", reason: "Službu vyřizuje referent.")
        )
    }

    @Test func `to the person whom the rule names, before anybody of the role`() {
        let eva = person("Eva", [.registryClerk])
        let named = RoutingRule(service: "pes", role: .clerk, clerk: eva.clerk.userID, planCode: nil)
        #expect(route(named, among: [person("Jana", [.clerk]), eva], on: day).clerk == eva.clerk.userID)
    }

    @Test func `to the substitute of somebody away, and says why`() {
        let karel = person("Karel", [.head])
        let jana = person("Jana", [.clerk], away: day...day + 3, substitute: karel)
        let desk = route(rule, among: [jana, karel], on: day)
        #expect(desk.clerk == karel.clerk.userID)
        #expect(desk.reason.contains("Jana je mimo úřad, zastupuje Karel."))
    }

    @Test func `absence counts from its first to its last day`() {
        let karel = person("Karel", [.head])
        let jana = person("Jana", [.clerk], away: day...day + 3, substitute: karel)
        #expect(route(rule, among: [jana, karel], on: day - 1).clerk == jana.clerk.userID)
        #expect(route(rule, among: [jana, karel], on: day + 3).clerk == karel.clerk.userID)
        #expect(route(rule, among: [jana, karel], on: day + 4).clerk == jana.clerk.userID)
    }

    @Test func `to the substitute's substitute, and never round in a circle`() {
        let karel = person("Karel", [.head])
        let eva = person("Eva", [.accountant], away: day...day, substitute: karel)
        let jana = person("Jana", [.clerk], away: day...day, substitute: eva)
        #expect(route(rule, among: [jana, eva, karel], on: day).clerk == karel.clerk.userID)
        let left = person("Levá", [.clerk], away: day...day)
        let right = person("Pravá", [.clerk], away: day...day, substitute: left)
        let circle = ClerkLine(line: left, substitute: right)
        #expect(route(rule, among: [circle, right], on: day).clerk == nil)
    }

    @Test func `never to somebody who could not open it, be they named or a substitute`() {
        let karel = person("Karel", [.head])
        let eva = person("Eva", [.accountant])
        let jana = person("Jana", [.clerk], away: day...day, substitute: eva)
        #expect(route(rule, among: [jana, eva, karel], on: day).clerk == karel.clerk.userID)
        let named = RoutingRule(service: "pes", role: .clerk, clerk: eva.clerk.userID, planCode: nil)
        #expect(route(named, among: [eva, karel], on: day).clerk == karel.clerk.userID)
        // As soon as she works in the filing room, too, she stands in.
        let both = ClerkLine(line: eva, roles: [.accountant, .registryClerk])
        let again = ClerkLine(line: jana, substitute: both)
        #expect(route(rule, among: [again, both, karel], on: day).clerk == both.clerk.userID)
    }

    @Test func `past somebody away without a substitute to the next, then to the head`() {
        let jana = person("Jana", [.clerk], away: day...day)
        let petr = person("Petr", [.clerk])
        let karel = person("Karel", [.head])
        #expect(route(rule, among: [jana, petr, karel], on: day).clerk == petr.clerk.userID)
        #expect(route(rule, among: [jana, karel], on: day).clerk == karel.clerk.userID)
    }

    @Test func `to nobody where nobody is, which is said`() {
        let gone = ClerkLine(line: person("Jana", [.clerk]), isActive: false)
        let desk = route(rule, among: [gone], on: day)
        #expect(desk.clerk == nil)
        #expect(desk.name == "úřad")
        #expect(desk.reason.contains("čeká"))
    }

    private func person(
        _ name: String,
        _ roles: Set<Role>,
        away: ClosedRange<Day>? = nil,
        substitute: ClerkLine? = nil
    ) -> ClerkLine {
        ClerkLine(
            clerk: Clerk(userID: UUID(), name: name, functionTitle: "funkce", roles: roles),
            email: "",
            isActive: true,
            awayFrom: away?.lowerBound,
            awayUntil: away?.upperBound,
            substitute: substitute?.clerk.userID
        )
    }
}

extension ClerkLine {
    fileprivate init(line: ClerkLine, roles: Set<Role>) {
        self.init(
            clerk: Clerk(userID: line.clerk.userID, name: line.clerk.name, functionTitle: "", roles: roles),
            email: "",
            isActive: true,
            awayFrom: nil,
            awayUntil: nil,
            substitute: nil
        )
    }

    fileprivate init(line: ClerkLine, isActive: Bool = true, substitute: ClerkLine? = nil) {
        self.init(
            clerk: line.clerk,
            email: line.email,
            isActive: isActive,
            awayFrom: line.awayFrom,
            awayUntil: line.awayUntil,
            substitute: substitute?.clerk.userID ?? line.substitute
        )
    }
}
