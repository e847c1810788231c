import Office

/// What is unusual about an entry, and booked only when the accountant says that it is meant so.
enum BookingDoubt: String, Sendable, CaseIterable, Codable {
    /// Of another year than today's: facts are booked in the period that they belong to (§ 3(1) of act 563/1991).
    case otherYear
    /// Money without an item, which the budget's report could place nowhere (decree 412/2021).
    case unclassified
    /// Paid before the fee was prescribed.
    case beforePrescription

    static var names: [String] { allCases.map(\.rawValue) }

    /// Beside the box to tick.
    var czech: String {
        switch self {
        case .otherYear: "Den je v jiném roce, než je letošní, a tak to má být"
        case .unclassified: "Zaúčtovat bez položky rozpočtové skladby"
        case .beforePrescription: "Peníze opravdu přišly dřív, než byla pohledávka předepsaná"
        }
    }

    func question(day: Day, prescribed: Day?) -> String {
        switch self {
        case .otherYear:
            "Účtujete do roku \(day.year). Je-li to správně (§ 3 odst. 1 zákona č. 563/1991 Sb.), potvrďte to."
        case .unclassified:
            "Peníze na účtech 231, 236 a 261 nemají položku rozpočtové skladby (vyhláška č. 412/2021 Sb.). "
                + "Doplňte ji u řádku, nebo potvrďte, že sem nepatří."
        case .beforePrescription:
            "Pohledávka je předepsaná až \(prescribed?.czechShort ?? ""). Zkontrolujte den, nebo jej potvrďte."
        }
    }
}

/// On which days books are kept: one rule for entries, reversals and payments.
enum BookingDay {
    /// Throws ``BooksRefusal/future``: what has not happened is no fact yet, and has no document (§ 3(1) and § 6(1) of
    /// act 563/1991).
    static func check(_ day: Day, today: Day) throws {
        guard day <= today else { throw BooksRefusal.future }
    }

    /// Throws ``BooksRefusal/reversalEarly``: a correction made before its fault would belie it (§ 35 of act 563/1991).
    static func checkReversal(_ day: Day, of original: Day) throws {
        guard day >= original else { throw BooksRefusal.reversalEarly }
    }

    /// The first day offered for a reversal.
    static func reversal(of original: Day, today: Day) -> Day { max(original, today) }
}

extension NewEntry {
    /// `prescribed` is the day of the prescription that the entry pays.
    func doubts(today: Day, prescribed: Day? = nil) -> [BookingDoubt] {
        var doubts: [BookingDoubt] = []
        if day.year != today.year { doubts.append(.otherYear) }
        if reverses == nil, Self.hasUnclassifiedCash(lines) { doubts.append(.unclassified) }
        if let prescribed, day < prescribed { doubts.append(.beforePrescription) }
        return doubts
    }

    /// Throws what day and doubts say against booking it; `sure` are the doubts that somebody has answered.
    func check(today: Day, sure: [String]?, prescribed: Day? = nil) throws {
        try BookingDay.check(day, today: today)
        let open = doubts(today: today, prescribed: prescribed)
            .filter { sure?.contains($0.rawValue) != true }
        guard open.isEmpty else {
            throw BooksRefusal.doubtful(
                Dictionary(
                    open.map { ($0.rawValue, $0.question(day: day, prescribed: prescribed)) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
    }
}

/// A box to tick beside a doubt, once there is one.
struct DoubtBox: Codable, Sendable {
    let code: String
    let label: String
    let isSure: Bool
    let fault: String

    /// Those that are asked now or were answered before, in their order.
    static func all(_ refusal: (any Refusal)?, sure: [String]?) -> [DoubtBox] {
        BookingDoubt.allCases.compactMap { doubt in
            let fault = refusal?.fields[doubt.rawValue]
            let isSure = sure?.contains(doubt.rawValue) == true
            guard fault != nil || isSure else { return nil }
            return DoubtBox(code: doubt.rawValue, label: doubt.czech, isSure: isSure, fault: fault ?? "")
        }
    }
}
