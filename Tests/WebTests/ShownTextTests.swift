import Foundation
import Testing

@testable import Web

@Suite struct `Text that people wrote` {
    private struct Line: Codable {
        let text: String
    }

    private func shown(_ template: String, _ text: String) throws -> String {
        let parts = try Template(template, file: "x").parts
        var rendering = Rendering(.record([]), page: try Shown(of: Line(text: text)), library: [:])
        rendering.show(parts)
        return String(decoding: rendering.bytes, as: UTF8.self)
    }

    private static let word = String(repeating: "x", count: 300)

    @Test func `lets a line end within a very long word, and in no other`() throws {
        let cell = try shown("<td class=\"a\">{{text}}</td>", "Faktura \(Self.word) konec")
        #expect(cell.components(separatedBy: "<wbr>").count == 10)
        #expect(cell.replacing("<wbr>", with: "") == "<td class=\"a\">Faktura \(Self.word) konec</td>")
        for text in ["nejneobhospodařovávatelnějšími", String(repeating: "x", count: 40), "dvě slova"] {
            #expect(try shown("<p>{{text}}</p>", text) == "<p>\(text)</p>")
        }
        #expect(try shown("<p>{{text}}</p>", String(repeating: "&", count: 41)).contains("&amp;<wbr>&amp;"))
    }

    @Test(arguments: [
        "<input value=\"{{text}}\">", "<textarea name=\"a\">{{text}}</textarea>", "<title>{{text}}</title>",
        "<option>{{text}}</option>", "<code>{{text}}</code>", "<a href=\"/{{text}}\">",
    ])
    func `stays whole where a mark would be part of it`(_ template: String) throws {
        #expect(try shown(template, Self.word) == template.replacing("{{text}}", with: Self.word))
    }

    @Test func `turns no line around`() throws {
        #expect(
            try shown("<p>{{text}}</p>", "Platba \u{202E}00051\u{202C} Kč\u{2067}!")
                == "<p>Platba 00051 Kč!</p>"
        )
        #expect(Input.Pair(name: "text", value: "a\u{202E}b\u{2066}c").value == "abc")
        // Marks that Hebrew and Arabic need stay.
        #expect(ShownText.straight("א\u{200F}.") == "א\u{200F}.")
    }
}
