import Database
import Foundation
import Office
import Support
import Testing

@testable import Region

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

    private typealias Form = HostingRoutes.HostingForm

    /// What is neither yes nor no is refused at its field, never taken for one of them.
    @Test func neitherYesNorNoIsNoAnswer() throws {
        func form(_ registry: String?, _ building: String?) -> Form {
            Form(registryOffice: registry, buildingOffice: building)
        }
        let answer = try form("yes", "no").ownOffices()
        #expect(answer.registry && !answer.building)
        let open: [(String?, String?, Set<String>)] = [
            (nil, nil, ["registryOffice", "buildingOffice"]), ("ano", "no", ["registryOffice"]),
            ("yes", "ne", ["buildingOffice"]), ("", "YES", ["registryOffice", "buildingOffice"]),
            ("true", nil, ["registryOffice", "buildingOffice"]),
        ]
        for (registry, building, fields) in open {
            do {
                _ = try form(registry, building).ownOffices()
                Issue.record("\(registry ?? "nil") \(building ?? "nil")")
            } catch {
                #expect(Set(error.fields.keys) == fields && error.kind == .invalid)
            }
        }
    }

    @Test func whyItIsDesignatedIsSaidOnce() throws {
        let town = try office("564028").confirmed(registry: true, building: true)
        let why = try #require(town.whyNoFilingRoom)
        #expect(why.contains("a má pověřený obecní úřad, matriční úřad a stavební úřad"), "\(why)")
        let village = try office("546631").confirmed(registry: true, building: false)
        #expect(village.whyNoFilingRoom?.contains("protože má matriční úřad. Musí") == true)
    }

    /// Roman numerals by their value, the rest as the alphabet has it.
    @Test func partsFollowOneAnotherAsPeopleLookForThem() throws {
        let tenant = try #require(TenantName("m_563889"))
        func order(_ names: [String]) -> [String] {
            inNaturalOrder(names.map { MunicipalPart(code: $0, tenant: tenant, name: $0, postcode: "") })
                .map(\.name)
        }
        let sorted = order([
            "Karlinky", "Liberec I-Staré Město", "Liberec IX-Janův Důl", "Liberec VI-Rochlice",
            "Liberec X-Františkov", "Liberec XIX-Horní Hanychov", "Liberec XX-Ostašov", "Machnín",
        ])
        #expect(
            sorted == [
                "Karlinky", "Liberec I-Staré Město", "Liberec VI-Rochlice", "Liberec IX-Janův Důl",
                "Liberec X-Františkov", "Liberec XIX-Horní Hanychov", "Liberec XX-Ostašov", "Machnín",
            ]
        )
        #expect(order(["Dolní Lhota", "Horní Lhota", "Lhota"]) == ["Dolní Lhota", "Horní Lhota", "Lhota"])
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

/// What people type, and what it should lead to; with the region's own catalogue.
@Suite struct ServiceSearchTests {
    @Test(
        arguments: [
            ("pes", "pes-ohlaseni"), ("PSI", "pes-ohlaseni"), ("psa", "pes-ohlaseni"),
            ("kacení stromu", "kaceni-drevin"), ("popelnice", "odpad-ohlaseni"),
            ("řidičák", "ridicsky-prukaz"),
            ("občanka", "obcansky-prukaz"), ("dira v silnici", "zavada"), ("výmol na cestě", "zavada"),
            ("poplatek za psa", "pes-ohlaseni"),
            ("pejsek", "pes-ohlaseni"), ("rodný list", "matricni-doklad"),
        ]
    )
    func aWordLeadsToItsService(_ asked: String, _ code: String) throws {
        let found = try found(asked)
        #expect(found.contains(code), "\(found)")
    }

    @Test(arguments: ["kosmodrom", "pes kosmodrom", "xy"])
    func nonsenseLeadsNowhere(_ asked: String) throws {
        #expect(try found(asked) == [])
    }

    /// Where no service means every word, those that mean the most of them are shown.
    @Test func theNearestAreShown() throws {
        let search = try #require(WordSearch("poplatek za kosmodrom a psa"))
        let texts = [["pes psa poplatek"], ["poplatek odpad"], ["strom"]]
        #expect(search.best(texts) { $0 } == [texts[0]])
        #expect(try #require(WordSearch("kosmodrom")).best(texts) { $0 } == [])
        #expect(try #require(WordSearch("za")).best(texts) { $0 } == [])
    }

    private func found(_ asked: String) throws -> [String] {
        let data = try RegionData(folder: TestCell.root.appending(path: "RegionData"))
        let search = try #require(WordSearch(asked))
        return data.services.filter { search.finds(in: [$0.name, $0.words]) }.map(\.code)
    }
}
