import Foundation
import Office
import Web

/// What was typed into a field, and what is wrong with it.
struct TypedField: Codable, Sendable {
    let value: String
    let fault: String

    init(_ value: String, _ fault: String? = nil) {
        self.value = value
        self.fault = fault ?? ""
    }
}

struct MeansChoice: Codable, Sendable {
    let value: String
    let name: String
    let isChosen: Bool

    static func all(_ chosen: String?) -> [MeansChoice] {
        PaymentMeans.allCases.map {
            MeansChoice(value: $0.rawValue, name: $0.label, isChosen: $0.rawValue == (chosen ?? "ucet"))
        }
    }
}

/// The fields of a payment; on the journal's page with the variable symbol.
struct PaymentFields: Codable, Sendable {
    let symbol: TypedField
    let amount: TypedField
    let day: TypedField
    let document: TypedField
    let means: [MeansChoice]
    let entry: String
    let doubts: [DoubtBox]

    init(
        _ form: PaymentForm?,
        _ refusal: (any Refusal)?,
        _ faults: [String: String] = [:],
        today: Day,
        rest: Money? = nil
    ) {
        doubts = DoubtBox.all(refusal, sure: form?.sure)
        symbol = TypedField(form?.symbol ?? "", faults["symbol"])
        amount = TypedField(form?.amount ?? rest?.plain ?? "", faults["amount"])
        day = TypedField(form?.day ?? today.description, faults["day"])
        document = TypedField(form?.document ?? "", faults["document"])
        means = MeansChoice.all(form?.means)
        entry = (form?.entry ?? .v7()).uuidString.lowercased()
    }
}

/// The lock of a period as it was typed.
struct LockFields: Codable, Sendable {
    let until: TypedField
    let isSure: Bool
    let sureFault: String

    init(_ form: LockForm?, _ faults: [String: String] = [:]) {
        until = TypedField(form?.until ?? "", faults["until"] ?? faults["day"])
        isSure = form?.sure ?? false
        sureFault = faults["sure"] ?? ""
    }
}

struct LockForm: Decodable {
    var until: String
    var sure: Bool?

    /// Throws ``BooksRefusal/faults(_:)`` with everything that is wrong.
    func checked(on today: Day) throws -> Day {
        var faults: [String: String] = [:]
        let day = Day(until)
        if day == nil {
            faults["until"] = BooksRefusal.badDay.czech
        } else if let day, day > today {
            faults["until"] = BooksRefusal.future.czech
        }
        if sure != true { faults["sure"] = BooksRefusal.unsure.czech }
        guard faults.isEmpty, let day else { throw BooksRefusal.faults(faults) }
        return day
    }
}

/// A receivable that was paid: day, amount and document before anything is booked.
struct PayPage: Page {
    static let template = "pay"
    var title = "Zapsat úhradu"
    let id: String
    let what: String
    let payer: String
    let symbol: String
    let amount: String
    let rest: String
    let isPartial: Bool
    let due: String
    let isLate: Bool
    let isOpen: Bool
    let link: String
    let form: PaymentFields
    let errors: [BooksFault]
    let hasErrors: Bool
}

extension BooksFault {
    /// In the order of the page; what the page has no field for comes last.
    static func listed(_ fields: [String: String], _ order: [String]) -> [BooksFault] {
        let rest = fields.keys.filter { !order.contains($0) }.sorted()
        return (order + rest).compactMap { name in fields[name].map { BooksFault(field: name, sentence: $0) }
        }
    }
}
