import Foundation
import Office
import Support
import Testing

@testable import Region

@Suite struct SlugTests {
    @Test func diacriticsAreFolded() {
        #expect(Slug.of("Příšovice") == "prisovice")
        #expect(Slug.of("  Rokytnice nad Jizerou ") == "rokytnice-nad-jizerou")
    }

    @Test func namesThatCollideTakeTheirORPAndReservedOnesToo() {
        let slugs = Slug.all(of: [
            (code: "1", name: "Pěnčín", orp: "Liberec"), (code: "2", name: "Pencin", orp: "Železný Brod"),
            (code: "3", name: "Kraj", orp: "Semily"), (code: "4", name: "Mail", orp: "Semily"),
            (code: "5", name: "Luka", orp: "Česká Lípa"), (code: "6", name: "Lhota", orp: "Semily"),
            (code: "7", name: "Lhota", orp: "Semily"),
        ])
        #expect(
            slugs == [
                "1": "pencin-liberec", "2": "pencin-zelezny-brod", "3": "kraj-semily", "4": "mail-semily",
                "5": "luka", "6": "lhota-semily-6", "7": "lhota-semily-7",
            ]
        )
    }

    @Test(arguments: ["www", "api", "kraj", "mail", "admin", "static", "metrics"])
    func reservedNamesAreNoOffices(_ name: String) {
        #expect(Slug.reserved.contains(name))
        #expect(Slug.all(of: [(code: "1", name: name, orp: "Semily")])["1"] == "\(name)-semily")
    }

    @Test func theWholeRegisterHasItsOwn() throws {
        let data = try RegionData(folder: TestCell.root.appending(path: "RegionData"))
        #expect(Set(data.offices.map(\.slug)).count == data.offices.count)
        #expect(data.offices.allSatisfy { !Slug.reserved.contains($0.slug) })
        #expect(data.offices.filter { $0.name == "Pěnčín" }.count == 2)
        #expect(data.offices.filter { $0.name == "Pěnčín" }.allSatisfy { $0.slug.hasPrefix("pencin-") })
    }
}
