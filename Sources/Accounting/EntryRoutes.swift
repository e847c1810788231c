import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// One entry: how it is booked, read and reversed.
extension BooksRoutes {
    private static let lineCount = 6

    @Sendable func entry(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        try await answer(entry: try visit.identifier("id"), nil, to: request, visit, clerk)
    }

    private func answer(
        entry id: UUID,
        _ refusal: (any Refusal)?,
        storno form: ReversalForm? = nil,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let (entry, lines, names, receivable) = try await books.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { tenant in
            guard let entry = try await BooksStore.entry(id, in: tenant) else { throw PlainRefusal.missing }
            let lines = try await BooksStore.lines(of: id, in: tenant)
            let accounts = try await BooksStore.accounts(in: tenant)
            var receivable: Receivable?
            if let owed = entry.receivable {
                receivable = try await ReceivableStore.receivable(owed, in: tenant)
            }
            let names = Dictionary(accounts.map { ($0.code, $0.name) }) { first, _ in first }
            return (entry, lines, names, receivable)
        }
        let total = lines.reduce(Money(hellers: 0)) { $0 + $1.debit }
        let page = EntryPage(
            title: "Zápis \(entry.number)/\(entry.year)",
            id: id.uuidString.lowercased(),
            day: entry.day.czech,
            text: entry.text,
            document: entry.document,
            party: entry.party,
            amount: total.czech,
            booked: entry.bookedAt.czech,
            by: entry.bookedBy,
            answeredBy: entry.answeredBy,
            isOnePerson: entry.answeredBy == entry.bookedBy,
            lines: lines.map {
                LineRow(
                    account: $0.account,
                    name: names[$0.account] ?? "",
                    link: "/ucetnictvi/ucet/\($0.account)?rok=\(entry.year)",
                    debit: $0.debit.hellers == 0 ? "" : $0.debit.plain,
                    credit: $0.credit.hellers == 0 ? "" : $0.credit.plain,
                    budget: [$0.paragraph, $0.item].filter { !$0.isEmpty }.joined(separator: " / ")
                )
            },
            total: total.plain,
            receivable: receivable.map { "\($0.kind.czech), VS \($0.variableSymbol)" },
            receivableLink: receivable.map { "/platba/\($0.id.uuidString.lowercased())" },
            reverses: entry.reverses.map { "/ucetnictvi/zapis/\($0.uuidString.lowercased())" },
            reversedBy: entry.reversedBy.map { "/ucetnictvi/zapis/\($0.uuidString.lowercased())" },
            isComplete: !entry.document.isEmpty && !entry.party.isEmpty,
            missing: [
                entry.document.isEmpty ? "označení dokladu" : nil, entry.party.isEmpty ? "účastník" : nil,
            ]
            .compactMap { $0 }.joined(separator: " a "),
            isUnclassified: NewEntry.hasUnclassifiedCash(lines),
            canReverse: !entry.isReversed && entry.reverses == nil,
            storno: TypedField(
                form?.day ?? BookingDay.reversal(of: entry.day, today: visit.today).description,
                refusal?.fields["day"]
            ),
            doubts: DoubtBox.all(refusal, sure: form?.sure),
            error: refusal?.czech
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable func reverse(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        let form = try await Input.decode(ReversalForm.self, from: request)
        let id = try visit.identifier("id")
        let reversal = UUID.v7()
        do {
            guard let day = form.day.map({ Day($0) }) ?? visit.today else { throw BooksRefusal.badDay }
            try await books.reverse(
                id,
                as: reversal,
                at: try visit.here.tenant,
                by: clerk,
                on: day,
                today: visit.today,
                sure: form.sure
            )
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(entry: id, refusal, storno: form, to: request, visit, clerk)
        }
        return done("Zápis je stornovaný.", "/ucetnictvi/zapis/\(reversal.uuidString.lowercased())")
    }

    /// A page sends lists of equal length; empty lines are left out.
    struct EntryForm: Decodable {
        var id: String
        var day: String
        var text: String
        var document: String?
        var party: String?
        /// The clerk who answers for the accounting case; empty: who books.
        var answers: String?
        /// `radky` asks for more lines and books nothing.
        var act: String?
        var account: [String]
        var debit: [String]
        var credit: [String]
        var paragraph: [String]?
        var item: [String]?
        /// The doubts that were answered.
        var sure: [String]?

        /// Throws ``BooksRefusal/faults(_:)`` with everything that is wrong.
        func entry(today: Day) throws -> NewEntry {
            guard let id = UUID(uuidString: id) else { throw PlainRefusal.unreadable(field: "id") }
            var faults: [String: String] = [:]
            let day = Day(day)
            if day == nil { faults["day"] = BooksRefusal.badDay.czech }
            let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
            let document = (document ?? "").trimmingCharacters(in: .whitespaces)
            let party = (party ?? "").trimmingCharacters(in: .whitespaces)
            if !(3...300).contains(text.count) { faults["text"] = BooksRefusal.textNeeded.czech }
            if document.count > 60 { faults["document"] = "Označení dokladu má nejvýše 60 znaků." }
            if party.count > 200 { faults["party"] = "Účastník má nejvýše 200 znaků." }
            if let day, day > today { faults["day"] = BooksRefusal.future.czech }
            let (lines, wrong) = self.lines()
            for (row, sentence) in wrong { faults["line-\(row)"] = "\(row). řádek: \(sentence)" }
            if wrong.isEmpty {
                do { try NewEntry.check(lines) } catch let refusal as BooksRefusal {
                    faults["lines"] = refusal.czech
                }
            }
            guard let day, faults.isEmpty else { throw BooksRefusal.faults(faults) }
            return NewEntry(id: id, day: day, text: text, lines: lines, document: document, party: party)
        }

        /// The lines that were filled in, and what is wrong with single rows, counted from one.
        private func lines() -> (lines: [EntryLine], wrong: [Int: String]) {
            var lines: [EntryLine] = []
            var wrong: [Int: String] = [:]
            for index in account.indices {
                let at = { (list: [String]) in
                    index < list.count ? list[index].trimmingCharacters(in: .whitespaces) : ""
                }
                if at(account).isEmpty, at(debit).isEmpty, at(credit).isEmpty { continue }
                func money(_ text: String) throws -> Money {
                    guard !text.isEmpty else { return Money(hellers: 0) }
                    guard let money = Money(text), money.hellers >= 0 else { throw BooksRefusal.badAmount }
                    return money
                }
                do {
                    let line = EntryLine(
                        account: String(at(account).prefix { $0 != " " }),
                        debit: try money(at(debit)),
                        credit: try money(at(credit)),
                        paragraph: String(at(paragraph ?? []).prefix(4)),
                        item: String(at(item ?? []).prefix(4))
                    )
                    try line.check()
                    lines.append(line)
                } catch let refusal as BooksRefusal {
                    wrong[index + 1] = refusal.czech
                } catch {
                    wrong[index + 1] = BooksRefusal.badAmount.czech
                }
            }
            return (lines, wrong)
        }
    }

    @Sendable func newEntry(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws
        -> Response
    {
        try await answer(nil, nil, to: request, visit, clerk)
    }

    private func answer(
        _ form: EntryForm?,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let (accounts, paragraphs, items, locked, people) = try await books.database.tenant(
            try visit.here.tenant,
            as: clerk.actor
        ) { tenant in
            (
                try await BooksStore.accounts(in: tenant), try await BudgetStore.paragraphs(in: tenant),
                try await BudgetStore.items(in: tenant), try await BooksStore.lockedUntil(in: tenant),
                try await ClerkStore.all(in: tenant)
            )
        }
        func at(_ list: [String]?, _ index: Int) -> String {
            list.map { index < $0.count ? $0[index] : "" } ?? ""
        }
        let asked = (form?.account.count ?? 0) + (form?.act == nil ? 0 : Self.lineCount)
        let count = min(NewEntry.linesMax, max(Self.lineCount, asked))
        let faults = refusal?.fields ?? [:]
        let codes = Set(accounts.map(\.code))
        /// The database says that an account is unknown; which one, the row says.
        func unknown(_ account: String) -> String {
            let code = String(account.trimmingCharacters(in: .whitespaces).prefix { $0 != " " })
            let isWrong =
                refusal as? BooksRefusal == .unknownAccount && !code.isEmpty && !codes.contains(code)
            return isWrong ? BooksRefusal.unknownAccount.czech : ""
        }
        let answering = form?.answers ?? clerk.userID.uuidString.lowercased()
        let page = NewEntryPage(
            id: form?.id ?? UUID.v7().uuidString.lowercased(),
            day: TypedField(form?.day ?? visit.today.description, faults["day"]),
            text: TypedField(form?.text ?? "", faults["text"]),
            document: TypedField(form?.document ?? "", faults["document"]),
            party: TypedField(form?.party ?? "", faults["party"]),
            answersFault: faults["answers"] ?? "",
            people: people.filter(\.isActive).map {
                let id = $0.clerk.userID.uuidString.lowercased()
                return PersonChoice(value: id, name: $0.clerk.name, isChosen: id == answering)
            },
            linesFault: faults["lines"] ?? "",
            lockedUntil: locked?.czech,
            lines: (0..<count).map {
                LineInput(
                    number: $0 + 1,
                    account: at(form?.account, $0),
                    debit: at(form?.debit, $0),
                    credit: at(form?.credit, $0),
                    paragraph: at(form?.paragraph, $0),
                    item: at(form?.item, $0),
                    fault: faults["line-\($0 + 1)"] ?? unknown(at(form?.account, $0))
                )
            },
            doubts: DoubtBox.all(refusal, sure: form?.sure),
            accounts: accounts.map { AccountChoice(code: $0.code, name: $0.name) },
            paragraphs: paragraphs.filter(\.isCurrent).map { AccountChoice(code: $0.code, name: $0.name) },
            items: items.filter(\.isCurrent).map { AccountChoice(code: $0.code, name: $0.name) },
            errors: BooksFault.listed(
                faults,
                ["day", "document", "party", "text", "answers", "lines"] + BookingDoubt.names
            ),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable func book(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(EntryForm.self, from: request)
        guard form.act == nil else { return try await answer(form, nil, to: request, visit, clerk) }
        do {
            var entry = try form.entry(today: visit.today)
            try await books.change(at: try visit.here.tenant, by: clerk) { office in
                try await books.allow(entry, today: visit.today, sure: form.sure, in: office)
                entry.answeredBy = try await Self.name(of: form.answers, in: office)
                _ = try await books.book(entry, by: clerk.name, in: office)
            }
            return done("Zaúčtováno.", "/ucetnictvi/zapis/\(entry.id.uuidString.lowercased())")
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(form, refusal, to: request, visit, clerk)
        }
    }

    /// Of whoever answers for the accounting case; empty for who books it.
    static func name(of answers: String?, in office: TenantTransaction) async throws -> String {
        guard let answers, !answers.isEmpty else { return "" }
        let people = try await ClerkStore.all(in: office)
        let person = people.first { $0.isActive && $0.clerk.userID == UUID(uuidString: answers) }
        guard let person else { throw BooksRefusal.unknownClerk }
        return person.clerk.name
    }
}
