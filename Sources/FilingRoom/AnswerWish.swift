import Foundation
import Office

/// How whoever wrote wants to be answered, as the answers of the form say; a paper filing says nothing.
struct AnswerWish: Sendable, Equatable {
    let means: DispatchMeans?
    let email: String
    let dataBox: String
    let postalAddress: String

    init(answers: String) {
        let read = (try? JSONDecoder().decode([String: [String]].self, from: Data(answers.utf8))) ?? [:]
        func text(_ name: String) -> String {
            (read[name]?.first ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        }
        means = Self.all[text("zpusob")]
        email = text("email")
        dataBox = text("schranka")
        postalAddress = text("dorucovaci").split(whereSeparator: \.isNewline).joined(separator: ", ")
    }

    private static let all: [String: DispatchMeans] = [
        "email": .email, "schranka": .dataBox, "posta": .post, "osobne": .inPerson,
    ]

    /// As the case file shows it; nil where nothing was asked for.
    var czech: String? {
        switch means {
        case .email: "e-mailem\(on(email))"
        case .dataBox: "datovou schránkou\(on(dataBox))"
        case .post: "poštou\(on(postalAddress))"
        case .inPerson: "osobně na úřadě"
        default: postalAddress.isEmpty ? nil : "na adresu \(postalAddress)"
        }
    }

    private func on(_ address: String) -> String { address.isEmpty ? "" : " (\(address))" }
}
