/// The table of contents of a ZIP file; nothing is unpacked.
///
/// Source: PKWARE's APPNOTE 6.3, §§ 4.3.7, 4.3.12 and 4.3.16.
struct ZipDirectory {
    private static let bytesMax = 8 << 20
    private static let entriesMax = 20_000

    private let names: [String]
    /// What OpenDocument, EPUB and ASiC keep unpacked as their first entry.
    private let declaredType: String?

    /// Nil for a file that is cut off, has no table, or one too large to look at.
    init?(of specimen: Specimen) throws {
        let tailBytes = min(specimen.byteCount, 22 + 0xFFFF)
        let tail = try specimen.read(specimen.byteCount - tailBytes, tailBytes)
        guard let end = Self.endRecord(in: tail) else { return nil }
        let count = Self.number(tail, end + 10, 2)
        let length = Self.number(tail, end + 12, 4)
        let offset = Self.number(tail, end + 16, 4)
        guard count <= Self.entriesMax, length <= Self.bytesMax, offset + length <= specimen.byteCount else {
            return nil
        }
        let table = try specimen.read(offset, length)
        guard let names = Self.names(in: table, count: count) else { return nil }
        self.names = names
        declaredType = Self.declaredType(try specimen.read(0, 256))
    }

    func mediaType() -> MediaType {
        if names.contains(where: Self.runs) { return .program }
        switch declaredType {
        case "application/vnd.oasis.opendocument.text": return .odt
        case "application/vnd.oasis.opendocument.spreadsheet": return .ods
        case "application/vnd.oasis.opendocument.presentation": return .odp
        case "application/vnd.etsi.asic-e+zip", "application/vnd.etsi.asic-s+zip": return .asic
        default: break
        }
        if names.contains("[Content_Types].xml") {
            if names.contains(where: { $0.lowercased().hasSuffix("vbaproject.bin") }) {
                return .macroDocument
            }
            if names.contains(where: { $0.hasPrefix("word/") }) { return .docx }
            if names.contains(where: { $0.hasPrefix("xl/") }) { return .xlsx }
            if names.contains(where: { $0.hasPrefix("ppt/") }) { return .pptx }
        }
        if names.contains(where: Self.signs) { return .asic }
        return names.contains(where: { $0.lowercased().hasSuffix(".isdoc") }) ? .isdocx : .zip
    }

    /// Names that a computer would run when a person opens them, and the parts of Java and Android programs.
    private static func runs(_ name: String) -> Bool {
        let lower = name.lowercased()
        let endings = [
            ".exe", ".scr", ".com", ".bat", ".cmd", ".pif", ".msi", ".ps1", ".vbs", ".vbe", ".wsf", ".hta",
            ".lnk",
            ".jar", ".class", ".dex", ".dll", ".jse", ".cpl", ".reg",
        ]
        return endings.contains(where: lower.hasSuffix)
    }

    /// The signature of a container whose writer did not declare its type first (ETSI EN 319 162-1, § 4.4).
    private static func signs(_ name: String) -> Bool {
        name.hasPrefix("META-INF/")
            && (name.hasSuffix(".p7s") || name.lowercased().hasSuffix("signatures.xml"))
    }

    private static func endRecord(in tail: [UInt8]) -> Int? {
        var place = tail.count - 22
        while place >= 0 {
            if number(tail, place, 4) == 0x0605_4B50, place + 22 + number(tail, place + 20, 2) <= tail.count {
                return place
            }
            place -= 1
        }
        return nil
    }

    private static func names(in table: [UInt8], count: Int) -> [String]? {
        var names: [String] = []
        var place = 0
        for _ in 0..<count {
            guard place + 46 <= table.count, number(table, place, 4) == 0x0201_4B50 else { return nil }
            let nameLength = number(table, place + 28, 2)
            let next = place + 46 + nameLength + number(table, place + 30, 2) + number(table, place + 32, 2)
            guard next <= table.count else { return nil }
            names.append(String(decoding: table[place + 46..<place + 46 + nameLength], as: UTF8.self))
            place = next
        }
        return names
    }

    private static func declaredType(_ start: [UInt8]) -> String? {
        guard start.count >= 38, number(start, 8, 2) == 0, number(start, 26, 2) == 8,
            start[30..<38].elementsEqual("mimetype".utf8)
        else { return nil }
        let content = 38 + number(start, 28, 2)
        let length = number(start, 18, 4)
        guard length <= 100, content + length <= start.count else { return nil }
        return String(decoding: start[content..<content + length], as: UTF8.self)
            .trimmingSuffix { $0.isWhitespace }
    }

    private static func number(_ bytes: [UInt8], _ place: Int, _ width: Int) -> Int {
        bytes[place..<place + width].reversed().reduce(0) { $0 << 8 | Int($1) }
    }
}

extension String {
    fileprivate func trimmingSuffix(_ drop: (Character) -> Bool) -> String {
        var text = self[...]
        while let last = text.last, drop(last) { text = text.dropLast() }
        return String(text)
    }
}
