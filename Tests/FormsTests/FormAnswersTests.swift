import Foundation
import Testing

@testable import Forms

@Suite struct `Answers` {
    @Test func `a browser's form and JSON come to the same value`() throws {
        let form = try FormAnswers(
            urlEncoded: Array(
                "jmeno=Jana+Nov%C3%A1kov%C3%A1&pobyt.obec=563510&ulevy=a&ulevy=b&stromy.0.obvod=95&souhlas=ano"
                    .utf8
            )
        )
        let json = try FormAnswers(
            json: Array(
                """
                {"jmeno": "Jana Nov\\u00e1kov\\u00e1", "pobyt": {"obec": 563510}, "ulevy": ["a", "b"],
                 "stromy": [{"obvod": 95}], "souhlas": true, "telefon": null, "jiny": false}
                """.utf8
            )
        )
        #expect(form == json)
        #expect(try FormAnswers(json: form.json) == form)
        #expect(form["ulevy"] == ["a", "b"])
    }

    @Test(arguments: [
        ("\u{20}a\r\nb\rc ", "a\nb\nc"), ("e\u{301}", "é"), ("a\u{0}\u{7}b\u{202E}c\u{FEFF}", "abc"),
        ("\ta\tb\t", "a b"), ("\u{A0} x", "x"), ("", ""), ("\u{2028}a\u{85}b", "a\nb"),
    ])
    func `text is cleaned`(raw: String, clean: String) throws {
        #expect(AnswerText.clean(Array(raw.utf8)) == clean)
    }

    @Test(arguments: [
        ("a=%", AnswersRefusal.malformed), ("a=%4", .malformed), ("a=%zz", .malformed),
        ("a=%FF", .notUTF8(name: "a")),
        ("a=%C3", .notUTF8(name: "a")), ("a=%ED%A0%80", .notUTF8(name: "a")), ("%00=a", .oddName),
        ("a b=c", .oddName), ("=c", .oddName), (String(repeating: "a", count: 121) + "=1", .oddName),
    ])
    func `broken forms are refused`(text: String, refusal: AnswersRefusal) {
        #expect(throws: refusal) { try FormAnswers(urlEncoded: Array(text.utf8)) }
    }

    @Test(arguments: [
        ("", AnswersRefusal.malformed), ("[]", .malformed), ("{", .malformed), (#"{"a":1"#, .malformed),
        (#"{"a":1}x"#, .malformed), (#"{"a":01}"#, .malformed), (#"{"a":1.}"#, .malformed),
        (#"{"a":"\x"}"#, .malformed), (#"{"a":"\ud800"}"#, .malformed), (#"{"a":tru}"#, .malformed),
        (#"{"a":1,}"#, .malformed), (#"{"á":1}"#, .oddName), (#"{"a":[[1]]}"#, .tooDeep),
        ("{\"a\":\"\n\"}", .malformed),
        (String(repeating: #"{"a":"#, count: 7) + "1" + String(repeating: "}", count: 7), .tooDeep),
    ])
    func `broken JSON is refused`(text: String, refusal: AnswersRefusal) {
        #expect(throws: refusal) { try FormAnswers(json: Array(text.utf8)) }
    }

    @Test func `surrogate pairs and plain escapes are read`() throws {
        let answers = try FormAnswers(json: Array(#"{"a":"\ud83d\udc36 \"\/\\ \n x"}"#.utf8))
        #expect(answers.first("a") == "🐶 \"/\\ \n x")
    }

    @Test func `4 999 fields are read, 5 000 refused`() throws {
        func form(_ count: Int) -> [UInt8] {
            Array((0..<count).map { "p\($0)=1" }.joined(separator: "&").utf8)
        }
        func json(_ count: Int) -> [UInt8] {
            Array("{\((0..<count).map { "\"p\($0)\":1" }.joined(separator: ","))}".utf8)
        }
        #expect(try FormAnswers(urlEncoded: form(4_999)).count == 4_999)
        #expect(throws: AnswersRefusal.tooMany) { try FormAnswers(urlEncoded: form(5_000)) }
        #expect(try FormAnswers(json: json(4_999)).count == 4_999)
        #expect(throws: AnswersRefusal.tooMany) { try FormAnswers(json: json(5_000)) }
    }

    /// What is too long for its field comes back to be shortened; only a whole megabyte is not read.
    @Test func `a megabyte is read, one more byte refused`() throws {
        var answers = FormAnswers()
        try answers.add("a", String(repeating: "a", count: 1 << 20))
        #expect(throws: AnswersRefusal.tooLong(name: "a")) {
            try answers.add("a", String(repeating: "a", count: (1 << 20) + 1))
        }
    }

    /// Random bytes, and random damage to good input: never a crash, and what is read is clean and reads back.
    @Test func `fuzz: no bytes break the decoders`() throws {
        var random = SeededRandom(seed: 20_261_123)
        let goodForm = Array("jmeno=Jana+Nov%C3%A1kov%C3%A1&pobyt.obec=563510&ulevy=a&stromy.0.obvod=95".utf8)
        let goodJSON = Array(
            #"{"a":"\u00e1 \ud83d\udc36","b":{"c":[1,-2.5e3,true,null,{"d":"x"}]},"e":[]}"#.utf8
        )
        for round in 0..<6_000 {
            var bytes = [
                goodForm, goodJSON,
                (0..<Int.random(in: 0...60, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                },
            ][round % 3]
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0...2, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: bytes[place...].prefix(7), at: place)
                }
            }
            for answers in [try? FormAnswers(urlEncoded: bytes), try? FormAnswers(json: bytes)].compactMap({
                $0
            }) {
                #expect(try FormAnswers(json: answers.json) == answers)
                for text in answers.values.values.joined() {
                    #expect(AnswerText.clean(Array(text.utf8)) == text)
                    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
                }
            }
        }
    }
}

/// SplitMix64: the same numbers on every machine.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
