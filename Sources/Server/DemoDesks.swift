import Accounting
import Database
import FilingRoom
import Forms
import Foundation
import Identity
import Messages
import NoticeBoard
import Office
import Records
import Region
import Sealing
import Web

/// What the demo's offices say of themselves, and what lies on their desks: all of it invented, and marked so.
struct DemoDesks {
    private let settings: Settings
    private let assembly: Assembly
    private let now = Date()

    init(_ settings: Settings, _ assembly: Assembly) {
        self.settings = settings
        self.assembly = assembly
    }

    private var today: Day { Day(of: now) }

    func lay() async throws {
        let citizen = try await assembly.database.region { region in
            try await UserStore.id(email: DemoPlan.citizen.email, in: region)
        }
        for plan in DemoPlan.offices {
            guard let office = assembly.book.register.office(code: plan.code),
                let hosted = assembly.book.register.hosted[office.tenant]
            else { continue }
            try await introduce(office, plan)
            try await post(plan, at: office)
            var dog: UUID?
            for (form, answers) in plan.submissions {
                let receipt = try await assembly.forms.handIn(
                    json: answers,
                    form: form,
                    key: RandomBytes.make(16),
                    at: hosted,
                    by: citizen,
                    now: now
                )
                if form == "pes-ohlaseni" { dog = receipt.submissionID }
            }
            // A foreign filing service is not up yet: the relay brings it its own when it is.
            try await assembly.relay.drain()
            if plan.hasFilingRoom { try await work(plan, dog, at: office) }
        }
        try await assembly.relay.drain()
    }

    private func introduce(_ office: RegisteredOffice, _ plan: DemoPlan.Office) async throws {
        try await assembly.database.tenant(office.tenant, as: .system) { tenant in
            var profile = try await OfficeStore.profile(in: tenant)
            profile.hours = plan.hours
            profile.street = plan.street
            if office.isRegion { (profile.place, profile.postcode) = (DemoPlan.seat, DemoPlan.seatPostcode) }
            profile.email = "podatelna@\(office.slug).ukazka.cz"
            profile.phone = "+420 000 000 000"
            profile.acceptedFormats = "PDF, PDF/A, JPEG, PNG, DOCX, ODT"
            profile.bankAccount = DemoPlan.bankAccount
            profile.ico = DemoPlan.ico
            try await OfficeStore.save(profile, in: tenant)
            OfficeStore.save(OfficeLook(accent: plan.accent, arms: nil), in: tenant)
        }
    }

    private func member(_ person: DemoPlan.Person, at office: RegisteredOffice) async throws -> Clerk? {
        try await assembly.database.tenant(office.tenant, as: .system) { tenant in
            try await ClerkStore.all(in: tenant).first { $0.email == person.email }?.clerk
        }
    }

    private func post(_ plan: DemoPlan.Office, at office: RegisteredOffice) async throws {
        guard let head = plan.people.first, let clerk = try await member(head, at: office) else { return }
        for notice in plan.notices {
            try await assembly.board.post(
                title: "\(notice.title) (ukázka)",
                kind: notice.kind,
                body: "\(notice.body) Údaje jsou smyšlené.",
                event: notice.daysToEvent.map { today + $0 },
                at: office.tenant,
                by: clerk,
                today: today
            )
        }
    }

    /// The dog is confirmed, taken and prescribed; what else came waits for a clerk.
    ///
    /// Books have a few entries.
    private func work(_ plan: DemoPlan.Office, _ dog: UUID?, at office: RegisteredOffice) async throws {
        guard plan.people.count > 2, let clerk = try await member(plan.people[1], at: office),
            let accountant = try await member(plan.people[2], at: office)
        else { return }
        for entry in plan.entries {
            try await assembly.books.book(
                "\(entry.text) (ukázka)",
                debit: entry.debit,
                credit: entry.credit,
                amount: Money(crowns: entry.crowns),
                paragraph: entry.paragraph,
                item: entry.item,
                document: entry.document,
                party: entry.party,
                on: today,
                at: office.tenant,
                by: accountant
            )
        }
        guard let dog, let file = try await assembly.registry.caseFile(ofSubmission: dog, at: office.tenant)
        else { return }
        try await assembly.registry.confirm(
            file,
            by: .inPerson,
            on: today,
            at: office.tenant,
            by: clerk,
            now: now
        )
        try await assembly.registry.take(file, at: office.tenant, by: clerk, now: now)
        try await assembly.registry.prescribe(
            "dog",
            Money(crowns: 200),
            due: LegalPeriod.days(30).end(after: today),
            in: file,
            paymentPage: {
                "\(settings.hosts.officeURL(office.slug))/platba/\($0.uuidString.lowercased())"
            },
            at: office.tenant,
            by: clerk,
            now: now
        )
    }
}
