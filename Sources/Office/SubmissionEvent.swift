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
        case .delivered: "doručeno"
        case .extended: "lhůta prodloužena"
        case .reclassified: "posouzeno podle obsahu"
        }
    }
}
