import Database

/// What happened to a submission where its status alone does not say it.
package enum SubmissionEvent: String, Sendable, CaseIterable, Codable, SQLCodable {
    case confirmed
    /// Given to a clerk; told apart from the status, which stays while the submission waits for its confirmation.
    case assigned
    case feePrescribed
    case feeCancelled
    case called
    case supplemented
    case dispatched
    /// A decision went out: the office's term for it is kept (§ 71(2)(a) of act 500/2004).
    case issued
    case delivered
    /// A decision was delivered; its deadline is the last day for an appeal.
    case decided
    /// A decision is in legal force; its deadline is the day from which it is.
    case inForce
    /// The region's desk brought it to its office by other means.
    case handedOver
    case extended
    case reclassified

    package var czech: String {
        switch self {
        case .confirmed: "potvrzeno"
        case .assigned: "přiděleno"
        case .feePrescribed: "předepsán poplatek"
        case .feeCancelled: "předpis poplatku zrušen"
        case .called: "vyžádáno doplnění"
        case .supplemented: "doplněno"
        case .dispatched: "vypraveno"
        case .issued: "vydáno rozhodnutí"
        case .delivered, .decided: "doručeno"
        case .inForce: "v právní moci"
        case .handedOver: "předáno úřadu"
        case .extended: "lhůta prodloužena"
        case .reclassified: "posouzeno podle obsahu"
        }
    }
}
