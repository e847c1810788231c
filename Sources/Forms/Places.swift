import Foundation

/// The municipalities of the region and their parts, as a form offers and understands them.
package struct Places: Sendable {
    package struct Municipality: Sendable, Equatable {
        package let code: String
        package let name: String
        package let district: String
        package let postcode: String

        package init(code: String, name: String, district: String, postcode: String) {
            (self.code, self.name, self.district, self.postcode) = (code, name, district, postcode)
        }
    }

    package struct Part: Sendable, Equatable {
        package let code: String
        package let name: String
        package let postcode: String
        package let municipality: String

        package init(code: String, name: String, postcode: String, municipality: String) {
            (self.code, self.name, self.postcode, self.municipality) = (code, name, postcode, municipality)
        }
    }

    /// In the order of the Czech alphabet, as the register gave them.
    package let municipalities: [Municipality]
    private let byCode: [String: Municipality]
    private let byName: [String: [Municipality]]
    private let byPostcode: [String: [Municipality]]
    private let partsByMunicipality: [String: [Part]]
    private let partByCode: [String: Part]

    package init(municipalities: [Municipality], parts: [Part]) {
        self.municipalities = municipalities
        byCode = Dictionary(municipalities.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        byName = Dictionary(grouping: municipalities) { Self.folded($0.name) }
        partsByMunicipality = Dictionary(grouping: parts, by: \.municipality)
        partByCode = Dictionary(parts.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
        var codes: [String: Set<String>] = [:]
        for municipality in municipalities {
            codes[municipality.postcode, default: []].insert(municipality.code)
        }
        for part in parts { codes[part.postcode, default: []].insert(part.municipality) }
        byPostcode = codes.mapValues { set in municipalities.filter { set.contains($0.code) } }
    }

    package func municipality(_ code: String) -> Municipality? { byCode[code] }
    func part(_ code: String) -> Part? { partByCode[code] }
    package func parts(of code: String) -> [Part] { partsByMunicipality[code] ?? [] }
    package func municipalities(postcode: String) -> [Municipality] { byPostcode[postcode] ?? [] }

    /// A municipality with the district beside its name where two have the same.
    package func label(of municipality: Municipality) -> String {
        (byName[Self.folded(municipality.name)]?.count ?? 0) > 1
            ? "\(municipality.name) (okres \(municipality.district))" : municipality.name
    }

    /// Those whom a code, a name, or a name with its district can mean.
    func municipalities(meant text: String) -> [Municipality] {
        if let municipality = byCode[text] { return [municipality] }
        let wanted = Self.folded(text)
        return byName[wanted] ?? municipalities.filter { Self.folded(label(of: $0)) == wanted }
    }

    /// Those of whose names a word begins with the text.
    func municipalities(like text: String) -> [Municipality] {
        let wanted = Self.folded(text)
        guard !wanted.isEmpty else { return [] }
        return municipalities.filter { municipality in
            let name = Self.folded(municipality.name)
            return name.hasPrefix(wanted) || name.contains(" \(wanted)") || name.contains("-\(wanted)")
        }
    }

    func parts(meant text: String, in code: String) -> [Part] {
        let wanted = Self.folded(text)
        return parts(of: code).filter { $0.code == text || Self.folded($0.name) == wanted }
    }

    private static func folded(_ text: String) -> String {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
            .split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
