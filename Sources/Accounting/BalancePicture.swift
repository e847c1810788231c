import Office

/// Balances at the ends of months as columns about a line of nothing.
struct BalancePicture: Codable, Sendable {
    let columns: [Column]
    /// Where nothing lies, from the top.
    let zero: Int
    /// What the picture shows, for whoever does not see it.
    let words: String

    struct Column: Codable, Sendable {
        let x: Int
        let y: Int
        let height: Int
        let middle: Int
        let month: String
        let amount: String
        let isCredit: Bool
    }

    static let height = 120
    static let step = 60

    /// One balance for each month that has come; nil where all are nothing.
    init?(_ balances: [Money]) {
        let amounts = balances.map(\.hellers)
        let top = max(0, amounts.max() ?? 0)
        let bottom = min(0, amounts.min() ?? 0)
        guard top > bottom else { return nil }
        let span = Double(top - bottom)
        func scaled(_ amount: Int) -> Int { Int((Double(amount) / span * Double(Self.height)).rounded()) }
        let zero = scaled(top)
        self.zero = zero
        columns = amounts.enumerated().map { index, amount in
            let height = max(abs(scaled(amount)), amount == 0 ? 0 : 1)
            return Column(
                x: index * Self.step + 10,
                y: amount >= 0 ? zero - height : zero,
                height: height,
                middle: index * Self.step + Self.step / 2,
                month: Month.roman[index],
                amount: balances[index].plain,
                isCredit: amount < 0
            )
        }
        words =
            "Zůstatky na konci měsíců: "
            + zip(Month.names, balances).map { "\($0) \($1.plain)" }.joined(separator: ", ")
    }
}

enum Month {
    static let names = [
        "leden", "únor", "březen", "duben", "květen", "červen", "červenec", "srpen", "září", "říjen",
        "listopad", "prosinec",
    ]
    static let roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
}
