import Office

/// Why something on the board is not done.
enum BoardRefusal: Refusal, Equatable {
    case tooShort(NoticeKind, Day)
    /// The last day, before that of the event.
    case endsBeforeEvent(NoticeKind, Day)
    case lastDayPast
    case lastDayTooFar(Day)
    case lastDayNeeded
    case eventNeeded(String)
    case eventTooSoon(NoticeKind, Day)
    case eventPast(NoticeKind)
    case eventAhead(NoticeKind)
    case eventTooFar(NoticeKind, Day)
    case badDay(String)
    case unknownKind
    case tooManyFiles
    case fileNeeded
    case hangs
    case notHanging
    case correctedAlready
    case badTitle
    case badCollection
    case collectionNeeded
    /// Its name, and what is wrong with it.
    case badFile(String, String)
    case programFile(String)
    case reasonNeeded
    case empty

    var kind: RefusalKind {
        switch self {
        case .hangs, .notHanging, .correctedAlready: .conflict
        default: .invalid
        }
    }

    var code: String {
        switch self {
        case .tooShort: "notice-too-short"
        case .endsBeforeEvent: "ends-before-event"
        case .lastDayPast: "last-day-past"
        case .lastDayTooFar: "last-day-too-far"
        case .eventTooFar: "event-too-far"
        case .lastDayNeeded: "last-day-needed"
        case .badDay: "bad-day"
        case .unknownKind: "unknown-kind"
        case .tooManyFiles: "too-many-files"
        case .fileNeeded: "file-needed"
        case .eventNeeded: "event-needed"
        case .eventTooSoon: "event-too-soon"
        case .eventPast: "event-past"
        case .eventAhead: "event-ahead"
        case .hangs: "notice-hangs"
        case .notHanging: "notice-not-hanging"
        case .correctedAlready: "notice-corrected-already"
        case .badTitle: "title-needed"
        case .badCollection: "collection-code"
        case .collectionNeeded: "collection-needed"
        case .badFile: "file-refused"
        case .programFile: "file-is-program"
        case .reasonNeeded: "reason-needed"
        case .empty: "notice-empty"
        }
    }

    var czech: String {
        switch self {
        case .tooShort(let kind, let earliest):
            "Musí viset nejméně do \(earliest.czech) (\(kind.law)). Den vyvěšení se nepočítá."
        case .endsBeforeEvent(let kind, let event):
            "Poslední den nemůže být dřív než \(kind.eventName ?? "den"), tedy \(event.czech): "
                + "do konce toho dne má oznámení viset\(kind.cited)."
        case .lastDayTooFar(let latest):
            "Poslední den je příliš daleko. Zkontrolujte rok; může to být nejpozději \(latest.czech)."
        case .eventTooFar(let kind, let latest):
            "\((kind.eventName ?? "den").atStart) je příliš daleko. Zkontrolujte rok; může to být nejpozději \(latest.czech)."
        case .lastDayPast: "Poslední den nemůže být dřív než dnes."
        case .lastDayNeeded: "Napište, do kdy má oznámení viset."
        case .eventNeeded(let name): "Doplňte v konceptu \(name): počítá se od něj doba vyvěšení."
        case .eventTooSoon(let kind, let earliest):
            "Lhůta by nebyla dodržena (\(kind.law)): při vyvěšení dnes může být \(kind.eventName ?? "den") "
                + "nejdříve \(earliest.czech)."
        case .eventPast(let kind):
            "\((kind.eventName ?? "den").atStart) už uplynul. Je-li napsaný správně, oznámení už nevyvěšujte."
        case .eventAhead(let kind):
            "\((kind.eventName ?? "den").atStart) nemůže být v budoucnu. Opravte jej, nebo oznámení vyvěste až potom."
        case .badDay: "Den zapište jako datum."
        case .unknownKind: "Vyberte druh oznámení ze seznamu."
        case .tooManyFiles: "Souborů může být nejvýše 20."
        case .fileNeeded: "Vyberte soubor, který chcete přiložit."
        case .hangs: "Co visí, se už nemění. Je-li v tom chyba, vyvěste opravu; původní se tím sejme."
        case .notHanging: "Oznámení teď nevisí."
        case .correctedAlready:
            "Původní oznámení už nahradila jiná oprava. Tento koncept zahoďte, a je-li třeba, opravte tu, která visí."
        case .badCollection:
            "Identifikátor ve Sbírce začíná SPP. Opište jej, nebo vložte adresu předpisu ze sbirkapp.gov.cz."
        case .collectionNeeded:
            "Opište identifikátor ze Sbírky: předpis platí až vyhlášením v ní (zákon č. 35/2021 Sb.). "
                + "Není-li tam ještě, potvrďte níže, že jej vyvěšujete jen pro informaci."
        case .badFile(let name, let sentence): "Soubor „\(name)“ jsme nepřiložili. \(sentence)"
        case .programFile(let name):
            "Soubor „\(name)“ jsme nepřiložili: podle názvu je to program nebo stránka, ne dokument. "
                + "Přiložte dokument, nejlépe PDF."
        case .badTitle: "Napište prosím název (3 až 300 znaků)."
        case .reasonNeeded: "Napište prosím, proč se snímá před uplynutím lhůty."
        case .empty: "Napište text, nebo přiložte soubor."
        }
    }

    var fields: [String: String] {
        switch self {
        case .tooShort, .endsBeforeEvent, .lastDayPast, .lastDayTooFar, .lastDayNeeded: ["until": czech]
        case .eventNeeded, .eventTooSoon, .eventPast, .eventAhead, .eventTooFar: ["event": czech]
        case .badDay(let field): [field: czech]
        case .unknownKind: ["kind": czech]
        case .tooManyFiles, .fileNeeded, .badFile, .programFile: ["file": czech]
        case .badCollection, .collectionNeeded: ["collection": czech]
        case .reasonNeeded: ["reason": czech]
        case .badTitle: ["title": czech]
        case .empty: ["body": czech]
        default: [:]
        }
    }
}
