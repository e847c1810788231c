import Foundation
import Sealing
import Testing

@testable import Forms

@Suite struct `Forms of the template` {
    @Test(arguments: Bench.codes)
    func `each is read, understood whole and without findings`(code: String) throws {
        let form = try Bench.form(code)
        #expect(form.code == code)
        #expect(FormLinter(services: Set(Bench.codes)).findings(in: form) == [])
    }

    /// Letters go where something changes for the person; a form must not promise one for every step.
    @Test(arguments: Bench.codes)
    func `each promises only the letters that are sent`(code: String) throws {
        let text = String(decoding: try Bench.bytes(code), as: UTF8.self)
        #expect(!text.contains("o každém kroku") && !text.contains("každý krok"))
    }

    @Test(arguments: Bench.codes)
    func `the canonical bytes read back to themselves`(code: String) throws {
        let form = try Bench.form(code)
        let canonical = try form.canonical
        #expect(try FormDefinition(reading: canonical) == form)
        #expect(try FormDefinition(reading: canonical).canonical == canonical)
    }

    @Test func `white space and order of keys do not change the identity`() throws {
        let plain = try Bench.form(fields: #"{"name":"a1","label":"A","text":{}}"#)
        let spaced = try Bench.form(fields: #"{ "text" : {}, "label":"A", "name":"a1" }"#)
        #expect(Digest(of: try plain.canonical) == Digest(of: try spaced.canonical))
    }

    @Test func `a key that no form has is named`() {
        let error = #expect(throws: UnreadableForm.self) {
            try Bench.form(fields: #"{"name":"a1","label":"A","text":{},"requird":true}"#)
        }
        #expect(error?.reason == "sections[0].fields[0].requird: tento údaj formulář nezná")
    }

    @Test(arguments: [
        #"{"name":"a1","label":"A"}"#, #"{"name":"a1","label":"A","text":{},"date":{}}"#,
        #"{"name":"a1","label":"A","text":{},"required":false}"#,
        #"{"name":"a1","label":"A","text":{"format":"colour"}}"#,
        #"{"name":"a1","label":"A","text":{},"visibleWhen":{"field":"b","equals":"1","contains":"2"}}"#,
        #"{"name":"a1","label":"A","text":{},"visibleWhen":{"field":"b","matches":"1"}}"#,
    ])
    func `a field of no kind, of two kinds, or with an unknown word is refused`(field: String) {
        #expect(throws: UnreadableForm.self) { try Bench.form(fields: field) }
    }

    @Test func `the services exist in the catalogue`() throws {
        for code in Bench.codes {
            let form = try Bench.form(code)
            #expect(FormLinter(services: []).findings(in: form).contains { $0.contains("není v katalogu") })
        }
    }
}

@Suite struct `Linter` {
    private func findings(_ fields: String) throws -> [String] {
        FormLinter(services: ["zkouska"]).findings(in: try Bench.form(fields: fields))
    }

    @Test(arguments: [
        (#"{"name":"a1","label":" ","text":{}}"#, "Chybí popisek pole „a1“."),
        (#"{"name":"a1","label":"A","text":{}},{"name":"a1","label":"B","text":{}}"#, "stejný název „a1“"),
        (
            #"{"name":"a1","label":"A","text":{},"visibleWhen":{"field":"b","isFilled":true}}"#,
            "ptá na pole „b“, které před ním není"
        ),
        (
            #"{"name":"a1","label":"A","text":{},"required":{"field":"a1","isFilled":true}}"#,
            "ptá na pole „a1“, které před ním není"
        ),
        (#"{"name":"A1","label":"A","text":{}}"#, "Název pole „A1“"),
        (
            #"{"name":"a1","label":"A","choice":{"options":[{"value":"1","label":"Jedna"}]}}"#,
            "Počet možností"
        ),
        (#"{"name":"a1","label":"A","integer":{"from":5,"to":1}}"#, "obráceně"),
        (#"{"name":"a1","label":"A","text":{"shortest":9,"longest":5}}"#, "Délka pole „a1“"),
        (
            #"{"name":"a1","label":"A","files":{"countMax":1,"bytesMax":20000001,"accept":["png"]}}"#,
            "Velikost souboru"
        ),
        (
            #"""
            {"name":"a1","label":"A","group":{"rowTitle":"R","rowsMin":0,"rowsMax":51,"fields":[
            {"name":"b1","label":"B","text":{}}]}}
            """#, "Počet řádků"
        ),
        (
            #"""
            {"name":"a1","label":"A","choice":{"options":[{"value":"1","label":"J"},{"value":"2","label":"D"}]}},
            {"name":"b1","label":"B","text":{},"visibleWhen":{"field":"a1","equals":"3"}}
            """#, "kterou pole „a1“ nemá"
        ),
        (#"{"name":"a1","label":"A","date":{"notBefore":"a1"}}"#, "čeká datum „a1“, které před ním není"),
        (
            #"""
            {"name":"a1","label":"A","choice":{"options":[{"value":"1","label":"J"},
            {"value":"2","label":"D","age":{"years":65,"born":"b"}}]}}
            """#, "čeká datum „b“, které před ním není"
        ),
    ])
    func `names each fault`(fields: String, sentence: String) throws {
        let findings = try findings(fields)
        #expect(findings.contains { $0.contains(sentence) }, "\(findings)")
    }

    @Test func `four hundred fields pass, one more does not`() throws {
        func fields(_ count: Int) -> String {
            (0..<count).map { #"{"name":"p\#($0)","label":"P","text":{}}"# }.joined(separator: ",")
        }
        #expect(try findings(fields(400)) == [])
        #expect(try findings(fields(401)) == ["Formulář má více než 400 polí."])
    }

    @Test func `a condition of four levels passes, of five does not`() throws {
        func field(_ levels: Int) -> String {
            var condition = #"{"field":"a1","isFilled":true}"#
            for _ in 1..<levels { condition = #"{"not":\#(condition)}"# }
            return #"{"name":"a1","label":"A","text":{}},"#
                + #"{"name":"b1","label":"B","text":{},"visibleWhen":\#(condition)}"#
        }
        #expect(try findings(field(4)) == [])
        #expect(try findings(field(5)) == ["Podmínka pole „b1“ je příliš složitá."])
    }

    @Test func `a condition as deep as the reader allows is refused, not followed`() throws {
        let deep = String(repeating: #"{"not":"#, count: 400) + "true" + String(repeating: "}", count: 400)
        #expect(throws: UnreadableForm.self) {
            try Bench.form(fields: #"{"name":"a1","label":"A","text":{},"visibleWhen":\#(deep)}"#)
        }
    }
}
