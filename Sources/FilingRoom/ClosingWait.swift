import Office

/// What a settled case file waits for before it is closed; the page and the lists ask the same.
enum ClosingWait: Sendable, Equatable {
    case dispatch, delivery, appeal, board, plan
}

extension CaseFile {
    /// Nil where it can be closed, or is.
    func closingWait(_ letters: LetterSum, on day: Day) -> ClosingWait? {
        guard closed == nil else { return nil }
        if letters.undispatched > 0 { return .dispatch }
        if letters.undelivered > 0 { return .delivery }
        let appeal = letters.decided.flatMap { AppealPeriod(.decision, delivered: $0, under: regime) }
        if let appeal, day < appeal.force { return .appeal }
        if letters.hangs { return .board }
        return planCode == nil ? .plan : nil
    }

    /// Came by hand and nobody confirmed it in time (§ 37(4) of act 500/2004); what came by a form lapses at the region.
    func canLapse(on day: Day) -> Bool {
        guard submissionID == nil, settled == nil, isUnconfirmed, let confirmBy else { return false }
        return day > confirmBy
    }
}
