import Database
import Foundation
import Identity
import Office
import Records
import Region

/// Makes offices: schema, tables, template data and the region's knowledge of it in one transaction.
struct Provisioner: Sendable {
    let ground: Groundwork
    let furnishers: [any RoomFurnisher]

    /// Throws ``HostingRefusal`` where it may not or need not be made.
    func create(_ hosting: Hosting, on owner: AdminConnection) async throws {
        let office = hosting.office
        let names = hosting.rooms.map(\.rawValue)
        let message = try ground.migrator.creation(of: office.tenant, rooms: names) { script in
            try HostingStore.furnish(hosting, &script)
            for furnisher in furnishers where names.contains(furnisher.room) {
                try furnisher.furnish(&script, schema: office.tenant)
            }
        }
        do {
            try await refusing(refusals(of: office)) { try await ground.migrator.run(message, on: owner) }
        } catch let error as ServerError where error.sqlState == "42P06" {
            throw HostingRefusal.alreadyHosted(office.name)
        }
    }

    /// Gives a hosted office the rooms it lacks of these; throws ``HostingRefusal`` where it may not have them.
    func add(_ rooms: [Room], to office: RegisteredOffice, on owner: AdminConnection) async throws {
        guard let kept = try await HostingStore.rooms(of: office.tenant, on: owner) else {
            throw HostingRefusal.notHosted(office.name)
        }
        let lacking = rooms.filter { !kept.contains($0.rawValue) }
        guard !lacking.isEmpty else { return }
        let names = try Hosting(office, rooms: lacking, head: nil).rooms.map(\.rawValue)
        let message = try ground.migrator.addition(to: office.tenant, rooms: names) { script in
            HostingStore.furnish(adding: names, to: office.tenant, &script)
            for furnisher in furnishers where names.contains(furnisher.room) {
                try furnisher.furnish(&script, schema: office.tenant)
            }
        }
        try await refusing(refusals(of: office)) { try await ground.migrator.run(message, on: owner) }
    }

    /// Gives an office up; refused once its register or its journal has a number, or its board has posted.
    func strike(_ office: RegisteredOffice, on owner: AdminConnection) async throws {
        let message = ground.migrator.removal(of: office.tenant) { script in
            UserStore.withdrawInvitations(to: office.tenant, &script)
            AnchorStore.forget(office.tenant, &script)
            HostingStore.strike(office.tenant, &script)
        }
        try await refusing(refusals(of: office)) { try await ground.migrator.run(message, on: owner) }
    }

    private func refusals(of office: RegisteredOffice) -> [String: any Refusal] {
        [
            "tenants_designated_filing_room": HostingRefusal.designated(
                office.whyNoFilingRoom ?? office.name
            ),
            "tenants_numbers_kept": HostingRefusal.hasRecords(office.name),
            "tenants_notices_kept": HostingRefusal.hasNotices(office.name),
        ]
    }

    /// Makes what administrators ordered in the browser, until cancelled; an outage of Postgres is waited for.
    ///
    /// A job is finished by its outcome in the database: a worker killed half-way leaves it open, and the next
    /// one either makes the office or finds it made.
    func run(_ tell: @Sendable (String) -> Void) async throws {
        var owner = try await ground.migrator.owner()
        while !Task.isCancelled {
            do {
                try await work(on: owner, tell)
            } catch let outage as DatabaseError {
                tell("\(outage)")
                try await Task.sleep(for: .seconds(1))
                if let again = try? await ground.migrator.owner() { owner = again }
            }
        }
    }

    private func work(on owner: AdminConnection, _ tell: @Sendable (String) -> Void) async throws {
        guard let job = try await HostingStore.nextJob(on: owner) else {
            return try await Task.sleep(for: .milliseconds(200))
        }
        let error = try await outcome(of: job, on: owner, tell)
        try await HostingStore.finish(job.id, error: error, on: owner)
        tell("\(job.tenant): \(error ?? "made")")
    }

    /// Why the job failed, in words for the administrator; nil when the office stands.
    ///
    /// Throws ``DatabaseError`` when nobody knows: the job stays open.
    private func outcome(
        of job: ProvisioningJob,
        on owner: AdminConnection,
        _ tell: @Sendable (String) -> Void
    ) async throws -> String? {
        do {
            guard let office = try await RegisterStore.office(job.tenant, on: owner) else {
                throw HostingRefusal.unknownOffice(job.tenant.rawValue)
            }
            let rooms = try Room.all(named: job.rooms)
            if try await HostingStore.isHosted(job.tenant, on: owner) {
                try await add(rooms, to: office, on: owner)
                return nil
            }
            let head = Hosting.Head(name: job.headName, email: job.headEmail)
            try await create(try Hosting(office, rooms: rooms, head: head), on: owner)
            return nil
        } catch let refusal as any Refusal {
            return refusal.czech
        } catch let outage as DatabaseError {
            throw outage
        } catch {
            tell("\(job.tenant): \(error)")
            return "Úřad se nepodařilo zřídit. Nic nezůstalo rozdělané; zkuste to znovu."
        }
    }
}
