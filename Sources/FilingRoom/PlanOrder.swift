/// The place of a code in the filing plan: by the numbers of its parts, so that 58.2 stands before 101 and 58.10.
struct PlanOrder: Comparable {
    private let parts: [Int]
    private let code: String

    init(_ code: String) {
        self.code = code
        parts = code.split(separator: ".").map { Int($0) ?? .max }
    }

    static func < (one: PlanOrder, other: PlanOrder) -> Bool {
        one.parts == other.parts
            ? one.code < other.code : one.parts.lexicographicallyPrecedes(other.parts)
    }
}
