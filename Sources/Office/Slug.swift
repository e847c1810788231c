/// The part of an address that names an office, such as `hejnice`.
package enum Slug {
    /// Names that an office can never have, because they are, or may become, the region's own.
    package static let reserved: Set<String> = [
        "www", "api", "admin", "region", "kraj", "static", "mail", "smtp", "imap", "ftp", "ns", "ns1", "ns2",
        "healthz", "readyz", "metrics", "localhost", "epom", "sprava", "podani", "prihlaseni", "test", "dev",
        "status", "autodiscover", "autoconfig", "mx", "vpn", "cdn", "assets",
    ]

    /// Diacritics folded, everything that is not a letter or digit a single hyphen; at most 50 letters.
    package static func of(_ name: String) -> String {
        let words = folded(name).split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
        return String(words.joined(separator: "-").prefix(50))
    }

    /// The slugs of a whole register, computed at once, so that they do not depend on who came first.
    ///
    /// Names that collide all take their ORP as suffix, and where that does not part them their code too;
    /// so do reserved names.
    package static func all(of offices: [(code: String, name: String, orp: String)]) -> [String: String] {
        let plain = Dictionary(grouping: offices) { of($0.name) }
        let withORP = Dictionary(grouping: offices) { of("\($0.name) \($0.orp)") }
        var slugs: [String: String] = [:]
        for office in offices {
            let short = of(office.name)
            let long = of("\(office.name) \(office.orp)")
            if plain[short, default: []].count == 1, !reserved.contains(short) {
                slugs[office.code] = short
            } else if withORP[long, default: []].count == 1, plain[long] == nil {
                slugs[office.code] = long
            } else {
                slugs[office.code] = "\(long)-\(office.code)"
            }
        }
        return slugs
    }
}
