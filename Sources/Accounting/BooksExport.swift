import Office

/// A table for a Czech spreadsheet (decision 0015).
struct BooksExport: Sendable {
    private(set) var text = "\u{FEFF}"

    init(_ columns: [String]) { add(columns) }

    mutating func add(_ cells: [String]) {
        text += cells.map(Self.cell).joined(separator: ";") + "\r\n"
    }

    /// `-1234,50`, which a spreadsheet reads as a number.
    static func amount(_ money: Money) -> String {
        let rest = abs(money.hellers) % 100
        return "\(money.hellers < 0 ? "-" : "")\(abs(money.hellers) / 100),\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Quoted where needed; text that a spreadsheet would take for a formula is marked as text.
    private static func cell(_ value: String) -> String {
        var value = value
        if let first = value.first, "=+-@\t\r".contains(first), !isNumber(value) { value = "'" + value }
        guard value.contains(where: { $0 == ";" || $0 == "\"" || $0.isNewline }) else { return value }
        return "\"" + value.replacing("\"", with: "\"\"") + "\""
    }

    private static func isNumber(_ text: String) -> Bool {
        text.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ",") }
    }
}
