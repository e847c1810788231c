import Database

/// A period of law, counted from the day of the event that starts it.
///
/// § 40(1) of act 500/2004 and § 33 of act 280/2009 agree: the day of the event does not count; a period of weeks,
/// months or years ends on the day with the same name or number, or on the last of a shorter month; an end on
/// Saturday, Sunday or a holiday moves to the next working day.
package enum LegalPeriod: Sendable, Equatable {
    case days(Int)
    case weeks(Int)
    case months(Int)
    case years(Int)
    /// Working days; the law says so where it means them.
    case workingDays(Int)

    /// The last day on which the act is still in time.
    package func end(after event: Day) -> Day {
        switch self {
        case .days(let count): (event + count).orNextWorking
        case .weeks(let count): (event + 7 * count).orNextWorking
        case .months(let count): Self.month(event, count).orNextWorking
        case .years(let count): Self.month(event, 12 * count).orNextWorking
        case .workingDays(let count): Self.working(event, count)
        }
    }

    private static func month(_ event: Day, _ count: Int) -> Day {
        let months = event.year * 12 + event.date.month - 1 + count
        var number = event.date.day
        while number > 28 {
            if let day = Day(year: months / 12, month: months % 12 + 1, day: number) { return day }
            number -= 1
        }
        guard let day = Day(year: months / 12, month: months % 12 + 1, day: number) else {
            preconditionFailure("every month has 28 days")
        }
        return day
    }

    private static func working(_ event: Day, _ count: Int) -> Day {
        var day = event
        var left = count
        while left > 0 {
            day = day + 1
            if day.isWorking { left -= 1 }
        }
        return day
    }
}

/// The term in which an office must act, by the regime of the submission (DOMAIN § 11a.2).
package struct RegimeClock: Sendable, Equatable {
    package let name: String
    package let period: LegalPeriod
    /// The provision it comes from.
    package let law: String

    /// Nil where the law gives no general term.
    package init?(_ regime: Regime) {
        switch regime {
        case .administrative, .building:
            self.init("vydat rozhodnutí", .days(30), "§ 71 odst. 3 zákona č. 500/2004 Sb.")
        case .information:
            self.init("poskytnout informaci", .days(15), "§ 14 odst. 5 písm. d) zákona č. 106/1999 Sb.")
        case .selfGovernment:
            self.init("vyřídit podnět", .days(60), "§ 16 odst. 2 písm. g) zákona č. 128/2000 Sb.")
        case .petition: self.init("odpovědět na petici", .days(30), "§ 5 odst. 3 zákona č. 85/1990 Sb.")
        case .complaint: self.init("vyřídit stížnost", .days(60), "§ 175 odst. 5 zákona č. 500/2004 Sb.")
        case .tax, .byContent, .other: return nil
        }
    }

    private init(_ name: String, _ period: LegalPeriod, _ law: String) {
        self.name = name
        self.period = period
        self.law = law
    }

    package func due(reached: Day) -> Day { period.end(after: reached) }
}

/// The last day on which an unconfirmed submission can be confirmed: five days (§ 37(4) of act 500/2004).
package func confirmationEnd(accepted: Day) -> Day { LegalPeriod.days(5).end(after: accepted) }
