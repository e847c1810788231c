import Office

/// What the person reads of a decision: that it was delivered, until when an appeal is possible, and its legal force.
///
/// What was decided stands in the decision alone; the region does not know it.
struct Outcome: Sendable, Equatable {
    /// The last day for an appeal against the decision delivered last.
    private(set) var appealBy: Day?
    /// From when that one is in legal force.
    private(set) var inForce: Day?
    /// The office sent something out in the matter.
    private(set) var isWritten = false

    init(_ steps: [SubmissionStep]) {
        for step in steps {
            switch step.event {
            case .decided: (appealBy, inForce) = (step.deadline, nil)
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

    private func decided(_ today: Day) -> String? {
        let told = "Jak úřad rozhodl, čtete v rozhodnutí, které vám doručil."
        if let inForce { return "\(told) V právní moci je od \(inForce.czechShort)." }
        guard let appealBy else { return nil }
        return today <= appealBy
            ? "\(told) Odvolat se můžete do \(appealBy.czechShort); jak a kam, říká jeho poučení."
            : "\(told) Lhůta k odvolání uplynula \(appealBy.czechShort); až úřad vyznačí právní moc, uvidíte ji tady."
    }
}

extension SubmissionStep {
    /// By when the office should act; the deadline of a decision is the person's own.
    var officeTerm: Day? { event == .decided || event == .inForce ? nil : deadline }
}
