import Foundation
import Office
import Records
import Web

/// What a page of a case file is made from.
struct CaseContent: Sendable {
    let file: CaseFile
    let documents: [Document]
    let components: [Component]
    let history: [LogLine]
    let people: [ClerkLine]
    let plan: [PlanEntry]
    let postings: [PostingNote]
}

extension CasePage {
    init(_ content: CaseContent, _ office: HostedOffice, today: Day, error: String?) {
        let file = content.file
        let isOpen = file.settled == nil
        let names = Dictionary(
            content.people.map { ($0.clerk.userID, $0.clerk.name) },
            uniquingKeysWith: { $1 }
        )
        let assignee = file.assignee.flatMap { names[$0] } ?? "nikdo"
        var facts = [
            CaseFact(name: "Spisová značka", value: file.mark),
            CaseFact(name: "Na stole", value: "\(assignee)\(file.taken == nil ? " (zatím nepřevzato)" : "")"),
            CaseFact(name: "Proč", value: file.routing),
        ]
        if let due = file.due {
            let left =
                file.paused.map { " – lhůta od \($0.czechShort) stojí, čeká se na doplnění" }
                ?? (file.settled == nil ? " – \(CaseLine.left(due - today))" : "")
            facts.append(CaseFact(name: "Lhůta", value: "\(due.czech)\(left)\n\(file.dueLaw)"))
        }
        facts.append(
            CaseFact(
                name: "Spisový znak",
                value: content.plan.first { $0.code == file.planCode }?.name ?? "nezařazeno"
            )
        )
        if let code = file.submissionCode { facts.append(CaseFact(name: "Kód podání", value: code)) }
        if let means = file.confirmedBy { facts.append(CaseFact(name: "Potvrzeno", value: means.czech)) }
        if let settled = file.settled {
            facts.append(CaseFact(name: "Vyřízeno", value: "\(settled.czech), \(file.settledHow ?? "")"))
        }
        for posting in content.postings {
            let reason = posting.earlyReason.map { " (\($0))" } ?? ""
            let until = posting.takenDown.map { ", sejmuto \($0.czechShort)\(reason)" } ?? ", visí"
            facts.append(
                CaseFact(
                    name: "Úřední deska",
                    value: "\(posting.title): vyvěšeno \(posting.posted.czechShort)\(until)"
                )
            )
        }
        if let closed = file.closed { facts.append(CaseFact(name: "Uzavřeno", value: closed.czech)) }
        self.init(
            title: file.title,
            id: file.id.uuidString.lowercased(),
            mark: file.mark,
            state: file.state.czech,
            isOpen: isOpen,
            isClosed: file.closed != nil,
            isNew: file.state == .new,
            isSettled: file.settled != nil,
            facts: facts,
            answers: [],
            hasAnswers: false,
            documents: content.documents.map { document in
                DocumentView(
                    document,
                    content.components.filter { $0.documentID == document.id }.map(\.file),
                    today: today,
                    isClosed: file.closed != nil,
                    keepsBoard: office.keeps("NoticeBoard")
                )
            },
            history: content.history.map { line in
                HistoryLine(
                    at: line.at.czech,
                    act: line.czechAct,
                    who: UUID(uuidString: line.actor).flatMap { names[$0] } ?? "systém",
                    detail: line.czechDetail
                )
            },
            isUnconfirmed: file.isUnconfirmed && isOpen,
            confirmBy: file.confirmBy?.czech ?? "",
            canTake: isOpen && file.taken == nil,
            canAct: isOpen && file.taken != nil,
            canResume: isOpen && file.paused != nil,
            canSettle: isOpen && file.taken != nil && !file.isUnconfirmed,
            canClose: file.settled != nil && file.closed == nil,
            canPrescribe: isOpen && file.taken != nil && file.feeID == nil
                && file.regime == .tax && office.keeps("Accounting"),
            canPost: file.closed == nil && office.keeps("NoticeBoard"),
            people: content.people.filter(\.isActive).map {
                Choice(
                    value: $0.clerk.userID.uuidString.lowercased(),
                    name: $0.clerk.publicName,
                    isChosen: $0.clerk.userID == file.assignee
                )
            },
            plan: content.plan.map {
                Choice(value: $0.code, name: $0.name, isChosen: $0.code == file.planCode)
            },
            settlingWays: SettlingWay.allCases.map {
                Choice(
                    value: $0.rawValue,
                    name: $0.czech,
                    isChosen: $0 == (file.regime == .tax ? .noted : .document)
                )
            },
            feeKinds: [
                Choice(value: "dog", name: "poplatek ze psů", isChosen: file.serviceCode == "pes-ohlaseni"),
                Choice(
                    value: "waste",
                    name: "poplatek za odpady",
                    isChosen: file.serviceCode == "odpad-ohlaseni"
                ),
            ],
            today: today.description,
            dueIn30: LegalPeriod.days(30).end(after: today).description,
            error: error
        )
    }
}

extension PlanEntry {
    var name: String { "\(code) \(title) (\(sign)/\(years))" }
}

extension DocumentView {
    init(_ document: Document, _ files: [AttachedFile], today: Day, isClosed: Bool, keepsBoard: Bool) {
        var delivery: String?
        if let sent = document.dispatched {
            let means = document.dispatchedBy.flatMap(DispatchMeans.init)?.czech ?? ""
            delivery = "vypraveno \(sent.czechShort) \(means)"
            if let day = document.delivered {
                delivery = "\(delivery ?? ""), doručeno \(day.czechShort) (\(document.deliveryProof ?? ""))"
            }
        }
        let what =
            document.isIncoming
            ? "doručeno \(document.receivedAt.czech), \(Channel(rawValue: document.channel)?.czech ?? ""), od: \(document.sender ?? "")"
            : "\(ReplyKind(rawValue: document.kind)?.czech ?? ""), vyhotoveno \(document.receivedAt.czech)"
        let path = "/spisovna/soubor/\(document.id.uuidString.lowercased())"
        self.init(
            id: document.id.uuidString.lowercased(),
            reference: document.referenceNumber,
            identifier: document.identifier,
            subject: document.subject,
            direction: document.isIncoming ? "doručený" : "vlastní",
            facts: what,
            files: files.map {
                FileLink(
                    name: $0.name,
                    link: "\(path)/\($0.digest)",
                    size: "\(max(1, $0.bytes / 1000)) kB",
                    digest: String($0.digest.prefix(16))
                )
            },
            canDispatch: !document.isIncoming && document.dispatched == nil && !isClosed,
            canDeliver: document.dispatched != nil && document.delivered == nil && !isClosed,
            delivery: delivery,
            means: DispatchMeans.allCases.filter { keepsBoard || $0 != .publicNotice }.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == .post)
            },
            today: today.description
        )
    }
}

extension RegisterRow {
    init(_ line: RegisterLine) {
        self.init(
            reference: line.referenceNumber,
            subject: line.subject,
            link: "/spisovna/spis/\(line.caseFileID.uuidString.lowercased())",
            sender: line.sender ?? "",
            direction: line.isIncoming ? "doručený" : ReplyKind(rawValue: line.kind)?.czech ?? "vlastní",
            channel: Channel(rawValue: line.channel)?.czech ?? "",
            received: line.receivedAt.czech,
            isSettled: line.isSettled
        )
    }
}

extension CaseLine {
    init(_ file: CaseFile, names: [UUID: String], today: Day) {
        let days = file.due.map { $0 - today }
        self.init(
            id: file.id.uuidString.lowercased(),
            title: file.title,
            mark: file.mark,
            due: file.due?.czech,
            left: file.paused != nil ? "lhůta stojí" : days.map(Self.left) ?? "bez lhůty",
            isLate: file.paused == nil && days.map { $0 < 0 } ?? false,
            isSoon: file.paused == nil && days.map { (0...7).contains($0) } ?? false,
            who: file.assignee.flatMap { names[$0] } ?? "nikdo",
            next: file.state == .new
                ? "Převzít"
                : file.paused != nil
                    ? "Čeká na doplnění" : file.regime == .tax ? "Předepsat a vyřídit" : "Odpovědět",
            isUnconfirmed: file.isUnconfirmed
        )
    }

    static func left(_ days: Int) -> String {
        switch days {
        case ..<(-4): "\(-days) dnů po lhůtě"
        case -4 ... -2: "\(-days) dny po lhůtě"
        case -1: "1 den po lhůtě"
        case 0: "dnes"
        case 1: "zbývá 1 den"
        case 2...4: "zbývají \(days) dny"
        default: "zbývá \(days) dnů"
        }
    }
}

extension LogLine {
    /// The act as people of the office read it.
    var czechAct: String {
        switch act {
        case "registered": "zapsáno do deníku"
        case "took over": "převzato"
        case "assigned": "přiděleno"
        case "confirmed": "potvrzeno"
        case "classified": "zařazeno"
        case "made out": "vyhotoveno"
        case "dispatched": "vypraveno"
        case "delivered": "doručeno"
        case "resumed": "doplněno, lhůta běží"
        case "settled": "vyřízeno"
        case "closed": "uzavřeno"
        case "closed by record": "uzavřeno záznamem, nepotvrzeno"
        case "prescribed fee": "předepsán poplatek"
        case "drafted notice": "připraveno k vyvěšení"
        case "posted": "vyvěšeno na desce"
        case "taken down": "sejmuto z desky"
        default: act
        }
    }

    var czechDetail: String {
        switch act {
        case "confirmed": ConfirmationMeans(rawValue: detail)?.czech ?? detail
        case "settled": SettlingWay(rawValue: detail)?.czech ?? detail
        case "prescribed fee": Int(detail).map { Money(hellers: $0).czech } ?? detail
        case "resumed": Day(detail).map { "do \($0.czechShort)" } ?? ""
        case "dispatched":
            DispatchMeans.allCases.reduce(detail) { text, means in
                text.hasSuffix(" \(means.rawValue)")
                    ? text.dropLast(means.rawValue.count) + means.czech : text
            }
        default: detail
        }
    }
}
