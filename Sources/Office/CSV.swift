/// A table of comma-separated values (RFC 4180): its first line names the columns.
package struct CSV: Sendable {
    package struct Fault: Error, CustomStringConvertible {
        package let file: String
        package let line: Int
        package let why: String
        package var description: String { "\(file), line \(line): \(why)" }

        package init(file: String, line: Int, why: String) {
            (self.file, self.line, self.why) = (file, line, why)
        }
    }

    /// One line, read by the names of its columns.
    package struct Line: Sendable {
        package let number: Int
        fileprivate let file: String
        fileprivate let values: [String: String]

        /// Throws ``Fault`` when the table has no such column.
        package subscript(_ column: String) -> String {
            get throws {
                guard let value = values[column] else { throw fault("no column \(column)") }
                return value
            }
        }

        package func fault(_ why: String) -> Fault { Fault(file: file, line: number, why: why) }
    }

    package let columns: [String]
    package let lines: [Line]

    /// Lines that start with `#` are remarks.
    package init(_ text: String, file: String) throws {
        var records = Self.records(of: text).filter { !($0.fields.first?.hasPrefix("#") ?? true) }
        guard !records.isEmpty else { throw Fault(file: file, line: 1, why: "the file is empty") }
        let header = records.removeFirst().fields
        columns = header
        lines = try records.map { record in
            guard record.fields.count == header.count else {
                throw Fault(
                    file: file,
                    line: record.line,
                    why: "\(record.fields.count) values for \(header.count) columns"
                )
            }
            return Line(
                number: record.line,
                file: file,
                values: Dictionary(zip(header, record.fields), uniquingKeysWith: { $1 })
            )
        }
    }

    private static func records(of text: String) -> [(line: Int, fields: [String])] {
        var records: [(Int, [String])] = []
        var fields: [String] = []
        var field = ""
        var isQuoted = false
        var wasQuoted = false
        var line = 1
        var start = 1
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        func endField() {
            fields.append(field)
            field = ""
            wasQuoted = false
        }
        func endRecord() {
            endField()
            if fields != [""] { records.append((start, fields)) }
            fields = []
        }
        while let scalar = next {
            next = scalars.next()
            switch scalar {
            case "\"" where isQuoted:
                if next == "\"" {
                    field.unicodeScalars.append(scalar)
                    next = scalars.next()
                } else {
                    isQuoted = false
                }
            case "\"" where field.isEmpty && !wasQuoted:
                isQuoted = true
                wasQuoted = true
            case "," where !isQuoted: endField()
            case "\r" where !isQuoted: break
            case "\n":
                line += 1
                if isQuoted {
                    field.unicodeScalars.append(scalar)
                } else {
                    endRecord()
                    start = line
                }
            case "\u{FEFF}" where records.isEmpty && fields.isEmpty && field.isEmpty: break
            default: field.unicodeScalars.append(scalar)
            }
        }
        if !field.isEmpty || !fields.isEmpty { endRecord() }
        return records
    }
}
