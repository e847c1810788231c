import Foundation
import HTTPTypes
import Office
import Support
import Testing

@testable import FilingRoom

/// What a clerk enters by hand, judged on the server.
@Suite struct `An entry by hand` {
    private func entry(_ form: MailForm, into first: Document? = nil, now: Date = Bench.noon) throws
        -> Registry.Entry
    {
        try form.entry(
            into: first,
            regime: nil,
            services: Bench.catalogue.services,
            files: [],
            now: now
        )
    }

    private func refused(_ form: MailForm) -> Set<String> {
        do {
            _ = try entry(form)
            return []
        } catch let refusal as FilingRefusal {
            return Set(refusal.fields.keys)
        } catch {
            return ["\(error)"]
        }
    }

    @Test func `is told everything that is wrong at once, each at its field`() async throws {
        var form = MailForm(subject: "ab", senderKind: "person", sender: "J", birthDate: "kdysi", ico: "123")
        form.email = "neni"
        form.dataBox = "abc"
        form.channel = "email"
        form.day = "zítra"
        form.time = "25:00"
        form.sheets = "moc"
        form.paperAttachments = "víc"
        let all: Set = [
            "subject", "sender", "birthDate", "ico", "email", "dataBox", "signature", "day", "time", "sheets",
            "paperAttachments",
        ]
        #expect(refused(form) == all)

        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let answer = try await front.post(
            "/spisovna/novy",
            [
                "subject": "ab", "senderKind": "person", "sender": "J", "birthDate": "kdysi", "ico": "123",
                "email": "neni", "dataBox": "abc", "channel": "email", "day": "zítra", "time": "25:00",
                "sheets": "moc", "paperAttachments": "víc",
            ],
            as: clerk
        )
        #expect(answer.status == .unprocessableContent)
        for field in all {
            #expect(answer.body.contains("id=\"\(field)-e\""), "\(field)")
            #expect(answer.body.contains("<li><a href=\"#\(field)\">"), "\(field)")
        }
    }

    @Test func `a company number belongs to who has one, and is a real one`() throws {
        var form = MailForm(subject: "Plot u lesa", senderKind: "person", sender: "Jan Malý", ico: "27074358")
        #expect(refused(form) == ["ico"])
        form.senderKind = "legalPerson"
        #expect(try entry(form).submitter.ico == "27074358")
        form.ico = "27074359"
        #expect(refused(form) == ["ico"])
        form.ico = nil
        form.birthDate = "2026-11-25"
        #expect(refused(form) == ["birthDate"], "nobody is born tomorrow")
    }

    @Test(arguments: [
        ("administrative", "no", Day("2026-11-30")), ("administrative", "yes", nil),
        ("byContent", "no", Day("2026-11-30")), ("tax", "no", Day("2026-11-30")), ("information", "no", nil),
        ("petition", "no", nil),
    ])
    func `an e-mail without a signature is confirmed within five days where its law asks it`(
        _ regime: String,
        _ signature: String,
        _ last: Day?
    ) throws {
        var form = MailForm(subject: "Plot u lesa", sender: "Jan Malý")
        form.channel = "email"
        form.regime = regime
        #expect(refused(form) == ["signature"], "it is asked")
        form.signature = signature
        #expect(try entry(form).confirmBy == last)
        form.channel = "paper"
        #expect(try entry(form).confirmBy == nil)
    }

    @Test func `an unsigned e-mail waits, and is closed by record after its last day and not on it`()
        async throws
    {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let entered = try await front.post(
            "/spisovna/novy",
            [
                "subject": "Kácení lípy", "sender": "Jan Malý", "senderKind": "person", "channel": "email",
                "service": "kaceni-drevin", "signature": "no",
            ],
            as: clerk
        )
        let path = try #require(entered.headers[.location])
        let page = try await front.get(path, as: clerk).body
        #expect(page.contains("Podání není potvrzené") && page.contains("Potom ho uzavřete záznamem."))
        #expect(
            page.contains("30.\u{a0}11.\u{a0}2026")
                && !page.contains("<button class=\"button\">Uzavřít záznamem")
        )
        let list = try await front.get("/spisovna/spisy?filtr=nepotvrzene", as: clerk).body
        #expect(list.contains("Kácení lípy"))
        let id = try #require(UUID(uuidString: path.split(separator: "/").last.map(String.init) ?? ""))
        func lapse(on day: Day) async throws {
            try await bench.registry.lapse(id, at: bench.office, by: clerk, today: day)
        }
        await #expect(throws: FilingRefusal.notLapsed) { try await lapse(on: Bench.today + 6) }
        try await lapse(on: Bench.today + 7)
        #expect(
            try await bench.caseFile(id).settledHow?.contains("nebylo do 30.\u{a0}11.\u{a0}2026 potvrzeno")
                == true
        )
    }

    @Test func `found to be a request for information it waits for no confirmation`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        var form = MailForm(subject: "Kolik stála lavička", sender: "Jan Malý")
        form.channel = "email"
        form.signature = "no"
        let file = try await bench.registry.enter(
            try entry(form),
            at: bench.office,
            by: clerk,
            now: Bench.noon
        )
        .caseFile
        #expect(try await bench.caseFile(file).isUnconfirmed)
        try await bench.registry.reclassify(
            file,
            as: .information,
            at: bench.office,
            by: clerk,
            now: Bench.noon
        )
        #expect(try await !bench.caseFile(file).isUnconfirmed)
    }

    /// An answer to a namesake would go to a stranger.
    @Test func `joins no two people who share a name alone`() {
        func mark(_ address: String = "", email: String? = nil, born: String? = nil) -> String {
            FilingStore.fingerprint(
                of: Submitter(
                    kind: .person,
                    name: "Petr Svoboda",
                    birthDate: born.flatMap { Day($0) },
                    address: address,
                    email: email
                )
            )
        }
        #expect(mark() != mark(), "nothing but the name")
        #expect(mark(email: "petr@ukazka.cz") == mark(email: "Petr@ukazka.cz"))
        #expect(mark(email: "petr@ukazka.cz") != mark(email: "jiny@ukazka.cz"))
        #expect(
            mark("Náves 1") == mark("Náves 1") && mark("Náves 1") != mark("Náves 1", email: "a@ukazka.cz")
        )
        #expect(
            mark("Náves 1", born: "1961-04-12") == mark("Náves 1", email: "a@ukazka.cz", born: "1961-04-12")
        )
        #expect(mark("Náves 1", born: "1961-04-12") != mark("Náves 1", born: "1990-04-12"))
    }

    @Test func `with its day cleared is not one of today`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let typed = [
            "subject": "Plot", "sender": "Jan Malý", "senderKind": "person", "channel": "paper",
            "dayAsked": "yes", "day": "",
        ]
        let answer = try await front.post("/spisovna/novy", typed, as: clerk)
        #expect(answer.status == .unprocessableContent && answer.body.contains("id=\"day-e\""))
    }

    @Test func `of an earlier day says the day alone, where nobody wrote down the hour`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        let form = ["subject": "Plot", "sender": "Jan Malý", "senderKind": "person", "channel": "paper"]
        for (time, shown) in [
            ("", "23.\u{a0}11.\u{a0}2026<"), ("0:30", "23.\u{a0}11.\u{a0}2026 v\u{a0}0:30<"),
        ] {
            let typed = form.merging(["day": "2026-11-23", "time": time]) { $1 }
            let entered = try await front.post("/spisovna/novy", typed, as: clerk)
            let path = try #require(entered.headers[.location])
            let id = try #require(UUID(uuidString: path.split(separator: "/").last.map(String.init) ?? ""))
            let document = try #require(try await bench.documents(of: id).first)
            #expect(Day(of: document.receivedAt) == Bench.today - 1)
            let card = "/spisovna/dokument/\(document.id.uuidString.lowercased())"
            #expect(
                try await front.get("\(card)/razitko", as: clerk).body.contains("<dd>\(shown)"),
                "\(time)"
            )
            #expect(try await !front.get(card, as: clerk).body.contains("0:30:00"), "nobody wrote seconds")
            for page in [path, card, "\(card)/razitko", "/spisovna"] {
                let body = try await front.get(page, as: clerk).body
                #expect(!body.contains("12:00") && !body.contains("v\u{a0}0:00"), "\(page)")
            }
        }
    }

    @Test func `of a message of an earlier day asks for its time`() throws {
        var form = MailForm(subject: "Plot u lesa", sender: "Jan Malý")
        form.signature = "yes"
        for channel in ["email", "dataBox"] {
            form.channel = channel
            (form.day, form.time) = ("2026-11-24", nil)
            #expect(try entry(form).receivedAt == Bench.noon)
            form.day = "2026-11-23"
            #expect(refused(form) == ["time"], "\(channel)")
            form.time = "10:20:30"
            #expect(try Day(of: entry(form).receivedAt) == Bench.today - 1)
        }
    }

    @Test(arguments: [
        ("2026-10-25", false), ("2026-10-24", true), ("2024-05-06", true), ("1990-01-01", true),
    ])
    func `of a day long ago is asked about, and takes a number of this year`(_ day: String, _ isAsked: Bool)
        async throws
    {
        var form = MailForm(subject: "Plot u lesa", sender: "Jan Malý")
        form.day = day
        #expect(refused(form) == (isAsked ? ["sure"] : []))
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        var typed = ["subject": "Plot", "sender": "Jan Malý", "senderKind": "person", "day": day]
        let first = try await front.post("/spisovna/novy", typed, as: clerk)
        #expect(first.status == (isAsked ? .unprocessableContent : .seeOther))
        #expect(first.body.contains("name=\"sure\"") == isAsked)
        typed["sure"] = "on"
        let entered = try await front.post("/spisovna/novy", typed, as: clerk)
        let path = try #require(entered.headers[.location])
        let id = try #require(UUID(uuidString: path.split(separator: "/").last.map(String.init) ?? ""))
        let document = try #require(try await bench.documents(of: id).first)
        #expect(document.year == 2026 && document.referenceNumber.hasSuffix("/2026"))
        #expect(try await bench.caseFile(id).opened == Day(day))
    }

    @Test func `of last year takes a number of the year in which it is entered`() throws {
        let today = try #require(Day("2027-01-02"))
        #expect(MailForm.isLongAgo(today - 2, on: today))
        #expect(!MailForm.isLongAgo(today - 1, on: today))
    }

    @Test func `a confirmation is not older than what it confirms, to the minute`() async throws {
        let bench = try await Bench()
        let file = try await bench.deliver(bench.delivery(confirmBy: Bench.today + 5))
        let first = try #require(try await bench.documents(of: file.id).first)
        let later = Bench.noon.addingTimeInterval(7200)
        var form = MailForm(subject: "Podepsaný výtisk", meaning: "signedPrint")
        form.time = "9:05"
        #expect(throws: FilingRefusal.confirmedEarlier("24.\u{a0}11.\u{a0}2026 v\u{a0}12:00")) {
            try entry(form, into: first, now: later)
        }
        form.time = "12:00"
        #expect(try entry(form, into: first, now: later).receivedAt >= first.receivedAt)
        form.time = nil
        form.day = Bench.today.description
        let nextDay = Bench.noon.addingTimeInterval(86_400)
        let untimed = try entry(form, into: first, now: nextDay).receivedAt
        #expect(Day(of: untimed) == Bench.today && untimed.isDayAlone, "no time is known")
    }

    @Test func `a file whose name says another type than its content is not taken`() async throws {
        let bench = try await Bench()
        let clerk = try await bench.cell.clerk([.clerk], in: bench.office)
        let front = try Front(bench, clerks: [clerk])
        func post(_ name: String, _ subject: String) async throws -> Support.Desk.Answer {
            let body =
                "--x\r\nContent-Disposition: form-data; name=\"subject\"\r\n\r\n\(subject)\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"sender\"\r\n\r\nJan Malý\r\n"
                + "--x\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\(name)\"\r\n\r\n"
                + "<!doctype html><html><body>nic</body></html>\r\n--x--\r\n"
            return try await front.desk.ask(
                .post,
                "/spisovna/novy",
                headers: [
                    .authorization: "Bearer \(clerk.userID)",
                    .contentType: "multipart/form-data; boundary=x",
                ],
                bytes: Array(body.utf8)
            )
        }
        let refused = try await post("fake.pdf", "Plot u lesa")
        #expect(refused.status == .unprocessableContent)
        #expect(refused.body.contains("Podle názvu je to PDF, podle obsahu"))
        #expect(!refused.body.contains("name=\"kept\""), "nothing of it is kept")
        #expect(try await post("stranka.html", "Plot u lesa").status == .seeOther)
        // What is kept of a refused form is said, with its size.
        let kept = try await post("stranka.html", "")
        #expect(kept.body.contains("Tyto soubory se zapíšou do spisu") && kept.body.contains("stranka.html"))
    }
}
