import Office

/// How a document of the office goes out.
enum DispatchMeans: String, Sendable, CaseIterable {
    case postInHands, post, email, inPerson, publicNotice, dataBox

    var czech: String {
        switch self {
        case .post: "poštou"
        case .postInHands: "poštou do vlastních rukou"
        case .email: "e-mailem"
        case .inPerson: "osobně"
        case .publicNotice: "veřejnou vyhláškou"
        case .dataBox: "datovou schránkou (odesláno mimo ePOM)"
        }
    }

    /// Nothing comes back from these by which an arrival could be proved.
    static let unproven: [DispatchMeans] = [.post, .email]

    /// Those that a document may go by: by e-mail only what need not be served, and never of a fee, of which nobody
    /// else may learn (§ 52 of act 280/2009).
    static func offered(for kind: ReplyKind?, under regime: Regime) -> [DispatchMeans] {
        allCases.filter { $0 != .email || (kind?.isOrdinary(under: regime) ?? false) && regime != .tax }
    }
}

extension ReplyKind {
    /// The law asks no proof that it arrived: an answer or a notice, which decides nothing and begins no term.
    ///
    /// Decisions and resolutions are told by delivery into own hands (§ 72(1) and § 76(3) of act 500/2004), a call
    /// begins a term. Information is given in the way that was asked for, and the address of who asked may be an
    /// electronic one (§ 14(2) of act 106/1999); what goes there without a signed confirmation is not served
    /// (§ 19 of act 500/2004), so nothing else may.
    func isOrdinary(under regime: Regime) -> Bool {
        switch self {
        case .information, .notice, .setAside: true
        case .decision, .resolution, .supplement: false
        case .referral: ReferralAct(under: regime) != .resolution
        }
    }
}

extension DispatchMeans {
    /// What is probably meant for a document to this person.
    ///
    /// What must be served goes into own hands (§ 72(1) and § 76(3) of act 500/2004), to who has a data box by law
    /// there (§ 17(1) of act 300/2008). An answer goes as it was asked for.
    static func usual(for kind: ReplyKind?, under regime: Regime, to person: Document?) -> DispatchMeans {
        let isOrdinary = kind?.isOrdinary(under: regime) ?? true
        let wished = person.flatMap { AnswerWish(answers: $0.answers).means }
        if isOrdinary, let wished, offered(for: kind, under: regime).contains(wished) { return wished }
        let hasBox = !(person?.senderDataBox ?? "").isEmpty
        if hasBox || [.legalPerson, .entrepreneur].contains(person?.senderKind) { return .dataBox }
        guard isOrdinary else { return .postInHands }
        let isMailed = person?.senderEmail?.isEmpty == false && person?.senderAddress?.isEmpty ?? true
        return isMailed && regime != .tax ? .email : .post
    }
}

extension Document {
    /// Of what came: whoever sent it can be written to.
    var hasAddressee: Bool {
        senderKind != .anonymous
            || [senderAddress, senderEmail, senderDataBox].contains { !($0 ?? "").isEmpty }
    }

    /// Of what came: where its sender is written to.
    func address(for means: DispatchMeans) -> String {
        let wish = AnswerWish(answers: answers)
        func first(_ all: String?...) -> String { all.compactMap { $0 }.first { !$0.isEmpty } ?? "" }
        return switch means {
        case .post, .postInHands: first(wish.postalAddress, senderAddress)
        case .email: first(wish.email, senderEmail)
        case .dataBox: first(wish.dataBox, senderDataBox)
        case .inPerson, .publicNotice: ""
        }
    }

    /// Of the office's own: sent in a way that is not proved, and it need not be.
    func goesUnproven(under regime: Regime) -> Bool {
        guard let kind = ReplyKind(rawValue: kind), let means = dispatchedBy.flatMap(DispatchMeans.init)
        else {
            return false
        }
        return kind.isOrdinary(under: regime) && DispatchMeans.unproven.contains(means)
    }

    /// On its way, and its delivery is still to be proved.
    func awaitsProof(under regime: Regime) -> Bool {
        dispatched != nil && returned == nil && delivered == nil && !goesUnproven(under: regime)
    }

    /// Made out and not on its way: not yet sent, or come back.
    var awaitsDispatch: Bool {
        !isIncoming && cancelled == nil && abandoned == nil && (dispatched == nil || returned != nil)
    }

    /// It need not reach anybody any more: it came back, or there is nobody whom it could reach.
    ///
    /// What must be served is served by public notice instead (§ 25 of act 500/2004).
    func mayBeAbandoned(under regime: Regime, to person: Document?) -> Bool {
        guard awaitsDispatch, let kind = ReplyKind(rawValue: kind) else { return false }
        let isNobodys = person.map { !$0.hasAddressee } ?? false
        return isNobodys || (returned != nil && kind.isOrdinary(under: regime))
    }
}

/// How a document reached its addressee (§§ 19 to 25 of act 500/2004).
enum DeliveryWay: String, Sendable, CaseIterable {
    case receipt, inPerson, deemed, refused, dataBox, publicNotice

    /// Those that a clerk chooses; a public notice serves by itself.
    static let chosen: [DeliveryWay] = [.receipt, .inPerson, .deemed, .refused, .dataBox]

    var czech: String {
        switch self {
        case .receipt: "doručenkou"
        case .inPerson: "osobně"
        case .deemed: "fikcí po uložení na poště"
        case .refused: "odepřením převzetí"
        case .dataBox: "datovou schránkou"
        case .publicNotice: "veřejnou vyhláškou"
        }
    }

    /// The day on which it counts as delivered; `day` is that of the event the clerk knows of.
    ///
    /// § 24(1) of act 500/2004, § 47(2) of act 280/2009: ten days from when it was ready to be fetched. § 25: the
    /// fifteenth day after posting, which is no term and does not move.
    func delivered(from day: Day) -> Day {
        switch self {
        case .deemed: LegalPeriod.days(10).end(after: day)
        case .publicNotice: day + 15
        default: day
        }
    }
}
