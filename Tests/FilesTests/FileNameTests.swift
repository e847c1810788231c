import Testing

@testable import Files

@Suite("Names of files")
struct FileNameTests {
    @Test(
        "keep what is harmless and lose the rest",
        arguments: [
            ("Žádost o kácení.pdf", "Žádost o kácení.pdf"), ("C:\\Users\\Já\\smlouva.pdf", "smlouva.pdf"),
            ("../../etc/passwd", "passwd"), ("/", "soubor"), ("", "soubor"), ("..", "soubor"),
            (".htaccess", "htaccess"),
            ("a\u{0}b\r\nc.txt", "a b c.txt"), ("faktura\u{202E}fdp.exe", "fakturafdp.exe"),
            ("a\u{200B}\u{FEFF}\u{2066}b.txt", "ab.txt"), ("  a   b .txt", "a b .txt"),
            ("a.txt. . ", "a.txt"),
            ("a<b>:\"|?*.txt", "a_b______.txt"), ("CON", "_CON"), ("con.txt", "_con.txt"),
            ("COM1.tar.gz", "_COM1.tar.gz"),
            ("console.txt", "console.txt"), ("a\u{2028}b", "a b"), ("c\u{30C}lověk", "člověk"),
            ("a\u{A0}b", "a b"),
        ]
    )
    func cleaned(given: String, expected: String) {
        #expect(FileName(cleaning: given).text == expected)
    }

    @Test("are at most 200 bytes, cut between letters, with the ending kept")
    func length() {
        let fits = String(repeating: "a", count: 196) + ".pdf"
        #expect(FileName(cleaning: fits).text == fits)
        #expect(FileName(cleaning: "a" + fits).text == fits)
        let czech = FileName(cleaning: String(repeating: "ž", count: 300) + ".pdf").text
        #expect(czech == String(repeating: "ž", count: 98) + ".pdf")
        let family = FileName(cleaning: String(repeating: "👨‍👩‍👧", count: 60)).text
        #expect(family.utf8.count <= 200)
        #expect(FileName(cleaning: "a." + String(repeating: "b", count: 300)).text.utf8.count == 200)
    }

    @Test(
        "end as their content demands",
        arguments: [
            ("smlouva.pdf", .pdf, "smlouva.pdf"), ("smlouva.PDF", .pdf, "smlouva.PDF"),
            ("smlouva.exe", .pdf, "smlouva.exe.pdf"), ("smlouva", .pdf, "smlouva.pdf"),
            ("foto.jpeg", .jpeg, "foto.jpeg"), ("foto.png", .jpeg, "foto.png.jpg"),
            ("data.csv", .text, "data.csv"),
            ("v. 2", .docx, "v. 2.docx"), ("cokoli.bin", .unknown, "cokoli.bin"), ("", .png, "soubor.png"),
        ] as [(String, MediaType, String)]
    )
    func endings(given: String, type: MediaType, expected: String) {
        #expect(FileName(cleaning: given, type: type).text == expected)
    }

    @Test(
        "are told when a computer would run them",
        arguments: [
            ("virus.exe", true), ("virus.exe.txt", true), ("VIRUS.EXE", true), ("a.pdf.scr", true),
            ("a.b a t.pdf", false), ("c:\\x\\y.bat", true), ("obec.com", true), ("www.obec.com.pdf", false),
            ("virus.exe .txt", true), ("vi\u{202E}rus.exe", true), ("exe.pdf", false), ("exe", false),
            ("zápis 3.js.pdf", true), ("zápis.pdf", false), ("makra.docm", true), ("", false),
        ]
    )
    func running(name: String, does: Bool) { #expect(FileName.runs(name) == does) }

    @Test("are offered to the browser in both ways")
    func disposition() {
        #expect(
            FileName(cleaning: "Žádost 1.pdf").contentDisposition(.pdf)
                == "inline; filename=\"__dost 1.pdf\"; filename*=UTF-8''%C5%BD%C3%A1dost%201.pdf"
        )
        #expect(
            FileName(cleaning: "100%.html").contentDisposition(.html)
                == "attachment; filename=\"100_.html\"; filename*=UTF-8''100%25.html"
        )
    }
}
