import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import Forms

/// Each form of the template as a person meets it: filled in wrong, filled in right, handed in.
@Suite struct `Six forms` {
    static let pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

    static let right: [String: [(String, String)]] = [
        "zavada": [
            ("druh", "osvetleni"), ("predmet", "Nesvítí lampa"), ("misto.obec", "Luka"),
            ("misto.cast", "Týn"), ("upresneni", "u čp. 5"),
        ],
        "obecne-podani": Bench.person + [("predmet", "Prosba"), ("obsah", "Prosím o lavičku.")],
        "informace-106": Bench.person + [
            ("predmet", "Oprava kapličky"), ("obsah", "Kolik stála?"), ("zpusob", "email"),
            ("email", "jana@example.org"),
        ],
        "pes-ohlaseni": Bench.person + [
            ("ukon", "vznik"), ("jmeno-psa", "Rek"), ("plemeno", "kříženec"), ("narozeni-psa", "2026-05-01"),
            ("od", "2026-11-01"), ("dalsi", "prvni"), ("nad65", "ne"),
        ],
        "odpad-ohlaseni": Bench.person + [
            ("ukon", "vznik"), ("duvod", "nemovitost"), ("den", "2026-11-01"), ("misto.obec", "Luka"),
            ("misto.cast", "Luka"), ("misto.ulice", "č. e. 7"), ("druh", "rekreace"),
        ],
        "kaceni-drevin": Bench.person + [
            ("misto.obec", "Luka"), ("misto.cast", "Luka"), ("katastr", "Luka"),
            ("parcely.0.parcela", "112/3"),
            ("umisteni", "U plotu"), ("titul", "uzivatel"), ("co", "stromy"), ("stromy.0.druh", "bříza"),
            ("stromy.0.pocet", "1"), ("stromy.0.obvod", "95"), ("duvod", "Suchá"), ("stavba", "ne"),
        ],
    ]

    /// Criteria by which the competent office is found, of each form filled in as above.
    static let criteria: [String: Set<TerritorialCriterion>] = [
        "zavada": [.placeOfActivity], "obecne-podani": [.residence], "informace-106": [.residence],
        "pes-ohlaseni": [.residence], "odpad-ohlaseni": [.realEstate],
        "kaceni-drevin": [.residence, .realEstate],
    ]

    @Test(arguments: Bench.codes)
    func `wrong and right`(code: String) async throws {
        let town = try await Town()
        let person = town.person()
        var (_, page) = try await person.open("/formulare/\(code)/vyplnit")
        var answer = try await person.send(page)
        #expect(answer.status == .unprocessableContent)
        let links = answer.body.matches(of: /<li><a href="#([^"]+)">([^<]+)<\/a>/).map {
            (id: String($0.1), sentence: String($0.2))
        }
        #expect(!links.isEmpty)
        for link in links {
            #expect(answer.body.contains("id=\"\(link.id)\""), "\(link.id) is nowhere on the page")
        }
        let files: [Person.Upload] =
            code == "kaceni-drevin"
            ? ["zakres", "souhlas", "opravneni"].map {
                .init(field: $0, name: "stejný.pdf", text: Self.pdf)
            } : []
        answer = try await person.send(page, Self.right[code] ?? [], files: files)
        #expect(answer.status == .seeOther, "\(answer.body)")
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("Ještě nic neodešlo"))
        #expect(try await person.handIn(page).headers[.location]?.hasPrefix("/podani/") == true)
        let filing = try #require(town.counter.filings.first)
        #expect(filing.serviceCode == code && filing.attachments.count == files.count)
        #expect(Set(filing.places.keys) == Self.criteria[code])
        #expect(filing.submitter.kind == (code == "zavada" ? .anonymous : .person))
        if code != "zavada" { #expect(filing.submitter.name == "Jana Nováková") }
    }

    @Test func `a group of rows grows without a script and keeps its rows`() async throws {
        let town = try await Town()
        let person = town.person()
        var (_, page) = try await person.open("/formulare/kaceni-drevin/vyplnit")
        #expect(!page.contains("parcely.1.parcela"))
        let answer = try await person.send(page, [("parcely.0.parcela", "112/3"), ("_add", "parcely")])
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(page.contains("name=\"parcely.1.parcela\"") && page.contains("value=\"112/3\""))
    }
}
