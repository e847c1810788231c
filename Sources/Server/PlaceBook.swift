import Database
import Forms
import NoticeBoard
import Office
import Records
import Region
import Synchronization

/// The register as forms offer it, made anew only when the register was read anew.
final class PlaceBook: Sendable {
    private let book: OfficeBook
    private let made = Mutex<(stamp: Int, places: Places)?>(nil)

    init(book: OfficeBook) { self.book = book }

    var places: Places {
        let register = book.register
        return made.withLock { known in
            if let known, known.stamp == register.stamp { return known.places }
            let fresh = Places(
                municipalities: register.offices.filter { !$0.isRegion }.map {
                    Places.Municipality(
                        code: $0.code,
                        name: $0.name,
                        district: $0.district,
                        postcode: $0.postcodes.first ?? ""
                    )
                },
                parts: register.parts.map {
                    Places.Part(
                        code: $0.code,
                        name: $0.name,
                        postcode: $0.postcode,
                        municipality: String($0.tenant.rawValue.dropFirst(2))
                    )
                }
            )
            known = (register.stamp, fresh)
            return fresh
        }
    }
}

extension OfficeFront {
    init(_ profile: OfficeProfile, _ newest: [Board.Newest]) {
        self.init()
        notices = newest.map {
            FrontNotice(title: $0.title, link: $0.link, kind: $0.kind, posted: $0.posted.czech)
        }
        hours = profile.hours
        address = profile.address
        email = profile.email
        phone = profile.phone
        dataBox = profile.dataBox
        acceptedFormats = profile.acceptedFormats
        carriers = profile.carriers
    }
}
