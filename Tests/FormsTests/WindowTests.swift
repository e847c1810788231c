import HTTPTypes
import Support
import Testing

@testable import Forms

/// One draft in two windows of a browser.
@Suite struct `Two windows` {
    private let path = "/formulare/zavada/vyplnit?navrh=\(DraftKey.issue().text)"

    @Test func `the second undoes nothing that it never showed`() async throws {
        let town = try await Town()
        let person = town.person()
        let first = try await person.open(path).page
        let second = try await person.open(path).page
        let told = [("predmet", "Nesvítí lampa"), ("popis", "U kapličky.")]
        #expect(try await person.send(first, told, act: "ulozit").status == .seeOther)

        // The script says nothing and keeps nothing.
        let quiet = try await person.send(second, [("email", "jana@ukazka.cz")], act: "samo")
        #expect(quiet.status == .conflict)
        let answer = try await person.send(second, [("email", "jana@ukazka.cz"), ("popis", "Na návsi.")])
        #expect(answer.status == .conflict)
        #expect(answer.body.contains("i v jiném okně") && answer.body.contains("(U kapličky.)"))
        #expect(answer.body.contains("value=\"Nesvítí lampa\""))
        #expect(answer.body.contains("value=\"jana@ukazka.cz\""))
        #expect(answer.body.contains(">Na návsi.</textarea>"))
        // Until the person goes on, the first one's answer stands.
        let kept = try await person.open(path).page
        #expect(kept.contains(">U kapličky.</textarea>") && kept.contains("value=\"jana@ukazka.cz\""))
        #expect(try await person.send(answer.body, act: "ulozit").status == .seeOther)
        #expect(try await person.open(path).page.contains(">Na návsi.</textarea>"))
    }

    @Test func `one window may go back, and clear what it wrote`() async throws {
        let town = try await Town()
        let person = town.person()
        let page = try await person.open(path).page
        #expect(try await person.send(page, [("predmet", "Lampa")], act: "samo").status == .noContent)
        // The browser's way back shows the page as it was.
        #expect(try await person.send(page, [("predmet", "")], act: "ulozit").status == .seeOther)
        #expect(try await !person.open(path).page.contains("value=\"Lampa\""))
    }

    @Test func `a draft of another browser is not an empty form`() async throws {
        let town = try await Town()
        _ = try await town.person().send(try await town.person().open(path).page, act: "ulozit")
        let review = path.replacing("vyplnit", with: "kontrola")
        let answer = try await town.person().get(review)
        #expect(answer.status == .gone && answer.body.contains("není nic rozepsané"))
    }
}
