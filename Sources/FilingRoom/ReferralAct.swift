import Office

/// By what a matter goes to the office that is competent.
enum ReferralAct: Sendable, Equatable {
    /// § 12 of act 500/2004.
    case resolution
    /// § 75 of act 280/2009: who filed is only told.
    case taxLetter
    /// § 5(2) of act 85/1990: within five days, and who filed is told.
    case petitionLetter

    /// Nil for a request for information: it is not referred but set aside, and who asked is told within seven days
    /// (§ 14(5)(c) of act 106/1999).
    init?(under regime: Regime) {
        switch regime {
        case .information: return nil
        case .tax: self = .taxLetter
        case .petition: self = .petitionLetter
        case .administrative, .building, .selfGovernment, .complaint, .byContent, .other: self = .resolution
        }
    }

    /// As a letter cites it.
    var law: String {
        switch self {
        case .resolution: "§ 12 zákona č. 500/2004 Sb., správní řád,"
        case .taxLetter: "§ 75 zákona č. 280/2009 Sb., daňový řád,"
        case .petitionLetter: "§ 5 odst. 2 zákona č. 85/1990 Sb., o právu petičním,"
        }
    }

    /// What the clerk does, in a sentence.
    var czech: String {
        switch self {
        case .resolution:
            "Není-li úřad příslušný, postoupí podání usnesením a uvědomí podatele (§ 12 správního řádu). Vyhotoví se usnesení s číslem jednacím a spis se zde vyřídí postoupením."
        case .taxLetter:
            "Není-li úřad příslušný, postoupí podání a vyrozumí podatele (§ 75 daňového řádu). Vyhotoví se písemnost s číslem jednacím a spis se zde vyřídí postoupením."
        case .petitionLetter:
            "Nepatří-li věc do působnosti úřadu, postoupí petici do pěti dnů a uvědomí toho, kdo ji podal (§ 5 odst. 2 zákona č. 85/1990 Sb.). Vyhotoví se písemnost s číslem jednacím a spis se zde vyřídí postoupením."
        }
    }

    /// The last day on which whoever asked is told that their request is set aside.
    static func lastDayToSetAside(reached: Day) -> Day { LegalPeriod.days(7).end(after: reached) }
}
