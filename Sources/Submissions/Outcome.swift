import Office

/// What the person reads of a decision: that it was delivered, until when an appeal is possible, and its legal force.
///
/// What was decided stands in the decision alone; the region does not know it.
struct Outcome: Sendable, Equatable {
    /// The last day for an appeal against the decision delivered last.
    private(set) var appealBy: Day?
    /// From when that one is in legal force.
    private(set) var inForce: Day?
    /// A decision is on its way.
    private(set) var isIssued = false
    /// The office sent something out in the matter.
    private(set) var isWritten = false

    init(_ steps: [SubmissionStep]) {
        for step in steps {
            switch step.event {
            case .issued: (isIssued, appealBy, inForce) = (true, nil, nil)
            case .decided: (isIssued, appealBy, inForce) = (false, step.deadline, nil)
            case .inForce: inForce = step.deadline
            case .dispatched, .delivered: isWritten = true
            default: break
            }
        }
    }

    /// `meaning` is what is said where nothing was decided.
    func sentence(on today: Day, else meaning: String) -> String {
        let written = isWritten ? " Co úřad píše, čtete v písemnosti, kterou vám poslal." : ""
        return (decided(today) ?? meaning + written).unbroken
    }

    /// How far a decision has come, in the place of a status that the office has not changed yet.
    var stage: String? {
        if inForce != nil { return "rozhodnutí v právní moci" }
        if appealBy != nil { return "rozhodnutí doručeno" }
        return isIssued ? "rozhodnutí vydáno" : nil
    }

    private func decided(_ today: Day) -> String? {
        let told = "Jak úřad rozhodl, čtete v rozhodnutí, které vám doručil."
        if let inForce { return "\(told) V právní moci je od \(inForce.czechShort)." }
        if isIssued {
            return "Rozhodnutí vám úřad doručuje. Převezměte si je prosím; odvolat se můžete od doručení."
        }
        guard let appealBy else { return nil }
        return today <= appealBy
            ? "\(told) Odvolat se můžete do \(appealBy.czechShort); jak a kam, říká jeho poučení."
            : "\(told) Lhůta k odvolání uplynula \(appealBy.czechShort); až úřad vyznačí právní moc, uvidíte ji tady."
    }
}

extension [SubmissionStep] {
    /// By when the office should act: what was told last, and nothing once a decision went out.
    var officeTerm: Day? {
        guard Outcome(self).stage == nil else { return nil }
        return last { $0.deadline != nil }?.deadline
    }
}
