import Hummingbird
import Office

/// What a layout shows around every page; `ops/docs/design.md` lists the names.
struct Chrome: Sendable {
    let title: String
    let officeName: String
    let officeSlug: String
    let regionURL: String
    let path: String
    let csrf: String
    let flash: String?
    let signedIn: String?
    let isClerk: Bool
    let isAdministrator: Bool
    let keepsFilingRoom: Bool
    let keepsNoticeBoard: Bool
    let keepsAccounting: Bool
    let keepsForms: Bool
    let assets: String

    init(title: String, visit: Visit, hosts: Hosts, assetsVersion: String) {
        self.title = title
        officeName = visit.office?.name ?? "Virtuální úřady kraje"
        officeSlug = visit.office?.slug ?? ""
        regionURL = hosts.regionURL
        path = visit.coreContext.endpointPath.value ?? "/"
        csrf = visit.csrf
        flash = visit.flash
        signedIn = visit.visitor?.name
        isClerk = visit.clerk != nil
        isAdministrator = visit.visitor?.isRegionAdministrator ?? false
        keepsFilingRoom = visit.office?.keeps("FilingRoom") ?? false
        keepsNoticeBoard = visit.office?.keeps("NoticeBoard") ?? false
        keepsAccounting = visit.office?.keeps("Accounting") ?? false
        keepsForms = visit.office?.keeps("Forms") ?? false
        assets = assetsVersion
    }
}
