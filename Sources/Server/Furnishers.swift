import Accounting
import FilingRoom
import Forms
import Foundation
import NoticeBoard
import Office
import Region

/// What every room gives a new office from the templates.
func roomFurnishers(_ settings: Settings) throws -> [any RoomFurnisher] {
    let folder = settings.home.appending(path: "TenantTemplates/municipality")
    let services = Set(try regionData(settings).services.map(\.code))
    return [
        try FilingFurnisher(folder: folder),
        try BoardFurnisher(folder: folder), try BooksFurnisher(folder: folder),
        try FormFurnisher(folder: folder.appending(path: "forms"), services: services),
    ]
}

/// The register and the catalogue as they lie beside the program.
func regionData(_ settings: Settings) throws -> RegionData {
    try RegionData(folder: settings.home.appending(path: "RegionData"))
}
