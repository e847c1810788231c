import Foundation

/// A file's name as it is shown and offered for saving; it never leads to a place on the disk.
package struct FileName: Sendable, Hashable, CustomStringConvertible {
    package static let bytesMax = 200

    package let text: String
    package var description: String { text }

    /// Cleans the name that a sender gave: always something usable, at most 200 bytes of UTF-8.
    ///
    /// No path, no control or invisible or direction-changing characters, nothing that file systems forbid.
    /// An ending that does not belong to the type found gets the right one behind it.
    package init(cleaning given: String, type: MediaType = .unknown) {
        let last = given.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? ""
        var clean = ""
        for scalar in last.precomposedStringWithCanonicalMapping.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator, .spaceSeparator:
                clean.unicodeScalars.append(" ")
            case .format, .surrogate, .privateUse, .unassigned:
                continue
            default:
                clean.unicodeScalars.append(Self.forbidden.contains(scalar) ? "_" : scalar)
            }
        }
        clean = clean.split(separator: " ").joined(separator: " ")
        clean = String(clean.drop { $0 == "." || $0 == " " })
        while clean.hasSuffix(".") || clean.hasSuffix(" ") { clean.removeLast() }
        let (stem, ending) = Self.divided(clean, type)
        text = Self.shortened(stem.isEmpty ? "soubor" : stem, ending)
    }

    /// The value of `Content-Disposition` (RFC 6266, RFC 8187).
    ///
    /// Shown in place only when the type is safe there.
    package func contentDisposition(_ type: MediaType) -> String {
        let plain = String(
            text.unicodeScalars.map { $0.isASCII && $0 != "\"" && $0 != "%" ? Character($0) : "_" }
        )
        let encoded = text.utf8.map { byte in
            Self.plainBytes.contains(byte) ? String(UnicodeScalar(byte)) : String(format: "%%%02X", byte)
        }
        let way = type.isShownInline ? "inline" : "attachment"
        return "\(way); filename=\"\(plain)\"; filename*=UTF-8''\(encoded.joined())"
    }

    /// Whether a computer would run a file by this name, also once somebody took a harmless ending off.
    ///
    /// `.com` counts at the end alone: in the middle it is somebody's address.
    package static func runs(_ name: String) -> Bool {
        let parts = FileName(cleaning: name).text.lowercased().split(separator: ".").dropFirst().map {
            $0.trimmingCharacters(in: .whitespaces)
        }
        return parts.last == "com" || parts.contains(where: programs.contains)
    }

    private static let programs: Set<String> = [
        "exe", "msi", "msp", "scr", "pif", "bat", "cmd", "cpl", "ps1", "psm1", "vbs", "vbe", "js", "jse",
        "wsf", "wsh", "hta", "jar", "lnk", "reg", "dll", "sys", "appx", "msix", "apk", "dmg", "pkg", "deb",
        "rpm", "sh", "iso", "img", "vhd", "chm", "docm", "xlsm", "pptm", "html", "htm", "svg", "php",
    ]
    private static let forbidden = Set("<>:\"/\\|?*".unicodeScalars)
    private static let reserved: Set<String> = Set(
        ["con", "prn", "aux", "nul"] + (1...9).flatMap { ["com\($0)", "lpt\($0)"] }
    )
    private static let plainBytes = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&+-.^_`|~".utf8
    )

    /// The stem, and the ending with its dot or nothing.
    private static func divided(_ name: String, _ type: MediaType) -> (stem: String, ending: String) {
        var stem = name
        var ending = ""
        if let dot = name.lastIndex(of: "."), dot > name.startIndex {
            let tail = name[name.index(after: dot)...]
            if (1...10).contains(tail.utf8.count), tail.allSatisfy({ $0.isLetter || $0.isNumber }) {
                stem = String(name[..<dot])
                ending = ".\(tail)"
            }
        }
        if let usual = type.extensions.first, !type.extensions.contains(ending.dropFirst().lowercased()) {
            stem += ending
            ending = ".\(usual)"
        }
        if reserved.contains(stem.prefix { $0 != "." }.lowercased()) { stem = "_" + stem }
        return (stem, ending)
    }

    private static func shortened(_ stem: String, _ ending: String) -> String {
        var stem = stem
        while stem.utf8.count + ending.utf8.count > bytesMax { stem.removeLast() }
        return stem + ending
    }
}
