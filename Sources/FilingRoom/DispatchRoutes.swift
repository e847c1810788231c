import Foundation
import HTTPTypes
import Hummingbird
import Office
import Web

// The office's own documents on their way: dispatched, delivered, come back, given up, in force.

extension FilingRoutes {
    var dispatchRoutes: [Route] {
        [
            Self.act("/spisovna/dokument/:id/vypravit", "Vypraví písemnost", dispatch),
            Self.act("/spisovna/dokument/:id/doruceno", "Zapíše doručení", deliver),
            Self.act("/spisovna/dokument/:id/zrusit", "Zruší vyhotovenou písemnost", cancel),
            Self.act("/spisovna/dokument/:id/pravni-moc", "Vyznačí právní moc", noteForce),
            Self.act("/spisovna/dokument/:id/vraceno", "Zapíše, že se písemnost vrátila", comeBack),
            Self.act("/spisovna/dokument/:id/upustit", "Upustí od doručení písemnosti", abandon),
        ]
    }

    @Sendable private func dispatch(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable {
            var means: String
            var day: String
            var to: String?
        }
        return try await withDocument(Form.self, request, visit, clerk, saying: "Vypravení je zapsané.") {
            form,
            id,
            office in
            guard let means = DispatchMeans(rawValue: form.means) else {
                throw PlainRefusal.unreadable(field: "means")
            }
            guard let day = Day(form.day) else { throw FilingRefusal.badDay }
            guard means != .publicNotice || office.keeps("NoticeBoard") else { throw FilingRefusal.noBoard }
            let notice = try await registry.dispatch(
                id,
                on: day,
                by: Registry.Envelope(means: means, address: form.to ?? ""),
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
            return notice.flatMap { Self.draft($0, for: clerk) }
        }
    }

    @Sendable private func deliver(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable {
            var day: String
            var proof: String
            var way: String?
        }
        return try await withDocument(Form.self, request, visit, clerk, saying: "Doručení je zapsané.") {
            form,
            id,
            office in
            guard let day = Day(form.day) else { throw FilingRefusal.badDay }
            guard let way = DeliveryWay(rawValue: form.way ?? "receipt") else {
                throw PlainRefusal.unreadable(field: "way")
            }
            try await registry.deliver(
                id,
                by: way,
                on: day,
                proof: form.proof,
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
            return nil
        }
    }

    @Sendable private func comeBack(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable {
            var day: String
            var why: String
        }
        return try await withDocument(Form.self, request, visit, clerk, saying: "Vrácení je zapsané.") {
            form,
            id,
            office in
            guard let day = Day(form.day) else { throw FilingRefusal.badDay }
            try await registry.comeBack(
                id,
                on: day,
                why: form.why,
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
            return nil
        }
    }

    @Sendable private func cancel(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let id = try visit.identifier("id")
        let saying = "Vyhotovení je zrušené; číslo zůstává v deníku s poznámkou."
        return try await withDocument(id, request, visit, clerk, saying: saying) { office in
            try await registry.cancel(id, at: office.tenant, by: clerk, today: visit.today)
            return nil
        }
    }

    @Sendable private func noteForce(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable {
            var day: String
            var ground: String
            var proof: String?
            var proven: String?
        }
        return try await withDocument(
            Form.self,
            request,
            visit,
            clerk,
            saying: "Den právní moci je vyznačený."
        ) {
            form,
            id,
            office in
            guard !form.ground.isEmpty else { throw FilingRefusal.groundNeeded }
            guard let ground = ForceGround(rawValue: form.ground) else {
                throw PlainRefusal.unreadable(field: "ground")
            }
            guard let day = Day(form.day) else { throw FilingRefusal.badDay }
            try await registry.noteForce(
                of: id,
                from: day,
                by: Registry.Force(
                    ground: ground,
                    proof: form.proof ?? "",
                    proven: form.proven.flatMap { Day($0) }
                ),
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
            return nil
        }
    }

    @Sendable private func abandon(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        struct Form: Codable { var why: String? }
        return try await withDocument(
            Form.self,
            request,
            visit,
            clerk,
            saying: "Písemnost se už nedoručuje; důvod je ve spisu."
        ) {
            form,
            id,
            office in
            try await registry.abandon(
                id,
                why: form.why ?? "",
                at: office.tenant,
                by: clerk,
                today: visit.today
            )
            return nil
        }
    }
}
