import Database
import Foundation
import Sealing
import Support
import Testing

/// Many people at once, through the front door.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `A crowd at the door` {
    private static let built = Task { try await House.demo("crowd") }

    struct Receipt: Decodable, Hashable {
        let code: String
        let secret: String
        let status: String
    }

    @Test func `two hundred clerks register at once: no gap, no duplicate`() async throws {
        let house = try await Self.built.value
        let host = try house.host("564079")
        let clerk = try house.account("clerk", of: "m_564079")
        // The demo has numbered what lies on its desks.
        let before = try await house.count("select count(*) as n from m_564079.documents")
        let pages = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try await eventually("nobody registers it") {
                        let answer = await house.ask(
                            "/spisovna/novy",
                            by: "POST",
                            as: clerk,
                            at: host,
                            json:
                                #"{"subject": "Dopis \#(number)", "sender": "Jan", "channel": "paper"}"#
                        )
                        try #require([303, 503].contains(answer.status), "\(answer.status) \(answer.body)")
                        return answer.status == 303 ? answer.header("Location") : nil
                    }
                }
            }
            return try await group.reduce(into: [String]()) { $0.append($1) }
        }
        #expect(Set(pages).count == 200)
        let numbers = try await house.owner().rows(
            "select number from m_564079.documents order by number"
        ) { row -> Int in try row["number"] }
        #expect(numbers == Array(1...before + 200))
        #expect(try await house.epom("log", "verify").code == 0)
    }

    @Test func `fifty identical submissions are one, with one receipt`() async throws {
        let house = try await Self.built.value
        let host = try house.host("546607")
        let key = Token.random(.bits128).text
        let accepted: SQL = "select count(*) as n from region.submissions where host = 'm_546607'"
        let before = try await house.count(accepted)
        let answers = """
            {"druh": "osvetleni", "predmet": "Plný kontejner", "popis": "Přetéká.", "misto": {"obec": "546607"},
             "upresneni": "u školy"}
            """
        let receipts = try await withThrowingTaskGroup(of: Receipt.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    try await eventually("nobody accepts it") {
                        let answer = try await house.handIn("zavada", answers, key: key, at: host)
                        try #require([202, 503].contains(answer.status), "\(answer.status) \(answer.body)")
                        return answer.status == 202 ? try answer.json(Receipt.self) : nil
                    }
                }
            }
            return try await group.reduce(into: Set<Receipt>()) { $0.insert($1) }
        }
        #expect(receipts.count == 1)
        #expect(try await house.count(accepted) == before + 1)
        let registered: SQL =
            "select count(*) as n from m_546607.documents where subject like '%Plný kontejner'"
        try await eventually("it is not registered") {
            try await house.count(registered) > 0 ? true : nil
        }
        #expect(try await house.count(registered) == 1)

        let other = try await house.handIn(
            "zavada",
            answers.replacing("Přetéká.", with: "Hoří."),
            key: key,
            at: host
        )
        #expect(other.status == 409)
    }
}
