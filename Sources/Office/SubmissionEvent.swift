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
        case .delivered, .decided: "doručeno"
        case .inForce: "v právní moci"
        case .handedOver: "předáno úřadu"
        case .extended: "lhůta prodloužena"
        case .reclassified: "posouzeno podle obsahu"
        }
    }
}
