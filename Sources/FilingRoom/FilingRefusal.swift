import Office

enum FilingRefusal: Refusal, Equatable {
    case closed, alreadySettled, nobodyHasIt, notSettled, planNeeded, subjectNeeded, textNeeded, badDay,
        alreadyDispatched, notDispatched, badAmount, unknownClerk, noBoard, noBooks, undeliveredReply,
        unconfirmed,
        alreadyConfirmed, tooLateToConfirm, withoutProof, hangs, nothingSent, notPaused, alreadyDelivered,
        alreadyPrescribed, dueInPast, notExtensible, reasonNeeded, extensionLate, officeNeeded, consentNeeded,
        notYetDeemed, notPosted, feeKeeperOnly, unknownFile, sameFile, senderNeeded, badCount, roleNeeded,
        badFiles, secretNotPosted, decisionNeeded, informationNeeded, answerNeeded, feeNotWithdrawn,
        proofNeeded,
        wayNeeded, futureDay, badTime, notCancellable, noForce, notClosed, whyNeeded, notPrescribed, feePaid,
        booksLocked, badAttachmentCount, titleNeeded, nobodyToAnswer, notSetAside, setAsideInstead,
        notToldAside,
        mailedToday, badEmail, noEmail, noAddress, notByEmail, notAbandonable, badBirthDate, badCompanyNumber,
        personHasNoCompanyNumber, badDataBox, signatureNeeded, notLapsed, notOfFilingRoom, groundNeeded,
        forceProofNeeded, proofNotInFile, proofDayNeeded, functionNeeded, timeNeeded
    /// At most so many characters, and how many there are.
    case textTooLong(Int, Int)
    /// It came so long ago that the day may be mistyped.
    case longAgo(Day)
    /// The submission to be confirmed came later than the confirmation typed.
    case confirmedEarlier(String)
    case severalAtOnce([FilingRefusal])
    case confirmedBeforeArrival(Day)
    case appealRuns(AppealPeriod)
    case forceTooEarly(Day)
    case waivedTooEarly(Day)
    case targetClosed(String)
    case aboveFeeMax(String)
    case unfilled([String])
    /// A sentence for each.
    case refusedFiles([String])
    case deliveredBeforeSent(Day)
    case sentBeforeMade(Day)
    case returnedBeforeSent(Day)

    var kind: RefusalKind {
        switch self {
        case .closed, .alreadySettled, .alreadyDispatched, .unconfirmed, .alreadyConfirmed, .withoutProof,
            .hangs,
            .nothingSent, .notPaused, .alreadyDelivered, .alreadyPrescribed, .notExtensible, .extensionLate,
            .notYetDeemed, .notPosted, .secretNotPosted, .decisionNeeded, .informationNeeded, .answerNeeded,
            .feeNotWithdrawn, .appealRuns, .notCancellable, .noForce, .notClosed, .targetClosed,
            .notPrescribed, .feePaid, .nobodyToAnswer, .notSetAside, .setAsideInstead, .notToldAside,
            .notByEmail, .notAbandonable, .notLapsed:
            .conflict
        default: .invalid
        }
    }

    var code: String {
        switch self {
        case .unfilled: "filing-unfilled"
        case .refusedFiles: "filing-badFiles"
        case .textTooLong: "filing-textTooLong"
        case .longAgo: "filing-longAgo"
        case .confirmedBeforeArrival: "filing-confirmedBeforeArrival"
        case .appealRuns: "filing-appealRuns"
        case .forceTooEarly: "filing-forceTooEarly"
        case .waivedTooEarly: "filing-waivedTooEarly"
        case .targetClosed: "filing-targetClosed"
        case .aboveFeeMax: "filing-aboveFeeMax"
        case .deliveredBeforeSent: "filing-deliveredBeforeSent"
        case .sentBeforeMade: "filing-sentBeforeMade"
        case .returnedBeforeSent: "filing-returnedBeforeSent"
        case .confirmedEarlier: "filing-confirmedEarlier"
        case .severalAtOnce: "filing-severalAtOnce"
        default: "filing-\(self)"
        }
    }

    var czech: String {
        switch self {
        case .closed: "Spis je uzavřený a nic se v něm už nemění."
        case .alreadySettled: "Věc už je vyřízená."
        case .nobodyHasIt: "Nejdřív věc převezměte, nebo ji přidělte."
        case .notSettled: "Spis jde uzavřít, až když je věc vyřízená."
        case .planNeeded: "Vyberte prosím spisový znak; bez něj spis uzavřít nejde."
        case .subjectNeeded: "Napište prosím, o jakou věc jde."
        case .titleNeeded: "Název věci má mít 3 až 200 znaků."
        case .textNeeded: "Napište prosím text písemnosti."
        case .textTooLong(let most, let count):
            "Zkraťte text na nejvýše \(most.grouped) znaků; má jich \(count.grouped)."
        case .longAgo(let day):
            "Opravdu to přišlo \(day.czechShort)? Je-li to správně, potvrďte to; číslo dostane letošní."
        case .timeNeeded:
            "U zprávy, která nepřišla dnes, zapište i čas doručení na sekundy (§ 3 odst. 1 vyhlášky č. 259/2012 Sb.)."
        case .badDay: "Den zapište jako datum, například 20. 11. 2026."
        case .futureDay: "Tento den teprve přijde. Zapište den, který už nastal."
        case .badTime: "Čas zapište jako hodiny a minuty, které už byly, například 14:05."
        case .confirmedBeforeArrival(let day):
            "Podání přišlo až \(day.czechShort); potvrzení nemůže být starší."
        case .appealRuns(let appeal):
            "\(appeal.sentence) Nabylo-li jí dřív, protože se účastník odvolání vzdal nebo o něm bylo rozhodnuto, zapište to u písemnosti."
        case .forceTooEarly(let day): "Právní moc nemohla nastat dřív než \(day.czechShort)."
        case .waivedTooEarly(let day):
            "Odvolání se jde vzdát až po oznámení rozhodnutí, tedy nejdřív \(day.czechShort) (§ 81 odst. 2 správního řádu)."
        case .groundNeeded: "Vyberte, proč rozhodnutí nabylo právní moci."
        case .forceProofNeeded:
            "Napište č. j. dokumentu ve spisu, ze kterého to plyne, nebo o jaký protokol jde (3 až 200 znaků)."
        case .proofNotInFile:
            "Doručený dokument s tímto č. j. ve spisu není. Nejdřív ho do spisu zapište."
        case .proofDayNeeded: "Zapište den, kdy byl protokol sepsán nebo kdy doklad došel."
        case .notOfFilingRoom:
            "Tento člověk nemá roli pro spisovou službu a spis by neotevřel. Vyberte jiného; role se mění v nastavení úřadu, v části Lidé v úřadu."
        case .functionNeeded:
            "Napište funkci, jak má stát na rozhodnutích, třeba referentka, účetní nebo starosta (2 až 100 znaků)."
        case .noForce: "Právní moc se zapisuje u doručeného rozhodnutí nebo usnesení, jednou."
        case .notCancellable: "Zrušit jde jen písemnost, která ještě nebyla vypravena."
        case .notClosed: "Spis je otevřený."
        case .whyNeeded: "Napište prosím důvod (3 až 200 znaků)."
        case .targetClosed(let mark):
            "Spis \(mark) je uzavřený. Nejdřív ho na jeho stránce s důvodem znovu otevřete."
        case .aboveFeeMax(let law): law
        case .notPrescribed: "V této věci není předepsaný poplatek."
        case .feePaid: "Poplatek už je aspoň zčásti zaplacený. Úhradu musí nejdřív stornovat účetní."
        case .alreadyDispatched: "Písemnost už byla vypravena."
        case .notDispatched: "Písemnost ještě nebyla vypravena."
        case .badAmount: "Částku napište v korunách, například 200 nebo 1 500,50."
        case .unknownClerk: "Vyberte prosím někoho z úřadu."
        case .noBoard: "Úřad nemá úřední desku v tomto systému."
        case .booksLocked:
            "Účetní období, do kterého by se dnes účtovalo, je uzamčené. Domluvte se s účetní."
        case .noBooks: "Úřad nemá účetní knihy v tomto systému."
        case .unconfirmed: "Podání zatím nikdo nepotvrdil. Zapište potvrzení, nebo počkejte do konce lhůty."
        case .alreadyConfirmed: "Potvrzení není potřeba, nebo už je zapsané."
        case .tooLateToConfirm:
            "Lhůta k potvrzení uplynula. Později doručené je nové podání; zapište je prosím znovu."
        case .withoutProof: "Některá písemnost ještě nemá zapsané doručení. Zapište je, potom spis uzavřete."
        case .hangs: "Písemnost ze spisu ještě visí na úřední desce. Spis uzavřete, až bude sejmuta."
        case .nothingSent:
            "Ve spisu není vypravená písemnost. Odpovězte a vypravte ji, nebo zvolte jiný způsob vyřízení."
        case .notPaused: "Na doplnění se teď nečeká."
        case .alreadyDelivered: "Doručení už je zapsané."
        case .alreadyPrescribed:
            "V této věci už je poplatek předepsaný. Je-li předpis špatně, zrušte ho a předepište nový."
        case .dueInPast: "Den splatnosti musí být teprve před námi."
        case .notExtensible: "Lhůtu v této věci prodloužit nejde, nebo už prodloužena byla."
        case .reasonNeeded: "Uveďte prosím důvod; dozví se ho i podatel."
        case .extensionLate: "Lhůta už uplynula, prodloužit ji nejde."
        case .officeNeeded: "Vyberte prosím jiný úřad z registru."
        case .consentNeeded:
            "Věc už jednou postoupena byla. Další postoupení je možné jen se souhlasem nadřízeného orgánu (§ 12); uveďte jeho číslo jednací."
        case .notYetDeemed: "Fikce doručení ještě nenastala. Zapište ji, až lhůta k vyzvednutí uplyne."
        case .notPosted: "Písemnost ještě nevisí na úřední desce, nebo neuplynulo patnáct dnů od vyvěšení."
        case .feeKeeperOnly:
            "Spis správy poplatků smí mít jen správce poplatků nebo vedoucí úřadu (§ 52 daňového řádu)."
        case .unknownFile: "Spis s touto značkou tu není."
        case .sameFile: "Dokument v tomto spisu už je."
        case .senderNeeded: "Napište prosím, kdo podání poslal, nebo zvolte, že odesílatele nelze zjistit."
        case .badCount: "Počet listů napište číslem."
        case .badAttachmentCount: "Počet listinných příloh napište číslem."
        case .roleNeeded: "Vyberte aspoň jednu roli."
        case .badFiles:
            "Některý soubor tu už není. Vyberte ho prosím znovu."
        case .refusedFiles(let sentences): sentences.joined(separator: " ")
        case .secretNotPosted:
            "Spis správy poplatků na desku nepatří (§ 52 daňového řádu). Písemnost z něj vypravte veřejnou vyhláškou."
        case .decisionNeeded:
            "Správní řízení končí rozhodnutím, nebo usnesením o odložení či zastavení, i po zpětvzetí žádosti (§ 67, § 43 a § 66 správního řádu). Vyhotovte je a vypravte."
        case .informationNeeded:
            "Na žádost o informace úřad odpoví, odmítne ji rozhodnutím, nebo ji odloží (§ 14 a § 15 zákona č. 106/1999 Sb.)."
        case .answerNeeded:
            "Na petici úřad písemně odpoví a o vyřízení stížnosti stěžovatele vyrozumí (§ 5 odst. 3 zákona č. 85/1990 Sb., § 175 odst. 5 správního řádu). Odpověď vyhotovte a vypravte."
        case .feeNotWithdrawn:
            "Po zpětvzetí správce poplatku řízení zastaví rozhodnutím (§ 106 odst. 1 písm. a) daňového řádu). Vyhotovte je a vypravte."
        case .wayNeeded: "Vyberte prosím, jak věc vyřizujete."
        case .proofNeeded: "Napište prosím, čím je doručení doložené, například číslo doručenky."
        case .unfilled(let places):
            "V textu zůstala nevyplněná místa v [hranatých závorkách]: \(places.joined(separator: ", ")). Doplňte je, nebo smažte."
        case .deliveredBeforeSent(let day):
            "Doručeno nemůže být dřív než vypraveno (\(day.czechShort))."
        case .sentBeforeMade(let day):
            "Vypraveno nemůže být dřív než vyhotoveno (\(day.czechShort))."
        case .returnedBeforeSent(let day):
            "Vrátit se nemohla dřív, než byla vypravena (\(day.czechShort))."
        case .undeliveredReply: "Ve spisu je písemnost, která ještě nebyla vypravena."
        case .nobodyToAnswer:
            "Podatel neuvedl jméno ani adresu, písemnost mu nemáte kam poslat. Věc vyřiďte a napište mu sdělení; podal-li formulářem, uvidí je u svého podání."
        case .notSetAside: "Odkládá se jen žádost o informace (§ 14 odst. 5 zákona č. 106/1999 Sb.)."
        case .setAsideInstead:
            "Žádost o informace se nepostupuje. Nepatří-li informace do působnosti úřadu, žádost odložte a žadateli to do sedmi dnů sdělte (§ 14 odst. 5 písm. c) zákona č. 106/1999 Sb.)."
        case .notToldAside:
            "Žadatel o odložení ještě neví. Vyhotovte sdělení o odložení a vypravte je (§ 14 odst. 5 zákona č. 106/1999 Sb.)."
        case .mailedToday: "E-mail odejde hned, zapište dnešní den."
        case .badEmail: "E-mail zapište ve tvaru jmeno@example.cz."
        case .noEmail: "Napište e-mail, na který písemnost půjde, ve tvaru jmeno@example.cz."
        case .noAddress: "Adresu podatele neznáme. Napište, kam písemnost posíláte."
        case .notByEmail:
            "E-mailem jde poslat jen odpověď nebo sdělení. Tato písemnost se musí doručit s dokladem (§ 19 správního řádu)."
        case .notAbandonable:
            "Tuto písemnost je třeba doručit. Není-li kam, vypravte ji veřejnou vyhláškou (§ 25 správního řádu)."
        case .badBirthDate: "Datum narození zapište jako den, který už byl, například 12. 4. 1955."
        case .badCompanyNumber: "IČO nesouhlasí: má osm číslic a poslední je kontrolní."
        case .personHasNoCompanyNumber:
            "IČO má podnikatel nebo právnická osoba. Změňte, kdo podání poslal, nebo IČO smažte."
        case .badDataBox: "Identifikátor datové schránky má sedm písmen a číslic."
        case .signatureNeeded: "Vyberte, zda byl e-mail podepsaný uznávaným elektronickým podpisem."
        case .notLapsed: "Lhůta k potvrzení ještě neuplynula, nebo podání potvrzení nepotřebuje."
        case .confirmedEarlier(let moment):
            "Podání přišlo až \(moment); potvrzení nemůže být starší."
        case .severalAtOnce(let all): all.map(\.czech).joined(separator: " ")
        }
    }

    var fields: [String: String] {
        switch self {
        case .subjectNeeded: ["subject": czech]
        case .titleNeeded: ["title": czech]
        case .textNeeded, .textTooLong, .unfilled: ["text": czech]
        case .planNeeded: ["plan": czech]
        case .badAmount, .aboveFeeMax: ["amount": czech]
        case .badTime, .timeNeeded, .confirmedEarlier: ["time": czech]
        case .mailedToday: ["day": czech]
        case .badEmail: ["email": czech]
        case .noAddress, .noEmail: ["to": czech]
        case .badBirthDate: ["birthDate": czech]
        case .badCompanyNumber, .personHasNoCompanyNumber: ["ico": czech]
        case .badDataBox: ["dataBox": czech]
        case .signatureNeeded: ["signature": czech]
        case .severalAtOnce(let all):
            all.reduce(into: [:]) { fields, one in fields.merge(one.fields) { first, _ in first } }
        case .longAgo: ["sure": czech]
        case .groundNeeded: ["ground": czech]
        case .forceProofNeeded, .proofNotInFile: ["proof": czech]
        case .proofDayNeeded, .waivedTooEarly: ["proven": czech]
        case .functionNeeded: ["functionTitle": czech]
        case .badDay, .futureDay, .confirmedBeforeArrival, .forceTooEarly, .tooLateToConfirm,
            .deliveredBeforeSent, .sentBeforeMade, .returnedBeforeSent:
            ["day": czech]
        case .proofNeeded: ["proof": czech]
        case .decisionNeeded, .informationNeeded, .answerNeeded, .feeNotWithdrawn, .wayNeeded, .notToldAside:
            ["how": czech]
        case .dueInPast: ["due": czech]
        case .unknownClerk, .feeKeeperOnly, .notOfFilingRoom: ["clerk": czech]
        case .reasonNeeded: ["reason": czech]
        case .whyNeeded: ["why": czech]
        case .officeNeeded, .setAsideInstead: ["office": czech]
        case .consentNeeded: ["consent": czech]
        case .unknownFile, .sameFile, .targetClosed: ["mark": czech]
        case .senderNeeded: ["sender": czech]
        case .badCount: ["sheets": czech]
        case .badAttachmentCount: ["paperAttachments": czech]
        case .roleNeeded: ["roles": czech]
        case .badFiles, .refusedFiles: ["files": czech]
        default: [:]
        }
    }
}
