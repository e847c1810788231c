extension BinaryInteger {
    /// `12 345`, with spaces that do not break.
    package var grouped: String {
        var digits = Array(String(magnitude))
        var index = digits.count - 3
        while index > 0 {
            digits.insert("\u{A0}", at: index)
            index -= 3
        }
        return (self < 0 ? "−" : "") + String(digits)
    }
}
