package import Database

/// An amount in haléře, the hundredths of a crown; never a fraction.
package struct Money: Sendable, Hashable, Comparable, Codable, CustomStringConvertible {
    package let hellers: Int

    package init(hellers: Int) { self.hellers = hellers }
    package init(crowns: Int) { hellers = crowns * 100 }

    /// Reads `1 234,50`, `1234.5` or `1500`; nil for anything else, a third decimal, or more than 10^13 crowns.
    package init?(_ text: String) {
        var digits = text.filter { !$0.isWhitespace && $0 != "\u{A0}" && $0 != "\u{202F}" }
        if digits.hasSuffix("Kč") { digits.removeLast(2) }
        let isNegative = digits.hasPrefix("-") || digits.hasPrefix("−")
        if isNegative { digits.removeFirst() }
        let halves = digits.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
        guard (1...2).contains(halves.count), (1...13).contains(halves[0].count),
            halves.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), let crowns = Int(halves[0])
        else { return nil }
        var rest = 0
        if halves.count == 2 {
            guard (1...2).contains(halves[1].count), let part = Int(halves[1]) else { return nil }
            rest = halves[1].count == 1 ? part * 10 : part
        }
        hellers = (isNegative ? -1 : 1) * (crowns * 100 + rest)
    }

    /// `1 234,50 Kč`, with spaces that do not break.
    package var czech: String { "\(plain)\u{A0}Kč" }

    /// The amount without its unit: `1 234,50`.
    package var plain: String {
        let rest = abs(hellers) % 100
        return (hellers < 0 ? "−" : "") + (abs(hellers) / 100).grouped + ","
            + (rest < 10 ? "0\(rest)" : "\(rest)")
    }

    package var description: String { plain }
    package static func + (a: Money, b: Money) -> Money { Money(hellers: a.hellers + b.hellers) }
    package static func - (a: Money, b: Money) -> Money { Money(hellers: a.hellers - b.hellers) }
    package static func < (a: Money, b: Money) -> Bool { a.hellers < b.hellers }
}

extension Money: SQLCodable {
    package var sqlValue: SQLValue { hellers.sqlValue }
    package init(cell: Cell) throws { hellers = try Int(cell: cell) }
}
