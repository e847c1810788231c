import Office

/// How a municipality, its part and an address are understood.
///
/// Answers under `NAME.psc`, `NAME.obec`, `NAME.cast`, `NAME.ulice` and `NAME.jinde`. The municipality is a code or
/// a name; without a script a first sending may leave the part open, and the second one offers the parts.
extension FormPass {
    mutating func judgePlace(_ field: FormField, _ rule: PlaceRule, at spot: Spot, isRequired: Bool)
        -> String?
    {
        let given = PlaceAnswer(answers, spot.asked)
        let (criterion, elsewhere) = rule.standing { values[$0] ?? [] }
        if elsewhere, !given.elsewhere.isEmpty, given.municipality.isEmpty {
            return keep(elsewhere: given, field, criterion, at: spot)
        }
        guard !given.isEmpty else {
            // All that is missing at once.
            if isRequired, rule.address {
                let request = field.missing ?? field.kind.request(field.label)
                fault(field.inputName(spot.asked), field.label, request)
                _ = isStreet(given, rule, field, at: spot)
            }
            return nil
        }
        let municipality = municipality(given, field, at: spot)
        let found = municipality.flatMap { part(given, of: $0, field, at: spot) }
        let fits = municipality.map { isPostcode(given, of: $0, field, at: spot) } ?? false
        let isStreet = isStreet(given, rule, field, at: spot)
        guard let municipality, let part = found, fits, isStreet else { return nil }
        let postcode = part.value?.postcode ?? municipality.postcode
        values[spot.kept] = [municipality.code]
        values["\(spot.kept).obec"] = [municipality.code]
        values["\(spot.kept).cast"] = part.value.map { [$0.code] }
        values["\(spot.kept).psc"] = [postcode]
        if rule.address { values["\(spot.kept).ulice"] = [given.street] }
        let partName = part.value.flatMap { $0.name == municipality.name ? nil : $0.name }
        let town = "\(Czech.postcode(postcode)) \(places.label(of: municipality))"
        let text = [rule.address ? given.street : nil, partName, town].compactMap { $0 }.joined(
            separator: ", "
        )
        remember(text, municipality: municipality.code, part: part.value?.code, criterion)
        return text
    }

    private mutating func isStreet(
        _ given: PlaceAnswer,
        _ rule: PlaceRule,
        _ field: FormField,
        at spot: Spot
    ) -> Bool {
        let input = "\(spot.asked).ulice"
        if rule.address, given.street.isEmpty {
            let request = "Napište v části „\(field.label)“ ulici a číslo, nebo číslo popisné."
            fault(input, field.label, request)
            return false
        }
        guard given.street.unicodeScalars.count <= 120 else {
            fault(input, field.label, "Zkraťte ulici a číslo na nejvýše 120 znaků.")
            return false
        }
        return true
    }

    private mutating func keep(
        elsewhere given: PlaceAnswer,
        _ field: FormField,
        _ criterion: TerritorialCriterion?,
        at spot: Spot
    ) -> String? {
        guard given.elsewhere.unicodeScalars.count <= 200, given.street.unicodeScalars.count <= 120 else {
            fault("\(spot.asked).jinde", field.label, "Zkraťte adresu mimo kraj na nejvýše 200 znaků.")
            return nil
        }
        let text = given.elsewhere.replacing("\n", with: ", ")
        values[spot.kept] = ["jinde"]
        values["\(spot.kept).jinde"] = [text]
        remember(text, municipality: nil, part: nil, criterion)
        return text
    }

    private mutating func remember(
        _ text: String,
        municipality: String?,
        part: String?,
        _ criterion: TerritorialCriterion?
    ) {
        if let criterion {
            placesByCriterion[criterion] = AnsweredPlace(municipality: municipality, part: part, text: text)
        }
    }

    private mutating func municipality(
        _ given: PlaceAnswer,
        _ field: FormField,
        at spot: Spot
    ) -> Places.Municipality? {
        let postcode = given.postcode.filter { !$0.isWhitespace }
        let byPostcode = postcode.isEmpty ? [] : places.municipalities(postcode: postcode)
        let input = "\(spot.asked).obec"
        if given.municipality.isEmpty {
            if byPostcode.count == 1 { return byPostcode[0] }
            let advice =
                byPostcode.isEmpty
                ? "Vyberte obec v části „\(field.label)“; PSČ \(postcode) v kraji neznáme."
                : "Vyberte obec v části „\(field.label)“; PSČ \(Czech.postcode(postcode)) jich má více."
            fault(input, field.label, postcode.isEmpty ? "Vyberte obec v části „\(field.label)“." : advice)
            return nil
        }
        let meant = places.municipalities(meant: given.municipality)
        let narrowed = meant.count > 1 ? meant.filter { byPostcode.contains($0) } : meant
        if let municipality = narrowed.count == 1 ? narrowed[0] : nil { return municipality }
        if meant.count > 1 {
            let names = meant.map { places.label(of: $0) }.joined(separator: ", ")
            fault(input, field.label, "Obcí toho jména je více. Napište jednu z nich: \(names).")
        } else {
            fault(
                input,
                field.label,
                "Obec „\(given.municipality.prefix(60))“ v kraji neznáme. Vyberte ji ze seznamu v části „\(field.label)“."
            )
        }
        return nil
    }

    /// Nil when the part is at fault; a municipality without parts in the register has none.
    private mutating func part(
        _ given: PlaceAnswer,
        of municipality: Places.Municipality,
        _ field: FormField,
        at spot: Spot
    ) -> FoundPart? {
        let parts = places.parts(of: municipality.code)
        if parts.isEmpty { return FoundPart(value: nil) }
        if given.part.isEmpty {
            if parts.count == 1 { return FoundPart(value: parts[0]) }
            fault(
                "\(spot.asked).cast",
                field.label,
                "Vyberte část obce \(municipality.name) v části „\(field.label)“."
            )
            return nil
        }
        let meant = places.parts(meant: given.part, in: municipality.code)
        if let part = meant.first { return FoundPart(value: part) }
        // A part left over from another municipality, typical when the municipality was changed without a script.
        if parts.count == 1 { return FoundPart(value: parts[0]) }
        // Nobody knows a part by its code, which is what a list sends.
        let isCode = given.part.allSatisfy { $0.isASCII && $0.isNumber }
        let name = isCode ? places.part(given.part)?.name : String(given.part.prefix(60))
        let other = name.map { "; část „\($0)“ nemá" } ?? ""
        fault("\(spot.asked).cast", field.label, "Vyberte část obce \(municipality.name)\(other).")
        return nil
    }

    /// False where the postcode is known to be that of other municipalities; it may be left out.
    private mutating func isPostcode(
        _ given: PlaceAnswer,
        of municipality: Places.Municipality,
        _ field: FormField,
        at spot: Spot
    ) -> Bool {
        let postcode = given.postcode.filter { !$0.isWhitespace }
        let owners = places.municipalities(postcode: postcode)
        if owners.isEmpty || owners.contains(municipality) { return true }
        let names = owners.prefix(3).map { places.label(of: $0) }.joined(separator: ", ")
        fault(
            "\(spot.asked).psc",
            field.label,
            "PSČ \(Czech.postcode(postcode)) patří jinam (\(names)) než do obce \(municipality.name). "
                + "Opravte PSČ nebo obec; nejste-li si jistí, PSČ smažte."
        )
        return false
    }

    private struct FoundPart { let value: Places.Part? }
}

/// The five inputs of one place.
struct PlaceAnswer {
    let postcode: String
    let municipality: String
    let part: String
    let street: String
    let elsewhere: String

    init(_ answers: FormAnswers, _ name: String) {
        postcode = answers.first("\(name).psc")
        municipality = answers.first("\(name).obec")
        part = answers.first("\(name).cast")
        street = answers.first("\(name).ulice")
        elsewhere = answers.first("\(name).jinde")
    }

    var isEmpty: Bool { postcode.isEmpty && municipality.isEmpty && part.isEmpty && street.isEmpty }
}
