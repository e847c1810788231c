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
    let draft: ReplyKind?
    let fee: FeeState?
    let clerk: Clerk
    let today: Day

    /// Who wrote, and is written to.
    var person: Document? { documents.first }
    var undispatched: Bool { documents.contains(where: \.awaitsDispatch) }
    /// The board serves it, once its draft is posted.
    var awaitsPosting: Bool { documents.contains(where: \.awaitsPosting) }
    var cameBack: Document? { documents.first { $0.awaitsDispatch && $0.returned != nil } }
    var hasSent: Bool { documents.contains { $0.dispatched != nil && $0.returned == nil } }
    /// Whoever wrote cannot be written to.
    var isNobodys: Bool { person.map { !$0.hasAddressee } ?? false }
    /// An appeal may still come.
    var appeal: AppealPeriod? { documents.appeal(on: today, under: file.regime) }
    var canNoteForce: Bool { documents.contains { AppealPeriod($0, under: file.regime) != nil } }
    /// What the lists know of the same file, so that both offer the same.
    var letters: LetterSum {
        let own = documents.filter { !$0.isIncoming }
        return LetterSum(
            undispatched: own.count(where: \.awaitsDispatch),
            undelivered: own.count { $0.awaitsProof(under: file.regime) },
            delivered: own.count {
                $0.delivered != nil
                    || $0.dispatched != nil && $0.returned == nil && $0.goesUnproven(under: file.regime)
            },
            hangs: postings.contains { $0.takenDown == nil },
            decided: own.filter { AppealPeriod($0, under: file.regime) != nil }.compactMap(\.delivered).max(),
            issued: own.issued
        )
    }
    var closingWait: ClosingWait? { file.closingWait(letters, on: today) }
}

extension CasePage {
    init(_ content: CaseContent, _ office: HostedOffice, _ refused: Refused?) {
        let file = content.file
        let today = content.today
        let isOpen = file.settled == nil
        let acts = content.clerk.may(.handleCases)
        let isTaken = isOpen && file.taken != nil && acts
        let extensions = file.extended == nil && file.due != nil ? ExtendedClock.rule(of: file.regime) : nil
        let mayPrescribe =
            acts && file.closed == nil && file.taken != nil && file.referredTo == nil && !file.isUnconfirmed
            && file.feeID == nil && file.regime == .tax && office.keeps("Accounting")
        let canPrescribe = mayPrescribe && isOpen
        let writes = acts && file.closed == nil && file.taken != nil && file.referredTo == nil
        let facts = FeeFacts(answers: content.documents.first?.answers ?? "{}")
        func typed(_ act: String, _ name: String) -> String? {
            refused.flatMap { $0.concerns(act) ? $0.typed[name] : nil }
        }
        let feeKind = typed("predepsat", "kind") ?? (file.serviceCode == "odpad-ohlaseni" ? "waste" : "dog")
        let ways = SettlingRule.of(file.regime).open(sent: content.documents.sentKinds)
        let canRefer = isTaken && ReferralAct(under: file.regime) != nil
        let asksRegime = isTaken && file.regime == .byContent
        let issued = file.issued(content.documents.issued)
        let documents = content.documents.map { document in
            DocumentView(
                document,
                content.components.filter { $0.documentID == document.id }.map(\.file),
                to: content.person,
                today: today,
                isClosed: file.closed != nil || !acts,
                keepsBoard: office.keeps("NoticeBoard"),
                posting: content.postings.first { $0.noticeID == document.noticeID },
                regime: file.regime,
                refused: refused
            )
        }
        let history = content.history.map { HistoryLine($0, content.people) }
        let earlier = Array(history.dropLast(Self.historyShown))
        let canSettle = isTaken && !file.isUnconfirmed && !content.undispatched && !ways.isEmpty
        let usual = ways.count == 1 || ways.first == .document ? ways.first : nil
        let chosen = typed("vyridit", "how").flatMap(SettlingWay.init) ?? usual
        self.init(
            title: file.title,
            id: file.id.uuidString.lowercased(),
            mark: file.mark,
            state: file.state.czech,
            regime: file.regime.czech,
            isOpen: isOpen,
            isClosed: file.closed != nil,
            isNew: file.state == .new,
            isSettled: file.settled != nil,
            isSecret: file.regime == .tax,
            parties: Self.parties(content.documents),
            facts: Self.facts(content),
            clock: ClockView(file, issued: issued, today: today),
            regimeLaw: file.regime.contentLaw,
            noClock: file.regime == .byContent
                ? "zatím neurčená: záleží na tom, podle čeho se věc vyřizuje"
                : "zákon žádnou obecnou nestanoví",
            documents: documents,
            sending: documents.filter(\.canDispatch),
            history: history.suffix(Self.historyShown),
            earlier: earlier,
            earlierCount: earlier.isEmpty ? nil : "\(earlier.count)",
            isUnconfirmed: file.isUnconfirmed && isOpen,
            confirmBy: file.confirmBy?.czech ?? "",
            confirmLaw: file.regime.confirmationLaw,
            canLapse: acts && file.canLapse(on: today),
            isByHand: file.submissionID == nil,
            advice: Self.advice(content, office: office),
            mayAct: acts,
            canTake: isOpen && acts && (file.taken == nil || file.assignee != content.clerk.userID),
            canAct: isTaken,
            canRefer: canRefer,
            setAsideBy: isTaken && file.regime == .information && !content.isNobodys
                ? ReferralAct.lastDayToSetAside(reached: file.opened).czechShort : nil,
            asksRegime: asksRegime,
            canReply: writes && !canPrescribe,
            draft: writes ? content.draft?.czech : nil,
            canReopen: acts && file.closed != nil,
            fee: FeeView(file, content.fee, mayAct: acts, today: today),
            feeFacts: facts.czech,
            feeLaw: file.serviceCode == "odpad-ohlaseni" ? "" : facts.dogLaw,
            prescribesLate: mayPrescribe && !isOpen,
            repliesFirst: isTaken && !canPrescribe && !file.isUnconfirmed && file.regime != .tax
                && !content.hasSent && !content.undispatched && !content.isNobodys && !asksRegime,
            canResume: isOpen && file.paused != nil,
            canSettle: canSettle,
            canClose: acts && file.settled != nil && file.closed == nil && content.closingWait == nil,
            canPrescribe: canPrescribe,
            canPost: acts && file.closed == nil && file.regime != .tax && office.keeps("NoticeBoard")
                && content.documents.contains { !$0.isIncoming },
            canAssign: isOpen && acts,
            canReadLog: content.clerk.may(.readLog),
            extensions: (extensions?.reasons ?? []).map {
                Choice(
                    value: $0.code,
                    name: $0.czech,
                    isChosen: $0.code == typed("prodlouzit", "reason")
                )
            },
            canExtend: isTaken && extensions != nil && issued == nil,
            extensionLaw: extensions.map { "Prodlouží se o \($0.daysMax) dnů podle \($0.law)".asSentence }
                ?? "",
            people: content.people.filter { $0.isActive && $0.clerk.mayHold(file.regime) }.map {
                Choice(
                    value: $0.clerk.userID.uuidString.lowercased(),
                    name: $0.clerk.publicName,
                    isChosen: $0.clerk.userID.uuidString.lowercased()
                        == (typed("pridelit", "clerk") ?? file.assignee?.uuidString.lowercased())
                )
            },
            plan: content.plan.map {
                Choice(value: $0.code, name: $0.name, isChosen: $0.code == file.planCode)
            },
            regimes: Regime.chosen.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == file.regime)
            },
            settlingWays: ways.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0 == chosen)
            },
            hasWay: chosen != nil,
            isClassified: content.plan.contains { $0.code == file.planCode },
            asksPlan: file.settled != nil && file.planCode == nil,
            feeKinds: [
                Choice(value: "dog", name: "poplatek ze psů", isChosen: feeKind == "dog"),
                Choice(value: "waste", name: "poplatek za odpady", isChosen: feeKind == "waste"),
            ],
            fields: CaseFields(file, refused, today: today),
            error: refused?.refusal.czech
        )
    }

    private static let historyShown = 12

    /// Those who wrote; each once.
    private static func parties(_ documents: [Document]) -> [PartyView] {
        var seen: Set<UUID> = []
        return documents.compactMap { document in
            guard let id = document.senderID, let name = document.sender, seen.insert(id).inserted else {
                return nil
            }
            let born = document.senderBirthDate.map { "nar. \($0.czechShort)" }
            let ico = document.senderICO.map { "IČO \($0)" }
            let box = document.senderDataBox.flatMap { $0.isEmpty ? nil : "datová schránka \($0)" }
            let email = document.senderEmail.flatMap { $0.isEmpty ? nil : $0 }
            return PartyView(
                name: name,
                link: "/spisovna/osoby/\(id.uuidString.lowercased())",
                address: document.senderAddress ?? "",
                contact: [born, ico, email, box].compactMap { $0 }.joined(separator: ", ")
            )
        }
    }

    private static func facts(_ content: CaseContent) -> [CaseFact] {
        let file = content.file
        let names = Dictionary(
            content.people.map { ($0.clerk.userID, $0.clerk.name) },
            uniquingKeysWith: { $1 }
        )
        let assignee = file.assignee.flatMap { names[$0] } ?? "nikdo"
        var facts = [
            CaseFact(
                name: "Na stole",
                value: "\(assignee)\(file.taken == nil && file.settled == nil ? " (zatím nepřevzato)" : "")"
            ),
            CaseFact(name: "Proč", value: file.routing),
            CaseFact(
                name: "Spisový znak",
                value: content.plan.first { $0.code == file.planCode }?.name ?? "nezařazeno"
            ),
            CaseFact(name: "Založen", value: Self.opened(content)),
        ]
        if let wish = content.person.flatMap({ AnswerWish(answers: $0.answers).czech }) {
            facts.insert(CaseFact(name: "Odpověď chce", value: wish), at: 0)
        }
        if let from = file.referredFrom { facts.append(CaseFact(name: "Postoupil", value: from)) }
        if let to = file.referredTo { facts.append(CaseFact(name: "Postoupeno", value: to)) }
        if let code = file.submissionCode { facts.append(CaseFact(name: "Kód podání", value: code)) }
        if let means = file.confirmedBy {
            let noted = content.history.last { $0.act == "confirmed" }.map { Day(of: $0.at) }
            let came = file.confirmedOn.map { " \($0.czechShort)" } ?? ""
            let late = noted == file.confirmedOn ? nil : noted.map { ", zapsáno \($0.czechShort)" }
            facts.append(CaseFact(name: "Potvrzeno", value: "\(means.czech)\(came)\(late ?? "")"))
        }
        if let fee = FeeView(file, content.fee, mayAct: false, today: content.today) {
            facts.append(
                CaseFact(name: "Poplatek", value: "\(fee.amount), splatný \(fee.due), \(fee.state)")
            )
        }
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
        return facts
    }

    /// The day on which it was entered, and the one on which it came, where that was another.
    private static func opened(_ content: CaseContent) -> String {
        let entered = content.history.first { $0.act == "registered" }.map { Day(of: $0.at) }
        let came = content.file.opened
        guard let entered, entered > came else { return came.czech }
        return "\(entered.czech) (došlo \(came.czechShort))"
    }

    /// The one thing to do next, or whom it waits for.
    private static func advice(_ content: CaseContent, office: HostedOffice) -> String {
        let file = content.file
        if file.closed != nil {
            return "Spis je uzavřený; dá se už jen číst. Patří-li do něj další písemnost, otevřete ho znovu."
        }
        if file.settled != nil {
            switch content.closingWait {
            case .dispatch:
                return cameBack(content)
                    ?? (content.awaitsPosting
                        ? Self.postIt : "Vypravte písemnost, která je ve spisu vyhotovená.")
            case .delivery: return "Zapište doručení písemnosti, až bude doklad. Potom spis uzavřete."
            case .appeal: return content.appeal?.sentence ?? ""
            case .board: return "Písemnost visí na úřední desce. Spis uzavřete, až bude sejmuta."
            case .plan: return "Zařaďte spis do spisového plánu. Potom ho uzavřete."
            case nil:
                return content.canNoteForce
                    ? "Nepřišlo-li odvolání, vyznačte u rozhodnutí den právní moci. Potom spis uzavřete."
                    : "Vše je hotovo. Spis uzavřete."
            }
        }
        if file.taken == nil { return "Věc čeká, až ji někdo převezme." }
        if file.paused != nil { return "Čeká se na doplnění od podatele. Lhůta stojí." }
        if let back = cameBack(content) { return back }
        if content.awaitsPosting { return Self.postIt }
        if content.undispatched { return "Písemnost je vyhotovená. Vypravte ji." }
        if file.canLapse(on: content.today) {
            return "Podání nikdo včas nepotvrdil. Uzavřete je záznamem."
        }
        if file.isUnconfirmed { return "Čeká se, až podatel podání potvrdí." }
        if file.regime == .byContent {
            return
                "Určete, podle čeho se věc vyřizuje. Podle toho poběží lhůta (§ 37 odst. 1 správního řádu)."
        }
        if file.regime == .tax {
            return file.feeID == nil && office.keeps("Accounting")
                ? "Předepište poplatek a věc vyřiďte vzetím na vědomí." : "Věc vyřiďte."
        }
        if SettlingRule.of(file.regime).open(sent: content.documents.sentKinds).contains(.document) {
            return "Písemnost je vypravená. Věc vyřiďte dokumentem."
        }
        if content.isNobodys {
            return "Podatel se nepodepsal a odpověď nemá kam přijít. Věc vyřiďte"
                + (file.submissionID == nil ? "." : " a napište sdělení podateli.")
        }
        switch file.regime {
        case .administrative, .building: return "Rozhodněte, nebo podatele vyzvěte k doplnění."
        case .petition, .complaint: return "Odpovězte podateli."
        default: return "Odpovězte podateli, nebo věc vyřiďte jinak."
        }
    }
}

extension CasePage {
    private static let postIt =
        "Písemnost má koncept oznámení pro úřední desku. Vyvěste ho: veřejnou vyhláškou nebo oznámením o možnosti převzít písemnost se tím vypraví."

    private static func cameBack(_ content: CaseContent) -> String? {
        guard let document = content.cameBack else { return nil }
        let isGivenUp = document.mayBeAbandoned(under: content.file.regime, to: content.person)
        return "Písemnost se vrátila nedoručená. Vypravte ji znovu, i na jinou adresu"
            + (isGivenUp ? ", nebo od doručení upusťte." : ".")
    }
}

extension ClockView {
    /// Nil where the law gives no term.
    ///
    /// Once the decision is issued nothing runs, and by when it had to be stands beside it.
    init?(_ file: CaseFile, issued: Day?, today: Day) {
        guard let due = file.due else { return nil }
        let days = due - today
        let isOpen = file.settled == nil
        let runs = isOpen && file.paused == nil && issued == nil
        var note = ""
        if let extended = file.extended {
            note = "Prodlouženo \(extended.czechShort): \(file.extendedWhy)."
        }
        if issued != nil { note = "Lhůta byla do \(due.czechShort). \(note)" }
        if let paused = file.paused, issued == nil { note = "Od \(paused.czechShort) lhůta stojí. \(note)" }
        if file.pausedDays > 0 { note += " Dosud stála \(file.pausedDays) dnů." }
        self.init(
            due: issued.map { "vydáno \($0.czechShort)" } ?? due.czech,
            left: !isOpen || issued != nil ? "" : file.paused != nil ? "lhůta stojí" : CaseLine.left(days),
            law: file.dueLaw,
            isLate: runs && days < 0,
            isSoon: runs && (0...7).contains(days),
            isPaused: file.paused != nil && issued == nil,
            note: note.trimmingCharacters(in: .whitespaces)
        )
    }
}

extension PlanEntry {
    var name: String { "\(code) \(title) (\(sign)/\(years))" }
}
