import Foundation
import Office

/// A notice as its clerk's page needs it; nil for one that is not there yet.
struct LoadedNotice: Sendable {
    let notice: Notice?
    let files: [AttachedFile]
    let categories: [NoticeCategory]
    var corrections: Corrections?
    /// The case file to which the note of posting returns.
    var caseFile: UUID?
    var caution: String?
    var isServed = false
}

extension NoticeDeskPage {
    /// What was typed last goes before what is kept.
    init(_ loaded: LoadedNotice, _ form: NoticeForm?, _ refusal: (any Refusal)?, today: Day) {
        let (notice, files) = (loaded.notice, loaded.files)
        let kind = form.flatMap { $0.kind.flatMap { NoticeKind(rawValue: $0) } } ?? notice?.kind ?? .other
        let event = form.flatMap { $0.event.flatMap { Day($0) } } ?? notice?.event
        let period = NoticePeriod(kind: kind, posted: today, event: event, isServed: loaded.isServed)
        let proposed = period.usualLastDay?.description ?? ""
        let typed = form.flatMap { $0.leavesProposal ? nil : $0.until }
        let id = notice?.id.uuidString.lowercased() ?? ""
        let faults = refusal.map { $0.fields.isEmpty ? ["title": $0.czech] : $0.fields } ?? [:]
        self.init(
            title: notice?.title ?? "Nové oznámení",
            id: id,
            isNew: notice == nil,
            isDraft: notice?.posted == nil,
            hangs: notice?.hangs(on: today) ?? false,
            name: form?.title ?? notice?.title ?? "",
            body: form?.body ?? notice?.body ?? "",
            reference: form?.reference ?? notice?.referenceNumber ?? "",
            event: form?.event ?? notice?.event?.description ?? "",
            eventAsks: NoticeKind.eventAsks,
            collection: form?.collection ?? notice?.collectionCode ?? "",
            asksUnlisted: refusal as? BoardRefusal == .collectionNeeded || form?.unlisted != nil,
            isUnlisted: form?.unlisted != nil,
            until: typed ?? notice?.hangsUntil?.description ?? proposed,
            proposed: proposed,
            categories: loaded.categories.complete.map { category in
                KindGroup(
                    name: category.name,
                    kinds: category.kinds.map {
                        KindChoice(
                            value: $0.rawValue,
                            name: $0.czech,
                            isChosen: $0 == kind,
                            rule: $0.rule,
                            eventAsk: $0.eventAsk
                        )
                    }
                )
            },
            files: files.map { NoticeFileLink($0, under: "/deska/\(id)") },
            hasFiles: !files.isEmpty,
            publicLink: "/uredni-deska/\(id)",
            sheet: "/uredni-deska/\(id)/tisk",
            rule: period.sentence,
            caution: loaded.caution ?? Self.caution(notice),
            corrects: loaded.corrections?.corrects(under: "/deska"),
            corrected: loaded.corrections?.corrected(under: "/deska"),
            origin: notice?.originSentence,
            untilShown: notice?.hangsUntil?.czech ?? "nahrazení novějším",
            reason: notice?.earlyReason?.asSentence,
            loss: notice?.period?.loss(byTakingDownOn: today),
            isReasonPublic: !kind.namesPeople,
            posted: notice?.posted?.czech ?? "",
            takenDown: notice?.takenDown?.czech,
            caseFile: loaded.caseFile.map { "/spisovna/spis/\($0.uuidString.lowercased())" },
            errors: faults.map { BoardFault(field: $0.key, sentence: $0.value) },
            hasErrors: refusal != nil,
            faults: BoardFaults(faults)
        )
    }

    /// What is to be thought of before a draft is posted.
    private static func caution(_ notice: Notice?) -> String? {
        guard let notice, notice.posted == nil, notice.lacksCollection else { return nil }
        return
            "Chybí identifikátor ve Sbírce právních předpisů. Vyhláška nebo nařízení platí až vyhlášením ve Sbírce "
            + "(zákon č. 35/2021 Sb.); vyvěšení na úřední desce je nevyhlašuje."
    }
}
