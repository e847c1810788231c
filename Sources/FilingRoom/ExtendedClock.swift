import Office

/// A term that the law lets the office prolong once, with a reason that the person is told.
struct ExtendedClock: Sendable, Equatable {
    let days: Int
    let why: String
    let due: Day

    /// One reason as the law names it.
    struct Reason: Sendable, Equatable {
        let code: String
        let czech: String
    }

    struct Rule: Sendable, Equatable {
        let daysMax: Int
        let law: String
        let reasons: [Reason]
    }

    /// Nil where the law knows no extension.
    static func rule(of regime: Regime) -> Rule? {
        switch regime {
        case .administrative, .building:
            Rule(
                daysMax: 30,
                law: "§ 71 odst. 3 písm. a) zákona č. 500/2004 Sb.",
                reasons: [
                    Reason(code: "hearing", czech: "je třeba nařídit ústní jednání"),
                    Reason(code: "inspection", czech: "je třeba místní šetření"),
                    Reason(code: "summons", czech: "je třeba někoho předvolat nebo předvést"),
                    Reason(code: "notice", czech: "doručuje se veřejnou vyhláškou"),
                    Reason(code: "complex", czech: "jde o zvlášť složitý případ"),
                ]
            )
        case .information:
            Rule(
                daysMax: 10,
                law: "§ 14 odst. 7 zákona č. 106/1999 Sb.",
                reasons: [
                    Reason(code: "elsewhere", czech: "informace se hledají na jiném pracovišti"),
                    Reason(code: "bulk", czech: "jde o objemné množství oddělených informací"),
                    Reason(code: "consultation", czech: "je třeba konzultace s jiným povinným subjektem"),
                    Reason(code: "inside", czech: "je třeba konzultace uvnitř povinného subjektu"),
                ]
            )
        case .selfGovernment:
            Rule(
                daysMax: 30,
                law: "§ 16 odst. 2 písm. g) zákona č. 128/2000 Sb.",
                reasons: [Reason(code: "assembly", czech: "patří do působnosti zastupitelstva")]
            )
        case .tax, .petition, .complaint, .byContent, .other: nil
        }
    }

    /// Throws ``FilingRefusal`` where the law, the reason or the day does not allow it.
    static func extend(_ file: CaseFile, reason code: String, today: Day) throws -> ExtendedClock {
        guard let rule = rule(of: file.regime), let due = file.due, file.extended == nil else {
            throw FilingRefusal.notExtensible
        }
        guard let reason = rule.reasons.first(where: { $0.code == code }) else {
            throw FilingRefusal.reasonNeeded
        }
        guard today <= due || file.paused != nil else { throw FilingRefusal.extensionLate }
        let later = file.due(pausedDays: file.pausedDays, extendedDays: rule.daysMax)
        return ExtendedClock(days: rule.daysMax, why: "\(reason.czech) (\(rule.law))", due: later ?? due)
    }
}

extension CaseFile {
    /// The last day, counted anew from the day the matter came: days on which the clock stood are added.
    func due(pausedDays: Int, extendedDays: Int) -> Day? {
        guard case .days(let days)? = RegimeClock(regime)?.period else { return nil }
        return LegalPeriod.days(days + pausedDays + extendedDays).end(after: opened)
    }
}
