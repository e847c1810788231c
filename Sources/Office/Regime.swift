import Database

/// The law a submission runs under; every clock, status text and referral hangs on it (DOMAIN, § 11a.2).
package enum Regime: String, Sendable, CaseIterable, Codable, SQLCodable {
    /// Act 500/2004, správní řád.
    case administrative
    /// Act 280/2009, daňový řád: local fees.
    case tax
    /// Act 106/1999, free access to information.
    case information
    /// Act 128/2000, § 16: suggestions in self-government.
    case selfGovernment
    /// Act 85/1990.
    case petition
    /// Act 500/2004, § 175.
    case complaint
    /// Act 283/2021.
    case building
    /// Decided by what the submission turns out to be.
    case byContent
    case other
}

extension Regime {
    /// Where the law asks an unverified electronic submission to be confirmed, as a person reads it.
    package var confirmationLaw: String {
        self == .tax ? "§ 71 odst. 3 daňového řádu" : "§ 37 odst. 4 správního řádu"
    }
}

extension Regime {
    /// What an office does with what is not in its competence, as a person reads it.
    package var whenNotCompetent: String {
        switch self {
        case .tax:
            "Nebude-li úřad příslušný, postoupí podání tomu, který je, a uvědomí vás (§ 75 daňového řádu)."
        case .information:
            "Nebude-li se žádost týkat působnosti úřadu, úřad ji odloží a do 7 dnů vám to sdělí "
                + "(§ 14 odst. 5 písm. c) zákona č. 106/1999 Sb.)."
        default:
            "Nebude-li úřad příslušný, postoupí podání tomu, který je, a uvědomí vás (§ 12 správního řádu)."
        }
    }

    /// By what law a submission is made only on the day on which it reaches the competent office; nil where none says so.
    package var arrivalLaw: String? {
        switch self {
        case .administrative, .building, .complaint: "§ 37 odst. 6 správního řádu"
        case .tax, .information, .selfGovernment, .petition, .byContent, .other: nil
        }
    }
}

/// What a submission needs while the identity of its author is not verified (§ 37(4) of act 500/2004).
package enum ConfirmationRule: String, Sendable, CaseIterable, Codable, SQLCodable {
    case none
    case withinFiveDays
    /// The form only prepares a visit.
    case inPerson
}

/// How an unconfirmed submission was confirmed.
package enum ConfirmationMeans: String, Sendable, CaseIterable, Codable, SQLCodable {
    case signedPrint
    case inPerson
    case dataBox

    package var czech: String {
        switch self {
        case .signedPrint: "podepsaným výtiskem"
        case .inPerson: "osobně"
        case .dataBox: "datovou schránkou"
        }
    }
}

/// Where a submission stands, as its author sees it.
package enum SubmissionStatus: String, Sendable, CaseIterable, Codable, SQLCodable {
    case received
    case awaitingConfirmation
    case referred
    case filedElsewhere
    case registered
    case assigned
    case supplementRequested
    case settled
    case closedWithoutAction
    case refused

    package var czech: String {
        switch self {
        case .received: "přijato"
        case .awaitingConfirmation: "čeká na potvrzení"
        case .referred: "postoupeno"
        case .filedElsewhere: "předáno úřadu"
        case .registered: "zaevidováno"
        case .assigned: "přiděleno"
        case .supplementRequested: "vyžádáno doplnění"
        case .settled: "vyřízeno"
        case .closedWithoutAction: "uzavřeno bez vyřízení"
        case .refused: "odmítnuto"
        }
    }

    package var isFinal: Bool { self == .settled || self == .closedWithoutAction || self == .refused }
}
