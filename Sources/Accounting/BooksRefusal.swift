import Office

/// Why something is not booked.
enum BooksRefusal: Refusal, Equatable {
    case textNeeded, twoLines, oneSide, badAmount, badDay, unknownAccount, locked, reversedAlready,
        paidAlready, cancelled, prescriptionPaid, tooManyLines, badBudget, unknownFee, lockedAlready,
        unknownSymbol, otherEntry, tooLong, budgetElsewhere, badAccount, accountName, accountExists,
        noSynthetic, unsure, exportTooLarge, offBalance
    case future, reversalEarly, documentNeeded, unknownClerk, badHellers
    case unbalanced(Money)
    case prescriptionPartlyPaid(Money, of: Money)
    /// This receivable is paid by the same document already: the entry's number.
    case documentTwice(String)
    /// Several at once, each by its field.
    case faults([String: String])
    case overpaid(Money)
    /// The doubts that nobody has answered yet, each with its question.
    case doubtful([String: String])
    case unknownCode(String)

    var kind: RefusalKind {
        switch self {
        case .accountExists, .reversedAlready, .paidAlready, .cancelled, .prescriptionPaid,
            .prescriptionPartlyPaid, .documentTwice, .otherEntry:
            .conflict
        default: .invalid
        }
    }

    var code: String {
        switch self {
        case .unbalanced: "books-unbalanced"
        case .overpaid: "books-overpaid"
        case .unknownCode: "books-unknownCode"
        case .prescriptionPartlyPaid: "books-prescriptionPartlyPaid"
        case .documentTwice: "books-documentTwice"
        case .faults: "books-faults"
        case .doubtful: "books-doubtful"
        default: "books-\(self)"
        }
    }

    var czech: String {
        switch self {
        case .textNeeded: "Napište, co se účtuje (3 až 300 znaků)."
        case .twoLines: "Zápis musí mít aspoň dva řádky: Má dáti a Dal."
        case .oneSide: "Každý řádek má částku jen na jedné straně."
        case .badAmount: "Částku napište v korunách, například 200 nebo 1 500,50."
        case .badHellers:
            "Částka je celé číslo v haléřích, nejvýše 10 bilionů: 150050 je 1 500,50 Kč."
        case .badDay: "Den zapište jako datum."
        case .unknownAccount: "Účet v účtovém rozvrhu není. Vyberte jej prosím ze seznamu."
        case .locked: "Období je uzamčené. Účtujte do otevřeného období."
        case .reversedAlready: "Zápis už byl stornován."
        case .cancelled: "Předpis pohledávky byl stornován, není co platit."
        case .prescriptionPaid: "Pohledávka je zaplacená. Stornujte nejdřív zápis o úhradě."
        case .prescriptionPartlyPaid(let paid, let amount):
            "Pohledávka je částečně uhrazená (\(paid.czech) z \(amount.czech)). Stornujte nejdřív zápisy o úhradě."
        case .future: "Den nemůže být v budoucnosti."
        case .reversalEarly:
            "Storno nemůže být dřív než zápis, který ruší (§ 35 zákona č. 563/1991 Sb.)."
        case .doubtful(let fields):
            fields.count == 1 ? fields.values.first ?? "" : "Potvrďte prosím, co je neobvyklé."
        case .documentNeeded:
            "Napište doklad: číslo výpisu z účtu, u hotovosti číslo příjmového pokladního dokladu (nejvýše 40 znaků)."
        case .documentTwice(let entry):
            "Tímto dokladem už je pohledávka hrazená zápisem \(entry). Je-li to jiná platba, připište položku, "
                + "například „výpis 45, položka 2“."
        case .unknownClerk: "Vyberte ze seznamu, kdo za účetní případ odpovídá."
        case .faults(let fields):
            fields.count == 1 ? fields.values.first ?? "" : "Opravte prosím označená pole."
        case .tooManyLines: "Zápis může mít nejvýše 200 řádků. Rozdělte jej prosím."
        case .tooLong: "Označení dokladu má nejvýše 60 znaků a účastník 200."
        case .budgetElsewhere:
            "Paragraf a položka patří jen na řádky peněžních účtů 231, 236 a 261, kde se hýbou peníze."
        case .unknownCode(let code):
            "Kód \(code) rozpočtová skladba nezná. Najděte jej v přehledu paragrafů a položek."
        case .overpaid(let rest):
            "Zbývá doplatit \(rest.czech). Co přišlo navíc, zaúčtujte zvláštním zápisem a vraťte plátci."
        case .badAccount:
            "Analytický účet zapište jako syntetický, tečku a nejvýše šest číslic, například 231.10."
        case .accountName: "Napište název účtu (2 až 200 znaků)."
        case .accountExists: "Účet s tímto číslem už v rozvrhu je."
        case .noSynthetic: "Syntetický účet s touto trojicí číslic v rozvrhu není."
        case .unsure: "Uzamčené období už nejde otevřít. Potvrďte prosím, že to víte."
        case .offBalance:
            "Podrozvahové účty (třída 9) se účtují jen proti účtům třídy 9, zpravidla proti 999."
        case .exportTooLarge: "Výpis by byl příliš dlouhý. Vyberte prosím kratší období."
        case .badBudget: "Paragraf i položka mají čtyři číslice."
        case .unknownFee: "Tento poplatek účetní knihy neznají."
        case .lockedAlready: "Uzamčeno je už do pozdějšího dne; odemknout období nejde."
        case .unknownSymbol: "Pohledávku s tímto variabilním symbolem kniha nemá."
        case .paidAlready: "Pohledávka už je zaplacená."
        case .otherEntry: "Zápis s tímto označením už je v deníku s jiným obsahem."
        case .unbalanced(let difference):
            "Má dáti a Dal se liší o \(difference.czech). Opravte prosím částky."
        }
    }

    var fields: [String: String] {
        switch self {
        case .textNeeded: ["text": czech]
        case .tooLong: ["document": czech]
        case .badAccount, .accountExists, .noSynthetic: ["code": czech]
        case .accountName: ["name": czech]
        case .unsure: ["sure": czech]
        case .overpaid: ["amount": czech]
        case .badDay, .locked, .future, .reversalEarly: ["day": czech]
        case .documentNeeded, .documentTwice: ["document": czech]
        case .unknownClerk: ["answers": czech]
        case .faults(let fields), .doubtful(let fields): fields
        case .lockedAlready: ["until": czech]
        case .unknownSymbol: ["symbol": czech]
        default: ["lines": czech]
        }
    }
}
