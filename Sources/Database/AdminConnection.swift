import CPostgres
import Foundation

/// A plain connection for the migrator and the command line: whole messages, one after another.
///
/// It blocks, on a thread of its own; `epom serve` never makes one.
package final class AdminConnection: @unchecked Sendable {
    private let queue = DispatchQueue(label: "epom.database.admin")
    private let connection: OpaquePointer

    package struct Address: Sendable {
        package var host: String
        package var port: Int
        package var database: String
        package var login: Database.Login

        package init(host: String, port: Int, database: String, login: Database.Login) {
            self.host = host
            self.port = port
            self.database = database
            self.login = login
        }

        var conninfo: String {
            Conninfo.text([
                ("host", host), ("port", String(port)), ("dbname", database), ("user", login.role),
                ("password", login.password), ("client_encoding", "UTF8"), ("connect_timeout", "5"),
                ("application_name", "epom admin"),
                (
                    "options",
                    "-c search_path= -c timezone=UTC -c datestyle=ISO -c client_min_messages=warning"
                ),
            ])
        }
    }

    /// Throws ``DatabaseError/unavailable(_:)`` when nobody answers at the address.
    package init(_ address: Address) throws {
        guard let connection = PQconnectdb(address.conninfo) else {
            throw DatabaseError.unavailable("out of memory")
        }
        guard PQstatus(connection) == CONNECTION_OK else {
            let why = String(cString: PQerrorMessage(connection))
            PQfinish(connection)
            throw DatabaseError.unavailable(why.trimmingCharacters(in: .whitespacesAndNewlines))
        }
        // Last: once everything is set, a throwing init ends in deinit, which would finish it twice.
        self.connection = connection
    }

    deinit { PQfinish(connection) }

    /// Sends one message of many statements: one transaction unless it says otherwise.
    package func execute(_ script: Script) async throws {
        try await onItsThread { connection in
            let result = ResultSet(PQexec(connection, script.text))
            try Self.check(result)
        }
    }

    /// The rows of one statement with bound values.
    package func rows<Value: Sendable>(_ sql: SQL, _ read: @escaping @Sendable (Row) throws -> Value)
        async throws
        -> [Value]
    {
        try await onItsThread { connection in
            var answer: OpaquePointer?
            withParameters(sql.values) { count, values, lengths, formats in
                answer = PQexecParams(connection, sql.text, count, nil, values, lengths, formats, 0)
            }
            guard let answer else { throw DatabaseError.unavailable("out of memory") }
            let result = ResultSet(answer)
            try Self.check(result)
            return try result.read(read)
        }
    }

    /// One statement with bound values that returns nothing.
    package func change(_ sql: SQL) async throws {
        _ = try await rows(sql) { _ in true }
    }

    private static func check(_ result: ResultSet) throws {
        let status = PQresultStatus(result.pointer)
        guard status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK || status == PGRES_EMPTY_QUERY else {
            // What has no state was not said by Postgres: libpq could not write, and has not yet seen the end.
            guard result.isFromServer else {
                throw DatabaseError.connectionLost(String(cString: PQresultErrorMessage(result.pointer)))
            }
            throw result.serverError
        }
    }

    /// A refusal of a connection that is gone is no refusal of the statement.
    private func spoken<Value>(_ body: (OpaquePointer) throws -> Value) throws -> Value {
        do {
            return try body(connection)
        } catch is ServerError where PQstatus(connection) != CONNECTION_OK {
            let why = String(cString: PQerrorMessage(connection))
            throw DatabaseError.connectionLost(why.trimmingCharacters(in: .whitespacesAndNewlines))
        }
    }

    private func onItsThread<Value: Sendable>(
        _ body: @escaping @Sendable (OpaquePointer) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(with: Swift.Result { try spoken(body) })
            }
        }
    }
}
