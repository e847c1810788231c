import Database
import Office

/// The days of a notice, by its kind.
///
/// The day of posting does not count and the notice still hangs on the last day: fifteen days posted on 1 June
/// end with 16 June, and it comes down on 17 June. No end moves to a working day: this is a time for which
/// something hangs, not a term for an act (§ 40(1) of act 500/2004).
struct NoticePeriod: Sendable, Equatable {
    let kind: NoticeKind
    let posted: Day
    /// The day of the meeting, decision or approval.
    let event: Day?
    /// What is posted has been served another way, and is not served twice.
    var isServed = false

    /// What is proposed where the law gives no period.
    static let usualDays = 15

    /// The earliest last day; nil where only a newer notice takes its place.
    var earliestLastDay: Day? {
        switch kind.stay {
        case .free: posted
        case .days(let days): posted + days
        case .years(let years): Self.anniversary(of: posted, years)
        case .throughEvent(let days): max(posted + days, event ?? posted)
        case .untilReplaced: nil
        }
    }

    /// What is proposed; before a sale or an auction people look for it up to the day itself.
    var usualLastDay: Day? {
        switch kind {
        case .auction: event.map { max($0, posted) } ?? posted + Self.usualDays
        case .saleIntent: earliestLastDay.map { max($0, event ?? $0) }
        default: kind.stay == .free ? posted + Self.usualDays : earliestLastDay
        }
    }

    /// A year beyond what is usual; what is later is mistyped.
    var latestLastDay: Day { Self.anniversary(of: usualLastDay ?? Self.anniversary(of: posted, 1), 1) }

    /// The last day that somebody plans for.
    private var latestEvent: Day { Self.anniversary(of: posted, 2) }

    /// The first day on which the event may take place; nil where posting sets no such bound.
    var earliestEvent: Day? {
        switch kind.timing {
        case .ahead(let days): posted + days
        case .wholeDaysBefore(let days): posted + days + 1
        case .notPast: posted
        case .none, .within, .told: nil
        }
    }

    /// The last day for posting something after its event; nil where there is none.
    var latestPosting: Day? {
        guard case .within(let days) = kind.timing, let event else { return nil }
        return event + days
    }

    /// The day on which what is served like this counts as delivered (§ 25(2) of act 500/2004).
    var deemedDelivery: Day? {
        !isServed && (kind == .publicDecree || kind == .service) ? posted + 15 : nil
    }

    /// Whether coming down on that day is before its time, by the law or by what was announced.
    func isEarly(_ down: Day, announced: Day?) -> Bool {
        // What hangs until it is replaced may be taken down by who replaces it.
        earliestLastDay.map { down <= max($0, announced ?? $0) } ?? false
    }

    /// Throws ``BoardRefusal`` when the period is too short or the event comes too soon.
    func check(until: Day?) throws {
        try checkEvent()
        if earliestLastDay != nil, until == nil { throw BoardRefusal.lastDayNeeded }
        guard let until else { return }
        guard until <= latestLastDay else { throw BoardRefusal.lastDayTooFar(latestLastDay) }
        guard let earliest = earliestLastDay, earliest > posted else {
            guard until >= posted else { throw BoardRefusal.lastDayPast }
            return
        }
        if case .throughEvent = kind.stay, earliest == event, until < earliest {
            throw BoardRefusal.endsBeforeEvent(kind, earliest)
        }
        guard until >= earliest else { throw BoardRefusal.tooShort(kind, earliest) }
    }

    private func checkEvent() throws {
        guard let event else {
            if kind.needsEvent, let name = kind.eventName { throw BoardRefusal.eventNeeded(name) }
            return
        }
        if kind.timing == .notPast, event < posted { throw BoardRefusal.eventPast(kind) }
        if earliestEvent != nil, event > latestEvent { throw BoardRefusal.eventTooFar(kind, latestEvent) }
        if let earliest = earliestEvent, event < earliest { throw BoardRefusal.eventTooSoon(kind, earliest) }
        // What is to be approved yet is a draft still.
        if case .within = kind.timing, event > posted { throw BoardRefusal.eventAhead(kind) }
    }

    /// What coming down on that day would spoil, for the clerk; nil where nothing.
    ///
    /// The fifteenth day has to pass while it hangs (§ 25(2) of act 500/2004), and so has the last day of any kind.
    func loss(byTakingDownOn day: Day) -> String? {
        if let deemedDelivery, day <= deemedDelivery {
            return
                "Sejmete-li je dnes, písemnost tím nebude doručena: musí viset do \(deemedDelivery.czech) včetně\(kind.cited)."
        }
        guard let earliestLastDay, !kind.cited.isEmpty, day <= earliestLastDay else { return nil }
        return
            "Sejmete-li je dnes, lhůta nebude dodržena: má viset do \(earliestLastDay.czech) včetně\(kind.cited)."
    }

    /// What posting on this day would mean, for the clerk.
    var sentence: String {
        var parts: [String] = []
        switch kind.stay {
        case .free where kind == .election: parts.append("\(kind.rule.atStart).")
        case .throughEvent where event == nil: parts.append("\(kind.rule.atStart).")
        case .free: parts.append("Dobu vyvěšení si určíte (\(kind.law)).")
        case .untilReplaced: parts.append("Visí, dokud je nenahradí novější (\(kind.law)).")
        default:
            if let earliestLastDay {
                parts.append("Visí nejméně do \(earliestLastDay.czech) včetně\(kind.cited).")
            }
        }
        if let earliestEvent, let name = kind.eventName, kind.timing != .notPast {
            parts.append("Nejbližší možný \(name): \(earliestEvent.czech).")
        }
        if let latestPosting {
            parts.append(
                posted <= latestPosting
                    ? "Vyvěsit je třeba do \(latestPosting.czech)."
                    : "Mělo viset už \(latestPosting.czech); vyvěste je co nejdřív."
            )
        }
        if let deemedDelivery { parts.append("Doručeno bude \(deemedDelivery.czech).") }
        return parts.joined(separator: " ")
    }

    /// The same date years later, or the last day of its month.
    private static func anniversary(of day: Day, _ years: Int) -> Day {
        let date = day.date
        return Day(year: day.year + years, month: date.month, day: date.day)
            ?? Day(year: day.year + years, month: date.month, day: date.day - 1) ?? day + 366 * years
    }
}
