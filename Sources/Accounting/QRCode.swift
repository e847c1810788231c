import CQREncode

/// A QR code as the squares of a picture.
struct QRCode: Sendable {
    let side: Int
    /// Path of an SVG: a square for each dark module.
    let path: String

    /// Nil when the text is too long for any code.
    init?(_ text: String) {
        guard let code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) else { return nil }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        var path = ""
        for y in 0..<width {
            for x in 0..<width where code.pointee.data[y * width + x] & 1 == 1 {
                path += "M\(x + 4) \(y + 4)h1v1h-1z"
            }
        }
        side = width + 8
        self.path = path
    }
}
