import Foundation
import Office

/// What a filing says about the fee it leads to; what it does not say stays unknown.
struct FeeFacts: Sendable, Equatable {
    let sentences: [String]
    /// Nil where it was not asked or not answered.
    let isOver65: Bool?
    let isFurtherDog: Bool?

    /// From the answers of the form as they were kept; a paper filing has none.
    init(answers: String) {
        let read = (try? JSONDecoder().decode([String: [String]].self, from: Data(answers.utf8))) ?? [:]
        func text(_ name: String) -> String? { read[name]?.first.flatMap { $0.isEmpty ? nil : $0 } }
        let order = text("dalsi")
        isFurtherDog = order.map { $0 == "dalsi" }
        isOver65 = text("nad65").map { $0 == "ano" }
        var sentences: [String] = []
        switch text("ukon") {
        case "zanik": sentences.append("ohlašuje se zánik poplatkové povinnosti")
        case "zmena": sentences.append("ohlašuje se změna údajů")
        default: break
        }
        if let isFurtherDog { sentences.append(isFurtherDog ? "druhý nebo další pes" : "první pes") }
        if let isOver65 {
            sentences.append(isOver65 ? "držiteli je nad 65 let" : "držiteli není nad 65 let")
        }
        let others = read.keys.count { $0.hasPrefix("osoby.") && $0.hasSuffix(".osoba-prijmeni") }
        if others > 0 { sentences.append("další osoby v domácnosti: \(others)") }
        if text("osvobozeni") != nil { sentences.append("žádá o osvobození") }
        if text("obecni-uleva") != nil { sentences.append("žádá o úlevu podle vyhlášky") }
        self.sentences = sentences
    }

    /// Beside the amount; nil where the filing says nothing of it.
    var czech: String? {
        sentences.isEmpty ? nil : "Podání uvádí: \(sentences.joined(separator: ", "))."
    }

    /// The most that a year's fee for one dog may be (§ 2 of act 565/1990).
    ///
    /// 1 500 Kč, of a holder over 65 years 200 Kč; for a second and each further dog by a half more. What the filing
    /// does not say is not held against the office.
    var dogMax: Money {
        let first = isOver65 == true ? 200 : 1500
        return Money(crowns: isFurtherDog == false ? first : first * 3 / 2)
    }

    /// Why no more, as the clerk is told.
    var dogLaw: String {
        let holder = isOver65 == true ? ", je-li držiteli nad 65 let," : ""
        let first = Money(crowns: isOver65 == true ? 200 : 1500)
        let most =
            switch isFurtherDog {
            case false?: "nejvýše \(first.czech)"
            case true?: "za druhého a dalšího psa nejvýše \(dogMax.czech)"
            case nil: "nejvýše \(first.czech), za druhého a dalšího psa \(dogMax.czech)"
            }
        return "Poplatek za psa a rok smí být\(holder) \(most) (§ 2 zákona č. 565/1990 Sb.)."
    }
}
