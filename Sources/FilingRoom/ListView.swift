import Foundation
import Office

extension RegisterRow {
    /// Of a tax file who may not know of it learns the number and the day alone.
    init(_ line: RegisterLine) {
        self.init(
            reference: line.referenceNumber,
            subject: line.isHidden ? "správa poplatků, neveřejné" : line.subject,
            link: line.isHidden ? "" : "/spisovna/spis/\(line.caseFileID.uuidString.lowercased())",
            sender: line.isIncoming
                ? line.sender ?? "" : line.sender.map { $0.isEmpty ? "" : "pro: \($0)" } ?? "",
            direction: line.isIncoming
                ? "doručený" : line.isHidden ? "vlastní" : ReplyKind(rawValue: line.kind)?.czech ?? "vlastní",
            channel: line.isIncoming ? Channel(rawValue: line.channel)?.czech ?? "" : "",
            received: Day(of: line.receivedAt).czechShort
                + (line.receivedAt.isDayAlone ? "" : " \(line.receivedAt.czechTime)"),
            isSettled: line.isSettled && !line.isHidden,
            isCancelled: line.isCancelled,
            isHidden: line.isHidden
        )
    }
}

/// In which part of the clerk's day a case file stands; each has one obvious next act.
enum TodayPart: String, CaseIterable {
    case late, soon, new, waiting, inHand, toClose

    var czech: String {
        switch self {
        case .late: "Po lhůtě"
        case .soon: "Lhůta do týdne"
        case .new: "Nové"
        case .waiting: "Čeká na jiné"
        case .inHand: "Rozpracované"
        case .toClose: "K uzavření"
        }
    }

    var hint: String {
        switch self {
        case .late: "Vyřiďte je hned, nebo sdělte podateli důvod."
        case .soon: "Tyto věci mají přednost."
        case .new: "Převezměte je, nebo je přidělte jinému."
        case .waiting: "Teď je na řadě podatel, pošta nebo úřední deska."
        case .inHand: ""
        case .toClose: "Vyřízené věci, u kterých zbývá uzavřít spis."
        }
    }
}

extension CaseFile {
    func part(_ letters: LetterSum, today: Day) -> TodayPart {
        if settled != nil {
            return switch closingWait(letters, on: today) {
            case .appeal, .board: .waiting
            default: .toClose
            }
        }
        let days = paused == nil && issued(letters.issued) == nil ? due.map { $0 - today } : nil
        if let days, days < 0 { return .late }
        if taken == nil { return .new }
        if let days, days <= 7 { return .soon }
        if paused != nil || isUnconfirmed || (letters.undelivered > 0 && letters.undispatched == 0) {
            return .waiting
        }
        return .inHand
    }
}

extension CaseLine {
    /// Who only enters mail is led to the case file, not to an act that is not theirs.
    init(_ file: CaseFile, _ letters: LetterSum, names: [UUID: String], mayAct: Bool, today: Day) {
        let days = file.due.map { $0 - today }
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let issued = file.issued(letters.issued)
        let runs = file.paused == nil && file.settled == nil && issued == nil
        let (next, link) = mayAct ? file.next(letters, path: path, today: today) : ("Otevřít", path)
        self.init(
            id: file.id.uuidString.lowercased(),
            title: file.title,
            mark: file.mark,
            due: file.due?.czech,
            left: file.closed != nil
                ? "uzavřeno"
                : file.settled != nil
                    ? "vyřízeno"
                    : issued.map { "vydáno \($0.czechShort)" }
                        ?? (file.paused != nil ? "lhůta stojí" : days.map(Self.left) ?? "bez lhůty"),
            isLate: runs && days.map { $0 < 0 } ?? false,
            isSoon: runs && days.map { (0...7).contains($0) } ?? false,
            who: file.assignee.flatMap { names[$0] } ?? "nikdo",
            regime: file.regime.czech,
            next: next,
            link: link,
            takes: mayAct && file.settled == nil && file.taken == nil,
            isUnconfirmed: file.isUnconfirmed && file.settled == nil,
            confirmBy: file.confirmBy?.czechShort ?? ""
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

extension CaseFile {
    /// The one obvious act and where it is done.
    fileprivate func next(_ letters: LetterSum, path: String, today: Day) -> (String, String) {
        if settled != nil {
            return switch closingWait(letters, on: today) {
            case .dispatch: ("Vypravit", "\(path)#ted")
            case .delivery: ("Zapsat doručení", "\(path)#dokumenty")
            case .appeal: ("Čeká na právní moc", "\(path)#ted")
            case .board: ("Visí na desce", "\(path)#ted")
            case .plan: ("Zařadit do plánu", "\(path)#ted")
            case nil: closed == nil ? ("Uzavřít spis", "\(path)#ted") : ("Otevřít", path)
            }
        }
        if taken == nil { return ("Převzít", path) }
        if paused != nil { return ("Zapsat doplnění", "\(path)/pridat?vyznam=supplement") }
        if letters.undispatched > 0 { return ("Vypravit", "\(path)#ted") }
        if canLapse(on: today) { return ("Uzavřít záznamem", "\(path)#potvrzeni") }
        if isUnconfirmed { return ("Zapsat potvrzení", "\(path)#potvrzeni") }
        if regime == .byContent, letters.delivered == 0 { return ("Určit režim", "\(path)#ted") }
        if letters.delivered > 0 { return ("Vyřídit", "\(path)#vyridit") }
        if letters.undelivered > 0 { return ("Zapsat doručení", "\(path)#dokumenty") }
        if regime == .tax { return (feeID == nil ? "Předepsat" : "Vyřídit", "\(path)#ted") }
        return ("Odpovědět", "\(path)/odpoved")
    }
}
