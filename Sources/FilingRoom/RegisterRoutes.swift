import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

// The lists: the register of documents, case files, and the name register.

extension FilingRoutes {
    var registerRoutes: [Route] {
        func show(_ path: String, _ summary: String, _ answer: @escaping Route.ClerkHandler) -> Route {
            .needs(.registerMail, .get, path, room: Self.room, summary, answer)
        }
        return [
            show("/spisovna", "Podací deník", register)
                .asking(
                    .query("q", "Hledaná slova nebo číslo jednací."),
                    .query("smer", "Směr.", .choice(["incoming", "outgoing"])),
                    .query("rok", "Rok deníku.", .integer),
                    .query("za", "Zápisy za tímto: rok-číslo.")
                ).showing(RegisterPage.self),
            show("/spisovna/spisy", "Spisy", cases)
                .asking(.query("filtr", "Které spisy."), .query("za", "Spisy za tímto."))
                .showing(CasesPage.self),
            show("/spisovna/osoby", "Jmenný rejstřík", persons)
                .asking(.query("q", "Hledané jméno.")).showing(PersonsPage.self),
            show("/spisovna/osoby/:id", "Osoba jmenného rejstříku", person)
                .showing(PersonPage.self),
        ]
    }

    @Sendable private func register(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let query = try Input.query("q", of: request)
        let direction = try Input.query("smer", of: request)
        let years = (0...3).map { visit.today.year - $0 }
        let filter = RegisterFilter(
            direction: ["incoming", "outgoing"].contains(direction) ? direction : nil,
            year: Int(try Input.query("rok", of: request)).flatMap { years.contains($0) ? $0 : nil }
        )
        let before: (year: Int, number: Int)? = try Input.cursor("za", of: request, by: "-") { place in
            Int32(place[0]).flatMap { year in Int32(place[1]).map { (Int(year), Int($0)) } }
        }
        let rows = Limits.rowsPerPageMax
        let fees = clerk.may(.handleFees)
        let (database, tenant) = (registry.database, try visit.here.tenant)
        var found: [RegisterLine]
        if let words = prefixQuery(query) {
            let number = NumberQuery(query)
            found = try await database.tenant(tenant, as: clerk.actor) { office in
                var exact: [RegisterLine] = []
                if let number {
                    exact = try await RegisterListStore.numbered(number, seesFees: fees, in: office)
                }
                if let number, number.isWhole, !exact.isEmpty { return before == nil ? exact : [] }
                let found = try await RegisterListStore.search(
                    words,
                    before: before,
                    seesFees: fees,
                    rowsMax: rows + 1,
                    in: office
                )
                guard before == nil, found.count <= rows else { return found }
                let known = Set(exact.map(\.referenceNumber))
                return exact + found.filter { !known.contains($0.referenceNumber) }
            }
        } else {
            // Nothing waits inside, so that the whole transaction is one flush.
            found = try await database.tenant(tenant, as: clerk.actor) { office in
                RegisterListStore.register(
                    filter,
                    before: before,
                    seesFees: fees,
                    rowsMax: rows + 1,
                    in: office
                )
            }.rows
        }
        let shown = found.prefix(rows)
        func link(_ filter: RegisterFilter) -> String {
            "/spisovna?smer=\(filter.direction ?? "")&rok=\(filter.year.map(String.init) ?? "")"
        }
        let asked = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let base = query.isEmpty ? link(filter) : "/spisovna?q=\(asked)"
        let directions: [(String?, String)] = [
            (nil, "vše"), ("incoming", "doručené"), ("outgoing", "vlastní"),
        ]
        let page = RegisterPage(
            query: query,
            filters: query.isEmpty
                ? directions.map { code, name in
                    Filter(
                        name: name,
                        link: link(RegisterFilter(direction: code, year: filter.year)),
                        isCurrent: code == filter.direction
                    )
                } : [],
            years: query.isEmpty
                ? ([nil] + years).map { year in
                    Filter(
                        name: year.map(String.init) ?? "všechny roky",
                        link: link(RegisterFilter(direction: filter.direction, year: year)),
                        isCurrent: year == filter.year
                    )
                } : [],
            lines: shown.map(RegisterRow.init),
            isEmpty: shown.isEmpty,
            next: found.count > rows ? shown.last.map { "\(base)&za=\($0.year)-\($0.number)" } : nil
        )
        return try pages.answer(page, to: request, visit)
    }

    // Case files

    @Sendable private func cases(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let wanted = try Input.query("filtr", of: request)
        let filter = Self.filter(wanted, clerk)
        let after = try Input.cursor("za", of: request, by: "_") { place in
            UUID(uuidString: place[1]).map { CasePlace(day: Day(place[0]), id: $0) }
        }
        let rows = Limits.rowsPerPageMax
        let (found, letters, people) = try await registry.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { office in
            let found = try await RegisterListStore.cases(
                filter,
                after: after,
                seesFees: clerk.may(.handleFees),
                rowsMax: rows + 1,
                in: office
            )
            return (
                found, try await RegisterListStore.letters(of: found.map(\.id), in: office),
                try await ClerkStore.all(in: office)
            )
        }
        let names = Dictionary(people.map { ($0.clerk.userID, $0.clerk.name) }, uniquingKeysWith: { $1 })
        let shown = found.prefix(rows)
        let kinds = [
            ("", "otevřené"), ("moje", "moje"), ("bez", "nepřidělené"), ("nepotvrzene", "nepotvrzené"),
            ("uzavrit", "k uzavření"), ("uzavrene", "uzavřené"),
        ]
        let regimes = Regime.chosen.filter(clerk.sees)
        let page = CasesPage(
            filters: kinds.map { Filter($0.0, $0.1, wanted) },
            regimes: regimes.map { Filter($0.rawValue, $0.czech, wanted) },
            cases: shown.map {
                CaseLine(
                    $0,
                    letters[$0.id] ?? LetterSum(),
                    names: names,
                    mayAct: clerk.may(.handleCases),
                    today: visit.today
                )
            },
            isEmpty: shown.isEmpty,
            next: found.count > rows
                ? shown.last.map { "/spisovna/spisy?filtr=\(wanted)&za=\($0.place(in: filter))" } : nil
        )
        return try pages.answer(page, to: request, visit)
    }

    private static func filter(_ wanted: String, _ clerk: Clerk) -> CaseFilter {
        switch wanted {
        case "moje": .desk(clerk.userID)
        case "bez": .unassigned
        case "nepotvrzene": .unconfirmed
        case "uzavrit": .toClose
        case "uzavrene": .closed
        default: Regime(rawValue: wanted).map { .regime($0) } ?? .open
        }
    }

    // The name register

    /// Who looked for whom stands in the log (§ 7.4.5 of the national standard); the words themselves do not.
    @Sendable private func persons(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let query = try Input.query("q", of: request)
        var found: [Person] = []
        if let words = prefixQuery(query) {
            found = try await registry.database.tenant(try visit.here.tenant, as: clerk.actor) { office in
                let found = try await RegisterListStore.persons(
                    words,
                    seesFees: clerk.may(.handleFees),
                    rowsMax: Limits.rowsPerPageMax,
                    in: office
                )
                office.record(
                    LogEntry("searched", "person", clerk.userID, detail: "nalezeno \(found.count)")
                )
                return found
            }
        }
        let page = PersonsPage(
            query: query,
            isAsked: !query.isEmpty,
            isEmpty: found.isEmpty,
            persons: found.map { person in
                PersonLine(
                    name: person.name,
                    link: "/spisovna/osoby/\(person.id.uuidString.lowercased())",
                    kind: person.czechKind,
                    facts: person.particulars
                )
            }
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable private func person(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response
    {
        let id = try visit.identifier("id")
        let fees = clerk.may(.handleFees)
        let (person, lines) = try await registry.database.tenant(try visit.here.tenant, as: clerk.actor) {
            office in
            guard let person = try await RegisterListStore.person(id, seesFees: fees, in: office) else {
                throw PlainRefusal.missing
            }
            let lines = try await RegisterListStore.documents(
                of: id,
                seesFees: fees,
                rowsMax: Limits.rowsPerPageMax,
                in: office
            )
            office.record(LogEntry("viewed", "person", id))
            return (person, lines)
        }
        let page = PersonPage(
            title: person.name,
            facts: person.facts,
            lines: lines.map(RegisterRow.init),
            isEmpty: lines.isEmpty
        )
        return try pages.answer(page, to: request, visit)
    }
}

extension Filter {
    fileprivate init(_ code: String, _ name: String, _ wanted: String) {
        self.init(
            name: name,
            link: code.isEmpty ? "/spisovna/spisy" : "/spisovna/spisy?filtr=\(code)",
            isCurrent: code == wanted
        )
    }
}

extension CaseFile {
    /// Where the next page of the list begins.
    fileprivate func place(in filter: CaseFilter) -> String {
        let day =
            switch filter {
            case .unconfirmed: confirmBy
            case .toClose: settled
            case .closed: closed
            default: due
            }
        return "\(day?.description ?? "")_\(id.uuidString.lowercased())"
    }
}

extension Person {
    fileprivate var czechKind: String {
        switch Submitter.Kind(rawValue: kind) {
        case .person: "fyzická osoba"
        case .entrepreneur: "podnikatel"
        case .legalPerson: "právnická osoba"
        case .anonymous, nil: "nezjištěno"
        }
    }

    fileprivate var particulars: String {
        [birthDate.map { "nar. \($0.czechShort)" }, ico.map { "IČO \($0)" }, address]
            .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    }

    fileprivate var facts: [CaseFact] {
        let all = [
            ("Druh", czechKind), ("Narození", birthDate?.czechShort ?? ""), ("IČO", ico ?? ""),
            ("Adresa", address), ("E-mail", email), ("Telefon", phone.asPhone), ("Datová schránka", dataBox),
        ]
        return all.filter { !$0.1.isEmpty }.map { CaseFact(name: $0.0, value: $0.1) }
    }
}
