import Office

/// How a place is asked: its municipalities as far as postcode and name tell them, and what was found.
extension FormViewer {
    /// More names than this are no help; more letters are.
    static let offeredMax = 40
    static let openLinesMax = 9

    func fill(_ view: inout FieldView, _ rule: PlaceRule) {
        let name = view.name
        let elsewhere = rule.standing { judged[$0] ?? [] }.elsewhere
        view.isPlace = true
        view.postcode = answers.first("\(name).psc")
        var typed = answers.first("\(name).obec")
        let postcode = view.postcode.filter { !$0.isWhitespace }
        let near = places.municipalities(postcode: postcode)
        if typed.isEmpty, near.count == 1 { typed = near[0].code }
        let meant = places.municipalities(meant: typed)
        if typed.isEmpty { narrow(&view, to: near) }
        if offering == name {
            let found = meant.isEmpty && !typed.isEmpty ? places.municipalities(like: typed) : meant
            if found.count > 1, found.count <= Self.offeredMax { narrow(&view, to: found) }
            if view.isNarrowed { view.nearSize = min(view.near.count + 1, Self.openLinesMax) }
            view.offer = PlaceOffer(
                typed: answers.first("\(name).obec"),
                postcode: postcode,
                near: near,
                found: found,
                hasParts: found.count == 1 && places.parts(of: found[0].code).count > 1
            ).sentence(places, elsewhere: elsewhere)
            if meant.isEmpty, found.count == 1 { typed = found[0].code }
        }
        view.municipality = places.municipality(typed).map { places.label(of: $0) } ?? typed
        view.street = answers.first("\(name).ulice")
        view.elsewhere = answers.first("\(name).jinde")
        view.asksStreet = rule.address
        view.allowsElsewhere = elsewhere
        view.postcodeError = faults["\(name).psc"]
        view.municipalityError = faults["\(name).obec"] ?? faults[name]
        view.partError = faults["\(name).cast"]
        view.streetError = faults["\(name).ulice"]
        offerParts(&view, of: places.municipalities(meant: typed))
    }

    private func narrow(_ view: inout FieldView, to offered: [Places.Municipality]) {
        guard offered.count > 1 else { return }
        view.isNarrowed = true
        view.near = offered.map {
            .init(id: "", value: $0.code, label: places.label(of: $0), help: nil, isChosen: false)
        }
    }

    private func offerParts(_ view: inout FieldView, of meant: [Places.Municipality]) {
        let parts = meant.count == 1 ? places.parts(of: meant[0].code) : []
        view.hasParts = parts.count > 1
        let chosen = answers.first("\(view.name).cast")
        view.options = parts.map {
            .init(
                id: "",
                value: $0.code,
                label: $0.name,
                help: nil,
                isChosen: $0.code == chosen || $0.name == chosen
            )
        }
    }
}

/// What is said when somebody asks for the municipalities of a place.
struct PlaceOffer {
    let typed: String
    /// Digits only.
    let postcode: String
    let near: [Places.Municipality]
    /// What the name can mean; the one of the postcode where no name was typed.
    let found: [Places.Municipality]
    let hasParts: Bool

    func sentence(_ places: Places, elsewhere: Bool) -> String {
        guard !typed.isEmpty || !postcode.isEmpty else {
            return "Napište PSČ nebo začátek názvu obce a stiskněte tlačítko znovu."
        }
        let other = elsewhere ? ", nebo vyplňte adresu mimo kraj" : ""
        if found.count == 1 {
            let next = hasParts ? " Vyberte ještě její část." : ""
            return "Našli jsme obec \(places.label(of: found[0])).\(next)"
        }
        if typed.isEmpty {
            let number = Czech.postcode(postcode)
            return near.isEmpty
                ? "PSČ \(number) v kraji neznáme. Napište název obce\(other)."
                : "PSČ \(number) má více obcí. Vyberte z nich a stiskněte tlačítko znovu."
        }
        let name = typed.prefix(60)
        if found.isEmpty {
            return "Obec „\(name)“ v kraji neznáme. Zkuste jen začátek názvu, nebo PSČ\(other)."
        }
        if found.count > FormViewer.offeredMax {
            let count = Czech.count(found.count, "obec", "obce", "obcí")
            return "Názvu „\(name)“ odpovídá \(count). Napište z něj víc písmen, nebo PSČ."
        }
        return "Názvu „\(name)“ odpovídá více obcí. Vyberte z nich a stiskněte tlačítko znovu."
    }
}
