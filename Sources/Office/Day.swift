package import Database
package import Foundation

/// A calendar day in Prague; legal periods count days, not seconds.
package struct Day: Sendable, Hashable, Comparable, SQLCodable, Codable, CustomStringConvertible {
    package let date: CivilDate

    package init(_ date: CivilDate) { self.date = date }

    package init?(year: Int, month: Int, day: Int) {
        guard let date = CivilDate(year: year, month: month, day: day) else { return nil }
        self.date = date
    }

    /// Reads `2026-11-23`.
    package init?(_ text: String) {
        guard let date = CivilDate(Array(text.utf8)[...]) else { return nil }
        self.date = date
    }

    /// The day on which the instant falls in Prague.
    package init(of instant: Date) {
        let offset = TimeZone.prague.secondsFromGMT(for: instant)
        let seconds = Int(instant.timeIntervalSince1970.rounded(.down)) + offset
        date = CivilDate(daysSince1970: Int((Double(seconds) / 86_400).rounded(.down)))
    }

    package var number: Int { date.daysSince1970 }
    package var year: Int { date.year }

    /// 1 is Monday, 7 Sunday.
    package var weekday: Int { (number % 7 + 7 + 3) % 7 + 1 }

    package static func + (day: Day, days: Int) -> Day { Day(CivilDate(daysSince1970: day.number + days)) }
    package static func - (day: Day, days: Int) -> Day { day + -days }
    package static func - (a: Day, b: Day) -> Int { a.number - b.number }
    package static func < (a: Day, b: Day) -> Bool { a.number < b.number }

    /// The first instant of the day in Prague.
    package var start: Date {
        let midnight = Date(timeIntervalSince1970: Double(number) * 86_400)
        let guess = midnight.addingTimeInterval(-Double(TimeZone.prague.secondsFromGMT(for: midnight)))
        return midnight.addingTimeInterval(-Double(TimeZone.prague.secondsFromGMT(for: guess)))
    }

    package var description: String { date.description }
    package var sqlValue: SQLValue { .text(description) }

    package init(cell: Cell) throws {
        guard let day = Day(try cell.text) else { throw cell.unreadable(as: Day.self) }
        self = day
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let day = Day(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a day")
        }
        self = day
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// `23. 11. 2026 (po)`, which never breaks inside.
    ///
    /// The weekday stands behind: before it, Monday's "po" would be read as "after".
    package var czech: String { "\(czechShort)\u{a0}(\(Self.weekdays[weekday - 1]))" }

    /// `23. 11. 2026`, which never breaks inside.
    package var czechShort: String { "\(date.day).\u{a0}\(date.month).\u{a0}\(date.year)" }

    private static let weekdays = ["po", "út", "st", "čt", "pá", "so", "ne"]
}

extension TimeZone {
    /// The zone of Czech law; a machine without time zone data cannot run ePOM at all.
    package static let prague: TimeZone = {
        guard let zone = TimeZone(identifier: "Europe/Prague") else {
            preconditionFailure("no time zone data: install tzdata")
        }
        return zone
    }()
}

extension Date {
    /// `23. 11. 2026 v 18:42`, Prague time.
    package var czech: String { "\(Day(of: self).czechShort) v\u{a0}\(czechTime)" }

    /// `18:42`, Prague time.
    package var czechTime: String {
        let day = Day(of: self)
        let local = Int(timeIntervalSince1970.rounded(.down)) + TimeZone.prague.secondsFromGMT(for: self)
        let minutes = (local - day.number * 86_400) / 60
        return "\(minutes / 60):\(minutes % 60 < 10 ? "0" : "")\(minutes % 60)"
    }
}
