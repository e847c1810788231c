import Office

/// How a matter of a regime may be settled, and by what documents.
struct SettlingRule: Sendable, Equatable {
    let ways: [SettlingWay]
    /// Settled by a document, it is one of these that goes out.
    let kinds: Set<ReplyKind>
    /// Set aside, it is after one of these went out: the notice of it, the call, or what the answer would cost.
    static let asideKinds: Set<ReplyKind> = [.setAside, .supplement, .notice]
    /// What is said to who wants another way.
    let refusal: FilingRefusal

    /// The ways that the law of the regime knows.
    ///
    /// Administrative proceedings end by a decision or by a resolution: § 67, § 43 and § 66 of act 500/2004, of which
    /// § 66(1)(a) is the withdrawal. Petitions are answered in writing (§ 5(3) of act 85/1990), who complained is told
    /// of the outcome (§ 175(5) of act 500/2004). A request for information is answered, refused by a decision (§ 15 of
    /// act 106/1999) or set aside (§ 14(5), § 17(5)). Proceedings on fees are stopped by a decision when an application is
    /// withdrawn (§ 106(1)(a) of act 280/2009), but what was only notified is taken note of.
    static func of(_ regime: Regime) -> SettlingRule {
        switch regime {
        case .administrative, .building:
            SettlingRule(ways: [.document], kinds: [.decision, .resolution], refusal: .decisionNeeded)
        case .information:
            SettlingRule(
                ways: [.document, .setAside, .record, .withdrawn],
                kinds: [.information, .decision, .notice, .resolution],
                refusal: .informationNeeded
            )
        case .petition: SettlingRule(ways: [.document], kinds: answers, refusal: .answerNeeded)
        case .complaint: SettlingRule(ways: [.document, .withdrawn], kinds: answers, refusal: .answerNeeded)
        case .tax:
            SettlingRule(ways: [.document, .noted, .record], kinds: answers, refusal: .feeNotWithdrawn)
        case .selfGovernment, .byContent, .other:
            SettlingRule(ways: SettlingWay.chosen, kinds: answers, refusal: .nothingSent)
        }
    }

    private static let answers: Set<ReplyKind> = [.decision, .information, .notice, .resolution]

    /// Throws ``FilingRefusal`` unless the way is one of the rule's and, by a document, `sent` has one that settles.
    func mustAllow(_ way: SettlingWay, sent: Set<ReplyKind>) throws(FilingRefusal) {
        guard ways.contains(way) else { throw refusal }
        guard way != .document || !kinds.isDisjoint(with: sent) else {
            throw refusal == .decisionNeeded && !sent.isEmpty ? refusal : .nothingSent
        }
        guard way != .setAside || !Self.asideKinds.isDisjoint(with: sent) else { throw .notToldAside }
    }

    /// Those that are open now.
    func open(sent: Set<ReplyKind>) -> [SettlingWay] {
        ways.filter { way in
            switch way {
            case .document: !kinds.isDisjoint(with: sent)
            case .setAside: !Self.asideKinds.isDisjoint(with: sent)
            default: true
            }
        }
    }
}

extension [Document] {
    /// The kinds of the office's own documents that went out and did not come back, or need not go again.
    var sentKinds: Set<ReplyKind> {
        Set(
            filter { $0.dispatched != nil && ($0.returned == nil || $0.abandoned != nil) }
                .compactMap { ReplyKind(rawValue: $0.kind) }
        )
    }
}
