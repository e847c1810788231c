import Foundation
import Support
import Testing

@testable import Web

@Suite struct `A template` {
    private func show(
        _ source: String,
        _ page: Shown = .record([]),
        _ others: [String: String] = [:]
    ) throws -> String {
        let library = try others.mapValues { try Template($0, file: "other") }
        var rendering = Rendering(.record([("chrome", .text("okraj"))]), page: page, library: library)
        rendering.show(try Template(source, file: "page").parts)
        return String(decoding: rendering.bytes, as: UTF8.self)
    }

    private func fault(_ source: String) -> String? {
        do {
            _ = try Template(source, file: "Room/Pages/page.mustache")
            return nil
        } catch {
            return "\(error)"
        }
    }

    // Values

    @Test func `escapes what people wrote, unless it is told not to`() throws {
        let page = Shown.record([("wrote", .text("<b class='x'>\"Žižka\" & synové</b>"))])
        #expect(
            try show("{{wrote}}", page)
                == "&lt;b class=&#39;x&#39;&gt;&quot;Žižka&quot; &amp; synové&lt;/b&gt;"
        )
        for raw in ["{{{wrote}}}", "{{&wrote}}", "{{& wrote }}"] {
            #expect(try show(raw, page) == "<b class='x'>\"Žižka\" & synové</b>")
        }
        // What a value says is never read as a template.
        #expect(try show("{{a}}", .record([("a", .text("{{b}}")), ("b", .text("x"))])) == "{{b}}")
    }

    @Test func `shows numbers and flags, and nothing for what is not there`() throws {
        let page = Shown.record([("n", .number(0)), ("yes", .flag(true)), ("list", .list([.number(1)]))])
        #expect(try show("[{{n}}|{{yes}}|{{missing}}|{{list}}|{{a.b}}]", page) == "[0|true|||]")
    }

    @Test func `looks a name up from the innermost outwards, and with a dot only there`() throws {
        let page = Shown.record([
            ("name", .text("venku")),
            ("inner", .record([("name", .text("uvnitř")), ("deep", .record([("word", .text("slovo"))]))])),
            ("bare", .record([])),
        ])
        #expect(
            try show("{{#inner}}{{name}} {{deep.word}} {{chrome}}{{/inner}}", page) == "uvnitř slovo okraj"
        )
        #expect(try show("{{#bare}}{{name}}[{{.name}}]{{/bare}}", page) == "venku[]")
        // A path that begins here ends here: the outer name does not mend it.
        #expect(try show("{{#inner}}[{{deep.name}}]{{/inner}}", page) == "[]")
    }

    // Sections

    @Test(arguments: [
        (Shown.nothing, false), (.text(""), false), (.number(0), false), (.flag(false), false),
        (.list([]), false),
        (.text("a"), true), (.number(-1), true), (.flag(true), true), (.record([]), true),
        (.list([.nothing]), true),
    ])
    func `shows a section for something, and its contrary for nothing`(_ value: Shown, _ isThere: Bool) throws
    {
        let page = Shown.record([("x", value)])
        #expect(try show("{{#x}}je{{/x}}{{^x}}není{{/x}}", page) == (isThere ? "je" : "není"))
    }

    @Test func `repeats a section for each of a list, also within another`() throws {
        let dogs = Shown.list([
            .record([("name", .text("Rek")), ("toys", .list([.text("míč"), .text("kost")]))]),
            .record([("name", .text("Alík")), ("toys", .list([]))]),
        ])
        let page = Shown.record([("dogs", dogs)])
        #expect(
            try show("{{#dogs}}{{name}}:{{#toys}} {{.}}{{/toys}}{{^toys}} nic{{/toys}}; {{/dogs}}", page)
                == "Rek: míč kost; Alík: nic; "
        )
        #expect(try show("{{dogs.first.name}}", page) == "Rek")
        #expect(try show("{{^missing}}{{#dogs}}{{name}}{{/dogs}}{{/missing}}", page) == "RekAlík")
    }

    // Lines

    @Test func `takes the line of a tag that stands alone, and no other`() throws {
        let page = Shown.record([("x", .flag(true)), ("word", .text("slovo"))])
        #expect(try show("a\n  {{#x}}\t\nb\n{{/x}}\nc", page) == "a\nb\nc")
        #expect(try show("a\n{{! poznámka }}\nb", page) == "a\nb")
        #expect(try show("{{#x}}\nb\n{{/x}}", page) == "b\n")
        #expect(try show("a {{#x}}\nb{{/x}}\nc", page) == "a \nb\nc")
        #expect(try show("a\n{{word}}\nb", page) == "a\nslovo\nb", "a value is shown in its place")
        #expect(try show("a\n{{#x}}{{/x}}\nb", page) == "a\n\nb", "two on a line are not alone")
        #expect(try show("a\n{{>p}}\nb", page, ["p": "vložka\n"]) == "a\nvložka\nb")
    }

    // Other templates

    @Test func `includes another, which sees what stands around it`() throws {
        let page = Shown.record([("dog", .record([("name", .text("Rek"))])), ("name", .text("Jana"))])
        #expect(try show("{{#dog}}{{>p}}{{/dog}}{{>p}}", page, ["p": "[{{name}}]"]) == "[Rek][Jana]")
    }

    @Test func `inherits, and what stands further out has the last word`() throws {
        let layout = "<{{$head}}hlava{{/head}}|{{$body}}tělo{{/body}}>"
        #expect(try show("{{>layout}}", .record([]), ["layout": layout]) == "<hlava|tělo>")
        let word = Shown.record([("word", .text("& slovo"))])
        #expect(
            try show("{{<layout}} mimo {{$body}}{{word}}{{/body}}{{/layout}}", word, ["layout": layout])
                == "<hlava|&amp; slovo>"
        )
        let middle = "{{<layout}}{{$head}}prostřední{{/head}}{{$body}}prostřední{{/body}}{{/layout}}"
        #expect(
            try show(
                "{{<middle}}{{$body}}vnější{{/body}}{{/middle}} {{>layout}}",
                .record([]),
                ["layout": layout, "middle": middle]
            ) == "<prostřední|vnější> <hlava|tělo>"
        )
    }

    // Faults

    @Test(arguments: [
        ("a\n{{#x}}\nb", "2: x is not closed"), ("{{#x}}\n{{^y}}{{/x}}", "2: x is closed and was not opened"),
        ("\n\n{{/x}}", "3: x is closed and was not opened"), ("\n{{name", "2: a tag is not closed"),
        ("{{{name}}", "1: a tag is not closed"), ("a{{}}", "1: a tag without a name"),
        ("{{=<% %>=}}", "1: delimiters cannot be changed"),
        ("{{#a}}\n{{$b}}\n{{/a}}", "3: a is closed and was not opened"),
        ("{{<layout}}\n{{$b}}{{/b}}", "1: layout is not closed"),
    ])
    func `that is malformed says in which file and line`(_ source: String, _ what: String) {
        #expect(fault(source) == "Room/Pages/page.mustache:\(what)")
    }

    @Test(arguments: [
        "", "}}", "{ {x} }", "{{x}}}", "a {{! { }} b", "{{!}}", "{{ x }}", "{{#a}}{{#a}}{{/a}}{{/a}}",
    ])
    func `that is well formed is read`(_ source: String) { #expect(fault(source) == nil) }

    /// As the server reads them when it starts.
    @Test func `that is malformed or has no partner stops the start`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "templates-\(UUID())")
        let rooms = ["One", "Two"].map { folder.appending(path: "\($0)/Pages") }
        for room in rooms {
            try FileManager.default.createDirectory(at: room, withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        func write(_ text: String, _ name: String, in room: Int) throws {
            try text.write(to: rooms[room].appending(path: name), atomically: true, encoding: .utf8)
        }
        func start() throws {
            let hosts = Hosts(domain: "localhost", scheme: "http", port: 80)
            _ = try Pages(directories: rooms, hosts: hosts, assetsVersion: "0")
        }
        func expect(_ said: String) {
            let fault = #expect(throws: Template.Fault.self) { try start() }
            #expect(fault?.description == said)
        }
        try write("{{>part}}", "page.mustache", in: 0)
        try write("část", "part.mustache", in: 1)
        try start()
        try write("a\n{{#x}}", "part.mustache", in: 1)
        expect("Two/Pages/part.mustache:2: x is not closed")
        try write("část\n\n{{>nikde}}", "part.mustache", in: 1)
        expect("Two/Pages/part.mustache:3: there is no template nikde")
        try write("část", "part.mustache", in: 1)
        try write("jiná", "page.mustache", in: 1)
        expect("Two/Pages/page.mustache:1: another room has a template of this name")
    }
}

@Suite struct `What a template sees` {
    private struct Dog: Encodable {
        let name: String
        let age: Int8
        let weight: Double
        let chip: String?
        let isTame: Bool
        let toys: [Toy]
        let ids: [UInt]
    }

    private struct Toy: Encodable {
        let word: String
        init(_ word: String) { self.word = word }
        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode(word)
        }
    }

    @Test func `are the stored properties, as JSON has them`() throws {
        let dog = Dog(
            name: "Rek",
            age: 3,
            weight: 1.5,
            chip: nil,
            isTame: true,
            toys: [Toy("míč")],
            ids: [.max]
        )
        let shown = try Shown(of: dog)
        guard case .text("Rek")? = shown.child("name"), case .number(3)? = shown.child("age"),
            case .text("1.5")? = shown.child("weight"), case .flag(true)? = shown.child("isTame"),
            case .list(let toys)? = shown.child("toys"), case .text("míč")? = toys.first,
            case .list(let ids)? = shown.child("ids"), case .number(Int.max)? = ids.first
        else {
            Issue.record("\(shown)")
            return
        }
        #expect(shown.child("chip") == nil, "what is nil has no name")
        #expect(shown.child("nothing") == nil)
    }

    /// Containers asked for first and filled later, as hand-written `encode` may do.
    @Test func `also of those who write themselves by hand`() throws {
        struct ByHand: Encodable {
            enum Keys: String, CodingKey { case inner, list, plain }
            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Keys.self)
                var inner = container.nestedContainer(keyedBy: Keys.self, forKey: .inner)
                var list = container.nestedUnkeyedContainer(forKey: .list)
                try container.encode("a", forKey: .plain)
                try inner.encode("b", forKey: .plain)
                try list.encode("c")
                try list.encode(2)
            }
        }
        let shown = try Shown(of: ByHand())
        guard case .text("a")? = shown.child("plain"),
            case .text("b")? = shown.child("inner")?.child("plain"),
            case .list(let items)? = shown.child("list"), items.count == 2
        else {
            Issue.record("\(shown)")
            return
        }
    }
}
