import Foundation
import HTTPTypes
import Support
import Testing

@testable import Forms

@Suite struct `What is known of whoever is signed in` {
    private func value(_ name: String, in page: String) throws -> String? {
        page.firstMatch(of: try Regex("<input[^>]* id=\"\(name)\" name=\"\(name)\" value=\"([^\"]*)\""))?[1]
            .substring.map { plain(String($0)) }
    }

    @Test func `stands in a fresh form, also in questions that an answer brings`() async throws {
        let town = try await Town()
        let person = town.clerk()
        var page = try await person.open("/formulare/obecne-podani/vyplnit").page
        #expect(try value("email", in: page) == "starostka@example.org")
        #expect(page.contains("Vzali jsme to z vašeho účtu; můžete to změnit."))
        let answer = try await person.send(page, [("osoba", "FO")], act: "obnovit")
        page = try await person.open(answer.headers[.location] ?? "").page
        #expect(try value("jmeno", in: page) == "Jana")
        #expect(try value("prijmeni", in: page) == "Starostová")
        #expect(try value("narozeni", in: page) == "")
    }

    @Test func `never takes the place of what somebody typed or deleted`() async throws {
        let town = try await Town()
        let person = town.clerk()
        let (path, page) = try await person.open("/formulare/obecne-podani/vyplnit")
        _ = try await person.send(page, [("osoba", "FO"), ("email", "jana@example.net")], act: "ulozit")
        var kept = try await person.get(path).body
        #expect(try value("email", in: kept) == "jana@example.net")
        #expect(!kept.contains("id=\"email-h\">Vzali jsme to"))
        _ = try await person.send(kept, [("email", ""), ("jmeno", "")], act: "ulozit")
        kept = try await person.get(path).body
        #expect(try value("email", in: kept) == "" && value("jmeno", in: kept) == "")
        #expect(try value("prijmeni", in: kept) == "Starostová")
    }

    @Test func `is not told to a stranger`() async throws {
        let town = try await Town()
        let page = try await town.person().open("/formulare/obecne-podani/vyplnit").page
        #expect(try value("email", in: page) == "" && !page.contains("z vašeho účtu"))
    }

    @Test(
        arguments: [
            ("Jana Nováková", "Jana", "Nováková"), ("Jana  Nováková-Malá", "Jana", "Nováková-Malá"),
            ("Ing. Nováková", nil, nil), ("Jan Amos Komenský", nil, nil), ("Jana", nil, nil),
        ] as [(String, String?, String?)]
    )
    func `a name is parted only where nobody can doubt it`(
        _ name: String,
        _ given: String?,
        _ family: String?
    )
        throws
    {
        let known = Prefill(try Bench.form("obecne-podani"), name: name, email: "a@example.org").values
        #expect(known["jmeno"] == given && known["prijmeni"] == family)
        #expect(known["email"] == "a@example.org")
    }
}
