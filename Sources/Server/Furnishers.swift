import Foundation
import Office
import Region

/// What every room gives a new office from the templates.
func roomFurnishers(_ settings: Settings) throws -> [any RoomFurnisher] {
    []
}

/// The register and the catalogue as they lie beside the program.
func regionData(_ settings: Settings) throws -> RegionData {
    try RegionData(folder: settings.home.appending(path: "RegionData"))
}
