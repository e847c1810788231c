import Foundation
import Office
import Testing

/// What an office may choose must be seen by everybody: measured as WCAG 2.2 defines it.
@Suite struct `The palette of offices` {
    private static let css: String =
        (try? String(
            contentsOf: TestHouse.pages.appending(path: "../Assets/epom.css"),
            encoding: .utf8
        )) ?? ""

    /// The hex digits of a token's declarations, light first.
    private func colours(_ pattern: String) throws -> [String] {
        let regex = try Regex(pattern + "[^}]*?#([0-9a-f]{3,6});", as: (Substring, Substring).self)
        return Self.css.matches(of: regex).map { String($0.output.1) }
    }

    private func luminance(_ hex: String) -> Double {
        let digits = hex.count == 3 ? hex.map { "\($0)\($0)" }.joined() : hex
        let parts = stride(from: 0, to: 6, by: 2).map { offset -> Double in
            let start = digits.index(digits.startIndex, offsetBy: offset)
            let part = Double(Int(digits[start...].prefix(2), radix: 16) ?? 0) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }

    private func contrast(_ one: String, _ other: String) -> Double {
        let sorted = [luminance(one), luminance(other)].sorted()
        return (sorted[1] + 0.05) / (sorted[0] + 0.05)
    }

    @Test func `is known to the measure`() {
        #expect(abs(contrast("fff", "000") - 21) < 0.001)
        #expect(contrast("777777", "ffffff") < 4.5 && contrast("767676", "ffffff") > 4.5)
    }

    @Test(arguments: Accent.allCases)
    func `has each colour for light and dark, 4,5 : 1 against paper and desk`(_ accent: Accent) throws {
        let found = try colours("\\[data-accent=\(accent.rawValue)\\] \\{ --accent: ")
        try #require(found.count == 2, "\(found)")
        for ground in ["--paper: ", "--desk: "] {
            let grounds = try Self.css.matches(
                of: Regex(ground + "#([0-9a-f]{3,6});", as: (Substring, Substring).self)
            ).prefix(2).map { String($0.output.1) }
            for (colour, ground) in zip(found, grounds) {
                #expect(
                    contrast(colour, ground) >= 4.5,
                    "\(colour) on \(ground): \(contrast(colour, ground))"
                )
            }
        }
    }
}
