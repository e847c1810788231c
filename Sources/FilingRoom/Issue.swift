import Office

// A decision is issued when it is handed over for delivery, or posted where it is served by the board
// (§ 71(2)(a) and (c) of act 500/2004); with that the term for issuing it is kept.

extension CaseFile {
    /// When the decision was issued that the term was for; nil while the term runs, or where it is for something else.
    ///
    /// `first` is the day on which a decision first went out: that it came back does not begin the term anew.
    func issued(_ first: Day?) -> Day? { regime.issued(first) }
}

extension Regime {
    /// The same of any matter that runs under it.
    func issued(_ first: Day?) -> Day? {
        switch self {
        case .administrative, .building: first
        default: nil
        }
    }
}

extension [Document] {
    /// The day on which the first of the decisions went out.
    var issued: Day? {
        filter { $0.kind == ReplyKind.decision.rawValue && $0.cancelled == nil }.compactMap(\.issued).min()
    }
}
