import Foundation
import Office

/// Small helps for addresses and figures of the console's pages.
enum Address {
    static func escaped(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// `12 345`, with a space that does not break.
    static func grouped(_ number: Int) -> String {
        var digits = Array(String(abs(number)))
        var index = digits.count - 3
        while index > 0 {
            digits.insert("\u{A0}", at: index)
            index -= 3
        }
        return (number < 0 ? "−" : "") + String(digits)
    }
}
