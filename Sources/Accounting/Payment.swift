import Foundation
import Office

/// How money for the office came.
enum PaymentMeans: String, Sendable, CaseIterable {
    case bank = "ucet"
    case cash = "pokladna"

    var account: String { self == .bank ? UsedAccount.bank : UsedAccount.till }
    var czech: String { self == .bank ? "Úhrada" : "Úhrada v hotovosti" }
    var label: String { self == .bank ? "na účet" : "v hotovosti do pokladny" }

    private var documentName: String { self == .bank ? "výpis" : "příjmový doklad" }

    /// The accounting document's own mark (§ 11(1)(a) of act 563/1991); a bare number is named by what it is.
    ///
    /// Nil for one that is missing or too long.
    func document(_ typed: String) -> String? {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (1...40).contains(text.count) else { return nil }
        return text.first?.isNumber == true ? "\(documentName) \(text)" : text
    }
}

/// A payment as it is typed, by its receivable or by the variable symbol.
struct PaymentForm: Decodable {
    var symbol: String?
    /// Empty: the whole rest.
    var amount: String?
    var day: String?
    var means: String?
    var document: String?
    /// Proposed by the page, so that a second press books nothing.
    var entry: UUID?
    /// The doubts that were answered.
    var sure: [String]?

    struct Checked {
        let amount: Money?
        let day: Day
        let means: PaymentMeans
        let document: String
        let entry: UUID
    }

    /// Throws ``BooksRefusal/faults(_:)`` with everything that is wrong.
    func checked(on today: Day) throws -> Checked {
        var faults: [String: String] = [:]
        let day = Day(self.day ?? "")
        if day == nil {
            faults["day"] = BooksRefusal.badDay.czech
        } else if let day {
            do { try BookingDay.check(day, today: today) } catch { faults["day"] = BooksRefusal.future.czech }
        }
        let typed = (amount ?? "").trimmingCharacters(in: .whitespaces)
        let money = Money(typed)
        if !typed.isEmpty, (money?.hellers ?? 0) <= 0 { faults["amount"] = BooksRefusal.badAmount.czech }
        let means = (means ?? "").isEmpty ? PaymentMeans.bank : PaymentMeans(rawValue: means ?? "")
        if means == nil { faults["means"] = "Vyberte, jak peníze přišly." }
        let document = (means ?? .bank).document(document ?? "")
        if document == nil { faults["document"] = BooksRefusal.documentNeeded.czech }
        guard faults.isEmpty, let day, let means, let document else { throw BooksRefusal.faults(faults) }
        return Checked(amount: money, day: day, means: means, document: document, entry: entry ?? .v7())
    }

    /// What a payment may be refused for, by the fields of its form.
    static func faults(_ refusal: (any Refusal)?) -> [String: String] {
        guard let refusal else { return [:] }
        if let whole = refusal.fields["lines"] {
            return [refusal as? BooksRefusal == .badAmount ? "amount" : "symbol": whole]
        }
        return refusal.fields.isEmpty ? ["symbol": refusal.czech] : refusal.fields
    }
}
