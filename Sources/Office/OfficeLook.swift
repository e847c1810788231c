import Database

/// How an office looks to people: one accent of the palette, and its coat of arms.
package struct OfficeLook: Sendable, Equatable {
    package var accent: Accent
    /// SHA-256 of a picture in the office's own store; nil for the plain shield.
    package var arms: String?

    package init(accent: Accent, arms: String?) {
        self.accent = accent
        self.arms = arms
    }

    package static let plain = OfficeLook(accent: .blue, arms: nil)
}

/// The palette: the style sheet has each of them for light and for dark, 4.5 : 1 against the paper at least.
package enum Accent: String, Sendable, CaseIterable, Codable, SQLCodable {
    case blue, teal, green, olive, gold, brown, red, plum, violet, grey

    package var czech: String {
        switch self {
        case .blue: "modrá"
        case .teal: "modrozelená"
        case .green: "zelená"
        case .olive: "olivová"
        case .gold: "zlatá"
        case .brown: "hnědá"
        case .red: "červená"
        case .plum: "vínová"
        case .violet: "fialová"
        case .grey: "šedá"
        }
    }
}
