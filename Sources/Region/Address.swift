import Foundation
import Office

/// Small helps for addresses and figures of the console's pages.
enum Address {
    static func escaped(_ text: String, keeping more: String = "") -> String {
        let kept = CharacterSet.alphanumerics.union(CharacterSet(charactersIn: more))
        return text.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
    }

    /// `463 62`, with a space that does not break.
    static func postcode(_ digits: String) -> String {
        digits.count == 5 ? "\(digits.prefix(3))\u{A0}\(digits.suffix(2))" : digits
    }

    /// `4,2 MB`; thousands, as disks are sold.
    static func bytes(_ count: Int) -> String {
        let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000)]
        guard let (name, size) = units.first(where: { count >= $0.1 }) else { return "\(count)\u{A0}B" }
        let tenths = (count * 10 + size / 2) / size
        return tenths >= 100
            ? "\((tenths / 10).grouped)\u{A0}\(name)"
            : "\(tenths / 10),\(tenths % 10)\u{A0}\(name)"
    }

    /// `5 minut`, `3 hodiny`, `2 dny`: how long something has been waiting.
    static func since(_ instant: Date, now: Date) -> String {
        let minutes = max(1, Int(now.timeIntervalSince(instant) / 60))
        if minutes < 60 { return counted(minutes, "minutu", "minuty", "minut") }
        if minutes < 48 * 60 { return counted(minutes / 60, "hodinu", "hodiny", "hodin") }
        return counted(minutes / 1440, "den", "dny", "dní")
    }

    static func counted(_ number: Int, _ one: String, _ few: String, _ many: String) -> String {
        let word = number == 1 ? one : (2...4).contains(number) ? few : many
        return "\(number.grouped)\u{A0}\(word)"
    }
}
