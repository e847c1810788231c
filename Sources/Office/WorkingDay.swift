import Database

/// Czech public holidays and days off (act 245/2000, §§ 1 and 2).
package enum Holidays {
    private static let fixed: [(month: Int, day: Int, name: String)] = [
        (1, 1, "Den obnovy samostatného českého státu"), (5, 1, "Svátek práce"), (5, 8, "Den vítězství"),
        (7, 5, "Den slovanských věrozvěstů Cyrila a Metoděje"), (7, 6, "Den upálení mistra Jana Husa"),
        (9, 28, "Den české státnosti"), (10, 28, "Den vzniku samostatného československého státu"),
        (11, 17, "Den boje za svobodu a demokracii"), (12, 24, "Štědrý den"), (12, 25, "1. svátek vánoční"),
        (12, 26, "2. svátek vánoční"),
    ]

    /// The holiday's name, or nil.
    package static func name(of day: Day) -> String? {
        let easter = easterSunday(day.year)
        if day == easter - 2 { return "Velký pátek" }
        if day == easter + 1 { return "Velikonoční pondělí" }
        return fixed.first { $0.month == day.date.month && $0.day == day.date.day }?.name
    }

    /// Easter Sunday of the Gregorian calendar, by the anonymous (Meeus) computus.
    package static func easterSunday(_ year: Int) -> Day {
        let a = year % 19
        let b = year / 100
        let c = year % 100
        let d = b / 4
        let e = b % 4
        let g = (b - (b + 8) / 25 + 1) / 3
        let h = (19 * a + b - d - g + 15) % 30
        let i = c / 4
        let k = c % 4
        let l = (32 + 2 * e + 2 * i - h - k) % 7
        let m = (a + 11 * h + 22 * l) / 451
        let sum = h + l - 7 * m + 114
        guard let day = Day(year: year, month: sum / 31, day: sum % 31 + 1) else {
            preconditionFailure("Easter is a day")
        }
        return day
    }
}

extension Day {
    package var isWorking: Bool { weekday <= 5 && Holidays.name(of: self) == nil }

    /// This day, or the next that is neither Saturday, Sunday nor a holiday.
    package var orNextWorking: Day {
        var day = self
        while !day.isWorking { day = day + 1 }
        return day
    }
}
