import Office

/// In which time a decision that was delivered can be appealed against, and from when it is in legal force.
struct AppealPeriod: Sendable, Equatable {
    /// The last day on which an appeal can be handed in.
    let last: Day
    let noun: String
    let law: String
    private let isTax: Bool

    /// The first day on which it can be in force; an appeal posted on the last day may still come after it.
    var force: Day { last + 1 }

    /// Nil for what is no decision, was not delivered, or is in force already.
    ///
    /// Fifteen days from delivery (§ 83(1) of act 500/2004; for resolutions § 76(5), for refused information
    /// § 20(4) of act 106/1999), thirty under the tax code (§ 109(4) of act 280/2009).
    init?(_ document: Document, under regime: Regime) {
        guard !document.isIncoming, document.inForce == nil, let delivered = document.delivered,
            let kind = ReplyKind(rawValue: document.kind)
        else { return nil }
        self.init(kind, delivered: delivered, under: regime)
    }

    init?(_ kind: ReplyKind, delivered: Day, under regime: Regime) {
        isTax = regime == .tax
        switch kind {
        case .decision: noun = "Rozhodnutí"
        case .resolution where !isTax: noun = "Usnesení"
        case .referral where ReferralAct(under: regime) == .resolution: noun = "Usnesení"
        default: return nil
        }
        last = LegalPeriod.days(isTax ? 30 : 15).end(after: delivered)
        law = isTax ? "§ 103 a § 109 daňového řádu" : "§ 73 a § 83 správního řádu"
    }

    /// Beside the document: what to wait for, or that the day has come.
    func note(on day: Day) -> String {
        day < force
            ? sentence
            : "Lhůta k odvolání uplynula \(last.czechShort). Nepřišlo-li odvolání, vyznačte den právní moci."
    }

    /// What who got it is told; to whom and how, stands in the decision itself.
    var advice: String { "Odvolat se proti němu lze do \(last.czechShort) (\(appealLaw))." }

    private var appealLaw: String {
        isTax ? "§ 109 odst. 4 daňového řádu" : "§ 83 odst. 1 správního řádu"
    }

    var sentence: String {
        "\(noun) nenabude právní moci dřív než \(force.czechShort) (\(law)); do té doby spis neuzavírejte."
    }
}

/// Why a decision is in legal force.
enum ForceGround: String, Sendable, CaseIterable {
    case lapse, waiver, appeal

    var czech: String {
        switch self {
        case .lapse: "marné uplynutí lhůty k odvolání"
        case .waiver: "vzdání se odvolání"
        case .appeal: "rozhodnutí o odvolání"
        }
    }

    /// What came in writing or was taken down proves it; that the period lapsed shows by itself.
    var needsProof: Bool { self != .lapse }

    /// The first day that it gives; nil where the proof that it needs has no day.
    ///
    /// The right of appeal is waived when the decision has been told, so never before its delivery (§ 81(2) of act
    /// 500/2004), and nothing is in force before it was waived or decided.
    func earliest(after appeal: AppealPeriod, delivered: Day, proven: Day?) -> Day? {
        needsProof ? proven.map { Swift.max(delivered, $0) } : appeal.force
    }

    /// As it is chosen: a waiver is known to the administrative code (§ 81(2) of act 500/2004).
    func czech(under regime: Regime) -> String {
        self == .waiver && regime != .tax ? "\(czech) (§ 81 odst. 2 správního řádu)" : czech
    }
}

extension [Document] {
    /// The period that ends last of those in which an appeal may still come.
    func appeal(on day: Day, under regime: Regime) -> AppealPeriod? {
        compactMap { AppealPeriod($0, under: regime) }.filter { day < $0.force }
            .max { $0.last < $1.last }
    }
}
