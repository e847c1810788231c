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

    var sentence: String { "Pracoviště kraje předalo podání úřadu \(way.czech) \(day.czechShort)." }

    /// Throws ``SubmissionRefusal`` that says what is missing.
    init(_ form: Form, accepted: Day, today: Day) throws(SubmissionRefusal) {
        guard let way = form.way.flatMap(Way.init) else { throw .handOverWay }
        guard let day = form.day.flatMap({ Day($0) }), day >= accepted, day <= today else {
            throw .handOverDay(accepted)
        }
        let reference = form.reference?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
        guard reference.count <= 100 else { throw .handOverReference }
        self.way = way
        self.day = day
        self.reference = reference.isEmpty ? nil : reference
    }
}
