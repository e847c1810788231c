import Database
import HTTPTypes
import Logging
import Office
import Testing

@testable import Files
@testable import Web

/// What a caller is told when the database could not do what was asked.
@Suite struct `A failure of the database` {
    private func trouble(_ error: any Error) -> Trouble {
        Trouble.of(error, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    @Test(arguments: [
        "53000", "53200", "53300", "53400", "57014", "57P01", "57P02", "57P03", "57P05", "55P03", "25P03",
        "40001",
        "40P01",
    ])
    func `that passes asks to come again`(_ state: String) {
        let told = trouble(ServerError(sqlState: state, message: "secret detail"))
        #expect(told.status == .serviceUnavailable)
        #expect(told.retryAfterSeconds == 5)
        #expect(told.czech.contains("zkuste to prosím za několik vteřin znovu"))
        #expect(!told.czech.contains("secret"))
    }

    @Test func `of plans that are stale after all attempts asks to come again`() {
        for (state, message) in [
            ("0A000", "cached plan must not change result type"),
            ("26000", "prepared statement \"s1\" does not exist"),
        ] {
            #expect(trouble(ServerError(sqlState: state, message: message)).status == .serviceUnavailable)
        }
        let other = trouble(ServerError(sqlState: "0A000", message: "not supported"))
        #expect(other.status == .internalServerError)
    }

    @Test func `for want of room says that nothing was taken`() {
        for error: any Error in [ServerError(sqlState: "53100", message: "disk full"), StoreFull()] {
            let told = trouble(error)
            #expect(told.status == .serviceUnavailable)
            #expect(told.code == "full")
            #expect(told.czech.contains("nemá kam ukládat"))
            #expect(told.retryAfterSeconds == 5)
        }
    }

    @Test func `of connections asks to come again`() {
        let failures: [DatabaseError] = [
            .unavailable("all connections are busy"), .connectionLost("x"), .outcomeUnknown("x"),
        ]
        for failure in failures {
            let told = trouble(failure)
            #expect(told.status == .serviceUnavailable && told.code == "busy")
            #expect(told.retryAfterSeconds == 5)
        }
        #expect(trouble(DatabaseError.conflict(expected: 1, actual: 0)).status == .conflict)
    }

    /// Neither a missing right, nor a constraint that no room knows, nor a fault of ours tells how the database looks.
    @Test(arguments: ["42501", "23505", "22P02", "XX000", "42P01"])
    func `that is our own fault tells no detail`(_ state: String) {
        let told = trouble(
            ServerError(sqlState: state, message: "relation \"m_546631.senders\"", constraint: "senders_once")
        )
        #expect(told.status == .internalServerError)
        #expect(told.retryAfterSeconds == nil)
        #expect(!told.czech.contains("senders") && told.fields.isEmpty)
    }

    @Test func `to find a right looks as if nothing were there`() {
        let told = trouble(ServerError(sqlState: "42501", message: "no", constraint: "clerk_permission"))
        #expect(told.status == .notFound)
    }
}
