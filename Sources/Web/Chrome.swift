import Hummingbird
import Office

/// What a layout shows around every page; `ops/docs/design.md` lists the names.
struct Chrome: Sendable, Encodable {
    let title: String
    let officeName: String
    /// The public body in full, for what is printed: `Obec Bílý Potok`.
    let body: String
    /// Its office: `Obecní úřad Bílý Potok`; empty elsewhere.
    let authority: String
    /// Of the browser's tab: the page and the office, once where they are called the same.
    let tab: String
    let inOffice: Bool
    let regionURL: String
    /// Before the path of a link: nothing in an office, the region's address elsewhere, also on a host that is nobody's.
    let home: String
    let csrf: String
    let flash: String?
    let signedIn: String?
    let isClerk: Bool
    /// On the region's pages: the way to the office that somebody works for, or to the list of several.
    let deskLink: String?
    let deskText: String
    let isAdministrator: Bool
    let mayFile: Bool
    let mayPost: Bool
    let mayBook: Bool
    let mayManage: Bool
    let keepsFilingRoom: Bool
    let keepsNoticeBoard: Bool
    let keepsAccounting: Bool
    let keepsForms: Bool
    /// On localhost only: people see the letters that would have been sent.
    let isDemo: Bool
    let assets: String
    /// The office's colour by its name in the style sheet; empty for the usual one.
    let accent: String
    /// Where its coat of arms lies; empty for the plain shield.
    let arms: String
    // Which entry of the menu the page belongs to.
    let atForms: Bool
    let atBoard: Bool
    let atTracking: Bool
    let atToday: Bool
    let atFiling: Bool
    let atDesk: Bool
    let atBooks: Bool
    let atSettings: Bool
    let atConsole: Bool
    let atOffices: Bool
    let atDeliveries: Bool
    let atCatalogue: Bool
    let atDryRun: Bool
    let atUsers: Bool
    let atLogs: Bool

    init(title: String, visit: Visit, hosts: Hosts, assetsVersion: String) {
        self.title = title
        officeName = visit.office?.name ?? "Virtuální úřady kraje"
        body = visit.office?.body ?? officeName
        authority = visit.office?.authority ?? ""
        tab = title == officeName ? title : "\(title) – \(officeName)"
        inOffice = visit.office != nil
        regionURL = hosts.regionURL
        home = visit.office == nil ? hosts.regionURL : ""
        csrf = visit.csrf
        flash = visit.flash.flatMap { $0.isEmpty ? nil : $0 }
        signedIn = visit.visitor?.name
        isClerk = visit.clerk != nil
        let workplaces = visit.workplaces
        deskLink = workplaces.count > 1 ? "\(hosts.regionURL)/ucet" : workplaces.first?.link
        deskText = workplaces.count > 1 ? "Vaše úřady" : "Můj úřad"
        func may(_ permission: Permission, in room: String) -> Bool {
            visit.office?.keeps(room) == true && visit.clerk?.may(permission) == true
        }
        mayFile = may(.registerMail, in: "FilingRoom")
        mayPost = may(.postNotices, in: "NoticeBoard")
        mayBook = may(.keepBooks, in: "Accounting")
        mayManage = visit.clerk?.may(.manageOffice) ?? false
        isAdministrator = visit.visitor?.isRegionAdministrator ?? false
        keepsFilingRoom = visit.office?.keeps("FilingRoom") ?? false
        keepsNoticeBoard = visit.office?.keeps("NoticeBoard") ?? false
        keepsAccounting = visit.office?.keeps("Accounting") ?? false
        keepsForms = visit.office?.keeps("Forms") ?? false
        isDemo = hosts.domain == "localhost"
        assets = assetsVersion
        accent = visit.look.accent == .blue ? "" : visit.look.accent.rawValue
        arms = visit.look.arms.map { "/znak/\($0)" } ?? ""
        let path = visit.coreContext.endpointPath.value ?? "/"
        func isAt(_ place: String) -> Bool { path == place || path.hasPrefix(place + "/") }
        atForms = isAt("/formulare")
        atBoard = isAt("/uredni-deska")
        atTracking = isAt("/sledovani")
        atToday = isAt("/dnes")
        atFiling = isAt("/spisovna")
        atDesk = isAt("/deska")
        atBooks = isAt("/ucetnictvi")
        atSettings = isAt("/nastaveni")
        atConsole = path == "/kraj"
        atOffices = isAt("/kraj/obce") || isAt("/kraj/ulohy")
        atDeliveries = isAt("/kraj/doruceni")
        atCatalogue = isAt("/kraj/sluzby")
        atDryRun = isAt("/kraj/zkouska")
        atUsers = isAt("/kraj/uzivatele")
        atLogs = isAt("/kraj/zaznamy")
    }
}
