import Database
import Foundation
import Office
import Records
import Support
import Testing

@Suite struct `The transaction log` {
    @Test func `is a chain that SQL makes and Swift verifies`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        let clerk = try await cell.clerk([.head], in: office)
        for number in 0..<5 {
            try await cell.database.tenant(office, as: clerk.actor) { tenant in
                tenant.record(LogEntry("registered", "document", UUID(), detail: "žluťoučký \(number)"))
            }
        }
        let whole = try await cell.database.tenant(office, as: .system) {
            try await LogVerification.verify(in: $0)
        }
        guard case .whole(let entries, _) = whole else {
            Issue.record("\(whole)")
            return
        }
        #expect(entries == 5)
    }

    @Test func `shows an entry changed behind its back, and a cut end`() async throws {
        let cell = try await TestCell.shared()
        let office = try await cell.office()
        for _ in 0..<3 {
            try await cell.database.tenant(office, as: .system) {
                $0.record(LogEntry("seen", "document", UUID()))
            }
        }
        await #expect(throws: ServerError.self) {
            try await cell.database.tenant(office, as: .system) {
                $0.run("update tenant.log_entries set act = 'x'")
            }
        }
        let owner = try await cell.owner()
        var tamper: Script = ""
        tamper.append("update %I.log_entries set act = 'unseen' where number = 2", Script.Identifier(office))
        try await owner.execute(tamper)
        let broken = try await cell.database.tenant(office, as: .system) {
            try await LogVerification.verify(in: $0)
        }
        #expect(broken == .broken(atNumber: 2))

        var mend: Script = ""
        mend.append("update %I.log_entries set act = 'seen' where number = 2", Script.Identifier(office))
        mend.append("delete from %I.log_entries where number = 3", Script.Identifier(office))
        try await owner.execute(mend)
        let cut = try await cell.database.tenant(office, as: .system) {
            try await LogVerification.verify(in: $0)
        }
        #expect(cut == .cut(lastNumber: 2, headNumber: 3))
    }
}
