import Files
import Foundation
import Office
import Sealing

/// What each kind of field asks of its answer; each rule gives the text to show, or nil when there is no good answer.
extension FormPass {
    mutating func judgeText(_ field: FormField, _ rule: TextRule, at spot: Spot, isLong: Bool) -> String? {
        guard var text = answers[spot.asked].first(where: { !$0.isEmpty }) else { return nil }
        if !isLong { text = text.replacing("\n", with: " ") }
        if let format = rule.format {
            guard let normal = format.normal(text) else {
                fault(spot.asked, field.label, format.advice)
                return nil
            }
            text = normal
        }
        let longest = rule.longest ?? (isLong ? 10_000 : 200)
        // By scalars: one letter can carry thousands of marks.
        let length = text.unicodeScalars.count
        if length > longest {
            let most = Czech.count(longest, "znak", "znaky", "znaků")
            fault(
                spot.asked,
                field.label,
                "Zkraťte text „\(field.label)“ na nejvýše \(most); má jich \(length.grouped)."
            )
            return nil
        }
        if let shortest = rule.shortest, text.count < shortest {
            let least = Czech.count(shortest, "znak", "znaky", "znaků")
            fault(spot.asked, field.label, "Napište do pole „\(field.label)“ víc, aspoň \(least).")
            return nil
        }
        values[spot.kept] = [text]
        return text
    }

    mutating func judgeChoice(_ field: FormField, _ rule: ChoiceRule, at spot: Spot) -> String? {
        guard let value = answers[spot.asked].first(where: { !$0.isEmpty }) else { return nil }
        guard let option = rule.options.first(where: { $0.value == value }) else {
            fault(spot.asked, field.label, "Vyberte jednu z nabízených možností: „\(field.label)“.")
            return nil
        }
        if let age = option.age, let born = days[age.born],
            let year = age.yearAgainst(born: born.day, today: today)
        {
            let reached = age.isUnder == true ? "bylo \(age.years) let už" : "bude \(age.years) let až"
            fault(
                spot.asked,
                field.label,
                "Podle odpovědi „\(born.label)“ (\(born.day.czechShort)) \(reached) v roce \(year). "
                    + "Opravte ji, nebo v části „\(field.label)“ vyberte jinou možnost."
            )
            return nil
        }
        values[spot.kept] = [value]
        return option.label
    }

    mutating func judgeChoices(_ field: FormField, _ rule: ChoiceRule, at spot: Spot) -> String? {
        let given = Set(answers[spot.asked].filter { !$0.isEmpty })
        guard !given.isEmpty else { return nil }
        let chosen = rule.options.filter { given.contains($0.value) }
        guard chosen.count == given.count else {
            fault(spot.asked, field.label, "Zaškrtněte jen nabízené možnosti: „\(field.label)“.")
            return nil
        }
        values[spot.kept] = chosen.map(\.value)
        return chosen.map(\.label).joined(separator: "; ")
    }

    mutating func judgeConsent(_ rule: ConsentRule, at spot: Spot) -> String? {
        guard answers[spot.asked].contains("ano") else { return nil }
        values[spot.kept] = ["ano"]
        return "ano: \(rule.statement)"
    }

    mutating func judgeNumber(_ field: FormField, _ rule: NumberRule, decimals: Int, at spot: Spot) -> String?
    {
        guard let given = answers[spot.asked].first(where: { !$0.isEmpty }) else { return nil }
        guard let number = CzechNumber(given, decimalsMax: decimals) else {
            let example = decimals == 0 ? "celé číslo" : "číslo, desetiny za čárkou"
            fault(spot.asked, field.label, "Napište do pole „\(field.label)“ \(example)\(rule.czechRange).")
            return nil
        }
        let isTooSmall = rule.from.map { number.value < Decimal($0) } ?? false
        let isTooBig = rule.to.map { number.value > Decimal($0) } ?? false
        if isTooSmall || isTooBig {
            fault(spot.asked, field.label, "Opravte „\(field.label)“: napište číslo\(rule.czechRange).")
            return nil
        }
        values[spot.kept] = [number.plain]
        return rule.unit.map { "\(number.czech) \($0)" } ?? number.czech
    }

    mutating func judgeDate(_ field: FormField, _ rule: DateRule, at spot: Spot) -> String? {
        guard let given = answers[spot.asked].first(where: { !$0.isEmpty }) else { return nil }
        guard let date = Day(czechOrISO: given) else {
            let advice =
                Day.impossible(given).map { "Opravte „\(field.label)“: takový den není (\($0))." }
                ?? "Napište „\(field.label)“ ve tvaru den. měsíc. rok, například \(rule.example)."
            fault(spot.asked, field.label, advice)
            return nil
        }
        if let earliest = rule.earliest.map(today.moved), date < earliest {
            fault(
                spot.asked,
                field.label,
                "Opravte „\(field.label)“: může být nejdříve \(earliest.czechShort)."
            )
            return nil
        }
        if let latest = rule.latest.map(today.moved), date > latest {
            fault(
                spot.asked,
                field.label,
                "Opravte „\(field.label)“: může být nejpozději \(latest.czechShort)."
            )
            return nil
        }
        if let first = rule.notBefore.flatMap({ days[$0] }), date < first.day {
            fault(
                spot.asked,
                field.label,
                "„\(field.label)“ nemůže být dřív než „\(first.label)“ (\(first.day.czechShort)). Opravte jedno z toho."
            )
            return nil
        }
        days[spot.kept] = (field.label, date)
        values[spot.kept] = [date.description]
        return date.czechShort
    }

    mutating func judgeFiles(_ field: FormField, _ rule: FileRule) -> String? {
        let given = files.filter { $0.field == field.name }
        guard !given.isEmpty else { return nil }
        if given.count > rule.countMax {
            let most = Czech.count(rule.countMax, "soubor", "soubory", "souborů")
            fault(field.name, field.label, "Ponechte v části „\(field.label)“ nejvýše \(most).")
            return nil
        }
        for file in given {
            if file.bytes > rule.bytesMax {
                let most = Czech.bytes(rule.bytesMax)
                fault(
                    field.name,
                    field.label,
                    "Soubor \(file.name) odeberte nebo zmenšete, může mít nejvýše \(most)."
                )
                return nil
            }
            if !rule.accept.contains(file.type) {
                let kinds = rule.accept.map(\.label).joined(separator: ", ")
                fault(field.name, field.label, "Soubor \(file.name) nelze přijmout. Přijímáme: \(kinds).")
                return nil
            }
        }
        values[field.name] = given.map(\.digest.hex)
        acceptedFiles += given
        return given.map { "\($0.name) (\(Czech.bytes($0.bytes)))" }.joined(separator: "; ")
    }
}

extension NumberRule {
    var czechRange: String {
        switch (from, to) {
        case (let from?, let to?): " od \(from) do \(to)"
        case (let from?, nil): " nejméně \(from)"
        case (nil, let to?): " nejvýše \(to)"
        case (nil, nil): ""
        }
    }
}
