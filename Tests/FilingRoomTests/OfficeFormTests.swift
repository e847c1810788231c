import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import FilingRoom

/// What the head says of the office, which its pages publish and by which fees are paid.
@Suite struct OfficeFormTests {
    private static let good = [
        "ico": "254657", "street": "Náves 1", "place": "Luka", "postcode": "471 02", "hours": "středa 8–17",
        "email": "Urad@Luka.CZ", "phone": "482 000 000, +49 3583 77310", "dataBox": "ABC2DE3",
        "acceptedFormats": "PDF", "carriers": "CD", "bankAccount": "19-2000145399/0800",
    ]

    @Test func `nonsense is told all at once, each at its field, and what was typed stays`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let bad = Self.good.merging([
            "postcode": "abc", "phone": "zvonek", "email": "kdesi", "dataBox": "abc1de3", "ico": "12345678",
            "bankAccount": "124/0800", "hours": String(repeating: "x", count: 1001),
        ]) { $1 }
        let told = try await front.post("/nastaveni/urad", bad, as: head)
        #expect(told.status == .unprocessableContent)
        for field in ["hours", "postcode", "office-email", "phone", "dataBox", "ico", "bankAccount"] {
            #expect(told.body.contains("<a href=\"#\(field)\">"), "\(field) is not told")
            #expect(told.body.contains("id=\"\(field)-e\""), "\(field) is not marked")
        }
        for typed in ["abc", "zvonek", "kdesi", "abc1de3", "124/0800"] {
            #expect(told.body.contains("value=\"\(typed)\""), "\(typed) is lost")
        }
        // In the list above the fields each sentence says which field it is of.
        #expect(told.body.contains("Úřední hodiny: vejde se sem nejvýše 1000 znaků."))
        let profile = try await bench.cell.database.tenant(bench.office, as: .system) {
            try await OfficeStore.profile(in: $0)
        }
        #expect(profile.phone != "zvonek" && profile.bankAccount != "124/0800")
    }

    @Test func `what is well is kept in one form`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        #expect(try await front.post("/nastaveni/urad", Self.good, as: head).status == .seeOther)
        let profile = try await bench.cell.database.tenant(bench.office, as: .system) {
            try await OfficeStore.profile(in: $0)
        }
        #expect(profile.postcode == "47102" && profile.email == "Urad@luka.cz" && profile.ico == "00254657")
        #expect(profile.phone == "+420 482 000 000, +49358377310" && profile.dataBox == "abc2de3")
        let shown = try await front.get("/nastaveni/urad", as: head)
        #expect(shown.body.contains("value=\"471\u{A0}02\""))
    }

    /// 123 divides by eleven when weighted, so that only the list of the national bank tells that there is no 9999.
    @Test func `a bank that the national bank does not list is refused with the day of the list`()
        async throws
    {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let owner = try await bench.cell.owner()
        try await owner.execute(
            """
            insert into codes.banks (code, name, as_of) values ('0800', 'Česká spořitelna, a.s.', '2026-10-01')
            on conflict do nothing
            """
        )
        let unknown = Self.good.merging(["bankAccount": "123/9999"]) { $1 }
        let told = try await front.post("/nastaveni/urad", unknown, as: head)
        #expect(told.status == .unprocessableContent && told.body.contains("Kód banky 9999"))
        #expect(told.body.contains("1.\u{A0}10.\u{A0}2026") || told.body.contains("1. 10. 2026"))
        #expect(told.body.contains("value=\"123/9999\""))
        let known = Self.good.merging(["bankAccount": "123/0800"]) { $1 }
        #expect(try await front.post("/nastaveni/urad", known, as: head).status == .seeOther)
    }
}
