import Database

/// What a file is by its content.
///
/// The raw value is kept in the database.
package enum MediaType: String, Sendable, Hashable, CaseIterable, Codable, SQLCodable {
    case pdf, jpeg, png, tiff, gif, heic, webp, bmp
    case docx, xlsx, pptx, odt, ods, odp, rtf
    /// The containers of Word, Excel and PowerPoint before 2007.
    case olderOffice
    case text, xml, isdoc, isdocx
    case zip
    /// ASiC, a container of documents with their signatures.
    case asic
    /// CMS, as in `.p7s`, `.p7m` and the `.zfo` of data boxes.
    case signed
    case email
    case mp4, mp3, wav
    case html, svg
    /// Anything that a computer would run, also inside a ZIP.
    case program
    /// A document with macros.
    case macroDocument
    case unknown

    /// What the offices take in: everything that was recognized and does not run.
    package static let accepted = Set(allCases).subtracting([.program, .macroDocument, .unknown])

    /// What a browser may show in place; everything else is only ever saved.
    ///
    /// Never HTML, SVG or XML: a script in them would run under the office's address.
    package var isShownInline: Bool {
        switch self {
        case .pdf, .jpeg, .png, .gif, .webp, .bmp, .text, .mp4, .mp3, .wav: true
        default: false
        }
    }

    /// For `Content-Type`; send `X-Content-Type-Options: nosniff` with it.
    package var contentType: String {
        switch self {
        case .pdf: "application/pdf"
        case .jpeg: "image/jpeg"
        case .png: "image/png"
        case .tiff: "image/tiff"
        case .gif: "image/gif"
        case .heic: "image/heic"
        case .webp: "image/webp"
        case .bmp: "image/bmp"
        case .docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        case .odt: "application/vnd.oasis.opendocument.text"
        case .ods: "application/vnd.oasis.opendocument.spreadsheet"
        case .odp: "application/vnd.oasis.opendocument.presentation"
        case .rtf: "application/rtf"
        case .olderOffice: "application/x-ole-storage"
        case .text: "text/plain; charset=utf-8"
        case .xml, .isdoc: "application/xml"
        case .isdocx, .zip: "application/zip"
        case .asic: "application/vnd.etsi.asic-e+zip"
        case .signed: "application/pkcs7-mime"
        case .email: "message/rfc822"
        case .mp4: "video/mp4"
        case .mp3: "audio/mpeg"
        case .wav: "audio/wav"
        case .html: "text/html"
        case .svg: "image/svg+xml"
        case .program, .macroDocument, .unknown: "application/octet-stream"
        }
    }

    /// The endings that such a file may have, the usual one first; none where any will do.
    package var extensions: [String] {
        switch self {
        case .jpeg: ["jpg", "jpeg", "jpe", "jfif"]
        case .tiff: ["tif", "tiff"]
        case .heic: ["heic", "heif"]
        case .olderOffice: ["doc", "xls", "ppt", "msg", "dot", "xlt", "pps"]
        case .text: ["txt", "csv", "md", "log", "json", "ics", "vcf", "gpc", "abo"]
        case .xml: ["xml", "gml", "gpx", "kml", "xsd", "fo", "vfp"]
        case .asic: ["asice", "asics", "sce", "scs", "zip"]
        case .signed: ["p7s", "p7m", "p7b", "zfo"]
        case .email: ["eml"]
        case .mp4: ["mp4", "m4v", "m4a", "mov"]
        case .html: ["html", "htm"]
        case .program, .macroDocument, .unknown: []
        default: [rawValue]
        }
    }

    /// The type as a person calls it.
    package var label: String {
        switch self {
        case .pdf: "PDF"
        case .jpeg: "JPEG"
        case .png: "PNG"
        case .tiff: "TIFF"
        case .gif: "GIF"
        case .heic: "HEIC"
        case .webp: "WebP"
        case .bmp: "BMP"
        case .docx: "Word (DOCX)"
        case .xlsx: "Excel (XLSX)"
        case .pptx: "PowerPoint (PPTX)"
        case .odt: "text OpenDocument (ODT)"
        case .ods: "tabulka OpenDocument (ODS)"
        case .odp: "prezentace OpenDocument (ODP)"
        case .rtf: "RTF"
        case .olderOffice: "starší dokument Office (DOC, XLS, PPT)"
        case .text: "prostý text"
        case .xml: "XML"
        case .isdoc: "faktura ISDOC"
        case .isdocx: "faktura ISDOCX"
        case .zip: "archiv ZIP"
        case .asic: "podepsaný kontejner ASiC"
        case .signed: "podepsaná zpráva (P7M, P7S, ZFO)"
        case .email: "e-mail (EML)"
        case .mp4: "video MP4"
        case .mp3: "zvuk MP3"
        case .wav: "zvuk WAV"
        case .html: "HTML"
        case .svg: "SVG"
        case .program: "program"
        case .macroDocument: "dokument s makry"
        case .unknown: "neznámý typ"
        }
    }
}
