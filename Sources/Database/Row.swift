import CPostgres

/// One answer of the server, kept until the last reader lets go.
///
/// A `PGresult` is never written after it came, so it may be read from any thread.
final class ResultSet: @unchecked Sendable {
    let pointer: OpaquePointer
    let columns: [String: Int32]

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        var columns: [String: Int32] = [:]
        for index in 0..<PQnfields(pointer) {
            columns[String(cString: PQfname(pointer, index))] = index
        }
        self.columns = columns
    }
    deinit { PQclear(pointer) }

    var count: Int { Int(PQntuples(pointer)) }

    /// Rows that an insert, update or delete hit; rows returned, for a select.
    var affected: Int { Int(String(cString: PQcmdTuples(pointer))) ?? 0 }

    func read<Value>(_ body: (Row) throws -> Value) rethrows -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(count)
        for index in 0..<Int32(count) { values.append(try body(Row(result: self, index: index))) }
        return values
    }
}

/// A row of an answer, read by the names of its columns.
package struct Row {
    let result: ResultSet
    let index: Int32

    package subscript<Value: SQLDecodable>(_ name: String) -> Value {
        get throws { try Value(cell: try cell(name)) }
    }

    func cell(_ name: String) throws -> Cell {
        guard let column = result.columns[name] else { throw MissingColumn(name: name) }
        return Cell(result: result, row: index, column: column, name: name)
    }
}

/// One value of a row, as text in Postgres' own notation.
package struct Cell {
    let result: ResultSet
    let row: Int32
    let column: Int32
    package let name: String

    package var isNull: Bool { PQgetisnull(result.pointer, row, column) == 1 }

    package var text: String {
        get throws {
            guard !isNull else { throw UnreadableCell(column: name, type: "String", text: nil) }
            let length = Int(PQgetlength(result.pointer, row, column))
            let start = UnsafeRawPointer(PQgetvalue(result.pointer, row, column))
            return String(decoding: UnsafeRawBufferPointer(start: start, count: length), as: UTF8.self)
        }
    }

    package func unreadable(as type: Any.Type) -> UnreadableCell {
        UnreadableCell(column: name, type: "\(type)", text: try? text)
    }
}

/// The statement does not return a column that the reader asks for: a programming fault.
package struct MissingColumn: Error, CustomStringConvertible {
    let name: String
    package var description: String { "no column \(name) in the answer" }
}

/// A column holds what its reader cannot take.
package struct UnreadableCell: Error, CustomStringConvertible {
    let column: String
    let type: String
    let text: String?
    package var description: String { "column \(column) is not \(type): \(text ?? "null")" }
}
