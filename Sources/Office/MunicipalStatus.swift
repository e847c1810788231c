import Database

/// What a municipality is (§§ 3 and 4 of act 128/2000): its name and that of its office follow from it (§ 109).
package enum MunicipalStatus: String, Sendable, CaseIterable, Codable, SQLCodable {
    case village, marketTown, town, statutoryCity

    package var czech: String {
        switch self {
        case .village: "obec"
        case .marketTown: "městys"
        case .town: "město"
        case .statutoryCity: "statutární město"
        }
    }

    /// The public body: `Město Frýdlant`.
    package func body(_ name: String) -> String {
        "\(czech.prefix(1).uppercased())\(czech.dropFirst()) \(name)"
    }

    /// Its office: `Městský úřad Frýdlant`.
    package func authority(_ name: String) -> String {
        switch self {
        case .village: "Obecní úřad \(name)"
        case .marketTown: "Úřad městyse \(name)"
        case .town: "Městský úřad \(name)"
        case .statutoryCity: "Magistrát města \(name)"
        }
    }

    /// How the abbreviation of its office begins in reference numbers.
    package var initials: String {
        switch self {
        case .village: "OU"
        case .marketTown: "UM"
        case .town, .statutoryCity: "MU"
        }
    }
}
