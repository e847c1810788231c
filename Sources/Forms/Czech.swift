import Database
import Foundation
import Office

/// Numbers, days and sizes as a Czech reader expects them.
enum Czech {
    static func count(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
        "\(number.grouped) \(number == 1 ? one : (2...4).contains(number) ? few : many)"
    }

    static func postcode(_ digits: String) -> String {
        digits.count == 5 ? "\(digits.prefix(3)) \(digits.dropFirst(3))" : digits
    }

    static func bytes(_ bytes: Int) -> String { byteSize(bytes) }
}

extension Day {
    /// Reads `2026-11-23`, and day, month and year as people write them: `23. 11. 2026`, `23/11/2026`, `23 11 2026`,
    /// `23112026`.
    init?(czechOrISO text: String) {
        if let date = Day(text.filter { !$0.isWhitespace }) {
            self = date
            return
        }
        guard let (day, month, year) = Self.numbers(text) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// `31. 2. 2026` of a text that is written as a day and is none; nil otherwise.
    static func impossible(_ text: String) -> String? {
        guard Day(czechOrISO: text) == nil, let (day, month, year) = numbers(text) else { return nil }
        return "\(day).\u{A0}\(month).\u{A0}\(year)"
    }

    private static func numbers(_ text: String) -> (day: Int, month: Int, year: Int)? {
        var parts = text.split { $0.isWhitespace || ".,/-".contains($0) }
        if parts.count == 1, parts[0].count == 8 {
            parts = [parts[0].prefix(2), parts[0].dropFirst(2).prefix(2), parts[0].suffix(4)]
        }
        guard parts.count == 3, parts[2].count == 4, (1...2).contains(parts[0].count),
            (1...2).contains(parts[1].count),
            parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
            let day = Int(parts[0]), let month = Int(parts[1]), let year = Int(parts[2])
        else { return nil }
        return (day, month, year)
    }

    /// Years first, a 29 February falling back to the 28th, then days.
    func moved(_ offset: DateRule.Offset) -> Day {
        let wanted = year + (offset.years ?? 0)
        let (month, day) = (date.month, date.day)
        let shifted =
            Day(year: wanted, month: month, day: day) ?? Day(year: wanted, month: month, day: 28) ?? self
        return shifted + (offset.days ?? 0)
    }
}

/// A number as people write it: spaces between thousands, a decimal comma or point.
struct CzechNumber {
    let value: Decimal
    /// `-1234.5`, without superfluous zeros.
    let plain: String

    init?(_ text: String, decimalsMax: Int) {
        let bare = text.filter { !$0.isWhitespace }.replacing(",", with: ".")
        let isNegative = bare.hasPrefix("-") || bare.hasPrefix("\u{2212}")
        let parts = bare.dropFirst(isNegative ? 1 : 0).split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), (1...15).contains(parts[0].count),
            parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
        else { return nil }
        var fraction = parts.count == 2 ? String(parts[1]) : ""
        while fraction.last == "0" { fraction.removeLast() }
        let whole = String(parts[0].drop { $0 == "0" })
        guard fraction.count <= decimalsMax else { return nil }
        let magnitude = (whole.isEmpty ? "0" : whole) + (fraction.isEmpty ? "" : ".\(fraction)")
        plain = isNegative && magnitude != "0" ? "-\(magnitude)" : magnitude
        guard let value = Decimal(string: plain, locale: Locale(identifier: "en_US_POSIX")) else {
            return nil
        }
        self.value = value
    }

    var czech: String { plain.replacing(".", with: ",") }
}
