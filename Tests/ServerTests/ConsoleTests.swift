import Database
import Foundation
import Office
import Sealing
import Support
import Testing

/// What the region's administrator does about an office that has nobody, or whose submissions cannot reach it.
@Suite(.serialized, .timeLimit(.minutes(5))) struct `The region's console` {
    private func letters(_ house: House, to email: String) async throws -> [String] {
        try await house.owner().rows(
            "select body from region.letters where recipient = \(email) order by created_at"
        ) { row -> String in try row["body"] }
        .compactMap { $0.firstMatch(of: /pozvanka\/([\w-]{43})/).map { String($0.1) } }
    }

    @Test func `names the head of an office that was made without one, and corrects the address`()
        async throws
    {
        let there = try await Neighbours.shared.value
        let house = there.house
        let office = try await house.owner().rows(
            """
            select o.code from region.offices o where o.kind = 'municipality'
                and not exists (select from region.tenants t where t.tenant = o.tenant) order by o.code limit 1
            """
        ) { row -> String in try row["code"] }
        let code = try #require(office.first)
        try await house.epom("tenant", "create", code, "--rooms", "Forms").mustSucceed()
        func console(_ path: String = "", by method: String = "GET", _ body: String = "") async throws
            -> Answer
        {
            try await house.ask(
                "/kraj/obce/\(code)\(path)",
                by: method,
                with: there.administrator,
                at: house.regionHost,
                body: body
            )
        }
        try await eventually("the console does not know the office") {
            try await console().body.contains("Úřad zatím nemá vedoucího")
        }
        #expect(try await console().body.contains("Pozvat vedoucího úřadu"))
        let (wrong, right) = ("spatne-\(code)@example.org", "spravne-\(code)@example.org")

        let empty = try await console("/vedouci", by: "POST", form(["name": "", "email": "neni"]))
        #expect(empty.status == 422)
        for part in ["id=\"name-new-e\"", "id=\"email-new-e\"", "href=\"#email-new\"", "value=\"neni\""] {
            #expect(empty.body.contains(part), "\(part)")
        }
        let asked = form(["name": "Nová Starostka", "email": wrong])
        #expect(try await console("/vedouci", by: "POST", asked).status == 303)
        let page = try await console().body
        #expect(page.contains("pozvánka čeká") && page.contains("Opravit e-mail"))

        let mistyped = form(["insteadOf": wrong, "name": "Nová Starostka", "email": "x"])
        let again = try await console("/vedouci", by: "POST", mistyped)
        #expect(again.status == 422 && again.body.contains("id=\"email-0-e\""))
        let corrected = form(["insteadOf": wrong, "name": "Nová Starostka", "email": right])
        #expect(try await console("/vedouci", by: "POST", corrected).status == 303)
        #expect(try await console("/vedouci", by: "POST", corrected).status == 409, "it waits no more")
        let (old, new) = (try await letters(house, to: wrong), try await letters(house, to: right))
        let host = house.regionHost
        #expect(await house.ask("/pozvanka/\(try #require(old.last))", host: host).status == 410)
        let token = try #require(new.last)
        let browser = Caller(part: "invited", id: UUID(), name: "", email: right)
        let weak = try await house.ask(
            "/pozvanka/\(token)",
            by: "POST",
            with: browser,
            at: host,
            body: form(["password": "aaaaaaaaaa"])
        )
        #expect(weak.status == 422 && weak.body.contains("opakuje stále totéž"))
        let accepted = try await house.ask(
            "/pozvanka/\(token)",
            by: "POST",
            with: browser,
            at: host,
            body: form(["password": "modrý vůz jede domů"])
        )
        #expect(accepted.status == 303)
        // They sign in next, with the address already there.
        let cookie = try #require(accepted.cookies["epom-email"])
        let signIn = await house.ask("/prihlaseni", host: host, headers: ["Cookie": "epom-email=\(cookie)"])
        #expect(signIn.body.contains("value=\"\(right)\""))
        try await eventually("the head does not come") {
            try await console().body.contains("pozvánka přijata")
        }
        let twice = try await console(
            "/vedouci",
            by: "POST",
            form(["name": "Nová Starostka", "email": right])
        )
        #expect(twice.status == 422 && twice.body.contains("už úřad vede"))
        let log = try await house.psql(
            as: "epom_root",
            "select act || ' ' || detail from m_\(code).log_entries where act = 'invited head' order by number"
        )
        #expect(log.contains("invited head \(wrong)") && log.contains("invited head \(right)"))
    }

    @Test func `tells all that is wrong with an order at its fields`() async throws {
        let there = try await Neighbours.shared.value
        let body = "rooms=Forms&headName=Eva+Nov%C3%A1&headEmail=neni"
        let answer = try await there.house.ask(
            "/kraj/obce/514195/zridit",
            by: "POST",
            with: there.administrator,
            at: there.house.regionHost,
            body: body
        )
        #expect(answer.status == 422 && answer.body.contains("Takový e-mail být nemůže"))
        #expect(answer.body.contains("id=\"headEmail-e\"") && !answer.body.contains("id=\"headName-e\""))
    }

    /// `ano` once hosted a filing room at a municipality that has both offices.
    @Test func `takes neither yes nor no for an answer of its own choosing`() async throws {
        let there = try await Neighbours.shared.value
        func order(_ body: String) async -> Answer {
            await there.house.ask(
                "/api/tenants",
                by: "POST",
                bearing: there.administrator,
                at: there.house.regionHost,
                headers: ["Content-Type": "application/json"],
                body: body
            )
        }
        let head = #""rooms": ["FilingRoom"], "headName": "Eva Nová", "headEmail": "eva@example.org""#
        let wrong = await order(
            #"{"code": "514195", "registryOffice": "ano", "buildingOffice": "ano", \#(head)}"#
        )
        #expect(wrong.status == 422 && wrong.body.contains("\"registryOffice\""), "\(wrong.body)")
        #expect(wrong.body.contains("\"buildingOffice\""))
        let missing = await order(#"{"code": "514195", "registryOffice": "no", \#(head)}"#)
        #expect(missing.status == 422 && missing.body.contains("\"buildingOffice\""))
        #expect(!missing.body.contains("\"registryOffice\""))
        for body in ["{}", #"{"code": "000000"}"#] {
            let unknown = await order(body)
            #expect(unknown.status == 422 && unknown.body.contains("\"code\""), "\(unknown.body)")
        }
        let page = try await there.house.ask(
            "/kraj/obce/514195/zridit",
            by: "POST",
            with: there.administrator,
            at: there.house.regionHost,
            body: "rooms=Forms&registryOffice=ano&buildingOffice=no&headName=Eva&headEmail=eva%40example.org"
        )
        #expect(page.status == 422 && page.body.contains("Vyberte, zda obec má matriční úřad"))
        #expect(!page.body.contains("Vyberte, zda obec má stavební úřad"))
    }

    @Test func `refuses to go on from where no list is`() async throws {
        let there = try await Neighbours.shared.value
        for path in ["/kraj/obce?za=xx", "/kraj/doruceni?pred=xx", "/moje-podani?pred=xx"] {
            let answer = try await there.house.ask(
                path,
                with: there.administrator,
                at: there.house.regionHost
            )
            #expect(answer.status == 422 && answer.body.contains("znovu od začátku"), "\(path)")
        }
        for path in ["/ucetnictvi?za=xx", "/ucetnictvi/pohledavky?za=1_2", "/spisovna?za=2026-1-1"] {
            let answer = try await there.house.ask(path, with: there.one.head, at: there.one.host)
            #expect(answer.status == 422 && answer.body.contains("znovu od začátku"), "\(path)")
        }
    }

    @Test func `hands a delivery over and nothing waits any more, at once`() async throws {
        let there = try await Neighbours.shared.value
        let house = there.house
        let answers = """
            {"druh": "osvetleni", "predmet": "Nesvítí lampa", "misto": {"obec": "564044", "cast": "38172"},
            "upresneni": "u mostu", "email": "sousedka@example.cz"}
            """
        let key = Token.random(.bits128).text
        let taken = try await house.handIn("zavada", answers, key: key, at: there.one.host)
        #expect([200, 202, 303].contains(taken.status), "\(taken.status) \(taken.body.prefix(2000))")
        let waiting: SQL = """
            select id from relay.outbox where recipient = 'm_564044' and attempts > 0 order by created_at desc limit 1
            """
        var message: UUID?
        try await eventually("the delivery was not tried") {
            message = try await house.owner().rows(waiting) { row -> UUID in try row["id"] }.first
            return message != nil
        }
        let id = try #require(message).uuidString.lowercased()
        func desk(_ path: String, by method: String = "GET", _ body: String = "") async throws -> Answer {
            try await house.ask(
                path,
                by: method,
                with: there.administrator,
                at: house.regionHost,
                body: body
            )
        }
        let unhosted = try await desk("/kraj/obce/564044").body
        #expect(unhosted.contains("Pro tento úřad tu čeká") || unhosted.contains("Pro tento úřad tu čekají"))
        #expect(try await desk("/kraj/doruceni").body.contains("Doručit všechno znovu"))
        let all = try await desk("/kraj/doruceni/znovu", by: "POST")
        #expect(all.status == 303)
        let today = Day(of: Date()).description
        let entry = form(["way": "post", "day": today, "reference": "MUHE 1/2026"])
        #expect(try await desk("/kraj/doruceni/\(id)/predat", by: "POST", entry).status == 303)
        #expect(
            try await house.count("select count(*) as n from relay.outbox where recipient = 'm_564044'") == 0
        )
        #expect(try await !desk("/kraj/doruceni").body.contains(id))
        #expect(try await desk("/kraj/doruceni/\(id)/predat", by: "POST", entry).status == 404)
    }

    /// The region may withdraw no message; one function closes those that are noted as handed over.
    @Test func `closes no delivery that was not handed over`() async throws {
        let there = try await Neighbours.shared.value
        let house = there.house
        let owner = try await house.owner()
        let subject = try await owner.rows(
            "select id from region.submissions where code = \(there.one.receipt.code)"
        ) { row -> UUID in try row["id"] }
        let ids = [UUID.v7(), UUID.v7()]
        for (id, sender) in zip(ids, ["epom_region", "m_546631"]) {
            try await owner.change(
                """
                insert into relay.outbox (id, sender, recipient, subject_id, ordinal, kind, body, next_attempt_at)
                values (\(id), \(sender)::name, 'region', \(try #require(subject.first)), 99, 'nikdo', '{}',
                    clock_timestamp() + interval '1 hour')
                """
            )
        }
        let region = try house.connection(as: "epom_region")
        for id in ids {
            let closed = try await region.rows("select region.close_delivery(\(id)) as is_closed") {
                row -> Bool in
                try row["is_closed"]
            }
            #expect(closed == [false])
        }
        try await owner.change("delete from relay.outbox where id = any (\(ids)::uuid[])")
        let denied = try await house.attempt(
            as: "epom_app_00",
            "set role \(there.one.schema); select region.close_delivery(gen_random_uuid())"
        )
        #expect(denied.code != 0 && denied.said.contains("permission denied"), "\(denied.said)")
    }

    @Test func `narrows the register to one district, with every other choice kept`() async throws {
        let there = try await Neighbours.shared.value
        func register(_ query: String) async throws -> String {
            let answer = try await there.house.ask(
                "/kraj/obce?\(query)",
                with: there.administrator,
                at: there.house.regionHost
            )
            return answer.body
        }
        let code = try await there.house.owner().rows(
            "select orp_code as code from region.offices where tenant = 'm_564028'"
        ) { row -> String in try row["code"] }
        let orp = try #require(code.first)
        let page = try await register("orp=\(orp)&stav=provozovane")
        #expect(page.contains(">Frýdlant</a>") && page.contains(">Bílý Potok</a>"))
        #expect(!page.contains(">Luka</a>") && page.contains("value=\"\(orp)\" selected"))
        #expect(
            page.contains("name=\"stav\" value=\"provozovane\"")
                && page.contains("orp=\(orp)&amp;stav=pozadu")
        )
        #expect(try await register("orp=\(orp)&q=luka").contains("Nic takového v registru není"))
    }

    /// Somebody else has got into an account: all its sessions end at once, those at offices too.
    @Test func `finds a person by their address and ends their sessions`() async throws {
        let there = try await Neighbours.shared.value
        let house = there.house
        let person = try await house.person("clerk", named: "Ztracená Peněženka", at: there.hosts)
        try await house.employ(person, as: [.clerk], in: there.one.schema)
        try await house.owner().change(
            "insert into region.workplaces (user_id, tenant) values (\(person.id), 'm_546631')"
        )
        func console(_ path: String, by method: String = "GET") async throws -> Answer {
            try await house.ask(path, by: method, with: there.administrator, at: house.regionHost)
        }
        #expect(try await house.ask("/dnes", with: person, at: there.one.host).status == 200)
        let part = String(person.email.prefix(20))
        // A long address may break on a phone.
        let page = try await console("/kraj/uzivatele?q=\(part)").body.replacing("<wbr>", with: "")
        for words in ["Ztracená Peněženka", person.email, "Bílý Potok", "referent", "Ukončit všechna"] {
            #expect(page.contains(words), "\(words)")
        }
        #expect(try await console("/kraj/uzivatele?q=ex").body.contains("Napište aspoň tři znaky"))
        #expect(try await console("/kraj/uzivatele?q=%25%25%25").body.contains("tu není"))
        let id = person.id.uuidString.lowercased()
        #expect(try await console("/kraj/uzivatele/\(id)/odhlasit", by: "POST").status == 303)
        for (path, host) in [("/dnes", there.one.host), ("/ucet", house.regionHost)] {
            #expect(
                try await house.ask(path, with: person, at: host).status == 303,
                "\(host) sends to sign in"
            )
        }
        #expect(try await !console("/kraj/uzivatele?q=\(part)").body.contains("Ukončit všechna"))
    }

    @Test func `says whether the logs are what the region noted`() async throws {
        let there = try await Neighbours.shared.value
        let house = there.house
        func page() async throws -> String {
            try await house.ask("/kraj/zaznamy", with: there.administrator, at: house.regionHost).body
        }
        try await house.epom("log", "anchor").mustSucceed()
        let before = try await page()
        #expect(before.contains(">Bílý Potok</a>") && before.contains("souhlasí"))
        #expect(!before.contains("nesouhlasí"))
        // What the region noted is not what stands in the log: the next number, with another link.
        let owner = try await house.owner()
        try await owner.change(
            """
            insert into region.log_anchors (tenant, number, link)
            select 'm_546607', number + 1, sha256('x') from m_546607.log_head
            """
        )
        let after = try await page()
        try await owner.change(
            "delete from region.log_anchors where tenant = 'm_546607' and link = sha256('x')"
        )
        #expect(after.contains("nesouhlasí") && after.contains("Nesouhlasí: 1."))
    }

    @Test func `gives suppliers the document of the connection`() async throws {
        let there = try await Neighbours.shared.value
        let answer = await there.house.ask("/dokumentace/webhook")
        #expect(answer.status == 200 && answer.body.contains("X-Epom-Signature"))
        #expect(answer.header("Content-Type") == "text/plain; charset=utf-8")
    }

    /// The same rule by which deliveries go out; on localhost this machine is allowed, for the demo's offices.
    @Test func `refuses an address of a private network when it is typed`() async throws {
        let there = try await Neighbours.shared.value
        for address in ["https://10.0.0.1/", "https://[fe80::1]/", "https://192.168.1.1/"] {
            let answer = try await there.house.ask(
                "/kraj/obce/577456/napojeni",
                by: "POST",
                with: there.administrator,
                at: there.house.regionHost,
                body: form(["address": address, "isOn": "yes"])
            )
            #expect(answer.status == 422 && answer.body.contains("do soukromé či místní sítě"), "\(address)")
        }
    }
}
