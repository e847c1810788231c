import Office

extension SubmissionStatus {
    /// What the status means for the person who handed it in.
    func meaning(under regime: Regime) -> String { words(under: regime).unbroken }

    private func words(under regime: Regime) -> String {
        switch self {
        case .received: "Podání máme. Úřad je dostane a přidělí mu číslo; vy teď nemusíte dělat nic."
        case .awaitingConfirmation:
            "Vaše totožnost není ověřená. Podání prosím potvrďte: podepsaným výtiskem, osobně, nebo datovou schránkou."
        case .referred: "Podání dostal úřad, který je příslušný."
        case .filedElsewhere: "Úřad podání převzal do své spisové služby a dál je vyřizuje v ní."
        case .registered: Self.registered(regime)
        case .assigned: "Podání má na starosti konkrétní úředník."
        case .supplementRequested: Self.supplement(regime)
        case .settled: Self.settled(regime)
        case .closedWithoutAction: "Úřad věc uzavřel, aniž by o ní rozhodl. Podat ji můžete znovu."
        case .refused: "Úřad podání nepřijal. Důvod je u kroku; podat ho můžete znovu."
        }
    }

    /// The clock that registration starts: it hangs on the regime.
    private static func registered(_ regime: Regime) -> String {
        switch regime {
        case .administrative:
            "Úřad má věc vyřídit bez zbytečného odkladu (§ 6 správního řádu); vede-li řízení, běží mu lhůta k rozhodnutí (§ 71)."
        case .tax:
            "Úřad ohlášení vezme na vědomí a řekne vám, kolik a jak zaplatit. Lhůta k rozhodnutí tu neběží: "
                + "rozhoduje se, jen když poplatek není zaplacen včas."
        case .information:
            "Úřad má odpovědět do 15 dnů (§ 14 odst. 5 zákona č. 106/1999 Sb.)."
        case .selfGovernment:
            "Obec má podnět vyřídit do 60 dnů, patří-li zastupitelstvu, do 90 dnů (§ 16 zákona o obcích)."
        case .petition: "Úřad má na petici odpovědět do 30 dnů (§ 5 zákona č. 85/1990 Sb.)."
        case .complaint: "Úřad má stížnost vyřídit do 60 dnů (§ 175 správního řádu)."
        case .building: "Lhůty určuje stavební zákon; úřad vás o nich vyrozumí."
        case .byContent, .other: "Úřad posoudí, oč podle obsahu jde, a podle toho mu běží lhůta."
        }
    }

    private static func supplement(_ regime: Regime) -> String {
        let asked = "Úřad potřebuje něco doplnit; co a dokdy, najdete v jeho výzvě."
        return switch regime {
        case .administrative, .building:
            "\(asked) Do doplnění jeho lhůta stojí (§ 65 odst. 1 správního řádu)."
        case .tax: "\(asked) Vady lze odstranit ve lhůtě, kterou výzva určí (§ 74 daňového řádu)."
        case .information:
            "\(asked) Nedoplníte-li žádost do 30 dnů od doručení výzvy, úřad ji odloží (§ 14 odst. 5 písm. a) zákona č. 106/1999 Sb.)."
        default: asked
        }
    }

    private static func settled(_ regime: Regime) -> String {
        switch regime {
        case .tax: "Úřad vzal ohlášení na vědomí."
        case .information: "Úřad žádost vyřídil; odpověď najdete v jeho písemnosti."
        case .petition: "Úřad petici projednal a odpověděl na ni."
        case .selfGovernment: "Obec podnět vyřídila."
        default: "Věc je vyřízená."
        }
    }

    var isGood: Bool { self == .settled }
    var waitsForPerson: Bool { self == .awaitingConfirmation || self == .supplementRequested }
}
