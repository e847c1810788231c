import Database
import Office

/// What the filing room turns down.
enum FilingRefusal: Refusal, Equatable {
    case closed
    case madeOut
    case notOpen
    case notTaken
    case openReply
    case undelivered
    case nothingSent
    case posted
    case noFilingClass
    case unconfirmed
    case notYetLapsed
    case noRules
    case wrong(field: String, String)

    var kind: RefusalKind {
        switch self {
        case .wrong, .noFilingClass, .noRules: .invalid
        default: .conflict
        }
    }

    var code: String {
        switch self {
        case .closed: "case-file-closed"
        case .madeOut: "reply-made-out"
        case .notOpen: "case-not-open"
        case .notTaken: "case-not-taken"
        case .openReply: "reply-unfinished"
        case .undelivered: "reply-undelivered"
        case .nothingSent: "nothing-dispatched"
        case .posted: "still-posted"
        case .noFilingClass: "no-filing-class"
        case .unconfirmed: "not-confirmed"
        case .notYetLapsed: "not-yet-lapsed"
        case .noRules: "no-routing-rules"
        case .wrong: "check-the-field"
        }
    }

    var czech: String {
        switch self {
        case .closed:
            "Spis je uzavřený, nelze v něm už nic měnit ani k němu nic přidat (§ 65 odst. 6 zákona č. 499/2004 Sb.)."
        case .madeOut: "Písemnost je už vyhotovená a měnit ji nelze. Vyhotovte prosím novou."
        case .notOpen: "Věc je už vyřízená. Načtěte stránku znovu a podívejte se, co zbývá."
        case .notTaken: "Nejdřív věc převezměte, aby bylo jasné, kdo ji vyřizuje."
        case .openReply:
            "Ve spisu je rozepsaná nebo nevypravená písemnost. Vypravte ji, nebo koncept zahoďte."
        case .undelivered:
            "Některá písemnost ještě nemá doklad o doručení. Zaznamenejte jej, potom spis uzavřete."
        case .nothingSent:
            "Ve spisu není žádná vypravená písemnost. Vypravte odpověď, nebo zvolte jiný způsob vyřízení."
        case .posted: "Písemnost ze spisu ještě visí na úřední desce. Spis uzavřete, až bude sejmuta."
        case .noFilingClass: "Vyberte prosím spisový znak; určuje, jak dlouho se spis uchovává."
        case .unconfirmed:
            "Podání zatím nikdo nepotvrdil. Zaznamenejte potvrzení, nebo počkejte do konce lhůty."
        case .notYetLapsed: "Lhůta k potvrzení ještě běží, uzavřít pro nepotvrzení zatím nelze."
        case .noRules: "Úřad nemá nastavené, kdo co vyřizuje. Doplňte to v nastavení úřadu."
        case .wrong(_, let sentence): sentence
        }
    }

    var fields: [String: String] {
        switch self {
        case .wrong(let field, let sentence): [field: sentence]
        case .noFilingClass: ["filingClass": czech]
        default: [:]
        }
    }

    /// What the database means by the names of its constraints.
    static let byConstraint: [String: any Refusal] = [
        "case_file_closed": closed,
        "reply_made_out": madeOut,
        "case_files_class": noFilingClass,
        "replies_order": wrong(field: "day", "Doručit nelze dřív, než byla písemnost vypravena."),
        "documents_sheets": wrong(field: "sheets", "Počet listů je od 0 do 10 000."),
        "replies_supplement": wrong(field: "supplementDays", "Lhůta k doplnění je od 1 do 365 dnů."),
        "parties_kind": wrong(field: "kind", "Vyberte prosím, kdo je odesílatel."),
    ]
}
