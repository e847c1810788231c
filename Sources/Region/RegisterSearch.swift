import Office

extension Register {
    /// Offices whose name, ORP or postcode fits; all of them for an empty query.
    ///
    /// `ORP Frýdlant` asks for a district alone. Letter case and diacritics do not matter.
    func search(_ text: String) -> [RegisteredOffice] {
        let wanted = folded(text).split(separator: " ").joined(separator: " ")
        guard !wanted.isEmpty else { return offices }
        if wanted.hasPrefix("orp ") {
            let name = String(wanted.dropFirst(4))
            return offices.filter { folded($0.orpName) == name }
        }
        let digits = wanted.filter { $0 != " " }
        if digits.allSatisfy({ $0.isASCII && $0.isNumber }) {
            let inPart = Set(parts.filter { $0.postcode.hasPrefix(digits) }.map(\.tenant))
            return offices.filter { office in
                office.code == digits || inPart.contains(office.tenant)
                    || office.postcodes.contains { $0.hasPrefix(digits) }
            }
        }
        let byName = offices.filter { Self.begins(folded($0.name), with: wanted) }
        let inParts = Set(parts.filter { folded($0.name) == wanted }.map(\.tenant))
            .subtracting(byName.map(\.tenant))
        return byName + offices.filter { inParts.contains($0.tenant) }
    }

    /// True when the name, or a word of it, begins with the query.
    private static func begins(_ name: String, with wanted: String) -> Bool {
        name.hasPrefix(wanted) || name.contains(" " + wanted)
    }

    /// The municipality that somebody meant by a name, a name with its district, or a code.
    func municipality(meant text: String) -> RegisteredOffice? {
        let wanted = folded(text).split(separator: " ").joined(separator: " ")
        guard !wanted.isEmpty else { return nil }
        let candidates = offices.filter { !$0.isRegion }
        let exact = candidates.filter {
            $0.code == wanted || folded($0.name) == wanted || folded(label(of: $0)) == wanted
        }
        return exact.count == 1 ? exact[0] : nil
    }

    /// Any office that somebody meant, the regional one included.
    package func office(meant text: String) -> RegisteredOffice? {
        municipality(meant: text) ?? region(meant: text)
    }

    /// The name, with the district where two municipalities share it.
    package func label(of office: RegisteredOffice) -> String {
        sharedNames.contains(office.name) ? "\(office.name) (okres \(office.district))" : office.name
    }
}

extension RegisteredOffice {
    /// What the register says, for the console.
    var facts: [Fact] {
        let answer = { (known: Bool?) in known.map { $0 ? "ano" : "ne" } ?? "zatím nepotvrzeno" }
        guard !isRegion else {
            return [Fact(name: "Kód kraje", value: code), Fact(name: "Druh", value: level)]
        }
        return [
            Fact(name: "Kód obce (RÚIAN)", value: code),
            Fact(name: "Status", value: status.czech),
            Fact(name: "Druh", value: level),
            Fact(name: "Obec s rozšířenou působností", value: orpName),
            Fact(name: "Pověřený obecní úřad", value: pouName),
            Fact(name: "Okres", value: district),
            Fact(name: "Obyvatel (2020)", value: population.grouped),
            Fact(name: "PSČ", value: postcodes.map(Address.postcode).joined(separator: ", ")),
            Fact(name: "Matriční úřad", value: answer(hasRegistryOffice)),
            Fact(name: "Stavební úřad", value: answer(hasBuildingOffice)),
        ]
    }

    /// What the office is to others (§§ 61 to 66 of act 128/2000).
    var level: String {
        if isRegion { return "krajský úřad" }
        if isORP { return "obec s rozšířenou působností" }
        return isPOU ? "obec s pověřeným obecním úřadem" : "obec se základní působností"
    }

    /// The same office after an administrator said what the data do not know.
    func confirmed(registry: Bool, building: Bool) -> RegisteredOffice {
        RegisteredOffice(
            tenant: tenant,
            code: code,
            isRegion: isRegion,
            name: name,
            status: status,
            slug: slug,
            orpCode: orpCode,
            orpName: orpName,
            pouCode: pouCode,
            pouName: pouName,
            district: district,
            population: population,
            postcodes: postcodes,
            isORP: isORP,
            isPOU: isPOU,
            hasRegistryOffice: registry,
            hasBuildingOffice: building,
            isDesignated: isRegion || isORP || isPOU || registry || building
        )
    }
}
