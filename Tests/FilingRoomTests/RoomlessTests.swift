import Database
import Foundation
import HTTPTypes
import Office
import Records
import Support
import Testing

@testable import FilingRoom

/// Offices that keep their filing elsewhere: the day and the settings of the head work all the same.
@Suite struct `An office without a filing room` {
    @Test(arguments: [[], ["NoticeBoard"], ["NoticeBoard", "Accounting"]])
    func `its head and its people open whatever is theirs`(_ rooms: [String]) async throws {
        let bench = try await Bench(rooms: rooms)
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let other = try await bench.cell.clerk([.clerk, .accountant], in: bench.office)
        let front = try Front(bench, rooms: Set(rooms), clerks: [head, other])
        let settings = ["", "/urad", "/lide", "/vzhled", "/protokol"].map { "/nastaveni\($0)" }
        for path in ["/dnes", "/dnes?stul=vse", "/dnes?stul=moje"] + settings {
            let answer = try await front.get(path, as: head)
            #expect(answer.status == .ok, "\(path): \(answer.status)")
        }
        let today = try await front.get("/dnes", as: other)
        #expect(today.status == .ok && today.body.contains("Z podání tu na vás nic nečeká"))
        for path in ["/spisovna", "/spisovna/spisy", "/nastaveni/smerovani", "/nastaveni/plan"] {
            #expect(try await front.get(path, as: head).status == .notFound, "\(path)")
        }
        let line = "/nastaveni/lide/\(other.userID.uuidString.lowercased())"
        let id = head.userID.uuidString
        for form in [
            ["act": "roles", "roles": "accountant", "functionTitle": "účetní"],
            ["act": "absence", "from": "2026-11-24", "substitute": id], ["act": "present"],
            ["act": "dismiss"], ["act": "admit"],
        ] {
            let answer = try await front.post(line, form, as: head)
            #expect(answer.status == .seeOther, "\(form): \(answer.status)")
        }
    }
}
