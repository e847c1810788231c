package import Office

/// The catalogue of services with all versions of their rules.
///
/// A version holds from its day until the day before the next; before its first day a service has no rule.
package struct Catalogue: Sendable {
    /// By code, oldest first.
    private let versions: [String: [PublicService]]
    /// Codes in the order in which people read the names.
    private let codes: [String]

    /// `services` come ordered by name.
    package init(_ services: [PublicService]) {
        versions = Dictionary(grouping: services, by: \.code)
            .mapValues { $0.sorted { $0.validFrom < $1.validFrom } }
        var seen: Set<String> = []
        codes = services.map(\.code).filter { seen.insert($0).inserted }
    }

    /// One version of every service that has a rule on the day.
    package func inForce(on day: Day) -> [PublicService] { codes.compactMap { rule(of: $0, on: day) } }

    /// The same, and of those that had no rule yet the first one.
    func newest(on day: Day) -> [PublicService] {
        codes.compactMap { rule(of: $0, on: day) ?? versions[$0]?.first }
    }

    package func rule(of code: String, on day: Day) -> PublicService? {
        versions[code]?.last { $0.validFrom <= day }
    }

    /// All versions, newest first; empty for a code that the catalogue does not know.
    package func history(of code: String) -> [PublicService] { versions[code]?.reversed() ?? [] }

    /// The last day of a version; nil while it is the newest.
    package func lastDay(of service: PublicService) -> Day? {
        versions[service.code]?.first { $0.validFrom > service.validFrom }.map { $0.validFrom - 1 }
    }

    package var services: [PublicService] { codes.flatMap { history(of: $0) } }
}
