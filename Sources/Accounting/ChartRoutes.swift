import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// What is booked on and by: the chart of accounts and the codes of the budget.
extension BooksRoutes {
    struct AccountForm: Decodable {
        var code: String
        var name: String
    }

    @Sendable func accounts(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        try await answer(nil, nil, to: request, visit, clerk)
    }

    @Sendable func addAccount(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(AccountForm.self, from: request)
        do {
            let account = try NewAccount(code: form.code, name: form.name)
            try await books.add(account, at: try visit.here.tenant, by: clerk)
            return done("Účet \(account.code) je v rozvrhu.", "/ucetnictvi/ucty?q=\(account.code)")
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(form, refusal, to: request, visit, clerk)
        }
    }

    private func answer(
        _ form: AccountForm?,
        _ refusal: BooksRefusal?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let query = try Input.query("q", of: request)
        let accounts = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            try await BooksStore.accounts(in: $0)
        }
        let wanted = folded(query)
        let shown = accounts.filter {
            wanted.isEmpty || $0.code.hasPrefix(query) || folded($0.name).contains(wanted)
        }
        let page = ChartPage(
            query: query,
            accounts: shown.map {
                ChartRow(
                    code: $0.code,
                    name: $0.name,
                    kind: $0.kindCzech,
                    link: "/ucetnictvi/ucet/\($0.code)?rok=\(visit.today.year)",
                    isUnchecked: chart.isUnchecked($0.code)
                )
            },
            unchecked: chart.unchecked.joined(separator: ", "),
            checkedCount: chart.checkedCount,
            isEmpty: shown.isEmpty,
            code: TypedField(form?.code ?? "", refusal?.fields["code"]),
            name: TypedField(form?.name ?? "", refusal?.fields["name"]),
            errors: BooksFault.listed(refusal?.fields ?? [:], ["code", "name"]),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    /// Paragraphs and items by a word or by the beginning of their number.
    @Sendable func codes(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let query = try Input.query("q", of: request)
        let (paragraphs, items) = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            (try await BudgetStore.paragraphs(in: tenant), try await BudgetStore.items(in: tenant))
        }
        let words = folded(query).split(separator: " ")
        func rows(_ codes: [BudgetCode]) -> [CodeRow] {
            codes.filter { code in
                guard !words.isEmpty else { return code.isCurrent }
                let name = folded(code.name)
                return words.allSatisfy { code.code.hasPrefix($0) || name.contains($0) }
            }.map { CodeRow(code: $0.code, name: $0.name, isOlder: !$0.isCurrent) }
        }
        let foundItems = rows(items)
        let foundParagraphs = rows(paragraphs)
        let page = CodesPage(
            query: query,
            items: foundItems,
            paragraphs: foundParagraphs,
            hasItems: !foundItems.isEmpty,
            hasParagraphs: !foundParagraphs.isEmpty,
            isEmpty: foundItems.isEmpty && foundParagraphs.isEmpty
        )
        return try pages.answer(page, to: request, visit)
    }
}
