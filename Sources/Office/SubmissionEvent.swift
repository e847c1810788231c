import Database

/// What happened to a submission where its status alone does not say it.
package enum SubmissionEvent: String, Sendable, CaseIterable, Codable, SQLCodable {
    case confirmed
    case feePrescribed
    case called
    case supplemented
    case dispatched
    case extended
    case reclassified

    package var czech: String {
        switch self {
        case .confirmed: "potvrzeno"
        case .feePrescribed: "předepsán poplatek"
        case .called: "vyžádáno doplnění"
        case .supplemented: "doplněno"
        case .dispatched: "vypraveno"
        case .extended: "lhůta prodloužena"
        case .reclassified: "posouzeno podle obsahu"
        }
    }
}
