import Office

/// The usual replies with the parts that the law asks for; the clerk writes what is in brackets.
enum ReplyTemplate {
    /// The places in brackets that nobody filled, each once and in order.
    static func unfilled(in text: String) -> [String] {
        var seen: Set<String> = []
        return text.matches(of: /\[[^\[\]\n]*\p{L}[^\[\]\n]*\]/).map { String($0.0) }
            .filter { seen.insert($0).inserted }
    }

    /// Who speaks, who is spoken of, and where an appeal goes.
    struct Names: Sendable {
        let office: String
        let appeals: String
        let party: String
    }

    /// What a request is about, without the name of its form, which the sentence says itself.
    private static func matter(_ file: CaseFile) -> String {
        let parts = file.title.split(separator: ": ", maxSplits: 1)
        let isNamed = parts.count == 2 && parts[0].hasPrefix("Žádost o ")
        return "„\(isNamed ? String(parts[1]) : file.title)“"
    }

    static func text(_ kind: ReplyKind, of file: CaseFile, received: Day, names: Names) -> String {
        switch kind {
        case .decision: return file.regime == .tax ? taxDecision(names) : decision(file, names, received)
        case .information:
            return """
                Vážená paní, vážený pane,

                dne \(received.czechShort) jsme obdrželi Vaši žádost o informace \(matter(file)). Podle § 14 odst. 5 písm. d) zákona č. 106/1999 Sb. Vám sdělujeme:

                [požadovaná informace]

                Odpověď zveřejníme do 15 dnů způsobem umožňujícím dálkový přístup (§ 5 odst. 3 zákona č. 106/1999 Sb.).
                """
        case .resolution:
            return """
                Výrok

                \(names.office) podle [ustanovení] zákona č. 500/2004 Sb., správní řád, rozhodl ve věci „\(file.title)“, jejímž účastníkem je \(names.party), takto: [výrok usnesení].

                Odůvodnění

                [důvody]

                Poučení

                Proti tomuto usnesení lze podat odvolání do 15 dnů ode dne jeho oznámení \(names.appeals), a to u našeho úřadu (§ 76 odst. 5, § 83 a § 86 správního řádu). Odvolání nemá odkladný účinek.
                """
        case .supplement: return supplement(file, received)
        case .setAside:
            return """
                Vážená paní, vážený pane,

                dne \(received.czechShort) jsme obdrželi Vaši žádost o informace ve věci „\(file.title)“. Požadované informace se nevztahují k působnosti našeho úřadu, proto žádost podle § 14 odst. 5 písm. c) zákona č. 106/1999 Sb. odkládáme.

                Důvod: [proč se informace nevztahují k působnosti úřadu]

                Žádost sami nepostupujeme. Informace můžete žádat u tohoto úřadu: [který je má].
                """
        case .notice, .referral:
            return """
                Vážená paní, vážený pane,

                k Vašemu podání ze dne \(received.czechShort) ve věci „\(file.title)“ sdělujeme:

                [text sdělení]
                """
        }
    }

    /// § 68 and § 69 of act 500/2004: verdict, reasons, instruction; the letter adds office, number, date and name.
    private static func decision(_ file: CaseFile, _ names: Names, _ received: Day) -> String {
        let isTree = file.serviceCode == "kaceni-drevin"
        let body = isTree ? "orgán ochrany přírody" : "správní orgán"
        let law =
            isTree
            ? "§ 8 odst. 1 zákona č. 114/1992 Sb., o ochraně přírody a krajiny," : "[ustanovení zákona]"
        let planting =
            isTree
            ? "\n\nPodle § 9 odst. 1 zákona č. 114/1992 Sb. se [ukládá náhradní výsadba: druh, počet, místo a termín, popřípadě následná péče nejvýše na pět let / náhradní výsadba neukládá]."
            : ""
        let grounds =
            isTree
            ? "[Závažné důvody kácení a vyhodnocení funkčního a estetického významu dřevin podle § 8 odst. 1.] "
            : ""
        return """
            Výrok

            \(names.office) jako věcně a místně příslušný \(body) rozhodl podle \(law) ve věci „\(file.title)“ takto:

            Účastníku řízení (§ 27 odst. 1 správního řádu), jímž je \(names.party), se [povoluje / nepovoluje] [co].\(planting)

            Odůvodnění

            Dne \(received.czechShort) byla podána žádost v této věci. \(grounds)[Podklady rozhodnutí, úvahy při jejich hodnocení a jak se úřad vypořádal s návrhy a námitkami účastníků.]

            Poučení

            Proti tomuto rozhodnutí lze podat odvolání do 15 dnů ode dne jeho oznámení \(names.appeals), a to u našeho úřadu (§ 81, § 83 a § 86 zákona č. 500/2004 Sb., správní řád). Včas podané a přípustné odvolání má odkladný účinek.
            """
    }

    /// § 102 of act 280/2009.
    private static func taxDecision(_ names: Names) -> String {
        """
        Výrok

        \(names.office) jako správce místního poplatku rozhodl podle zákona č. 565/1990 Sb., o místních poplatcích, a obecně závazné vyhlášky [číslo] takto:

        Poplatníkovi, jímž je \(names.party), se [vyměřuje poplatek ve výši … Kč], splatný na účet obce do [den].

        Odůvodnění

        [důvody]

        Poučení

        Proti tomuto rozhodnutí lze podat odvolání do 30 dnů ode dne jeho doručení u našeho úřadu (§ 109 zákona č. 280/2009 Sb., daňový řád). Odvolání nemá odkladný účinek.
        """
    }

    private static func supplement(_ file: CaseFile, _ received: Day) -> String {
        let law =
            switch file.regime {
            case .tax: "§ 74 odst. 1 zákona č. 280/2009 Sb., daňový řád,"
            case .information: "§ 14 odst. 5 zákona č. 106/1999 Sb."
            case .administrative, .building:
                "§ 37 odst. 3 a § 45 odst. 2 zákona č. 500/2004 Sb., správní řád,"
            default: "§ 37 odst. 3 zákona č. 500/2004 Sb., správní řád,"
            }
        let term =
            file.regime == .information
            ? "do 30 dnů ode dne doručení této výzvy" : "do [počet] dnů od doručení"
        let otherwise =
            switch file.regime {
            case .tax: "Nebudou-li vady odstraněny, stane se podání neúčinným."
            case .information: "Nebude-li žádost doplněna, bude odložena nebo odmítnuta."
            // Only proceedings on an application are stopped for its defects.
            case .administrative, .building:
                "Nebudou-li podstatné vady odstraněny, úřad řízení zastaví (§ 66 odst. 1 písm. c) správního řádu)."
            default:
                "Nebude-li podání doplněno, úřad je posoudí podle toho, co z něj plyne (§ 37 odst. 1 správního řádu)."
            }
        return """
            Vaše podání ze dne \(received.czechShort) ve věci „\(file.title)“ má nedostatky. Podle \(law) Vás vyzýváme, abyste je \(term) doplnili takto:

            [co doplnit]

            Poučení

            \(otherwise)
            """
    }

    static func referral(
        of file: CaseFile,
        to office: Authority,
        reason: String,
        consent: String,
        names: Names
    ) -> String {
        let again =
            consent.isEmpty ? "" : " Nadřízený orgán s dalším postoupením souhlasil (č. j. \(consent))."
        let next = "Další zprávy o podání dostanete od něj."
        if let act = ReferralAct(under: file.regime), act != .resolution {
            return """
                \(names.office) není příslušný k vyřízení podání „\(file.title)“. Podle \(act.law) je postupuje \(office.dative).\(again)

                Důvod: \(reason)

                \(next)
                """
        }
        return """
            Výrok

            \(names.office) podle § 12 zákona č. 500/2004 Sb., správní řád, postupuje podání „\(file.title)“, jehož podatelem je \(names.party), \(office.dative).\(again)

            Odůvodnění

            Úřad není k vyřízení podání příslušný. \(reason)

            Poučení

            Proti tomuto usnesení lze podat odvolání do 15 dnů ode dne jeho oznámení \(names.appeals), a to u našeho úřadu (§ 76 odst. 5, § 83 a § 86 správního řádu). Odvolání nemá odkladný účinek.

            Lhůta k vyřízení běží ode dne, kdy podání dojde příslušnému úřadu (§ 37 odst. 6 správního řádu). \(next)
            """
    }
}
