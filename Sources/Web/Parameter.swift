import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Office

/// Something that a route reads beside its body: of the path, of the address after `?`, or of the head.
///
/// Of the address a handler gets what is declared and nothing else, so that the description cannot lack what
/// is read.
package struct Parameter: Sendable, Equatable {
    package enum Place: String, Sendable, Encodable {
        case path, query, header
    }

    package let place: Place
    package let name: String
    /// One Czech sentence for the interface's description, with unit and form.
    package let czech: String
    package let schema: Schema
    package let isRequired: Bool

    package static func query(
        _ name: String,
        _ czech: String,
        _ schema: Schema = .string(format: nil),
        isRequired: Bool = false
    ) -> Parameter {
        Parameter(place: .query, name: name, czech: czech, schema: schema, isRequired: isRequired)
    }

    package static func header(
        _ name: String,
        _ czech: String,
        _ schema: Schema = .string(format: nil)
    ) -> Parameter {
        Parameter(place: .header, name: name, czech: czech, schema: schema, isRequired: true)
    }

    package static func path(_ name: String, _ czech: String, _ schema: Schema = .string(format: nil))
        -> Parameter
    {
        Parameter(place: .path, name: name, czech: czech, schema: schema, isRequired: true)
    }
}

extension Parameter {
    /// What a name means wherever it stands in a path; a route says it better where it can.
    static let known: [String: Parameter] = Dictionary(
        uniqueKeysWithValues: [
            path("id", "Identifikátor (UUID) z odkazu nebo ze seznamu."),
            path("digest", "Otisk SHA-256, 64 šestnáctkových číslic."),
            path("code", "Kód ze seznamu nebo z odkazu."), path("token", "Tajemství z odkazu v e-mailu."),
            path("secret", "Heslo podání z potvrzení."), path("document", "Identifikátor dokumentu (UUID)."),
            path("account", "Číslo účtu, například 231 nebo 231.10."), path("step", "Kód kroku převzetí."),
            path("version", "Otisk verze vzhledu."), path("name", "Název souboru."),
        ].map { ($0.name, $0) }
    )
}

extension Route {
    /// The request as the handler sees it: of the address only what the route declares.
    ///
    /// At the addresses for programs what is missing or unknown is refused by its name; a page leaves it out.
    func reading(_ request: Request) throws -> Request {
        let asked = asks.filter { $0.place == .query }
        guard isInterface || request.uri.query != nil else { return request }
        guard isInterface || !asked.isEmpty else { return request.asking(nil) }
        let pairs = try request.uri.query.map { try Input.pairs(in: ByteBuffer(string: $0)) } ?? []
        if isInterface { try refuse(pairs, asked, request) }
        let names = Set(asked.map(\.name))
        let kept = pairs.filter { names.contains($0.name) }.map { pair in
            "\(pair.name)=\(pair.value.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")"
        }
        return request.asking(kept.isEmpty ? nil : kept.joined(separator: "&"))
    }

    private func refuse(_ pairs: [Input.Pair], _ asked: [Parameter], _ request: Request) throws {
        var faults: [String: String] = [:]
        for pair in pairs where pair.name != "_token" && !asked.contains(where: { $0.name == pair.name }) {
            let known = asked.map(\.name).joined(separator: ", ")
            faults[pair.name] =
                known.isEmpty
                ? "Tato adresa žádné parametry nemá." : "Takový parametr tu není. Jsou tu: \(known)."
        }
        // Whoever has to sign is told of the signature, and of nothing before it.
        for parameter in asks where parameter.isRequired && access != .signature {
            let value: String? =
                switch parameter.place {
                case .query: pairs.last { $0.name == parameter.name }?.value
                case .header: HTTPField.Name(parameter.name).flatMap { request.headers[$0] }
                case .path: "x"
                }
            if value?.isEmpty ?? true { faults[parameter.name] = "Chybí. \(parameter.czech)" }
        }
        guard !faults.isEmpty else { return }
        let missing = faults.keys.sorted().joined(separator: ", ")
        throw PlainRefusal(
            .invalid,
            "parameters",
            "Zkontrolujte prosím parametry: \(missing). Popis je na /api/openapi.json.",
            fields: faults
        )
    }
}

extension Request {
    /// The same with this behind the `?`, already escaped.
    fileprivate func asking(_ query: String?) -> Request {
        var head = head
        head.path = uri.path + (query.map { "?\($0)" } ?? "")
        return Request(head: head, body: body)
    }
}
