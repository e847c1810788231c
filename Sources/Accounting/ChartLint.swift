import Office

/// What a chart of accounts must be before an office is given it; throws ``CSV/Fault`` with file and line.
enum ChartLint {
    /// A assets, P liabilities, N costs, V revenues; with a hyphen contra accounts, AP and PR by balance, Z closing.
    private static let kinds: Set<String> = ["A", "A-", "P", "P-", "AP", "N", "V", "PR", "Z"]

    static func check(_ chart: CSV) throws {
        var codes: Set<String> = []
        for line in chart.lines {
            let code = try line["code"]
            guard code.utf8.count == 3, code.allSatisfy({ $0.isASCII && $0.isNumber }) else {
                throw line.fault("\(code) is not a synthetic account of three digits")
            }
            guard codes.insert(code).inserted else { throw line.fault("\(code) is there twice") }
            guard !(try line["name"]).isEmpty else { throw line.fault("\(code) has no name") }
            let kind = try line["kind"]
            guard kinds.contains(kind) else { throw line.fault("\(kind) is no kind of account") }
            // Empty while nobody has compared the name.
            _ = try line["source"]
        }
    }
}
