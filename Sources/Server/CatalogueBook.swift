import Foundation
import Office
import Region
import Synchronization

/// The register as filing rooms see it, made anew only when the register was read anew.
final class CatalogueBook: OfficeCatalogue {
    private let book: OfficeBook
    private let made = Mutex<(stamp: Int, offices: [OfficeName])?>(nil)

    init(book: OfficeBook) { self.book = book }

    var offices: [OfficeName] {
        let register = book.register
        return made.withLock { known in
            if let known, known.stamp == register.stamp { return known.offices }
            let names = Dictionary(grouping: register.offices, by: \.name)
            let fresh = register.offices.map { office in
                let isShared = (names[office.name]?.count ?? 0) > 1
                return OfficeName(
                    tenant: office.tenant,
                    label: isShared ? "\(office.name) (\(office.code))" : office.name,
                    abbreviation: office.abbreviation
                )
            }
            known = (register.stamp, fresh)
            return fresh
        }
    }

    var services: [PublicService] { book.register.catalogue.inForce(on: Day(of: Date())) }
}
