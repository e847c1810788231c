import Foundation
import Office

extension DocumentView {
    init(
        _ document: Document,
        _ files: [AttachedFile],
        to person: Document?,
        today: Day,
        isClosed: Bool,
        keepsBoard: Bool,
        posting: PostingNote?,
        regime: Regime,
        refused: Refused?
    ) {
        let appeal = AppealPeriod(document, under: regime)
        let kind = document.isIncoming ? nil : ReplyKind(rawValue: document.kind)
        let typed = { (act: String, name: String) in
            refused.flatMap { $0.concerns(act, of: document.id) ? $0.typed[name] : nil }
        }
        let means =
            typed("vypravit", "means") ?? DispatchMeans.usual(for: kind, under: regime, to: person).rawValue
        let offered = DispatchMeans.offered(for: kind, under: regime)
        let way =
            typed("doruceno", "way")
            ?? (["post", "postInHands"].contains(document.dispatchedBy)
                ? DeliveryWay.receipt.rawValue : document.dispatchedBy)
        let ground = typed("pravni-moc", "ground")
        let id = document.id.uuidString.lowercased()
        let isSent = document.dispatched != nil && document.returned == nil
        let served = posting.map { DeliveryWay.publicNotice.delivered(from: $0.posted) }
        let isServedByNotice = document.noticeID != nil
        let isOnBoard = isServedByNotice && posting?.takenDown == nil
        self.init(
            id: id,
            reference: document.referenceNumber,
            identifier: document.identifier,
            subject: document.subject,
            direction: document.isIncoming ? "doručený" : "vlastní",
            facts: document.origin,
            files: files.map { FileLink($0, of: document.id) },
            isIncoming: document.isIncoming,
            canDispatch: document.awaitsDispatch && !isClosed,
            canDeliver: document.awaitsProof(under: regime) && !isServedByNotice && !isClosed,
            canServe: isSent && document.delivered == nil && !isClosed && served.map { $0 <= today } ?? false,
            postTo: document.isForBoard && keepsBoard && regime != .tax && !isClosed && !isOnBoard
                ? "/spisovna/spis/\(document.caseFileID.uuidString.lowercased())/vyvesit" : nil,
            canMove: !isClosed,
            canCancel: document.awaitsDispatch && document.returned == nil && !isClosed
                && document.kind != ReplyKind.referral.rawValue,
            isCancelled: document.cancelled != nil,
            canReturn: isSent && document.delivered == nil && document.goesUnproven(under: regime)
                && !isClosed,
            canAbandon: !isClosed && document.mayBeAbandoned(under: regime, to: person),
            force: appeal?.note(on: today),
            canNoteForce: appeal != nil && !isClosed,
            grounds: ForceGround.allCases.filter { $0 != .lapse || appeal.map { $0.force <= today } ?? false }
                .map {
                    Choice(
                        value: $0.rawValue,
                        name: $0.czech(under: regime),
                        isChosen: $0.rawValue == ground
                    )
                },
            delivery: document.way,
            isDelivered: document.delivered != nil
                || isSent && document.goesUnproven(under: regime),
            waits: document.posted(posting)
                ?? Self.waits(document, under: regime, served: served, posting: posting),
            notice: document.noticeID.map { "/deska/\($0.uuidString.lowercased())" },
            means: offered.filter { keepsBoard || $0 != .publicNotice }.map {
                Choice(value: $0.rawValue, name: $0.czech, isChosen: $0.rawValue == means)
            },
            addresses: person.map { Self.addresses($0, offered) } ?? "",
            isReturned: document.returned != nil,
            ways: DeliveryWay.chosen.map {
                Choice(
                    value: $0.rawValue,
                    name: $0.czech,
                    isChosen: $0.rawValue == way
                )
            },
            fields: DocumentFields(
                document.id,
                refused,
                today: today,
                force: appeal.flatMap { $0.force <= today ? $0.force : nil }
            ),
            today: today.description
        )
    }

    /// Where it goes by post and by e-mail while nothing else is typed.
    private static func addresses(_ person: Document, _ offered: [DispatchMeans]) -> String {
        let post = person.address(for: .post)
        let email = offered.contains(.email) ? person.address(for: .email) : ""
        let box = person.address(for: .dataBox)
        return [
            post.isEmpty ? "" : "poštou na \(post)", email.isEmpty ? "" : "e-mailem na \(email)",
            box.isEmpty ? "" : "do schránky \(box)",
        ].filter { !$0.isEmpty }.joined(separator: "; ")
    }

    /// What the delivery waits for.
    private static func waits(
        _ document: Document,
        under regime: Regime,
        served: Day?,
        posting: PostingNote?
    ) -> String? {
        guard document.delivered == nil, !document.isIncoming, document.cancelled == nil else { return nil }
        if let abandoned = document.abandoned {
            return "Od doručení úřad \(abandoned.czechShort) upustil: \(document.abandonedWhy)."
        }
        if let returned = document.returned {
            return "Vrátila se \(returned.czechShort): \(document.returnedWhy)."
        }
        if document.noticeID != nil {
            guard let served, let posting else { return "Čeká na vyvěšení na úřední desce." }
            return
                "Vyvěšena \(posting.posted.czechShort). Doručena bude patnáctým dnem po vyvěšení: \(served.czech) (§ 25 správního řádu)."
        }
        if document.dispatched == nil { return "Vyhotovená, ještě nevypravená." }
        return document.goesUnproven(under: regime)
            ? "Doručení se u odpovědi ani sdělení nedokládá." : "Čeká na doklad o doručení."
    }
}

extension FileLink {
    init(_ file: AttachedFile, of document: UUID) {
        self.init(
            name: file.name,
            link: "/spisovna/soubor/\(document.uuidString.lowercased())/\(file.digest)",
            size: byteSize(file.bytes),
            digest: file.digest.cut(16)
        )
    }
}

extension Document {
    /// Where it comes from, in a line.
    var origin: String {
        isIncoming
            ? "doručeno \(receivedAt.czechArrival), \(Channel(rawValue: channel)?.czech ?? ""), od: \(sender ?? "")"
            : "\(ReplyKind(rawValue: kind)?.czech ?? ""), vyhotoveno \(receivedAt.czech)"
    }

    /// Sent and delivered, as far as it got.
    var way: String? {
        if let cancelled { return "zrušeno \(cancelled.czechShort) před vypravením" }
        guard let dispatched else { return nil }
        let means = dispatchedBy.flatMap(DispatchMeans.init)?.czech ?? ""
        let target = sentTo.isEmpty ? "" : " na \(sentTo)"
        let sent = "vypraveno \(dispatched.czechShort) \(means)\(target)"
        guard let delivered else { return sent }
        let how = deliveredBy?.czech ?? ""
        let arrived = "\(sent), doručeno \(delivered.czechShort) \(how) (\(deliveryProof ?? ""))"
        guard let inForce, let forceGround else { return arrived }
        let proof = forceProof.isEmpty ? "" : " (\(forceProof))"
        return "\(arrived), v právní moci od \(inForce.czechShort): \(forceGround.czech)\(proof)"
    }
}

extension DocumentPage {
    init(_ document: Document, of file: CaseFile, _ components: [Component], verdicts: [String: Bool]) {
        let path = "/spisovna/dokument/\(document.id.uuidString.lowercased())"
        self.init(
            title: document.referenceNumber,
            id: document.id.uuidString.lowercased(),
            mark: file.mark,
            caseLink: "/spisovna/spis/\(file.id.uuidString.lowercased())",
            isIncoming: document.isIncoming,
            facts: document.facts(components: components.count, mark: file.mark),
            components: components.map { component in
                let verdict = verdicts[component.file.digest]
                return ComponentView(
                    name: component.file.name,
                    link: FileLink(component.file, of: document.id).link,
                    size: byteSize(component.file.bytes),
                    type: component.file.mediaType,
                    digest: component.file.digest,
                    verify: "\(path)?overit=\(component.file.digest)",
                    isWhole: verdict == true,
                    isDamaged: verdict == false
                )
            },
            isDigital: document.isDigital,
            isHTML: !document.isIncoming
        )
    }
}

extension Document {
    /// It came without paper, so there is nothing to put a stamp on (§ 3 of decree 259/2012).
    var isDigital: Bool { [.form, .email, .dataBox].contains(Channel(rawValue: channel)) }

    /// To the second where a machine noted it (§ 3(1) of decree 259/2012); of paper, what somebody wrote down.
    fileprivate var shownArrival: String {
        isIncoming && !isDigital
            ? receivedAt.czechArrival
            : "\(Day(of: receivedAt).czechShort) v\u{a0}\(receivedAt.czechSeconds)"
    }

    /// What § 10 of decree 259/2012 has recorded of it.
    func facts(components: Int, mark: String) -> [CaseFact] {
        var facts = [
            CaseFact(name: "Číslo jednací", value: referenceNumber),
            CaseFact(name: "Jednoznačný identifikátor", value: identifier),
            CaseFact(name: "Pořadové číslo", value: "\(number) v roce \(year)"),
            CaseFact(name: "Spisová značka", value: mark),
            CaseFact(name: "Věc", value: subject),
            CaseFact(
                name: isIncoming ? "Doručeno" : "Vyhotoveno",
                value: shownArrival
            ),
        ]
        if isIncoming {
            facts.append(CaseFact(name: "Způsob doručení", value: Channel(rawValue: channel)?.czech ?? ""))
            facts.append(CaseFact(name: "Odesílatel", value: [sender, senderAddress].joinedFilled))
            if !stamp.senderReference.isEmpty {
                facts.append(CaseFact(name: "Číslo odesílatele", value: stamp.senderReference))
            }
            facts += stamp.facts(digital: components, isDigital: isDigital)
        } else {
            facts.append(CaseFact(name: "Druh", value: ReplyKind(rawValue: kind)?.czech ?? ""))
            facts.append(CaseFact(name: "Odesílatel", value: "Vlastní"))
            facts.append(CaseFact(name: "Vypravení a doručení", value: way ?? "nevypraveno"))
        }
        return facts
    }
}

extension FilingStamp {
    func facts(digital: Int, isDigital: Bool) -> [CaseFact] {
        [
            CaseFact(
                name: "Počet listů",
                value: sheets.map(String.init) ?? (isDigital ? "digitální dokument" : "neuvedeno")
            ),
            CaseFact(name: "Listinné přílohy", value: paperAttachments.map(String.init) ?? "0"),
            CaseFact(
                name: "Jiné přílohy",
                value: otherAttachments.isEmpty ? "žádné" : otherAttachments
            ),
            CaseFact(name: "Digitálních komponent", value: "\(digital)"),
        ]
    }
}

extension StampPage {
    init(_ document: Document, mark: String, office: String, digital: Int) {
        self.init(
            title: document.isDigital ? "Údaje o doručení" : "Podací razítko",
            office: office,
            facts: [
                CaseFact(name: "Doručeno", value: document.shownArrival),
                CaseFact(name: "Identifikátor", value: document.identifier),
                CaseFact(name: "Č. j.", value: document.referenceNumber),
                CaseFact(name: "Spisová značka", value: mark),
            ] + document.stamp.facts(digital: digital, isDigital: document.isDigital).dropLast(),
            isDigital: document.isDigital,
            back: "/spisovna/dokument/\(document.id.uuidString.lowercased())"
        )
    }
}

extension [String?] {
    fileprivate var joinedFilled: String { compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ") }
}

extension Date {
    /// § 3(1) of decree 259/2012 asks for seconds.
    fileprivate var czechSeconds: String {
        let seconds = Int(timeIntervalSince1970.rounded(.down)) % 60
        return "\(czechTime):\(seconds < 10 ? "0" : "")\(seconds)"
    }
}

extension Date {
    /// The first instant of a day stands for the day alone: nobody wrote down the hour of a paper.
    var isDayAlone: Bool { self == Day(of: self).start }

    /// `27. 11. 2026 v 14:05`, or the day alone.
    var czechArrival: String { isDayAlone ? Day(of: self).czechShort : czech }
}
