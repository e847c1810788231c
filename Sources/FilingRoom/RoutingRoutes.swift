import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

// To whose desk things go, and under what they are filed.

extension OfficeDeskRoutes {
    var routingRoutes: [Route] {
        [
            .needs(
                .manageOffice,
                .get,
                "/nastaveni/smerovani",
                room: FilingRoutes.room,
                "Komu co přijde",
                routing
            ).showing(RoutingPage.self),
            .needs(
                .manageOffice,
                .post,
                "/nastaveni/smerovani",
                room: FilingRoutes.room,
                "Uloží pravidlo směrování",
                setRule
            ),
            .needs(.manageOffice, .get, "/nastaveni/plan", room: FilingRoutes.room, "Spisový plán", plan)
                .showing(PlanPage.self),
        ]
    }

    @Sendable private func routing(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let (rules, people, plan) = try await database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            (
                try await FilingPlanStore.rules(in: tenant), try await ClerkStore.all(in: tenant),
                try await FilingPlanStore.plan(in: tenant)
            )
        }
        let services = catalogue.services
        let known = Set(rules.map(\.service))
        func roles(_ chosen: Role?) -> [Choice] {
            Role.allCases.filter { $0 != .accountant }.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == chosen)
            }
        }
        func persons(_ chosen: UUID?) -> [Choice] {
            people.filter { $0.isActive && $0.clerk.may(.registerMail) }.map {
                Choice(
                    value: $0.clerk.userID.uuidString.lowercased(),
                    name: $0.clerk.publicName,
                    isChosen: $0.clerk.userID == chosen
                )
            }
        }
        func entries(_ chosen: String?) -> [Choice] {
            plan.map { Choice(value: $0.code, name: $0.name, isChosen: $0.code == chosen) }
        }
        let page = RoutingPage(
            rules: rules.map { rule in
                let service = services.first { $0.code == rule.service }
                let desk = route(
                    rule,
                    among: people,
                    regime: service?.regime ?? .administrative,
                    on: visit.today
                )
                return RuleView(
                    service: rule.service,
                    name: service?.name ?? rule.service,
                    roles: roles(rule.role),
                    people: persons(rule.clerk),
                    plan: entries(rule.planCode),
                    desk: desk.name,
                    reason: desk.reason
                )
            },
            services: services.filter { !known.contains($0.code) }.map {
                Choice(value: $0.code, name: $0.name, isChosen: false)
            },
            roles: roles(.clerk),
            people: persons(nil),
            plan: entries(nil),
            keepsFilingRoom: true
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable private func setRule(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Decodable {
            var service: String
            var role: String
            var clerk: String?
            var plan: String?
        }
        let form = try await Input.decode(Form.self, from: request)
        guard let role = Role(rawValue: form.role) else { throw PlainRefusal.unreadable(field: "role") }
        guard catalogue.services.contains(where: { $0.code == form.service }) else {
            throw PlainRefusal.unreadable(field: "service")
        }
        try await refusing(["routing_rules_plan_code_fkey": FilingRefusal.planNeeded]) {
            try await database.tenant(
                try visit.here.tenant,
                as: clerk.actor,
                needing: Permission.manageOffice.rawValue
            ) { tenant in
                let person = form.clerk.flatMap(UUID.init(uuidString:))
                if let person {
                    guard let known = try await ClerkStore.clerk(person, in: tenant) else {
                        throw FilingRefusal.unknownClerk
                    }
                    guard known.may(.registerMail) else { throw FilingRefusal.notOfFilingRoom }
                }
                FilingPlanStore.set(
                    RoutingRule(
                        service: form.service,
                        role: role,
                        clerk: person,
                        planCode: form.plan.flatMap { $0.isEmpty ? nil : $0 }
                    ),
                    by: clerk.userID,
                    in: tenant
                )
            }
        }
        return done("Pravidlo je uložené; platí pro podání, která teprve přijdou.", "/nastaveni/smerovani")
    }

    @Sendable private func plan(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let office = try visit.here
        let entries = try await database.tenant(office.tenant, as: clerk.actor) { tenant in
            try await FilingPlanStore.wholePlan(in: tenant)
        }
        let page = PlanPage(office: office.body, entries: entries)
        return try pages.answer(page, to: request, visit)
    }
}
