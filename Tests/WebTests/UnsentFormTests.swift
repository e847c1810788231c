import Foundation
import HTTPTypes
import Hummingbird
import Office
import Support
import Testing

@testable import Web

/// A page of somebody signed in may be open for hours; its session may not.
@Suite struct `A form that comes after its session` {
    private func desk() throws -> Desk {
        let routes: [Route] = [
            .signedIn(.post, "/psani", on: [.office], "Píše") { _, _, _ in Response(status: .ok) },
            .open(.post, "/verejne", on: [.office], "Píše kdokoli") { _, _ in Response(status: .ok) },
            .open(.post, "/formular", on: [.office], "Vyplňuje") { _, _ in Response(status: .ok) }.lasting,
        ]
        return Desk(try TestHouse.reception(routes), host: "hora.localhost")
    }

    private let own: [HTTPField.Name: String] = [
        .origin: "http://hora.localhost", .contentType: "application/x-www-form-urlencoded",
    ]

    @Test func `comes back with all that was typed, to be sent again`() async throws {
        let desk = try desk()
        let body = "_token=stary&text=Ahoj+%3Cb%3E%0Ao+%C5%BEivot%C4%9B+na+vsi+a+v+lese&druh=a&druh=b"
        let first = try await desk.ask(.post, "/psani", headers: own, body: body)
        #expect(first.status == .unauthorized)
        #expect(first.body.contains("name=\"text\" value=\"Ahoj &lt;b&gt;\no životě na vsi a v lese\""))
        #expect(first.body.contains("value=\"a\"") && first.body.contains("value=\"b\""))
        #expect(!first.body.contains("stary") && first.body.contains("action=\"/psani\""))
        let token = try #require(first.body.firstMatch(of: /name="_token" value="([^"]+)"/)).1
        let cookie = try #require(first.headers[.setCookie]?.split(separator: ";").first)
        // Sent again without signing in it is still not lost, and its token is still good.
        var again = own
        again[.cookie] = String(cookie)
        let second = try await desk.ask(
            .post,
            "/psani",
            headers: again,
            body: "_token=\(token)&text=jednou"
        )
        #expect(second.status == .unauthorized && second.body.contains("value=\"jednou\""))
        #expect(second.body.contains("value=\"\(token)\""), "the same browser, the same address")
    }

    @Test func `keeps of an upload its fields, and asks for the files again`() async throws {
        var upload = own
        upload[.contentType] = "multipart/form-data; boundary=x"
        let body = [
            "--x", "Content-Disposition: form-data; name=\"vec\"", "", "Lavička", "--x",
            "Content-Disposition: form-data; name=\"files\"; filename=\"sken.pdf\"", "", "%PDF-1.4", "--x--",
            "",
        ].joined(separator: "\r\n")
        let desk = try desk()
        let kept = try await desk.ask(.post, "/psani", headers: upload, body: body)
        #expect(kept.status == .unauthorized && kept.body.contains("value=\"Lavička\""))
        #expect(kept.body.contains("Vyberte je prosím znovu: sken.pdf"))
        #expect(kept.body.contains("<p class=\"lines\">Lavička</p>"), "what was typed can be read")
        #expect(kept.body.contains("action=\"/psani\"") && kept.body.contains("multipart/form-data"))
        // The token comes back as the first field, and not as something that was typed.
        let token = try #require(kept.body.firstMatch(of: /name="_token" value="([^"]+)"/)).1
        let first = "--x\r\nContent-Disposition: form-data; name=\"_token\"\r\n\r\n\(token)\r\n"
        upload[.cookie] = try String(#require(kept.headers[.setCookie]?.split(separator: ";").first))
        let again = try await desk.ask(.post, "/psani", headers: upload, body: first + body)
        #expect(
            again.body.matches(of: /name="_token"/).count == 1 && again.body.contains("value=\"\(token)\"")
        )
    }

    /// Whoever fills in a form need not be anybody; what they wrote goes on with the draft it belongs to.
    @Test func `comes back to a citizen too, and is sent again with its draft`() async throws {
        let desk = try desk()
        let body = "_token=stary&text=Nesv%C3%ADt%C3%AD+lampa"
        let kept = try await desk.ask(.post, "/formular?navrh=A1&_token=x&krok=2", headers: own, body: body)
        #expect(kept.status == .forbidden && kept.body.contains("Stránka mezitím zestárla"))
        #expect(kept.body.contains("<p class=\"lines\">Nesvítí lampa</p>"))
        #expect(!kept.body.contains("Přihlaste"))
        #expect(kept.body.contains("action=\"/formular?navrh=A1&amp;krok=2\""))
        let token = try #require(kept.body.firstMatch(of: /name="_token" value="([^"]+)"/)).1
        var again = own
        again[.cookie] = try String(#require(kept.headers[.setCookie]?.split(separator: ";").first))
        let sent = try await desk.ask(.post, "/formular", headers: again, body: "_token=\(token)&text=x")
        #expect(sent.status == .ok)
    }

    @Test func `what is not given back leads to its page`() async throws {
        let desk = try desk()
        var from = own
        let pages: [(String, String?)] = [
            ("http://hora.localhost/sledovani?kod=A", "/sledovani?kod=A"), ("http://zly.example/", nil),
        ]
        for (page, link) in pages {
            from[.referer] = page
            let refused = try await desk.ask(.post, "/verejne", headers: from, body: "text=heslo")
            #expect(refused.status == .forbidden && !refused.body.contains("heslo"))
            #expect(refused.body.contains("Otevřít stránku znovu") == (link != nil))
            if let link { #expect(refused.body.contains("href=\"\(link)\"")) }
        }
    }

    @Test func `from another page or for a program is refused as ever`() async throws {
        let desk = try desk()
        var foreign = own
        foreign[.origin] = "http://dol.localhost"
        let refused = try await desk.ask(.post, "/psani", headers: foreign, body: "text=cizi+text")
        #expect(refused.status == .forbidden && !refused.body.contains("cizi text"))
        var program = own
        program[.accept] = "application/json"
        let problem = try await desk.ask(.post, "/psani", headers: program, body: "text=text+programu")
        #expect(problem.status == .forbidden && problem.body.contains("stale-form"))
        // What everybody may send, such as a password at the sign-in, is not written into a page.
        let open = try await desk.ask(.post, "/verejne", headers: own, body: "text=heslo")
        #expect(open.status == .forbidden && !open.body.contains("heslo"))
    }
}
