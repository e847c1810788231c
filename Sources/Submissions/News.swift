import Office

/// What a letter tells of a step: only what changes something for the person, and what they are to do.
struct News: Sendable, Equatable {
    /// Ends the subject.
    let headline: String
    let sentence: String
    /// Nil where the person need not do anything.
    let task: String?

    private init(_ headline: String, _ sentence: String, task: String? = nil) {
        self.headline = headline
        self.sentence = sentence
        self.task = task
    }

    static let accepted = News("podání jsme přijali", "vaše podání jsme přijali.")
    static let stranded = News(
        "podání jsme přijali, úřad ho zatím nemá",
        "vaše podání jsme přijali a uložili. Úřad, kterému patří, tu zatím není připojený; předá mu ho kraj a napíšeme "
            + "vám, až mu dojde.",
        task: "Spěchá-li věc, vytiskněte z odkazu vyplněný formulář a doručte ho úřadu sami."
    )
    static let arrived = News("podání došlo úřadu", "vaše podání došlo úřadu, kterému patří.")
    static let referred = News(
        "podání dostal příslušný úřad",
        "vaše podání bylo postoupeno úřadu, který je příslušný."
    )
    static let unconfirmed = News(
        "podání nebylo potvrzeno",
        "podání nikdo včas nepotvrdil, a úřad k němu proto nepřihlíží.",
        task: "Podat ho můžete znovu."
    )
}

/// What the person may still have to do when a step asks for nothing itself.
struct Duties: Sendable, Equatable {
    /// A fee was prescribed; whether it is paid only the books of the office know.
    var fee = false
    /// The office sent something out in the matter.
    var letter = false

    init(fee: Bool = false, letter: Bool = false) {
        self.fee = fee
        self.letter = letter
    }

    /// From everything that was reported; what was sent out matters when the matter ends with it.
    ///
    /// What was delivered last the person has.
    init(_ steps: [SubmissionStep], isFinal: Bool) {
        fee =
            steps.last { $0.event == .feePrescribed || $0.event == .feeCancelled }?.event == .feePrescribed
        let onTheWay: Set<SubmissionEvent> = [.dispatched, .issued, .called]
        let letters = onTheWay.union([.delivered, .decided])
        let last = steps.last { $0.event.map(letters.contains) == true }?.event
        letter = isFinal && last.map(onTheWay.contains) == true
    }

    var tasks: [String] {
        [
            letter
                ? "Písemnost, kterou vám úřad v této věci doručuje, si prosím převezměte a řiďte se jí i poučením v ní."
                : nil,
            fee
                ? "Nezaplatili-li jste ještě předepsaný poplatek, zaplaťte ho prosím. Částku, splatnost a QR kód najdete na odkazu."
                : nil,
        ].compactMap { $0 }
    }
}

extension News {
    /// Nil where nothing changes for the person: a number, a clerk, the same status once more.
    init?(_ report: StatusReport, before: SubmissionStatus, isArrival: Bool) {
        if let event = report.event {
            self.init(event)
        } else if report.status != before, let news = News(report.status) {
            self = news
        } else if isArrival {
            self = .arrived
        } else {
            return nil
        }
    }

    private init?(_ event: SubmissionEvent) {
        switch event {
        case .confirmed: self.init("podání je potvrzené", "úřad zapsal, že podání je potvrzené.")
        case .feePrescribed:
            self.init(
                "zaplaťte poplatek",
                "úřad předepsal poplatek.",
                task: "Zaplaťte ho prosím. Částku, splatnost a QR kód najdete na odkazu."
            )
        case .called:
            self.init(
                "doplňte podání",
                "úřad žádá o doplnění podání.",
                task: "Co doplnit a dokdy, stojí ve výzvě, kterou vám úřad doručí."
            )
        case .supplemented: self.init("doplnění došlo", "doplnění úřadu došlo a úřad pokračuje.")
        case .dispatched:
            self.init(
                "úřad vypravil písemnost",
                "úřad ve věci vašeho podání vypravil písemnost.",
                task: "Je-li určena vám, převezměte ji prosím a řiďte se jí."
            )
        case .issued:
            self.init(
                "úřad vydal rozhodnutí",
                "úřad ve věci vašeho podání vydal rozhodnutí a doručuje je.",
                task: "Převezměte si je prosím a přečtěte i poučení v něm."
            )
        case .extended: self.init("lhůta úřadu je prodloužená", "úřad si prodloužil lhůtu k vyřízení.")
        case .feeCancelled:
            self.init(
                "předpis poplatku je zrušený",
                "úřad zrušil předpis poplatku.",
                task: "Podle zrušeného předpisu už neplaťte."
            )
        case .inForce:
            self.init(
                "rozhodnutí je v právní moci",
                "rozhodnutí ve věci vašeho podání nabylo právní moci."
            )
        case .handedOver:
            self.init("podání jsme předali úřadu", "vaše podání jsme předali úřadu, kterému patří.")
        // Whom it lies with is on the page; what was delivered the person has.
        case .assigned, .delivered, .decided, .reclassified: return nil
        }
    }

    private init?(_ status: SubmissionStatus) {
        switch status {
        case .received, .awaitingConfirmation, .registered, .assigned: return nil
        case .referred: self = .referred
        case .filedElsewhere:
            self.init("úřad podání převzal", "úřad podání převzal a vede ho ve své spisové službě.")
        case .supplementRequested: self.init(SubmissionEvent.called)
        case .settled: self.init("podání je vyřízené", "úřad vaše podání vyřídil.")
        case .closedWithoutAction:
            self.init(
                "věc je uzavřená",
                "úřad věc uzavřel, aniž by o ní rozhodl.",
                task: "Podat ji můžete znovu."
            )
        case .refused:
            self.init("podání úřad nepřijal", "úřad podání nepřijal.", task: "Důvod najdete na odkazu.")
        }
    }
}
