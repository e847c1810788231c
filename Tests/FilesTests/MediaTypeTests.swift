import Foundation
import Testing

@testable import Files

@Suite("What a file is by its content")
struct MediaTypeTests {
    static func zeros(_ start: [UInt8], _ count: Int = 200) -> [UInt8] {
        start + [UInt8](repeating: 0, count: count)
    }

    static let binary: [([UInt8], MediaType)] = [
        (Array("%PDF-1.4\n".utf8), .pdf),
        (Array("\u{FEFF}\r\n%PDF-2.0\n".utf8), .pdf),
        ([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0], .png),
        ([0xFF, 0xD8, 0xFF, 0xE0, 0], .jpeg),
        (Array("GIF89a".utf8) + [1, 0], .gif),
        ([0x49, 0x49, 0x2A, 0x00, 8], .tiff),
        ([0x4D, 0x4D, 0x00, 0x2A, 0], .tiff),
        (Array("RIFF".utf8) + [1, 0, 0, 0] + Array("WEBPVP8 ".utf8), .webp),
        (Array("RIFF".utf8) + [1, 0, 0, 0] + Array("WAVEfmt ".utf8), .wav),
        (zeros(Array("BM".utf8) + [0x46, 0, 0, 0, 0, 0, 0, 0, 0x36]), .bmp),
        (Array("{\\rtf1\\ansi".utf8), .rtf),
        (zeros([0, 0, 0, 24] + Array("ftypheic".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8)), .heic),
        (zeros([0, 0, 0, 24] + Array("ftypmif1".utf8) + [0, 0, 0, 0] + Array("mif1heic".utf8)), .heic),
        (zeros([0, 0, 0, 24] + Array("ftypisom".utf8) + [0, 0, 2, 0] + Array("isomiso2".utf8)), .mp4),
        (zeros([0, 0, 0, 20] + Array("ftypqt  ".utf8) + [0, 0, 2, 0] + Array("qt  ".utf8)), .mp4),
        (zeros([0, 0, 0, 20] + Array("ftypxxxx".utf8) + [0, 0, 2, 0] + Array("yyyy".utf8)), .unknown),
        (zeros([0, 0, 0xFF, 0xFF] + Array("ftypisom".utf8)), .unknown),
        (zeros(Array("ID3".utf8) + [4, 0]), .mp3),
        (zeros([0xFF, 0xFB, 0x90, 0x64]), .mp3),
        (zeros([0xFF, 0xFB, 0xF0, 0x64]), .unknown),
        (
            zeros([0x30, 0x82, 1, 0, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]),
            .signed
        ),
        (zeros([0x30, 0x80, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02]), .signed),
        ([0xFF, 0xFE, 0x41, 0x00, 0x42, 0x00], .unknown),
        ([0x1F, 0x8B, 0x08, 0x00], .unknown),
        ([0x50, 0x4B, 0x05, 0x06] + [UInt8](repeating: 0, count: 18), .zip),
    ]

    @Test("is told by its first bytes", arguments: MediaTypeTests.binary)
    func magic(bytes: [UInt8], type: MediaType) {
        #expect(MediaType.of(bytes) == type)
    }

    @Test(
        "is a program whatever its name says",
        arguments: [
            zeros(Array("MZ".utf8) + [0x90]), zeros([0x7F, 0x45, 0x4C, 0x46]), Array("#!/bin/sh\n".utf8),
            Array("\u{FEFF}#!/usr/bin/env python\n".utf8), Array("\n<?php echo 1;".utf8),
            [0xCA, 0xFE, 0xBA, 0xBE, 0], [0xCF, 0xFA, 0xED, 0xFE, 7],
            [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0],
        ]
    )
    func programs(bytes: [UInt8]) {
        #expect(MediaType.of(bytes) == .program)
        #expect(!MediaType.accepted.contains(.program))
    }

    @Test(
        "is text when all of it is UTF-8 without control characters",
        arguments: [
            ("MZdy za říjen", .text), ("BM;1;2\n", .text), ("ID3 je zkratka", .text), ("a", .text),
            ("\u{FEFF}jméno;částka\r\nNovák;1,50\r\n", .text), ("1 < 2", .text), ("<3 vesnice", .text),
            ("a\u{0}b", .unknown), ("a\u{1B}[31m", .unknown),
        ] as [(String, MediaType)]
    )
    func text(text: String, type: MediaType) {
        #expect(MediaType.of(Array(text.utf8)) == type)
    }

    // Unicode 16, table 3-7: the well-formed sequences and those just outside.
    @Test("tells UTF-8 from what only looks like it")
    func utf8() {
        for bytes: [UInt8] in [
            [0xC2, 0x80], [0xDF, 0xBF], [0xE0, 0xA0, 0x80], [0xED, 0x9F, 0xBF], [0xEE, 0x80, 0x80],
            [0xF0, 0x90, 0x80, 0x80], [0xF4, 0x8F, 0xBF, 0xBF],
        ] {
            #expect(MediaType.of(Array("a".utf8) + bytes) == .text, "\(bytes)")
        }
        for bytes: [UInt8] in [
            [0xC1, 0xBF], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xF0, 0x8F, 0xBF, 0xBF],
            [0xF4, 0x90, 0x80, 0x80],
            [0xF5, 0x80, 0x80, 0x80], [0x80], [0xC5], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xC5, 0x41],
        ] {
            #expect(MediaType.of(Array("a".utf8) + bytes) == .unknown, "\(bytes)")
        }
    }

    @Test("sees a character divided between two chunks, and a fault after a long text")
    func utf8InPieces() {
        let bytes = Array("Příliš žluťoučký kůň 🐎".utf8)
        for place in 0...bytes.count {
            var check = TextCheck()
            check.take(Array(bytes[..<place]))
            check.take(Array(bytes[place...]))
            #expect(check.isText)
        }
        let long = [UInt8](repeating: 0x61, count: 100_000)
        #expect(MediaType.of(long) == .text)
        #expect(MediaType.of(long + [0xFF]) == .unknown)
        #expect(MediaType.of(long + [0xC5]) == .unknown)
    }

    @Test(
        "is mark-up by its first element",
        arguments: [
            ("<?xml version=\"1.0\"?>\n<a/>", .xml),
            ("<?xml version=\"1.0\"?><!-- <svg> --><a><svg/></a>", .xml),
            ("<a:zprava xmlns:a=\"urn:x\"/>", .xml),
            (
                "<?xml version=\"1.0\"?><Invoice xmlns=\"http://isdoc.cz/namespace/2013\" version=\"6.0.1\">",
                .isdoc
            ),
            ("<?xml version=\"1.0\"?><i:Invoice xmlns:i=\"http://isdoc.cz/namespace/2013\">", .isdoc),
            ("<?xml version=\"1.0\"?><Invoice xmlns=\"urn:oasis:names:specification:ubl\">", .xml),
            ("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", .svg),
            ("<?xml version=\"1.0\"?><!DOCTYPE svg PUBLIC \"x\" \"y\"><svg/>", .svg),
            ("<!-- a --><!doctype HTML><p>", .html), ("  <ScRiPt>alert(1)</script>", .html),
            ("<html>", .html),
            ("<?xml version=\"1.0\"?><html xmlns=\"http://www.w3.org/1999/xhtml\">", .html),
            ("<!-- never ends", .text), ("<?xml version=\"1.0\"?>", .xml),
        ] as [(String, MediaType)]
    )
    func markup(text: String, type: MediaType) {
        #expect(MediaType.of(Array(text.utf8)) == type)
    }

    @Test("knows a declared XML in an older encoding, and no text in one")
    func olderEncodings() {
        #expect(
            MediaType.of(Array("<?xml version=\"1.0\" encoding=\"windows-1250\"?><a>".utf8) + [0xE8]) == .xml
        )
        #expect(MediaType.of([0x41, 0xE8, 0x41]) == .unknown)
    }

    @Test("shows no mark-up in place, since a script would run under the office's address")
    func inline() {
        for type in [MediaType.html, .svg, .xml, .isdoc, .zip, .email, .unknown, .program, .docx] {
            #expect(!type.isShownInline)
        }
        for type in [MediaType.pdf, .png, .text] { #expect(type.isShownInline) }
    }

    @Test("is a message by its header fields")
    func messages() {
        let message = "Received: from a\r\n by b\r\nFrom: a@example.cz\r\nSubject: x\r\n\r\nDobrý den"
        #expect(MediaType.of(Array(message.utf8)) == .email)
        #expect(MediaType.of(Array(message.utf8) + [0xE8, 0x00]) == .unknown)
        #expect(MediaType.of(Array(message.utf8) + [0xE8]) == .email)
        #expect(MediaType.of(Array("From: já\nDatum: dnes\n\n".utf8)) == .text)
        #expect(MediaType.of(Array("Od: a\nDate: b\n\n".utf8)) == .text)
        #expect(MediaType.of(Array("From: a\nnadpis bez dvojtečky\nDate: b\n\n".utf8)) == .text)
    }

    // Made by Python's zipfile, so that our reader is tried on another's writing.
    static let docx = """
        UEsDBBQAAAAIAABgd10Mqfl3DQAAAKAAAAATAAAAW0NvbnRlbnRfVHlwZXNdLnhtbLMJqSxILda3sxmkNABQSwMEFAAAAAgAAGB3
        XQnpvwYJAAAAUAAAABEAAAB3b3JkL2RvY3VtZW50LnhtbLMp17ezoSIGAFBLAQIUAxQAAAAIAABgd10Mqfl3DQAAAKAAAAATAAAA
        AAAAAAAAAACAAQAAAABbQ29udGVudF9UeXBlc10ueG1sUEsBAhQDFAAAAAgAAGB3XQnpvwYJAAAAUAAAABEAAAAAAAAAAAAAAIAB
        PgAAAHdvcmQvZG9jdW1lbnQueG1sUEsFBgAAAAACAAIAgAAAAHYAAAAAAA==
        """
    static let odt = """
        UEsDBBQAAAAAAABgd11exjIMJwAAACcAAAAIAAAAbWltZXR5cGVhcHBsaWNhdGlvbi92bmQub2FzaXMub3BlbmRvY3VtZW50LnRl
        eHRQSwMEFAAAAAgAAGB3Xd4xTwsGAAAABAAAAAsAAABjb250ZW50LnhtbLPJ17cDAFBLAQIUAxQAAAAAAABgd11exjIMJwAAACcA
        AAAIAAAAAAAAAAAAAACAAQAAAABtaW1ldHlwZVBLAQIUAxQAAAAIAABgd13eMU8LBgAAAAQAAAALAAAAAAAAAAAAAACAAU0AAABj
        b250ZW50LnhtbFBLBQYAAAAAAgACAG8AAAB8AAAAAAA=
        """
    static let zipWithComment = """
        UEsDBBQAAAgIAABgd11kenCvBgAAAGQAAAATAAAAcMWZw61sb2hhIMSNLiAxLnR4dEtMpD0AAFBLAQIUAxQAAAgIAABgd11kenCv
        BgAAAGQAAAATAAAAAAAAAAAAAACAAQAAAABwxZnDrWxvaGEgxI0uIDEudHh0UEsFBgAAAAABAAEAQQAAADcAAAAIAHBvem5hbWth
        """

    @Test("is what lies in a ZIP", arguments: [(docx, MediaType.docx), (odt, .odt), (zipWithComment, .zip)])
    func realArchives(base64: String, type: MediaType) throws {
        let data = try #require(Data(base64Encoded: base64, options: .ignoreUnknownCharacters))
        #expect(MediaType.of(Array(data)) == type)
        // Cut off anywhere, it is no archive.
        for length in stride(from: 4, to: data.count - (type == .zip ? 8 : 0), by: 7) {
            #expect(MediaType.of(Array(data.prefix(length))) == .unknown, "\(length) of \(data.count)")
        }
    }

    static let archiveNames: [([String], MediaType)] = [
        (["[Content_Types].xml", "xl/workbook.xml"], .xlsx),
        (["[Content_Types].xml", "ppt/presentation.xml"], .pptx),
        (["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"], .macroDocument),
        (["word/document.xml"], .zip), (["faktura.isdoc", "priloha.pdf"], .isdocx),
        (["a.pdf", "složka/Nastroj.EXE"], .program), (["META-INF/MANIFEST.MF", "A.class"], .program),
        (["META-INF/ASiCManifest.xml", "META-INF/signature001.p7s", "a.txt", "mimetype"], .asic),
        (["META-INF/signatures.xml", "a.txt"], .asic), (["META-INF/container.xml"], .zip), (["a.p7s"], .zip),
        (["a.pdf", "b.txt"], .zip), ([], .zip),
    ]

    @Test("is told by the names in a ZIP", arguments: MediaTypeTests.archiveNames)
    func archives(names: [String], type: MediaType) {
        #expect(MediaType.of(Self.zip(names.map { ($0, "") })) == type)
    }

    @Test(
        "is told by the type that a ZIP declares",
        arguments: [
            ("application/vnd.oasis.opendocument.spreadsheet", .ods),
            ("application/vnd.oasis.opendocument.presentation", .odp),
            ("application/vnd.etsi.asic-e+zip", .asic),
            ("application/vnd.etsi.asic-s+zip\n", .asic), ("application/epub+zip", .zip),
        ] as [(String, MediaType)]
    )
    func declared(declaration: String, type: MediaType) {
        #expect(MediaType.of(Self.zip([("mimetype", declaration), ("a.xml", "")])) == type)
    }

    @Test("tells a document of older Office from an installer")
    func olderOffice() {
        func compound(_ classBytes: [UInt8]) -> [UInt8] {
            var file = Self.zeros([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 2048)
            file[30] = 9
            file[48] = 1
            file.replaceSubrange(1024..<1044, with: "Root Entry".utf8.flatMap { [$0, 0] })
            file.replaceSubrange(1104..<1120, with: classBytes)
            return file
        }
        let installer: [UInt8] = [0x84, 0x10, 0x0C, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46]
        #expect(MediaType.of(compound([UInt8](repeating: 0, count: 16))) == .olderOffice)
        #expect(MediaType.of(compound(installer)) == .program)
        #expect(MediaType.of(Array(compound(installer).prefix(1024))) == .unknown)
        #expect(MediaType.of(Array(compound(installer).prefix(100))) == .unknown)
    }

    @Test("never falls over bytes of chance")
    func noise() {
        var random = SystemRandomNumberGenerator()
        let starts: [[UInt8]] =
            MediaTypeTests.binary.map(\.0) + [
                Self.zip([("a", "b"), ("c", "d")]), [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1],
            ]
        for _ in 0..<3000 {
            var bytes = starts.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 0..<30, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(
                    in: 0...255,
                    using: &random
                )
            }
            bytes += (0..<Int.random(in: 0..<600, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            _ = MediaType.of(bytes)
        }
    }

    @Test("a refusal says what was found and what to do")
    func sentences() {
        #expect(
            FileRefusal.tooLarge(bytesMax: 10 << 20).sentence
                == "Soubor je větší než 10 MB. Zmenšete ho, nebo ho rozdělte na více částí."
        )
        #expect(FileRefusal.tooLarge(bytesMax: 3 << 19).sentence.contains("1,5 MB"))
        #expect(FileRefusal.tooLarge(bytesMax: 300 << 10).sentence.contains("300 kB"))
        #expect(FileRefusal.tooLarge(bytesMax: 1023).sentence.contains("1023 B"))
        #expect(
            FileRefusal.notAccepted(.zip, [.png, .pdf]).sentence
                == "Soubor je podle svého obsahu archiv ZIP. Přijímáme: PDF, PNG."
        )
        #expect(FileRefusal.notAccepted(.program, []).sentence.hasPrefix("Soubor je program"))
        #expect(FileRefusal.notAccepted(.macroDocument, []).sentence.contains("bez maker"))
        #expect(FileRefusal.notAccepted(.unknown, [.pdf]).sentence.contains("nepodařilo rozpoznat"))
    }

    /// A ZIP of files stored as they are; the checksums are not looked at.
    static func zip(_ files: [(name: String, content: String)]) -> [UInt8] {
        func number(_ value: Int, _ width: Int) -> [UInt8] {
            (0..<width).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
        }
        var local: [UInt8] = []
        var table: [UInt8] = []
        for (name, content) in files {
            let sizes = number(content.utf8.count, 4) + number(content.utf8.count, 4)
            let lengths = number(name.utf8.count, 2) + number(0, 2)
            let offset = local.count
            local += number(0x0403_4B50, 4) + number(20, 2) + number(0, 12) + sizes + lengths
            local += Array(name.utf8) + Array(content.utf8)
            table += number(0x0201_4B50, 4) + number(20, 2) + number(20, 2) + number(0, 12) + sizes + lengths
            table += number(0, 10) + number(offset, 4) + Array(name.utf8)
        }
        let end = number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
        return local + table + end + number(table.count, 4) + number(local.count, 4) + number(0, 2)
    }
}
