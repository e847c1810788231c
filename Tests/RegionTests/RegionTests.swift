import Database
import Foundation
import Office
import Support
import Testing

@testable import Region

@Suite struct DistributionTests {
    private static let register: Register = {
        guard let data = try? RegionData(folder: TestCell.root.appending(path: "RegionData")) else {
            preconditionFailure("RegionData cannot be read")
        }
        return Register(
            offices: data.offices,
            parts: data.parts,
            services: data.services,
            rooms: [:],
            applied: [],
            heads: [:]
        )
    }()

    private func ask(
        _ service: String,
        _ places: [TerritorialCriterion: String] = [:],
        chosen: String? = nil,
        on day: String = "2026-11-24"
    ) throws -> CompetenceFinding {
        let register = Self.register
        return try distribute(
            CompetenceQuestion(
                serviceCode: service,
                places: places.mapValues { Place(municipality: $0) },
                chosen: chosen.flatMap { TenantName($0) },
                day: try #require(Day(day))
            ),
            in: register
        )
    }

    @Test func theRegisterHoldsTheWholeRegion() {
        #expect(Self.register.offices.count == 216)
        #expect(Self.register.parts.count == 768)
        #expect(Set(Self.register.offices.map(\.slug)).count == 216)
        #expect(Self.register.offices.filter(\.isORP).count == 10)
    }

    @Test(arguments: [
        ("pes-ohlaseni", [TerritorialCriterion.residence: "546631"], "m_546631"),
        ("rybarsky-listek", [.residence: "546631"], "m_564028"),
        ("lovecky-listek", [.residence: "514161"], "m_561380"),
        ("verejna-sbirka", [.seat: "546631"], "k_78"),
    ])
    func findsTheOffice(_ service: String, _ places: [TerritorialCriterion: String], _ office: String) throws
    {
        let finding = try ask(service, places)
        #expect(finding.outcome == .office(try #require(TenantName(office))))
        #expect(finding.explanation.count >= 2)
    }

    @Test func aChosenOfficeIsTakenAsChosen() throws {
        #expect(
            try ask("obecne-podani", chosen: "m_564028").outcome
                == .office(try #require(TenantName("m_564028")))
        )
        #expect(throws: CompetenceRefusal.officeNeeded) { try ask("obecne-podani") }
    }

    /// The register knows no districts of registry and building offices: it says so and never guesses.
    @Test(arguments: ["matricni-doklad", "povoleni-zameru"])
    func anUnknownDistrictIsNotGuessed(_ service: String) throws {
        let finding = try ask(service, [.placeOfActivity: "546631", .realEstate: "546631"])
        #expect(finding.outcome == .undecidable)
        #expect(finding.officeName == nil)
    }

    @Test func aRuleDoesNotHoldBeforeItsDay() {
        #expect(throws: CompetenceRefusal.self) {
            try ask("povoleni-zameru", [.realEstate: "546631"], on: "2024-06-30")
        }
    }

    @Test func aMissingPlaceIsAskedFor() {
        #expect(throws: CompetenceRefusal.placeNeeded) { try ask("pes-ohlaseni") }
        #expect(throws: CompetenceRefusal.unknownPlace("000000")) {
            try ask("pes-ohlaseni", [.residence: "000000"])
        }
    }
}

@Suite struct HostingTests {
    private func office(_ code: String) throws -> RegisteredOffice {
        let data = try RegionData(folder: TestCell.root.appending(path: "RegionData"))
        return try #require(data.offices.first { $0.code == code })
    }

    /// § 63 of act 499/2004: a designated originator cannot have the unattested filing service.
    @Test func aDesignatedOriginatorGetsNoFilingRoom() throws {
        let town = try office("564028")
        #expect(throws: HostingRefusal.self) { try Hosting(town, rooms: [.filingRoom], head: nil) }
        #expect(try Hosting(town, rooms: [.noticeBoard], head: nil).rooms == [.noticeBoard])
        let village = try office("546631").confirmed(registry: true, building: false)
        #expect(throws: HostingRefusal.self) { try Hosting(village, rooms: [.filingRoom], head: nil) }
    }

    @Test func whatTheDataDoNotKnowMustBeConfirmed() throws {
        let village = try office("546631")
        #expect(throws: HostingRefusal.unconfirmed("Bílý Potok")) {
            try Hosting(village, rooms: [.filingRoom], head: nil)
        }
        #expect(
            try Hosting(village.confirmed(registry: false, building: false), rooms: Room.allCases, head: nil)
                .rooms.count == 4
        )
        #expect(throws: HostingRefusal.noRooms) { try Hosting(village, rooms: [], head: nil) }
    }

    /// The database says the same, whatever the program believes.
    @Test func theDatabaseRefusesItToo() async throws {
        let cell = try await TestCell.shared()
        let owner = try await cell.owner()
        let town = try office("564028")
        try await RegisterStore.fill([town], on: owner)
        await #expect(throws: ServerError.self) {
            try await owner.change(
                """
                insert into region.tenants (tenant, is_designated, rooms)
                values (\(town.tenant), true, \(["FilingRoom"]))
                """
            )
        }
    }
}
