import Foundation
import Office
import Web

extension NewMailPage {
    init(
        _ form: MailForm,
        target: (file: CaseFile, first: Document?)?,
        catalogue: any OfficeCatalogue,
        visit: Visit,
        mayReopen: Bool,
        refusal: (any Refusal)?
    ) {
        let path = target.map { "/spisovna/spis/\($0.file.id.uuidString.lowercased())" }
        let scans = (form.kept ?? []).compactMap { line in
            MailForm.Scan(line).map { KeptScan(line: line, name: $0.name, size: byteSize($0.bytes)) }
        }
        self.init(
            title: target == nil ? "Zapsat doručené" : "Zapsat doručené do spisu",
            action: path.map { "\($0)/pridat" } ?? "/spisovna/novy",
            caseMark: target?.file.mark,
            caseLink: path ?? "/spisovna",
            isClosed: target?.file.closed != nil,
            reopens: mayReopen ? path.map { "\($0)/otevrit" } : nil,
            meanings: target.map { Self.meanings($0.file, form.meaning) } ?? [],
            asksSure: form.sure != nil || refusal?.fields["sure"] != nil,
            isSure: form.sure != nil,
            signatures: target == nil
                ? [("", "vyberte"), ("yes", "ano"), ("no", "ne, nebo jen prostý e-mail")].map {
                    Choice(value: $0.0, name: $0.1, isChosen: $0.0 == (form.signature ?? ""))
                } : [],
            form: MailFields(form, target: target, today: visit.today),
            kinds: [
                ("person", "fyzická osoba"), ("entrepreneur", "podnikatel"),
                ("legalPerson", "právnická osoba"),
                ("anonymous", "nelze zjistit"),
            ].map { Choice(value: $0.0, name: $0.1, isChosen: $0.0 == (form.senderKind ?? "person")) },
            channels: FilingRoutes.channels.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0.rawValue == form.channel)
            },
            services: target == nil
                ? [Choice(value: "", name: "jiná věc", isChosen: (form.service ?? "").isEmpty)]
                    + catalogue.services.map {
                        Choice(value: $0.code, name: $0.name, isChosen: $0.code == form.service)
                    } : [],
            regimes: target == nil
                ? Regime.chosen.map {
                    Choice(value: $0.rawValue, name: $0.czech, isChosen: $0.rawValue == form.regime)
                } : [],
            kept: scans,
            hasKept: !scans.isEmpty,
            errors: FilingFault.of(refusal, at: "subject"),
            faults: FilingFault.of(refusal, at: "subject").byField,
            hasErrors: refusal != nil
        )
    }

    /// What the document can mean for the file as it stands.
    private static func meanings(_ file: CaseFile, _ chosen: String?) -> [Choice] {
        var all = [("other", "další dokument v téže věci")]
        if file.paused != nil { all.insert(("supplement", "doplnění, o které úřad požádal"), at: 0) }
        if file.isUnconfirmed, file.settled == nil {
            all.append(("signedPrint", "podepsaný výtisk, kterým se podání potvrzuje"))
            all.append(("dataBox", "potvrzení podání datovou schránkou"))
        }
        let known = all.contains { $0.0 == chosen } ? chosen : all[0].0
        return all.map { Choice(value: $0.0, name: $0.1, isChosen: $0.0 == known) }
    }
}

extension MailFields {
    fileprivate init(_ form: MailForm, target: (file: CaseFile, first: Document?)?, today: Day) {
        self.init(
            subject: form.subject ?? target.map { $0.file.title } ?? "",
            sender: form.sender ?? "",
            senderPlaceholder: target?.first?.sender ?? "",
            birthDate: form.birthDate ?? "",
            ico: form.ico ?? "",
            address: form.address ?? "",
            email: form.email ?? "",
            dataBox: form.dataBox ?? "",
            day: form.day ?? today.description,
            time: form.time ?? "",
            sheets: form.sheets ?? "",
            paperAttachments: form.paperAttachments ?? "",
            otherAttachments: form.otherAttachments ?? "",
            senderReference: form.senderReference ?? ""
        )
    }
}
