import Database
import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// What clerks see and press, through the real front door.
@Suite struct `The clerk's pages` {
    @Test func `a tree is felled from today's page to a closed file`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"

        let today = try await front.get("/dnes", as: clerk)
        #expect(today.status == .ok)
        #expect(today.body.contains(path) && today.body.contains("Převzít"))
        #expect(!today.body.contains("Převzetí úřadu: zbývá"), "a clerk has no steps to take over the office")

        #expect(try await front.post("\(path)/prevzit", as: clerk).status == .seeOther)
        let reply = try await front.post(
            "\(path)/odpoved",
            ["kind": "decision", "subject": "Povolení kácení", "text": "Povoluje se kácení lípy."],
            as: clerk
        )
        #expect(reply.status == .seeOther)
        let document = try #require(try await bench.documents(of: file.id).last)
        let letter = "/spisovna/dokument/\(document.id.uuidString.lowercased())"
        let sent = try await front.post(
            "\(letter)/vypravit",
            ["means": "post", "day": "2026-11-24"],
            as: clerk
        )
        #expect(sent.status == .seeOther)
        let arrived = try await front.post(
            "\(letter)/doruceno",
            ["day": "2026-11-24", "proof": "doručenka"],
            as: clerk
        )
        #expect(arrived.status == .seeOther)
        #expect(try await front.post("\(path)/vyridit", ["how": "document"], as: clerk).status == .seeOther)
        #expect(
            try await front.post(
                "\(letter)/pravni-moc",
                [
                    "day": "2026-11-24", "ground": "waiver", "proof": "protokol u přepážky",
                    "proven": "2026-11-24",
                ],
                as: clerk
            ).status == .seeOther
        )
        #expect(try await front.post("\(path)/uzavrit", as: clerk).status == .seeOther)

        let page = try await front.get(path, as: clerk)
        #expect(page.body.contains("uzavřeno"))
        #expect(page.body.contains("vypraveno 24.\u{a0}11.\u{a0}2026 poštou, doručeno"))
        for act in ["took over", "dispatched", "made out", "settled", " post<"] {
            #expect(!page.body.contains(act), "the history is Czech: \(act)")
        }
        let left = page.body.matches(of: /<form[^>]*action="\/spisovna[^>]*>/).map { String($0.0) }
        #expect(
            left.count == 1 && left[0].contains("\(path)/otevrit"),
            "all that is left is opening it again"
        )
        #expect(try await front.get("/dnes", as: clerk).body.contains("Nic nečeká"))
    }

    @Test func `a refusal is shown on the page of the case, and nothing typed in a reply is lost`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let early = try await front.post("\(path)/vyridit", ["how": "noted"], as: clerk)
        #expect(early.status.code == 422 || early.status.code == 409)
        #expect(early.body.contains("Nejdřív věc převezměte"))
        let short = try await front.post(
            "\(path)/odpoved",
            ["kind": "notice", "subject": "", "text": "Dlouhý text, <b>který</b> se neztratí."],
            as: clerk
        )
        #expect(short.status.code == 422)
        #expect(short.body.contains("Dlouhý text, &lt;b&gt;který&lt;/b&gt; se neztratí."))
        let untaken = try await front.post(
            "\(path)/odpoved",
            ["kind": "notice", "subject": "Sdělení", "text": "Text, který se také neztratí."],
            as: clerk
        )
        #expect(untaken.body.contains("Text, který se také neztratí."))
        #expect(untaken.body.contains("Nejdřív věc převezměte"))
    }

    @Test func `a pattern takes the place of another, never of what somebody wrote`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())/odpoved"
        func ask(_ kind: String, _ text: String) async throws -> String {
            let form = ["kind": kind, "subject": "Věc", "text": text, "act": "vzor"]
            return try await front.post(path, form, as: clerk).body
        }
        let empty = try await ask("decision", " ")
        #expect(empty.contains("se [povoluje / nepovoluje]") && empty.contains("value=\"decision\" selected"))
        let pattern = try #require(empty.firstMatch(of: /<textarea[^>]*>([^<]+)</)).1
        let typed = String(pattern).replacing("&quot;", with: "\"")
        #expect(try await ask("resolution", typed).contains("výrok usnesení"))
        let own = try await ask("resolution", typed + " a dál")
        #expect(own.contains("Váš text zůstal") && own.contains("a dál") && !own.contains("výrok usnesení]"))
        #expect(try await bench.documents(of: file.id).count == 1, "nothing was made out")
    }

    @Test func `who only enters mail is offered no act that would be refused`() async throws {
        let bench = try await Bench()
        let registry = try await bench.cell.clerk([.registryClerk], in: bench.office)
        let front = try Front(bench, clerks: [registry])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        let page = try await front.get(path, as: registry).body
        #expect(page.contains("\(path)/pridat"), "mail may be added")
        for shown in [page, try await front.get("/dnes", as: registry).body] {
            for form in shown.matches(of: /<form[^>]*action="(\/spisovna[^"]+)".*?<\/form>/)
            where form.0.contains("<button") {
                let status = try await front.post(String(form.1), as: registry).status
                #expect(status != .notFound, "\(form.1)")
            }
        }
    }

    @Test func `strangers and people of other roles find nothing here`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let accountant = try await bench.cell.clerk([.accountant], in: bench.office)
        let stranger = Clerk(userID: UUID(), name: "Cizí", functionTitle: "", roles: [])
        let front = try Front(bench, clerks: [clerk, accountant, stranger])
        let file = try await bench.deliver(bench.delivery())
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        for place in ["/dnes", "/spisovna", path, "/nastaveni"] {
            #expect(try await front.get(place, as: nil).status.code == 303, "\(place) sends to sign in")
            #expect(try await front.get(place, as: stranger).status == .notFound, "\(place)")
        }
        #expect(try await front.get(path, as: accountant).status == .notFound)
        #expect(try await front.get("/nastaveni", as: clerk).status == .notFound)
        #expect(try await front.post("\(path)/prevzit", as: accountant).status == .notFound)
        #expect(try await bench.caseFile(file.id).taken == nil)
    }

    @Test func `a clerk whose access is taken away can do nothing at once`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [head, clerk])
        let file = try await bench.deliver(bench.delivery())
        let person = "/nastaveni/lide/\(clerk.userID.uuidString.lowercased())"
        #expect(try await front.post(person, ["act": "dismiss"], as: head).status == .seeOther)
        let path = "/spisovna/spis/\(file.id.uuidString.lowercased())"
        #expect(try await front.post("\(path)/prevzit", as: clerk).status == .notFound)
        let own = "/nastaveni/lide/\(head.userID.uuidString.lowercased())"
        #expect(try await front.post(own, ["act": "dismiss"], as: head).status.code == 422)
    }

    @Test func `where nothing is, a clerk still finds the way back`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        for path in ["/neni", "/spisovna/spis/\(UUID.v7().uuidString.lowercased())"] {
            let lost = try await front.get(path, as: clerk)
            #expect(lost.status == .notFound)
            #expect(lost.body.contains("Můj úřad") && !lost.body.contains("Přihlásit"), "\(path)")
        }
        #expect(try await front.get("/neni", as: nil).body.contains("Přihlásit"))
    }

    @Test func `the head sees the steps of the hand-over and ticks them off`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        // Without forms there is no step about them.
        let steps = HandOver.steps(keeping: ["FilingRoom", "NoticeBoard", "Accounting"])
        #expect(steps.count == 8 && HandOver.steps(keeping: ["Forms", "FilingRoom"]).count == 7)
        #expect(try await front.get("/dnes", as: head).body.contains("Zbývá 8 kroků"))
        #expect(try await front.post("/nastaveni/krok/forms", as: head).status == .notFound)
        let settings = try await front.get("/nastaveni", as: head)
        #expect(settings.status == .ok)
        #expect(!settings.body.contains("; </span>"), "nobody is away")
        for missing in ["ico", "account"] {
            let early = try await front.post("/nastaveni/krok/\(missing)", as: head)
            #expect(early.status == .conflict, "\(missing)")
        }
        let early = try await front.post("/nastaveni/krok/receipt", as: head)
        #expect(early.status == .conflict && early.body.contains("Chybí: "))
        let told = try await front.post(
            "/nastaveni/urad",
            [
                "ico": "00000019", "street": "Náves 1", "place": "Luka", "postcode": "47102",
                "hours": "středa 8–17",
                "email": "urad@example.cz", "phone": "482 000 000", "dataBox": "abc2345",
                "acceptedFormats": "PDF", "carriers": "CD, DVD", "bankAccount": "19-2000145399/0800",
            ],
            as: head
        )
        #expect(told.status == .seeOther)
        for step in steps {
            #expect(try await front.post("/nastaveni/krok/\(step.code)", as: head).status == .seeOther)
        }
        #expect(try await front.post("/nastaveni/krok/jiny", as: head).status == .notFound)
        let done = try await front.get("/dnes", as: head)
        #expect(!done.body.contains("Převzetí úřadu"))

        // Ticked by mistake: back among those that wait, once, and the log says so.
        let all = try await front.get("/nastaveni", as: head).body
        #expect(all.contains("Převzetí úřadu je hotové") && all.contains("/nastaveni/krok/hours/zpet"))
        #expect(try await front.post("/nastaveni/krok/hours/zpet", as: head).status == .seeOther)
        #expect(try await front.get("/nastaveni", as: head).body.contains("Hotovo 7 z 8 kroků"))
        #expect(try await front.post("/nastaveni/krok/hours/zpet", as: head).status == .conflict)
        #expect(try await front.post("/nastaveni/krok/jiny/zpet", as: head).status == .notFound)
        let log = try await front.get("/nastaveni/protokol", as: head).body
        #expect(log.contains("krok vrácen mezi nehotové") && log.contains("Úřední hodiny a kontakty"))
        #expect(try await front.post("/nastaveni/krok/hours", as: head).status == .seeOther)
        #expect(try await front.get("/nastaveni", as: head).body.contains("všech 8 kroků"))
    }

    @Test func `a scan that is not taken is named with the limit, and what was typed stays`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.registryClerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let head = "--x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\nPlot u lesa\r\n--x\r\n"
        let file =
            "Content-Disposition: form-data; name=\"files\"; filename=\"sken velký.pdf\"\r\n\r\n%PDF-1.4\n"
        let refused = try await front.desk.ask(
            .post,
            "/spisovna/novy",
            headers: [
                .authorization: "Bearer \(clerk.userID)", .contentType: "multipart/form-data; boundary=x",
            ],
            bytes: Array((head + file).utf8) + [UInt8](repeating: 0x61, count: 32 << 20)
                + Array("\r\n--x--\r\n".utf8)
        )
        #expect(refused.status == .unprocessableContent)
        #expect(refused.body.contains("Soubor „sken velký.pdf“ jsme nepřidali. Soubor je větší než 20 MB."))
        #expect(refused.body.contains("value=\"Plot u lesa\""))
    }

    @Test func `who was invited and has not come is listed, reminded or not awaited any more`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        front.invited.await(
            Invitation(
                email: "petr@example.org",
                name: "Petr Malý",
                roles: [.accountant, .clerk],
                until: Bench.noon.addingTimeInterval(86_400)
            )
        )
        front.invited.await(
            Invitation(email: "eva@example.org", name: "Eva Pozdní", roles: [.clerk], until: Bench.noon)
        )
        let page = try await front.get("/nastaveni/lide", as: head).body
        let day = (Bench.today + 1).czechShort
        #expect(page.contains("účetní, referent; petr@example.org; pozvánka platí do \(day)"))
        #expect(page.contains("eva@example.org; pozvánka platila do \(Bench.today.czechShort)"))
        func change(_ act: String, _ email: String) async throws -> HTTPResponse.Status {
            try await front.post("/nastaveni/pozvanky", ["act": act, "email": email], as: head).status
        }
        #expect(try await change("znovu", "eva@example.org") == .seeOther)
        #expect(try await change("zpet", "petr@example.org") == .seeOther)
        #expect(try await change("znovu", "cizi@example.org") == .conflict)
        #expect(try await change("jinak", "eva@example.org").code == 422)
        #expect(front.invited.sent == ["eva@example.org renewed", "petr@example.org withdrawn"])
        let log = try await front.get("/nastaveni/protokol", as: head).body
        #expect(log.contains("pozvánka vzata zpět") && log.contains("účetní, referent"))
    }

    @Test func `an invitation goes out with its roles, and without one it says so`() async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let form = ["name": "Petr Malý", "email": "petr@example.org"]
        #expect(try await front.post("/nastaveni/pozvat", form, as: head).status.code == 422)
        #expect(front.invited.sent.isEmpty)
        let whole = form.merging(["roles": "accountant"]) { $1 }
        #expect(try await front.post("/nastaveni/pozvat", whole, as: head).status == .seeOther)
        #expect(front.invited.sent == ["petr@example.org accountant"])
    }

    @Test(arguments: [
        "/spisovna?smer=%27",
        "/spisovna?q=%25%27%3A%2A%26%21", "/spisovna?q=a%20b&za=2026-3", "/spisovna/spis/x",
        "/spisovna/spis/00000000-0000-0000-0000-000000000000",
    ])
    func `odd addresses end in a page and never in a fault`(_ path: String) async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let status = try await front.get(path, as: clerk).status
        #expect(status == .ok || status == .notFound, "\(path) \(status)")
    }

    @Test(arguments: [
        "/spisovna?za=99999999999999-1", "/spisovna?za=2026--5", "/spisovna?za=x", "/spisovna/spisy?za=x",
        "/spisovna/spisy?za=2026-11-24_x", "/nastaveni/protokol?pred=0",
    ])
    func `a list that goes on from nowhere says so`(_ path: String) async throws {
        let bench = try await Bench()
        let head = try await bench.cell.clerk([.head, .clerk], in: bench.office)
        let front = try Front(bench, clerks: [head])
        let answer = try await front.get(path, as: head)
        #expect(answer.status == .unprocessableContent && answer.body.contains("znovu od začátku"))
    }

    @Test func `the register pages backwards through everything, each once`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        for _ in 0..<120 { try await bench.deliver(bench.delivery()) }
        for start in ["/spisovna", "/spisovna?q=dvorak", "/spisovna?smer=incoming"] {
            var seen: [String] = []
            var path: String? = start
            while let place = path {
                let page = try await front.get(place, as: clerk).body
                seen += page.matches(of: /<td class="nowrap">([^<]+)</).map { String($0.1) }
                path = page.firstMatch(of: /<a class="button quiet" href="([^"]+)">Další/)
                    .map { String($0.1).replacing("&amp;", with: "&") }
            }
            #expect(seen.count == 120 && Set(seen).count == 120, "\(start): \(seen.count)")
        }
    }

    @Test func `paper is entered with the day it came, and its clock runs from there`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.registryClerk, .clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let form = [
            "subject": "Žádost o informace", "sender": "Petr Novák", "channel": "paper",
            "regime": "information",
        ]
        let late = form.merging(["day": "2026-11-25"]) { $1 }
        let refused = try await front.post("/spisovna/novy", late, as: clerk)
        #expect(refused.status.code == 422 && refused.body.contains("Petr Novák"))
        let entered = try await front.post(
            "/spisovna/novy",
            form.merging(["day": "2026-11-20"]) { $1 },
            as: clerk
        )
        #expect(entered.status == .seeOther)
        let place = try #require(entered.headers[.location]?.split(separator: "/").last)
        let file = try await bench.caseFile(try #require(UUID(uuidString: String(place))))
        #expect(file.opened == Day("2026-11-20"))
        #expect(file.due == Day("2026-12-07"), "fifteen days end on a Saturday")
        // A program need not say what goes without saying: it came on paper, today.
        let short = try await front.desk.ask(
            .post,
            "/spisovna/novy",
            headers: [
                .authorization: "Bearer \(clerk.userID)", .contentType: "application/json",
                .accept: "application/json",
            ],
            body: #"{"subject": "Jen věc", "sender": "Jan Stručný"}"#
        )
        #expect(short.status == .seeOther, "\(short.body)")
        #expect(try await bench.documents(of: file.id).map(\.sender) == ["Petr Novák"])
        #expect(try await bench.reports(about: file.submissionID).isEmpty)
    }
}
