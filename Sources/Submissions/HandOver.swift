import Foundation
import Office

/// How and when the region handed a submission over.
struct HandOver: Sendable, Equatable {
    enum Way: String, Decodable, Sendable, CaseIterable {
        case dataBox, post, inPerson

        var czech: String {
            switch self {
            case .dataBox: "datovou schránkou"
            case .post: "poštou"
            case .inPerson: "osobně"
            }
        }
    }

    struct Form: Decodable {
        var way: String?
        var day: String?
        var reference: String?
    }

    let way: Way
    let day: Day
    let reference: String?

    var sentence: String { "Pracoviště kraje předalo podání úřadu \(way.czech), došlo mu \(day.czechShort)." }

    /// Throws ``HandOverRefusal`` with every fault at its field.
    init(_ form: Form, accepted: Day, today: Day) throws(HandOverRefusal) {
        var fields: [String: String] = [:]
        let way = form.way.flatMap(Way.init)
        if way == nil { fields["way"] = "Vyberte prosím, jak jste podání úřadu předali." }
        let day = form.day.flatMap { Day($0) }.flatMap { (accepted...today).contains($0) ? $0 : nil }
        if day == nil {
            fields["day"] =
                "Den předání zapište jako datum od \(accepted.czechShort), kdy podání přišlo, do dneška."
        }
        let reference = form.reference?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        if reference.count > 100 { fields["reference"] = "Číslo jednací může mít nejvýše 100 znaků." }
        guard let way, let day, fields.isEmpty else { throw HandOverRefusal(fields: fields) }
        self.way = way
        self.day = day
        self.reference = reference.isEmpty ? nil : reference
    }
}

struct HandOverRefusal: Refusal, Equatable {
    let fields: [String: String]
    var kind: RefusalKind { .invalid }
    var code: String { "hand-over-unclear" }
    var czech: String { fields.sorted { $0.key < $1.key }.map(\.value).joined(separator: " ") }
}
