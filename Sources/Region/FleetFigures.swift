package import Database
package import Foundation
package import Office

/// What the console shows of the fleet beyond the register; `Server` joins it from the rooms that know.
package struct FleetFigures: Sendable {
    package struct Office: Sendable, Equatable {
        /// Messages on the way to the office.
        package var waiting = 0
        /// Submissions that these messages are about.
        package var waitingSubmissions = 0
        /// Since when the oldest of them waits.
        package var waitingSince: Date?
        /// What people handed in for it in the last twelve months.
        package var submissions = 0
        /// Its schema in the database and its files.
        package var databaseBytes = 0
        package var fileBytes = 0
        /// A filing system of its own is connected.
        package var isConnected = false

        package var bytes: Int { databaseBytes + fileBytes }

        package init() {}
    }

    package struct Month: Sendable, Equatable {
        /// The first day of the month.
        package let first: Day
        package var submissions: Int

        package init(first: Day, submissions: Int) {
            self.first = first
            self.submissions = submissions
        }
    }

    package var offices: [TenantName: Office] = [:]
    /// The last twelve, oldest first.
    package var months: [Month] = []
    /// Messages that have been tried in vain.
    package var stuck = 0
    /// Submissions whose office the region's desk has to decide.
    package var undecided = 0

    package init() {}

    package func office(_ tenant: TenantName) -> Office { offices[tenant] ?? Office() }
}

package protocol FleetReporter: Sendable {
    /// As of a minute ago at most.
    func figures() async throws -> FleetFigures
}

/// The first days of the month of `today` and of the months before it, oldest first.
package func months(_ count: Int, until today: Day) -> [Day] {
    var year = today.date.year
    var month = today.date.month
    var firsts: [Day] = []
    for _ in 0..<count {
        guard let first = Day(year: year, month: month, day: 1) else { break }
        firsts.append(first)
        (year, month) = month == 1 ? (year - 1, 12) : (year, month - 1)
    }
    return firsts.reversed()
}
