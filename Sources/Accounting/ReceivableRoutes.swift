import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// Fees that were prescribed: how they are paid, and by whom that is written down.
extension BooksRoutes {
    @Sendable func pay(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        struct Form: Decodable { var day: String }
        let form = try await Input.decode(Form.self, from: request)
        let id = try visit.identifier("id")
        return try await pay(form.day, request, visit, clerk) { _ in id }
    }

    /// A payment from the bank statement finds its receivable by the variable symbol.
    @Sendable func payBySymbol(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        struct Form: Decodable {
            var symbol: String
            var day: String
        }
        let form = try await Input.decode(Form.self, from: request)
        let symbol = form.symbol.filter { !$0.isWhitespace }
        return try await pay(form.day, request, visit, clerk) { tenant in
            let found = try await books.database.tenant(tenant, as: clerk.actor) {
                try await BooksStore.receivable(symbol: symbol, in: $0)
            }
            guard let found else { throw BooksRefusal.unknownSymbol }
            return found.id
        }
    }

    private func pay(
        _ typed: String,
        _ request: Request,
        _ visit: Visit,
        _ clerk: Clerk,
        _ find: (TenantName) async throws -> UUID
    ) async throws -> Response {
        let tenant = try visit.here.tenant
        do {
            guard let day = Day(typed), day <= visit.today else { throw BooksRefusal.badDay }
            try await books.pay(try await find(tenant), on: day, entry: .v7(), at: tenant, by: clerk)
            return done("Úhrada je zaúčtovaná.", "/ucetnictvi")
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(refusal: refusal, to: request, visit, clerk)
        }
    }

    @Sendable func payment(_ request: Request, _ visit: Visit) async throws -> Response {
        let id = try visit.identifier("id")
        let (receivable, profile) = try await books.database.tenant(try visit.here.tenant, as: .anonymous) {
            tenant in
            (try await BooksStore.receivable(id, in: tenant), try await OfficeStore.profile(in: tenant))
        }
        guard let receivable else { throw PlainRefusal.missing }
        let account = BankAccount(profile.bankAccount)
        let code = account.flatMap { account in
            QRCode(
                PaymentCode(
                    account: account,
                    amount: receivable.amount,
                    variableSymbol: receivable.variableSymbol,
                    message: "\(receivable.kind.czech) \(profile.name)"
                ).text
            )
        }
        let page = PaymentPage(
            title: "Platba: \(receivable.kind.czech)",
            amount: receivable.amount.czech,
            due: receivable.due.czech,
            symbol: receivable.variableSymbol,
            reference: receivable.referenceNumber,
            account: account?.text,
            iban: account?.iban ?? "",
            qrPath: code?.path,
            qrSide: code?.side ?? 0,
            isPaid: receivable.isPaid,
            isCancelled: receivable.isCancelled
        )
        var response = try pages.answer(page, to: request, visit)
        if let robots = HTTPField.Name("X-Robots-Tag") { response.headers[robots] = "noindex" }
        return response
    }
}

extension ReceivableRow {
    init(_ receivable: Receivable, today: Day) {
        let id = receivable.id.uuidString.lowercased()
        self.init(
            id: id,
            link: "/platba/\(id)",
            what: "\(receivable.kind.czech), \(receivable.referenceNumber)",
            payer: receivable.payer,
            amount: receivable.amount.czech,
            due: receivable.due.czechShort,
            symbol: receivable.variableSymbol,
            isLate: receivable.due < today
        )
    }
}
