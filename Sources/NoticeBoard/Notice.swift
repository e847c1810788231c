import Foundation
import Office

/// Something on the official notice board, from draft to archive.
struct Notice: Sendable, Equatable {
    let id: UUID
    let title: String
    let kind: NoticeKind
    let body: String
    let referenceNumber: String
    let caseFileID: UUID?
    let event: Day?
    let collectionCode: String
    let revises: UUID?
    /// The other office whose document it is, and which serves it where it has to be served.
    let origin: String?
    let posted: Day?
    /// The instant of posting; nil for a draft, and for what was posted before instants were kept.
    let postedAt: Date?
    /// The last day on which it hangs; nil until a newer one takes its place.
    let hangsUntil: Day?
    let takenDown: Day?
    let earlyReason: String?
    /// What hangs was served another way by that day, so that posting serves nothing.
    let servedBefore: Day?

    /// What people see on a day: posted, and not yet past its last day or taken down.
    func hangs(on day: Day) -> Bool {
        guard let posted, takenDown == nil else { return false }
        return posted <= day && hangsUntil.map { day <= $0 } ?? true
    }

    /// Why what a correction takes the place of comes down.
    static let replaced = "nahrazeno opravou"

    /// Whether it came down because its correction was posted.
    var isReplaced: Bool { takenDown != nil && earlyReason == Self.replaced }

    /// For the sheet: until when it is to hang, by the law where that asks for this very day, or until when it hung.
    var stays: String {
        if let takenDown, cameDownEarly {
            return "Viselo do \(takenDown.czechShort)" + (earlyReason.map { ": \($0)" } ?? "")
        }
        guard let hangsUntil else { return "Má viset, dokud je nenahradí novější\(kind.cited)" }
        let isByLaw = hangsUntil == period?.earliestLastDay
        return "Má viset do \(hangsUntil.czechShort) včetně\(isByLaw ? kind.cited : "")"
    }

    /// Whether it came down before the day that was announced had passed.
    var cameDownEarly: Bool {
        guard let takenDown, let hangsUntil else { return false }
        return takenDown <= hangsUntil
    }

    /// Why people may not read it; nil while they may.
    func withheld(on day: Day) -> String? {
        guard !isReadable(on: day) else { return nil }
        let why =
            isReplaced
            ? "nahradila je oprava"
            : cameDownEarly ? "oznámení bylo sejmuto předčasně" : "doba vyvěšení skončila"
        return "Text a soubory už nejsou přístupné: týkaly se určitých lidí a \(why)."
    }

    /// Whether people may read its text and files, or only that it hung.
    func isReadable(on day: Day) -> Bool { posted != nil && (hangs(on: day) || !kind.namesPeople) }

    /// Its title, or only its kind where the title may name somebody and the time for it has passed.
    func titleShown(on day: Day) -> String {
        guard !isReadable(on: day) else { return title }
        return kind.czech.atStart
    }

    /// The day on which what is served by it counts as delivered; nil where it did not hang until then.
    ///
    /// The fifteenth day has to pass while it hangs (§ 25(2) of act 500/2004).
    var deemedDelivery: Day? {
        guard let day = period?.deemedDelivery else { return nil }
        return takenDown.map { $0 <= day } == true ? nil : day
    }

    /// A decree of which nobody said where in the Collection it stands.
    var lacksCollection: Bool { kind == .decree && collectionCode.isEmpty }

    /// It serves a document of the office: it is posted as what serves, and it is not another's.
    var serves: Bool { origin == nil && [.publicDecree, .service].contains(kind) }

    /// Whose document it is, and by whose board it is served.
    ///
    /// Other offices post what is served by decree, too, but the day of posting is that of the office that serves it
    /// (§ 25(3) of act 500/2004).
    var originSentence: String? {
        origin.map { origin in
            let serving =
                "Dnem vyvěšení je den, kdy ji vyvěsil úřad, který ji doručuje (§ 25 odst. 3 správního řádu)."
            return "Písemnost vydal: \(origin)." + (kind == .publicDecree ? " \(serving)" : "")
        }
    }

    /// Where the authentic text of a decree stands.
    var collectionAddress: String? {
        guard kind == .decree, !collectionCode.isEmpty else { return nil }
        return "https://sbirkapp.gov.cz/detail/\(collectionCode)"
    }

    /// Nil for a draft.
    var period: NoticePeriod? {
        posted.map {
            NoticePeriod(kind: kind, posted: $0, event: event, isServed: servedBefore != nil || origin != nil)
        }
    }
}
