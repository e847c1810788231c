import Database
import Foundation
import HTTPTypes
import Hummingbird
import Office
import Records
import Web

/// Fees that were prescribed: how they are paid, and by whom that is written down.
extension BooksRoutes {
    @Sendable func payment(of request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        try await answer(nil, nil, to: request, visit, clerk)
    }

    private func answer(
        _ form: PaymentForm?,
        _ refusal: (any Refusal)?,
        to request: Request,
        _ visit: Visit,
        _ clerk: Clerk
    ) async throws -> Response {
        let id = try visit.identifier("id")
        let found = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            try await ReceivableStore.receivable(id, in: $0)
        }
        guard let receivable = found else { throw PlainRefusal.missing }
        var faults = PaymentForm.faults(refusal)
        // Here the symbol is no field: what concerns the receivable as a whole stands at its amount.
        if let whole = faults.removeValue(forKey: "symbol") { faults["amount"] = whole }
        let row = ReceivableRow(receivable, today: visit.today)
        let page = PayPage(
            id: row.id,
            what: row.what,
            payer: row.payer,
            symbol: row.symbol,
            amount: row.amount,
            rest: row.rest,
            isPartial: row.isPartial,
            due: row.due,
            isLate: row.isLate,
            isOpen: row.isOpen,
            link: row.entry,
            form: PaymentFields(form, refusal, faults, today: visit.today, rest: receivable.rest),
            errors: BooksFault.listed(faults, ["day", "amount", "means", "document"] + BookingDoubt.names),
            hasErrors: refusal != nil
        )
        return try pages.answer(page, to: request, visit, status: refusal?.kind.status ?? .ok)
    }

    @Sendable func pay(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(PaymentForm.self, from: request)
        let id = try visit.identifier("id")
        do {
            return try await pay(form, visit, clerk) { _ in id }
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(form, refusal, to: request, visit, clerk)
        }
    }

    /// A payment from the bank statement finds its receivable by the variable symbol.
    @Sendable func payBySymbol(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let form = try await Input.decode(PaymentForm.self, from: request)
        let symbol = (form.symbol ?? "").filter { !$0.isWhitespace }
        do {
            return try await pay(form, visit, clerk) { tenant in
                let found = try await books.database.tenant(tenant, as: clerk.actor) {
                    try await ReceivableStore.receivable(symbol: symbol, in: $0)
                }
                guard let found else { throw BooksRefusal.unknownSymbol }
                return found.id
            }
        } catch let refusal as BooksRefusal where !request.prefersJSON {
            return try await answer(refusal: refusal, payment: form, to: request, visit, clerk)
        }
    }

    private func pay(
        _ typed: PaymentForm,
        _ visit: Visit,
        _ clerk: Clerk,
        _ find: (TenantName) async throws -> UUID
    ) async throws -> Response {
        let tenant = try visit.here.tenant
        var faults: [String: String] = [:]
        var payment: PaymentForm.Checked?
        var id: UUID?
        do {
            id = try await find(tenant)
        } catch let refusal as BooksRefusal {
            faults = PaymentForm.faults(refusal)
        }
        do {
            payment = try typed.checked(on: visit.today)
        } catch let refusal as BooksRefusal {
            faults.merge(refusal.fields) { $1 }
        }
        guard faults.isEmpty, let payment, let id else { throw BooksRefusal.faults(faults) }
        try await books.pay(
            id,
            payment.amount,
            through: payment.means,
            document: payment.document,
            on: payment.day,
            today: visit.today,
            sure: typed.sure,
            entry: payment.entry,
            at: tenant,
            by: clerk
        )
        return done("Úhrada je zaúčtovaná.", "/ucetnictvi")
    }

    @Sendable func receivables(_ request: Request, _ visit: Visit, _ clerk: Clerk) async throws -> Response {
        let asked = try Input.query("stav", of: request)
        let state = ReceivableState(rawValue: asked)
        guard asked.isEmpty || state != nil else { throw PlainRefusal.missing }
        let after: (due: Day, id: UUID)? = try Input.cursor("za", of: request, by: "_") { place in
            Day(place[0]).flatMap { day in UUID(uuidString: place[1]).map { (day, $0) } }
        }
        let rows = Limits.rowsPerPageMax
        let today = visit.today
        let (found, sums) = try await books.database.tenant(try visit.here.tenant, as: clerk.actor) {
            tenant in
            (
                try await ReceivableStore.list(state, on: today, after: after, rowsMax: rows + 1, in: tenant),
                try await ReceivableStore.sums(on: today, in: tenant)
            )
        }
        let shown = found.prefix(rows)
        let path = "/ucetnictvi/pohledavky"
        let page = ReceivablesPage(
            sums: ReceivableState.allCases.map {
                ReceivableSumRow(
                    name: $0.czech,
                    link: "\(path)?stav=\($0.rawValue)",
                    count: sums[$0]?.count ?? 0,
                    amount: (sums[$0]?.amount ?? Money(hellers: 0)).czech,
                    isCurrent: $0 == state,
                    isLate: $0 == .late && (sums[$0]?.count ?? 0) > 0
                )
            },
            isAll: state == nil,
            receivables: shown.map { ReceivableRow($0, today: today) },
            isEmpty: shown.isEmpty,
            next: found.count > rows
                ? shown.last.map {
                    "\(path)?stav=\(asked)&za=\($0.due)_\($0.id.uuidString.lowercased())"
                } : nil,
            today: today.description
        )
        return try pages.answer(page, to: request, visit)
    }

    @Sendable func payment(_ request: Request, _ visit: Visit) async throws -> Response {
        let id = try visit.identifier("id")
        let (receivable, profile, paidOn) = try await books.database.tenant(
            try visit.here.tenant,
            as: .anonymous
        ) {
            tenant in
            let receivable = try await ReceivableStore.receivable(id, in: tenant)
            let profile = try await OfficeStore.profile(in: tenant)
            return (receivable, profile, try await BooksStore.lastPayment(of: id, in: tenant))
        }
        guard let receivable else { throw PlainRefusal.missing }
        let account = BankAccount(profile.bankAccount)
        let code = account.flatMap { account in
            QRCode(
                PaymentCode(
                    account: account,
                    amount: receivable.rest,
                    variableSymbol: receivable.variableSymbol,
                    message: "\(receivable.kind.czech) \(profile.name)"
                ).text
            )
        }
        let page = PaymentPage(
            title: "Platba: \(receivable.kind.czech)",
            amount: receivable.rest.czech,
            prescribed: receivable.paid.hellers == 0 ? nil : receivable.amount.czech,
            paid: receivable.paid.czech,
            due: receivable.due.czech,
            isLate: receivable.due < visit.today,
            symbol: receivable.variableSymbol,
            reference: receivable.referenceNumber,
            account: account?.text,
            iban: account?.iban ?? "",
            qrPath: code?.path,
            qrSide: code?.side ?? 0,
            isPaid: receivable.isPaid,
            paidOn: paidOn?.czech,
            isCancelled: receivable.isCancelled,
            payee: try visit.here.body,
            payeeAddress: [profile.street, "\(profile.postcode.asPostcode) \(profile.place)"]
                .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
                .joined(separator: ", "),
            hours: profile.hours
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
            pay: "/ucetnictvi/pohledavka/\(id)/uhrada",
            what: "\(receivable.kind.czech.atStart), \(receivable.referenceNumber)",
            payer: receivable.payer,
            amount: receivable.amount.czech,
            rest: receivable.rest.czech,
            due: receivable.due.czechShort,
            symbol: receivable.variableSymbol,
            entry: "/ucetnictvi/zapis/\(receivable.entry.uuidString.lowercased())",
            isOpen: !receivable.isPaid && !receivable.isCancelled,
            isPartial: receivable.paid.hellers > 0 && !receivable.isPaid,
            isPaid: receivable.isPaid,
            isCancelled: receivable.isCancelled,
            isLate: receivable.due < today && !receivable.isPaid && !receivable.isCancelled
        )
    }
}
