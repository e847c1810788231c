/// A file to be recognized by its content.
///
/// Names and declared types are never asked: they are what the sender says, not what the file is.
struct Specimen {
    static let headBytes = 64 << 10

    let byteCount: Int
    /// Whether all of it is UTF-8 without control characters.
    let isText: Bool
    /// Gives bytes from an offset on, fewer at the end.
    let read: (_ offset: Int, _ count: Int) throws -> [UInt8]

    func mediaType() throws -> MediaType {
        let head = try read(0, min(byteCount, Self.headBytes))
        if isProgram(head) { return .program }
        if let type = byMagic(head) { return type }
        if head.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return try ZipDirectory(of: self)?.mediaType() ?? .unknown
        }
        if head.starts(with: Self.olderOffice) { return try olderOffice(head) }
        return Prose(head: head, isText: isText).mediaType()
    }

    private static let olderOffice: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    private func isProgram(_ head: [UInt8]) -> Bool {
        let marks: [[UInt8]] = [
            [0x7F, 0x45, 0x4C, 0x46],  // ELF
            [0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE],
            [0xCF, 0xFA, 0xED, 0xFE],
            [0xCA, 0xFE, 0xBA, 0xBE],  // Java, and Mach-O for several processors
            [0x00, 0x61, 0x73, 0x6D],  // WebAssembly
            [0x4C, 0x00, 0x00, 0x00, 0x01, 0x14, 0x02, 0x00],  // a shortcut of Windows
            [0x4D, 0x53, 0x43, 0x46],  // a cabinet of Windows
        ]
        if marks.contains(where: head.starts(with:)) { return true }
        // A text may begin with MZ; a program of Windows is never text.
        if head.starts(with: "MZ".utf8) && !isText { return true }
        let start = head.drop { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 <= 0x20 }.prefix(5)
        return start.starts(with: "#!".utf8) || start.elementsEqual("<?php".utf8)
    }

    private func byMagic(_ head: [UInt8]) -> MediaType? {
        func at(_ offset: Int, _ mark: String) -> Bool { head.dropFirst(offset).starts(with: mark.utf8) }
        func starts(_ mark: [UInt8]) -> Bool { head.starts(with: mark) }
        if head.drop(while: { $0 == 0xEF || $0 == 0xBB || $0 == 0xBF || $0 <= 0x20 }).starts(
            with: "%PDF-".utf8
        ) {
            return .pdf
        }
        if starts([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) { return .png }
        if starts([0xFF, 0xD8, 0xFF]) { return .jpeg }
        if at(0, "GIF87a") || at(0, "GIF89a") { return .gif }
        if starts([0x49, 0x49, 0x2A, 0x00]) || starts([0x4D, 0x4D, 0x00, 0x2A]) { return .tiff }
        if at(0, "RIFF") && at(8, "WEBP") { return .webp }
        if at(0, "RIFF") && at(8, "WAVE") { return .wav }
        if at(0, "BM") && !isText && head.count >= 26 && head[6..<10].allSatisfy({ $0 == 0 }) { return .bmp }
        if at(0, "{\\rtf") { return .rtf }
        if at(4, "ftyp") { return isoMedia(head) }
        if at(0, "ID3") && !isText || isMP3Frame(head) { return .mp3 }
        if isSignedData(head) { return .signed }
        if starts([0x50, 0x4B, 0x05, 0x06]) { return .zip }
        return nil
    }

    /// ISO 14496-12: a brand and its compatible brands, four letters each.
    private func isoMedia(_ head: [UInt8]) -> MediaType {
        let length = head.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        guard length >= 16, length <= min(head.count, 512) else { return .unknown }
        var brands: [String] = []
        for offset in stride(from: 8, to: length - 3, by: 4) where offset != 12 {
            brands.append(String(decoding: head[offset..<offset + 4], as: UTF8.self))
        }
        if brands.contains(where: ["heic", "heix", "hevc", "heim", "heis"].contains) { return .heic }
        let video = ["isom", "iso2", "iso4", "iso5", "iso6", "mp41", "mp42", "avc1", "M4V ", "M4A ", "qt  "]
        return brands.contains(where: video.contains) ? .mp4 : .unknown
    }

    /// ISO 11172-3: a frame of layer III with a bit rate and a sampling rate that exist.
    private func isMP3Frame(_ head: [UInt8]) -> Bool {
        guard head.count >= 128, head[0] == 0xFF, head[1] & 0xE6 == 0xE2, head[1] & 0x18 != 0x08 else {
            return false
        }
        return head[2] >> 4 != 0 && head[2] >> 4 != 15 && head[2] >> 2 & 3 != 3
    }

    /// RFC 5652: a ContentInfo that begins with the identifier of signedData, in DER or BER.
    private func isSignedData(_ head: [UInt8]) -> Bool {
        let identifier: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]
        guard head.count > 20, head[0] == 0x30 else { return false }
        let lengthBytes = head[1] < 0x80 ? 1 : Int(head[1] & 0x7F) + 1
        return lengthBytes <= 5 && head.dropFirst(1 + lengthBytes).starts(with: identifier)
    }

    /// The class of the root entry tells an installer from a document.
    private func olderOffice(_ head: [UInt8]) throws -> MediaType {
        guard head.count >= 512 else { return .unknown }
        let sectorBits = Int(head[30]) | Int(head[31]) << 8
        let sector = Int(head[48]) | Int(head[49]) << 8 | Int(head[50]) << 16 | Int(head[51]) << 24
        guard sectorBits == 9 || sectorBits == 12 else { return .unknown }
        let entry = try read((sector + 1) << sectorBits, 128)
        guard entry.count == 128, entry.starts(with: "Root Entry".utf8.flatMap { [$0, 0] }) else {
            return .unknown
        }
        let installer: [UInt8] = [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
        return entry[80..<96].elementsEqual(installer) ? .program : .olderOffice
    }
}

extension MediaType {
    /// Recognizes bytes that are in memory.
    package static func of(_ bytes: [UInt8]) -> MediaType {
        var text = TextCheck()
        text.take(bytes)
        let specimen = Specimen(byteCount: bytes.count, isText: text.isText) { offset, count in
            Array(bytes.dropFirst(offset).prefix(count))
        }
        return (try? specimen.mediaType()) ?? .unknown
    }
}
