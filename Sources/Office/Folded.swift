import Foundation

/// Lower case without diacritics: what searching compares, for text and query alike.
package func folded(_ text: String) -> String {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.lowercased() }
    var result = ""
    result.reserveCapacity(text.utf8.count)
    for scalar in text.lowercased().decomposedStringWithCanonicalMapping.unicodeScalars {
        switch scalar.value {
        case 0x300...0x36F: continue
        case 0xDF: result += "ss"
        case 0xE6: result += "ae"
        case 0x153: result += "oe"
        case 0x142: result += "l"
        case 0x111: result += "d"
        case 0xF8: result += "o"
        case 0xA0: result += " "
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}

/// Words of a text as a prefix query for `to_tsquery('simple', …)`; nil when there is no word.
package func prefixQuery(_ text: String) -> String? {
    let words = folded(text).split { !($0.isLetter || $0.isNumber) }.prefix(8)
    return words.isEmpty ? nil : words.map { "\($0):*" }.joined(separator: " & ")
}

extension String {
    /// The same at the beginning of a line; names of kinds are lower case inside a sentence.
    package var atStart: String { prefix(1).uppercased() + dropFirst() }

    /// With a full stop, where it does not end a sentence already, as an abbreviation such as `Sb.` does.
    package var asSentence: String { last.map { ".!?…".contains($0) } == true ? self : self + "." }
}
