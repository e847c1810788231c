/// A Czech account as it is written, `19-2000145399/0800`, with its check digits verified.
package struct BankAccount: Sendable, Equatable {
    package let prefix: String
    package let number: String
    package let bank: String

    /// Nil for another shape or when the weighted sums (decree 169/2011, § 5) do not divide by 11.
    package init?(_ text: String) {
        let halves = text.filter { !$0.isWhitespace }.split(separator: "/", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].count == 4, halves[1].allSatisfy(\.isDigit) else { return nil }
        let parts = halves[0].split(separator: "-", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let last = parts.last, (2...10).contains(last.count),
            parts.allSatisfy({ $0.allSatisfy(\.isDigit) }),
            parts.count == 1 || (1...6).contains(parts[0].count), last.contains(where: { $0 != "0" })
        else { return nil }
        let prefix = parts.count == 2 ? String(parts[0]) : ""
        guard Self.isWeighted(prefix, 6), Self.isWeighted(String(last), 10) else { return nil }
        self.prefix = prefix
        number = String(last)
        bank = String(halves[1])
    }

    private static func isWeighted(_ digits: String, _ length: Int) -> Bool {
        let weights = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1].suffix(length)
        let padded = String(repeating: "0", count: length - digits.count) + digits
        let sum = zip(padded, weights).reduce(0) { $0 + ($1.0.wholeNumberValue ?? 0) * $1.1 }
        return sum % 11 == 0
    }

    /// ISO 13616: `CZ`, two check digits, bank, prefix of six and number of ten digits.
    package var iban: String {
        func padded(_ digits: String, _ length: Int) -> String {
            String(repeating: "0", count: max(0, length - digits.count)) + digits
        }
        let body = bank + padded(prefix, 6) + padded(number, 10)
        // C is 12, Z is 35, and 00 stands where the check digits will.
        let remainder = (body + "123500").reduce(0) { ($0 * 10 + ($1.wholeNumberValue ?? 0)) % 97 }
        return "CZ" + padded(String(98 - remainder), 2) + body
    }

    package var text: String { (prefix.isEmpty ? "" : prefix + "-") + number + "/" + bank }
}

/// A payment as the text of a QR code: SPAYD 1.0, the standard of the Czech Banking Association.
package struct PaymentCode: Sendable {
    package let account: BankAccount
    package let amount: Money
    package let variableSymbol: String
    package let message: String

    package init(account: BankAccount, amount: Money, variableSymbol: String, message: String) {
        self.account = account
        self.amount = amount
        self.variableSymbol = variableSymbol
        self.message = message
    }

    /// `SPD*1.0*ACC:…*AM:200.00*CC:CZK*X-VS:…*MSG:…`; an asterisk in the message is left out.
    package var text: String {
        let hellers = amount.hellers % 100
        let value = "\(amount.hellers / 100).\(hellers < 10 ? "0" : "")\(hellers)"
        let plain = folded(message).uppercased().filter { $0.isASCII && $0 != "*" }.prefix(60)
        return "SPD*1.0*ACC:\(account.iban)*AM:\(value)*CC:CZK*X-VS:\(variableSymbol)*MSG:\(plain)"
    }
}

extension Character {
    fileprivate var isDigit: Bool { isASCII && isNumber }
}
